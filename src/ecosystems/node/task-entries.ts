import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { evaluate } from './evaluate.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, parseModule } from './syntax.ts'

/** A program that the settings of a task runner name, and how it starts. */
type Entry = readonly [path: string, start: Fact<string>]

/** Nx names the entry and the folder of its output in project.json: https://nx.dev/reference/project-configuration */
export function nxEntry(app: App): Entry | undefined {
  const targets = table(table(app.project.parse('project.json')).targets)
  const options = table(table(targets.build).options)
  const [main, out] = [text(options.main), text(options.outputPath)]
  if (main === undefined || out === undefined) return undefined
  const entry = join(out, (main.split('/').at(-1) ?? '').replace(/\.[cm]?tsx?$/, '.js'))
  return [entry, fact(`node ${entry}`, fromFile('project.json', 'targets.build.options.main'))]
}

/** @returns the path of the project's gulpfile */
export const gulpfileOf = (project: Project): string | undefined =>
  project.files.find(file => /^gulpfile(\.babel)?\.[cm]?[jt]s(\/index\.[cm]?[jt]s)?$/i.test(file))

/** @returns the path of the project's Gruntfile */
export const gruntfileOf = (project: Project): string | undefined =>
  project.files.find(file => /^gruntfile\.[cm]?[jt]s$/i.test(file))

/** A task of gulp runs the program by nodemon: https://github.com/JacksonGariety/gulp-nodemon */
export function gulpEntry({ project }: App): Entry | undefined {
  const path = gulpfileOf(project)
  const module = path === undefined ? undefined : parseModule(project, path)
  let entry: string | undefined
  module?.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression' || !/(^|\.)nodemon$/.test(calleeOf(module, node))) return
      const { script, cwd } = table(evaluate(module, argumentsOf(node)[0]).value)
      if (typeof script === 'string') entry ??= join(text(cwd) ?? '', script)
    },
  })
  return path === undefined || entry === undefined
    ? undefined
    : [entry, fact(`node ${entry}`, fromFile(path))]
}
