import { posix } from './code/posix.ts'
import { ancestors, type Sources } from './code/sources.ts'

/** From where a file is imported or run. */
export interface Location {
  /** The folder that must be on the module path, from the app's root. */
  readonly base: string
  /** The dotted name below it. */
  readonly module: string
}

/** Finds the folder that a file's own imports expect on the path: the one where most of them are found. */
export function locationOf(sources: Sources, file: string): Location {
  const own = posix.dirname(file)
  const module = sources.module(file)
  const names = new Set(
    [...(module?.imported ?? [])].flatMap(name =>
      name.startsWith('.') ? [] : [name.split('.', 1)[0] ?? ''],
    ),
  )
  const relative = [...(module?.imported ?? [])].some(name => name.startsWith('.'))
  const candidates = ancestors(own).filter(base => !(relative && base === own && own !== '.'))
  const counts = candidates.map(base => ({
    base,
    found: [...names].filter(name => sources.importable(name, base) && !isItself(name, base, file)).length,
  }))
  const most = Math.max(...counts.map(({ found }) => found))
  const equal = counts.filter(({ found }) => found === most).map(({ base }) => base)
  const base = most > 0 ? (equal.at(-1) ?? '.') : withoutImports(sources, equal, own)
  return { base, module: dotted(file, base) }
}

/** `app/app.py` that imports `app`: it means the folder from above, or another distribution, not itself. */
const isItself = (name: string, base: string, file: string): boolean =>
  posix.join(base, `${name}.py`) === file

/** No import tells: a package is imported from above it, and `src` without a package's mark is a folder of packages. */
function withoutImports(sources: Sources, bases: readonly string[], own: string): string {
  const packaged = ancestors(own).filter(dir => dir !== '.' && sources.isPackage(dir))
  const top = packaged.at(-1)
  const base = top ? posix.dirname(top) : undefined
  if (base && bases.includes(base)) return base
  const src = bases.find(dir => dir === 'src')
  return src && !sources.isPackage('src') ? src : (bases.at(-1) ?? '.')
}

export const dotted = (file: string, base: string): string =>
  posix
    .relative(base, file)
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.')

/** A dotted name that Python can import: a folder with a dash can't be. */
export const isImportable = (name: string): boolean => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name)
