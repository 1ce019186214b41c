import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'

/**
 * The folder that a hoster of pages is told to take, unless it is told to build by another script.
 * https://vercel.com/docs/project-configuration#outputdirectory, https://docs.netlify.com/configure-builds/file-based-configuration/,
 * https://firebase.google.com/docs/hosting/full-config#public
 */
export function hostedFolder(project: Project, script: string | undefined): string | undefined {
  const { base, publish, command } = table(table(project.parse('netlify.toml')).build)
  const vercel = table(project.parse('vercel.json'))
  const told = text(vercel.buildCommand) ?? text(command)
  if (told !== undefined && !told.split(/\s+/).includes(script ?? '')) return undefined
  const hosting = table(project.parse('firebase.json')).hosting
  const folder =
    text(vercel.outputDirectory) ??
    (base === undefined ? text(publish) : undefined) ??
    text(table(hosting).public)
  return folder === undefined || /[$*]/.test(folder) ? undefined : join(folder) || '.'
}
