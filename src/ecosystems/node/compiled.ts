import { byConvention, fact } from '../../facts.ts'
import { note } from '../../plan/notes.ts'
import { type App, uses, usesInProduction } from './app.ts'
import { runsAsItIs } from './as-it-is.ts'
import { importsBare, isBare } from './bare-imports.ts'
import type { Build } from './build.ts'
import { isForBun } from './bun-module.ts'
import { lacksCompiler } from './chosen-compiler.ts'
import type { Class } from './classify.ts'
import { commonRoot } from './common-root.ts'
import { bundlesOf } from './esbuild-scripts.ts'
import { resolveImport } from './imports.ts'
import { table } from './manifest.ts'
import { join } from './paths.ts'
import { PATHS } from './runner-options.ts'
import { scan } from './scan.ts'
import type { Runnable, Start } from './start.ts'
import { sourceOf } from './tsconfig.ts'

/** A start by TypeScript sources: as it is where production can, compiled where a build makes it, else with all dependencies. */
export function typescript(
  app: App,
  runs: Extract<Runnable, { is: 'typescript' }>,
  given: Build,
  start: Start,
): Pick<Class, 'build' | 'runs' | 'source' | 'needsDevelopment' | 'notes' | 'start'> {
  const runner = runs.runner === 'node' ? runnerOf(app) : runs.runner
  const stuck = runner === 'node' && !isForBun(app) && !runsAsItIs(app.project, runs.entry)
  const build = stuck && given.commands.length === 0 ? (compiler(app, start) ?? given) : given
  const bundle = bundlesOf(app, build.commands).find(({ source }) => source === join(runs.entry))
  const compiled =
    bundle?.path ??
    (build.commands.length > 0 && app.tsconfig?.noEmit !== true ? compiledEntry(app, runs.entry) : undefined)
  const names = runner === 'tsx' && compiled !== undefined && leavesNames(app, runs, build)
  const direct =
    (runs.runner !== 'node' && runsTypeScript(app, runs.runner)) || keepsNames(runs, build) || names
  if (compiled && !direct) {
    const flags = loadedBefore(app, runs)
    const entry: Runnable = { is: 'node', flags, entry: compiled, args: runs.args }
    const shown = fact(['node', ...flags, compiled, ...runs.args].join(' '), start.fact.source)
    return {
      build,
      runs: entry,
      ...(app.project.has(runs.entry) && { source: runs.entry }),
      start: { ...start, fact: shown },
      needsDevelopment: false,
      notes: [],
    }
  }
  const ready = runsTypeScript(app, runner)
  // `node -r ts-node/register dist/index.js`: what is loaded before it reads the sources that its output names.
  const output = /\.[cm]?js$/.test(runs.entry) && !app.project.has(runs.entry)
  const compiles = ({ words }: Build['commands'][number]) =>
    /^(tsc|eslint|rimraf|rm|tsc-alias|echo)$/.test(words[0] ?? '')
  return {
    // What is run from its sources needs no compiler's output, but may need a front end.
    build: !output && build.commands.every(compiles) ? { commands: [] } : build,
    runs: { ...runs, runner, ...(isEsModule(app, runs.entry) && { esm: true }) },
    start,
    needsDevelopment: !ready,
    notes: ready
      ? stuck
        ? [
            note(
              'TYPESCRIPT_NOT_COMPILED',
              'warning',
              `Node.js takes types off and nothing else, which is too little for ${runs.entry}: name typescript or tsx in package.json, and compile it or start with that`,
              start.fact.source,
            ),
          ]
        : []
      : [
          note(
            'DEVELOPMENT_RUNNER',
            'warning',
            `the program is started by ${runner}, a development dependency, so all of them are in the image; a build script with ${names ? 'tsc-alias, for the names of files that tsc leaves as they are,' : 'tsc'} would leave them out`,
            start.fact.source,
          ),
        ],
  }
}

/** https://nodejs.org/api/packages.html#determining-module-system */
const isEsModule = ({ manifest: { raw } }: App, entry: string): boolean =>
  /\.mts$/.test(entry) || (raw.type === 'module' && /\.tsx?$/.test(entry))

/** What runs TypeScript here. A restarter of ts-node's brings that along, at the top of what npm and Yarn install. */
function runnerOf(app: App): string {
  const own = ['tsx', 'ts-node'].find(name => uses(app, name))
  const brought = uses(app, 'ts-node-dev') && app.manager.id !== 'pnpm' && !canCompile(app)
  return own ?? (brought ? 'ts-node' : 'node')
}

/** The compiler leaves names of paths as they are, which the preloaded module goes by: they lead to the sources. */
const keepsNames = ({ preload }: Extract<Runnable, { is: 'typescript' }>, { commands }: Build): boolean =>
  preload?.some(word => PATHS.test(word)) === true &&
  commands.every(({ words: [program] }) => ONLY_COMPILES.test(program ?? ''))

