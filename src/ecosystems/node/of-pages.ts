import type { App } from './app.ts'
import { parseModule, source } from './syntax.ts'

/** What a browser alone has, and no Node.js. */
const OF_BROWSERS = new Set(['document', 'window'])

/** Whether a file is a script of pages, of a package that asks for nothing as it runs: what others put into theirs. */
export function isOfPages({ project, manifest }: App, path: string): boolean {
  if (Object.keys(manifest.dependencies).length > 0) return false
  const module = parseModule(project, path)
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      found ||= node.name === 'VariableName' && OF_BROWSERS.has(source(module, node))
      return !found
    },
  })
  return found
}
