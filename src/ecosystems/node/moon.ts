import type { Project } from '../../project/project.ts'
import { table, text, texts } from './manifest.ts'

const WORKSPACE = '.moon/workspace.yml'
/** Task files that a project inherits, what is nearer to it last: https://moonrepo.dev/docs/concepts/task-inheritance */
const inherited = (layer: string, tags: readonly string[]): readonly string[] => [
  '.moon/tasks.yml',
  ...['all', 'node', 'javascript', 'typescript'].flatMap(name =>
    [name, `${name}-${layer}`].map(stem => `.moon/tasks/${stem}.yml`),
  ),
  ...tags.map(tag => `.moon/tasks/tag-${tag}.yml`),
]

/**
 * The tasks of a project of Moon, each as a line of the shell that runs in its folder.
 * @param dir its folder, from the root of the workspace
 * @returns none where Moon doesn't run the repository
 */
export function moonTasks(project: Project, dir: string): Readonly<Record<string, string>> {
  if (!project.has(WORKSPACE)) return {}
  const own = table(project.parse(`${dir}/moon.yml`))
  const { include, exclude = [] } = table(table(own.workspace).inheritedTasks)
  const given = inherited(text(own.layer ?? own.type) ?? 'unknown', texts(own.tags))
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
