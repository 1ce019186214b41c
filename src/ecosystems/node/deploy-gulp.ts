import type { SyntaxNode } from '@lezer/common'
import type { App } from './app.ts'
import { option, words } from './command-words.ts'
import { routed } from './deploy-sites.ts'
import { type Deployment, files } from './deployment.ts'
import { evaluate } from './evaluate.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import { argumentsOf, calleeOf, type Module, source, textOf } from './syntax.ts'
import { gulpfileOf } from './task-entries.ts'
import { taskModules } from './task-modules.ts'

const PAGES = /\.(html?|pug|jade|njk|nunjucks|twig|hbs|handlebars|ejs|liquid|mustache)$/
/** What people call the folder that they put on a server. */
const USUAL = /^(dist|build|public|_site|www|out|output)$/
/** The same, where it is a name among others and no task's output. */
const NAMED = /^(dist|dest|build|_site|www|output)$/

/** The one folder that the tasks of a gulpfile write the pages to: `gulp.dest('dist/scripts')`. */
export function gulpSite(app: App, build: readonly Command[]): Deployment | undefined {
  const { project } = app
  const command = words(build, 'gulp')
  if (!command || !project.files.some(file => PAGES.test(file))) return undefined
  const named = option(command, '-f', '--gulpfile')
  const path = named === undefined ? gulpfileOf(project) : join(named)
  if (path === undefined) return undefined
  const modules = taskModules(project, path)
  const written = tops(modules.flatMap(destinations), USUAL)
  // Where the tasks get it from their settings, these name it.
  const found =
    written.length > 0 ? written : tops(modules.flatMap(texts), NAMED).filter(top => !project.dirs.has(top))
  return found.length === 1 && found[0] ? files(found[0], [], routed(app)) : undefined
}

/** The folders at the root that paths lead through. */
const tops = (paths: readonly string[], usual: RegExp): readonly string[] =>
  [...new Set(paths.map(path => path.replace(/^!?(\.\/)?/, '').split('/')[0] ?? ''))].filter(top =>
    usual.test(top),
  )

function destinations(module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression' || !/(^|\.)dest$/.test(calleeOf(module, node))) return
      const { value } = evaluate(module, argumentsOf(node)[0])
      if (typeof value === 'string') found.push(value)
    },
  })
  return found
}

/** Texts that are a path: `'./build'`, `'dest/css'`. A task of the same name has no slash. */
function texts(module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      // What is imported is no output.
      if (node.name === 'ImportDeclaration') return false
      if (node.name === 'CallExpression' && calleeOf(module, node) === 'require') return false
      const text = textOf(module, node) ?? begun(module, node)
      if (text?.includes('/')) found.push(text)
      return undefined
    },
  })
  return found
}

/** What a template begins with before its first hole. */
const begun = (module: Module, node: SyntaxNode): string | undefined =>
  node.name === 'TemplateString' ? source(module, node).slice(1).split('${')[0] : undefined
