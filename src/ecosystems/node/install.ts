import type { Mount } from '../../plan/plan.ts'
import { shell } from '../../plan/words.ts'
import { installAbove } from './above-install.ts'
import { aboveFolder } from './build-folder.ts'
import type { NodeFacts } from './facts.ts'
import { sshMounts } from './git-ssh.ts'
import { caches } from './install-caches.ts'
import {
  focuses,
  folders,
  lockBeside,
  manifests,
  replacesLock,
  stripped,
  strips,
  wantsEveryone,
  withoutScripts,
} from './manifests.ts'
import { browserLinks, cleanUp, rebuild } from './rebuild.ts'
import { secretMounts } from './registries.ts'
import { inTemp, rushFiles } from './rush-install.ts'

/** One RUN of an install. */
export interface Install {
  readonly mounts: readonly Mount[]
  readonly commands: readonly string[]
}

/** @param production whether development dependencies are left out */
export function install(facts: NodeFacts, production: boolean): Install {
  const commands = production ? productionInstall(facts) : fullInstall(facts)
  const scripts = production ? facts.native.scripts : buildScripts(facts)
  const above =
    facts.layout.above && installAbove(facts.layout.above, production ? '/' : aboveFolder(facts), production)
  const writes = facts.manager.lock === undefined || (production && keepsDevelopment(facts))
  const replaced = replacesLock(facts) ? facts.manager.lock : undefined
  return {
    mounts: [
      ...manifests(facts, production, writes),
      ...(above?.mounts ?? []),
      ...caches(facts),
      ...secretMounts(facts),
      ...sshMounts(facts),
    ],
    commands: [
      ...(replaced ? [shell('cp', lockBeside(replaced), '.')] : []),
      ...withoutScripts(facts, production),
      ...rushFiles(facts, folders(facts, production)),
      ...commands,
      ...besides(facts, production),
      ...(facts.manager.hidesCompiler && !production ? [COMPILER] : []),
      ...rebuild(facts, scripts),
      ...(production || keepsAll(facts) ? browserLinks(facts) : []),
      ...(production ? cleanUp(facts) : []),
      ...(production && replaced ? [shell('rm', replaced)] : []),
      ...(above ? [above.command] : []),
    ],
  }
}

/** Whether a program's image has all that its build has installed. */
export const keepsAll = (facts: NodeFacts): boolean => {
  const { program, manager, layout } = facts
  return (
    program?.needsDevelopment === true ||
    keepsPatched(facts) ||
    // The client that a member's script writes lies somewhere in pnpm's folders, in the build stage alone.
    (manager.id === 'pnpm' && layout.members.some(member => member.production && member.writesModules))
  )
}

/** Whether modules are patched, and nothing takes others from beside them: Bun can't, and npm refuses its ranges of members. */
export const keepsPatched = ({ prepares, manager, layout }: NodeFacts): boolean =>
  prepares && manager.id === 'bun' && (layout.app !== '.' || layout.members.length > 0)

/** Whether production's modules are what is left of those of the build. */
export const isPruned = ({ prepares, manager, prisma }: NodeFacts): boolean =>
  prepares || (manager.id === 'pnpm' && prisma?.inModules === true)

/** Frameworks that render pages while they build load native code then; compilers don't, unless their modules go on. */
const buildScripts = (facts: NodeFacts): readonly string[] =>
  facts.deployment.is === 'program' &&
  !keepsAll(facts) &&
  !isPruned(facts) &&
  !['astro', 'remix', 'react-router', 'sveltekit'].includes(facts.framework?.value ?? '')
    ? facts.native.loadedByBuild
    : facts.native.buildScripts

/** A lock file that lacks something would end every frozen install. */
const isFrozen = ({ lock, stale }: NodeFacts['manager']): boolean => lock !== undefined && stale === undefined

/** npm keeps a development dependency that is an optional peer of another package, whatever `--omit=dev` says. */
const keepsDevelopment = (facts: NodeFacts): boolean =>
  facts.manager.id === 'npm' &&
  facts.manager.lock !== undefined &&
  facts.manager.major >= 7 &&
  // Peers that don't suit a manifest without them end the install: what stays is the lesser evil.
  facts.installFlags.length === 0 &&
  (facts.keepsDevelopment || (facts.prisma !== undefined && facts.prisma.major >= 7))

