import { fact, fromFile } from '../../facts.ts'
import { note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import type { Build } from './build.ts'
import { libraries } from './frameworks.ts'
import { lackingOf } from './page-loads.ts'
import { argumentsOf, calleeOf, type Module, parseModule, source, textOf } from './syntax.ts'
import { gulpfileOf } from './task-entries.ts'

/** Tasks that make what is put on a server, the surest first. */
const TASKS = ['build', 'build:prod', 'production', 'prod', 'dist', 'compile', 'default']
/** A task that shows the pages to their developer never ends. */
const SHOWS = /watch|serve|sync|connect|livereload|dev/i

/**
 * The task of gulp or Grunt that makes the pages, where no script of package.json runs it: its tool is run by hand then.
 * Pages that are whole without it are served as they stand.
 */
export function taskBuild(app: App): Build | undefined {
  const { project } = app
  if (libraries(app).length > 0 || isWhole(app)) return undefined
  const gulpfile = uses(app, 'gulp') ? gulpfileOf(project) : undefined
  const gruntfile = uses(app, 'grunt')
    ? project.files.find(file => /^gruntfile\.[cm]?js$/i.test(file))
    : undefined
  const path = gulpfile ?? gruntfile
  const module = path === undefined ? undefined : parseModule(project, path)
  if (path === undefined || !module) return undefined
  const tasks = tasksOf(module)
  const task = TASKS.find(
    name => tasks.has(name) && !(name === 'default' && SHOWS.test(tasks.get(name) ?? '')),
  )
  const tool = gulpfile ? 'gulp' : 'grunt'
  return task === undefined
    ? undefined
    : {
        commands: [{ env: {}, words: [tool, task] }],
        fact: fact(`${tool} ${task}`, fromFile(path)),
        notes: [
          note(
            'BUILD_ASSUMED',
            'info',
            `no script builds, so the task ${task} does; --build says better`,
            fromFile(path),
          ),
        ],
      }
}

/** Whether a page lies where it is served from, with all that it loads. */
const isWhole = ({ project }: App): boolean =>
  ['', 'public', 'www', 'site', 'dist', 'build'].some(
    folder =>
      project.has(folder === '' ? 'index.html' : `${folder}/index.html`) &&
      lackingOf(project, folder).length === 0,
  )

/** What a file of tasks defines, each with the code that it stands for: `exports.build = series(...)`, `gulp.task('build', ...)`. */
function tasksOf(module: Module): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  module.tree.iterate({
    enter({ node }) {
      if (node.name === 'CallExpression' && /(^|\.)(task|registerTask)$/.test(calleeOf(module, node))) {
        const name = textOf(module, argumentsOf(node)[0])
        if (name !== undefined) found.set(name, source(module, node))
      }
      if (node.name === 'AssignmentExpression') {
        const target = node.firstChild ? source(module, node.firstChild) : ''
        const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1]
        if (name !== undefined) found.set(name, source(module, node))
      }
      if (node.name === 'ExportDeclaration')
        exported(module, node.getChild('VariableDeclaration') ?? node, found)
    },
  })
  return found
}

/** `export const build = …`, `export function build()`, `export default …` */
function exported(module: Module, node: Parameters<typeof calleeOf>[1], found: Map<string, string>): void {
  const own = node.getChild('FunctionDeclaration') ?? node
  const name = own.getChild('VariableDefinition')
  if (name) found.set(source(module, name), source(module, node))
  else if (node.getChild('default')) found.set('default', source(module, node))
}
