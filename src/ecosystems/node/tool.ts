import type { NodeFacts } from './facts.ts'
import { scriptRunner } from './manager-version.ts'
import { ZERO_INSTALL } from './surroundings.ts'

/** How the package manager itself comes into the image. */
export interface Tool {
  /** What npm installs; undefined where the image has the manager. */
  readonly packages?: string | undefined
  readonly flags: readonly string[]
  readonly env: readonly string[]
}

/** Where npm puts it in every image of Node.js. */
const INSTALLED_YARN = '/usr/local/lib/node_modules/@yarnpkg/cli-dist/bin/yarn.js'

/** The manager of the install, and another one that the scripts call. */
export function tool(facts: NodeFacts): Tool {
  const own = installer(facts)
  const { calls } = facts.manager
  const node = Number(facts.line.cycle)
  const version =
    calls === undefined || (calls === 'yarn' && node < 26) ? undefined : scriptRunner(calls, node)
  return version === undefined
    ? own
    : {
        ...own,
        packages: [...(own.packages === undefined ? [] : [own.packages]), `${calls}@${version}`].join(' '),
      }
}

/** The manager in the version that the project names: a newer one may read the lock file otherwise. */
function installer(facts: NodeFacts): Tool {
  const { id, version, major } = facts.manager
  if (version === undefined) return { flags: [], env: [] }
  if (id === 'npm') return { packages: `npm@${version}`, flags: [], env: [] }
  if (id === 'pnpm')
    return {
      packages: `pnpm@${version}`,
      flags: [],
      // Otherwise every `pnpm run` looks after the install again.
      env: [
        ...(major >= 7 ? ['PNPM_HOME=/pnpm'] : []),
        ...(major >= 11 ? ['pnpm_config_verify_deps_before_run=false'] : []),
        // It would record itself in the lock file, which is frozen.
        ...(major >= 12 ? ['pnpm_config_pm_on_fail=ignore'] : []),
      ],
    }
  if (id === 'bun') return { packages: `bun@${version}`, flags: [], env: [] }
  // A path in .yarnrc leads to a file that the install doesn't need.
  if (major === 1)
    return {
      packages: hasYarn(facts) ? undefined : `yarn@${version}`,
      flags: ['--force'],
      env: facts.layout.inputs.includes('.yarnrc') ? ['YARN_IGNORE_PATH=1'] : [],
    }
  return {
    packages: `@yarnpkg/cli-dist@${version}`,
    flags: ['--force'],
    env: [
      'YARN_NODE_LINKER=node-modules',
      `YARN_ENABLE_GLOBAL_CACHE=${!facts.layout.inputs.includes(ZERO_INSTALL)}`,
      'YARN_ENABLE_SCRIPTS=false',
      // YARN_IGNORE_PATH would be gone where a script calls yarn again.
      ...(facts.manager.held ? [`YARN_YARN_PATH=${INSTALLED_YARN}`] : []),
      // A script finds what its own package asks for, and what a script of the root that calls it has found.
      ...(facts.layout.borrows ? ['PATH=$PATH:/app/node_modules/.bin'] : []),
    ],
  }
}

/** Images of Node.js before 26 bring the last Yarn 1 along: https://github.com/nodejs/docker-node */
const hasYarn = ({ manager, line }: NodeFacts): boolean =>
  manager.version === '1.22.22' && Number(line.cycle) < 26

/** What Yarn or Rush keeps in a repository and the image has no use for, but for what the install reads. */
export const leftovers = ({ manager, layout }: NodeFacts): readonly string[] =>
  layout.rush
    ? ['common/temp', 'common/deploy']
    : manager.id === 'yarn' && manager.major > 1
      ? [
          '.pnp.*',
          '.yarn/*',
          ...layout.inputs.filter(path => path.startsWith('.yarn/')).map(path => `!${path}`),
        ]
      : []
