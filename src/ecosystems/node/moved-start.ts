import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { developersEntries } from './bundled-from.ts'
import { takesInAbove } from './common-root.ts'
import { compiledEntry, leavesNames } from './compiled.ts'
import { isCompiledByNest } from './deploy-nest.ts'
import type { Framework } from './frameworks.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import type { Runnable, Start } from './start.ts'
import { sourceOf } from './tsconfig.ts'

const TYPESCRIPT = /\.([cm]?)tsx?$/

type TypeScript = Extract<Runnable, { is: 'typescript' }>

/** What compiles, and what tidies up for it. */
const COMPILERS =
  /^(tsc|nest|tsc-alias|rimraf|rm|del|del-cli|mkdir|mkdirp|cp|cpx|cpy|copyfiles|shx|ncp|echo)$/

/**
 * The program that developers start, where the one for production names a file of the compiler's output that no source
 * comes out as: `node dist/index.js` of sources that have moved to `src/server/index.ts` since.
 */
export function movedStart(app: App, { runs }: Start, build: readonly Command[]): TypeScript | undefined {
  const { project, tsconfig } = app
  const { outDir = '', noEmit } = tsconfig ?? {}
  if (runs.is === 'typescript') {
    // `node dist/index.ts`: the compiler puts no TypeScript there.
    const lacks = runs.runner === 'node' && !project.has(runs.entry)
    const source = lacks ? sourceOf(project, runs.entry.replace(TYPESCRIPT, '.$1js'), tsconfig) : undefined
    return source === undefined ? undefined : meant(source, runs)
  }
  if (runs.is !== 'node' || project.has(runs.entry)) return undefined
  // `index.js`, as `npm init` writes it, beside a folder that the compiler puts everything into.
  const beside = outDir !== '' && !runs.entry.includes('/')
  // `node src/app.js` of src/app.ts, which the compiler puts elsewhere.
  const own = ownSource(runs.entry)
  const isSource = outDir !== '' && !runs.entry.startsWith(`${outDir}/`) && project.has(own)
  if (!beside && !isSource && !runs.entry.startsWith(`${outDir || '.'}/`)) return undefined
  if (
    !build.some(({ words }) => words[0] === 'tsc' || (words[0] === 'nest' && isCompiledByNest(app))) ||
    !build.every(({ words }) => COMPILERS.test(words[0] ?? ''))
  )
    return undefined
  if ((noEmit || isSource) && build.some(emits)) return undefined
  if (isSource && !noEmit) return meant(own, runs)
  const stem = runs.entry.replace(/^.*\/|\.[cm]?js$/g, '')
  const made = project.files.some(
    file =>
      /\.[cm]?[jt]sx?$/.test(file) &&
      file.replace(/^.*\/|\.\w+$/g, '') === stem &&
      compiledEntry(app, file) === join(runs.entry),
  )
  const source = beside || noEmit ? undefined : sourceOf(project, runs.entry, tsconfig)
  if (source !== undefined)
    return comesOutElsewhere(app, source, runs) || failsBuilt(app, source, runs.flags, build)
      ? meant(source, runs)
      : undefined
  if (!beside && !noEmit && made) return undefined
  const [entry, ...others] = developersEntries(app)
  return entry !== undefined && others.length === 0 && /\.[cm]?ts$/.test(entry)
    ? meant(entry, runs)
    : undefined
}

/** The source of the same name in the same place. */
const ownSource = (built: string): string => built.replace(/\.([cm]?)js$/, '.$1ts')

const meant = (entry: string, { args }: Pick<TypeScript, 'args'>): TypeScript => ({
  is: 'typescript',
  runner: 'node',
  entry,
  args,
})

/** `dist/main.js` of `src/main.ts`, where the compiler takes sources beside `src` too, and so keeps that folder. */
function comesOutElsewhere(app: App, source: string, { entry }: { readonly entry: string }): boolean {
  const { rootDir, include = [] } = app.tsconfig ?? {}
  const made = /\.[cm]?tsx?$/.test(source) ? compiledEntry(app, source) : undefined
  return (
    rootDir === undefined &&
    (include.length === 0 || takesInAbove(app.project, source.split('/')[0] ?? '')) &&
    made !== undefined &&
    made !== join(entry) &&
    made.endsWith(`/${source.replace(TYPESCRIPT, '.$1js')}`)
  )
}

/** Whether nobody starts what is compiled: its imports are those of tsx, by which developers start the source. */
const failsBuilt = (
  app: App,
  source: string,
  flags: readonly string[],
  commands: readonly Command[],
): boolean =>
  uses(app, 'tsx') &&
  !flags.some(flag => /loader|import|specifier-resolution/.test(flag)) &&
  /\.[cm]?tsx?$/.test(source) &&
  leavesNames(app, { entry: source }, { commands })

/** Whether a compiler is told other settings than those of tsconfig.json, which keep its output to themselves. */
const emits = ({ words }: Command): boolean =>
  words[0] === 'nest' ||
  (words[0] === 'tsc' &&
    words.some((word, at) =>
      /^-(p|-project|b|-build)$/.test(word)
        ? !/^(\.|(\.\/)?tsconfig\.json)?$/.test(words[at + 1] ?? '')
        : /^--(noEmit|outDir)$|^[^-].*\.[cm]?tsx?$/i.test(word),
    ))

export function movedNote(app: App, missing: string, { entry }: TypeScript, { fact: { source } }: Start) {
  const by = source.from === 'file' && source.detail === 'main' ? 'package.json names' : 'a script starts'
  const own = ownSource(missing) === entry || TYPESCRIPT.test(missing)
  const why =
    compiledEntry(app, entry) === join(missing)
      ? `${missing} would import files by names that tsc leaves as they are and Node.js doesn't find: ${entry}`
      : `no source comes out as ${missing}, which ${by}: ${entry}${own ? '' : ', which developers start,'}`
  return note('START_MOVED', 'warning', `${why} is started in its place; --start says better`, source)
}

/** Whether a script starts what the framework makes as a rule, where this project's build makes another server. */
export const isUsual = (
  framework: Framework,
  { start: other }: { readonly start?: string },
  { runs, fact: { source } }: Start,
): boolean =>
  other !== undefined &&
  source.from === 'file' &&
  runs.is === 'node' &&
  framework.start === `node ${runs.entry}`

/** The note of such a start. @param chosen the other server's */
export const unmadeNote = ({ fact: { value, source } }: Start, { fact: { value: made } }: Start): Note =>
  note(
    'START_MOVED',
    'warning',
    `the build makes no such server as the script starts, ${value}: ${made} is started in its place; --start says better`,
    source,
  )
