import semver from 'semver'
import { EMBEDDED } from '../../knowledge/node-effects.ts'
import type { Project } from '../../project/project.ts'
import { aliasesOf } from './aliases.ts'
import { type App, isSince, uses, usesInProduction } from './app.ts'
import { besideOutput } from './beside-output.ts'
import { besidePacked } from './beside-packed.ts'
import { bundles, isBundled } from './bundlers.ts'
import type { Class } from './classify.ts'
import { demanded } from './demanded.ts'
import { nestSource } from './deploy-nest.ts'
import type { NodeFacts } from './facts.ts'
import type { Framework } from './frameworks.ts'
import { isKeyFile } from './key-files.ts'
import { madePages } from './made-pages.ts'
import { join } from './paths.ts'
import { forDevelopment } from './preloads.ts'
import { type Scan, scan } from './scan.ts'
import type { Command } from './scripts.ts'
import { portArgument, serverOf } from './serving.ts'
import { besideSettings, settingsOf } from './settings-files.ts'
import { settledPort } from './settings-port.ts'
import type { Runnable } from './start.ts'
import { isArchive, localPackages } from './surroundings.ts'
import { sourceOf } from './tsconfig.ts'

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
  'migrations',
  'drizzle',
])
/** Never part of a running program. */
const NOT_RUN =
  /^(node_modules|tests?|__tests__|__mocks__|spec|e2e|cypress|docs?|examples?|coverage|scripts|src|\..*|.*\.md|.*\.config\.[cm]?[jt]s|package(-lock)?\.json|pnpm-.*|yarn\.lock|bun\.lockb?|tsconfig.*\.json|Dockerfile.*|LICENSE.*|Procfile|nodemon\.json|jest\..*)$/i

/** Reads the code of the program that starts. */
export function readProgram(
  app: App,
  { start, runs: decided, framework, deployment, needsDevelopment, build, source }: Class,
): { program: Program; found: Scan; lacking: ReadonlyMap<string, string> } | undefined {
  const home = deployment.is === 'program' ? deployment.home : undefined
  const runs = inside(home, decided ?? start?.runs)
  if (!runs || !start || deployment.is === 'files') return undefined
  const entry = source ?? entrySource(app, runs, home)
  const aliases = aliasesOf(app)
  const before =
    runs.is === 'node' ? runs.flags.map(flag => join(flag)).filter(path => app.project.has(path)) : []
  const seen = scan(app.project, [...(entry ? [entry] : likelyEntries(app.project)), ...before], aliases)
  // A framework's server is made of many entries.
  const beside =
    framework?.tier === 'app' && deployment.is === 'program' && deployment.outputs && !entry
      ? besideOutput(app.project)
      : undefined
  const found =
    seen.listens && seen.port?.value === undefined
      ? { ...seen, port: settledPort(app.project, seen.port?.env) ?? seen.port }
      : seen
  const settings = settingsOf(app.project, deployment)
  const own =
    entry && (!isBundled(app, build.commands, runs) || entry === join(home ?? '.', startedFile(runs) ?? ''))
      ? [entry, ...before]
      : []
  const loaded = new Map([...own, ...settings].flatMap(path => [...demanded(app.project, path, aliases)]))
  const lacking = new Map(needsDevelopment ? [] : [...loaded].filter(([name]) => forDevelopment(app, name)))
  return {
    found,
    lacking,
    program: {
      runs,
      env: start.env,
      handlesSigterm:
        (runs.is === 'bin' || !entry || deployment.is !== 'program'
          ? endsItself(app, framework) || serverOf(runs)?.handlesSigterm === true
          : found.handlesSigterm) || found.handlesSigterm,
      spawns:
        found.spawns ||
        uses(app, 'puppeteer', 'puppeteer-core', 'playwright', 'execa', 'egg-scripts', '@eggjs/scripts'),
      writes:
        found.writes ||
        beside?.writes === true ||
        framework?.writes === true ||
        usesInProduction(app, ...EMBEDDED),
      files:
        deployment.is !== 'program'
          ? besidePacked(app.project, deployment)
          : home !== undefined
            ? [home]
            : runtimeFiles(
                app,
                runs,
                entry,
                found,
                [...(deployment.outputs ?? []), ...besideSettings(app.project, settings)],
                build.commands,
                beside?.folders,
              ),
      needsDevelopment: needsDevelopment || lacking.size > 0,
      health: found.health ?? framework?.health,
      portVariable: portVariable(runs, found, framework),
    },
  }
}

/** The variable that the port comes from; none where the command states the port. */
const portVariable = (runs: Runnable, found: Scan, framework: Framework | undefined): string | undefined =>
  portArgument(runs) !== undefined
    ? undefined
    : found.port
      ? found.port.env
      : (framework?.portVariable ?? serverOf(runs)?.portVariable)

const endsItself = (app: App, framework: Framework | undefined): boolean => {
  const since = framework?.handlesSigterm
  if (since === undefined || since === true) return since === true
  const standIn = framework?.standIn?.(app)
  return standIn?.name === since[0] ? semver.gte(standIn.version, since[1]) : isSince(app, ...since)
}

