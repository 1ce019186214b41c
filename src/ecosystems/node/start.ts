import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type App, scriptSource, uses } from './app.ts'
import { bunModule, isOfBun } from './bun-module.ts'
import { isServedByBun } from './bun-server.ts'
import { byEntry, CONVENTIONS, listenerAround, listenerBeside, program } from './by-entry.ts'
import type { Meaning } from './commands.ts'
import { libraries } from './frameworks.ts'
import { isImported } from './imported.ts'
import { isAtHome, lastProgram } from './last-program.ts'
import { mainEntry } from './main-entry.ts'
import { isOfPages } from './of-pages.ts'
import { onlyDefinesServer } from './only-defines.ts'
import { join } from './paths.ts'
import { settingsFile, unmanaged } from './pm2.ts'
import { isCompiled, isForeign, normal, plausible } from './runnable.ts'
import { scan } from './scan.ts'
import { type Command, expand } from './scripts.ts'
import { BY_HTTP, DEVELOPMENT, hintingScripts, MCP, productionScripts } from './start-scripts.ts'
import { type Module, parseModule } from './syntax.ts'
import { gulpEntry, nxEntry } from './task-entries.ts'
import { sourceOf } from './tsconfig.ts'
import { holdsMembers } from './workspaces.ts'

export type Runnable = Extract<Meaning, { is: 'node' | 'typescript' | 'bun' | 'bin' }>

/** How the program is started, out of scripts, manifest and conventions. */
export interface Start {
  readonly runs: Runnable
  /** As its developers would write it. */
  readonly fact: Fact<string>
  readonly env: Readonly<Record<string, string>>
  /** Commands that change a database and ran before the program: a step of their own in a container. */
  readonly migrations: readonly string[]
  /** Commands that build before the program starts. */
  readonly builds: readonly Command[]
  /** The file that a script starts instead, and that only exports the server. */
  readonly exporter?: string
  /** Other programs that the script starts at the same time. */
  readonly beside?: readonly string[]
}

/** @returns undefined when nothing says how the program is started */
export function findStart(app: App, wishes: Wishes, built: boolean): Start | undefined {
  if (wishes.start) return fromWish(app, wishes.start)
  const { scripts } = app.manifest
  const names = productionScripts(scripts)
  for (const name of [...(uses(app, ...MCP) ? BY_HTTP : []), ...names]) {
    const found = fromScript(app, name, built)
    if (found && (!BY_HTTP.includes(name) || hasSource(app, found)))
      return listenerAround(app, found) ?? found
  }
  const around = builtBefore(app)
  if (around) return around
  for (const name of names) {
    const found = fromScript(app, name, built, runs => isCompiled(app, runs))
    if (found) return found
  }
  const own = fromProcfile(app, built) ?? fromSettings(app, built)
  if (own) return own
  const watched = gulpEntry(app)
  if (watched && plausible(app, program(app, watched[0]), built)) return byEntry(app, ...watched)
  const main = fromMain(app, built)
  // What others import or run by name isn't started by a guess.
  if (exportsCode(app)) return servedByBun(app) ?? (main && isProgram(app, main) ? main : undefined)
  const beside = listenerBeside(app)
  if (beside ?? main) return beside ?? main
  const isTools = isOfTools(app)
  const hints = isTools ? [] : hintingScripts(scripts)
  for (const name of hints) {
    const found = Object.hasOwn(scripts, name) ? fromScript(app, name, built) : undefined
    if (found && found.runs.is !== 'bin' && !OF_TOOLS.test(found.runs.entry)) return found
  }
  const bundled = nxEntry(app)
  if (bundled) return byEntry(app, ...bundled)
  // A generator's only program is what its build runs.
  const builders = new Set(expand(scripts, 'build').flatMap(({ words }) => words.map(word => join(word))))
  for (const stem of CONVENTIONS)
    for (const extension of ['.js', '.mjs', '.cjs', '.ts', '.mts', ''])
      if (
        app.project.has(stem + extension) &&
        (extension || stem === 'bin/www') &&
        !isAtHome(app, stem) &&
        !builders.has(stem + extension) &&
        !isImported(app, stem + extension) &&
        !onlyDefinesServer(app, stem + extension) &&
        !isOfPages(app, stem + extension) &&
        !(isTools && isScript(app, stem + extension))
      )
        return byEntry(
          app,
          stem + extension,
          byConvention(`node ${stem}${extension}`, 'an entry file by its usual name'),
        )
  return undefined
}

