import type { App } from './app.ts'
import { importsOf, parseModule, source } from './syntax.ts'

/** What a browser alone has, and no Node.js. */
const OF_BROWSERS = new Set(['document', 'window'])

/** What puts components onto a page. */
const RENDERS = /^(react-dom(\/client)?|preact|vue|svelte|solid-js\/web)$/

/**
 * Whether a file is a script of pages: of a package that asks for nothing as it runs, what others put into theirs; of
 * another one, what renders into the page that it is loaded by.
 */
export function isOfPages({ project, manifest }: App, path: string): boolean {
  const module = parseModule(project, path)
  const alone = Object.keys(manifest.dependencies).length === 0
  if (!alone && !(module && importsOf(module).some(name => RENDERS.test(name)))) return false
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      found ||= node.name === 'VariableName' && OF_BROWSERS.has(source(module, node))
      return !found
    },
  })
  return found
}
