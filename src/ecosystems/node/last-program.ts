import type { Source } from '../../facts.ts'
import { type App, usesInProduction } from './app.ts'
import { type Meaning, meaningOf } from './commands.ts'
import { loadersAsFlags } from './loaders.ts'
import { readManifest } from './manifest.ts'
import { watched } from './nodemon.ts'
import { once } from './once.ts'
import { join, joinOutward } from './paths.ts'
import { unmanaged } from './pm2.ts'
import { line, normal } from './runnable.ts'
import { runnerEnv } from './runner-env.ts'
import { scan } from './scan.ts'
import { type Command, shown } from './scripts.ts'
import { interpreted } from './shebang.ts'
import { spelledOut } from './shell-script.ts'
import { isOpen } from './shell-variables.ts'
import type { Runnable, Start } from './start.ts'
import { sourceOf } from './tsconfig.ts'

/** The last command that keeps running is the program; what stands before it prepares. */
export function lastProgram(
  app: App,
  commands: readonly Command[],
  accepts: (runs: Runnable, builds: boolean) => boolean,
  source: Source,
  wish?: string,
): Start | undefined {
  const read = commands
    .flatMap(command => spelledOut(app, command))
    .flatMap(command => unmanaged(app, command))
    .flatMap(command => watched(app, command))
    .map(command => loadersAsFlags(interpreted(app, command)))
    .map(command => ({ command, meaning: located(app, command) }))
  const builds = read
    .filter(
      ({ command, meaning }) =>
        meaning.is === 'build' && !/^(echo|true|husky|wait-on|eslint|prettier)$/.test(command.words[0] ?? ''),
    )
    .map(({ command }) => once(app, command))
  const able = read.flatMap(({ command, meaning }, at) => {
    const runs = isRunnable(meaning) ? normal(app, meaning) : undefined
    return runs && accepts(runs, builds.length > 0) ? [{ at, runs, parallel: command.parallel }] : []
  })
  // Of programs side by side, one that listens is what the others help; a framework's own serves the pages for both.
  const server =
    able.length > 1 && able.at(-1)?.parallel
      ? (able.find(({ runs }) => runs.is === 'bin' && OF_FRAMEWORKS.has(runs.name)) ??
        able.findLast(({ runs }) => runs.is !== 'bin' && isServer(app, runs.entry)))
      : undefined
  const index = (server ?? able.at(-1))?.at ?? -1
  const beside = able.filter(({ at, parallel }) => parallel && at !== index)
  const found = read[index]
  // Files are served once the rest is done, by `node fetch.js && vite` too: that is no program of the package's.
  const shows =
    read
      .slice(index + 1)
      .some(
        ({ command, meaning }) =>
          meaning.is === 'files' || (/^(dev|bin)$/.test(meaning.is) && !command.parallel),
      ) ||
    // A tool of nobody's knowledge that builds follow makes something, and beside a server for development it helps that.
    (found?.meaning.is === 'bin' &&
      (read.slice(index + 1).some(({ meaning }) => meaning.is === 'build') ||
        read.some(({ command, meaning }) => meaning.is === 'dev' && command.parallel)))
  if (!found || !isRunnable(found.meaning) || shows) return undefined
  const runs = normal(app, found.meaning)
  return {
    runs,
    fact: { value: wish ?? line(found.command, runs), source },
    env: {
      ...(runs.is === 'typescript' && runnerEnv(app, found.command, runs.entry)),
      // No shell is in the image that could fill them in.
      ...Object.fromEntries(Object.entries(found.command.env).filter(([, value]) => !isOpen(value))),
    },
    migrations: read
      .slice(0, index)
      .filter(({ meaning }) => meaning.is === 'migration')
      .map(({ command }) => shown(command)),
    builds,
    ...(found.command.parallel &&
      beside.length > 0 && { beside: beside.map(({ at }) => shown(read[at]?.command ?? found.command)) }),
  }
}

/** Servers of frameworks, as scripts start them. */
const OF_FRAMEWORKS = new Set(['next', 'nuxt', 'remix-serve', 'react-router-serve'])

const isServer = ({ project, tsconfig }: App, entry: string): boolean => {
  const source = sourceOf(project, entry, tsconfig)
  return source !== undefined && scan(project, [source], tsconfig?.aliases).listens
}

/** `cd src && node app.js` starts src/app.js; in a folder with a package of its own, that package starts. */
function located(app: App, command: Command): Meaning {
  const meaning = meaningOf(command)
  const { dir } = command
  // The program of another package.
  if (isRunnable(meaning) && meaning.is !== 'bin' && joinOutward(dir ?? '', meaning.entry).startsWith('../'))
    return { is: 'other' }
  if (!dir)
    return isRunnable(meaning) && meaning.is !== 'bin' && isAtHome(app, meaning.entry)
      ? { is: 'other' }
      : meaning
  const own = dir
    .split('/')
    .some((_, index, all) => app.project.has(`${all.slice(0, index + 1).join('/')}/package.json`))
  if (own) return { is: meaning.is === 'build' ? 'build' : 'other' }
  return isRunnable(meaning) && meaning.is !== 'bin'
    ? { ...meaning, entry: join(dir, meaning.entry) }
    : meaning
}

/** Whether an entry lies in a package of its own, with dependencies that the root doesn't have: that package starts. */
export function isAtHome(app: App, entry: string): boolean {
  const path = join(entry).split('/')
  // `node packages/api`: the main file of a package.
  const folder = app.project.has(`${join(entry)}/package.json`) ? path : path.slice(0, -1)
  const dir = folder
    .map((_, index) => folder.slice(0, index + 1).join('/'))
    .findLast(path => app.project.has(`${path}/package.json`))
  const own = Object.keys(
    (dir !== undefined && readManifest(app.project, `${dir}/package.json`)?.dependencies) || {},
  )
  return own.length > 0 && own.every(name => !usesInProduction(app, name))
}

const isRunnable = (meaning: Meaning): meaning is Runnable =>
  ['node', 'typescript', 'bun', 'bin'].includes(meaning.is)
