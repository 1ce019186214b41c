import type { App } from './app.ts'
import { bundles } from './bundlers.ts'
import { option } from './command-words.ts'
import { configOf } from './config.ts'
import { callsIn, type Part } from './esbuild-scripts.ts'
import { table, texts } from './manifest.ts'
import { watched } from './nodemon.ts'
import { join } from './paths.ts'
import { type Command, expand } from './scripts.ts'

const CODE = /(?<!\.d|\.config)\.[cm]?[jt]sx?$/
/** What developers start to have the program built and started. */
const TOOLS = /(^|\/)(scripts?|tools?|tasks?)\//
const RUNNERS = /^(node|tsx|ts-node(-esm|-dev)?|vite-node|babel-node|nodemon|bun)$/
/** What developers run has names of its own; what it starts beside the server is named otherwise. */
const DEVELOPMENT =
  /^(dev|develop|watch|start[:_-]dev(elopment)?)([:_-](server|backend|api|node))?$|^(server|backend|api)[:_-](dev|watch)$/

/**
 * The source of a program that a bundler makes under another name: the command says it (`esbuild src/api.ts
 * --outfile=dist/index.js`), or the script that calls the bundler, or what developers run instead.
 */
export function bundledFrom(app: App, entry: string, build: readonly Command[]): string | undefined {
  const { project } = app
  const here = (paths: readonly string[]) =>
    paths.map(path => join(path)).filter(path => CODE.test(path) && project.has(path))
  const named = ({ words, dir = '' }: Command) => here(words.slice(1).map(word => join(dir, word)))
  const ways = [
    build.filter(bundles).flatMap(named),
    // Of several bundles the one for Node.js is a program.
    build.filter(bundles).flatMap(command => configured(app, command, entry, isForNode)),
    build.filter(bundles).flatMap(command => configured(app, command, entry)),
    here(build.flatMap(command => named(command).flatMap(path => entriesIn(app, path, entry)))),
    developersEntries(app),
  ]
  // Of several, none is known to be the one.
  return ways.map(found => [...new Set(found)]).find(found => found.length === 1)?.[0]
}

/** Sources that developers start. */
export const developersEntries = (app: App): readonly string[] =>
  developed(app).filter(path => app.project.has(path) && !TOOLS.test(path))

/** What developers start that a build has to make first: `nodemon dist/index.bundle.js`. */
export const developersOutputs = (app: App): readonly string[] =>
  developed(app).filter(path => path.includes('/') && !app.project.has(path))

function developed(app: App): readonly string[] {
  const { scripts } = app.manifest
  const paths = Object.keys(scripts)
    .filter(name => DEVELOPMENT.test(name))
    // What runs on; those before it only prepare.
    .flatMap(name => expand(scripts, name).slice(-1))
    .flatMap(command => executed(app, command))
    .filter(({ words: [program = ''] }) => RUNNERS.test(program))
    .flatMap(({ words, dir = '' }) => words.slice(1).map(word => join(dir, word)))
  return [...new Set(paths)].filter(path => CODE.test(path))
}

/** What nodemon is told to run: `nodemon --watch src --exec "ts-node src/app.ts"`, and by its settings. */
function executed(app: App, command: Command): readonly Command[] {
  const [program, ...args] = command.words
  const given = program === 'nodemon' ? option(args, '--exec', '-x') : undefined
  return given?.includes(' ')
    ? expand({ ...app.manifest.scripts, ' exec': given }, ' exec').slice(-1)
    : watched(app, command)
}

const ENDINGS = ['', '.ts', '.js', '.tsx', '.jsx', '.mjs', '/index.ts', '/index.js', '/index.tsx']

const isForNode = ({ target }: Part): boolean => /^(async-)?node/.test(String(target))

/** What a bundler's settings call their entry: `entry` of webpack and tsup, `input` of Rollup, `build.ssr` of Vite. */
function configured(
  { project }: App,
  { words: [program = '', ...args] }: Command,
  entry: string,
  isMeant: (part: Part) => boolean = () => true,
): readonly string[] {
  const config = configOf(project, option(args, '--config', '-c'), `${program}.config`)
  const stem =
    join(entry)
      .split('/')
      .at(-1)
      ?.replace(/\.[cm]?js$/, '') ?? ''
  return (config?.parts ?? [])
    .filter(isMeant)
    .flatMap(({ entry, input, build, context }) =>
      [entry, input, table(build).ssr, table(table(build).lib).entry]
        .flatMap(given => named(given, stem))
        // webpack looks from its `context` on: https://webpack.js.org/configuration/entry-context/#context
        .map(path => [...(typeof context === 'string' ? [join(context, path)] : []), join(path)]),
    )
    .flatMap(
      paths =>
        paths
          .flatMap(path => ENDINGS.map(ending => path + ending))
          .find(file => CODE.test(file) && project.has(file)) ?? [],
    )
}

/** The entries of some settings: a path, a list of them, or one for each output. */
function named(given: unknown, stem: string): readonly string[] {
  if (typeof given === 'string') return [given]
  if (Array.isArray(given)) return texts(given)
  const all = table(given)
  return texts(Object.hasOwn(all, stem) ? [all[stem]] : Object.values(all))
}

/** `esbuild.build({ entryPoints: ['server/main.ts'], outfile: 'dist/index.js' })` of a script that the build runs */
function entriesIn(app: App, script: string, entry: string): readonly string[] {
  const calls = callsIn(app.project, script)
  const exact = calls.filter(({ outfile }) => typeof outfile === 'string' && join(outfile) === join(entry))
  return (exact.length > 0 ? exact : calls).flatMap(entriesOf)
}

const entriesOf = ({ entryPoints, entrypoints, input }: Part): readonly string[] =>
  [entryPoints, entrypoints, input].flatMap(given =>
    typeof given === 'string' ? [given] : [...texts(given), ...texts(Object.values(table(given)))],
  )
