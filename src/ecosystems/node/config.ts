import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'
import { defaultExport, Overridable, parseModule } from './syntax.ts'

/** A tool's configuration file, read by its syntax and never run: members that are computed stay unknown. */
export interface Config {
  readonly path: string
  /** The value at a path of keys; undefined where it isn't a literal. */
  get(...keys: readonly string[]): unknown
  /** The text at a path of keys. */
  text(...keys: readonly string[]): string | undefined
}

const EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json']

/** The first of `name.config.ts`, `.mjs` … that is there. @param names without extension, best first */
export function readConfig(project: Project, ...names: readonly string[]): Config | undefined {
  for (const name of names)
    for (const extension of EXTENSIONS) {
      const path = `${name}.${extension}`
      if (!project.has(path)) continue
      const module = extension === 'json' ? undefined : parseModule(project, path)
      const root = extension === 'json' ? project.parse(path) : module && defaultExport(module)
      const get = (...keys: readonly string[]) =>
        keys.reduce<unknown>((value, key) => plain(table(value)[key]), root)
      return { path, get, text: (...keys) => text(get(...keys)) }
    }
  return undefined
}

const plain = (value: unknown): unknown => (value instanceof Overridable ? value.value : value)
