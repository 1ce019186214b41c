import type { SyntaxNode } from '@lezer/common'
import { definitionOf } from './definitions.ts'
import { ADDRESS, fallenBack } from './fallen-back.ts'
import { folderOf, fromHere, here, OWN_URL } from './own-folder.ts'
import { joinOutward } from './paths.ts'
import { production } from './production.ts'
import { argumentsOf, calleeOf, environmentName, items, type Module, source, textOf } from './syntax.ts'
import { asked } from './unset.ts'
import { either, Overridable, unwrap, type Value } from './value.ts'

/** Evaluates an expression as far as it is made of literals, names of this file and environment variables. */
export function evaluate(module: Module, node: SyntaxNode | null | undefined, depth = 0): Value {
  if (!node || depth > 12) return {}
  const next = (child: SyntaxNode | null | undefined) => evaluate(module, child, depth + 1)
  switch (node.name) {
    case 'String':
      return { value: textOf(module, node) }
    case 'TemplateString':
      return { value: textOf(module, node) ?? template(module, node, depth) }
    case 'Number':
      return { value: Number(source(module, node).replaceAll('_', '')) }
    case 'BooleanLiteral':
      return { value: source(module, node) === 'true' }
    case 'VariableName':
      return named(module, node, depth)
    // import { NAME } from '$env/static/private'
    case 'VariableDefinition':
      return { env: source(module, node) }
    case 'MemberExpression':
      return member(module, node, depth)
    case 'ObjectExpression':
      return { value: objectOf(module, node, depth) }
    case 'ArrayExpression':
      return { value: items(node).map(item => next(item).value) }
    case 'PatternProperty':
      return part(module, node, depth)
    case 'BinaryExpression':
      return binary(module, node, depth)
    case 'ConditionalExpression':
      return conditional(module, node, depth)
    case 'CallExpression':
      return call(module, node, depth)
    case 'ArrowFunction':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return returned(module, node, depth)
    // value!
    case 'PostfixExpression':
      return next(node.firstChild)
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
    case 'UnaryExpression':
    case 'NewExpression':
      if (node.getChild('ArgList')) return fromHere(module, node, next(argumentsOf(node)[0]))
      return next(items(node).findLast(child => !/^(await|new|ArithOp|LogicOp)$/.test(child.name)))
    default:
      return {}
  }
}

/** `__dirname` is the file's own folder, unless the file makes one of its own: `const __dirname = path.resolve()`. */
function named(module: Module, node: SyntaxNode, depth: number): Value {
  const name = source(module, node)
  const found = evaluate(module, definitionOf(module, node, name), depth + 1)
  return name === '__dirname' && found.value === undefined ? here(module) : found
}

/** `${__dirname}/build`: a template whose holes are texts. */
function template(module: Module, node: SyntaxNode, depth: number): string | undefined {
  let text = ''
  let end = node.from + 1
  for (const hole of node.getChildren('Interpolation')) {
    const { value } = evaluate(module, hole.firstChild?.nextSibling, depth + 1)
    if (typeof value !== 'string') return undefined
    text += module.text.slice(end, hole.from) + value
    end = hole.to
  }
  return text + module.text.slice(end, node.to - 1)
}

/** `production ? a : b`: where a variable decides, what comes without it goes first; the name says so. */
function conditional(module: Module, node: SyntaxNode, depth: number): Value {
  const [test, , yes, , no] = children(node)
  const inProduction = production(module, test)
  if (inProduction !== undefined) return evaluate(module, inProduction ? yes : no, depth + 1)
  const [a, b] = [evaluate(module, yes, depth + 1), evaluate(module, no, depth + 1)]
  const decides = asked(module, test)
  const known = decides?.unset === false ? either(b, a) : either(a, b)
  const env = known.env ?? decides?.env ?? (test && variableIn(module, test))
  const open = a.value !== undefined && b.value !== undefined && a.value !== b.value
  return {
    ...known,
    ...(env && { env }),
    ...(open && { open }),
    ...(decides && !known.env && { asked: true }),
  }
}

const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

function variableIn(module: Module, node: SyntaxNode): string | undefined {
  const own = environmentName(module, node)
  if (own) return own
  for (const child of items(node)) {
    const found = variableIn(module, child)
    if (found) return found
  }
  return undefined
}

function member(module: Module, node: SyntaxNode, depth: number): Value {
  const env = environmentName(module, node)
  if (env) return { env }
  if (source(module, node) === 'import.meta.dirname') return here(module)
  if (source(module, node) === OWN_URL) return { value: module.path }
  const key = node.lastChild && source(module, node.lastChild)
  if (key && isLoaded(module, node.firstChild)) return { env: key }
  return (key && memberOf(evaluate(module, node.firstChild, depth + 1).value, key)) || {}
}

/** Whether a name holds what `loadEnv(mode, process.cwd())` has read: https://vite.dev/guide/api-javascript#loadenv */
function isLoaded(module: Module, node: SyntaxNode | null): boolean {
  const from = node?.name === 'VariableName' ? definitionOf(module, node, source(module, node)) : undefined
  return from?.name === 'CallExpression' && calleeOf(module, from) === 'loadEnv'
}

function memberOf(object: unknown, key: string): Value | undefined {
  if (object === null || typeof object !== 'object' || !Object.hasOwn(object, key)) return undefined
  const found = (object as Record<string, unknown>)[key]
  return unwrap(found)
}

