import type { App } from './app.ts'
import { BIN_PACKAGES } from './runnable.ts'
import type { Runnable } from './start.ts'

const BIN = 'node_modules/.bin/'
/** Where pnpm links the programs of what dependencies bring along, beside the workspace's modules. */
const HIDDEN = 'node_modules/.pnpm/node_modules/.bin/'

/**
 * Where the program of a dependency lies that an app starts, from the app's folder. npm, and Yarn since 2, link it in
 * that folder where the package is, which is the workspace's unless another version is there; Yarn 1, pnpm and Bun in
 * each member's.
 * @param dir the app's folder, from the workspace's
 */
export function binFolder(
  dir: string,
  { manager, lock, manifest }: Pick<App, 'manager' | 'lock' | 'manifest'>,
  runs: Runnable,
): string {
  const program = runs.is === 'bin' ? (BIN_PACKAGES[runs.name] ?? runs.name) : ''
  if (
    manager.id === 'pnpm' &&
    lock.packages.some(({ name }) => name === program) &&
    !Object.hasOwn(
      { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies },
      program,
    )
  )
    return `${dir === '.' ? '' : '../'.repeat(dir.split('/').length)}${HIDDEN}`
  const above = manager.id === 'npm' || (manager.id === 'yarn' && manager.major > 1)
  if (dir === '.' || !above) return BIN
  const name = runs.is === 'bin' ? runs.name : runs.is === 'typescript' ? runs.runner : ''
  const owners = lock.packages.filter(({ programs }) => programs?.includes(name))
  // Yarn's lock file says only how many versions there are.
  const own =
    manager.id === 'npm'
      ? owners.some(({ within }) => within === dir)
      : new Set(owners.map(({ version }) => version)).size > 1
  return own ? BIN : `${'../'.repeat(dir.split('/').length)}${BIN}`
}
