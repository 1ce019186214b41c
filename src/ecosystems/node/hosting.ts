import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'

interface Hosted {
  /** The file that says so. */
  readonly path: string
  readonly folder: string
}

/**
 * The folder that a hoster of pages is told to take, unless it is told to build by another script.
 * https://vercel.com/docs/project-configuration#outputdirectory, https://docs.netlify.com/configure-builds/file-based-configuration/,
 * https://firebase.google.com/docs/hosting/full-config#public
 */
export function hostedFolder(project: Project, script: string | undefined): Hosted | undefined {
  const { base, publish, command } = table(table(project.parse('netlify.toml')).build)
  const vercel = table(project.parse('vercel.json'))
  const told = (text(vercel.buildCommand) ?? text(command))?.split(/\s+/)
  if (told !== undefined && (!told.includes(script ?? '') || told.some(word => OF_MEMBER.test(word))))
    return undefined
  const hosting = table(project.parse('firebase.json')).hosting
  const [found] = [
    { path: 'vercel.json', folder: text(vercel.outputDirectory) },
    { path: 'netlify.toml', folder: base === undefined ? text(publish) : undefined },
    { path: 'firebase.json', folder: text(table(hosting).public) },
  ].filter(({ folder }) => folder !== undefined)
  // Next.js keeps its server there, which a platform's own plugin takes apart.
  return found?.folder === undefined || /[$*]|(^|\/)\.next\b/.test(found.folder)
    ? undefined
    : { path: found.path, folder: join(found.folder) || '.' }
}

/** How a package manager is told to run a script of a member. */
const OF_MEMBER = /^(-w|-F|workspace|--(workspace|filter)(=.*)?)$/

export const hostedNote = ({ path, folder }: Hosted): Note =>
  note(
    'OUTPUT_ASSUMED',
    'info',
    `the pages are taken from ${folder}, where a platform is told that the build puts them`,
    fromFile(path),
  )
