import type { Project } from '../../../project/project.ts'
import type { Module } from './module.ts'
import { posix } from './posix.ts'
import { readModule } from './reader.ts'

/** More files than that are not looked at: what starts a program lies near the top of a repository. */
const MOST_FILES = 80
const LONGEST = 200_000

/** Folders that hold no part of the program. */
const ASIDE =
  /(^|\/)(tests?|testing|docs?|examples?|samples?|benchmarks?|notebooks?|migrations|alembic|node_modules|site-packages|dist|build|\.[^/]+|__pycache__|frontend|e2e|deploy|infra|terraform|ansible|cookbook|tutorials?|scripts?|tools?|hack|contrib)\//i
const ASIDE_FILES =
  /(^|\/)(test_[^/]*|[^/]*_test|conftest|setup|noxfile|tasks|fabfile|conf|versioneer|_version|locustfile|dodo)\.py$/

/** Names that programs are started by, best first. */
const ENTRIES = [
  'wsgi', 'asgi', 'main', 'app', 'application', 'server', 'api', 'web', 'run', 'start', 'index', 'streamlit_app',
  'manage', 'bot', 'autoapp', '__main__', 'serve', 'webapp', 'service', 'home', 'cli', 'worker', '__init__',
] // biome-ignore format: one list

/** The Python files of an app, read when they are asked for. */
export class Sources {
  /** Without tests, documentation and the like; the likeliest entries first. */
  readonly files: readonly string[]
  /** There were more files than are ever looked at. */
  readonly truncated: boolean
  readonly #modules = new Map<string, Module | undefined>()

  constructor(readonly project: Project) {
    const all = project.files.filter(
      file => file.endsWith('.py') && !(file.includes('/') && ASIDE.test(file)) && !ASIDE_FILES.test(file),
    )
    this.truncated = all.length > MOST_FILES
    this.files = all
      .map(file => ({ file, order: [depth(file), entryRank(file)] as const }))
      .sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1])
      .slice(0, MOST_FILES)
      .map(({ file }) => file)
  }

  /** @returns undefined for a file that isn't there, or is too long to be written by hand */
  module(file: string): Module | undefined {
    if (!this.#modules.has(file)) {
      const text = this.project.text(file)
      this.#modules.set(
        file,
        text === undefined || text.length > LONGEST ? undefined : readModule(file, text),
      )
    }
    return this.#modules.get(file)
  }

  /** The modules whose text has one of the words: a bound on what is parsed, never the evidence itself. */
  mentioning(words: RegExp): Module[] {
    return this.files.flatMap(file =>
      words.test(this.project.text(file) ?? '') ? (this.module(file) ?? []) : [],
    )
  }

  /**
   * The file of a dotted name as it is imported in `from`, and what is left of the name.
   * @param name `app.main.create`, or with leading dots as a relative import
   */
  locate(name: string, from: string): { file: string; rest: string } | undefined {
    const dots = /^\.+/.exec(name)?.[0].length ?? 0
    const parts = name.slice(dots).split('.').filter(Boolean)
    const own = posix.dirname(from)
    const bases = dots ? [up(own, dots - 1)] : [...ancestors(own), 'src']
    for (const base of bases)
      for (let length = parts.length; length >= (dots ? 0 : 1); length--) {
        const file = this.#fileAt(posix.join(base, ...parts.slice(0, length)))
        if (file && file !== from) return { file, rest: parts.slice(length).join('.') }
      }
    return undefined
  }

  #fileAt(path: string): string | undefined {
    return [`${path}.py`, posix.join(path, '__init__.py')].find(file => this.project.has(file))
  }

  /** Whether a top-level name can be imported from a folder. */
  importable(name: string, base: string): boolean {
    const path = posix.join(base, name)
    return this.project.has(`${path}.py`) || this.project.dirs.has(path)
  }

  isPackage(dir: string): boolean {
    return this.project.has(posix.join(dir, '__init__.py'))
  }
}

/** Depth below the root; the folder `src` doesn't count. */
export const depth = (file: string): number => file.replace(/^src\//, '').split('/').length - 1

export const entryRank = (file: string): number => {
  const at = ENTRIES.indexOf(posix.basename(file, '.py'))
  return at < 0 ? ENTRIES.length : at
}

/** `a/b` → `a/b`, `a`, `.` */
export function ancestors(dir: string): string[] {
  const found = [dir]
  while (found.at(-1) !== '.') found.push(posix.dirname(found.at(-1) ?? '.'))
  return found
}

const up = (dir: string, levels: number): string =>
  levels <= 0 ? dir : up(dir === '.' ? '..' : posix.dirname(dir), levels - 1)
