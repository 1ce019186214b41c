import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Mount, Plan, View } from '../../plan/plan.ts'
import { contextPath, safe, shell } from '../../plan/words.ts'
import { isSecret } from './baked.ts'
import { buildFolder } from './build-folder.ts'
import { withRevision } from './checkout.ts'
import { isMember, keptForClients } from './clients.ts'
import type { DataFolder } from './data-folder.ts'
import type { NodeFacts } from './facts.ts'
import { SSH_FLAGS, STRICT } from './git-ssh.ts'
import { install } from './install.ts'
import { buildImage, type Runtime } from './launch.ts'
import { wantsEveryone } from './manifests.ts'
import { join } from './paths.ts'
import { losesLinks } from './rebuild.ts'
import { secretsToRun } from './registries.ts'
import { standInView } from './stand-in.ts'
import { assignment, copy, type Stage } from './steps.ts'
import { leftovers, tool } from './tool.ts'
import { againstExample, envFile } from './variables.ts'

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

/** What an install needs in place, since it writes there. */
export const filled = ({ layout }: NodeFacts): readonly string[] =>
  (layout.filled ?? []).map(path => copy([join(layout.root, path)], path))

/** The build stage from its install on. @param toolchain whether a stage with a compiler is there */
export function buildView(facts: NodeFacts, groups: readonly Stage[], toolchain = false): View {
  const { native, buildPackages, installPackages, buildEnv, baked } = facts
  const { mounts, commands } = install(facts, false)
  const compiles = commands.some(command => /\brebuild\b/.test(command))
  const shared = compiles && toolchain
  return {
    from: shared ? 'toolchain' : 'base',
    dir: buildFolder(facts) === '/app' ? undefined : buildFolder(facts),
    rush: facts.layout.rush?.temp,
    // The stage that it begins with has what every install calls for.
    packages: [...new Set([...buildPackages, ...(compiles && !shared ? native.toolchain : [])])]
      .filter(name => !installPackages.includes(name))
      .sort(),
    env: Object.entries(buildEnv).map(([name, value]) => assignment(name, value)),
    hoisted:
      compiles && losesLinks(facts)
        ? `${buildFolder(facts)}/${facts.layout.rush ? `${facts.layout.rush.temp}/` : ''}node_modules/.pnpm/node_modules`
        : undefined,
    copies: filled(facts),
    mounts,
    commands,
    ...(facts.standIn && { standIn: standInView(facts.standIn, facts.layout.app) }),
    args: baked
      .filter(item => !isSecret(item))
      .map(({ name, value }) => (value === undefined ? name : assignment(name, value))),
    stages: withRevision(facts, groups).map(({ copy: copied, mounts: own, commands: run }) => ({
      copied,
      mounts: withSecrets(own, secretsToRun(facts)),
      commands: run ?? [],
      runs: (run ?? []).length > 0,
    })),
  }
}

/** An install has them of its own. */
const withSecrets = (own: readonly Mount[] = [], secrets: readonly Mount[]): readonly Mount[] =>
  own.some(({ type }) => type === 'bind') ? own : [...own, ...secrets]

/** Whose the working folder is, where the program writes into it. Distroless makes folders its own user's. */
export const owner = ({ program }: NodeFacts, { image, user }: Runtime): string | undefined =>
  program?.writes === true && image.family !== 'distroless' ? user : undefined

/** The start script may spell it in another way, which the program then asks for: `NODE_ENV=PRODUCTION`. */
const environment = ({ NODE_ENV: own = '' }: Readonly<Record<string, string>> = {}): string =>
  /^prod(uction)?$/i.test(own) ? own : 'production'

/** The environment that the program starts with. */
export function runtimeEnv(facts: NodeFacts, data: DataFolder): readonly string[] {
  const { program, native } = facts
  const own = Object.entries(program?.env ?? {}).filter(
    ([name]) => name !== 'NODE_ENV' && /^[A-Za-z_]\w*$/.test(name),
  )
  return [
    assignment('NODE_ENV', program?.developing ? 'development' : environment(program?.env)),
    ...[...own, ...data.env, ...Object.entries(native.env)].map(([name, value]) => assignment(name, value)),
  ]
}

/** The folder that the files are written to. */
export const fileFolder = ({ root, dir, app }: NodeFacts['layout']): string => join(root, dir ?? app) || '.'

/** Assignments of the image's environment. */
const setBy = ({ env }: View): readonly string[] =>
  Array.isArray(env) ? env.filter(item => typeof item === 'string') : []

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
  const variables = envFile(facts)
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
                patterns: others.map(path => contextPath(join(layout.root, path))),
              },
            ]
          : []),
        ...(facts.refused.length
          ? [
              {
                comment: 'Outside of the root that the compiler is told, which it ends on',
                patterns: facts.refused.map(path => contextPath(join(layout.root, layout.app, path))),
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
          contextPath(join(layout.root, path, 'package.json')),
        ),
      ],
    },
    images: { build: buildImage(facts, wishes).resolved, runtime: runtime.resolved },
    ...(flags && { buildFlags: flags }),
    ...(variables !== undefined && {
      runFlags: shell('--env-file', variables, ...againstExample(facts, setBy(view))),
    }),
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
