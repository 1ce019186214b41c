import semver from 'semver'
import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import { table, text } from './manifest.ts'
import type { Manager } from './package-manager.ts'
import { isSet } from './registries.ts'

type Table = Readonly<Record<string, unknown>>

const MODULES = 'node_modules/'

/**
 * The flag without which `npm ci` refuses the peer dependencies of a lock file: one that was made with
 * `--legacy-peer-deps` lacks peers, or has direct dependencies that don't suit each other; one made with `--force` has
 * the latter alone. npm lets pass what doesn't suit a dependency of a dependency.
 * Before 11.5.2 it doesn't for an optional one, and asks for a lock file with another copy of the peer: seen with 10.9
 * and 11.4 on lock files of later releases.
 * @param npm the release that the image installs with
 * @returns undefined where npm takes it as it is, with the flag that the project's .npmrc has, or as overrides decide
 */
export function peerFlag(
  { manager, root, lock, manifest }: App,
  npm: Pick<Manager, 'major' | 'version'>,
): Fact<string> | undefined {
  if (manager.id !== 'npm' || manager.lock === undefined) return undefined
  const source = fromFile(manager.lock)
  // npm 6 ignored peers; its lock files only install that way.
  if (lock.version === '1') return fact('--legacy-peer-deps', source)
  const places = table(table(root.parse(manager.lock)).packages)
  if (isSet(root, 'legacy-peer-deps') || isSet(root, 'force')) return undefined
  const overridden = keysOf(manifest.raw.overrides)
  const entries = Object.entries(places).map(([place, value]) => [place, table(value)] as const)
  const installed = entries.some(([, { peer }]) => peer === true)
  const asked = direct(entries)
  const peers = entries
    .filter(([place, entry]) => place.includes(MODULES) && entry.inBundle !== true)
    .filter(([place]) => !overridden.has(place.split(MODULES).at(-1) ?? ''))
    .flatMap(([place, entry]) =>
      Object.entries(table(entry.peerDependencies)).map(([name, range]) => ({
        name,
        range,
        isAsked: asked.places.has(place),
        isOptional: table(table(entry.peerDependenciesMeta)[name]).optional === true,
        found: above(places, place, name),
      })),
    )
    .filter(({ name }) => !overridden.has(name))
  // One that was made with peers may still lack those of a direct dependency, which npm would have to add.
  const lacks = peers.some(
    ({ found, isAsked, isOptional }) => !found && !isOptional && (!installed || isAsked),
  )
  const clashes = peers.some(
    ({ name, range, found, isAsked }) => found && isAsked && asked.names.has(name) && !suits(found, range),
  )
  const copies =
    asksForCopies(npm) &&
    peers.some(({ range, found, isOptional }) => isOptional && found && !suits(found, range))
  if (!lacks && !clashes && !copies) return undefined
  return fact(installed && !copies && !lacks ? '--force' : '--legacy-peer-deps', source)
}

/**
 * The flag for what nothing locks: what was published since the project was written may ask for other peers than it
 * did then, and npm ends where two direct dependencies disagree: https://docs.npmjs.com/cli/commands/npm-install#force
 * @param line the major version of Node.js: npm came to look at peers with 15
 */
export function unlockedFlag({ manager, root, manifest }: App, line: number): Fact<string> | undefined {
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  return manager.id !== 'npm' ||
    manager.lock !== undefined ||
    line < 15 ||
    direct.length < 2 ||
    isSet(root, 'legacy-peer-deps') ||
    isSet(root, 'force')
    ? undefined
    : byConvention('--force', 'no lock file')
}

/** Names that an override changes, or for whose packages it changes another: `{ "a": { "b": "2" }, "c@1": "1.5" }` */
const keysOf = (overrides: unknown): ReadonlySet<string> =>
  new Set(
    Object.entries(table(overrides)).flatMap(([key, value]) => [
      key.replace(/(?<=.)@.*$/, ''),
      ...keysOf(value),
    ]),
  )

const asksForCopies = ({ major, version }: Pick<Manager, 'major' | 'version'>): boolean =>
  (major >= 7 && major < 11) || (major === 11 && version !== undefined && semver.lt(version, '11.5.2'))

/** The direct dependencies of the root and of its members, and where they lie. */
function direct(entries: readonly (readonly [string, Table])[]) {
  const names = new Set<string>()
  const places = new Set<string>()
  for (const [place, entry] of entries.filter(([path]) => !path.includes(MODULES)))
    for (const key of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const name of Object.keys(table(entry[key]))) {
        names.add(name)
        places.add(MODULES + name)
        if (place) places.add(`${place}/${MODULES}${name}`)
      }
  return { names, places }
}

/** The package that one at a place finds by a name, from the folder above its own on. */
function above(places: Table, place: string, name: string): Table | undefined {
  const folders = place.split(MODULES).slice(0, -1)
  const around = folders.map((_, index) => folders.slice(0, index + 1).join(MODULES)).reverse()
  const found = [...around, ''].map(folder => places[folder + MODULES + name]).find(Boolean)
  return found === undefined ? undefined : table(found)
}

/** A link and a range that is none (a tag, a repository) suit. */
const suits = (entry: Table, range: unknown): boolean => {
  const [version, wanted] = [text(entry.version), text(range)]
  return (
    version === undefined ||
    wanted === undefined ||
    wanted.trim() === '*' ||
    semver.validRange(wanted, { loose: true }) === null ||
    semver.valid(version) === null ||
    semver.satisfies(version, wanted, { loose: true })
  )
}

export const peerNotes = (flag: Fact<string> | undefined): readonly Note[] =>
  flag === undefined
    ? []
    : flag.source.from === 'convention'
      ? [
          note(
            'PEERS_UNCHECKED',
            'info',
            `no lock file holds versions that suit each other: npm installs with ${flag.value}, past peer dependencies that disagree`,
          ),
        ]
      : [
          note(
            'PEERS_IGNORED',
            'info',
            `the lock file was made without regard to peer dependencies, or by a newer npm: this one installs it with ${flag.value} alone`,
            flag.source,
          ),
        ]
