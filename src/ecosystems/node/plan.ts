import { UserError } from '../../errors.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Plan, View } from '../../plan/plan.ts'
import { contextPath, safe } from '../../plan/words.ts'
import { bakedMounts, isSecret } from './baked.ts'
import { isMember, keptForClients } from './clients.ts'
import { dataFolder } from './data-folder.ts'
import type { NodeFacts } from './facts.ts'
import { SSH_FLAGS, STRICT } from './git-ssh.ts'
import { type Install, install, isPruned, keepsAll, prune } from './install.ts'
import { buildImage, launch, type Runtime, runtimeImage, shutdown } from './launch.ts'
import { wantsEveryone } from './manifests.ts'
import { join } from './paths.ts'
import { clientStages } from './plan-clients.ts'
import { copies } from './plan-copies.ts'
import { planSite } from './plan-site.ts'
import { planStandalone } from './plan-standalone.ts'
import { losesLinks } from './rebuild.ts'
import { secretsToRun } from './registries.ts'
import { assignment, type Stage, stages } from './steps.ts'
import { leftovers, tool } from './tool.ts'

export function plan(facts: NodeFacts, wishes: Wishes): Plan {
  const [injected] = facts.layout.injected
  if (injected !== undefined)
    throw new UserError(
      'INJECTED_MEMBERS',
      `pnpm-lock.yaml: ${injected} is injected, a copy that pnpm makes before the member is built`,
      'Link it: take injected and injectWorkspacePackages out, and install again',
    )
  const [foreign] = facts.layout.rush?.foreign ?? []
  if (foreign !== undefined)
    throw new UserError(
      'RUSH_NOT_SUPPORTED',
      `rush.json: ${facts.layout.app} needs ${foreign}, which is in another subspace and has a lock file of its own`,
      'Put both into one subspace, and run rush update',
    )
  switch (facts.deployment.is) {
    case 'files':
      return planSite(facts, wishes, facts.deployment)
    case 'bundle':
    case 'next':
      return planStandalone(facts, wishes, facts.deployment)
    case 'program':
      return planProgram(facts, wishes)
  }
}

/** The folder of the app in the image. */
export const home = ({ layout }: NodeFacts): string =>
  layout.app === '.' ? '/app' : `/app/${contextPath(layout.app)}`

/** The first stage, which every template begins with. */
export function baseView(facts: NodeFacts, wishes: Wishes, first: 'base' | 'build'): View {
  const { packages, flags, env } = tool(facts)
  const { runtime: runs, version, ref } = buildImage(facts, wishes)
  return {
    runs,
    version,
    first,
    image: ref,
    baseEnv: env,
    secrets: secretFlags(facts.secrets),
    installs: facts.installPackages,
    ssh: facts.ssh.length ? SSH_FLAGS : undefined,
    strict: Object.entries(STRICT)
      .map(([name, value]) => assignment(name, value))
      .join(' '),
    ...(packages !== undefined &&
      runs === 'NODE' && {
        tool: [...flags, safe(packages, 'the package manager')].join(' '),
        manager: facts.manager.id,
      }),
  }
}

/** The build stage from its install on. @param toolchain whether a stage with a compiler is there */
export function buildView(facts: NodeFacts, groups: readonly Stage[], toolchain = false): View {
  const { native, buildPackages, buildEnv, baked } = facts
  const { mounts, commands } = install(facts, false)
  const compiles = commands.some(command => /\brebuild\b/.test(command))
  const shared = compiles && toolchain
  return {
    from: shared ? 'toolchain' : 'base',
    rush: facts.layout.rush?.temp,
    packages: [...new Set([...buildPackages, ...(compiles && !shared ? native.toolchain : [])])].sort(),
    env: Object.entries(buildEnv).map(([name, value]) => assignment(name, value)),
    hoisted:
      compiles && losesLinks(facts)
        ? `/app/${facts.layout.rush ? `${facts.layout.rush.temp}/` : ''}node_modules/.pnpm/node_modules`
        : undefined,
    mounts,
    commands,
    args: baked
      .filter(item => !isSecret(item))
      .map(({ name, value }) => (value === undefined ? name : assignment(name, value))),
    stages: groups.map(({ copy: copied, mounts: own, commands: run }) => ({
      copied,
      mounts: [...(own ?? []), ...secretsToRun(facts)],
      commands: run ?? [],
      runs: (run ?? []).length > 0,
    })),
  }
}

