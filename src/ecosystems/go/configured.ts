import { UserError } from '../../errors.ts'
import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import { type Listening, portIn } from './address.ts'
import { inside } from './modules.ts'

const CONFIG = /\.(ya?ml|json|toml|ini|conf|properties)$/i
/** Configuration files by the names that most projects give them, from the module's folder. */
const LIKELY =
  /^((conf|config|configs|etc)\/)?(config|conf|app|application|settings|default|local|development|dev)\.(ya?ml|json|toml|ini)$/i
/** Names of the part of a configuration that is about the program's own server. */
const OWN = /^(server|http|httpd|web|app|api|listen|rest|service|system)/i
/** Files that show what a program is set to when no code does. */
const SAMPLES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  'example.env',
  'sample.env',
  '.env.dist',
  'env.example',
  'app.env',
]
const OTHERS =
  /db|database|redis|postgres|mysql|mongo|smtp|mail|kafka|nats|rabbit|amqp|metric|prom|trace|jaeger|otel|elastic|minio|grpc|acme|challenge|ssh|ftp|webdav|plugin|client|upstream|proxy|debug|admin|pprof/i

/** The port that a configuration file or a sample of the environment gives, where the source has no default. */
export function configuredPort(
  project: Project,
  module: string,
  files: readonly string[],
  listening: Listening | undefined,
): Fact<number> | undefined {
  const found = files.flatMap(file =>
    project.has(file) ? [file] : project.files.filter(path => path.startsWith(`${file}/`)),
  )
  const likely = project.files.filter(file => LIKELY.test(inside(module, file) ?? ''))
  // The file at the top is the program's own; deeper ones may be a part's.
  const all = [...new Set([...found, ...likely])].filter(path => CONFIG.test(path))
  for (const file of all.sort((a, b) => a.split('/').length - b.split('/').length)) {
    const port = portOfTree(parsed(project, file))
    if (port) return fact(port.port, fromFile(file, port.path.join('.'), project.line(file, ...port.path)))
  }
  return sampled(project, listening)
}

/** A file that can't be parsed is a template or no configuration of this program: it says nothing. */
function parsed(project: Project, file: string): unknown {
  if (/\.(ini|conf|properties)$/i.test(file)) return ini(project.text(file) ?? '')
  try {
    return project.parse(file)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

interface Found {
  readonly port: number
  readonly path: readonly (string | number)[]
}

/** The best of all ports in a configuration: one of a server for HTTP, else the one that stands highest. */
function portOfTree(value: unknown): Found | undefined {
  const cost = ({ path }: Found) => (path.some(part => OWN.test(String(part))) ? 0 : 10) + path.length
  return ports(value, []).sort((a, b) => cost(a) - cost(b))[0]
}

function ports(value: unknown, path: readonly (string | number)[]): Found[] {
  if (value === null || typeof value !== 'object' || path.length > 4) return []
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()].slice(0, 3)
    : Object.entries(value)
  return entries.flatMap(([key, member]) => {
    if (OTHERS.test(String(key))) return []
    const text = typeof member === 'number' || typeof member === 'string' ? String(member) : ''
    const named = /^(http_?|server_?|app_?|listen_?|web_?)?(port|addr|address|listen|bind)$/i.test(
      String(key),
    )
    const port = named ? portIn(text) : undefined
    return port === undefined ? ports(member, [...path, key]) : [{ port, path: [...path, key] }]
  })
}

/** `[server]` and `HttpPort = 8000`, as sections of keys. */
function ini(text: string): unknown {
  const sections: Record<string, Record<string, string>> = { app: {} }
  let section = 'app'
  for (const line of text.split('\n')) {
    section = /^\s*\[([\w.-]+)\]\s*$/.exec(line)?.[1] ?? section
    const [, key, value] = /^\s*([\w.-]+)\s*[=:]\s*["']?([^"'\s#;]*)/.exec(line) ?? []
    if (key && value) sections[section] = { ...sections[section], [key]: value }
  }
  return sections
}

function sampled(project: Project, listening: Listening | undefined): Fact<number> | undefined {
  const wanted = listening?.portVariable
  for (const file of SAMPLES)
    for (const [at, line] of (project.text(file) ?? '').split('\n').entries()) {
      const [, name = '', value = ''] =
        /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*["']?([^"'\s#]*)/.exec(line) ?? []
      const fits = wanted
        ? name === wanted
        : /^((HTTP|SERVER|APP|WEB|API|LISTEN)_)*(PORT|ADDR|ADDRESS)$/.test(name)
      const port = fits && !OTHERS.test(name) ? portIn(value) : undefined
      if (port !== undefined) return fact(port, fromFile(file, name, at + 1))
    }
  return undefined
}