/** Whether a package is made to be imported, or to be run by its name. */
export function exportsCode(app: App): boolean {
  const { raw, devDependencies } = app.manifest
  return (
    ['exports', 'module', 'types', 'typings', 'bin'].some(
      key => raw[key] !== undefined && !(key === 'module' && isOfBun(app)),
    ) ||
    (raw.files !== undefined &&
      raw.private !== true &&
      (devDependencies.typescript !== undefined || raw.publishConfig !== undefined))
  )
}

const fromWish = (app: App, { value, source }: Fact<string>): Start | undefined =>
  lastProgram(app, expand({ ...app.manifest.scripts, ' wish': value }, ' wish'), () => true, source, value)

function fromScript(
  app: App,
  name: string,
  built: boolean,
  also: (runs: Runnable) => boolean = () => false,
): Start | undefined {
  if (!Object.hasOwn(app.manifest.scripts, name)) return undefined
  const source = scriptSource(app, name)
  return lastProgram(
    app,
    expand(app.manifest.scripts, name, true),
    (runs, builds) => plausible(app, runs, built || builds) || also(runs),
    source,
  )
}

/** Whether a start names a file, or one that a source comes out as. */
const hasSource = ({ project, tsconfig }: App, { runs }: Start): boolean =>
  runs.is !== 'bin' && (project.has(runs.entry) || sourceOf(project, runs.entry, tsconfig) !== undefined)

/** A script of another name that builds what `start` starts: `gulp build && npm start`. */
function builtBefore(app: App): Start | undefined {
  const { scripts } = app.manifest
  const last = (name: string) => expand(scripts, name, true).at(-1)?.words.join(' ')
  const started = last('start')
  return Object.keys(scripts)
    .filter(name => started !== undefined && name !== 'start' && last(name) === started)
    .flatMap(name => fromScript(app, name, false) ?? [])
    .find(({ builds }) => builds.length > 0)
}

/** `web: npm start`: https://devcenter.heroku.com/articles/procfile */
function fromProcfile(app: App, built: boolean): Start | undefined {
  const lines = app.project.text('Procfile')?.split('\n') ?? []
  const index = ['web', 'worker', 'bot']
    .map(type => lines.findIndex(line => line.startsWith(`${type}:`)))
    .find(found => found >= 0)
  const command = index === undefined ? undefined : lines[index]?.replace(/^\w+:/, '')
  if (command === undefined || index === undefined) return undefined
  return lastProgram(
    app,
    expand({ ...app.manifest.scripts, ' procfile': command }, ' procfile'),
    (runs, builds) => plausible(app, runs, built || builds),
    fromFile('Procfile', undefined, index + 1),
  )
}

/** The program that a file of pm2's names, though no script starts pm2. */
function fromSettings(app: App, built: boolean): Start | undefined {
  const file = settingsFile(app.project)
  const command = { env: {}, words: ['pm2', 'start', file ?? ''] }
  const commands = file === undefined ? [] : unmanaged(app, command)
  return file === undefined || commands[0] === command
    ? undefined
    : lastProgram(app, commands, (runs, builds) => plausible(app, runs, built || builds), fromFile(file))
}

/** At the root of a workspace scripts run the members' tools. */
const isOfTools = (app: App): boolean =>
  holdsMembers(app.project, app.manifest) && libraries(app).length === 0