/** Before npm 11 they stay as peers, manifest or not, and can't be left out where other peers are needed. */
export const keepsPeers = (facts: NodeFacts): boolean =>
  keepsDevelopment(facts) && facts.manager.major < 11 && facts.needsPeers

/** Of npm. What it runs all the same, members' `prepare`, does nothing in that shell. */
export const scriptless = ({ manager: { major }, layout }: NodeFacts): readonly string[] => [
  '--ignore-scripts',
  ...(major >= 7 && major < 11 && layout.unwanted.size ? ['--script-shell=/bin/true'] : []),
]

function fullInstall(facts: NodeFacts): readonly string[] {
  const { manager, layout, installFlags } = facts
  const frozen = isFrozen(manager)
  switch (manager.id) {
    case 'npm':
      return [shell('npm', frozen ? 'ci' : 'install', ...scriptless(facts), ...installFlags)]
    case 'pnpm':
      return [
        shell(
          'pnpm',
          ...inTemp(layout),
          'install',
          frozen ? '--frozen-lockfile' : '--no-frozen-lockfile',
          '--ignore-scripts',
          ...(layout.rush?.flags ?? []),
        ),
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
      return focuses(facts, false)
        ? ['yarn workspaces focus --all']
        : [yarnInstall(manager.major, ...(frozen ? ['--immutable'] : manager.lock ? ['--no-immutable'] : []))]
  }
}

/** The program of the compiler, where another package has one of its name. */
const COMPILER = 'ln -sf ../typescript/bin/tsc node_modules/.bin/tsc'

/** npm 6 knows --omit by its old name. */
const withoutDevelopment = (major: number): string => (major < 7 ? '--only=production' : '--omit=dev')

/** What npm's own install goes without. */
function besides({ manager, installFlags }: NodeFacts, production: boolean): readonly string[] {
  const specs = (manager.leftOut ?? [])
    .filter(({ development }) => !production || !development)
    .map(({ spec }) => spec)
  const flags = [
    ...(production ? [withoutDevelopment(manager.major)] : []),
    '--ignore-scripts',
    ...installFlags,
  ]
  // The specifications are made of names and versions alone, and the shell has to read them.
  return specs.length > 0 ? [`${shell('npm', 'install', '--no-save', ...flags)} ${specs.join(' ')}`] : []
}

/** Of Yarn 2 and later. */
const yarnInstall = (major: number, ...flags: readonly string[]): string =>
  shell('yarn', 'install', ...flags, major === 2 ? '--skip-builds' : '--mode=skip-build')

export function productionInstall(facts: NodeFacts): readonly string[] {
  const { manager, layout, installFlags, name, needsPeers } = facts
  const frozen = isFrozen(manager)
  switch (manager.id) {
    case 'npm':
      return keepsDevelopment(facts)
        ? [
            'npm pkg delete devDependencies',
            shell(
              'npm',
              frozen ? 'ci' : 'install',
              ...(manager.major < 11 && !needsPeers ? ['--omit=dev', '--omit=peer'] : []),
              ...scriptless(facts),
              ...installFlags,
            ),
          ]
        : [
            shell(
              'npm',
              frozen ? 'ci' : 'install',
              withoutDevelopment(manager.major),
              ...scriptless(facts),
              ...installFlags,
            ),
          ]
    case 'pnpm':
      return [
        shell(
          'pnpm',
          ...inTemp(layout),
          'install',
          frozen ? '--frozen-lockfile' : '--no-frozen-lockfile',
          '--prod',
          '--ignore-scripts',
          ...(layout.rush?.flags ?? []),
        ),
      ]
    case 'bun':
      return [
        shell(
          'bun',
          'install',
          // Without a word of the lock file, Bun's `--production` wants that in step.
          ...(frozen ? ['--frozen-lockfile', '--production'] : ['--omit=dev']),
          '--ignore-scripts',
          // All manifests are there: the dependencies of the others need not be.
          ...(wantsEveryone(manager) && layout.app !== '.'
            ? ['--filter', name, ...(layout.lends ? ['--filter', './'] : [])]
            : []),
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
      if (strips(facts)) return [...stripped(facts), yarnInstall(manager.major, '--no-immutable')]
      if (manager.major < 4 && manager.withoutFocus)
        return [...fullInstall(facts), 'npm prune --omit=dev --ignore-scripts --no-package-lock']
      return [
        layout.app === '.'
          ? 'yarn workspaces focus --all --production'
          : shell('yarn', 'workspaces', 'focus', '--production', name),
      ]
  }
}
