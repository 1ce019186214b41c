import type { Exec, Launch } from '../../../plan/plan.ts'
import type { Entry } from '../entry/entry.ts'
import type { PythonFacts } from '../facts.ts'
import { commandWords, gunicornVersion, healthcheck } from '../start.ts'
import { imageOf } from './images.ts'
import { addedServer, hasOwnConfig, readsPort } from './server.ts'

const USER = '65532:65532'

export const portOf = (facts: PythonFacts): number => facts.port?.value ?? 8000

/** How the container starts, is asked and is stopped. */
export function launchOf(facts: PythonFacts, entry: Entry): Launch {
  const distroless = facts.runtimeFamily.value === 'distroless'
  const port = portOf(facts)
  const python = distroless ? '/usr/bin/python3' : 'python'
  const web = facts.kind.value === 'web'
  const asked = readsPort(facts, entry) ? "int(os.environ['PORT'])" : String(port)
  return {
    image: imageOf(facts),
    user: USER,
    port: web ? port : undefined,
    volume: facts.writes.files.length + facts.writes.folders.length > 0 ? '/data' : undefined,
    stopsignal: entry.handlesSigterm ? undefined : 'SIGINT',
    healthcheck: web ? healthcheck(python, asked, entry.health.replace(/['"\\\s]/g, '')) : undefined,
    ...processOf(facts, entry, distroless ? python : undefined),
  }
}

/** A tool is the image's entry point, so that what follows its name are arguments; a service is its command. */
function processOf(
  facts: PythonFacts,
  entry: Entry,
  python: string | undefined,
): Pick<Launch, 'entrypoint' | 'command'> {
  const port = portOf(facts)
  const [program = '', ...args] = commandWords(facts, entry, {
    scripts: python === undefined,
    port: String(port),
    gunicorn: [
      '--worker-tmp-dir',
      '/dev/shm',
      ...(gunicornVersion(facts, addedServer(facts)?.version) === 'new' ? ['--no-control-socket'] : []),
      ...(hasOwnConfig(facts, entry) ? ['--bind', `0.0.0.0:${port}`] : []),
      '--access-logfile',
      '-',
    ],
  })
  const words: Exec = [program, ...args]
  const isTool = facts.kind.value === 'cli'
  // Without arguments a tool says what it takes.
  const help = isTool && entry.offersHelp ? { command: ['--help'] as const } : {}
  if (python)
    return isTool ? { entrypoint: [python, ...words], ...help } : { entrypoint: [python], command: words }
  return isTool ? { entrypoint: words, ...help } : { command: words }
}
