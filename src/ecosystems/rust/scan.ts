import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import {
  children,
  descend,
  isName,
  type Literal,
  literal,
  literals,
  names,
  type Parsed,
  parseRust,
} from './syntax.ts'

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
  /** Those that are arguments themselves, not arguments of a call within. */
  readonly direct: readonly Literal[]
  /** Names among the arguments: `Ipv4Addr LOCALHOST`. */
  readonly names: readonly string[]
  /** For a variable read from the environment: what the whole statement says, and the method that follows. */
  readonly statement: readonly Literal[]
  readonly followedBy: string | undefined
}

/** `println!("…")`, without its arguments' structure: a macro's body is only tokens. */
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
  /** Of an option: the environment variable and the long flag that set it. */
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

interface Found {
  calls: Call[]
  macros: Macro[]
  named: Named[]
  names: Set<string>
  subcommands: string[]
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
    optional: false,
    strings: [],
  }
  for (const path of files) {
    const source = project.text(path)
    if (source !== undefined) readFile(parseRust(path, source), source, found)
  }
  return { ...found, subcommands: found.optional ? [] : found.subcommands }
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

type Place = { readonly path: string; readonly line: number }

function addCall(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const callee = calleeOf(file, node)
  const name = callee.at(-1)
  if (name === undefined) return
  const args = node.getChild('ArgList')
  const env = name === 'var' || name === 'var_os'
  found.calls.push({
    ...at,
    name,
    callee,
    literals: args && args.to - args.from < 2000 ? literals(file, args) : [],
    direct: args ? directLiterals(file, args) : [],
    names: args && args.to - args.from < 400 ? names(file, args) : [],
    statement: env ? literals(file, statementOf(node)) : [],
    followedBy: node.parent?.name === 'TryExpression' ? '?' : methodAfter(file, node),
  })
  if (name === 'set_default' && args) {
    const [key, value] = literals(file, args)
    if (typeof key === 'string') found.named.push({ ...at, from: 'option', name: key, value })
  }
  if (name === 'new' || name === 'with_name') {
    const option = builtOption(file, node, callee, at)
    if (option) found.named.push(option)
  }
}

/** Literals of an argument list, and what methods are called on, but no arguments of other calls and no closures. */
function directLiterals(file: Parsed, node: SyntaxNode): readonly Literal[] {
  const own = literal(file, node)
  if (own !== undefined) return [own]
  if (node.name === 'ClosureExpression' || node.name === 'Block') return []
  const inside =
    node.name === 'CallExpression' ? [node.firstChild].filter(callee => callee !== null) : [...children(node)]
  return inside.flatMap(child => directLiterals(file, child))
}

function calleeOf(file: Parsed, call: SyntaxNode): readonly string[] {
  let callee = call.firstChild
  if (callee?.name === 'GenericFunction') callee = callee.firstChild
  if (callee?.name === 'FieldExpression') {
    const method = callee.getChild('FieldIdentifier')
    return method ? [file.text(method)] : []
  }
  return callee && (callee.name === 'ScopedIdentifier' || callee.name === 'Identifier')
    ? names(file, callee)
    : []
}

/** The name of the method that is called on the value of `node`. */
function methodAfter(file: Parsed, node: SyntaxNode): string | undefined {
  const field = node.parent?.name === 'FieldExpression' ? node.parent.getChild('FieldIdentifier') : null
  return field ? file.text(field) : undefined
}

/** The statement that holds an expression, unless it is a long one. */
function statementOf(node: SyntaxNode): SyntaxNode {
  let best = node
  for (let at = node.parent; at && at.to - at.from < 600; at = at.parent) {
    best = at
    if (/^(LetDeclaration|ExpressionStatement|FieldInitializer|ConstItem|StaticItem)$/.test(at.name)) break
    if (at.name === 'Block' || at.name === 'FieldInitializerList') break
  }
  return best
}

/** clap's builder: `Arg::new("port").long("port").env("PORT").default_value("80")`. */
function builtOption(
  file: Parsed,
  node: SyntaxNode,
  callee: readonly string[],
  at: Place,
): Named | undefined {
  if (!callee.includes('Arg') && !callee.includes('Opt')) return undefined
  const own = node.getChild('ArgList')
  const [name] = own ? literals(file, own) : []
  if (typeof name !== 'string') return undefined
  const set: Record<string, Literal | undefined> = {}
  for (let at: SyntaxNode | null = node; at; ) {
    const method = methodAfter(file, at)
    const call: SyntaxNode | null | undefined = at.parent?.parent
    const args = call?.name === 'CallExpression' ? call.getChild('ArgList') : null
    if (method === undefined || !call || !args) break
    set[method] = literals(file, args)[0]
    at = call
  }
  return {
    ...at,
    from: 'option',
    name,
    value: set.default_value,
    env: string(set.env),
    flag: string(set.long),
  }
}

