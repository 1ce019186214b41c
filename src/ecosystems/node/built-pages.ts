import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import type { Build } from './build.ts'
import { lackingOf } from './page-loads.ts'
import { join } from './paths.ts'
import { handsOn } from './runnable.ts'
import { OF_TOOLS } from './start.ts'

/** Where builds put pages by long habit. */
const USUAL = ['dist', 'build', '_site', 'www', 'out', 'public', 'site']
/** Tools that take a page as it stands, and put what it loads beside it. */
const BUNDLERS = /^(rollup|esbuild|webpack|browserify|babel|tsc|sass|node-sass|uglifyjs|terser)$/
const LOADED = /^(\.\/)?(dist|build|lib|out|es|cjs|umd)\/.*\.[cm]?js$/
const PAGE = /\.(html?|pug|jade|njk|hbs|handlebars|ejs|liquid|mustache)$/

/** The folder of pages that a build of the project's own makes: one that lies there, or one that git is told to leave out. */
export function builtFolder(app: App, { commands }: Build): string | undefined {
  const { project, manifest } = app
  // What members make lies in their folders.
  if (handsOn(app)) return undefined
  const there = USUAL.find(dir => project.has(`${dir}/index.html`))
  if (there !== undefined && there !== 'public') return there
  const { main, raw } = manifest
  // What it names is for others to load.
  const loaded = main !== undefined && !OF_TOOLS.test(main) && (project.has(main) || LOADED.test(main))
  if (loaded && raw.private !== true) return undefined
  // What a page loads and isn't there, the build puts beside it.
  if (project.has('index.html') && lackingOf(project, '').length > 0) return '.'
  const bundles = commands.some(({ words: [program = ''] }) => BUNDLERS.test(program))
  if (bundles && project.has('index.html')) return '.'
  return there ?? ignored(project, commands)
}

/** `cp src/index.html dist`: where a build of the project's own puts its page. */
export const pageFolder = ({ commands }: Build): string | undefined =>
  commands
    .flatMap(({ words: [program, ...args], dir = '' }) => {
      const [target = '', ...sources] = args.filter(word => !word.startsWith('-')).reverse()
      const isPage = program === 'cp' && sources.some(path => /(^|\/)index\.html$/.test(path))
      return isPage ? [join(dir, /\.html$/.test(target) ? join(target, '..') : target)] : []
    })
    .find(folder => folder !== '')

/** Of the usual folders that .gitignore names one that the build empties or makes, else the first, where there are pages to make it from. */
function ignored(project: App['project'], commands: Build['commands']): string | undefined {
  const lines = new Set(
    (project.text('.gitignore') ?? '').split('\n').map(line => line.trim().replace(/^\/|\/?\**$/g, '')),
  )
  if (!project.files.some(path => PAGE.test(path) && !/(^|\/)(tests?|e2e|docs?)\//.test(path)))
    return undefined
  const folders = USUAL.filter(dir => lines.has(dir) && !project.dirs.has(dir))
  const named = new Set(
    commands.flatMap(({ words: [, ...args], dir = '' }) => args.map(path => join(dir, path).split('/')[0])),
  )
  return folders.find(dir => named.has(dir)) ?? folders[0]
}

/** A folder that no file of the project names as the output. */
export const outputNotes = ({ project }: App, out: string): readonly Note[] =>
  out !== '.' && !project.dirs.has(out)
    ? [
        note(
          'OUTPUT_ASSUMED',
          'warning',
          `no file says where the build puts its pages: ${out} is taken, which .gitignore names`,
        ),
      ]
    : []
