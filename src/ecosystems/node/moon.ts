import type { Project } from '../../project/project.ts'
import { table, text, texts } from './manifest.ts'

const WORKSPACE = '.moon/workspace.yml'
const TASKS = /^\.moon\/tasks\/.+\.ya?ml$/
/** What a project of Node.js has to do with, of all that Moon manages. */
const TOOLCHAINS = ['javascript', 'node', 'typescript', 'npm', 'pnpm', 'yarn', 'bun']

type Settings = Readonly<Record<string, unknown>>

/** What files of tasks ask of a project, with the weight that each condition has: https://moonrepo.dev/docs/config/tasks#inheritedby */
function traits(project: Project, dir: string, own: Settings): readonly Trait[] {
  const typed = project.has(`${dir}/tsconfig.json`)
  const named = Object.keys(table(project.parse('.moon/toolchains.yml')))
  const tools = TOOLCHAINS.filter(name => name === 'javascript' || name === 'node' || named.includes(name))
  return [
    { keys: ['toolchain', 'toolchains'], weight: 50, has: name => tools.includes(name) },
    {
      keys: ['language', 'languages'],
      weight: 50,
      has: name => name === (text(own.language) ?? (typed ? 'typescript' : 'javascript')),
    },
    { keys: ['stack', 'stacks'], weight: 100, has: name => name === (text(own.stack) ?? 'unknown') },
    { keys: ['layer', 'layers'], weight: 150, has: name => name === layerOf(own) },
    { keys: ['tag', 'tags'], weight: 500, has: name => texts(own.tags).includes(name) },
    { keys: ['file', 'files'], weight: 0, has: path => project.has(`${dir}/${path}`) },
  ]
}

interface Trait {
  readonly keys: readonly string[]
  readonly weight: number
  has(name: string): boolean
}

const layerOf = (own: Settings): string => text(own.layer) ?? text(own.type) ?? 'unknown'

/** Moon 1 says by a file's name who inherits it, what is nearer to a project last. */
const byName = (own: Settings): readonly string[] => [
  '.moon/tasks.yml',
  ...['all', 'node', 'javascript', 'typescript'].flatMap(name =>
    [name, `${name}-${layerOf(own)}`].map(stem => `.moon/tasks/${stem}.yml`),
  ),
  ...texts(own.tags).map(tag => `.moon/tasks/tag-${tag}.yml`),
]

/** Moon 2 says it in the file; one without conditions is everyone's. */
function byCondition(project: Project, dir: string, own: Settings, paths: readonly string[]) {
  const known = traits(project, dir, own)
  return paths
    .flatMap(path => {
      const { inheritedBy, order } = table(project.parse(path))
      const asked = known.flatMap(({ keys, weight, has }) =>
        keys.flatMap(key => {
          const wanted = table(inheritedBy)[key]
          return wanted === undefined ? [] : [{ weight, met: meets(wanted, has) }]
        }),
      )
      const weight = typeof order === 'number' ? order : asked.reduce((sum, { weight: own }) => sum + own, 0)
      return asked.every(({ met }) => met) ? [{ path, weight }] : []
    })
    .sort((one, other) => one.weight - other.weight)
    .map(({ path }) => path)
}

/** `node`, `[node, bun]`, `{ or: [node, bun], not: rust }` */
function meets(wanted: unknown, has: Trait['has']): boolean {
  const names = (value: unknown) => [text(value) ?? texts(value)].flat()
  if (typeof wanted === 'string' || Array.isArray(wanted)) return names(wanted).some(has)
  const { and, or, not } = table(wanted)
  return names(and).every(has) && (or === undefined || names(or).some(has)) && !names(not).some(has)
}

/** The files of tasks that a project inherits, what weighs most last: https://moonrepo.dev/docs/concepts/task-inheritance */
function inherited(project: Project, dir: string, own: Settings): readonly string[] {
  const paths = project.files.filter(path => TASKS.test(path))
  const conditional =
    project.has('.moon/toolchains.yml') ||
    paths.some(path => table(project.parse(path)).inheritedBy !== undefined)
  return conditional ? byCondition(project, dir, own, paths) : byName(own)
}

/**
 * The tasks of a project of Moon, each as a line of the shell that runs in its folder.
 * @param dir its folder, from the root of the workspace
 * @returns none where Moon doesn't run the repository
 */
export function moonTasks(project: Project, dir: string): Readonly<Record<string, string>> {
  if (!project.has(WORKSPACE)) return {}
  const own = table(project.parse(`${dir}/moon.yml`))
  const { include, exclude = [] } = table(table(own.workspace).inheritedTasks)
  const given = inherited(project, dir, own)
    .flatMap(path => Object.entries(table(table(project.parse(path)).tasks)))
    .filter(
      ([name]) => (include === undefined || texts(include).includes(name)) && !texts(exclude).includes(name),
    )
  const tasks = new Map<string, Readonly<Record<string, unknown>>>()
  for (const [name, task] of [...given, ...Object.entries(table(own.tasks))])
    tasks.set(name, { ...tasks.get(name), ...table(task) })
  return Object.fromEntries(
    [...tasks.keys()].flatMap(name => {
      const line = lineOf(tasks, name)
      return line === undefined ? [] : [[name, line]]
    }),
  )
}

/** A task after those of its own project that it depends on; undefined where Moon fills something in. */
function lineOf(
  tasks: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  name: string,
  depth = 0,
): string | undefined {
  const task = tasks.get(name)
  if (!task || depth > 8) return undefined
  const words = (value: unknown) => text(value) ?? texts(value).map(quoted).join(' ')
  const line = text(task.script) ?? [words(task.command), words(task.args)].filter(Boolean).join(' ')
  if (!line || line === 'noop' || /@\w+\(|\$(project|workspace|target|task)/.test(line)) return undefined
  const before = [task.deps ?? []]
    .flat()
    .flatMap(dep => text(dep) ?? text(table(dep).target) ?? [])
    .map(dep => dep.replace(/^~:/, ''))
    .filter(dep => !dep.includes(':'))
    .map(dep => lineOf(tasks, dep, depth + 1))
  return [...before, line].filter(part => part !== undefined).join(' && ')
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
