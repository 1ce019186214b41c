import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/rust'

/** A literal of the source, in the order in which it stands. */
export type Literal = string | number

/** A parsed file; `text` reads any node of it. */
export interface Parsed {
  readonly path: string
  readonly top: SyntaxNode
  text(node: SyntaxNode): string
}

/** Parses Rust, tolerating what it can't read. */
export function parseRust(path: string, source: string): Parsed {
  return { path, top: parser.parse(source).topNode, text: node => source.slice(node.from, node.to) }
}

export function* children(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child
}

/** Every node below (and with) `node`, in order, without what is compiled for tests alone. */
export function* descend(file: Parsed, node: SyntaxNode): Generator<SyntaxNode> {
  if (node.name === 'AttributeItem' && isTestOnly(file, node)) return
  yield node
  for (const child of children(node)) yield* descend(file, child)
}

const isTestOnly = (file: Parsed, node: SyntaxNode): boolean =>
  [...children(node)].some(
    child =>
      child.name === 'Attribute' &&
      /^#\[(cfg\(test\)|test|tokio::test.*|rstest|actix_web::test|actix_rt::test)\]$/s.test(file.text(child)),
  )

/** The strings and numbers below a node. */
export function literals(file: Parsed, node: SyntaxNode): readonly Literal[] {
  return [...descend(file, node)].flatMap(child => {
    const value = literal(file, child)
    return value === undefined ? [] : [value]
  })
}

export function literal(file: Parsed, node: SyntaxNode): Literal | undefined {
  const text = file.text(node)
  switch (node.name) {
    case 'Integer':
      return Number.parseInt(
        text.replaceAll('_', '').replace(/[iu](8|16|32|64|128|size)$/, ''),
        text.startsWith('0x') ? 16 : 10,
      )
    case 'String':
      return unescaped(/^b?"(.*)"$/s.exec(text)?.[1])
    case 'RawString':
      return /^b?r(#*)"(.*)"\1$/s.exec(text)?.[2]
    default:
      return undefined
  }
}

const unescaped = (text: string | undefined): string | undefined =>
  text
    ?.replace(/\\(["'\\])/g, '$1')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')

/** The identifiers below a node: what a path or an expression is made of. */
export const names = (file: Parsed, node: SyntaxNode): readonly string[] =>
  [...descend(file, node)].filter(({ name }) => isName(name)).map(child => file.text(child))

export const isName = (node: string): boolean =>
  node === 'Identifier' ||
  node === 'ScopeIdentifier' ||
  node === 'FieldIdentifier' ||
  node === 'TypeIdentifier'
