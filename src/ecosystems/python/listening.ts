import { type Fact, fact, fromFile } from '../../facts.ts'
import { type Call, calleeOf, type Expr, textOf } from './code/expressions.ts'
import type { Module, Place } from './code/module.ts'
import { LISTENS } from './frameworks.ts'

/** What the sources say about where the program listens. */
export interface Listening {
  readonly port?: Fact<number> | undefined
  /** It listens for its own machine alone, which nothing outside of a container reaches. */
  readonly local?: { readonly path: string; readonly line: number } | undefined
  /** Variables and options that open it up: `HOST=0.0.0.0`, `--host 0.0.0.0`. */
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
}

const RUNS = new Set([
  'run', 'run_app', 'run_server', 'listen', 'serve', 'launch', 'start_server', 'run_simple', 'bind', 'make_server', 'HTTPServer',
  'ThreadingHTTPServer', 'TCPServer', 'WSGIServer', 'TCPSite', 'Config', 'add_insecure_port',
]) // biome-ignore format: one list
const LOCAL = /^(localhost|127\.0\.0\.1|::1)$/

/**
 * Looks at every call that starts to listen, in the modules of the program.
 * @param options also the defaults of command line options, where the program's own start is used
 */
export function listening(modules: readonly Module[], { options = true } = {}): Listening {
  const env: Record<string, string> = {}
  const args: string[] = []
  let port: Fact<number> | undefined
  let local: Listening['local']
  for (const module of modules) {
    for (const call of module.calls.filter(isListening)) {
      const found = portIn(call, module)
      if (found && !port) port = fact(found, fromFile(module.path, calleeOf(call), call.line))
      const host = hostIn(call)
      const variable = host && variableOf(host, module)
      const text = host && textIn(host, module)
      if (variable && text && LOCAL.test(text)) env[variable] = '0.0.0.0'
      else if (text && LOCAL.test(text) && call.callee.is === 'name')
        local ??= { path: module.path, line: call.line }
    }
    if (!options) continue
    const option = optionOf(module, /^--?host$/)
    if (option && LOCAL.test(textOf(option.value) ?? '')) args.push(option.name, '0.0.0.0')
    const portOption = optionOf(module, /^(--)?port$/)
    const number = portOption && numberIn(portOption.value, module)
    if (number && !port) port = fact(number, fromFile(module.path, 'port'))
  }
  return {
    port,
    local: args.length || Object.keys(env).length ? undefined : local,
    env,
    args: [...new Set(args)],
  }
}

const isListening = (call: Call & Place): boolean => {
  const name = calleeOf(call) || (call.callee.is === 'attribute' ? call.callee.name : '')
  return LISTENS.includes(name) || RUNS.has(name.slice(name.lastIndexOf('.') + 1))
}

function portIn(call: Call, module: Module): number | undefined {
  const named = call.named.get('port') ?? call.named.get('server_port')
  if (named) return numberIn(named, module)
  const name = calleeOf(call)
  for (const arg of call.args.slice(0, 3)) {
    if (arg.is === 'list' && arg.items.length === 2 && arg.items[1]) return numberIn(arg.items[1], module)
    const number = /(listen|run|TCPSite|run_simple|serve|make_server|start_server)$/.test(name)
      ? numberIn(arg, module)
      : undefined
    if (number) return number
    const address = textOf(arg)
    if (address && /(^|:)\d+$/.test(address) && /(bind|add_insecure_port)$/.test(name))
      return Number(/\d+$/.exec(address)?.[0])
  }
  return undefined
}

function hostIn(call: Call): Expr | undefined {
  const named = call.named.get('host') ?? call.named.get('server_name') ?? call.named.get('address')
  if (named) return named
  const pair = call.args.find(arg => arg.is === 'list' && arg.items.length === 2)
  if (pair?.is === 'list') return pair.items[0]
  return call.args.find(arg => arg.is === 'text' && LOCAL.test(arg.value))
}

/** A number, through `int(…)`, a variable's default, `or`, and names of the module. */
export function numberIn(expr: Expr, module: Module, steps = 6): number | undefined {
  if (steps === 0) return undefined
  if (expr.is === 'number') return valid(expr.value)
  if (expr.is === 'text') return /^\d+$/.test(expr.value) ? valid(Number(expr.value)) : undefined
  if (expr.is === 'binary')
    return expr.operator === 'or'
      ? (numberIn(expr.left, module, steps - 1) ?? numberIn(expr.right, module, steps - 1))
      : undefined
  if (expr.is === 'name') {
    const assign = module.assigns.find(({ name }) => name === expr.path)
    return assign && numberIn(assign.value, module, steps - 1)
  }
  if (expr.is !== 'call') return undefined
  const fallback = expr.named.get('default') ?? (isVariable(expr) ? expr.args[1] : expr.args[0])
  return fallback && numberIn(fallback, module, steps - 1)
}

const valid = (port: number): number | undefined =>
  Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined

const isVariable = (expr: Expr): boolean =>
  /(^|\.)(environ\.get|getenv|config|env|env\.int|env\.str)$/.test(calleeOf(expr))

function textIn(expr: Expr, module: Module, steps = 4): string | undefined {
  if (steps === 0) return undefined
  if (expr.is === 'text') return expr.value
  if (expr.is === 'name') {
    const assign = module.assigns.find(({ name }) => name === expr.path)
    return assign && textIn(assign.value, module, steps - 1)
  }
  const fallback =
    expr.is === 'call' && isVariable(expr) ? (expr.args[1] ?? expr.named.get('default')) : undefined
  return fallback && textIn(fallback, module, steps - 1)
}

/** The variable of the environment that an expression reads, when it has a fallback. */
function variableOf(expr: Expr, module: Module): string | undefined {
  if (expr.is === 'name') {
    const assign = module.assigns.find(({ name }) => name === expr.path)
    return assign && assign.value.is === 'call' ? variableOf(assign.value, module) : undefined
  }
  const name = expr.is === 'call' && isVariable(expr) ? textOf(expr.args[0]) : undefined
  return name && /^[A-Z][A-Z0-9_]*$/.test(name) ? name : undefined
}

/** The default of a command line option: argparse, click, and Tornado's `define`. */
function optionOf(module: Module, wanted: RegExp): { name: string; value: Expr } | undefined {
  for (const call of module.calls) {
    if (
      !/(add_argument|option|Option|define)$/.test(
        calleeOf(call) || (call.callee.is === 'attribute' ? call.callee.name : ''),
      )
    )
      continue
    const name = call.args.map(textOf).find(text => text && wanted.test(text))
    const value = call.named.get('default')
    if (name && value) return { name, value }
  }
  return undefined
}
