import { type App, usesInProduction } from './app.ts'
import { libraries } from './frameworks.ts'
import { scan } from './scan.ts'
import type { Start } from './start.ts'
import { DEVELOPMENT } from './start-scripts.ts'

/** What serves pages to those who work on them, whichever group names it: `eject` of Create React App makes all dependencies. */
const DEV_SERVERS = ['browser-sync', 'live-server', 'lite-server', 'webpack-dev-server', 'react-dev-utils']
/** What a project of pages has for its developers alone: it serves files, restarts, opens a browser. */
const TOOLS = [
  'webpack-dev-middleware', 'webpack-hot-middleware', 'concurrently', 'gaze',
  'serve-static', 'serve-handler', 'static-server', 'node-static', 'st', 'connect', 'connect-history-api-fallback', 'http-server', 'opn', 'open',
] // biome-ignore format: one list

/**
 * Whether a script starts something for developers beside the pages that are built: a server of theirs, or a helper
 * of their tool. A library for servers among the dependencies says that it is the program.
 * @param site whether the build makes a site
 */
export function isForDevelopers(app: App, { runs, env, fact }: Start, site: boolean): boolean {
  if (fact.source.from === 'flag') return false
  const forProduction = fact.source.from === 'file' && /prod/.test(fact.source.detail ?? '')
  if (site && runs.is !== 'bin' && STANDS_IN.test(runs.entry) && !forProduction) return true
  const found =
    runs.is === 'bin' || !app.project.has(runs.entry) ? undefined : scan(app.project, [runs.entry])
  const servers = libraries(app)
  const serves = servers.some(({ packages }) => packages.some(name => found?.imports.has(name)))
  if (!serves && DEV_SERVERS.some(name => found?.imports.has(name))) return true
  if (servers.length > 0) return false
  // What an API of its own would answer.
  if (runs.is === 'bin') return site && runs.name === 'json-server'
  if (!found) return false
  const { imports, listens } = found
  if (TOOLS.some(name => imports.has(name) && !usesInProduction(app, name))) return true
  return env.NODE_ENV === 'development' || (site && !listens)
}

/** What answers in the place of a server that isn't here. */
const STANDS_IN = /(^|[/._-])(mocks?|stubs?)([/._-]|$)/

/** Whether what developers run only prepares a framework's own server for them: it listens for nothing itself. */
export function prepares(app: App, { runs, fact: { source } }: Start): boolean {
  const script = source.from === 'file' ? source.detail?.replace(/^scripts\./, '') : undefined
  return (
    script !== undefined &&
    DEVELOPMENT.includes(script) &&
    runs.is !== 'bin' &&
    app.project.has(runs.entry) &&
    !scan(app.project, [runs.entry], app.tsconfig?.aliases).listens
  )
}

/** Whether a guessed entry has to do with a server: beside the maker of a site the usual names are those of its pages. */
export function isServer(app: App, { runs }: Start): boolean {
  if (runs.is === 'bin' || !app.project.has(runs.entry)) return true
  const { listens, imports } = scan(app.project, [runs.entry])
  return listens || libraries(app).some(({ packages }) => packages.some(name => imports.has(name)))
}
