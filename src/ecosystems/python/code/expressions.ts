import type { SyntaxNode } from '@lezer/common'

/** What an expression says without being run: literals, names as their imports spell them, and calls of names. */
export type Expr =
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'truth'; readonly value: boolean }
  /** A dotted path from its import: `flask.Flask`, `os.environ`; leading dots as in a relative import. */
  | { readonly is: 'name'; readonly path: string }
  | Call
  | { readonly is: 'item'; readonly of: Expr; readonly key: Expr }
  | { readonly is: 'list'; readonly items: readonly Expr[] }
  | { readonly is: 'dict'; readonly entries: readonly (readonly [Expr, Expr])[] }
  | { readonly is: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  /** An attribute of something that is no plain name: `Path(__file__).parent`. */
  | { readonly is: 'attribute'; readonly of: Expr; readonly name: string }
  | { readonly is: 'other'; readonly parts: readonly Expr[] }

export interface Call {
  readonly is: 'call'
  readonly callee: Expr
  readonly args: readonly Expr[]
  readonly named: ReadonlyMap<string, Expr>
}

export type Scope = (name: string) => string

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', 'await', 'Comment'])

/** Reads one expression node. `resolve` spells a local name as its import does. */
export function expression(node: SyntaxNode, text: string, resolve: Scope): Expr {
  const at = (child: SyntaxNode) => expression(child, text, resolve)
  const children = childrenOf(node)
  const source = text.slice(node.from, node.to)
  switch (node.name) {
    case 'String':
      return { is: 'text', value: unquote(source) }
    case 'ContinuedString':
      return { is: 'text', value: children.map(child => unquote(text.slice(child.from, child.to))).join('') }
    case 'FormatString':
      return formatted(node, text, at)
    case 'Number':
      return { is: 'number', value: Number(source.replaceAll('_', '')) }
    case 'Boolean':
      return { is: 'truth', value: source === 'True' }
    case 'VariableName':
      return { is: 'name', path: resolve(source) }
    case 'MemberExpression':
      return member(children, text, at)
    case 'CallExpression':
      return call(node, text, resolve)
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return only(children.filter(child => !PUNCTUATION.has(child.name)).map(at))
    case 'ArrayExpression':
    case 'TupleExpression':
      return { is: 'list', items: children.filter(child => !PUNCTUATION.has(child.name)).map(at) }
    case 'DictionaryExpression':
      return dictionary(children, at)
    case 'BinaryExpression': {
      const [left, operator, right] = children
      return left && operator && right
        ? { is: 'binary', operator: text.slice(operator.from, operator.to), left: at(left), right: at(right) }
        : { is: 'other', parts: [] }
    }
    default:
      return { is: 'other', parts: children.filter(child => !PUNCTUATION.has(child.name)).map(at) }
  }
}

/** `f"{a}/b"` as `a + "/b"`. */
function formatted(node: SyntaxNode, text: string, at: (node: SyntaxNode) => Expr): Expr {
  const start =
    node.from + (/^[A-Za-z]*('''|"""|'|")/.exec(text.slice(node.from, node.from + 6))?.[0].length ?? 0)
  const end = node.to - (/('''|"""|'|")$/.exec(text.slice(node.to - 3, node.to))?.[0].length ?? 0)
  const parts: Expr[] = []
  let from = start
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue
    if (child.from > from) parts.push({ is: 'text', value: text.slice(from, child.from) })
    const inner = childrenOf(child).find(({ name }) => !PUNCTUATION.has(name))
    parts.push(inner ? at(inner) : { is: 'other', parts: [] })
    from = child.to
  }
  if (end > from) parts.push({ is: 'text', value: text.slice(from, end) })
  return parts.reduce<Expr>(
    (left, right) =>
      left.is === 'text' && left.value === '' ? right : { is: 'binary', operator: '+', left, right },
    { is: 'text', value: '' },
  )
}

const only = (parts: readonly Expr[]): Expr =>
  parts.length === 1 && parts[0] ? parts[0] : { is: 'other', parts }

function member(children: readonly SyntaxNode[], text: string, at: (node: SyntaxNode) => Expr): Expr {
  const [object, sign, key] = children
  if (!object || !sign || !key) return { is: 'other', parts: [] }
  const of = at(object)
  if (sign.name === '[') return { is: 'item', of, key: at(key) }
  const name = text.slice(key.from, key.to)
  return of.is === 'name' ? { is: 'name', path: `${of.path}.${name}` } : { is: 'attribute', of, name }
}

export function call(node: SyntaxNode, text: string, resolve: Scope): Call {
  const [callee, list] = childrenOf(node)
  const args: Expr[] = []
  const named = new Map<string, Expr>()
  const members = list ? childrenOf(list).filter(({ name }) => name !== 'Comment') : []
  for (let index = 0; index < members.length; index++) {
    const current = members[index]
    if (!current || PUNCTUATION.has(current.name)) continue
    const value = members[index + 2]
    if (members[index + 1]?.name === 'AssignOp' && value) {
      named.set(text.slice(current.from, current.to), expression(value, text, resolve))
      index += 2
    } else args.push(expression(current, text, resolve))
  }
  return {
    is: 'call',
    callee: callee ? expression(callee, text, resolve) : { is: 'other', parts: [] },
    args,
    named,
  }
}

function dictionary(children: readonly SyntaxNode[], at: (node: SyntaxNode) => Expr): Expr {
  const entries: [Expr, Expr][] = []
  children.forEach((child, index) => {
    const [key, value] = [children[index - 1], children[index + 1]]
    if (child.name === ':' && key && value) entries.push([at(key), at(value)])
  })
  return { is: 'dict', entries }
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

/** A string literal's text: prefix, quotes of either length, the common escapes. */
function unquote(literal: string): string {
  const [, prefix = '', quote = '', body = ''] =
    /^([A-Za-z]*)('''|"""|'|")([\s\S]*?)(?:\2)?$/.exec(literal) ?? []
  if (!quote) return literal
  return /r/i.test(prefix) ? body : body.replace(/\\(.)/g, (whole, mark: string) => ESCAPES[mark] ?? whole)
}

/** The dotted name of what is called; empty where it is no plain name. */
export const calleeOf = (expr: Expr): string =>
  expr.is === 'call' && expr.callee.is === 'name' ? expr.callee.path : ''

export const textOf = (expr: Expr | undefined): string | undefined =>
  expr?.is === 'text' ? expr.value : undefined