/** What neither listens nor imports a dependency of its package. */
function isScript({ project, manifest }: App, entry: string): boolean {
  const { listens, imports } = scan(project, [entry])
  return !listens && !Object.keys(manifest.dependencies).some(name => imports.has(name))
}

function fromMain(app: App, built: boolean): Start | undefined {
  const key = app.manifest.main ? 'main' : 'module'
  const entry = app.manifest.main ? mainEntry(app, join(app.manifest.main)) : bunModule(app)
  // `index.js`, as `npm init` writes it, is no output of a package below.
  const source = entry && (sourceOf(app.project, entry, app.tsconfig) ?? entry)
  if (entry === undefined || source === undefined || isForeign(app, source)) return undefined
  // The root of a workspace that is none itself: nothing there makes what `npm init` or an older layout named.
  const isEmpty =
    Object.keys(app.manifest.dependencies).length === 0 && holdsMembers(app.project, app.manifest)
  if (isEmpty && !app.project.has(source)) return undefined
  // `bun init` leaves a greeting at the root of what becomes a workspace.
  if (key === 'module' && isOfTools(app) && isScript(app, source)) return undefined
  // `bin/www` of a project that was turned into TypeScript.
  const runs = normal(app, program(app, entry))
  return !OF_TOOLS.test(entry) &&
    // `"main": "package.json"` says that there is none, as does a package of styles or of another language.
    !/\.(json|css|s[ac]ss|less|html?|md|py|rb|php|go|rs|sh)$/.test(entry) &&
    plausible(app, runs, built) &&
    !isImported(app, source) &&
    !isOfPages(app, source) &&
    !(runs.is === 'node' && onlyDefinesServer(app, source))
    ? {
        ...byEntry(
          app,
          entry,
          fact(
            `${runs.is === 'bun' ? 'bun' : 'node'} ${entry}`,
            fromFile('package.json', key, app.project.line('package.json', key)),
          ),
        ),
        runs,
      }
    : undefined
}

/** Whether what a manifest exports, named as its `main` too, is a server that listens by itself. */
function isProgram(app: App, { runs }: Start): boolean {
  const source = runs.is === 'bin' ? undefined : sourceOf(app.project, runs.entry, app.tsconfig)
  if (source === undefined || libraries(app)[0]?.tier !== 'server') return false
  // Beside a command it is the code that the command calls, unless developers start it.
  if (app.manifest.raw.bin !== undefined && !(runs.is !== 'bin' && isDeveloped(app, runs.entry))) return false
  const { listens, always, files } = scan(app.project, [source], app.tsconfig?.aliases)
  return listens && always && [...files].some(path => acts(parseModule(app.project, path)))
}

/** What developers of a package run by Bun, and that Bun serves: its types alone are for others. */
const servedByBun = (app: App): Start | undefined =>
  app.manifest.raw.bin === undefined
    ? DEVELOPMENT.flatMap(name => fromScript(app, name, false) ?? []).find(({ runs }) =>
        isServedByBun(app, runs),
      )
    : undefined

const isDeveloped = (app: App, entry: string): boolean =>
  DEVELOPMENT.some(name => {
    const runs = fromScript(app, name, false)?.runs
    return runs !== undefined && runs.is !== 'bin' && runs.entry === entry
  })

/** Whether a module does something as it is loaded: one that only defines and exports leaves that to others. */
const acts = (module: Module | undefined): boolean =>
  module?.tree.topNode
    .getChildren('ExpressionStatement')
    .some(({ firstChild }) => /^(Call|Await)Expression$/.test(firstChild?.name ?? '')) ?? false

/** Settings of a tool, and what is made for browsers, name themselves so. */
export const OF_TOOLS =
  /(^|\/)(gulpfile|gruntfile)[^/]*$|\.config\.[cm]?[jt]s$|(^|\/)\.\w+rc\.[cm]?[jt]s$|\.min\.js$/i
