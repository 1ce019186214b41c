import { type Project, parseObject } from '../../project/project.ts'
import { type CargoPackage, type Inherited, readPackage } from './manifest.ts'
import { join, strings, type Table, table } from './toml.ts'

/** A folder in which `cargo build` works on its own: a workspace, or a package outside of one. */
export interface Workspace {
  /** Its folder, from the project's root. */
  readonly dir: string
  readonly manifest: string
  /** The root Cargo.toml. */
  readonly toml: Table
  /** The package of the root manifest, where it has one. */
  readonly root: CargoPackage | undefined
  /** Every package that cargo builds here, the root's first. */
  readonly packages: readonly CargoPackage[]
  /** Folders of `default-members`. */
  readonly defaultMembers: readonly string[]
  /** The package of a folder, be it a member or a mere path dependency. */
  packageAt(dir: string): CargoPackage | undefined
}

/** Manifests in these folders are material of tests and generators, and may not even be valid. */
const ASIDE =
  /(^|\/)(tests?|testdata|fixtures?|examples?|templates?|benches|benchmarks?|fuzz|third[-_]party)\//

/** The Cargo roots of a project: the one at its root, else the topmost ones below. */
export function findWorkspaces(project: Project): readonly Workspace[] {
  if (project.has('Cargo.toml')) {
    const top = openWorkspace(project, '.')
    if (top.packages.some(({ bins }) => bins.length)) return [top]
  }
  const dirs = project
    .find('**/Cargo.toml')
    .filter(path => path !== 'Cargo.toml' && !ASIDE.test(path))
    .map(path => path.slice(0, -'/Cargo.toml'.length))
    .sort((a, b) => a.split('/').length - b.split('/').length)
  const found: Workspace[] = project.has('Cargo.toml') ? [openWorkspace(project, '.')] : []
  for (const dir of dirs) {
    if (found.length >= 20) break
    if (!found.some(({ packages }) => packages.some(known => known.dir === dir)))
      found.push(openWorkspace(project, dir))
  }
  return found
}

function openWorkspace(project: Project, dir: string): Workspace {
  const manifest = join(dir, 'Cargo.toml')
  const toml = parseObject(project, manifest) ?? {}
  const inherited: Inherited = { dir, table: table(toml.workspace) }
  const known = new Map<string, CargoPackage | undefined>()
  const packageAt = (at: string): CargoPackage | undefined => {
    if (!known.has(at)) known.set(at, at.startsWith('..') ? undefined : readPackage(project, at, inherited))
    return known.get(at)
  }
  const root = packageAt(dir)
  const members = toml.workspace ? memberDirs(project, dir, inherited.table) : []
  const packages = [root, ...members.map(packageAt)].filter(found => found !== undefined)
  return {
    dir,
    manifest,
    toml,
    root,
    packages: withPathDependencies(toml.workspace ? packages : packages.slice(0, 1), packageAt, dir),
    defaultMembers: expand(project, dir, strings(inherited.table['default-members'])),
    packageAt,
  }
}

function memberDirs(project: Project, dir: string, workspace: Table): readonly string[] {
  const excluded = new Set(expand(project, dir, strings(workspace.exclude)))
  return expand(project, dir, strings(workspace.members)).filter(
    member => member !== dir && ![...excluded].some(out => member === out || member.startsWith(`${out}/`)),
  )
}

/** The folders with a manifest that members' globs name. */
function expand(project: Project, dir: string, patterns: readonly string[]): readonly string[] {
  const isGlob = (pattern: string) => /[*?[]/.test(pattern)
  const plain = patterns.filter(pattern => !isGlob(pattern)).map(pattern => join(dir, pattern))
  const matched = project.find(...patterns.filter(isGlob).map(glob => `${join(dir, glob)}/Cargo.toml`))
  const dirs = [...plain, ...matched.map(file => file.slice(0, -'/Cargo.toml'.length))]
  return [...new Set(dirs)].filter(member => project.has(join(member, 'Cargo.toml')))
}

/** Path dependencies below the root of a workspace are members of it without being named. */
function withPathDependencies(
  packages: readonly CargoPackage[],
  packageAt: (dir: string) => CargoPackage | undefined,
  dir: string,
): readonly CargoPackage[] {
  const all = [...packages]
  for (const { dependencies } of all)
    for (const { path } of dependencies) {
      const found =
        path !== undefined && (dir === '.' || path.startsWith(`${dir}/`)) ? packageAt(path) : undefined
      if (found && !all.includes(found)) all.push(found)
    }
  return all
}
