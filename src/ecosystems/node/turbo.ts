import semver from 'semver'
import type { Mount } from '../../plan/plan.ts'
import type { Project } from '../../project/project.ts'
import type { Step } from './facts.ts'
import { type Manifest, table, texts, wanted } from './manifest.ts'
import { expand } from './scripts.ts'

/** The build of an app by Turborepo. */
export interface Turbo {
  readonly steps: readonly Step[]
  /** Its cache outlives a build, where tasks say what they make: a hit would bring back nothing else. */
  readonly mounts: readonly Mount[]
}

/** A package as Turborepo sees it. */
interface Package {
  readonly dir: string
  readonly manifest: Manifest
}

/** Tasks that only look, and make nothing that a build needs. */
const CHECKS = /^(lint|test|typecheck|type-check|types|check|format|tsc|eslint|prettier)([:-].*)?$/

/**
 * Members' own scripts in their order are all that `^build` means. What makes more than that, such as generated code,
 * only Turborepo can order.
 * @param project the workspace's root
 * @param app the app, and `members` all that it needs
 * @returns undefined where the members' own scripts do
 */
export function turboBuild(
  project: Project,
  root: Manifest,
  app: Package,
  members: readonly Package[],
): Turbo | undefined {
  const range = wanted(root, 'turbo')
  const config = configOf(project, '.')
  if (range === undefined || config === undefined || !Object.hasOwn(app.manifest.scripts, 'build'))
    return undefined
  const all = [app, ...members]
  const tasks = all.map(member => buildTask(project, config, member))
  const scripts = new Set([
    ...Object.keys(root.scripts).map(name => `//#${name}`),
    ...all.flatMap(({ manifest: { name, scripts: own } }) =>
      Object.keys(own).flatMap(script => [script, `^${script}`, `${name}#${script}`]),
    ),
  ])
  // Another member's build comes before this one's anyway.
  const builds = new Set(['^build', ...members.map(({ manifest: { name } }) => `${name}#build`)])
  const more = tasks
    .flatMap(task => texts(task.dependsOn))
    .some(name => !builds.has(name) && scripts.has(name) && !CHECKS.test(name.replace(/^(\^|.*#)/, '')))
  const before = afterInstall(root)
  if (!more && before.length === 0) return undefined
  const modern = (semver.coerce(range)?.major ?? 2) >= 2
  const filter = app.manifest.name ?? `./${app.dir}`
  const words = [
    'turbo',
    'run',
    'build',
    `--filter=${filter}`,
    // Otherwise the settings of the package manager and the build's arguments don't reach the scripts.
    ...(modern ? ['--env-mode=loose'] : []),
    ...(modern && root.raw.packageManager === undefined
      ? ['--dangerously-disable-package-manager-check']
      : []),
  ]
  const target = modern ? '/app/.turbo/cache' : '/app/node_modules/.cache/turbo'
  return {
    steps: [...before, words].map(run => ({
      words: run,
      env: { TURBO_TELEMETRY_DISABLED: '1' },
      atRoot: true as const,
    })),
    mounts: tasks.every(task => texts(task.outputs).length > 0)
      ? [{ type: 'cache', id: 'turbo', target }]
      : [],
  }
}

/** `postinstall: turbo run codegen` of the root: what the build finds in a developer's checkout. */
const afterInstall = ({ scripts }: Manifest): readonly (readonly string[])[] =>
  ['postinstall', 'prepare'].flatMap(name =>
    expand(scripts, name).flatMap(({ words }) =>
      words[0] === 'turbo' && !words.includes('build') ? [words] : [],
    ),
  )

type Table = Readonly<Record<string, unknown>>

function configOf(project: Project, dir: string): Table | undefined {
  const path = ['turbo.json', 'turbo.jsonc']
    .map(name => (dir === '.' ? name : `${dir}/${name}`))
    .find(file => project.has(file))
  return path === undefined ? undefined : table(project.parse(path))
}

/** A package's own word wins over the root's, and there one about it over one about all. */
function buildTask(project: Project, root: Table, { dir, manifest }: Package): Table {
  const own = tasksOf(configOf(project, dir) ?? {})
  const all = tasksOf(root)
  return { ...table(all.build), ...table(all[`${manifest.name}#build`]), ...table(own.build) }
}

/** `pipeline` until Turborepo 2. */
const tasksOf = ({ tasks, pipeline }: Table): Table => table(tasks ?? pipeline)
