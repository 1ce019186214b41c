import type { Candidate, Fit, Kind } from './ecosystems/ecosystem.ts'
import { ECOSYSTEMS, type EcosystemId, OTHER_LANGUAGES } from './ecosystems/index.ts'
import { UserError } from './errors.ts'
import type { Wishes } from './options/options.ts'
import { globs } from './project/globs.ts'
import type { Project } from './project/project.ts'

const FITS: readonly Fit[] = ['exact', 'likely', 'incidental']
/** A program that answers is what a repository is for, before files, workers and tools. */
const KINDS: readonly Kind[] = ['web', 'worker', 'spa', 'static', 'cli', 'library']

/**
 * Finds every app of a project, in every language, best first.
 * @throws UserError for a manifest that can't be parsed
 */
export async function detect(project: Project, wishes: Wishes): Promise<readonly Candidate[]> {
  const wanted = ECOSYSTEMS.filter(({ id, markers }) =>
    wishes.language ? wishes.language.value === id : matchesAny(project, markers),
  )
  const loaded = await Promise.all(wanted.map(entry => entry.load()))
  return loaded.flatMap(module => module.default.inspect(project, wishes)).sort(compare)
}

/** Whether a project is a workspace that a folder of it belongs to, in any language. */
export async function encloses(project: Project, dir: string): Promise<boolean> {
  const loaded = await Promise.all(
    ECOSYSTEMS.filter(({ markers }) => matchesAny(project, markers)).map(entry => entry.load()),
  )
  return loaded.some(module => module.default.encloses?.(project, dir) ?? false)
}

/** What to say where nothing was found: what the markers at the root are of, if a language knows that. */
export async function nothingHere(project: Project, wishes: Wishes): Promise<UserError> {
  const loaded = await Promise.all(
    ECOSYSTEMS.filter(({ markers }) => matchesAny(project, markers)).map(entry => entry.load()),
  )
  const [reason] = loaded.flatMap(module => module.default.declines?.(project) ?? [])
  if (wishes.language) return nothingFound(wishes)
  if (reason !== undefined)
    return new UserError(
      'NOTHING_FOUND',
      reason,
      'Run the command in the folder of a server, or name a program with --start',
    )
  const other = otherLanguage(project)
  if (other) return nothingFound(wishes, unwrittenFor(other))
  const code = project.files.find(path => UNLISTED.test(path))
  return code === undefined
    ? nothingFound(wishes)
    : new UserError(
        'NOTHING_FOUND',
        `${code} is code without a package.json, which would say what it needs`,
        'Make one with npm init, install what the code imports, and run this again',
      )
}

/** JavaScript or TypeScript at the root of a project, or where its server usually lies. */
const UNLISTED = /^((backend|server|api)\/)?[\w-]+\.[cm]?[jt]s$/

function matchesAny(project: Project, markers: readonly string[]): boolean {
  const matches = globs(markers)
  return project.files.some(file => matches(file))
}

/**
 * A stable order: fit, the root before the rest, then kind (a server before the front end that stands higher), then
 * depth, then the order of the list of ecosystems (sort is stable).
 */
function compare(a: Candidate, b: Candidate): number {
  return (
    FITS.indexOf(a.fit) - FITS.indexOf(b.fit) ||
    Math.min(depth(a), 1) - Math.min(depth(b), 1) ||
    KINDS.indexOf(a.facts.kind.value) - KINDS.indexOf(b.facts.kind.value) ||
    depth(a) - depth(b)
  )
}

const depth = ({ dir }: Candidate): number => (dir === '.' ? 0 : dir.split('/').length)

/**
 * The candidates that a person could mean: one when it is clear, several when they must choose.
 * @param candidates as `detect` orders them
 * @throws UserError NOTHING_FOUND, NO_SUCH_APP
 */
export function choose(candidates: readonly Candidate[], wishes: Wishes): readonly Candidate[] {
  if (candidates.length === 0) throw nothingFound(wishes)
  if (wishes.app) return named(candidates, wishes.app.value)
  const pool = meant(candidates)
  const best = pool.filter(({ fit }) => fit === pool[0]?.fit)
  // The program at the root is the repository's own; what lies deeper belongs to it or stands beside it.
  const atRoot = best.filter(({ dir }) => dir === '.')
  return atRoot.length ? preferServer(atRoot) : best
}

