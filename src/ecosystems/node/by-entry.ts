import { byConvention, type Fact } from '../../facts.ts'
import { type App, uses } from './app.ts'
import { bunModule, isForBun } from './bun-module.ts'
import { libraries } from './frameworks.ts'
import { join } from './paths.ts'
import { scan } from './scan.ts'
import type { Runnable, Start } from './start.ts'
import { exportsSomething, parseModule } from './syntax.ts'

/** Where a program's first file usually is, without its extension. */
export const CONVENTIONS = [
  'server',
  'index',
  'app',
  'main',
  'src/index',
  'src/server',
  'src/main',
  'src/app',
  'server/index',
  'bin/www',
  'bin/server',
  'app/index',
  'lib/index',
  'src/bot',
  'bot',
]

/** A script that runs a module which only exports the server: what takes it and listens is what was meant. */
export function listenerAround(app: App, { runs }: Start): Start | undefined {
  const { project } = app
  if (runs.is !== 'node' || libraries(app)[0]?.kind !== 'web') return undefined
  const module = parseModule(project, runs.entry)
  if (!module || !exportsSomething(module) || scan(project, [runs.entry]).listens) return undefined
  const entry = CONVENTIONS.flatMap(stem => [`${stem}.js`, stem]).find(path => {
    const around = path !== runs.entry && project.has(path) ? scan(project, [path]) : undefined
    return around?.listens === true && around.files.has(runs.entry)
  })
  return entry === undefined
    ? undefined
    : {
        ...byEntry(app, entry, byConvention(`node ${entry}`, `what listens around ${runs.entry}`)),
        exporter: runs.entry,
      }
}

/** Where `main` only exports what others import, the one file beside the manifest that listens is the program. */
export function listenerBeside(app: App): Start | undefined {
  const { project, manifest } = app
  const main = join(manifest.main ?? '')
  const module = project.has(main) ? parseModule(project, main) : undefined
  if (!module || !exportsSomething(module) || scan(project, [module.path]).listens) return undefined
  const listeners = project.files.filter(path => {
    if (!BESIDE.test(path) || path === module.path) return false
    const { listens, always } = scan(project, [path], [], 1)
    return listens && always
  })
  const [entry, ...others] = listeners
  return entry === undefined || others.length > 0
    ? undefined
    : byEntry(app, entry, byConvention(`node ${entry}`, `what listens beside ${module.path}`))
}

const BESIDE = /^(?!.*(\.|\b)(config|test|spec|d|dev|mock|proxy|example|demo)\b)[\w-]+\.[cm]?[jt]s$/

const TYPESCRIPT = /\.[cm]?tsx?$/
export function program(app: App, entry: string): Runnable {
  if (!TYPESCRIPT.test(entry) && !(app.manager.id === 'bun' && entry === bunModule(app)))
    return { is: 'node', flags: [], entry, args: [] }
  return isForBun(app) && !uses(app, 'tsx', 'ts-node')
    ? { is: 'bun', entry, args: [] }
    : { is: 'typescript', runner: 'node', entry, args: [] }
}
export const byEntry = (app: App, entry: string, known: Fact<string>): Start => ({
  runs: program(app, entry),
  fact: known,
  env: {},
  migrations: [],
  builds: [],
})
