import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'

/**
 * The folder that a hoster of pages is told to take.
 * https://vercel.com/docs/project-configuration#outputdirectory, https://docs.netlify.com/configure-builds/file-based-configuration/,
 * https://firebase.google.com/docs/hosting/full-config#public
 */
export function hostedFolder(project: Project): string | undefined {
  const { base, publish } = table(table(project.parse('netlify.toml')).build)
  const hosting = table(project.parse('firebase.json')).hosting
  const folder =
    text(table(project.parse('vercel.json')).outputDirectory) ??
    (base === undefined ? text(publish) : undefined) ??
    text(table(hosting).public)
  return folder === undefined || /[$*]/.test(folder) ? undefined : join(folder) || '.'
}