/** An entry as seen from the folder that is the whole app. */
const inside = (home: string | undefined, runs: Runnable | undefined): Runnable | undefined =>
  home !== undefined && runs && runs.is !== 'bin' && join(runs.entry).startsWith(`${home}/`)
    ? { ...runs, entry: join(runs.entry).slice(home.length + 1) }
    : runs

/** What starts: the program itself, or the file that a program of a dependency is given, as in `fastify start dist/app.js`. */
const startedFile = (runs: Runnable): string | undefined =>
  runs.is === 'bin' ? runs.args.find(word => /^[\w@.][\w@./-]*\.[cm]?[jt]s$/.test(word)) : runs.entry

function entrySource(app: App, runs: Runnable, home = '.'): string | undefined {
  const started = startedFile(runs)
  if (started === undefined) return undefined
  const entry = join(home, started)
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
  build: readonly Command[],
  beside: readonly string[] = [],
): readonly string[] {
  if (build.length === 0) return ['.']
  // A framework's server reads its output and the public folder.
  if (runs.is === 'bin' && outputs.length)
    return outermost([...outputs, ...existing(app, ['public']), ...beside])
  const entry = join(startedFile(runs) ?? '')
  // An adapter's output has its public files in it.
  if (outputs.includes(entry)) return outermost([...outputs, ...beside])
  const [top = ''] = entry.split('/')
  // What a framework builds has the public files in it.
  const bundled = outputs.some(path => entry.startsWith(`${path}/`))
  if (
    app.project.has(entry) ||
    app.project.dirs.has(top) ||
    !entry.includes('/') ||
    (runs.is !== 'node' && runs.is !== 'bin' && !bundled)
  )
    return ['.']
  const sources = source?.split('/')[0]
  const tops = new Set(app.project.files.map(file => file.split('/')[0] ?? ''))
  const read = [...tops].filter(
    name =>
      name !== sources &&
      (found.paths.has(name) || (HABITUAL.has(name) && !(bundled && name === 'public'))) &&
      !NOT_RUN.test(name) &&
      !isKeyFile(name) &&
      (!onlyCode(app.project, name) || isLoaded(name, found)),
  )
  const settings =
    runs.is === 'node' && runs.flags.some(flag => flag.startsWith('tsconfig-paths'))
      ? existing(app, ['tsconfig.json'])
      : []
  const linked = localPackages({ raw: { ...app.manifest.raw, devDependencies: undefined } }).filter(
    path => !isArchive(path),
  )
  return outermost(
    [
      top || '.',
      ...outputs,
      ...read,
      ...besideSources(app.project, sources, found),
      ...shownPages(app.project, sources, found, build),
      ...madePages(app, found, build),
      ...(build.some(bundles) ? [] : outside(top, sources, found)),
      ...linked,
      ...settings,
    ].filter(path => path !== '.'),
  )
}

/** JavaScript that the program imports from beside its sources, and that no compiler moves: `require('../knexfile')`. */
const outside = (top: string, sources: string | undefined, found: Scan): readonly string[] =>
  sources === undefined
    ? []
    : [...found.files].filter(
        path =>
          /\.([cm]?js|json)$/.test(path) &&
          path !== 'package.json' &&
          !path.startsWith(`${sources}/`) &&
          !path.startsWith(`${top}/`) &&
          path !== sources,
      )

/** Files among the sources that no compiler takes along, where the code names them from the root: `src/schema.graphql`. */
const besideSources = (project: Project, sources: string | undefined, found: Scan): readonly string[] =>
  [...found.literals].filter(
    path =>
      sources !== undefined &&
      path.startsWith(`${sources}/`) &&
      !CODE.test(path) &&
      !isKeyFile(path) &&
      (project.has(path) || (project.dirs.has(path) && !onlyCode(project, path))),
  )

/** Pages that a step of the build makes among the sources: `cd src/client && vite build`. */
const shownPages = (
  project: Project,
  sources: string | undefined,
  found: Scan,
  build: readonly Command[],
): readonly string[] =>
  [...found.served].filter(
    path =>
      sources !== undefined &&
      path.startsWith(`${sources}/`) &&
      !project.dirs.has(path) &&
      build.some(({ dir }) => dir !== undefined && path.startsWith(`${join(dir)}/`)),
  )

const CODE = /\.[cm]?[jt]sx?$/

/** Each once, without what lies in another one. */
const outermost = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].filter(path => !paths.some(other => path.startsWith(`${other}/`)))

const existing = (app: App, names: readonly string[]): readonly string[] =>
  names.filter(name => app.project.has(name) || app.project.dirs.has(name))

/** The package `config` loads its files itself, those of TypeScript too: https://github.com/node-config/node-config/wiki/Configuration-Files */
const isLoaded = (name: string, { imports }: Scan): boolean => name === 'config' && imports.has('config')

/** A folder of TypeScript alone is compiled, not read. */
const onlyCode = (project: Project, dir: string): boolean => {
  const inside = project.files.filter(file => file.startsWith(`${dir}/`))
  return inside.length > 0 && inside.every(file => /\.[cm]?tsx?$/.test(file))
}
