import type { Project } from '../../project/project.ts'
import { builds, type Tags } from './constraint.ts'
import { isOf } from './frameworks.ts'
import { type Header, readHeader } from './header.ts'
import { inside, join, type Module, type Modules, parent, reachable } from './modules.ts'
import { parseUnit, type Unit } from './source.ts'

/** Everything that is compiled into one program, as far as its source is in the repository. */
export interface Linked {
  /** Folders of the packages, the main one first, then by distance from it. */
  readonly dirs: readonly string[]
  /** Their files that are part of a build for Linux, in the same order. */
  readonly files: readonly string[]
  /** Import paths of the standard library and other modules, each with the first file that names it. */
  readonly imports: ReadonlyMap<string, string>
  /** Packages of these modules that are imported and not in the repository, with the first file that names each. */
  readonly missing: ReadonlyMap<string, string>
}

/** Every Go package of a repository, by folder; headers are read once. */
export class Packages {
  readonly #byDir = new Map<string, string[]>()
  readonly #headers = new Map<string, Header>()
  readonly #units = new Map<string, Unit>()

  constructor(
    readonly project: Project,
    readonly modules: Modules,
  ) {
    for (const file of project.files) {
      if (!file.endsWith('.go') || file.endsWith('_test.go') || hidden(file)) continue
      const dir = parent(file)
      const files = this.#byDir.get(dir)
      if (files) files.push(file)
      else this.#byDir.set(dir, [file])
    }
  }

  get dirs(): readonly string[] {
    return [...this.#byDir.keys()]
  }

  header(file: string): Header {
    let header = this.#headers.get(file)
    if (!header) {
      header = readHeader(this.project.text(file) ?? '')
      this.#headers.set(file, header)
    }
    return header
  }

  /** The parsed file; programs of one repository share most of their packages. */
  unit(file: string): Unit {
    let unit = this.#units.get(file)
    if (!unit) {
      unit = parseUnit(file, parent(file), this.project.text(file) ?? '', this.header(file))
      this.#units.set(file, unit)
    }
    return unit
  }

  /** Files of a folder that a build with these tags takes. */
  files(dir: string, tags: Tags): readonly string[] {
    return (this.#byDir.get(dir) ?? []).filter(file => builds(file, this.header(file).constraint, tags))
  }

  /** The module that a folder belongs to: the one with the deepest go.mod above it. */
  moduleOf(dir: string): Module | undefined {
    return this.modules.all
      .filter(module => inside(module.dir, dir) !== undefined)
      .sort((a, b) => b.dir.length - a.dir.length)[0]
  }

  /** Follows the imports of the main package in `dir` as far as they lead to source of the repository. */
  link(module: Module, dir: string, tags: Tags): Linked {
    const sources = reachable(module, this.modules)
    const dirs = new Set([dir])
    const files: string[] = []
    const imports = new Map<string, string>()
    const missing = new Map<string, string>()
    for (const current of dirs)
      for (const file of this.files(current, tags)) {
        files.push(file)
        for (const { path } of this.header(file).imports) {
          const local = this.#locate(path, sources)
          if (local !== undefined) dirs.add(local)
          else if (isOwn(path, sources)) missing.set(path, missing.get(path) ?? file)
          else if (!imports.has(path)) imports.set(path, file)
        }
      }
    return { dirs: [...dirs], files, imports, missing }
  }

  #locate(path: string, sources: readonly Module[]): string | undefined {
    for (const { path: root, dir } of sources) {
      const rest =
        root && path === root
          ? '.'
          : root && path.startsWith(`${root}/`)
            ? path.slice(root.length + 1)
            : undefined
      if (rest !== undefined && this.#byDir.has(join(dir, rest))) return join(dir, rest)
    }
    return undefined
  }

  /** The folder that an import path of `module` leads to, when its source is in the repository. */
  locate(module: Module, path: string): string | undefined {
    return this.#locate(path, reachable(module, this.modules))
  }
}

/** A package of one of these modules, and not of another that is named below its path and required as such. */
const isOwn = (path: string, sources: readonly Module[]): boolean =>
  sources.some(
    ({ path: root, mod }) =>
      root !== '' &&
      isOf(path, root) &&
      !mod.require.some(required => required.path !== root && isOf(path, required.path)),
  )

/** Folders that `./...` leaves out: https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns */
const hidden = (file: string): boolean =>
  /(^|\/)(_|\.(?!\/)|testdata\/|vendor\/)/.test(parent(file) === '.' ? '' : `${parent(file)}/`)