const ONLY_COMPILES =
  /^(tsc|rimraf|rm|del|del-cli|mkdir|mkdirp|cp|cpx|cpy|copyfiles|shx|ncp|echo|eslint|prettier|prisma)$/

/**
 * Whether the program imports by names that stand in its output too, where they mean nothing to Node.js: of paths of
 * tsconfig.json, or of files of ES modules without their extension.
 */
export function leavesNames(
  app: App,
  { entry }: { readonly entry: string },
  { commands }: Pick<Build, 'commands'>,
): boolean {
  const aliases = app.tsconfig?.aliases ?? []
  const isModule = isEsModule(app, entry)
  if (!isModule && aliases.length === 0) return false
  const rest = commands.filter(({ words: [program] }) => !ONLY_COMPILES.test(program ?? ''))
  if (!rest.every(({ words }) => words[0] === 'tsc-alias' && !addsExtensions(app, words))) return false
  const { specifiers, imports, files } = scan(app.project, [entry])
  const named = [...specifiers].filter(name =>
    [...files].some(file => resolveImport(app.project, file, name, aliases)),
  )
  return (
    (isModule && (importsBare(app.project, files) || named.some(isBare))) ||
    (rest.length === 0 && !imports.has('module-alias') && named.length > 0)
  )
}

/** https://github.com/justkey007/tsc-alias#configuration */
const addsExtensions = ({ project }: App, words: readonly string[]): boolean =>
  words.some(word => /^(-f|--resolve-full-paths)$/.test(word)) ||
  table(table(project.parse('tsconfig.json'))['tsc-alias']).resolveFullPaths === true

/** The compiler's output of the project's own modules that are loaded before the program. */
const loadedBefore = (
  app: App,
  { preload = [] }: Extract<Runnable, { is: 'typescript' }>,
): readonly string[] =>
  preload.flatMap((word, index) => {
    const option = preload[index - 1]
    const path = join(word)
    const made =
      /^\.\/.*\.[cm]?ts$/.test(word) && app.project.has(path) ? compiledEntry(app, path) : undefined
    return option === undefined || made === undefined ? [] : [option, `./${made}`]
  })

/** The compiler's own command, which may be one of our choice. */
function compiler(app: App, { fact: { source } }: Start): Build | undefined {
  // A script that has Node.js run the source says that it can.
  const chosen = source.from === 'convention' && lacksCompiler(app)
  if (!hasOutput(app) || !(chosen || uses(app, 'typescript'))) return undefined
  return {
    commands: [{ env: {}, words: ['tsc'] }],
    fact: byConvention('tsc', 'Node.js runs no such TypeScript by itself'),
  }
}

const hasOutput = ({ tsconfig }: App): boolean => tsconfig?.outDir !== undefined && tsconfig.noEmit !== true

const canCompile = (app: App): boolean => uses(app, 'typescript') && hasOutput(app)

/**
 * A start by TypeScript sources, as production can do it: the compiled file where a build makes it.
 * @returns the path of the compiled entry
 */
export function compiledEntry(app: App, entry: string): string | undefined {
  const { tsconfig, manifest } = app
  const main = manifest.main && join(manifest.main)
  const out = tsconfig?.outDir
  // `npm init` writes "index.js" for a file that nothing makes; beside its source nothing makes it either.
  const beside = out !== undefined && app.project.has(main?.replace(/\.([cm]?)js$/, '.$1ts') ?? '')
  const stated = (main?.includes('/') || !out) && !beside && !app.project.has(`${main}.ts`)
  if (main && stated && !app.project.has(main) && sourceOf(app.project, main, tsconfig) === entry) return main
  if (!out) return undefined
  // `tsx build/index.js` names the output itself.
  if (/\.[cm]?js$/.test(entry) && join(entry).startsWith(`${join(out)}/`) && !app.project.has(join(entry)))
    return join(entry)
  const root = tsconfig?.rootDir ?? commonRoot(app, entry)
  const inner = root && entry.startsWith(`${root}/`) ? entry.slice(root.length + 1) : entry
  return join(out, inner.replace(/\.([cm]?)tsx?$/, '.$1js'))
}

/** Whether a program that runs TypeScript has what it needs in production: ts-node asks for the compiler as a peer. */
const runsTypeScript = (app: App, runner: string): boolean =>
  runner === 'node' ||
  (usesInProduction(app, runner) &&
    !(
      runner === 'ts-node' &&
      !usesInProduction(app, 'typescript') &&
      app.lock.packages.some(({ name, production }) => name === 'typescript' && !production)
    ))

export const hasTypeScript = (app: App): boolean => uses(app, 'typescript') || app.tsconfig !== undefined
