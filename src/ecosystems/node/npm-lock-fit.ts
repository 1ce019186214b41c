import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'

/** Binaries of other systems are missing from many a lock file, and npm, which would install none of them, went on without: https://github.com/npm/cli/issues/4828 */
const PLATFORM =
  /linux|darwin|macos|win(32|dows)|bsd|sunos|android|aix|harmony|wasm|wasi|fsevents|musl|gnu|arm|x64|x86|ia32|ppc|riscv|s390|loong|mips/

/**
 * What a package of npm's lock file asks for and no folder that it would be found in has: `npm ci` refuses that as
 * well. So it does another version, but for what members of a workspace ask for: seen with npm 10.9 and 11.6 on 2026-11-23.
 */
export function lackingInside(
  content: unknown,
  changed: ReadonlySet<string | undefined>,
): string | undefined {
  const { lockfileVersion, packages, dependencies } = table(content)
  const edited = withoutVersion(dependencies)
  if (edited !== undefined) return `a version of ${edited}`
  const places = table(packages)
  if (typeof lockfileVersion !== 'number' || lockfileVersion < 2) return undefined
  const isWorkspace = Object.values(places).some(entry => table(entry).link === true)
  for (const [place, entry] of Object.entries(places)) {
    if (!place.startsWith('node_modules/')) continue
    const own = table(table(entry).dependencies)
    const by = place.split('node_modules/').at(-1)
    for (const name of Object.keys({ ...own, ...table(table(entry).optionalDependencies) })) {
      // Such a binary brings its own packages along.
      if (changed.has(name) || PLATFORM.test(`${place} ${name}`)) continue
      const at = placeOf(places, place, name)
      if (at === undefined) return `${name} of ${by}`
      const looks = !isWorkspace && table(entry).inBundle !== true
      const range = text(own[name])
      if (looks && refuses(range, text(table(places[at]).version))) return `${name}@${range} of ${by}`
    }
  }
  return isWorkspace ? undefined : movedPeer(places, changed)
}

/** Where somebody wrote a range in a version's place: `npm ci` refuses that, and `npm install` (10.8) takes the version that its address has. */
const withoutVersion = (locked: unknown): string | undefined =>
  Object.entries(table(locked))
    .map(([name, entry]) => {
      const version = text(table(entry).version)
      return version !== undefined &&
        semver.validRange(version, true) !== null &&
        semver.valid(version, true) === null
        ? name
        : withoutVersion(table(entry).dependencies)
    })
    .find(name => name !== undefined)

/**
 * A peer that doesn't suit, and that the root doesn't ask for: npm, which put peers into that lock file, would lay
 * another copy elsewhere now, and `npm ci` refuses it. What the root asks for it lets pass: seen on five lock files with
 * npm 10.9 and 11.19 on 2026-11-24. Where no peer was put in, `--legacy-peer-deps` takes it as it is.
 */
function movedPeer(places: Places, changed: ReadonlySet<string | undefined>): string | undefined {
  if (!Object.values(places).some(entry => table(entry).peer === true)) return undefined
  const { dependencies, devDependencies, optionalDependencies } = table(places[''])
  const asked = { ...table(dependencies), ...table(devDependencies), ...table(optionalDependencies) }
  for (const [place, entry] of Object.entries(places)) {
    const { peerDependencies, peerDependenciesMeta, inBundle } = table(entry)
    const from = place.slice(0, Math.max(place.lastIndexOf(MODULES) - 1, 0))
    if (!place.startsWith(MODULES) || inBundle === true) continue
    for (const [name, range] of Object.entries(table(peerDependencies))) {
      if (Object.hasOwn(asked, name) || changed.has(name)) continue
      if (table(table(peerDependenciesMeta)[name]).optional === true) continue
      const version = text(table(places[placeOf(places, from, name) ?? MODULES]).version)
      if (refuses(text(range), version)) return `${name}@${text(range)} of ${place.split(MODULES).at(-1)}`
    }
  }
  return undefined
}

type Places = Readonly<Record<string, unknown>>
const MODULES = 'node_modules/'

/** Whether a version is surely outside of a range: an alias or an address says nothing. */
const refuses = (range: string | undefined, version: string | undefined): boolean =>
  range !== undefined &&
  version !== undefined &&
  range !== version &&
  !semver.satisfies(version, range, { loose: true, includePrerelease: true }) &&
  semver.validRange(range, true) !== null &&
  semver.valid(version, true) !== null

/**
 * The binaries for other systems that `npm ci` misses since 11.6.2: of all that the root asks for, and what that asks
 * for, but for the members of a workspace, which it doesn't look behind.
 */
