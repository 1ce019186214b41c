import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { addCall } from './scan-calls.ts'
import { addConstant, addField, addFunction, addInitializer } from './scan-named.ts'
import { addMatched, addSubcommands, REQUIRES_SUBCOMMAND } from './scan-subcommands.ts'
import { descend, isName, type Literal, literal, literals, names, type Parsed, parseRust } from './syntax.ts'

/** Where something stands. */
export interface Place {
  readonly path: string
  readonly line: number
}

/** `TcpListener::bind("0.0.0.0:80")`, `app.route("/", …)` */
export interface Call {
  readonly path: string
  readonly line: number
  /** The last name of the callee: `bind`. */
  readonly name: string
  /** The callee as names: `tokio net TcpListener bind`; of a method, its own name alone. */
  readonly callee: readonly string[]
  /** Literals among the arguments. */
  readonly literals: readonly Literal[]
  /** Those that are arguments themselves, not arguments of a call or statements of a block within. */
  readonly direct: readonly Literal[]
  /** The first argument, where it is a literal. */
  readonly first: Literal | undefined
  /** Names among the arguments: `Ipv4Addr LOCALHOST`. */
  readonly names: readonly string[]
  /** For a variable read from the environment: what the whole statement says, and the method that follows. */
  readonly statement: readonly Literal[]
  readonly followedBy: string | undefined
}

/** `println!("…")`, without its arguments' structure: a macro's body is only tokens. So is `#[folder = "dist"]`. */
export interface Macro {
  readonly path: string
  readonly name: string
  readonly literals: readonly Literal[]
}

/** A named value: a constant, a struct's member, a command-line option, a function that returns a default. */
export interface Named {
  readonly path: string
  readonly line: number
  readonly from: 'option' | 'constant' | 'default'
  readonly name: string
  readonly value: Literal | undefined
  /** Of an option: the environment variable and the long flag that set it; no flag's name where it has a position. */
  readonly env?: string | undefined
  readonly flag?: string | undefined
}

/** What the sources say that bears on running the program. */
export interface Scan {
  readonly calls: readonly Call[]
  readonly macros: readonly Macro[]
  readonly named: readonly Named[]
  readonly names: ReadonlySet<string>
  /** Subcommands of the program, in kebab case; none where it does without one. */
  readonly subcommands: readonly string[]
  /** Every string, with its place. */
  readonly strings: readonly { readonly path: string; readonly line: number; readonly text: string }[]
}

/** The same while it is gathered. */
export interface Found {
  calls: Call[]
  macros: Macro[]
  named: Named[]
  names: Set<string>
  subcommands: string[]
  /** Those that clap's builder defines: needed only where it says so. */
  matched: string[]
  /** Whether the program also works without a subcommand. */
  optional: boolean
  strings: { path: string; line: number; text: string }[]
}

/** Reads the files of one program, in order of their weight. */
export function scan(project: Project, files: readonly string[]): Scan {
  const found: Found = {
    calls: [],
    macros: [],
    named: [],
    names: new Set(),
    subcommands: [],
    matched: [],
    optional: false,
    strings: [],
  }
  for (const path of files) {
    const source = project.text(path)
    if (source !== undefined) readFile(parseRust(path, source), source, found)
  }
  const required = REQUIRES_SUBCOMMAND.some(name => found.names.has(name))
  const all = [...(found.optional ? [] : found.subcommands), ...(required ? found.matched : [])]
  return { ...found, subcommands: all }
}

/** Macros whose body is code: it is parsed as such. */
const CODE = new Set(['lazy_static', 'cfg_if', 'select', 'join', 'try_join', 'thread_local'])

function readFile(file: Parsed, source: string, found: Found): void {
  const line = lines(source)
  for (const node of descend(file, file.top)) {
    const at = { path: file.path, line: line(node.from) }
    if (isName(node.name)) found.names.add(file.text(node))
    else if (node.name === 'CallExpression') addCall(file, node, at, found)
    else if (node.name === 'MacroInvocation') addMacro(file, node, source, found)
    else if (node.name === 'ConstItem' || node.name === 'StaticItem') addConstant(file, node, at, found)
    else if (node.name === 'FieldDeclaration') addField(file, node, at, found)
    else if (node.name === 'FieldInitializer') addInitializer(file, node, at, found)
    else if (node.name === 'FunctionItem') addFunction(file, node, at, found)
    else if (node.name === 'EnumItem') addSubcommands(file, node, found)
    else if (node.name === 'MatchExpression') addMatched(file, node, found)
    else if (node.name === 'Attribute' && names(file, node).includes('folder'))
      found.macros.push({ path: file.path, name: 'folder', literals: literals(file, node) })
    const value = literal(file, node)
    if (typeof value === 'string') found.strings.push({ ...at, text: value })
  }
}

function lines(source: string): (offset: number) => number {
  let line = 1
  let seen = 0
  return offset => {
    for (; seen < offset; seen++) if (source.charCodeAt(seen) === 10) line++
    return line
  }
}

function addMacro(file: Parsed, node: SyntaxNode, source: string, found: Found): void {
  const head = node.firstChild
  const name = head && names(file, head).at(-1)
  if (!name) return
  found.macros.push({ path: file.path, name, literals: literals(file, node) })
  const body = CODE.has(name) ? node.lastChild : undefined
  // The body keeps its offsets, so that lines stay right.
  if (body)
    readFile(
      parseRust(
        file.path,
        `${source.slice(0, body.from + 1).replace(/[^\n]/g, ' ')}${source.slice(body.from + 1, body.to - 1)}`,
      ),
      source,
      found,
    )
}
