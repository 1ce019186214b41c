import semver from 'semver'
import { EMBEDDED } from '../../knowledge/node-effects.ts'
import type { Project } from '../../project/project.ts'
import { adonisFolders } from './adonis-folders.ts'
import { aliasesOf } from './aliases.ts'
import { type App, isSince, uses, usesInProduction } from './app.ts'
import { babelHelpers } from './babel-helpers.ts'
import { besideOutput, startedBeside } from './beside-output.ts'
import { besidePacked, migrationFolders } from './beside-packed.ts'
import { binFolder } from './bin-folder.ts'
import { bunServer } from './bun-server.ts'
import { bundledFrom } from './bundled-from.ts'
import { isBundled, leavesPackages } from './bundlers.ts'
import type { Class } from './classify.ts'
import { settingsEnvironment } from './config-package.ts'
import { demanded } from './demanded.ts'
import { nestSource } from './deploy-nest.ts'
import { developmentSettings } from './development-settings.ts'
import type { Layout, NodeFacts } from './facts.ts'
import { forProduction } from './for-production.ts'
import type { Scan } from './found.ts'
import { type Framework, libraries } from './frameworks.ts'
import { keptFolders } from './kept-folders.ts'
import { leftBehind } from './left-behind.ts'
import { loadedBundle } from './loaded-bundle.ts'
import { missingFolders } from './log-folders.ts'
import { clientFolders } from './member-client.ts'
import { neighboursOf } from './neighbours.ts'
import { commandSource } from './oclif.ts'
import { ownPort } from './own-port.ts'
import { join } from './paths.ts'
import { broughtForDevelopment, forDevelopment } from './preloads.ts'
import { readPrisma } from './prisma.ts'
import { runtimeFiles, startedFile } from './runtime-files.ts'
import { scan } from './scan.ts'
import type { Command } from './scripts.ts'
import { portArgument, serverOf } from './serving.ts'
import { besideSettings, settingsLoader, settingsOf } from './settings-files.ts'
import { settledPort } from './settings-port.ts'
import type { Runnable } from './start.ts'
import { compiledSource, sourceOf } from './tsconfig.ts'

type Program = NonNullable<NodeFacts['program']>

