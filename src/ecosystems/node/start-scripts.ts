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
const FOR_PRODUCTION =
  /^((start|run)[:_-]prod(uction)?([:_-]server)?|prod(uction)?[:_-](server|start|run|api|backend))$/
/** The same of one of several parts, after those of the whole: `server:prod`, `api:start`. */
const OF_SERVER = /^(server|api|backend|app)[:_-](prod(uction)?|start|run|serve)$/
export const DEVELOPMENT = ['dev', 'start:dev', 'develop', 'watch', 'start:watch', 'dev:server', 'server:dev', 'dev:backend', 'backend:dev', 'dev:api', 'api:dev'] // biome-ignore format: one list

type Scripts = Readonly<Record<string, string>>

/** The names that a script for production may have here, the likeliest first. */
export function productionScripts(scripts: Scripts): readonly string[] {
  const spelled = (form: RegExp) => Object.keys(scripts).filter(name => form.test(name))
  return [...spelled(FOR_PRODUCTION), ...PRODUCTION, ...spelled(OF_SERVER)]
}

/** Those of scripts that hint at the entry where none is for production. */
export const hintingScripts = (scripts: Scripts): readonly string[] => [...oneStart(scripts), ...DEVELOPMENT]

/** The one start of another name, `start:bot`: of several a person says which. */
function oneStart(scripts: Scripts): readonly string[] {
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
