import { isBuiltin } from '../../knowledge/node-builtins.ts'
import type { Note } from '../../plan/notes.ts'
import type { Question } from '../ecosystem.ts'
import { type App, uses } from './app.ts'
import type { Build } from './build.ts'
import { builtFolder, outputNotes, pageFolder } from './built-pages.ts'
import { meaningOf } from './commands.ts'
import { type Deployment, files } from './deployment.ts'
import { libraries } from './frameworks.ts'
import { hostedFolder, hostedNote } from './hosting.ts'
import { join } from './paths.ts'
import { scan } from './scan.ts'
import { expand } from './scripts.ts'
import { exportsCode, type Start } from './start.ts'
import { unbuilt } from './unbuilt-pages.ts'
import { holdsMembers } from './workspaces.ts'

/** Scripts that show a site, the one for production first. */
const SHOWS = [
  'start:prod',
  'start-prod',
  'start:production',
  'serve:prod',
  'serve:dist',
  'start',
  'serve',
  'preview',
  'dev',
]
/** Tools that put their output beside the pages. */
const BESIDE =
  /^(sass|node-sass|tailwindcss|postcss|lessc|stylus|tsc|echo|rimraf|rm|mkdir|eslint|prettier|cleancss|uglifyjs|terser|cp)$/

interface Plain {
  readonly deployment: Deployment
  readonly notes: readonly Note[]
  readonly questions?: readonly Question[]
}

/**
 * Pages that no framework made: served as they stand, or from the folder that a script serves.
 * @param start what seems to start the package; a guess may be a script of the pages
 * @param own whether the package is more than the root of a workspace
 */
export function plainSite(app: App, start: Start | undefined, build: Build, own: boolean): Plain | undefined {
  if (libraries(app).length > 0) return undefined
  const shown = windowFolder(app, start)
  if (shown !== undefined && (build.commands.length > 0 || app.project.has(join(shown, 'index.html'))))
    return { deployment: files(shown, [], false), notes: [] }
  if (start && !isForBrowsers(app, start)) return undefined
  const served = servedFolder(app, SHOWS)
  // What a workspace's root serves for a try is a member's.
  if (served && isMembers(app, served.folder)) return undefined
  const router = served?.words.some(word => /^(-s|--single)$/.test(word)) ?? false
  const builds = build.commands.length > 0
  const hosted = builds ? hostedFolder(app.project, build.script) : undefined
  // Its members build, into folders of their own.
  if (!own && builds && !served && !(hosted !== undefined && isMembers(app, hosted.folder))) return undefined
  // What is there already has its page, what isn't is made.
  if (
    hosted !== undefined &&
    (!app.project.dirs.has(hosted.folder) || app.project.has(join(hosted.folder, 'index.html')))
  )
    return { deployment: files(hosted.folder, [], router), notes: [hostedNote(hosted)] }
  if (served?.folder && builds) return { deployment: files(served.folder, [], router), notes: [] }
  if (!served && exportsCode(app)) return undefined
  if (builds && !build.commands.every(({ words }) => BESIDE.test(words[0] ?? ''))) {
    const put = pageFolder(build)
    if (put !== undefined) return { deployment: files(put, [], router), notes: [] }
    const made = builtFolder(app, build)
    return made === undefined
      ? undefined
      : { deployment: files(made, [], router), notes: outputNotes(app, made) }
  }
  const folders = [...(served ? [served.folder] : []), '', 'public', 'www', 'site']
  const folder = folders.find(dir => app.project.has(join(dir, 'index.html')))
  if (folder === undefined) return undefined
  return { deployment: files(folder || '.', [], router), ...(builds ? { notes: [] } : unbuilt(app, folder)) }
}

/** The folder of the page that `main` names, as NW.js has it: https://docs.nwjs.io/References/Manifest%20Format/#main */
function windowFolder({ manifest: { main } }: App, start: Start | undefined): string | undefined {
  const source = start?.fact.source
  const isScripted = source?.from === 'file' && source.detail?.startsWith('scripts.')
  return main !== undefined && /^[^:]+\.html?$/.test(main) && !isScripted ? join(main, '..') : undefined
}

/** Whether a folder belongs to a package below. */
const isMembers = ({ project, manifest }: App, folder: string): boolean =>
  holdsMembers(project, manifest) &&
  folder
    .split('/')
    .some((_, index, parts) => project.has(join(...parts.slice(0, index), 'package.json')) && index > 0)

/** What scripts serve as files. @param names the first that does decides */
export const servedFolder = (
  { manifest }: App,
  names: readonly string[],
): { folder: string; words: readonly string[] } | undefined =>
  names
    .flatMap(name => expand(manifest.scripts, name))
    .flatMap(command => {
      const meaning = meaningOf(command)
      return meaning.is === 'files' ? [{ folder: join(meaning.folder ?? '.'), words: command.words }] : []
    })[0]

/** A guessed entry that asks for nothing of Node.js is a script of a page. */
function isForBrowsers(app: App, { fact, runs }: Start): boolean {
  // `main` of a bundle that the build puts beside its page.
  if (
    runs.is === 'node' &&
    !app.project.has(runs.entry) &&
    runs.entry.includes('/') &&
    app.project.has(join(runs.entry, '../index.html'))
  )
    return true
  // `main` beside a script that shows files is a platform's or a bundle's.
  if (
    fact.source.from === 'file' &&
    fact.source.detail === 'main' &&
    libraries(app).length === 0 &&
    servedFolder(app, SHOWS)
  )
    return true
  if (fact.source.from !== 'convention' || (runs.is !== 'node' && runs.is !== 'typescript')) return false
  const { listens, imports, variables } = scan(app.project, [runs.entry])
  if (listens || [...imports].some(isBuiltin)) return false
  // `sirv public`: what a bundler makes of the entry is shown as pages, whatever packages for browsers it has.
  if (servedFolder(app, SHOWS)) return true
  if (runs.is !== 'node' || uses(app, 'typescript')) return false
  // Beside a page it may have packages for browsers.
  return variables.size === 0 && (imports.size === 0 || app.project.has('index.html'))
}
