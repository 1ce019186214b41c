import type { App } from './app.ts'
import { libraries } from './frameworks.ts'
import { packageOf } from './imports.ts'
import { scan } from './scan.ts'
import { expand } from './scripts.ts'
import { DEVELOPMENT, PRODUCTION } from './start-scripts.ts'
import { exportsSomething, parseModule } from './syntax.ts'

/** A published module that exports something, and neither has a script nor listens, is for others to import. */
export function isImported(app: App, entry: string): boolean {
  const { manifest, project } = app
  const starts = (name: string): boolean =>
    STARTS.has(name) && expand(manifest.scripts, name).some(({ words }) => words[0] !== 'tsc')
  if (manifest.raw.private === true || !project.has(entry) || Object.keys(manifest.scripts).some(starts))
    return false
  const module = parseModule(project, entry)
  const { listens, imports, specifiers } = scan(project, [entry])
  if (module === undefined || !exportsSomething(module) || listens) return false
  const { publishConfig, files } = manifest.raw
  const published = [publishConfig, files, ...Object.keys(manifest.peerDependencies)].some(Boolean)
  const frameworks = libraries(app)
  if (frameworks.length === 0) return imports.size === 0 || published
  const serving = (specifier: string): boolean =>
    specifier !== CLIENT && frameworks.some(({ packages }) => packages.includes(packageOf(specifier)))
  return imports.size === 0 || ![...specifiers].some(serving)
}

/** https://hono.dev/docs/guides/rpc#client */
const CLIENT = 'hono/client'

// Libraries are watched too, by their compiler or tests.
const STARTS = new Set([...PRODUCTION, ...DEVELOPMENT].filter(name => name !== 'watch'))
