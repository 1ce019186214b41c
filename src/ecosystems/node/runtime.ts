import type { Project } from '../../project/project.ts'
import { type App, isSince, uses } from './app.ts'
import type { Class } from './classify.ts'
import { nestSource } from './deploy-nest.ts'
import type { NodeFacts } from './facts.ts'
import type { Framework } from './frameworks.ts'
import { join } from './paths.ts'
import { type Scan, scan } from './scan.ts'
import type { Runnable } from './start.ts'
import { readTsConfig, sourceOf } from './tsconfig.ts'

type Program = NonNullable<NodeFacts['program']>

/** Folders that programs read at run time by long habit, whether a literal names them or not. */
const HABITUAL = new Set([
  'public',
  'views',
  'static',
  'templates',
  'locales',
  'i18n',
  'lang',
  'assets',
  'config',
  'resources',
  'emails',
  'proto',
  'protos',
  'swagger',
  'certs',
  'data',
])
/** Never part of a running program. */
const NOT_RUN =
  /^(node_modules|tests?|__tests__|__mocks__|spec|e2e|cypress|docs?|examples?|coverage|scripts|src|\..*|.*\.md|.*\.config\.[cm]?[jt]s|package(-lock)?\.json|pnpm-.*|yarn\.lock|bun\.lockb?|tsconfig.*\.json|Dockerfile.*|LICENSE.*|Procfile|nodemon\.json|jest\..*)$/i

/** Reads the code of the program that starts. */
export function readProgram(
  app: App,
  { start, runs: decided, framework, deployment, needsDevelopment, build, source }: Class,
): { program: Program; found: Scan } | undefined {
  const runs = decided ?? start?.runs
  if (!runs || !start || deployment.is === 'files') return undefined
  const entry = source ?? entrySource(app, runs)
  // A repository of several projects keeps its paths there.
  const config = app.tsconfig ?? readTsConfig(app.project, 'tsconfig.base.json')
  const found = scan(app.project, entry ? [entry] : likelyEntries(app.project), config?.aliases)
  return {
    found,
    program: {
      runs,
      env: start.env,
      handlesSigterm:
        (runs.is === 'bin' || !entry || deployment.is !== 'program'
          ? endsItself(app, framework)
          : found.handlesSigterm) || found.handlesSigterm,
      spawns: found.spawns || uses(app, 'puppeteer', 'puppeteer-core', 'playwright', 'execa'),
      writes: found.writes,
      files: runtimeFiles(
        app,
        runs,
        entry,
        found,
        deployment.is === 'program' ? (deployment.outputs ?? []) : [],
        build.commands.length > 0,
      ),
      needsDevelopment,
      health: found.health,
      portVariable: found.port ? found.port.env : framework?.portVariable,
    },
  }
}

const endsItself = (app: App, framework: Framework | undefined): boolean => {
  const since = framework?.handlesSigterm
  return since === true || (since !== undefined && isSince(app, ...since))
}

function entrySource(app: App, runs: Runnable): string | undefined {
  if (runs.is === 'bin') return undefined
  const { entry } = runs
  const named = nestSource(app, entry)
  if (named && app.project.has(named)) return named
  return app.project.has(entry) ? entry : sourceOf(app.project, entry, app.tsconfig)
}

/** Without an entry, what usually is one. */
const likelyEntries = (project: Project): readonly string[] =>
  [
    'server.ts',
    'server.js',
    'server/index.ts',
    'src/server.ts',
    'app/entry.server.tsx',
    'src/hooks.server.ts',
    'src/index.ts',
    'src/main.ts',
    'src/index.js',
  ].filter(path => project.has(path))

/** What the program needs beside its modules, from the app's folder; `.` where it runs from its sources. */
function runtimeFiles(
  app: App,
  runs: Runnable,
  source: string | undefined,
  found: Scan,
  outputs: readonly string[],
  builds: boolean,
): readonly string[] {
  if (!builds) return ['.']
  // A framework's server reads its output and the public folder.
  if (runs.is === 'bin')
    return outputs.length && !['strapi', 'medusa', 'directus', 'keystone'].includes(runs.name)
      ? outermost([...outputs, ...existing(app, ['public'])])
      : ['.']
  // An adapter's output has its public files in it.
  if (outputs.includes(join(runs.entry))) return outputs
  const [top = ''] = join(runs.entry).split('/')
  if (
    app.project.has(runs.entry) ||
    app.project.dirs.has(top) ||
    !runs.entry.includes('/') ||
    runs.is !== 'node'
  ) {
    if (!(outputs.length && runs.entry !== '' && outputs.includes(join(runs.entry)))) return ['.']
  }
  const sources = source?.split('/')[0]
  const tops = new Set(app.project.files.map(file => file.split('/')[0] ?? ''))
  const read = [...tops].filter(
    name =>
      name !== sources &&
      (found.paths.has(name) || HABITUAL.has(name)) &&
      !NOT_RUN.test(name) &&
      !onlyCode(app.project, name),
  )
  const settings =
    runs.is === 'node' && runs.flags.some(flag => flag.startsWith('tsconfig-paths'))
      ? existing(app, ['tsconfig.json'])
      : []
  return outermost([top || '.', ...outputs, ...read, ...settings].filter(path => path !== '.'))
}

/** Each once, without what lies in another one. */
const outermost = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].filter(path => !paths.some(other => path.startsWith(`${other}/`)))

const existing = (app: App, names: readonly string[]): readonly string[] =>
  names.filter(name => app.project.has(name) || app.project.dirs.has(name))

/** A folder of TypeScript alone is compiled, not read. */
const onlyCode = (project: Project, dir: string): boolean => {
  const inside = project.files.filter(file => file.startsWith(`${dir}/`))
  return inside.length > 0 && inside.every(file => /\.[cm]?tsx?$/.test(file))
}
