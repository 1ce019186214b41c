import type { ManagerId } from '../../knowledge/node-managers.ts'
import type { Manifest } from './manifest.ts'

export const hasPackages = (manifest: Manifest | undefined): boolean =>
  Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).length > 0

/** The command that installs a folder of its own. @param has whether a file is there */
export function installIn(dir: string, id: ManagerId, has: (path: string) => boolean): readonly string[] {
  if (id === 'yarn' && has('yarn.lock')) return ['yarn', '--cwd', dir, 'install', '--frozen-lockfile']
  if (id === 'pnpm' && has('pnpm-lock.yaml')) return ['pnpm', '--dir', dir, 'install', '--frozen-lockfile']
  if (id === 'bun') return ['bun', 'install', '--cwd', dir, ...(has('bun.lock') ? ['--frozen-lockfile'] : [])]
  return ['npm', has('package-lock.json') ? 'ci' : 'install', '--prefix', dir]
}
