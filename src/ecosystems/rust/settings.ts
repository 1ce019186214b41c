import type { Project } from '../../project/project.ts'
import type { RuntimeFile } from './files.ts'
import { type Evidence, fromSetting } from './listen.ts'
import type { Scan } from './scan.ts'
import type { Literal } from './syntax.ts'
import { join } from './toml.ts'

const PARSED = /\.(toml|ya?ml|json)$/
/** Of a folder of settings, the files that hold in production. */
const MAIN =
  /(^|\/)(default|base|config|settings|production|release|app|server|local|development)\.(toml|ya?ml|json)$/

/** One setting of a program: its name, its default, and what sets it. */
export interface Setting {
  readonly path: string
  readonly line?: number | undefined
  readonly name: string
  readonly value: Literal | undefined
  readonly env?: string | undefined
  readonly flag?: string | undefined
}

/** What the settings files of a program say, and how its environment overrides them. */
export interface Settings {
  readonly found: readonly Evidence[]
  readonly entries: readonly Setting[]
  /** The environment variable of a key, as its path; undefined where the environment sets none. */
  variable(key: readonly string[]): string | undefined
}

/** Ports and addresses in the settings files that the program reads, and in the example of its environment. */
export function settingsOf(
  project: Project,
  files: readonly RuntimeFile[],
  dir: string,
  scan: Scan,
): Settings {
  const variable = overriding(scan)
  const paths = files.flatMap(({ from }) =>
    project.has(from) ? [from] : project.files.filter(file => file.startsWith(`${from}/`) && MAIN.test(file)),
  )
  const parsed = paths.filter(path => PARSED.test(path) && path.split('/').length < 6).slice(0, 5)
  const entries = parsed.flatMap(path =>
    keys(project.parse(path), []).map(
      ([key, value]): Setting => ({ path, name: key.join('.'), value, env: variable(key) }),
    ),
  )
  const told = example(project, dir)
  const read = new Set(scan.calls.flatMap(({ name, literals }) => (name === 'var' ? literals : [])))
  return {
    found: [
      ...entries.flatMap(({ path, name, value, env }) =>
        fromSetting({ path }, name, value, { env }).map(item => ({ ...item, configured: true })),
      ),
      ...told
        .flatMap(({ path, line, name, value }) => fromSetting({ path, line }, name, value))
        .filter(({ port }) => port !== undefined),
    ],
    entries: [...entries, ...told.filter(({ name }) => read.has(name))],
    variable,
  }
}

/** Every key with a plain value, as its path, down to a depth. */
function keys(value: unknown, above: readonly string[]): [readonly string[], Literal][] {
  if (value === null || typeof value !== 'object' || above.length > 2) return []
  return Object.entries(value).flatMap(([key, member]): [readonly string[], Literal][] => {
    if (typeof member === 'string' || typeof member === 'number') return [[[...above, key], member]]
    return keys(member, [...above, key])
  })
}

/**
 * The environment variable that overrides a key, where the program reads its settings with the crates config
 * (`Environment::with_prefix("APP").separator("__")`) or figment (`Env::prefixed("APP_").split("__")`).
 * https://docs.rs/config/latest/config/struct.Environment.html
 */
function overriding({ calls, names, named }: Scan): (key: readonly string[]) => string | undefined {
  const literal = (name: string): string | undefined => {
    const call = calls.find(call => call.name === name)
    const constant = named.find(item => item.from === 'constant' && call?.names.includes(item.name))
    const value = call?.literals[0] ?? constant?.value
    return typeof value === 'string' ? value : undefined
  }
  const figment = names.has('Env') && calls.some(({ name }) => name === 'prefixed')
  const separator = literal(figment ? 'split' : 'separator')
  const prefix = figment ? literal('prefixed') : (literal('with_prefix') ?? literal('prefix'))
  const joint = figment ? '' : (literal('prefix_separator') ?? separator ?? '_')
  const unread =
    prefix === undefined && calls.some(({ name }) => name === 'with_prefix' || name === 'prefixed')
  if (unread || (!figment && !names.has('Environment'))) return () => undefined
  return key =>
    key.length > 1 && separator === undefined
      ? undefined
      : `${prefix ? `${prefix}${joint}` : ''}${key.join(separator ?? '')}`.toUpperCase()
}

/** `.env.example`: what people are told to set. */
function example(project: Project, dir: string): Setting[] {
  const path = ['.env.example', '.env.sample', '.env.template', '.env.TEMPLATE', '.env.dist']
    .map(name => join(dir, name))
    .find(name => project.has(name))
  if (path === undefined) return []
  return (project.text(path) ?? '').split('\n').flatMap((line, index) => {
    const [, name, value] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*["']?([^"'\s#]*)/.exec(line) ?? []
    return name ? [{ path, line: index + 1, name, value, env: name }] : []
  })
}
