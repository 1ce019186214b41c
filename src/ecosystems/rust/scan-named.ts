import type { SyntaxNode } from '@lezer/common'
import { addressOf } from './address.ts'
import type { Found, Named, Place } from './scan.ts'
import { methodAfter } from './scan-calls.ts'
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

const string = (value: Literal | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** clap's builder: `Arg::new("port").long("port").env("PORT").default_value("80")`. */
export function builtOption(
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

export function addConstant(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('BoundIdentifier')
  // What a macro makes of a text is something else: `include_dir!("static")`.
  const [value] = node.getChild('MacroInvocation') ? [] : literals(file, node)
  if (name) found.named.push({ ...at, from: 'constant', name: file.text(name), value })
}

/** Attributes of command-line parsers, and of crates that derive `Default` or a builder with values. */
const OPTIONS = new Set(['arg', 'clap', 'structopt', 'argh', 'options', 'bpaf', 'envconfig'])
const DEFAULTS = new Set([
  'default',
  'builder',
  'educe',
  'derivative',
  'smart_default',
  'serde_inline_default',
])

/** A member of a struct with such attributes above it. */
export function addField(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
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
      found.named.push({ ...at, from: 'default', name: file.text(name), value: evaluated(value) })
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

/** Attributes hold code as a text: `default = "SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8820)"`. */
function evaluated(value: Literal | undefined): Literal | undefined {
  if (typeof value !== 'string' || !/[("]|^\d+$/.test(value)) return value
  const code = parseRust('', `const X: T = ${value};`)
  const found = literals(code, code.top)
  const { host, port } = addressOf(found, names(code, code.top))
  return host === undefined
    ? found[0]
    : port === undefined
      ? host
      : `${host.includes(':') ? `[${host}]` : host}:${port}`
}

function optionOf(tokens: readonly Token[], field: string): Pick<Named, 'value' | 'env' | 'flag'> {
  const after = (name: string) => {
    const index = tokens.findIndex((token, at) => at > 0 && token.value === undefined && token.text === name)
    return index < 0 ? undefined : tokens[index + 1]
  }
  const has = (name: string) => tokens.some(({ text, value }) => value === undefined && text === name)
  const shouted = field.replace(/[^a-z0-9]+/gi, '_').toUpperCase()
  return {
    value:
      after('default_value')?.value ?? after('default_value_t')?.value ?? evaluated(after('default')?.value),
    env: has('env') ? (string(after('env')?.value) ?? shouted) : string(after('from')?.value),
    flag: has('long')
      ? (string(after('long')?.value) ?? field.replaceAll('_', '-'))
      : has('short') || has('from') || has('option') || has('subcommand') || has('flatten')
        ? undefined
        : '',
  }
}

export function addInitializer(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
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
export function addFunction(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const name = node.getChild('BoundIdentifier')
  const body = node.getChild('Block')
  if (!name || !body || body.to - body.from > 200) return
  const values = literals(file, body)
  if (values.length >= 1 && [...children(body)].length <= 4)
    found.named.push({ ...at, from: 'default', name: file.text(name), value: values[0] })
}
