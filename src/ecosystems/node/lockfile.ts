import type { Project } from '../../project/project.ts'
import { type Blocks, branch, leaf, readBlocks } from './blocks.ts'
import { type Manifest, table, text, texts } from './manifest.ts'

/** One locked version of a package. */
export interface Locked {
  readonly name: string
  readonly version: string
  /** Whether a production install has it. */
  readonly production: boolean
  /** Whether it has a script that runs at install; undefined where the lock file doesn't say. */
  readonly scripted?: boolean | undefined
  /** Whether an install goes on without it where its script fails. */
  readonly optional?: boolean | undefined
  /** Whether it lies in git. */
  readonly git?: boolean | undefined
  /** `engines.node` of the package. */
  readonly engines?: string | undefined
  /** A development dependency that npm keeps in production, as an optional peer of something. */
  readonly kept?: boolean | undefined
  /** The folder of the repository in whose `node_modules` npm puts it; undefined for the root's. */
  readonly within?: string | undefined
  /** Whether production has it as a peer of something alone. */
  readonly peer?: boolean | undefined
  /** The names of its programs; undefined where it has none, or the lock file doesn't say. */
  readonly programs?: readonly string[] | undefined
}

/** What a lock file holds; empty where there is none, or one that can't be read (Bun's binary one). */
export interface Lock {
  readonly packages: readonly Locked[]
  /** As the file itself says: `3`, `9.0`, `8`. */
  readonly version?: string | undefined
}

/** @param importers folders of the members that count, for lock files that know them */
export function readLock(
  project: Project,
  path: string | undefined,
  manifests: readonly Manifest[],
  importers?: ReadonlySet<string>,
): Lock {
  if (path === undefined) return { packages: [] }
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'package-lock.json' || name === 'npm-shrinkwrap.json') return npm(project, path)
  const content = project.text(path)
  if (content === undefined) return { packages: [] }
  if (name === 'pnpm-lock.yaml') return pnpm(content, importers)
  if (name === 'yarn.lock' || name === 'bun.lockb') return yarn(readBlocks(content), manifests)
  return bun(project.parse(path), manifests)
}

function npm(project: Project, path: string): Lock {
  const lock = table(project.parse(path))
  const modern = Object.entries(table(lock.packages)).flatMap(([place, value]) => {
    const entry = table(value)
    const name = text(entry.name) ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const version = text(entry.version)
    if (!place.includes('node_modules/') || !version) return []
    return [
      {
        name,
        version,
        production: entry.dev !== true && entry.devOptional !== true,
        // What is for other systems alone is never unpacked here; what is for one processor is a binary that is ready.
        scripted:
          entry.hasInstallScript === true &&
          isForLinux(texts(entry.os)) &&
          !(entry.optional === true && entry.cpu !== undefined),
        // What names its systems is made for this one.
        optional: entry.optional === true && entry.os === undefined,
        git: text(entry.resolved)?.startsWith('git') === true,
        engines: text(table(entry.engines).node),
        kept: entry.devOptional === true,
        within: /^(?!node_modules\/)(.+?)\/node_modules\//.exec(place)?.[1],
        peer: entry.peer === true && entry.dev !== true && entry.devOptional !== true,
        ...(entry.bin !== undefined && { programs: Object.keys(table(entry.bin)) }),
      },
    ]
  })
  const packages = modern.length ? modern : npm6(table(lock.dependencies))
  return { packages, version: lock.lockfileVersion === undefined ? undefined : String(lock.lockfileVersion) }
}

/** `os: ['linux']`, `os: ['!win32']`: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os */
const isForLinux = (systems: readonly string[]): boolean =>
  systems.every(name => name.startsWith('!')) ? !systems.includes('!linux') : systems.includes('linux')

/** Lock files of npm 5 and 6 nest as node_modules does. */
const npm6 = (dependencies: Readonly<Record<string, unknown>>): Locked[] =>
  Object.entries(dependencies).flatMap(([name, value]) => {
    const entry = table(value)
    return [
      { name, version: text(entry.version) ?? '', production: entry.dev !== true },
      ...npm6(table(entry.dependencies)),
    ]
  })

