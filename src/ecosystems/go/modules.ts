import type { Project } from '../../project/project.ts'
import { type ModFile, parseModFile } from './modfile.ts'

/** A module of the repository. */
export interface Module {
  /** Its folder from the root of the project. */
  readonly dir: string
  /** Its go.mod; undefined for a folder of Go files without one. */
  readonly file: string | undefined
  /** The path that its packages are imported by; empty without a go.mod. */
  readonly path: string
  readonly mod: ModFile
}

/** The modules of a repository and the workspace that joins them. */
export interface Modules {
  readonly all: readonly Module[]
  /** The go.work that counts, with the folders of its modules. */
  readonly work?:
    | { readonly file: string; readonly mod: ModFile; readonly dirs: readonly string[] }
    | undefined
}

export function findModules(project: Project): Modules {
  const all = project.files
    .filter(file => file === 'go.mod' || file.endsWith('/go.mod'))
    .map(file => {
      const mod = parseModFile(project.text(file) ?? '')
      return { dir: parent(file), file, path: mod.module ?? '', mod }
    })
  // The nearest go.work above wins; one below the root rules only its own folder, which is then opened by itself.
  const work = project.has('go.work') ? parseModFile(project.text('go.work') ?? '') : undefined
  const bare = all.length === 0 && project.files.some(file => /^[^/]+\.go$/.test(file))
  return {
    all: bare ? [{ dir: '.', file: undefined, path: '', mod: parseModFile('') }] : all,
    work: work && { file: 'go.work', mod: work, dirs: work.use.map(dir => join('.', dir)) },
  }
}

/** Modules whose source the build of `module` reads: itself, those of its workspace, and those that `replace` points at. */
export function reachable(module: Module, { all, work }: Modules): readonly Module[] {
  const found = new Set<Module>([module])
  if (work?.dirs.includes(module.dir))
    for (const other of all) if (work.dirs.includes(other.dir)) found.add(other)
  for (const { dir, mod } of found)
    for (const { target, local } of mod.replace)
      for (const other of all) if (local && other.dir === join(dir, target)) found.add(other)
  return [...found]
}

/** The folder of `file`; `.` at the root. */
export const parent = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/'))) || '.'

/** Joins and cleans a relative path: `join('a/b', '../c')` is `a/c`; what leads out keeps its `..`. */
export function join(base: string, path: string): string {
  const parts: string[] = []
  for (const part of [...base.split('/'), ...path.split('/')]) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/') || '.'
}

/** `path` as seen from `base`, or undefined when it isn't inside. */
export function inside(base: string, path: string): string | undefined {
  if (base === '.') return path
  if (path === base) return '.'
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined
}
