import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { folderOf, option, words } from './command-words.ts'
import { settled } from './committed-env.ts'
import { type Config, configOf, readConfig } from './config.ts'
import { type Deployment, files } from './deployment.ts'
import { table, text } from './manifest.ts'
import { join, joinOutward } from './paths.ts'
import { type Command, expand } from './scripts.ts'
import { exportsCode } from './start.ts'

/** Packages that make a page out of every path, in the browser. */
const ROUTERS = [
  'react-router', 'react-router-dom', 'vue-router', '@tanstack/react-router', '@tanstack/solid-router', 'wouter', 'svelte-routing', 'svelte-spa-router', '@solidjs/router',
  'solid-app-router', 'preact-router', 'preact-iso', '@reach/router', '@vaadin/router', 'unplugin-vue-router', 'connected-react-router', 'found', 'page', 'navigo', 'universal-router', 'raviger', '@generouted/react-router',
] // biome-ignore format: one list

export const routed = (app: App): boolean => uses(app, ...ROUTERS)

export function vite(app: App, build: readonly Command[]): Deployment | undefined {
  const command = words(build, 'vite') ?? words(build, 'vite-ssg')
  const config = configOf(app.project, option(command, '--config', '-c'), 'vite.config')
  const root = config?.text('root') ?? folderOf(command) ?? '.'
  const shown = previewed(app)
  const page = join(root, 'index.html')
  const inputs = pagesOf(config).filter(path => app.project.has(path))
  const lib = config?.get('build', 'lib')
  const isLibrary = lib !== undefined && lib !== false
  if (shown === undefined && (isLibrary || !(app.project.has(page) || inputs.length > 0))) return undefined
  const stated =
    option(command, '--outDir') ?? settled(app.project, build, config, 'build', 'outDir') ?? shown
  const out = joinOutward(root, stated ?? 'dist')
  const computed = stated === undefined && 'outDir' in table(config?.get('build'))
  const assets = config?.text('build', 'assetsDir') ?? 'assets'
  // A page below the root keeps its place in the output.
  const first = app.project.has(page) || isLibrary ? undefined : inputs[0]
  const below = root === '.' ? first : first?.slice(root.length + 1)
  return files(out, [`/${assets}/`], routed(app), {
    base: option(command, '--base') ?? settled(app.project, build, config, 'base'),
    ...(below !== undefined && { page: below }),
    ...(computed && build.at(-1)?.words[0] === 'vite' && { told: ['--outDir', 'dist', '--emptyOutDir'] }),
  })
}

/** Pages that are named as what the build begins at: https://vite.dev/guide/build#multi-page-app */
function pagesOf(config: Config | undefined): readonly string[] {
  const input = ['rolldownOptions', 'rollupOptions'].map(key => config?.get('build', key, 'input'))
  return input
    .flatMap(value => (value !== null && typeof value === 'object' ? Object.values(value) : [value]))
    .flatMap(value => (typeof value === 'string' && value.endsWith('.html') ? [join(value)] : []))
}

/** `vite preview --outDir dist/editor`: where pages come from something beside Vite's own, this says where they are. */
const previewed = ({ manifest: { scripts } }: App): string | undefined =>
  Object.keys(scripts)
    .flatMap(name => expand(scripts, name))
    .flatMap(({ words }) =>
      words[0] === 'vite' && words[1] === 'preview' ? [option(words, '--outDir')] : [],
    )
    .find(dir => dir !== undefined)

/** https://cli.vuejs.org/config/ */
export function vueCli(app: App, build: readonly Command[]): Deployment {
  const { project } = app
  const config = readConfig(project, 'vue.config')
  const command = words(build, 'vue-cli-service')
  return files(
    join(option(command, '--dest') ?? settled(project, build, config, 'outputDir') ?? 'dist'),
    ['/js/', '/css/'],
    routed(app),
    { base: settled(project, build, config, 'publicPath') },
  )
}

export const docusaurus = ({ project }: App, build: readonly Command[]): Deployment =>
  files(join(option(words(build, 'docusaurus'), '--out-dir') ?? 'build'), ['/assets/'], false, {
    base: readConfig(project, 'docusaurus.config')?.text('baseUrl'),
  })

/** https://v1.docusaurus.io/docs/en/publishing */
export function docusaurus1({ project }: App): Deployment | undefined {
  const config = readConfig(project, 'siteConfig')
  const name = config?.text('projectName')
  return name === undefined
    ? undefined
    : files(join('build', name), [], false, { base: config?.text('baseUrl') })
}

const vitepressConfig = ({ project }: App, dir: string): Config | undefined =>
  readConfig(project, join(dir, '.vitepress/config'), join(dir, '.vitepress/config/index'))

/** Whether no script runs a tool here, whose settings lie elsewhere: a plugin of it, with pages in a package of their own. */
const isElsewhere = ({ project, manifest: { scripts } }: App, tool: string): boolean =>
  !project.dirs.has(`.${tool}`) &&
  [...project.dirs].some(dir => dir.endsWith(`/.${tool}`)) &&
  !Object.keys(scripts).some(name => words(expand(scripts, name), tool))

export function vitepress(app: App, build: readonly Command[]): Deployment | undefined {
  const command = words(build, 'vitepress')
  if (isElsewhere(app, 'vitepress')) return undefined
  const dir = folderOf(command) ?? '.'
  const config = vitepressConfig(app, dir)
  const out = config?.text('outDir')
  return files(
    option(command, '--outDir') ?? (out === undefined ? join(dir, '.vitepress/dist') : joinOutward(dir, out)),
    [`/${join(config?.text('assetsDir') ?? 'assets')}/`],
    false,
    { base: option(command, '--base') ?? config?.text('base') },
  )
}

