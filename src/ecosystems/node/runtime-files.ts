import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { bundles } from './bundlers.ts'
import type { Scan } from './found.ts'
import { isPrivate } from './key-files.ts'
import { madePages } from './made-pages.ts'
import { published } from './member.ts'
import { namedDeeper } from './named-deeper.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import type { Runnable } from './start.ts'
import { isArchive, localPackages } from './surroundings.ts'

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

/** What starts: the program itself, or the file that a program of a dependency is given, as in `fastify start dist/app.js`. */
export const startedFile = (runs: Runnable): string | undefined =>
  runs.is === 'bin' ? runs.args.find(word => /^[\w@.][\w@./-]*\.[cm]?[jt]s$/.test(word)) : runs.entry

/** What the program needs beside its modules, from the app's folder; `.` where it runs from its sources. */
export function runtimeFiles(
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
    (runs.is === 'typescript' && !bundled)
  )
    return ['.']
  const sources = source?.split('/')[0]
  const tops = new Set(app.project.files.map(file => file.split('/')[0] ?? ''))
  const usable = [...tops].filter(
    name =>
      name !== sources &&
      !NOT_RUN.test(name) &&
      !isPrivate(app.project, name) &&
      (!onlyCode(app.project, name) || isLoaded(name, found)),
  )
  const near = usable.filter(
    name => found.paths.has(name) || (HABITUAL.has(name) && !(bundled && name === 'public')),
  )
  const far = usable.filter(name => !near.includes(name) && holdsData(app.project, name))
  const deeper =
    sources === undefined ? new Set<string>() : namedDeeper(app.project, sources, far, found.files)
  const read = usable.filter(name => near.includes(name) || deeper.has(name))
  // What is compiled as it is loaded goes by the settings of the compiler: https://typestrong.org/ts-node/docs/configuration
  const settings =
    found.imports.has('tsconfig-paths') ||
    (runs.is === 'node' && runs.flags.some(flag => flag.startsWith('tsconfig-paths'))) ||
    read.some(name => isLoaded(name, found) && onlyCode(app.project, name))
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
      ...sourcesRead(app.project, sources, found),
      ...namedData(app.project, usable, found),
      ...checkedBy(app, found),
      ...shownPages(app.project, sources, found, build),
      ...madePages(app, found, build),
      ...(build.some(bundles) ? [] : outside(top, sources, found)),
      ...linked,
      ...settings,
      // A command has what it is published with.
      ...(app.manifest.raw.bin === undefined ? [] : existing(app, published(app.manifest))),
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
      // Those of a bundle are wherever its code lies.
      (sources !== undefined
        ? path.startsWith(`${sources}/`)
        : [...found.files].some(file => file.startsWith(`${path.split('/')[0]}/`))) &&
      path.includes('/') &&
      !CODE.test(path) &&
      !isPrivate(project, path) &&
      (project.has(path) || (project.dirs.has(path) && !onlyCode(project, path))),
  )

/** The folder of the sources, where the code reads what lies beside it there: `send('index.html', { root: '../src' })`. */
const sourcesRead = (project: Project, sources: string | undefined, { around }: Scan): readonly string[] =>
  sources !== undefined && around.has(sources) && !onlyCode(project, sources) ? [sources] : []

/** Data in a folder of tools that the code names whole: `../scripts/openapi.json`. */
const namedData = (project: Project, usable: readonly string[], found: Scan): readonly string[] =>
  [...found.literals].filter(path => {
    const [top = '', ...rest] = path.split('/')
    return (
      rest.length > 0 &&
      /^(scripts|docs?|examples?)$/.test(top) &&
      !usable.includes(top) &&
      project.has(path) &&
      DATA.test(path)
    )
  })

const DATA = /\.(json|ya?ml|graphql|gql|proto|sql|html|txt|csv)$/

/** What is compared with the variables as the program starts: https://www.npmjs.com/package/dotenv-safe */
const checkedBy = (app: App, { imports }: Scan): readonly string[] =>
  imports.has('dotenv-safe') ? existing(app, ['.env.example']) : []

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

/** A folder without code or a package of its own: sounds, fonts, texts. */
const holdsData = (project: Project, dir: string): boolean =>
  project.dirs.has(dir) &&
  project.files.every(
    file => !file.startsWith(`${dir}/`) || !/\.[cm]?[jt]sx?$|(^|\/)package\.json$/.test(file),
  )

/** A folder of TypeScript alone is compiled, not read. */
const onlyCode = (project: Project, dir: string): boolean => {
  const inside = project.files.filter(file => file.startsWith(`${dir}/`))
  return inside.length > 0 && inside.every(file => /\.[cm]?tsx?$/.test(file))
}
