import type { Mount } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { Above } from './above.ts'
import { join } from './paths.ts'

/** The install of a package above the app's folder. @param target where its folder is in the image: `/` */
export function installAbove(
  { dir, manager, lock, production }: Above,
  target: string,
  omits: boolean,
): { readonly mounts: readonly Mount[]; readonly command: string } {
  const inner = target === '/' ? '' : target
  const bind = (name: string, rw: boolean): Mount => ({
    type: 'bind',
    source: contextPath(join(dir === '.' ? '' : dir, name)),
    target: `${inner}/${name}`,
    ...(rw && { rw: true as const }),
  })
  const less = omits && production
  return {
    mounts: [bind('package.json', lock === undefined), ...(lock === undefined ? [] : [bind(lock, false)])],
    command: command(manager, target, lock !== undefined, less),
  }
}

function command(manager: Above['manager'], target: string, frozen: boolean, less: boolean): string {
  switch (manager) {
    case 'npm':
      return shell(
        'npm',
        frozen ? 'ci' : 'install',
        ...(less ? ['--omit=dev'] : []),
        '--ignore-scripts',
        '--prefix',
        target,
      )
    case 'pnpm':
      return shell(
        'pnpm',
        '--dir',
        target,
        'install',
        frozen ? '--frozen-lockfile' : '--no-frozen-lockfile',
        ...(less ? ['--prod'] : []),
        '--ignore-scripts',
      )
    case 'bun':
      return shell(
        'bun',
        'install',
        `--cwd=${target}`,
        ...(frozen ? ['--frozen-lockfile'] : []),
        ...(less ? ['--production'] : []),
        '--ignore-scripts',
      )
    case 'yarn':
      return shell(
        'yarn',
        '--cwd',
        target,
        'install',
        ...(frozen ? ['--frozen-lockfile'] : []),
        ...(less ? ['--production'] : []),
        '--ignore-scripts',
        '--ignore-engines',
        '--non-interactive',
      )
  }
}
