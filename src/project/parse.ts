import { type ParseError, type ParseOptions, parse as parseJsonc, printParseErrorCode } from 'jsonc-parser'
import { UserError } from '../errors.ts'

type Format = 'json' | 'toml' | 'yaml' | 'xml'
type Parse = (text: string) => unknown

/** The parsers that a snapshot needs, loaded before it is looked at: a project without YAML never loads YAML. */
export type Parsers = { readonly [F in Format]?: Parse }

/** Files without an extension of their own that are nevertheless in one of the formats. */
const NAMES: Readonly<Record<string, Format>> = {
  Pipfile: 'toml',
  'Pipfile.lock': 'json',
  'uv.lock': 'toml',
  'poetry.lock': 'toml',
  'pdm.lock': 'toml',
  'Cargo.lock': 'toml',
  'bun.lock': 'json',
  'composer.lock': 'json',
  'deno.lock': 'json',
  'rust-toolchain': 'toml',
  '.prototools': 'toml',
  '.swcrc': 'json',
  '.babelrc': 'json',
  '.terserrc': 'json',
}
const EXTENSIONS: Readonly<Record<string, Format>> = {
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  toml: 'toml',
  yaml: 'yaml',
  yml: 'yaml',
  xml: 'xml',
  csproj: 'xml',
  fsproj: 'xml',
  props: 'xml',
}

export function formatOf(path: string): Format | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return Object.hasOwn(NAMES, name) ? NAMES[name] : dot < 0 ? undefined : EXTENSIONS[name.slice(dot + 1)]
}

/** CI workflows and editors' settings are never parsed, so they load no parser. */
const UNPARSED = /(^|\/)\.(github|gitlab|circleci|vscode|idea|husky|pre-commit|devcontainer)/

/** Loads the parsers for the formats that occur in `files`. */
export async function loadParsers(files: readonly string[]): Promise<Parsers> {
  const formats = new Set<Format>()
  for (const file of files) {
    const format = formatOf(file)
    if (format && format !== 'json' && !formats.has(format) && !UNPARSED.test(file)) formats.add(format)
  }
  const [toml, yaml, xml] = await Promise.all([
    formats.has('toml') ? import('smol-toml') : undefined,
    formats.has('yaml') ? import('yaml') : undefined,
    formats.has('xml') ? import('fast-xml-parser') : undefined,
  ])
  return {
    json,
    ...(toml && { toml: text => toml.parse(text) }),
    ...(yaml && { yaml: text => parseYaml(yaml, text) }),
    ...(xml && {
      xml: text => {
        const valid = xml.XMLValidator.validate(text)
        if (valid !== true) throw new Malformed(valid.err.msg, valid.err.line, valid.err.col)
        return new xml.XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(text)
      },
    }),
  }
}

/** A syntax error with its place, lines and columns from 1. */
class Malformed extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message)
  }
}

/** What npm, pnpm, Yarn and Node.js read as JSON alone. */
const STRICT = /(^|\/)(package|package-lock|npm-shrinkwrap)\.json$/

/** JSON, and where it isn't quite, JSON with comments and trailing commas: many tools' files are. */
const json = (text: string): unknown => parseJson(text, { allowTrailingComma: true })

const strict = (text: string): unknown => parseJson(text, { disallowComments: true })

/** An empty file asks TypeScript for what it does by default: https://www.typescriptlang.org/docs/handbook/tsconfig-json.html */
const TSCONFIG = /(^|\/)[jt]sconfig[\w.-]*\.json$/
const tsconfig = (text: string): unknown =>
  parseJson(text, { allowTrailingComma: true, allowEmptyContent: true }) ?? {}

/**
 * A lock file that was committed with both sides of a conflict: npm settles that, and our side is what is read here.
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
const ours = (text: string): string =>
  text.replace(/^<{7} .*\n([\s\S]*?)^(?:\|{7} .*\n[\s\S]*?^)?={7}\n[\s\S]*?^>{7} .*\n/gm, '$1')

function parseJson(text: string, options: ParseOptions): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const errors: ParseError[] = []
    const value: unknown = parseJsonc(text, errors, options)
    const [first] = errors
    if (first) {
      const before = text.slice(0, first.offset).split('\n')
      throw new Malformed(
        printParseErrorCode(first.error)
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .toLowerCase(),
        before.length,
        (before.at(-1)?.length ?? 0) + 1,
      )
    }
    return value
  }
}

function parseYaml(yaml: typeof import('yaml'), text: string): unknown {
  const document = yaml.parseDocument(text, { logLevel: 'silent' })
  const [error] = document.errors
  if (error)
    throw new Malformed(
      error.message.split('\n', 1)[0] ?? 'malformed',
      error.linePos?.[0].line ?? 1,
      error.linePos?.[0].col ?? 1,
    )
  return document.toJS({ maxAliasCount: 100 })
}

/**
 * Parses `text` by the extension of `path`.
 * @param byBun whether Bun reads it, which takes comments and trailing commas in a package.json too
 * @throws UserError MALFORMED_FILE `path:line:column: what is wrong`
 */
export function parse(parsers: Parsers, path: string, text: string, byBun = false): unknown {
  const format = formatOf(path)
  const parser =
    format && (STRICT.test(path) && !byBun ? strict : TSCONFIG.test(path) ? tsconfig : parsers[format])
  if (!parser) throw new Error(`no parser loaded for ${path}`)
  try {
    return parser(/-lock\.json$/.test(path) ? ours(text) : text)
  } catch (error) {
    const { line, column, message } = place(error)
    throw new UserError(
      'MALFORMED_FILE',
      `${path}:${line}:${column}: ${message}`,
      `Mend ${path} and run the command again`,
    )
  }
}

function place(error: unknown): { line: number; column: number; message: string } {
  const { line, column, message } = error as { line?: number; column?: number; message?: string }
  return {
    line: line ?? 1,
    column: column ?? 1,
    message: (message ?? 'malformed').split('\n', 1)[0] ?? 'malformed',
  }
}
