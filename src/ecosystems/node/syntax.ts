import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/javascript'
import type { Project } from '../../project/project.ts'

/** A source file with its concrete syntax tree, which holds even where the file has errors. */
export interface Module {
  readonly path: string
  readonly text: string
  readonly tree: Tree
  /** What the names at the top of the file are set to. */
  readonly constants: ReadonlyMap<string, SyntaxNode>
}

/** What an expression comes to when it is run: a literal, and the environment variable that would override it. */
export interface Value {
  readonly value?: unknown
  readonly env?: string
}

const DIALECTS: Readonly<Record<string, string>> = {
  js: 'jsx', mjs: 'jsx', cjs: 'jsx', jsx: 'jsx', ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'ts jsx',
} // biome-ignore format: one list
const parsers = new Map<string, typeof parser>()
/** Configuring copies the parser's tables of dialects: once for each. */
function parserOf(dialect: string): typeof parser {
  const known = parsers.get(dialect) ?? parser.configure({ dialect })
  parsers.set(dialect, known)
  return known
}

const modules = new WeakMap<Project, Map<string, Module | undefined>>()

export function parseModule(project: Project, path: string): Module | undefined {
  const cache = modules.get(project) ?? new Map<string, Module | undefined>()
  modules.set(project, cache)
  if (!cache.has(path)) cache.set(path, read(project, path))
  return cache.get(path)
}

function read(project: Project, path: string): Module | undefined {
  const dialect = DIALECTS[path.slice(path.lastIndexOf('.') + 1)]
  const text = project.text(path)
  if (dialect === undefined || text === undefined) return undefined
  const tree = parserOf(dialect).parse(text)
  const constants = new Map<string, SyntaxNode>()
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const declaration = node.name === 'ExportDeclaration' ? node.getChild('VariableDeclaration') : node
    for (const name of declaration?.getChildren('VariableDefinition') ?? []) {
      const value = initializer(name)
      if (value) constants.set(text.slice(name.from, name.to), value)
    }
    const named = node.getChild('FunctionDeclaration') ?? node
    const own = named.name === 'FunctionDeclaration' && named.getChild('VariableDefinition')
    if (own) constants.set(text.slice(own.from, own.to), named)
  }
  return { path, text, tree, constants }
}

/** `const name: Type = value` → value */
function initializer(name: SyntaxNode): SyntaxNode | undefined {
  for (let node = name.nextSibling; node && node.name !== ',' && node.name !== ';'; node = node.nextSibling)
    if (node.name === 'Equals') return node.nextSibling ?? undefined
  return undefined
}

export const source = (module: Module, node: SyntaxNode): string => module.text.slice(node.from, node.to)

/** The members of a list in brackets: arguments, array items. */
export function items(node: SyntaxNode | null | undefined): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let item = node?.firstChild; item; item = item.nextSibling)
    if (!/^[()[\],{}]$|Comment$/.test(item.name)) found.push(item)
  return found
}

export const argumentsOf = (call: SyntaxNode): readonly SyntaxNode[] => items(call.getChild('ArgList'))

/** `a.b.c` of a callee, parts that are calls themselves left empty. */
export function calleeOf(module: Module, call: SyntaxNode): string {
  const callee = call.firstChild
  return callee ? source(module, callee).replace(/\?\./g, '.').replace(/\s+/g, '') : ''
}

/** `process.env.NAME`, `process.env['NAME']`, `env.NAME`, `import.meta.env.NAME`, `Bun.env.NAME` → NAME */
export function environmentName(module: Module, node: SyntaxNode): string | undefined {
  if (node.name !== 'MemberExpression') return undefined
  const object = node.firstChild
  if (!object || !/(^|\.)env$/.test(source(module, object).replace(/[?!\s]/g, ''))) return undefined
  const last = node.lastChild
  const key = last?.name === 'PropertyName' ? source(module, last) : textOf(module, node.getChild('String'))
  return key && /^[A-Za-z_]\w*$/.test(key) ? key : undefined
}

/** The text of a string literal, or of a template without holes. */
export function textOf(module: Module, node: SyntaxNode | null | undefined): string | undefined {
  if (!node || !/^(String|TemplateString)$/.test(node.name) || node.getChild('Interpolation'))
    return undefined
  return source(module, node).slice(1, -1).replace(/\\(.)/g, '$1')
}