function planProgram(facts: NodeFacts, wishes: Wishes): Plan {
  const runtime = runtimeImage(facts, wishes)
  const wholeInstall = keepsAll(facts)
  const pruned = isPruned(facts)
  const needed = facts.layout.members.some(({ production, builds }) => production && builds)
  const builds = facts.steps.length > 0 || needed || pruned || wholeInstall
  const modules =
    facts.hasDependencies && (facts.deployment.is !== 'program' || facts.deployment.modules !== false)
  const deps: Install | undefined = modules && !pruned && !wholeInstall ? install(facts, true) : undefined
  const compiles = facts.native.scripts.length > 0 && deps !== undefined
  const groups = builds
    ? stages(
        facts,
        bakedMounts(facts),
        [...(pruned && !wholeInstall ? prune(facts) : []), ...dataFolder(facts).commands],
        [
          // Set even where the secret isn't given: the build fails on a name that is unknown.
          ...facts.baked.filter(({ secret }) => secret).map(({ name }) => `${name}="\${${name}-}"`),
        ]
          .map(word => `${word} `)
          .join(''),
      )
    : []
  const how = shutdown(facts)
  const view = {
    ...baseView(facts, wishes, 'base'),
    ...(compiles && { toolchain: facts.native.toolchain }),
    ...(deps && {
      deps: {
        from: compiles ? 'toolchain' : 'base',
        rush: facts.layout.rush?.temp,
        mounts: deps.mounts,
        commands: deps.commands,
      },
    }),
    ...(builds && { build: buildView(facts, groups, compiles) }),
    clients: clientStages(facts, wishes),
    ...(how === 'init' && { init: { packages: ['tini'] } }),
    packages: facts.native.runtime,
    env: runtimeEnv(facts),
    owner: owner(facts, runtime),
    copies: copies(facts, {
      builds,
      modules: deps ? 'deps' : pruned || wholeInstall ? 'build' : undefined,
      init: how === 'init',
      owner: `--chown=${runtime.user}`,
    }),
    workdir: facts.layout.app === '.' ? undefined : home(facts),
    runtime: { ...launch(facts, runtime), ...dataFolder(facts).volume },
  }
  return finish(facts, wishes, runtime, 'node/server', view)
}

/** Whose the working folder is, where the program writes into it. Distroless makes folders its own user's. */
export const owner = ({ program }: NodeFacts, { image, user }: Runtime): string | undefined =>
  program?.writes === true && image.family !== 'distroless' ? user : undefined

/** The environment that the program starts with. */
export function runtimeEnv(facts: NodeFacts): readonly string[] {
  const { program, native } = facts
  const own = Object.entries(program?.env ?? {}).filter(
    ([name]) => name !== 'NODE_ENV' && /^[A-Za-z_]\w*$/.test(name),
  )
  return [
    'NODE_ENV=production',
    ...[...own, ...dataFolder(facts).env, ...Object.entries(native.env)].map(([name, value]) =>
      assignment(name, value),
    ),
  ]
}

/** The folder that the files are written to. */
export const fileFolder = ({ root, dir, app }: NodeFacts['layout']): string => join(root, dir ?? app) || '.'

/** What every plan of this ecosystem ends with. */
export function finish(
  facts: NodeFacts,
  wishes: Wishes,
  runtime: Pick<Runtime, 'resolved' | 'notes'>,
  template: Plan['template'],
  view: Plan['view'],
  extras: Plan['extras'] = [],
): Plan {
  const { layout } = facts
  const dir = fileFolder(layout)
  const everywhere = layout.app === '.' ? '' : '**/'
  const built = [
    ...facts.generated.map(path => (layout.app === '.' ? join(layout.root, path) : `**/${path}`)),
    ...facts.clients.flatMap(({ facts: own }) =>
      own.generated.map(path => (isMember(own) ? `**/${path}` : join(own.layout.root, path))),
    ),
  ]
  const kept = keptForClients(facts.clients)
  const listed = [
    ...new Set(
      [facts, ...facts.clients.map(client => client.facts).filter(isMember)].flatMap(
        item => item.layout.listed,
      ),
    ),
  ]
  const flags = buildFlags(facts)
  const others = layout.others.filter(path => !kept.some(dir => dir === path || dir.startsWith(`${path}/`)))
  return {
    dir,
    template,
    view,
    extras,
    ignore: {
      sections: [
        ...(others.length
          ? [
              {
                comment: `Workspace members that ${layout.dir ?? layout.app} doesn't use`,
                patterns: others.map(contextPath),
              },
            ]
          : []),
        {
          comment: 'Installed or built again inside',
          patterns: [
            '**/node_modules',
            ...leftovers(facts),
            ...built,
            `${everywhere}coverage`,
            '**/*.log',
            '**/*.tsbuildinfo',
          ],
        },
      ],
      // The install reads manifests of members that the app doesn't use.
      keep: [
        ...facts.kept.map(contextPath),
        ...(wantsEveryone(facts.manager) ? others : listed).map(path =>
          contextPath(join(path, 'package.json')),
        ),
      ],
    },
    images: { build: buildImage(facts, wishes).resolved, runtime: runtime.resolved },
    ...(flags && { buildFlags: flags }),
    notes: [...runtime.notes, ...migrationNotes(facts)],
  }
}

const migrationNotes = ({ migrations }: NodeFacts): readonly Note[] =>
  migrations.length
    ? [
        note(
          'MIGRATIONS_LEFT_OUT',
          'info',
          `the container doesn't run ${migrations.join(', ')}: run it once for each deployment, before the new version starts`,
        ),
      ]
    : []

/** What `docker build` is told of secrets. */
const secretFlags = (names: readonly string[]): string =>
  names.map(name => `--secret id=${name},env=${name}`).join(' ')

const buildFlags = (facts: NodeFacts): string =>
  [
    ...([facts, ...facts.clients.map(client => client.facts)].some(({ ssh }) => ssh.length)
      ? [SSH_FLAGS]
      : []),
    ...(secretNames(facts).length ? [secretFlags(secretNames(facts))] : []),
  ].join(' ')

function secretNames({ clients, ...facts }: NodeFacts): readonly string[] {
  const all = [facts, ...clients.map(client => client.facts)]
  return [
    ...new Set(
      all.flatMap(({ secrets, baked }) => [...secrets, ...baked.filter(isSecret).map(({ name }) => name)]),
    ),
  ]
}
