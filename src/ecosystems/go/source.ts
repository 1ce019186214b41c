import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/go'
import type { Header } from './header.ts'

/** A parsed file. */
export interface Unit {
  readonly path: string
  readonly dir: string
  readonly text: string
  readonly tree: Tree
  /** Packages by the name that the file calls them. */
  readonly imports: ReadonlyMap<string, string>
}

/** An expression and where it stands. */
export interface Ref {
  readonly unit: Unit
  readonly node: SyntaxNode
  /** Which of the values of a call that gives several. */
  readonly part?: number
}

export function parseUnit(path: string, dir: string, text: string, header: Header): Unit {
  const imports = new Map(
    header.imports.map(({ path: imported, alias }) => [alias ?? packageName(imported), imported]),
  )
  return { path, dir, text, tree: parser.parse(withoutRest(text)), imports }
}

/** Words of which a function must have one to say where a program listens, what it reads, or how it is started. */
export const TELLING =
  /Listen|[Ss]erve|\bAddr|[Pp]ort\b|":\d{2,5}"|\.(Run|Start|Execute|Static\w*|Command|Open)\(|[Ff]lag|[Ee]nv\b|[Ee]nv\(|viper|koanf|cobra|kingpin|os\.Args|`[^`\n]*\b(env|default|cmd):|ReadFile|\bDir(FS)?\(|Parse(Files|Glob)|LoadHTML|file:\/\/|go:embed|Mkdir|[Vv]ersion\b|func main\(/

/**
 * Blanks the bodies of functions that tell nothing, at the same length: parsing is what takes time in a large
 * repository, and nine in ten functions are not about this. It is a bound and decides nothing.
 */
function withoutRest(text: string): string {
  return text.replace(/^func [^\n]*\{\n([\s\S]*?)\n\}/gm, (all, body: string) =>
    TELLING.test(all) ? all : `${all.slice(0, all.length - body.length - 2)}${' '.repeat(body.length)}\n}`,
  )
}

/** By what name a package is called without an alias: the last part of its path without the major version. */
function packageName(path: string): string {
  const parts = path.split('/')
  const last = parts.at(-1) ?? ''
  const name = /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last
  return name.replace(/\.v\d+$/, '').replace(/^go-|-go$|\.go$/g, '')
}

/** Whether a file has `func main()` at its top level. */
export function declaresMain({ text, tree }: Unit): boolean {
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const name = node.name === 'FunctionDecl' ? node.getChild('DefName') : null
    if (name && text.slice(name.from, name.to) === 'main') return true
  }
  return false
}

/** The value of a string literal. */
export function unquote(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, literal.endsWith('`') ? -1 : undefined)
  const body = literal.slice(1, literal.length > 1 && literal.endsWith('"') ? -1 : undefined)
  return body.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{3})|(.))/g, (_, x, u, octal, one) =>
    one === undefined
      ? String.fromCharCode(Number.parseInt(x ?? u ?? octal, octal === undefined ? 16 : 8))
      : (ESCAPES[one] ?? one),
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** Children that are expressions: what stands between brackets and commas. */
export function operands(node: SyntaxNode | null): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling)
    if (/^[A-Z]/.test(child.name) && !/^(LineComment|BlockComment|[A-Z]\w*Op)$/.test(child.name))
      found.push(child)
  return found
}

/**
 * The grammar lets operators bind tighter than selectors and calls: it reads `":" + cfg.Port` as `(":" + cfg).Port`.
 * This finds what the selector or call really starts with, and what was wrongly drawn into it.
 * @returns where the postfix expression starts, and the operands on its left
 */
export function peel(node: SyntaxNode): { readonly from: number; readonly left: readonly SyntaxNode[] } {
  const left: SyntaxNode[] = []
  let current = node
  for (;;) {
    const postfix = /^(SelectorExpr|CallExpr|IndexExpr|SliceExpr|TypeAssertion)$/.test(current.name)
    const operator = current !== node && /^(BinaryExp|UnaryExp)$/.test(current.name)
    const parts = operator ? operands(current) : []
    const next = postfix ? current.firstChild : parts.at(-1)
    if (!next) return { from: current.from, left }
    if (operator) left.push(...parts.slice(0, -1))
    current = next
  }
}
