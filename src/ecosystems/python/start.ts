import type { Exec } from '../../plan/plan.ts'
import type { Entry, Start } from './entry/entry.ts'
import type { PythonFacts } from './facts.ts'
import { versionOf } from './packages.ts'

/** Modules whose command is on the path of the virtual environment. */
const TOOLS = new Set(['streamlit', 'chainlit', 'celery'])

/** The command as the project's developers would write it. */
export function commandText(start: Start): string {
  switch (start.by) {
    case 'server':
      return serverWords(start, '8000').join(' ')
    case 'module':
      return [
        ...(TOOLS.has(start.module) ? [start.module] : ['python', '-m', start.module]),
        ...start.args,
      ].join(' ')
    case 'script':
      return ['python', start.file, ...start.args].join(' ')
    case 'console':
      return start.name
    case 'command':
      return start.text
  }
}

type Server = Extract<Start, { by: 'server' }>

/** A server's command with where it listens; gunicorn reads that from PORT. */
function serverWords({ server, target, options, factory }: Server, port: string): string[] {
  switch (server) {
    case 'gunicorn':
      return [server, target, ...options]
    case 'uvicorn':
      return [
        server,
        ...(factory ? ['--factory'] : []),
        target,
        '--host',
        '0.0.0.0',
        '--port',
        port,
        ...options,
      ]
    case 'hypercorn':
      return [server, '--bind', `0.0.0.0:${port}`, ...options, factory ? `${target}()` : target]
    case 'daphne':
      return [server, '-b', '0.0.0.0', '-p', port, ...options, target]
    case 'granian':
      return [
        server,
        '--interface',
        'asgi',
        '--host',
        '0.0.0.0',
        '--port',
        port,
        ...(factory ? ['--factory'] : []),
        ...options,
        target,
      ]
    case 'sanic':
      return [server, target, '--host=0.0.0.0', `--port=${port}`, ...(factory ? ['--factory'] : [])]
    case 'waitress-serve':
      return [server, `--listen=0.0.0.0:${port}`, ...(factory ? ['--call'] : []), target]
  }
}

/** gunicorn since 25.1 opens a socket to be controlled by, in a home folder that a numeric user doesn't have. */
export function gunicornVersion(facts: PythonFacts, added: string | undefined): 'old' | 'new' | 'unknown' {
  const version = versionOf(facts.install, 'gunicorn') ?? added
  if (!version) return 'unknown'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 25 || (major === 25 && minor >= 1) ? 'new' : 'old'
}

/**
 * The words of the process.
 * @param python how the interpreter is called; `scripts`: commands of the environment are on the path
 */
export function commandWords(
  facts: PythonFacts,
  entry: Entry,
  options: { readonly scripts: boolean; readonly port: string; readonly gunicorn: readonly string[] },
): string[] {
  const start = entry.start.value
  const tool = (name: string, words: readonly string[]) =>
    options.scripts ? [name, ...words] : ['-m', MODULES[name] ?? name, ...words]
  const python = (words: readonly string[]) => (options.scripts ? ['python', ...words] : [...words])
  switch (start.by) {
    case 'server': {
      const [name = '', ...words] = serverWords(start, options.port)
      return tool(name, start.server === 'gunicorn' ? [...options.gunicorn, ...words] : words)
    }
    case 'module':
      return TOOLS.has(start.module)
        ? tool(start.module, start.args)
        : python(['-m', start.module, ...start.args])
    case 'script':
      return python([start.file, ...start.args])
    case 'console':
      return [start.name]
    case 'command':
      return start.shell ? ['sh', '-c', execText(facts)] : [...start.words]
  }
}

const MODULES: Readonly<Record<string, string>> = { 'waitress-serve': 'waitress' }

/** A command line for a shell, which hands its process over to the program. */
function execText({ start }: PythonFacts): string {
  const text = start?.value ?? ''
  return /&&|\|\||;|^exec\b/.test(text) ? text : `exec ${text}`
}

/** What is asked of the running program, with Python's own client: it doesn't take 400 or a redirect for a failure. */
export function healthcheck(python: string, port: string, path: string): Exec {
  const code = [
    `import http.client${port.includes('os.') ? ', os' : ''}, sys`,
    `c = http.client.HTTPConnection('127.0.0.1', ${port}, timeout=4)`,
    `c.request('GET', '${path}')`,
    'sys.exit(c.getresponse().status > 499)',
  ]
  return [python, '-c', code.join('; ')]
}
