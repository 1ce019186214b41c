import type { SourceIndex } from './index-source.ts'
import type { Resolver } from './resolve.ts'
import { unquote } from './source.ts'

/** Something that the program writes below its working directory, which is read-only unless a place is made for it. */
export interface State {
  /** As the program names it: `app.db`, `data/app.db`, `uploads`. */
  readonly path: string
  readonly isFile: boolean
  /** The variable or option that moves it elsewhere, if there is one. */
  readonly variable?: string | undefined
  readonly option?: string | undefined
}

/** Databases that are a file: their drivers, by a word of the import path. */
const EMBEDDED_DATABASE =
  /sqlite|sqlcipher|libsql|bbolt|boltdb|\/bolt(\/|$)|badger|\/storm|leveldb|pebble|duckdb|nutsdb|buntdb|bitcask|pogreb|gorm/i
const DATABASE_FILE =
  /^(?:file:)?(?:\.\/)?((?:\.\.\/)?[\w][\w./-]*\.(?:db|db3|sqlite|sqlite3|bolt|bbolt|duckdb))(?:\?.*)?$/

export function findState(
  index: SourceIndex,
  resolver: Resolver,
  imports: Iterable<string>,
): State | undefined {
  const database = [...imports].some(path => EMBEDDED_DATABASE.test(path))
    ? databaseFile(index, resolver)
    : undefined
  return database ?? madeFolder(index, resolver)
}

function databaseFile(index: SourceIndex, resolver: Resolver): State | undefined {
  for (const flag of resolver.flags()) {
    const path = flag.fallback.texts.map(text => DATABASE_FILE.exec(text)?.[1]).find(Boolean)
    if (path) return { path, isFile: true, option: flag.dashes + flag.name, variable: flag.fallback.envs[0] }
  }
  for (const [, tags] of index.tags)
    for (const tag of tags) {
      const path = DATABASE_FILE.exec(
        tag.get('envDefault') ?? tag.get('env-default') ?? tag.get('default') ?? '',
      )?.[1]
      const variable = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0]
      if (path) return { path, isFile: true, variable: variable || undefined }
    }
  for (const { unit, node } of index.strings) {
    const path = DATABASE_FILE.exec(unquote(unit.text.slice(node.from, node.to)))?.[1]
    if (path) return { path, isFile: true, variable: variableBeside(index, resolver, unit.path, node.from) }
  }
  return undefined
}

/** `env("DATABASE_PATH", "app.db")`, or a variable whose other value is an environment variable. */
function variableBeside(
  index: SourceIndex,
  resolver: Resolver,
  path: string,
  at: number,
): string | undefined {
  for (const { unit, node } of index.calls) {
    if (unit.path !== path || node.from > at || node.to < at) continue
    const { envs } = resolver.resolve({ unit, node })
    if (envs[0]) return envs[0]
  }
  const unit = index.units.find(found => found.path === path)
  const holder = unit?.tree.resolveInner(at, 1).parent
  const name = holder && /^(Assignment|VarDecl|VarSpec)$/.test(holder.name) ? holder.firstChild : null
  if (!unit || !name) return undefined
  const values = index.valuesOf(unit.text.slice(name.from, name.to), { unit, node: name })
  return values.flatMap(ref => resolver.resolve(ref).envs)[0]
}

/** `os.MkdirAll("uploads", 0o755)` */
function madeFolder(index: SourceIndex, resolver: Resolver): State | undefined {
  for (const { unit, on, name, args } of index.calls) {
    const [first] = on === 'os' && /^Mkdir(All)?$/.test(name) ? args : []
    if (!first) continue
    const value = resolver.resolve({ unit, node: first })
    const path = value.texts.map(text => /^(?:\.\/)?([\w][\w./-]*)$/.exec(text)?.[1]).find(Boolean)
    if (path && !path.includes('..'))
      return { path: path.replace(/\/+$/, ''), isFile: false, variable: value.envs[0] }
  }
  return undefined
}
