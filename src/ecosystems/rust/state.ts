import { type Fact, fact, fromFile, type Source } from '../../facts.ts'
import { isNeeded } from './evidence.ts'
import type { Enabled } from './features.ts'
import type { Scan } from './scan.ts'
import type { Setting, Settings } from './settings.ts'
import type { Literal } from './syntax.ts'

/** Something that the program writes: a folder, or a file such as SQLite's. */
export interface State {
  /** As the program names it: `upload`, `data/app.db`; absolute where it names it so. */
  readonly path: string
  readonly isFile: boolean
  /** What is around the path in the value: `sqlite://` and `?mode=rwc`. */
  readonly before: string
  readonly after: string
  /** The environment variable, or else the flag, that moves it elsewhere. */
  readonly variable?: string | undefined
  readonly flag?: string | undefined
}

/** Names of settings that say where something is kept. */
const KEPT =
  /(^|[._-])((data|db|database|sqlite|uploads?|storage|store|state|media)[._-]?(dir|directory|path|folder|file|url|uri|location)|data|uploads?)$/i
/** Calls that write what their first argument names, by the last two names of the callee. */
const WRITES =
  /^((fs )?create_dir(_all)?|fs write|File create(_new)?|Connection open|filename|sled open|DB open(_default)?|Database create)$/
/** Names in the sources without which a setting's folder is only read. */
const WRITERS = ['create_dir_all', 'create_dir', 'OpenOptions', 'create_if_missing', 'open_default']
/** Folders of the system that are made for data. */
const ABSOLUTE = /^\/(data|db|storage|srv|var\/lib)(\/|$)/
const VALUE = /^(sqlite:(?:\/\/)?|file:|)(\/?[\w.-]+(?:\/[\w.-]+)*)\/?((?:\?[\w=&-]*)?)$/
const DATABASE_FILE = /[\w-]\.(db3?|sqlite3?|redb)$/i
const FILE = /\.(db3?|sqlite3?|redb|duckdb|json|log|txt|csv)$/i

/** What the program writes, the place of a database first; nothing that a container has no part in, as /tmp. */
export function statesOf(
  scan: Scan,
  settings: Settings,
  enabled: readonly Enabled[],
): readonly Fact<State>[] {
  const writes = WRITERS.some(name => scan.names.has(name)) || opensFiles(scan)
  const embeds = enabled.some(({ dependencies }) =>
    [...dependencies.keys()].some(({ crate }) => /^(rusqlite|sqlx|sea-orm|diesel|libsql|redb)$/.test(crate)),
  )
  const isFile = (value: Literal | undefined): boolean =>
    isDatabase(value) || (embeds && DATABASE_FILE.test(String(value)))
  const settable = [...options(scan, settings), ...settings.entries].filter(
    ({ name, value }) => KEPT.test(name) && (isFile(value) || (writes && !/ur[il]$/i.test(name))),
  )
  const found = [
    ...settable.flatMap(setting => stateOf(setting.value, sourceOf(setting), setting)),
    ...scan.strings.filter(({ text }) => isFile(text)).flatMap(at => stateOf(at.text, sourceOf(at))),
    ...scan.calls
      .filter(({ callee }) => WRITES.test(callee.slice(-2).join(' ')))
      .flatMap(call => stateOf(call.first, sourceOf(call))),
  ]
  if (found.length === 0) found.push(...required(scan, enabled))
  const paths = new Map(found.toReversed().map(state => [state.value.path, state]))
  return [...paths.values()]
    .toReversed()
    .sort((a, b) => Number(isDatabase(b.value.before)) - Number(isDatabase(a.value.before)))
}

/** A database whose place a variable must tell, where SQLite is the only driver. */
function required({ calls }: Scan, enabled: readonly Enabled[]): Fact<State>[] {
  const call = calls.find(
    call => isNeeded(call) && /^(DATABASE|DB|SQLITE)_(URL|URI)$/.test(String(call.literals[0])),
  )
  const drivers = enabled.flatMap(({ dependencies }) =>
    [...dependencies]
      .filter(([{ crate }]) => /^(sqlx|sea-orm|diesel)$/.test(crate))
      .flatMap(([{ crate }, features]) => [...features].map(feature => ({ crate, feature }))),
  )
  const sqlite = drivers.find(({ feature }) => feature.includes('sqlite'))
  if (!call || !sqlite || drivers.some(({ feature }) => /postgres|mysql|any/.test(feature))) return []
  const before = sqlite.crate === 'diesel' ? '' : 'sqlite://'
  const variable = String(call.literals[0])
  return [fact({ path: 'app.db', isFile: true, before, after: '', variable }, sourceOf(call))]
}

const sourceOf = ({ path, line }: { path: string; line?: number | undefined }): Source =>
  fromFile(path, undefined, line)

const isDatabase = (value: Literal | undefined): boolean =>
  typeof value === 'string' && value.startsWith('sqlite:') && !/:memory:|mode=memory/.test(value)

const opensFiles = ({ calls }: Scan): boolean =>
  calls.some(({ callee }) => /^(File create|Connection open|fs write)$/.test(callee.slice(-2).join(' ')))

/** The program's own settings: its options, variables, constants and defaults. */
function options({ named, calls }: Scan, { variable }: Settings): Setting[] {
  return [
    ...calls.flatMap(({ name, path, line, statement: [key, value] }) =>
      (name === 'var' || name === 'var_os') && typeof key === 'string'
        ? [{ path, line, name: key, value, env: key }]
        : [],
    ),
    ...named.map(item => ({
      ...item,
      env: item.env ?? (item.flag ? undefined : variable(item.name.split('.'))),
    })),
  ]
}

function stateOf(
  value: Literal | undefined,
  source: Source,
  by: { readonly env?: string | undefined; readonly flag?: string | undefined } = {},
): Fact<State>[] {
  const [, before = '', spelled = '', after = ''] = VALUE.exec(typeof value === 'string' ? value : '') ?? []
  const path = spelled.replace(/^(\.\/)+/, '')
  // A constant often holds the name of a variable, not a path.
  const named = /^[A-Z][A-Z0-9_]*$/.test(path)
  const outside = path.startsWith('/') ? !ABSOLUTE.test(path) : /^\.*$|(^|\/)\.\.(\/|$)/.test(path)
  if (outside || named || path.length > 100) return []
  const isFile = before !== '' || FILE.test(path)
  return [fact({ path, isFile, before, after, variable: by.env, flag: by.flag }, source)]
}
