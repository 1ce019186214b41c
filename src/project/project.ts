import { UserError } from '../errors.ts'
import { globs } from './globs.ts'
import { locate } from './locate.ts'
import type { Parsers } from './parse.ts'
import { parse } from './parse.ts'

/** A file that is named but not read, in bytes. */
export interface Oversized {
  readonly bytes: number
  readonly limit: number
}

/**
 * A read-only snapshot of a repository: POSIX paths from its root, sorted, bounded.
 * Synchronous, so that everything that looks at it is a pure function of it.
 */
export interface Project {
  /** Files that git holds or would hold, none of them in a folder of dependencies or build output. */
  readonly files: readonly string[]
  /** Folder names below the root that hold at least one file of `files`. */
  readonly dirs: ReadonlySet<string>
  /** Whether `path` is a file of the snapshot. */
  has(path: string): boolean
  /** Files that match any of the globs (see globs.ts), sorted. */
  find(...patterns: readonly string[]): readonly string[]
  /** The decoded text with `\n` line ends; undefined when there is no such file, it is binary or over the limit. */
  text(path: string): string | undefined
  /**
   * The parsed content by the file's extension (json, jsonc, toml, yaml, xml); undefined when there is no such file.
   * @throws UserError MALFORMED_FILE with file, line and column
   */
  parse(path: string): unknown
  /** The line (from 1) of a key path in a manifest, for the source of a fact; undefined when it isn't found. */
  line(path: string, ...keys: readonly (string | number)[]): number | undefined
  /** The same snapshot as seen from a folder of it (a workspace member): paths are relative to `dir`. */
  within(dir: string): Project
  /** Files that were too large to be read, with their size in bytes: reported, never silently skipped. */
  readonly oversized: ReadonlyMap<string, Oversized>
  /** Those of `files`, and folders of them, that a pattern of .gitignore names although git holds them. */
  readonly forced: readonly string[]
}

/** What a walk tells beside the paths. */
export interface Remarks {
  readonly oversized?: ReadonlyMap<string, Oversized>
  readonly forced?: readonly string[]
}

export type ReadFile = (path: string) => string | undefined

/**
 * A project over a list of paths and a reader.
 * @param files POSIX paths from the root; any order
 * @param read decoded text of one of them
 * @param parsers those that `loadParsers` made for these files
 */
export function createProject(
  files: readonly string[],
  read: ReadFile,
  parsers: Parsers,
  { oversized = new Map(), forced = [] }: Remarks = {},
): Project {
  return new Snapshot([...files].sort(), read, parsers, oversized, forced)
}

const BUN_LOCKS = ['bun.lock', 'bun.lockb']

class Snapshot implements Project {
  readonly #known: ReadonlySet<string>
  readonly #texts = new Map<string, string | undefined>()
  readonly #parsed = new Map<string, unknown>()
  #dirs: ReadonlySet<string> | undefined

  constructor(
    readonly files: readonly string[],
    readonly read: ReadFile,
    readonly parsers: Parsers,
    readonly oversized: ReadonlyMap<string, Oversized>,
    readonly forced: readonly string[],
    /** The folder that it is a view of, with a final slash; empty for the whole. */
    readonly base = '',
  ) {
    this.#known = new Set(files)
  }

  get dirs(): ReadonlySet<string> {
    this.#dirs ??= new Set(this.files.flatMap(parents))
    return this.#dirs
  }

  has(path: string): boolean {
    return this.#known.has(path)
  }

  find(...patterns: readonly string[]): readonly string[] {
    const matches = globs(patterns)
    return this.files.filter(file => matches(file))
  }

  text(path: string): string | undefined {
    if (!this.#known.has(path)) return undefined
    if (!this.#texts.has(path)) this.#texts.set(path, this.read(path))
    return this.#texts.get(path)
  }

  parse(path: string): unknown {
    if (!this.#parsed.has(path)) {
      const text = this.text(path)
      const byBun = BUN_LOCKS.some(lock => this.#known.has(lock))
      this.#parsed.set(
        path,
        text === undefined ? undefined : parse(this.parsers, this.base + path, text, byBun),
      )
    }
    return this.#parsed.get(path)
  }

  line(path: string, ...keys: readonly (string | number)[]): number | undefined {
    const text = this.text(path)
    return text === undefined ? undefined : locate(path, text, keys)
  }

  within(dir: string): Project {
    if (dir === '.' || dir === '') return this
    const prefix = `${dir}/`
    const below = (paths: readonly string[]) =>
      paths.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length))
    const oversized = [...this.oversized]
      .filter(([file]) => file.startsWith(prefix))
      .map(([file, size]) => [file.slice(prefix.length), size] as const)
    const read = (path: string) => this.text(prefix + path)
    return new Snapshot(
      below(this.files),
      read,
      this.parsers,
      new Map(oversized),
      below(this.forced),
      this.base + prefix,
    )
  }
}

/** `a/b/c.ts` → `a/b`, `a`. */
function parents(file: string): string[] {
  const found: string[] = []
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1))
    found.push(file.slice(0, end))
  return found
}

/** A manifest as an object of unknown members; a manifest that is something else says so. */
export function parseObject(project: Project, path: string): Readonly<Record<string, unknown>> | undefined {
  const value = project.parse(path)
  if (value === undefined) return undefined
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new UserError('MALFORMED_FILE', `${path}: expected an object`, `Check the content of ${path}`)
  return value as Readonly<Record<string, unknown>>
}
