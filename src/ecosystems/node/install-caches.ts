import type { Mount } from '../../plan/plan.ts'
import type { NodeFacts } from './facts.ts'
import { ZERO_INSTALL } from './surroundings.ts'

const CACHES: Readonly<Record<string, Mount>> = {
  npm: { type: 'cache', target: '/root/.npm' },
  pnpm: { type: 'cache', id: 'pnpm', target: '/pnpm/store' },
  // It knows no PNPM_HOME.
  'pnpm 6': { type: 'cache', id: 'pnpm', target: '/root/.pnpm-store' },
  'yarn 1': { type: 'cache', target: '/usr/local/share/.cache/yarn', sharing: 'locked' },
  yarn: { type: 'cache', target: '/root/.yarn/berry/cache' },
  bun: { type: 'cache', target: '/root/.bun/install/cache' },
}

/** Where the package manager keeps what it has fetched, for the next build. */
export const caches = (facts: NodeFacts): readonly Mount[] => {
  const { id, major } = facts.manager
  const own = facts.layout.inputs.includes(ZERO_INSTALL)
    ? undefined
    : (CACHES[`${id} ${major}`] ?? CACHES[id])
  // The verdict on the lock file is kept there: without it every install asks the registry again.
  const verdicts: readonly Mount[] =
    id === 'pnpm' && major >= 11 ? [{ type: 'cache', id: 'pnpm-cache', target: '/root/.cache/pnpm' }] : []
  return [...(own ? [own] : []), ...verdicts]
}
