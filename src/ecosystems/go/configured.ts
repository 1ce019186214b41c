import { UserError } from '../../errors.ts'
import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import { type Listening, portIn } from './address.ts'

const CONFIG = /\.(ya?ml|json|toml)$/i
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
  /db|database|redis|postgres|mysql|mongo|smtp|mail|kafka|nats|rabbit|amqp|metric|prom|trace|jaeger|otel|elastic|minio|grpc/i

/** The port that a configuration file or a sample of the environment gives, where the source has no default. */
export function configuredPort(
  project: Project,
  files: readonly string[],
  listening: Listening | undefined,
): Fact<number> | undefined {
  const found = files.flatMap(file =>
    project.has(file) ? [file] : project.files.filter(path => path.startsWith(`${file}/`)),
  )
  const likely = project.files.filter(file =>
    /^((conf|config|configs|etc)\/)?(config|conf|app|application|settings|default|local|development|dev)\.(ya?ml|json|toml)$/i.test(
      file,
    ),
  )
  for (const file of new Set([...found, ...likely].filter(path => CONFIG.test(path)))) {
    const port = portOfTree(parsed(project, file), [])
    if (port) return fact(port.port, fromFile(file, port.path.join('.'), project.line(file, ...port.path)))
  }
  return sampled(project, listening)
}

/** A file that can't be parsed is a template or no configuration of this program: it says nothing. */
function parsed(project: Project, file: string): unknown {
  try {
    return project.parse(file)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function portOfTree(
  value: unknown,
  path: readonly string[],
): { port: number; path: readonly string[] } | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || path.length > 3) return undefined
  const entries = Object.entries(value).filter(([key]) => !OTHERS.test(key))
  for (const [key, member] of entries) {
    const text = typeof member === 'number' || typeof member === 'string' ? String(member) : ''
    const named = /^(http_?|server_?|app_?|listen_?|web_?)?(port|addr|address|listen|bind)$/i.test(key)
    const port = named ? portIn(text) : undefined
    if (port !== undefined) return { port, path: [...path, key] }
  }
  for (const [key, member] of entries) {
    const port = portOfTree(member, [...path, key])
    if (port) return port
  }
  return undefined
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
