import type { App } from './app.ts'
import { libraries } from './frameworks.ts'
import { packageOf } from './imports.ts'
import { scan } from './scan.ts'
import { expand } from './scripts.ts'
import { DEVELOPMENT, PRODUCTION } from './start-scripts.ts'
import { exportsSomething, type Module, parseModule, source } from './syntax.ts'

/**
 * A published module that exports something, and neither has a script nor listens, is for others to import; so is one
 * that only hands on what other modules export.
 */
export function isImported(app: App, entry: string): boolean {
  const { manifest, project } = app
  const starts = (name: string): boolean =>
    STARTS.has(name) && expand(manifest.scripts, name).some(({ words }) => words[0] !== 'tsc')
  const isPrivate = manifest.raw.private === true
  const module = project.has(entry) ? parseModule(project, entry) : undefined
  if (module === undefined || (isPrivate && !handsOn(module))) return false
  if (Object.keys(manifest.scripts).some(starts)) return false
  const { listens, imports, specifiers } = scan(project, [entry])
  if (!exportsSomething(module) || listens) return false
  if (isPrivate) return true
  const { publishConfig, files } = manifest.raw
  const published = [publishConfig, files, ...Object.keys(manifest.peerDependencies)].some(Boolean)
  const frameworks = libraries(app)
  if (frameworks.length === 0) return imports.size === 0 || published
  const serving = (specifier: string): boolean =>
    specifier !== CLIENT && frameworks.some(({ packages }) => packages.includes(packageOf(specifier)))
  return imports.size === 0 || ![...specifiers].some(serving)
}

/** `export * from './parse'`, or `module.exports = { extends: ['@commitlint/config-conventional'] }`, and nothing else. */
function handsOn(module: Module): boolean {
  const { topNode } = module.tree
  for (let node = topNode.firstChild; node; node = node.nextSibling) {
    const assigned = node.getChild('AssignmentExpression')
    const target = assigned?.firstChild && source(module, assigned.firstChild)
    const isSettings = target === 'module.exports' && assigned?.lastChild?.name === 'ObjectExpression'
    if (
      !isSettings &&
      !(node.name === 'ExportDeclaration' && node.getChild('String')) &&
      !/Comment$/.test(node.name)
    )
      return false
  }
  return topNode.firstChild !== null
}

/** https://hono.dev/docs/guides/rpc#client */
const CLIENT = 'hono/client'

// Libraries are watched too, by their compiler or tests.
const STARTS = new Set([...PRODUCTION, ...DEVELOPMENT].filter(name => name !== 'watch'))