export function lackingElsewhere(project: Project, lock: string): string | undefined {
  const { lockfileVersion, packages } = table(project.parse(lock))
  const places = table(packages)
  if (typeof lockfileVersion !== 'number' || lockfileVersion < 2) return undefined
  const queue = ['']
  const seen = new Set(queue)
  for (const place of queue) {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies, bundleDependencies } =
      table(places[place])
    const asked = {
      ...table(peerDependencies),
      ...table(dependencies),
      ...table(optionalDependencies),
      ...(place === '' && table(devDependencies)),
    }
    for (const name of Object.keys(asked)) {
      const at = placeOf(places, place, name)
      const isOwn =
        place === '' || bundleDependencies !== undefined || Object.hasOwn(table(peerDependencies), name)
      if (at === undefined && !isOwn && PLATFORM.test(name))
        return `${name} of ${place.split('node_modules/').at(-1)}`
      if (at === undefined || seen.has(at) || table(places[at]).link === true) continue
      seen.add(at)
      queue.push(at)
    }
  }
  return undefined
}

/** A package that an install goes without, and that is installed besides. */
export interface LeftOut {
  /** Its name and version, for any of Linux's two architectures: `@esbuild/linux-$(node -p process.arch)@0.25.6` */
  readonly spec: string
  /** The package that asks for it. */
  readonly by: string
  readonly development: boolean
}

/** Of the names that packages for Linux bear, the two architectures as Node.js calls them. */
const LINUX = /^(?!-)((?:@[\w.-]+\/)?[\w.-]*linux[\w.-]*-)(?:x64|arm64)((?:-(?:gnu|glibc|musl))?)$/

/**
 * What `npm ci` goes on without: code for Linux that a lock file written beside the modules of a Mac or of Windows
 * lacks, of whatever a package of it asks for by an exact version.
 * @param libc of the images that the modules are for
 */
export function leftOut(content: unknown, libc: 'glibc' | 'musl'): readonly LeftOut[] {
  const { lockfileVersion, packages } = table(content)
  const places = table(packages)
  if (typeof lockfileVersion !== 'number' || lockfileVersion < 2) return []
  const found = new Map<string, LeftOut>()
  for (const [place, entry] of Object.entries(places)) {
    const own = table(table(entry).optionalDependencies)
    for (const name of Object.keys(own)) {
      const [, head, tail = ''] = LINUX.exec(name) ?? []
      const fits = tail === '' || (tail === '-musl') === (libc === 'musl')
      const version = semver.valid(text(own[name]))
      const both = ['x64', 'arm64'].every(cpu => Object.hasOwn(own, `${head}${cpu}${tail}`))
      if (!both || !fits || version === null || placeOf(places, place, name)) continue
      const key = `${head}${tail}`
      const development = table(entry).dev === true && found.get(key)?.development !== false
      const by = place.split('node_modules/').at(-1) ?? place
      // The one that lies highest is what all others find.
      const spec = found.get(key)?.spec ?? `${head}$(node -p process.arch)${tail}@${version}`
      found.set(key, { spec, by, development })
    }
  }
  return [...found.values()]
}

/**
 * Packages that are locked as optional peers of others: npm 11.12 and later install none of them, and the releases
 * before all. A style sheet's compiler is often there for that alone: found by installs with each release around it on 2026-11-23.
 */
export function optionalPeers(content: unknown): readonly LeftOut[] {
  const { lockfileVersion, packages } = table(content)
  const entries = Object.entries(table(packages)).map(([place, entry]) => ({ place, ...table(entry) }))
  if (typeof lockfileVersion !== 'number' || lockfileVersion < 2) return []
  const asked = new Map<string, string>()
  for (const { place, peerDependenciesMeta } of entries as readonly Entry[])
    for (const [name, meta] of Object.entries(table(peerDependenciesMeta)))
      if (table(meta).optional === true) asked.set(name, place.split('node_modules/').at(-1) ?? place)
  return (entries as readonly Entry[]).flatMap(({ place, peer, optional, version, dev }) => {
    const name = place.startsWith('node_modules/') ? place.slice('node_modules/'.length) : ''
    const [by, exact] = [asked.get(name), semver.valid(text(version))]
    return by !== undefined && NAME.test(name) && peer === true && optional === true && exact !== null
      ? [{ spec: `${name}@${exact}`, by, development: dev === true }]
      : []
  })
}

/** What a shell reads as it stands; a compiler and types are for those who name them. */
const NAME = /^(?!-|typescript$|@types\/)(@[\w.-]+\/)?[\w.-]+$/

type Entry = Readonly<Record<string, unknown>> & { readonly place: string }

/** Where Node.js would find a package from the folder of another one. */
export function placeOf(
  places: Readonly<Record<string, unknown>>,
  from: string,
  name: string,
): string | undefined {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/'))))
    if (Object.hasOwn(places, `${at}/node_modules/${name}`)) return `${at}/node_modules/${name}`
  return Object.hasOwn(places, `node_modules/${name}`) ? `node_modules/${name}` : undefined
}
