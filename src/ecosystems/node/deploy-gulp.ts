import type { App } from './app.ts'
import { words } from './command-words.ts'
import { routed } from './deploy-sites.ts'
import { type Deployment, files } from './deployment.ts'
import { evaluate } from './evaluate.ts'
import type { Command } from './scripts.ts'
import { argumentsOf, calleeOf, parseModule } from './syntax.ts'
import { gulpfileOf } from './task-entries.ts'

const PAGES = /\.(html?|pug|jade|njk|hbs|ejs)$/
/** What people call the folder that they put on a server. */
const USUAL = /^(dist|build|public|_site|www|out|output)$/

/** The one folder that the tasks of a gulpfile write the pages to: `gulp.dest('dist/scripts')`. */
export function gulpSite(app: App, build: readonly Command[]): Deployment | undefined {
  const { project } = app
  const path = gulpfileOf(project)
  const module = path === undefined ? undefined : parseModule(project, path)
  if (!module || words(build, 'gulp') === undefined || !project.files.some(file => PAGES.test(file)))
    return undefined
  const tops = new Set<string>()
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression' || !/(^|\.)dest$/.test(calleeOf(module, node))) return
      const { value } = evaluate(module, argumentsOf(node)[0])
      if (typeof value === 'string') tops.add(value.replace(/^\.\//, '').split('/')[0] ?? '')
    },
  })
  const written = [...tops].filter(top => USUAL.test(top))
  return written.length === 1 && written[0] ? files(written[0], [], routed(app)) : undefined
}
