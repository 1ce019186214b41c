import semver from 'semver'
import {
  failsSinceNode20,
  isUnpublishedYarn,
  MANAGER_LINES,
  type ManagerId,
  type ManagerLine,
  npmOf,
} from '../../knowledge/node-managers.ts'
import type { Project } from '../../project/project.ts'
import { type Blocks, leaf, readBlocks } from './blocks.ts'
import { type Manifest, table, text } from './manifest.ts'
import type { Manager } from './package-manager.ts'

type Version = Pick<Manager, 'version' | 'major' | 'pinned'>

/**
 * An exact version: the pinned one, else the newest of the major version that the lock file and the settings tell.
 * @param stated what `packageManager` or `devEngines` says after the name
 */
export function managerVersion(
  id: ManagerId,
  stated: string | undefined,
  project: Project,
  manifest: Manifest,
  lock: string | undefined,
): Version {
  const own = otherPins(id, project)
  // The release that a repository of Yarn's brings runs, whichever is asked for: https://yarnpkg.com/configuration/yarnrc#yarnPath
  const pinned = (id === 'yarn' ? [...own, stated] : [stated, ...own]).find(
    version => version && semver.valid(version),
  )
  const lines = MANAGER_LINES[id]
  if (pinned) {
    const major = semver.major(pinned)
    const had = id !== 'yarn' || !isUnpublishedYarn(pinned)
    return {
      version: had ? pinned : lines.find(line => line.major === major)?.newest,
      major,
      pinned: true,
    }
  }
  const ranges = [stated, text(table(manifest.raw.engines)[id])].filter(
    range => range !== undefined && semver.validRange(range) !== null,
  )
  const fits = (version: string) => ranges.every(range => semver.satisfies(version, range ?? '*'))
  // A range for npm is a wish that the image's own nearly always meets.
  if (id === 'npm' && !stated) return { major: 0, pinned: false }
  const major = majorByLock(id, project, manifest, lock)
  const byLock = lines.find(line => line.major === major)
  const inRange = ranges.length ? lines.find(({ newest }) => fits(newest)) : undefined
  const found = (byLock && fits(byLock.newest) ? byLock : (inRange ?? byLock)) ?? lines[0]
  return { version: found?.newest, major: found?.major ?? 0, pinned: ranges.length > 0 }
}

/** The release of a manager that only runs scripts: the last that doesn't look after the install before it does. */
export const scriptRunner = (id: 'pnpm' | 'yarn', node: number): string | undefined =>
  MANAGER_LINES[id].find(line => line.major <= (id === 'pnpm' ? 10 : 1) && runsOn(node)(line))?.newest

/** Files that name an exact version beside package.json. */
function otherPins(id: ManagerId, project: Project): readonly (string | undefined)[] {
  if (id === 'yarn') {
    const rc = text(table(project.parse('.yarnrc.yml')).yarnPath)
    const old = /^yarn-path\s+"?([^"\n]+)"?$/m.exec(project.text('.yarnrc') ?? '')?.[1]
    return [rc, old].map(path => /yarn-(\d[\w.-]*?)\.c?js$/.exec(path ?? '')?.[1])
  }
  if (id === 'bun') {
    const tool = project
      .text('.tool-versions')
      ?.split('\n')
      .map(line => line.trim().split(/\s+/))
    return [project.text('.bun-version')?.trim(), tool?.find(([name]) => name === 'bun')?.[1]]
  }
  return []
}

const runsOn =
  (node: number) =>
  ({ node: [from, to] }: ManagerLine): boolean =>
    node >= from && node <= to

/** The manager in a version that runs on this line of Node.js. @param lockVersion what the lock file says of itself */
export function fitting(manager: Manager, node: number, lockVersion: string | undefined): Manager {
  const lines = MANAGER_LINES[manager.id]
  const own = lines.find(({ major }) => major === manager.major)
  if (manager.id === 'npm') return npmFor(manager, own, node, lockVersion)
  if (!own) return manager
  if (
    manager.id === 'pnpm' &&
    node >= 20 &&
    manager.version &&
    failsSinceNode20(manager.version) &&
    runsOn(node)(own)
  )
    return { ...manager, version: own.newest }
  if (runsOn(node)(own) || (manager.pinned && manager.major > 6)) return manager
  // An older one reads the lock file of the next, a newer one that of the last.
  const other =
    lines.find(line => line.major < own.major && runsOn(node)(line)) ?? lines.findLast(runsOn(node))
  return other ? { ...manager, version: other.newest, major: other.major } : manager
}

/** The image's own npm, unless the project names another major version, or the lock file is one that it can't read. */
function npmFor(
  manager: Manager,
  own: ManagerLine | undefined,
  node: number,
  lockVersion: string | undefined,
): Manager {
  const included = npmOf(node)
  if (own && own.major !== included && runsOn(node)(own)) return manager
  const unreadable = included < 7 && Number(lockVersion) >= 3
  const newer = unreadable ? MANAGER_LINES.npm.find(runsOn(node)) : undefined
  return { ...manager, version: newer?.newest, major: newer?.major ?? included }
}

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
