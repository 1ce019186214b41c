import type { Project } from '../../project/project.ts'
import { defaultExport, given, namedExport } from './exported.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { importsOf, type Module, parseModule } from './syntax.ts'
import { Overridable } from './value.ts'

/** A tool's configuration file, read by its syntax and never run: members that are computed stay unknown. */
export interface Config {
  readonly path: string
  /** The tables that it exports: one, or each of a list, as webpack and Rollup take them. */
  readonly parts: readonly Readonly<Record<string, unknown>>[]
  /** The value at a path of keys; undefined where it isn't a literal. */
  get(...keys: readonly string[]): unknown
  /** The text at a path of keys. */
  text(...keys: readonly string[]): string | undefined
  /** The variable that decides the value at a path of keys. */
  decidedBy(...keys: readonly string[]): string | undefined
  /** The options of the plugin that has such an option: of Vite's `plugins: [sveltekit({ adapter })]`. */
  plugin(option: string): Readonly<Record<string, unknown>>
  /** The object that it exports by a name, beside the default one. */
  exported(name: string): Readonly<Record<string, unknown>>
  /** The text that it gives to a method of that name. */
  given(method: string): string | undefined
  /** What it imports, by name. */
  readonly imports: ReadonlySet<string>
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
      return config(path, root, module)
    }
  return undefined
}

/** The file that a command names, else the usual ones: `webpack --config build/prod.js`. */
export const configOf = (
  project: Project,
  named: string | undefined,
  ...usual: readonly string[]
): Config | undefined =>
  (named === undefined ? undefined : readConfig(project, join(named).replace(/\.[cm]?[jt]s$/, ''))) ??
  readConfig(project, ...usual)

function config(path: string, root: unknown, module: Module | undefined): Config {
  const raw = (...keys: readonly string[]) =>
    keys.reduce<unknown>((value, key) => table(plain(value))[key], root)
  const get = (...keys: readonly string[]) => plain(raw(...keys))
  return {
    path,
    imports: new Set(module ? importsOf(module) : []),
    exported: name => table(module && namedExport(module, name)),
    given: method => text(module && given(module, method)),
    get,
    parts: (Array.isArray(root) ? root : [root]).map(table),
    text: (...keys) => text(get(...keys)),
    decidedBy: (...keys) => {
      const value = raw(...keys)
      return value instanceof Overridable ? value.env : undefined
    },
    plugin: option => {
      const plugins = get('plugins')
      return table(Array.isArray(plugins) ? plugins.flat().find(item => option in table(item)) : undefined)
    },
  }
}

const plain = (value: unknown): unknown => (value instanceof Overridable ? value.value : value)
