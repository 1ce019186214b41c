import type { Mount } from '../../plan/plan.ts'
import { shell } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import { manifests, wantsEveryone, withoutScripts } from './manifests.ts'
import { isYarn1 } from './tool.ts'

/** One RUN of an install. */
export interface Install {
  readonly mounts: readonly Mount[]
  readonly commands: readonly string[]
}

const CACHES: Readonly<Record<string, Mount>> = {
  npm: { type: 'cache', target: '/root/.npm' },
  pnpm: { type: 'cache', id: 'pnpm', target: '/pnpm/store' },
  'yarn 1': { type: 'cache', target: '/usr/local/share/.cache/yarn', sharing: 'locked' },
  yarn: { type: 'cache', target: '/root/.yarn/berry/cache' },
  bun: { type: 'cache', target: '/root/.bun/install/cache' },
}

/** @param production whether development dependencies are left out */
export function install(facts: NodeFacts, production: boolean): Install {
  const commands = production ? productionInstall(facts) : fullInstall(facts)
  const scripts = production ? facts.native.scripts : buildScripts(facts)
  const writes = facts.manager.lock === undefined || (production && keepsDevelopment(facts))
  return {
    mounts: [...manifests(facts, production, writes), ...caches(facts), ...secrets(facts)],
    commands: [
      ...withoutScripts(facts, production),
      ...commands,
      ...rebuild(facts, scripts),
      ...(production ? cleanUp(facts) : []),
    ],
  }
}

/** Frameworks that render pages while they build load native code then; compilers don't. */
const buildScripts = (facts: NodeFacts): readonly string[] =>
  facts.deployment.is === 'program' &&
  !facts.prepares &&
  !['astro', 'remix', 'react-router', 'sveltekit'].includes(facts.framework?.value ?? '')
    ? facts.native.buildScripts.filter(name => !facts.native.scripts.includes(name))
    : facts.native.buildScripts

const caches = (facts: NodeFacts): readonly Mount[] => {
  const own = CACHES[isYarn1(facts) ? 'yarn 1' : facts.manager.id]
  // The verdict on the lock file is kept there: without it every install asks the registry again.
  const verdicts: readonly Mount[] =
    facts.manager.id === 'pnpm' && facts.manager.major >= 11
      ? [{ type: 'cache', id: 'pnpm-cache', target: '/root/.cache/pnpm' }]
      : []
  return [...(own ? [own] : []), ...verdicts]
}

const secrets = (facts: NodeFacts): readonly Mount[] =>
  facts.secrets.map(name => ({ type: 'secret', id: name, env: name }))

/** npm keeps a development dependency that is an optional peer of another package, whatever `--omit=dev` says. */
const keepsDevelopment = (facts: NodeFacts): boolean =>
  facts.manager.id === 'npm' &&
  facts.manager.lock !== undefined &&
  facts.prisma !== undefined &&
  facts.prisma.major >= 7

function fullInstall(facts: NodeFacts): readonly string[] {
  const { manager, layout, installFlags } = facts
  const frozen = manager.lock !== undefined
  switch (manager.id) {
    case 'npm':
      return [shell('npm', frozen ? 'ci' : 'install', '--ignore-scripts', ...installFlags)]
    case 'pnpm':
      return [
        shell('pnpm', 'install', frozen ? '--frozen-lockfile' : '--no-frozen-lockfile', '--ignore-scripts'),
      ]
    case 'bun':
      return [shell('bun', 'install', ...(frozen ? ['--frozen-lockfile'] : []), '--ignore-scripts')]
    case 'yarn':
      if (manager.major === 1)
        return [
          shell(
            'yarn',
            'install',
            ...(frozen ? ['--frozen-lockfile'] : []),
            '--ignore-scripts',
            '--ignore-engines',
            '--non-interactive',
          ),
        ]
      return [
        layout.members.length || layout.app !== '.'
          ? 'yarn workspaces focus --all'
          : shell('yarn', 'install', ...(frozen ? ['--immutable'] : [])),
      ]
  }
}

