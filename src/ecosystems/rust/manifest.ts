import { type Project, parseObject } from '../../project/project.ts'
import { type Bin, readBins } from './bins.ts'
import { appliesToLinux } from './cfg.ts'
import { join, strings, type Table, table, text } from './toml.ts'

/** One entry of a dependency table that applies to Linux; development dependencies are left out. */
export interface Dependency {
  /** Its name in the manifest, by which features call it. */
  readonly key: string
  /** The name of the package, where `package = …` renames it. */
  readonly crate: string
  /** The requirement: `0.12`. */
  readonly version?: string | undefined
  /** The folder of a path dependency, from the project's root. */
  readonly path?: string | undefined
  readonly optional: boolean
  readonly defaultFeatures: boolean
  readonly features: readonly string[]
  /** For the build script alone. */
  readonly build: boolean
}

/** One Cargo.toml with a `[package]`. */
export interface CargoPackage {
  readonly name: string
  /** Its folder, from the project's root. */
  readonly dir: string
  readonly manifest: string
  /** As stated; undefined where it is left out. */
  readonly version?: string | undefined
  readonly edition?: string | undefined
  readonly rustVersion?: string | undefined
  readonly dependencies: readonly Dependency[]
  readonly features: Readonly<Record<string, readonly string[]>>
  readonly bins: readonly Bin[]
  readonly defaultRun?: string | undefined
  /** The build script's path, from the project's root. */
  readonly buildScript?: string | undefined
  readonly categories: readonly string[]
  /** `[package.metadata]` */
  readonly metadata: Table
}

/** A `[workspace]` table that members inherit from, and the folder it stands in. */
export interface Inherited {
  readonly dir: string
  readonly table: Table
}

/**
 * Reads the package of a folder.
 * @param inherited the workspace that `workspace = true` refers to
 * @returns undefined where the folder has no manifest, or one without `[package]`
 */
export function readPackage(project: Project, dir: string, inherited: Inherited): CargoPackage | undefined {
  const manifest = join(dir, 'Cargo.toml')
  const toml = parseObject(project, manifest)
  if (!toml?.package) return undefined
  const own = table(toml.package)
  const field = (name: string): unknown =>
    table(own[name]).workspace === true ? table(inherited.table.package)[name] : own[name]
  const name = text(own.name) ?? 'app'
  return {
    name,
    dir,
    manifest,
    version: text(field('version')),
    edition: text(field('edition')),
    rustVersion: text(field('rust-version')),
    dependencies: readDependencies(toml, dir, inherited),
    features: Object.fromEntries(
      Object.entries(table(toml.features)).map(([key, list]) => [key, strings(list)]),
    ),
    bins: readBins(project, dir, name, toml),
    defaultRun: text(own['default-run']),
    buildScript: buildScript(project, dir, own.build),
    categories: strings(field('categories')),
    metadata: table(own.metadata),
  }
}

function buildScript(project: Project, dir: string, stated: unknown): string | undefined {
  if (stated === false) return undefined
  const path = join(dir, text(stated) ?? 'build.rs')
  return project.has(path) ? path : undefined
}

function readDependencies(toml: Table, dir: string, inherited: Inherited): readonly Dependency[] {
  const targets = Object.entries(table(toml.target)).filter(([target]) => appliesToLinux(target))
  return [toml, ...targets.map(([, member]) => table(member))].flatMap(from => [
    ...entries(from.dependencies, dir, inherited, false),
    ...entries(from['build-dependencies'], dir, inherited, true),
  ])
}

const entries = (section: unknown, dir: string, inherited: Inherited, build: boolean): Dependency[] =>
  Object.entries(table(section)).map(([key, value]) => dependency(key, value, dir, inherited, build))

function dependency(
  key: string,
  value: unknown,
  dir: string,
  inherited: Inherited,
  build: boolean,
): Dependency {
  const own = typeof value === 'string' ? { version: value } : table(value)
  const shared = own.workspace === true ? table(inherited.table.dependencies)[key] : undefined
  const base: Table = typeof shared === 'string' ? { version: shared } : table(shared)
  const path =
    text(own.path) !== undefined
      ? join(dir, String(own.path))
      : text(base.path) && join(inherited.dir, String(base.path))
  return {
    key,
    crate: text(own.package) ?? text(base.package) ?? key,
    version: text(own.version) ?? text(base.version),
    path,
    optional: own.optional === true,
    // A member can add default features to an inherited dependency that has none, not take them away.
    defaultFeatures:
      (own['default-features'] ??
        own.default_features ??
        base['default-features'] ??
        base.default_features) !== false,
    features: [...strings(base.features), ...strings(own.features)],
    build,
  }
}