/** `const { PORT = 3000 } = process.env`, `const { port: own } = settings` */
function part(module: Module, property: SyntaxNode, depth: number): Value {
  const from = property.parent?.nextSibling?.nextSibling
  const name = property.firstChild && source(module, property.firstChild)
  const fallback = property.getChild('Equals') ? evaluate(module, property.lastChild, depth + 1) : {}
  if (!from || !name) return {}
  if (/(^|\.)env$/.test(source(module, from))) return either({ env: name }, fallback)
  return memberOf(evaluate(module, from, depth + 1).value, name) ?? fallback
}

function objectOf(module: Module, node: SyntaxNode, depth: number): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const property of node.getChildren('Property')) {
    const [first] = items(property)
    if (!first) continue
    if (first.name === 'Spread') {
      Object.assign(found, table(evaluate(module, property.lastChild, depth + 1).value))
      continue
    }
    const key = first.name === 'String' ? textOf(module, first) : source(module, first)
    if (!key || key === '__proto__') continue
    const value =
      property.lastChild && property.firstChild?.nextSibling
        ? evaluate(module, property.lastChild, depth + 1)
        : evaluate(module, definitionOf(module, first, key), depth + 1)
    found[key] = value.env ? new Overridable(value.env, value.value, value.asked) : value.value
  }
  return found
}

const table = (value: unknown): object => (value !== null && typeof value === 'object' ? value : {})

function binary(module: Module, node: SyntaxNode, depth: number): Value {
  const [left, operator, right] = items(node)
  // `config satisfies Type`, `config as Type`
  if (operator && /^(satisfies|as)$/.test(operator.name)) return evaluate(module, left, depth + 1)
  const a = evaluate(module, left, depth + 1)
  const b = evaluate(module, right, depth + 1)
  // `process.env.PORT | 3000` is a slip that comes to the same where nothing sets it.
  if (operator && /^(\|\|?|\?\?|&&)$/.test(source(module, operator)))
    return either(unknownPort(module, left, a), b)
  // __dirname + '/public'
  if (
    operator &&
    source(module, operator) === '+' &&
    typeof a.value === 'string' &&
    typeof b.value === 'string'
  )
    return { value: a.value + b.value }
  return {}
}

/** `config.PORT || 8000`, of settings that take their variables from a list or by a call. */
const unknownPort = (module: Module, left: SyntaxNode | undefined, value: Value): Value =>
  value.value === undefined &&
  !value.env &&
  left?.name === 'MemberExpression' &&
  /\.PORT$/.test(source(module, left))
    ? { env: 'PORT' }
    : value

const CONVERTS = new Set(['Number', 'parseInt', 'String', 'toString', 'normalizePort', 'Boolean'])
/** Of a call, what the value passed in comes out as: `Number(x)`, `defineConfig({…})`, `withPlugin(options)(config)`. */
function call(module: Module, node: SyntaxNode, depth: number): Value {
  const name = calleeOf(module, node)
  if (name === 'process.cwd' || (name === 'path.resolve' && argumentsOf(node).length === 0))
    return { value: '.' }
  const values = argumentsOf(node).map(argument => evaluate(module, argument, depth + 1))
  // path.dirname(fileURLToPath(import.meta.url))
  const [named] = values
  if (/^(path\.)?dirname$/.test(name) && typeof named?.value === 'string')
    return { value: folderOf(named.value) }
  // `path.join(…)`, by whatever name; a list's `join` and a promise's `resolve` take one value
  if (/^(?!url\.)(\w+\.)?(posix\.)?(join|resolve)$/.test(name) && values.length > 1)
    return values.every(({ value }) => typeof value === 'string')
      ? { value: joinOutward(...values.map(({ value }) => String(value))) || '.' }
      : (fallenBack(values, ADDRESS) ?? {})
  if (CONVERTS.has(name.slice(name.lastIndexOf('.') + 1)) && values.length) return numeric(values[0] ?? {})
  // `get('PORT', 3000)`, `env('PORT', 3000)` and their like
  const [key, fallback] = values
  if (
    /^(.*\.)?(\w*env\w*|get\w*|int|num|number|str|string|port)$/i.test(name) &&
    typeof key?.value === 'string'
  )
    return /^[A-Z][A-Z0-9_]*$/.test(key.value) ? { env: key.value, value: orElse(fallback) } : {}
  const fallen = fallenBack(values)
  if (fallen) return fallen
  const object = values.find(
    ({ value }) => value !== null && typeof value === 'object' && !Array.isArray(value),
  )
  return object ?? (values.length === 1 ? (values[0] ?? {}) : {})
}

/** What stands for a variable that isn't set; another variable's name is no value. */
const orElse = (fallback: Value = {}): unknown =>
  /^([A-Z][A-Z\d]*_)*(HOST|PORT)$/.test(String(fallback.value)) ? undefined : numeric(fallback).value

const numeric = ({ value, env, open }: Value): Value => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return { ...(number !== undefined && { value: number }), ...(env && { env }), ...(open && { open }) }
}

function returned(module: Module, node: SyntaxNode, depth: number): Value {
  const body = node.lastChild
  if (body?.name !== 'Block') return evaluate(module, body, depth + 1)
  for (const statement of body.getChildren('ReturnStatement').reverse()) {
    const result = evaluate(module, items(statement)[1], depth + 1)
    if (result.value !== undefined) return result
  }
  return {}
}
