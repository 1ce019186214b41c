import { type Call, calleeOf, type Expr, textOf } from './code/expressions.ts'
import type { Module } from './code/module.ts'

/** A variable of the environment that the sources read. */
export interface Variable {
  readonly name: string
  /** The program stops without it. */
  readonly required: boolean
  /** A harmless text of the type that is asked for, for a build that needs some value. */
  readonly example: string
}

/** Readers of settings whose name alone says too little: python-decouple, django-environ, environs. */
const READERS =
  /^(decouple\.)?(config|env|ENV|environ)$|^env\.(str|bool|int|float|list|db|url|json|path|cache|dict|db_url)$|(^|\.)get_env_(variable|value)$/

/** Every variable that the modules name, once each. */
export function variables(modules: readonly Module[]): Variable[] {
  const found = new Map<string, Variable>()
  const add = (variable: Variable) => {
    if (/^[A-Za-z_]\w*$/.test(variable.name) && !found.get(variable.name)?.required)
      found.set(variable.name, variable)
  }
  for (const module of modules) {
    for (const { of, key } of module.items)
      if (of.is === 'name' && of.path === 'os.environ' && textOf(key))
        add({ name: textOf(key) ?? '', required: true, example: example(textOf(key) ?? '', '') })
    for (const call of module.calls) {
      const variable = readBy(call, module)
      if (variable) add(variable)
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readBy(call: Call, module: Module): Variable | undefined {
  const callee = calleeOf(call)
  const name = textOf(call.args[0])
  if (!name) return undefined
  if (/^os\.(getenv|environ\.get)$/.test(callee))
    return { name, required: false, example: call.args[1] ? '' : example(name, '') }
  if (!READERS.test(callee) || !isReader(callee, module)) return undefined
  const hasDefault = call.args.length > 1 || call.named.has('default')
  return { name, required: !hasDefault, example: hasDefault ? '' : example(name, castOf(call, callee)) }
}

/** `config` and `env` are common words: only those that came from a library of settings, or from `Env()`, count. */
function isReader(callee: string, module: Module): boolean {
  if (callee.startsWith('decouple.')) return true
  const first = callee.split('.', 1)[0] ?? ''
  const assign = module.assigns.find(({ name }) => name === first)
  const imports = [...module.imported].some(name =>
    /(^|\.)(environ|environs|decouple|starlette\.config|base|common|env)$/.test(name),
  )
  return assign
    ? /(Env|FileAwareEnv|Config|AutoConfig)$/.test(calleeOf(assign.value))
    : imports || /get_env_/.test(callee)
}

const castOf = (call: Call, callee: string): string => {
  const cast: Expr | undefined = call.named.get('cast')
  return cast?.is === 'name' ? cast.path : (callee.split('.')[1] ?? '')
}

function example(name: string, type: string): string {
  if (/^(int|float|bool)$/.test(type)) return '0'
  if (/^(db|db_url)$/.test(type) || /(DATABASE|DB)_URL$/.test(name)) return 'sqlite://:memory:'
  if (type === 'cache') return 'locmemcache://'
  if (/PORT$|_(TIMEOUT|SIZE|COUNT|SECONDS|MINUTES|DAYS)$/.test(name)) return '0'
  if (/^(DEBUG|USE_|ENABLE_|IS_)/.test(name)) return '0'
  if (/(URL|URI|ENDPOINT)$/.test(name)) return 'http://localhost'
  return 'build'
}
