import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Step } from './facts.ts'
import { join, relative, TESTED } from './paths.ts'
import { importsOf, parseModule } from './syntax.ts'

/** A name that an import writes in other letters than the file or folder that it means. */
export interface CaseLink {
  /** As the import says: `server/DataBase`. */
  readonly link: string
  /** What is there, from the same folder: `Database`, `../Utility/ping.ts`. */
  readonly target: string
  /** The file that imports it. */
  readonly by: string
}

/** A bound: a large repository must not cost a second. */
const MAX_FILES = 1500
const SOURCES = /(?<!\.d)\.([cm]?[jt]sx?|vue|svelte)$/
const EXTENSIONS = ['', '.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.json']
/** A cheap look before a file is parsed: few name anything that isn't there. */
const NAMED = /['"](\.\.?\/[^'"\n]+)['"]/g

/**
 * Imports that macOS and Windows find, whose file systems take `./Header` for `header.js`, and Linux doesn't.
 * https://nodejs.org/en/learn/manipulating-files/nodejs-file-paths
 */
export function caseLinks(project: Project): readonly CaseLink[] {
  const sources = project.files
    .filter(path => SOURCES.test(path) && !TESTED.test(path) && !/(^|\/)(public|static)\//.test(path))
    .slice(0, MAX_FILES)
  let names: Names | undefined
  const links = new Map<string, CaseLink>()
  for (const by of sources) {
    const folder = by.split('/').slice(0, -1).join('/')
    const missed = [...(project.text(by)?.matchAll(NAMED) ?? [])]
      .map(([, specifier = '']) => specifier)
      .filter(specifier => !isThere(project, join(folder, specifier)))
    if (missed.length === 0) continue
    names ??= spelled(project)
    const meant = missed.filter(specifier => names?.meant(join(folder, specifier)) !== undefined)
    if (meant.length === 0) continue
    const module = parseModule(project, by)
    const imported = new Set(module ? importsOf(module) : [])
    for (const specifier of meant)
      if (imported.has(specifier))
        for (const { link, target } of names.links(join(folder, specifier)))
          if (!links.has(link)) links.set(link, { link, target, by })
  }
  return [...links.values()].sort((a, b) => (a.link < b.link ? -1 : 1))
}

const isThere = (project: Project, path: string): boolean =>
  project.dirs.has(path) ||
  EXTENSIONS.some(extension => project.has(path + extension)) ||
  isSource(project, path)

/** `./a.js` of `a.ts`, as modules of TypeScript are named. */
const isSource = (project: Project, path: string): boolean =>
  /\.[cm]?jsx?$/.test(path) &&
  ['ts', 'tsx', 'mts', 'cts'].some(end => project.has(path.replace(/\.[cm]?jsx?$/, `.${end}`)))

interface Names {
  /** What a path means when letters are taken for the same, great or small. */
  meant(path: string): string | undefined
  /** The names on the way to it that are written otherwise. */
  links(path: string): readonly { readonly link: string; readonly target: string }[]
}

function spelled(project: Project): Names {
  const known = new Map<string, string | undefined>()
  // Where two differ in their letters alone, nobody knows which one is meant.
  for (const path of [...project.dirs, ...project.files]) {
    const key = path.toLowerCase()
    known.set(key, known.has(key) ? undefined : path)
  }
  const meant = (path: string) =>
    EXTENSIONS.map(extension => known.get((path + extension).toLowerCase())).find(
      found => found !== undefined,
    )
  return {
    meant,
    links(path) {
      const written = path.split('/')
      const real = meant(path)?.split('/') ?? []
      const found: { link: string; target: string }[] = []
      const extension = (real.at(-1) ?? '').slice(written.at(-1)?.length)
      let folder = ''
      for (const [index, target] of real.entries()) {
        const last = index === real.length - 1
        const name = last ? `${written[index]}${extension}` : (written[index] ?? target)
        const link = join(folder, name)
        const meant = real.slice(0, index + 1).join('/')
        // A folder of that very name holds other files.
        if (!project.dirs.has(link) && link !== meant)
          found.push({ link, target: relative(folder || '.', meant) })
        // Behind a link all is where it leads.
        folder = project.dirs.has(link) ? link : meant
      }
      return found
    },
  }
}

/** What makes the names, before anything reads the code. */
export const linkSteps = (links: readonly CaseLink[]): readonly Step[] =>
  links.map(({ link, target }) => ({ words: ['ln', '-s', target, link] }))

export const linkNotes = ([first, ...others]: readonly CaseLink[]): readonly Note[] =>
  first === undefined
    ? []
    : [
        note(
          'NAMES_DIFFER',
          'warning',
          `${first.by} imports ${first.link}, and ${first.target} is there${others.length ? `, as ${others.length} more names differ in their letters` : ''}: Linux tells them apart, so the build links one to the other: name them alike`,
          fromFile(first.by),
        ),
      ]
