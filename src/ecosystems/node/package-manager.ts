import semver from 'semver'
import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { type Blocks, leaf, readBlocks } from './blocks.ts'
import { type Manifest, table, text } from './manifest.ts'

export type ManagerId = 'npm' | 'pnpm' | 'yarn' | 'bun'

export interface Manager {
  readonly id: ManagerId
  /** Exact, for what is installed into the image; undefined where the image's own npm is used. */
  readonly version?: string | undefined
  /** 0 for npm, whose version is the image's. */
  readonly major: number
  /** The lock file's name in the root; undefined where there is none. */
  readonly lock?: string | undefined
  readonly fact: Fact<ManagerId>
  readonly notes: readonly Note[]
}

const LOCKS: readonly (readonly [file: string, id: ManagerId])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]

/**
 * The newest release of each major version when this table was made (2026-11-21), for projects that pin none: an exact
 * version keeps the same repository's image the same. https://www.npmjs.com/package/pnpm?activeTab=versions and the like
 */
const NEWEST: Readonly<Record<ManagerId, Readonly<Record<number, string>>>> = {
  npm: {},
  pnpm: { 6: '6.35.1', 7: '7.33.7', 8: '8.15.9', 9: '9.15.9', 10: '10.34.8', 11: '11.28.10', 12: '12.21.0' },
  yarn: { 1: '1.22.22', 2: '2.4.2', 3: '3.8.7', 4: '4.18.1' },
  bun: { 1: '1.4.5' },
}

/** What the project says in so many words: `packageManager`, then `devEngines`. */
function stated(project: Project, manifest: Manifest): Fact<string> | undefined {
  const own = text(manifest.raw.packageManager)
  if (own)
    return fact(
      own,
      fromFile('package.json', 'packageManager', project.line('package.json', 'packageManager')),
    )
  const engine = table([table(manifest.raw.devEngines).packageManager].flat()[0])
  const name = text(engine.name)
  return name === undefined
    ? undefined
    : fact(
        `${name}@${text(engine.version) ?? '*'}`,
        fromFile(
          'package.json',
          'devEngines.packageManager',
          project.line('package.json', 'devEngines', 'packageManager'),
        ),
      )
}

/** The manager of a root, with its version and its lock file. */
export function findManager(project: Project, manifest: Manifest): Manager {
  const named = stated(project, manifest)
  const [, id, version] = /^(npm|pnpm|yarn|bun)@(.+)$/.exec(named?.value.replace(/\+.*$/, '') ?? '') ?? []
  const locks = LOCKS.filter(([file]) => project.has(file))
  const [first] = locks
  const chosen =
    (id as ManagerId | undefined) ??
    first?.[1] ??
    byEngines(manifest) ??
    (project.has('pnpm-workspace.yaml') ? 'pnpm' : 'npm')
  const lock = locks.find(([, owner]) => owner === chosen)?.[0]
  const source = id && named ? named.source : lock ? fromFile(lock) : undefined
  const statedText = id && named ? named.value.replace(/\+.*$/, '') : undefined
  const exact = versionOf(chosen, id === chosen ? version : undefined, project, manifest, lock)
  return {
    id: chosen,
    version: chosen === 'npm' ? undefined : exact,
    major: chosen === 'npm' ? 0 : semver.major(exact ?? '1.0.0'),
    lock,
    fact: source ? fact(chosen, source, statedText) : byConvention(chosen, 'npm comes with Node.js'),
    notes: lockNotes(chosen, lock, locks),
  }
}

const byEngines = (manifest: Manifest): ManagerId | undefined =>
  (['pnpm', 'yarn', 'bun'] as const).find(
    id => text(table(manifest.raw.engines)[id]) && !text(table(manifest.raw.engines).npm),
  )

function lockNotes(id: ManagerId, lock: string | undefined, locks: typeof LOCKS): readonly Note[] {
  const others = locks.filter(([, owner]) => owner !== id).map(([file]) => file)
  if (lock === undefined)
    return [
      note(
        'NO_LOCKFILE',
        'warning',
        `${id} has no lock file here: each build may install other versions; commit one`,
      ),
    ]
  return others.length
    ? [
        note(
          'SEVERAL_LOCKFILES',
          'warning',
          `${lock} is used; ${others.join(', ')} belongs to another package manager and may be stale`,
        ),
      ]
    : []
}

/** An exact version: the pinned one, else the newest of the major version that the lock file and the settings tell. */
function versionOf(
  id: ManagerId,
  pinned: string | undefined,
  project: Project,
  manifest: Manifest,
  lock: string | undefined,
): string | undefined {
  if (pinned && semver.valid(pinned)) return pinned
  const table = NEWEST[id]
  const ranges = [pinned, text(engines(manifest)[id])].filter(
    range => range !== undefined && semver.validRange(range) !== null,
  )
  const major = majorByLock(id, project, manifest, lock)
  const newestFirst = Object.values(table).reverse()
  const inRange = newestFirst.find(
    version => ranges.length > 0 && ranges.every(range => semver.satisfies(version, range ?? '*')),
  )
  const byLock = major === undefined ? undefined : table[major]
  if (byLock && ranges.every(range => semver.satisfies(byLock, range ?? '*'))) return byLock
  return inRange ?? byLock ?? newestFirst[0]
}

const engines = (manifest: Manifest) => table(manifest.raw.engines)

function majorByLock(
  id: ManagerId,
  project: Project,
  manifest: Manifest,
  lock: string | undefined,
): number | undefined {
  const content = lock && lock !== 'bun.lockb' ? project.text(lock) : undefined
  if (id === 'pnpm') return pnpmMajor(content, project, manifest)
  if (id === 'yarn') return yarnMajor(content, project)
  return undefined
}

/** pnpm 9 to 12 share a lock format: settings that only one of them reads tell them apart. */
function pnpmMajor(content: string | undefined, project: Project, manifest: Manifest): number {
  const version = /^lockfileVersion:\s*['"]?([\d.]+)/m.exec(content ?? '')?.[1]
  if (version === '5.1' || version === '5.2' || version === '5.3') return 6
  if (version === '5.4') return 7
  if (version?.startsWith('6')) return 8
  if (content?.includes('\n---\n')) return 12
  const settings = project.parse('pnpm-workspace.yaml')
  if (Object.hasOwn(table(settings), 'allowBuilds')) return 11
  return table(manifest.raw.pnpm).onlyBuiltDependencies === undefined && content === undefined ? 11 : 10
}

function yarnMajor(content: string | undefined, project: Project): number {
  if (content === undefined) return project.has('.yarnrc.yml') ? 4 : 1
  const metadata: Blocks | string | undefined = readBlocks(content.slice(0, 400)).__metadata
  const version = Number(typeof metadata === 'object' ? leaf(metadata.version) : Number.NaN)
  if (Number.isNaN(version)) return 1
  return version <= 4 ? 2 : version <= 7 ? 3 : 4
}