const string = (value: Literal | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

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

function addConstant(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('BoundIdentifier')
  const [value] = literals(file, node)
  if (name) found.named.push({ ...at, from: 'constant', name: file.text(name), value })
}

/** Attributes of command-line parsers, and of crates that derive `Default` or a builder with values. */
const OPTIONS = new Set(['arg', 'clap', 'structopt', 'argh', 'options', 'bpaf'])
const DEFAULTS = new Set([
  'default',
  'builder',
  'educe',
  'derivative',
  'smart_default',
  'serde_inline_default',
])

/** A member of a struct with such attributes above it. */
function addField(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('FieldIdentifier')
  if (!name) return
  const optional = node.lastChild?.name === 'GenericType' && names(file, node.lastChild)[0] === 'Option'
  for (
    let above = node.prevSibling;
    above?.name === 'Attribute' || above?.name === 'LineComment';
    above = above.prevSibling
  ) {
    const tokens = above.name === 'Attribute' ? attribute(file, above) : []
    const kind = String(tokens[0]?.text)
    if (optional && tokens.some(({ text }) => text === 'subcommand')) found.optional = true
    const [value] = tokens.flatMap(token => token.value ?? [])
    if (OPTIONS.has(kind))
      found.named.push({ ...at, from: 'option', name: file.text(name), ...optionOf(tokens, file.text(name)) })
    else if (DEFAULTS.has(kind) && value !== undefined)
      found.named.push({ ...at, from: 'default', name: file.text(name), value })
  }
}

interface Token {
  readonly text: string
  readonly value: Literal | undefined
}

/** The names and literals of `#[arg(long, env = "PORT")]`, in order. */
const attribute = (file: Parsed, node: SyntaxNode): readonly Token[] =>
  [...descend(file, node)]
    .filter(child => isName(child.name) || literal(file, child) !== undefined || child.name === 'Boolean')
    .map(child => ({ text: file.text(child), value: literal(file, child) }))

function optionOf(tokens: readonly Token[], field: string): Pick<Named, 'value' | 'env' | 'flag'> {
  const after = (name: string) => {
    const index = tokens.findIndex((token, at) => at > 0 && token.value === undefined && token.text === name)
    return index < 0 ? undefined : tokens[index + 1]
  }
  const has = (name: string) => tokens.some(({ text, value }) => value === undefined && text === name)
  const shouted = field.replace(/[^a-z0-9]+/gi, '_').toUpperCase()
  return {
    value: after('default_value')?.value ?? after('default_value_t')?.value ?? after('default')?.value,
    env: has('env') ? (string(after('env')?.value) ?? shouted) : undefined,
    flag: has('long') ? (string(after('long')?.value) ?? field.replaceAll('_', '-')) : undefined,
  }
}

function addInitializer(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('FieldIdentifier')
  if (!name || node.to - node.from > 160) return
  const [value, another] = literals(file, node)
  const computed = [...descend(file, node)].some(child =>
    /^(Index|Binary|If|Match)Expression$/.test(child.name),
  )
  if (value !== undefined && another === undefined && !computed)
    found.named.push({ ...at, from: 'default', name: file.text(name), value })
}

/** `fn default_port() -> u16 { 8080 }` */
function addFunction(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('BoundIdentifier')
  const body = node.getChild('Block')
  if (!name || !body || body.to - body.from > 200) return
  const values = literals(file, body)
  if (values.length >= 1 && [...children(body)].length <= 4)
    found.named.push({ ...at, from: 'default', name: file.text(name), value: values[0] })
}

const COMMANDS = new Set(['Subcommand', 'Parser', 'StructOpt'])

/** `#[derive(Subcommand)] enum Command { Serve, … }` */
function addSubcommands(file: Parsed, node: SyntaxNode, found: Found): void {
  const attributes = node.parent?.name === 'AttributeItem' ? node.parent.getChildren('Attribute') : []
  if (!attributes.some(attribute => names(file, attribute).some(name => COMMANDS.has(name)))) return
  for (const variant of node.getChild('EnumVariantList')?.getChildren('EnumVariant') ?? []) {
    const name = variant.getChild('BoundIdentifier') ?? variant.firstChild
    if (name)
      found.subcommands.push(
        file
          .text(name)
          .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
          .toLowerCase(),
      )
  }
}