function productionInstall(facts: NodeFacts): readonly string[] {
  const { manager, layout, installFlags, name } = facts
  const frozen = manager.lock !== undefined
  switch (manager.id) {
    case 'npm':
      return keepsDevelopment(facts)
        ? ['npm pkg delete devDependencies', shell('npm', 'ci', '--ignore-scripts', ...installFlags)]
        : // Up to Node.js 14 the image has npm 6, which knows --omit by its old name.
          [
            shell(
              'npm',
              frozen ? 'ci' : 'install',
              Number(facts.line.cycle) < 15 ? '--only=production' : '--omit=dev',
              '--ignore-scripts',
              ...installFlags,
            ),
          ]
    case 'pnpm':
      return [
        shell(
          'pnpm',
          'install',
          frozen ? '--frozen-lockfile' : '--no-frozen-lockfile',
          '--prod',
          '--ignore-scripts',
        ),
      ]
    case 'bun':
      return [
        shell(
          'bun',
          'install',
          ...(frozen ? ['--frozen-lockfile'] : []),
          '--production',
          '--ignore-scripts',
          // All manifests are there: the dependencies of the others need not be.
          ...(wantsEveryone(manager) && layout.app !== '.' ? ['--filter', name] : []),
        ),
      ]
    case 'yarn':
      if (manager.major === 1)
        return [
          shell(
            'yarn',
            'install',
            ...(frozen ? ['--frozen-lockfile'] : []),
            '--production',
            '--ignore-scripts',
            '--ignore-engines',
            '--non-interactive',
          ),
        ]
      if (manager.major < 4)
        return [...fullInstall(facts), 'npm prune --omit=dev --ignore-scripts --no-package-lock']
      return [
        layout.app === '.'
          ? 'yarn workspaces focus --all --production'
          : shell('yarn', 'workspaces', 'focus', '--production', name),
      ]
  }
}

/** Of all install scripts only those of packages that can't do without. */
function rebuild({ manager }: NodeFacts, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  if (manager.id === 'pnpm')
    return [`pnpm_config_dangerously_allow_all_builds=true ${shell('pnpm', 'rebuild', ...names)}`]
  return [`npm_config_dangerously_allow_all_scripts=true ${shell('npm', 'rebuild', ...names)}`]
}

/** What a compiler or a manager leaves, and no program reads. */
function cleanUp({ manager, native, prisma, layout }: NodeFacts): readonly string[] {
  const flat = manager.id !== 'pnpm'
  const sources = flat
    ? native.leftovers.flatMap(({ name, folders }) => folders.map(folder => `node_modules/${name}/${folder}`))
    : []
  const objects = flat
    ? native.leftovers.map(
        ({ name }) =>
          `find node_modules/${name} -path 'node_modules/${name}/build/*' -type f ! -name '*.node' -delete`,
      )
    : []
  // Of the client's query compilers only the one for this database is used.
  const compilers =
    flat && prisma && prisma.major >= 7 && prisma.provider && /^[a-z]+$/.test(prisma.provider)
      ? [
          `find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*.${prisma.provider}.*' -delete`,
        ]
      : []
  // Records with times and other members in them would make the layer a new one at every install.
  const records =
    manager.id === 'pnpm'
      ? [
          'rm -rf node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json node_modules/.pnpm/lock.yaml',
        ]
      : manager.id === 'yarn' && manager.major > 1 && layout.app !== '.'
        ? ['rm -rf .yarn']
        : []
  return [...(sources.length ? [`rm -rf ${sources.join(' ')}`] : []), ...objects, ...compilers, ...records]
}

/** Takes the development dependencies out of an install that the build has made. */
export function prune({ manager, installFlags }: NodeFacts): readonly string[] {
  switch (manager.id) {
    case 'npm':
      return [shell('npm', 'prune', '--omit=dev', '--ignore-scripts', ...installFlags)]
    case 'pnpm':
      return ['CI=true pnpm prune --prod --ignore-scripts']
    default:
      return ['npm prune --omit=dev --ignore-scripts --no-package-lock']
  }
}
