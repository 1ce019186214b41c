import type { Project } from '../../project/project.ts'
import { join, strings, type Table, table, tables, text } from './toml.ts'

/** A program of a package: https://doc.rust-lang.org/cargo/reference/cargo-targets.html#binaries */
export interface Bin {
  readonly name: string
  /** The file with `fn main`, from the project's root. */
  readonly path: string
  /** Features without which cargo skips it. */
  readonly requiredFeatures: readonly string[]
}

/** The programs of a package: those that the manifest declares, and those that cargo finds by their place. */
export function readBins(project: Project, dir: string, packageName: string, toml: Table): readonly Bin[] {
  const found = inferred(project, dir, packageName)
  const declared = tables(toml.bin).flatMap(entry => {
    const name = text(entry.name)
    const path = text(entry.path)
    const place = path === undefined ? found.find(bin => bin.name === name)?.path : join(dir, path)
    // A single [[bin]] of another name without a path is src/main.rs renamed.
    const file = place ?? join(dir, 'src/main.rs')
    return name && project.has(file)
      ? [{ name, path: file, requiredFeatures: strings(entry['required-features']) }]
      : []
  })
  const taken = new Set(declared.flatMap(({ name, path }) => [name, path]))
  const rest = table(toml.package).autobins === false ? [] : found
  return [...declared, ...rest.filter(({ name, path }) => !taken.has(path) && !taken.has(name))]
}

function inferred(project: Project, dir: string, packageName: string): readonly Bin[] {
  const main = join(dir, 'src/main.rs')
  const prefix = join(dir, 'src/bin')
  const more = project.files.flatMap(path => {
    const name = path.startsWith(`${prefix}/`)
      ? /^([^/]+)(?:\.rs|\/main\.rs)$/.exec(path.slice(prefix.length + 1))?.[1]
      : undefined
    return name ? [{ name, path, requiredFeatures: [] }] : []
  })
  return [...(project.has(main) ? [{ name: packageName, path: main, requiredFeatures: [] }] : []), ...more]
}