/** What runs, before what is there to be imported; a script beside a library is not what its repository is for. */
function meant(candidates: readonly Candidate[]): readonly Candidate[] {
  const runnable = candidates.filter(({ facts }) => facts.kind.value !== 'library')
  const [first] = candidates
  const isAside = runnable[0]?.fit === 'incidental' && first?.fit !== 'incidental'
  return runnable.length === 0 || isAside ? candidates : runnable
}

/** Of two languages in one folder, the one that serves: the other one builds its front end or its tools. */
function preferServer(candidates: readonly Candidate[]): readonly Candidate[] {
  const languages = new Set(candidates.map(({ ecosystem }) => ecosystem))
  const [first] = candidates
  return languages.size < 2
    ? candidates
    : candidates.filter(({ facts }) => facts.kind.value === first?.facts.kind.value)
}

/**
 * Every app that is one of its own, for `--all`: the best that there is, of each folder what serves.
 * @param candidates as `detect` orders them
 * @throws UserError NOTHING_FOUND
 */
export function everyApp(candidates: readonly Candidate[], wishes: Wishes): readonly Candidate[] {
  if (candidates.length === 0) throw nothingFound(wishes)
  const pool = meant(candidates)
  const best = pool.filter(({ fit }) => fit === pool[0]?.fit)
  return best.filter(app => preferServer(best.filter(({ dir }) => dir === app.dir)).includes(app))
}

function named(candidates: readonly Candidate[], app: string): readonly Candidate[] {
  const wanted = app.replace(/^\.\//, '').replace(/\/+$/, '') || '.'
  const found =
    [
      candidates.filter(({ name }) => name === wanted),
      candidates.filter(({ dir }) => dir === wanted),
      candidates.filter(({ facts }) => facts.mainPackages?.value.includes(wanted)),
      candidates.filter(({ name, dir }) => [name, dir].some(text => text.split('/').at(-1) === wanted)),
    ].find(list => list.length > 0) ?? []
  if (found.length === 0)
    throw new UserError(
      'NO_SUCH_APP',
      `there is no app ${JSON.stringify(app)}`,
      `Apps here: ${listApps(candidates)}`,
    )
  return preferServer(found.filter(({ fit }) => fit === found[0]?.fit))
}

/** `api (services/api), web (services/web)` */
export const listApps = (candidates: readonly Candidate[]): string =>
  candidates.map(({ name, dir }) => (dir === '.' || dir === name ? name : `${name} (${dir})`)).join(', ')

function nothingFound(wishes: Wishes, reason = 'no project was found here'): UserError {
  const languages = ECOSYSTEMS.map(({ title }) => title).join(', ')
  return wishes.language
    ? new UserError(
        'NOTHING_FOUND',
        `nothing of ${titleOf(wishes.language.value)} was found here`,
        'Leave --language out to see what is',
      )
    : new UserError('NOTHING_FOUND', reason, `Run the command in the folder of a project in ${languages}`)
}

export const titleOf = (id: EcosystemId): string => ECOSYSTEMS.find(entry => entry.id === id)?.title ?? id

/** Where the manifest of a program lies, beside that of its pages. */
const PLACES = ['', 'backend/', 'server/', 'api/']

export interface OtherLanguage {
  readonly path: string
  readonly language: string
}

/**
 * A program of a language that nothing is written for, at the root of a project or where its server usually lies.
 * Deno's file beside a package.json is settings of a tool.
 */
export function otherLanguage(project: Project): OtherLanguage | undefined {
  const isProgram = (path: string, language: string) =>
    project.has(path) && (language !== 'Deno' || !project.has(path.replace(/[^/]+$/, 'package.json')))
  for (const place of PLACES)
    for (const [name, language] of Object.entries(OTHER_LANGUAGES))
      if (isProgram(`${place}${name}`, language)) return { path: `${place}${name}`, language }
  return undefined
}

export const unwrittenFor = ({ path, language }: OtherLanguage): string =>
  `${path} is of a program in ${language}, which nothing here is written for`
