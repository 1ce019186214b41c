/** Scripts for production first; those for development only hint at the entry. */
export const PRODUCTION = [
  'start:prod',
  'start:production',
  'start-prod',
  'start:force',
  'production',
  'prod',
  'serve:prod',
  'start',
  'start:server',
  'start-server',
  'server',
  'serve',
  'start:app',
  'start:backend',
  'start:api',
  'start:node',
  'backend',
  'run',
]
/** The same in other spellings: `start_production_server`, `prod:server`. */
export const FOR_PRODUCTION =
  /^((start|run)[:_-]prod(uction)?([:_-]server)?|prod(uction)?[:_-](server|start|run|api|backend))$/
/** The same of one of several parts, after those of the whole: `server:prod`, `api:start`. */
export const OF_SERVER = /^(server|api|backend|app)[:_-](prod(uction)?|start|run|serve)$/
export const DEVELOPMENT = ['dev', 'start:dev', 'develop', 'watch', 'start:watch', 'dev:server', 'server:dev', 'dev:backend', 'backend:dev', 'dev:api', 'api:dev'] // biome-ignore format: one list
/** The one start of another name, `start:bot`: of several a person says which. */
export function oneStart(scripts: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.keys(scripts).filter(name => /^start[:_-]/.test(name) && !ASIDE.test(name))
  return found.length === 1 ? found : []
}
/** What serves developers, tests and pages, in the same spelling. */
const ASIDE =
  /[:_-](dev|debug|watch|local|test|e2e|ci|mock|docker|compose|client|front|web|ui|docs|story|example|demo)/
/** Servers of tools for models talk through pipes with what starts them, and by HTTP with a container's neighbours. */
export const MCP = ['@modelcontextprotocol/sdk', '@modelcontextprotocol/server', 'fastmcp', 'mcp-framework']
export const BY_HTTP = [
  'start:http',
  'start:streamable-http',
  'start:streamable',
  'start:sse',
  'start:remote',
]