/** https://sli.dev/guide/hosting */
export function slidev(_: App, build: readonly Command[]): Deployment {
  const command = words(build, 'slidev')
  return files(option(command, '--out', '-o') ?? 'dist', ['/assets/'], true, {
    base: option(command, '--base'),
  })
}

/** Whether pages say when they were changed: https://vitepress.dev/reference/default-theme-last-updated */
function dated(app: App, build: readonly Command[]): boolean {
  const config = vitepressConfig(app, folderOf(words(build, 'vitepress')) ?? '.')
  const value = config?.get('lastUpdated') ?? config?.get('themeConfig', 'lastUpdated')
  return value !== undefined && value !== false
}

/** It starts git for each page, and ends where there is none; without a history it leaves the date out. */
export const datedPackages = (app: App, build: readonly Command[]): readonly string[] =>
  dated(app, build) ? ['git'] : []

export const datesNotes = (app: App, build: readonly Command[]): readonly Note[] =>
  dated(app, build)
    ? [
        note(
          'GIT_DATES_LEFT_OUT',
          'info',
          "the pages' dates of change are left out: they come from git's history, which the build doesn't get",
        ),
      ]
    : []

export function vuepress(app: App, build: readonly Command[]): Deployment | undefined {
  const command = words(build, 'vuepress')
  if (isElsewhere(app, 'vuepress')) return undefined
  const dir = folderOf(command) ?? '.'
  const config = readConfig(app.project, join(dir, '.vuepress/config'))
  const out = option(command, '--dest', '-d') ?? config?.text('dest')
  return files(join(out ?? `${dir}/.vuepress/dist`), ['/assets/'], false, { base: config?.text('base') })
}

/** The prefix counts where the build is told to add it: https://www.gatsbyjs.com/docs/how-to/previews-deploys-hosting/path-prefix/ */
export function gatsby({ project }: App, build: readonly Command[]): Deployment {
  const command = build.find(({ words: [program] }) => program === 'gatsby')
  const prefixed = command?.words.includes('--prefix-paths') || command?.env.PREFIX_PATHS === 'true'
  return files('public', ['/static/'], false, {
    base: prefixed ? readConfig(project, 'gatsby-config')?.text('pathPrefix') : undefined,
    hashedNames: true,
  })
}

/** The prefix is in the links, not in the folders: https://www.11ty.dev/docs/config/ */
export function eleventy({ project }: App, build: readonly Command[]): Deployment {
  const command = words(build, 'eleventy') ?? words(build, '@11ty/eleventy')
  const config = configOf(project, option(command, '--config'), 'eleventy.config', '.eleventy')
  const named = config?.exported('config')
  const out =
    option(command, '--output') ??
    text(table(named?.dir).output) ??
    config?.text('dir', 'output') ??
    config?.given('setOutputDirectory')
  return files(join(out ?? '_site'), [], false, {
    base: option(command, '--pathprefix') ?? text(named?.pathPrefix) ?? config?.text('pathPrefix'),
  })
}

/** https://hexo.io/docs/configuration */
export function hexo({ project }: App): Deployment {
  const config = table(project.parse('_config.yml'))
  return files(join(text(config.public_dir) ?? 'public'), [], false, {
    base: text(config.root) ?? text(config.url),
  })
}

/** https://quasar.dev/quasar-cli-vite/quasar-config-file#build */
export function quasar({ project }: App, build: readonly Command[]): Deployment | undefined {
  const config = readConfig(project, 'quasar.config', 'quasar.conf')
  const mode = option(words(build, 'quasar'), '-m', '--mode') ?? 'spa'
  // A server, or an app for phones and desktops, is no site.
  if (!/^(spa|pwa|ssg)$/.test(mode)) return undefined
  return files(
    join(config?.text('build', 'distDir') ?? `dist/${mode}`),
    ['/assets/'],
    // With hashes in its addresses it has one page.
    config === undefined || config.text('build', 'vueRouterMode') === 'history',
    { base: config?.text('build', 'publicPath') },
  )
}

/** https://cli.emberjs.com/release/advanced-use/deploying/ */
export const ember = ({ project }: App): Deployment =>
  files('dist', ['/assets/'], true, { base: readConfig(project, 'config/environment')?.text('rootURL') })

/** https://umijs.org/docs/api/config. A package that another program builds has it for its pages of docs alone. */
export function umi({ project }: App, build: readonly Command[]): Deployment | undefined {
  const config = readConfig(project, '.umirc', 'config/config')
  const builds = build.length === 0 || ['umi', 'max'].some(name => words(build, name))
  if (!config && !builds) return undefined
  return files(join(config?.text('outputPath') ?? 'dist'), [], true, { base: config?.text('publicPath') })
}

/** https://github.com/preactjs/wmr#configuration-and-plugins */
export const wmr = (app: App, build: readonly Command[]): Deployment =>
  files(join(option(words(build, 'wmr'), '--out') ?? 'dist'), ['/assets/', '/chunks/'], routed(app))

export const site =
  (out: string, hashed: readonly string[] = [], router = false) =>
  (): Deployment =>
    files(out, hashed, router)

export const STORYBOOK = ['build-storybook', 'storybook:build', 'build:storybook']

/** The stories of an app that is nothing else; a package for others is a library. */
export function storybook(app: App): Deployment | undefined {
  const { scripts } = app.manifest
  const isBuild = (key: string) =>
    expand(scripts, key).some(({ words: [first] }) => /^(build-)?storybook$/.test(first ?? ''))
  const name = STORYBOOK.find(key => Object.hasOwn(scripts, key)) ?? ['build'].find(isBuild)
  if (name === undefined || exportsCode(app)) return undefined
  const command = words(expand(scripts, name), 'storybook')
  return files(option(command, '-o', '--output-dir') ?? 'storybook-static', ['/assets/'], false)
}