/** Evaluates an expression as far as it is made of literals, names of this file and environment variables. */
export function evaluate(module: Module, node: SyntaxNode | null | undefined, depth = 0): Value {
  if (!node || depth > 12) return {}
  const next = (child: SyntaxNode | null | undefined) => evaluate(module, child, depth + 1)
  switch (node.name) {
    case 'String':
    case 'TemplateString':
      return { value: textOf(module, node) }
    case 'Number':
      return { value: Number(source(module, node).replaceAll('_', '')) }
    case 'BooleanLiteral':
      return { value: source(module, node) === 'true' }
    case 'VariableName':
      return next(module.constants.get(source(module, node)))
    case 'MemberExpression':
      return member(module, node, depth)
    case 'ObjectExpression':
      return { value: objectOf(module, node, depth) }
    case 'ArrayExpression':
      return { value: items(node).map(item => next(item).value) }
    case 'BinaryExpression':
      return binary(module, node, depth)
    case 'ConditionalExpression':
      return either(
        next(node.firstChild?.nextSibling?.nextSibling),
        next(node.lastChild),
        next(node.firstChild),
      )
    case 'CallExpression':
      return call(module, node, depth)
    case 'ArrowFunction':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return returned(module, node, depth)
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
    case 'UnaryExpression':
    case 'NewExpression':
      return next(items(node).findLast(child => !/^(await|new|ArithOp|LogicOp)$/.test(child.name)))
    default:
      return {}
  }
}

const either = (...values: readonly Value[]): Value => {
  const env = values.find(value => value.env)?.env
  const known = values.find(({ value }) => value !== undefined && typeof value !== 'boolean')
  return { ...(known && { value: known.value }), ...(env && { env }) }
}

function member(module: Module, node: SyntaxNode, depth: number): Value {
  const env = environmentName(module, node)
  if (env) return { env }
  const object = evaluate(module, node.firstChild, depth + 1).value
  const key = node.lastChild && source(module, node.lastChild)
  if (object === null || typeof object !== 'object' || !key || !Object.hasOwn(object, key)) return {}
  const found = (object as Record<string, unknown>)[key]
  return found instanceof Overridable ? { value: found.value, env: found.env } : { value: found }
}

/** A member of an object that an environment variable decides. */
export class Overridable {
  constructor(
    readonly env: string,
    readonly value: unknown,
  ) {}
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
        : evaluate(module, module.constants.get(key), depth + 1)
    found[key] = value.env ? new Overridable(value.env, value.value) : value.value
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
  if (operator && /^(\|\||\?\?|&&)$/.test(source(module, operator))) return either(a, b)
  return {}
}

/** Of a call, what the value passed in comes out as: `Number(x)`, `defineConfig({…})`, `withPlugin(options)(config)`. */
function call(module: Module, node: SyntaxNode, depth: number): Value {
  const name = calleeOf(module, node)
  const values = argumentsOf(node).map(argument => evaluate(module, argument, depth + 1))
  if (/(^|\.)(Number|parseInt|String|toString|normalizePort|Boolean)$/.test(name) && values.length)
    return numeric(values[0] ?? {})
  // `get('PORT', 3000)`, `env('PORT', 3000)` and their like
  const [key, fallback] = values
  if (
    /^(.*\.)?(env|getEnv|get|getOrThrow|int|num|number|port)$/i.test(name) &&
    typeof key?.value === 'string'
  )
    return /^[A-Z][A-Z0-9_]*$/.test(key.value) ? { env: key.value, value: numeric(fallback ?? {}).value } : {}
  const object = values.find(
    ({ value }) => value !== null && typeof value === 'object' && !Array.isArray(value),
  )
  return object ?? (values.length === 1 ? (values[0] ?? {}) : {})
}

const numeric = ({ value, env }: Value): Value => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return { ...(number !== undefined && { value: number }), ...(env && { env }) }
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

/** What a module exports by default, in either module system. */
export function defaultExport(module: Module): unknown {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'ExportDeclaration' && node.getChild('default'))
      return evaluate(
        module,
        items(node).find(child => !/^(export|default|;)$/.test(child.name)),
      ).value
    const assignment = node.getChild('AssignmentExpression')
    const target = assignment?.firstChild
    if (assignment && target && /^(module\.)?exports(\.default)?$/.test(source(module, target)))
      return evaluate(module, assignment.lastChild).value
  }
  return undefined
}
