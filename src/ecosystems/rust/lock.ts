import type { Project } from '../../project/project.ts'
import type { Enabled } from './features.ts'
import { strings, table, tables, text } from './toml.ts'

interface Locked {
  readonly name: string
  readonly version: string
  readonly source: string | undefined
  readonly dependencies: readonly string[]
}

/** The crates that one build compiles, by name, each with the names of the crates that it depends on. */
export type Linked = ReadonlyMap<string, ReadonlySet<string>>

/** Crates of other systems: a lock file lists the dependencies of every platform. */
const ELSEWHERE =
  /^(windows.*|winapi.*|winreg|winres|schannel|core-foundation.*|core-graphics.*|security-framework.*|system-configuration.*|mach2?|cocoa.*|objc.*|block2?|fsevent-sys|kqueue.*|android.*|ndk.*|jni.*|wasm-bindgen.*|js-sys|web-sys|wasi.*|wit-bindgen.*|hermit-abi|redox_.*|fuchsia-.*|vcpkg|darwin-.*|iana-time-zone-haiku|io-kit-sys|dispatch2?|metal)$/

/** Dependencies that build nothing on Linux, x86-64 or arm64. https://aws.github.io/aws-lc-rs/requirements/ */
const IDLE = new Set([
  'aws-lc-sys cmake',
  'aws-lc-sys bindgen',
  'libz-sys cmake',
  'curl-sys cmake',
  'libproc bindgen',
])

/**
 * Follows Cargo.lock from the chosen package through what its features enable. A crate's own dependencies are
 * all taken: the lock file doesn't say which of them a platform or a feature needs.
 * @returns undefined when there is no lock file, or none that could be read
 */
export function linkedCrates(
  project: Project,
  path: string,
  enabled: readonly Enabled[],
): Linked | undefined {
  const packages = tables(table(project.parse(path)).package)
  if (packages.length === 0) return undefined
  const lock = new LockFile(packages.map(read))
  const linked = new Map<string, Set<string>>()
  const seen = new Set<Locked>()
  // A certified library is never linked but by name.
  const asked = new Set(
    enabled.flatMap(({ dependencies }) => [...dependencies.values()].flatMap(features => [...features])),
  )
  const follow = (from: Locked): void => {
    if (seen.has(from)) return
    seen.add(from)
    const names = linked.get(from.name) ?? new Set()
    linked.set(from.name, names)
    for (const next of from.dependencies.flatMap(reference => lock.find(reference)))
      if (
        !ELSEWHERE.test(next.name) &&
        !IDLE.has(`${from.name} ${next.name}`) &&
        (asked.has('fips') || next.name !== 'aws-lc-fips-sys')
      ) {
        names.add(next.name)
        follow(next)
      }
  }
  for (const { package: own, dependencies } of enabled) {
    const entry = lock.find(own.name)[0]
    const wanted = new Set([...dependencies.keys()].map(({ crate }) => crate))
    for (const next of (entry?.dependencies ?? []).flatMap(reference => lock.find(reference)))
      if (next.source !== undefined && wanted.has(next.name)) follow(next)
  }
  return linked
}

const read = (entry: Readonly<Record<string, unknown>>): Locked => ({
  name: text(entry.name) ?? '',
  version: text(entry.version) ?? '',
  source: text(entry.source),
  dependencies: strings(entry.dependencies),
})

class LockFile {
  readonly #byName = new Map<string, Locked[]>()

  constructor(packages: readonly Locked[]) {
    for (const locked of packages)
      this.#byName.set(locked.name, [...(this.#byName.get(locked.name) ?? []), locked])
  }

  /** `name`, `name version` or `name version (source)`, as short as is clear. */
  find(reference: string): readonly Locked[] {
    const [name = '', version] = reference.split(' ')
    const all = this.#byName.get(name) ?? []
    return version === undefined ? all : all.filter(locked => locked.version === version)
  }
}

/** Whether a lock file names a dependency from a git repository. */
export const hasGitSource = (project: Project, path: string): boolean =>
  tables(table(project.parse(path)).package).some(entry => text(entry.source)?.startsWith('git+'))
