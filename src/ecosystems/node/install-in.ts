import type { ManagerId } from '../../knowledge/node-managers.ts'
import type { Project } from '../../project/project.ts'
import type { Step } from './facts.ts'
import { lacking } from './lock-fit.ts'
import { type Manifest, readManifest } from './manifest.ts'

export const hasPackages = (manifest: Manifest | undefined): boolean =>
  Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).length > 0

/**
 * The command that installs a folder of its own, as its lock file says where that holds all of it.
 * @param dir the folder in the project
 * @param path the same as the command sees it
 */
export function installIn(project: Project, dir: string, path: string, id: ManagerId): Step {
  const here = project.within(dir)
  const manifest = readManifest(here)
  const lock = LOCKS[id].find(name => here.has(name))
  const lacks = lock && manifest ? lacking(here, lock, manifest) : undefined
  return {
    words: words(
      path,
      lock === 'package-lock.json' ? 'npm' : id,
      lock === undefined ? undefined : lacks === undefined,
    ),
    stale: lacks && `${path}/${lock} lacks ${lacks}`,
  }
}

/** The lock files that the install of a folder goes by: npm's own is npm's to install, whatever manager the root has. */
const LOCKS: Readonly<Record<ManagerId, readonly string[]>> = {
  npm: ['package-lock.json'],
  pnpm: ['pnpm-lock.yaml', 'package-lock.json'],
  yarn: ['yarn.lock', 'package-lock.json'],
  bun: ['bun.lock'],
}

/** @param frozen whether the lock file holds all; undefined where there is none, which npm alone goes on without */
function words(path: string, id: ManagerId, frozen: boolean | undefined): readonly string[] {
  if (id === 'bun') return ['bun', 'install', '--cwd', path, ...(frozen ? ['--frozen-lockfile'] : [])]
  if (id === 'npm' || frozen === undefined) return ['npm', frozen ? 'ci' : 'install', '--prefix', path]
  return id === 'yarn'
    ? ['yarn', '--cwd', path, 'install', ...(frozen ? ['--frozen-lockfile'] : [])]
    : ['pnpm', '--dir', path, 'install', frozen ? '--frozen-lockfile' : '--no-frozen-lockfile']
}