/** Reads the code of the program that starts. @param layout where the members of its workspace lie */
export function readProgram(
  app: App,
  layout: Pick<Layout, 'app' | 'members'>,
  { start, runs: decided, framework, deployment, needsDevelopment, build, source }: Class,
): { program: Program; found: Scan; lacking: ReadonlyMap<string, string> } | undefined {
  const home = deployment.is === 'program' ? deployment.home : undefined
  const runs = inside(home, decided ?? start?.runs)
  if (!runs || !start || deployment.is === 'files') return undefined
  const named = source ?? entrySource(app, runs, build.commands, home)
  // What a framework makes and starts by itself has many sources.
  const stated = runs.is === 'node' && start.fact.source.from !== 'convention'
  const entry = named ?? (stated ? bundledFrom(app, runs.entry, build.commands) : undefined)
  const aliases = aliasesOf(app)
  const before =
    runs.is === 'node' ? runs.flags.map(flag => join(flag)).filter(path => app.project.has(path)) : []
  const seen = scan(
    app.project,
    [
      ...(entry ? [entry, ...loadedBundle(app, entry, build.commands)] : likelyEntries(app.project)),
      ...before,
      ...handedOn(app.project, runs),
      ...commandSource(app, runs),
    ],
    aliases,
    undefined,
    // What works on a queue takes code from a server's members without being one.
    framework?.tier === 'app' || libraries(app).some(({ tier }) => tier === 'worker')
      ? undefined
      : neighboursOf(app.root, layout.app, layout.members),
  )
  // A framework's server is made of many entries.
  const beside =
    framework?.tier === 'app' && deployment.is === 'program' && deployment.outputs && !named
      ? besideOutput(app.project)
      : undefined
  const adonis = framework?.name === 'adonisjs' ? adonisFolders(app.project) : undefined
  const started = framework?.tier === 'app' && (!named || adonis) ? startedBeside(app) : undefined
  const found = {
    ...seen,
    // A framework's own server listens in production, whatever helps its developers.
    developing:
      framework?.tier === 'app' ? undefined : (seen.developing ?? developmentSettings(app, seen.literals)),
    ...bunServer(app.project, runs, seen),
    ...(seen.listens &&
      seen.port?.value === undefined && {
        port: settledPort(app.project, seen.port?.env) ?? seen.port ?? ownPort(app, seen),
      }),
    ...(started && { programs: new Map([...seen.programs, ...started.programs]) }),
  }
  const settings = settingsOf(app.project, deployment)
  const own =
    named && (!isBundled(app, build.commands, runs) || named === join(home ?? '.', startedFile(runs) ?? ''))
      ? [named, ...before]
      : entry !== undefined && leavesPackages(app, build.commands)
        ? [entry, ...before]
        : []
  const loaded = new Map([
    ...settingsLoader(app.project, seen.imports),
    ...(own.length ? forProduction(app.project, seen.files) : []),
    ...[...own, ...settings].flatMap(path => [...demanded(app.project, path, aliases)]),
  ])
  const lacking = new Map(
    needsDevelopment
      ? []
      : [
          ...[...loaded].filter(([name]) => forDevelopment(app, name) || broughtForDevelopment(app, name)),
          ...(own.length ? babelHelpers(app, build.commands) : []),
        ],
  )
  // Started as for developers, it may load what it has for them under a condition.
  const loadsTheirs =
    found.developing !== undefined && [...found.imports].some(name => forDevelopment(app, name))
  return {
    found,
    lacking,
    program: {
      runs: runs.is === 'typescript' && found.declares ? { ...runs, checks: true } : runs,
      env: { ...settingsEnvironment(app.project, found.imports), ...start.env },
      developing: found.developing !== undefined,
      handlesSigterm:
        (runs.is === 'bin' || !entry || deployment.is !== 'program'
          ? endsItself(app, framework) || serverOf(runs)?.handlesSigterm === true
          : found.handlesSigterm) || found.handlesSigterm,
      bins: binFolder(layout.app, app, runs),
      keepsSandbox: !found.literals.has('--no-sandbox'),
      spawns:
        found.spawns ||
        started?.spawns === true ||
        uses(app, 'puppeteer', 'puppeteer-core', 'playwright', 'execa', 'egg-scripts', '@eggjs/scripts'),
      writes:
        found.writes ||
        beside?.writes === true ||
        adonis?.writes === true ||
        (deployment.is !== 'program' && besideOutput(app.project).writes) ||
        framework?.writes === true ||
        usesInProduction(app, ...EMBEDDED),
      files:
        deployment.is !== 'program'
          ? besidePacked(app.project, deployment)
          : home !== undefined
            ? [home]
            : withClient(
                app,
                runtimeFiles(
                  app,
                  runs,
                  named,
                  found,
                  deployment.outputs ? [...deployment.outputs, ...besideSettings(app.project, settings)] : [],
                  build.commands,
                  beside && [...beside.folders, ...migrationFolders(app.project)],
                ),
              ),
      leftBehind: leftBehind(app, runs, named, found.files, build.commands),
      writers: [...found.writers],
      logs: missingFolders(
        app.project,
        deployment.is === 'program' ? [...found.logs, ...(adonis?.made ?? [])] : [],
        named,
        runs.is === 'bin' ? undefined : join(runs.entry),
      ),
      fills: found.writes && app.root !== app.project ? keptFolders(app.root, found) : [],
      needsDevelopment: needsDevelopment || lacking.size > 0 || loadsTheirs,
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
  const own = framework?.standIn?.(app)?.own
  return own?.name === since[0] ? semver.gte(own.version, since[1]) : isSince(app, ...since)
}

/** An entry as seen from the folder that is the whole app. */
const inside = (home: string | undefined, runs: Runnable | undefined): Runnable | undefined =>
  home !== undefined && runs && runs.is !== 'bin' && join(runs.entry).startsWith(`${home}/`)
    ? { ...runs, entry: join(runs.entry).slice(home.length + 1) }
    : runs

function entrySource(app: App, runs: Runnable, build: readonly Command[], home = '.'): string | undefined {
  const started = startedFile(runs)
  if (started === undefined) return undefined
  const entry = join(home, started)
  const named = nestSource(app, entry)
  if (named && app.project.has(named)) return named
  // An output that somebody committed is made anew.
  const { outDir } = app.tsconfig ?? {}
  const isMade =
    outDir !== undefined && entry.startsWith(`${outDir}/`) && build.some(({ words }) => words[0] === 'tsc')
  const made = isMade ? compiledSource(app.project, entry, app.tsconfig) : undefined
  if (made !== undefined && /\.[cm]?tsx?$/.test(made)) return made
  return app.project.has(entry) ? entry : sourceOf(app.project, entry, app.tsconfig)
}

/** With Prisma's client, where its schema puts that beside the program. */
const withClient = (app: App, files: readonly string[]): readonly string[] =>
  files.includes('.') ? files : [...new Set([...files, ...clientFolders(app.project, readPrisma(app))])]

/** `node with-database.js tsx src/server.ts`: sources that a program is given, to start them most of all. */
const handedOn = (project: Project, runs: Runnable): readonly string[] =>
  runs.is === 'bin'
    ? []
    : runs.args.map(word => join(word)).filter(path => /\.[cm]?[jt]s$/.test(path) && project.has(path))

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