/** `/a@1.0.0(peer@2)`, `@scope/a@1.0.0`, `/a/1.0.0_peer` → name and version */
function pnpmKey(key: string): readonly [name: string, version: string] | undefined {
  const plain = key.replace(/^\//, '').replace(/\(.*$/, '')
  const [, name, version] = /^((?:@[^/@]+\/)?[^/@]+)[@/](\d[^_]*)/.exec(plain) ?? []
  return name && version ? [name, version] : undefined
}

function pnpm(content: string, importers: ReadonlySet<string> | undefined): Lock {
  // pnpm 12 writes its own version's lock as a first document.
  const documents = content.split(/^---$/m).filter(part => part.trim())
  const lock = readBlocks(documents.at(-1) ?? '')
  const snapshots = branch(lock.snapshots)
  const old = Object.keys(snapshots).length === 0
  // `dev` of an old entry is about all members at once.
  const walked = !old || (importers !== undefined && Object.keys(branch(lock.importers)).length > 0)
  const reached = walked ? reachedFrom(lock, old ? branch(lock.packages) : snapshots, importers) : undefined
  const packages = Object.entries(branch(lock.packages)).flatMap(([key, value]) => {
    const entry = branch(value)
    const [name, version] = pnpmKey(key) ?? []
    if (!name || !version) return []
    const engines = /node:\s*['"]?([^'"},]+)/.exec(leaf(entry.engines) ?? '')?.[1]?.trim()
    return [
      {
        name,
        version,
        production: reached ? reached.has(key) : entry.dev !== 'true',
        // What is for some platforms alone was seldom fetched, and pnpm supposed a script.
        scripted: old
          ? entry.requiresBuild === 'true' && !(entry.optional === 'true' && (entry.os ?? entry.cpu))
          : undefined,
        optional:
          (leaf(branch(snapshots[key]).optional) ?? entry.optional) === 'true' && entry.os === undefined,
        engines: engines ?? leaf(branch(entry.engines).node),
      },
    ]
  })
  return { packages, version: leaf(lock.lockfileVersion) }
}

/** Since lock files of version 9 no entry says `dev`: what production reaches has to be walked. @param snapshots every entry with its dependencies */
function reachedFrom(
  lock: Blocks,
  snapshots: Blocks,
  importers: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (name: string, version: string | undefined): void => {
    if (!version) return
    // Keys of version 9, 6, and 5.
    const key = [version, `${name}@${version}`, `/${name}@${version}`, `/${name}/${version}`].find(item =>
      Object.hasOwn(snapshots, item),
    )
    if (key === undefined || reached.has(key)) return
    const plain = key.replace(/\(.*$/, '')
    reached.add(key).add(plain)
    const entry = branch(snapshots[key])
    // An optional peer that happens to be there: `next@16(@playwright/test@1)`.
    for (const group of [entry.dependencies, entry.optionalDependencies])
      for (const [inner, value] of Object.entries(branch(group)))
        if (group === entry.dependencies || !key.includes(`(${inner}@`)) visit(inner, leaf(value))
  }
  const roots = Object.entries(branch(lock.importers)).filter(
    ([dir]) => importers === undefined || importers.has(dir),
  )
  for (const [, importer] of roots)
    for (const group of [branch(importer).dependencies, branch(importer).optionalDependencies])
      for (const [name, value] of Object.entries(branch(group)))
        visit(name, leaf(value) ?? leaf(branch(value).version))
  return reached
}

/** Yarn says neither what is for development nor what has scripts: production is walked from the manifests. */
function yarn(lock: Blocks, manifests: readonly Manifest[]): Lock {
  const byRange = new Map<string, string>()
  for (const key of Object.keys(lock))
    for (const descriptor of key.split(/,\s*/)) byRange.set(descriptor.replace(/^"|"$/g, ''), key)
  const reached = new Set<string>()
  const required = new Set<string>()
  const visit = (name: string, range: string, optional: boolean): void => {
    const key = byRange.get(`${name}@${range}`) ?? byRange.get(`${name}@npm:${range}`)
    if (key === undefined || required.has(key) || (optional && reached.has(key))) return
    reached.add(key)
    if (!optional) required.add(key)
    const entry = branch(lock[key])
    // Yarn 1 lists them apart, later ones say it beside.
    const meta = branch(entry.dependenciesMeta)
    for (const group of [entry.dependencies, entry.optionalDependencies])
      for (const [inner, value] of Object.entries(branch(group)))
        visit(
          inner,
          leaf(value) ?? '',
          optional || group !== entry.dependencies || leaf(branch(meta[inner]).optional) === 'true',
        )
  }
  for (const { dependencies, optionalDependencies } of manifests)
    for (const [name, range] of Object.entries({ ...dependencies, ...optionalDependencies }))
      visit(name, range, false)
  const packages = Object.entries(lock).flatMap(([key, value]) => {
    const [, name] = /^"?((?:@[^/@]+\/)?[^@]+)@/.exec(key) ?? []
    const version = leaf(branch(value).version)
    const production = reached.has(key)
    const programs = Object.keys(branch(branch(value).bin))
    return name && version && key !== '__metadata'
      ? [{ name, version, production, optional: production && !required.has(key), programs }]
      : []
  })
  return { packages, version: leaf(branch(lock.__metadata).version) ?? '1' }
}

/** `"name": ["name@1.0.0", "", { dependencies }, "sha"]` */
function bun(content: unknown, manifests: readonly Manifest[]): Lock {
  const lock = table(content)
  const entries = Object.entries(table(lock.packages)).flatMap(([key, value]) => {
    const [id, , info] = Array.isArray(value) ? (value as readonly unknown[]) : []
    const [, name, version] = /^(@?[^@]+)@(\d.*)$/.exec(text(id) ?? '') ?? []
    return name && version ? [{ key, name, version, info: table(info) }] : []
  })
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    for (const { info } of entries.filter(entry => entry.name === name))
      for (const inner of Object.keys({ ...table(info.dependencies), ...table(info.optionalDependencies) }))
        visit(inner)
  }
  for (const { dependencies, optionalDependencies } of manifests)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) visit(name)
  return {
    packages: entries.map(({ name, version }) => ({ name, version, production: reached.has(name) })),
    version: lock.lockfileVersion === undefined ? undefined : String(lock.lockfileVersion),
  }
}
