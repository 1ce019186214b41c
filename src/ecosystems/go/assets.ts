import type { Mount, View } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { FrontEnd } from './facts.ts'
import { join } from './modules.ts'

const CACHES: Readonly<Record<FrontEnd['manager'], Mount>> = {
  npm: { type: 'cache', target: '/root/.npm' },
  pnpm: { type: 'cache', target: '/root/.local/share/pnpm/store', id: 'pnpm' },
  yarn: { type: 'cache', target: '/usr/local/share/.cache/yarn', sharing: 'locked' },
}
const BERRY: Mount = { type: 'cache', target: '/root/.yarn/berry/cache' }
const FROZEN: Readonly<Record<FrontEnd['manager'], readonly string[]>> = {
  npm: ['npm', 'ci'],
  pnpm: ['pnpm', 'install', '--frozen-lockfile'],
  yarn: ['yarn', 'install', '--frozen-lockfile'],
}
/** Beside package.json and the lock file, what an install reads. */
const BESIDE: Readonly<Record<FrontEnd['manager'], readonly string[]>> = {
  npm: ['.npmrc'],
  pnpm: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs'],
  yarn: ['.npmrc', '.yarnrc', '.yarnrc.yml'],
}

/** The stage that builds a front end. */
export function assetsOf({
  dir,
  manager,
  managerVersion,
  lockfile,
  script,
  node,
  beside,
  skips,
}: FrontEnd): View {
  const workdir = dir === '.' ? '/assets' : `/assets/${contextPath(dir)}`
  const berry = manager === 'yarn' && managerVersion !== undefined && !managerVersion.startsWith('1.')
  const files = [
    'package.json',
    ...(lockfile ? [lockfile] : []),
    ...BESIDE[manager].filter(file => beside.includes(file)),
  ]
  return {
    node,
    workdir,
    // The official image has npm and Yarn 1; the others are added.
    manager:
      manager === 'pnpm'
        ? `pnpm@${managerVersion ?? '10'}`
        : berry
          ? `@yarnpkg/cli-dist@${managerVersion}`
          : undefined,
    env: skips,
    mounts: [
      ...files.map((file): Mount => ({ type: 'bind', source: join(dir, file), target: file })),
      berry ? BERRY : CACHES[manager],
    ],
    install: shell(
      ...(!lockfile ? [manager, 'install'] : berry ? ['yarn', 'install', '--immutable'] : FROZEN[manager]),
    ),
    sources: [dir === '.' ? '.' : `${dir}/`],
    build: shell(manager, 'run', script),
  }
}
