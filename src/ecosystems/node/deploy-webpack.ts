import { type App, uses } from './app.ts'
import { option, words } from './command-words.ts'
import { type Config, configOf, readConfig } from './config.ts'
import { routed } from './deploy-sites.ts'
import { type Deployment, files } from './deployment.ts'
import { evaluate } from './evaluate.ts'
import { table, text } from './manifest.ts'
import { lackingOf } from './page-loads.ts'
import { join, joinOutward } from './paths.ts'
import { type Command, expand } from './scripts.ts'
import { parseModule } from './syntax.ts'
import { gruntfileOf, gulpfileOf } from './task-entries.ts'

/** Its settings for production, where the command names none. */
export const WEBPACK_CONFIGS = [
  'webpack.config',
  'webpack.prod',
  'webpack.config.prod',
  'config/webpack.prod',
  'webpack/webpack.prod',
]
/** What the one for production is merged with. */
const COMMON = [
  'webpack.common',
  'config/webpack.common',
  'webpack/webpack.common',
  'webpack/common',
  'webpack/base',
]

/** Where webpack puts the pages that html-webpack-plugin makes: https://webpack.js.org/configuration/output/#outputpath */
export function webpack(app: App, build: readonly Command[]): Deployment | undefined {
  const { project } = app
  const command = words(build, 'webpack')
  const config = configOf(project, option(command, '--config', '-c'), ...WEBPACK_CONFIGS)
  const read = (file: Config | undefined) => file?.text('output', 'path')
  // Vue's own template of years keeps it apart: https://vuejs-templates.github.io/webpack/backend.html
  const template = readConfig(project, 'config/index')
  const out =
    option(command, '--output-path', '-o') ??
    read(config) ??
    template?.text('build', 'assetsRoot') ??
    // What `react-scripts eject` leaves: https://create-react-app.dev/docs/available-scripts/#npm-run-eject
    readConfig(project, 'config/paths')?.text('appBuild') ??
    mergedWith(app, config)
      .map(read)
      .find(path => path !== undefined) ??
    read(readConfig(project, ...COMMON)) ??
    (command ? undefined : ofTasks(app, build)) ??
    published(app) ??
    'dist'
  const around = uses(app, 'html-webpack-plugin') ? undefined : pageAround(project, out, config)
  // Nobody serves all that a repository holds for what a build puts among it.
  if (joinOutward(out) === '' && around === undefined && !uses(app, 'html-webpack-plugin')) return undefined
  return files(around ?? joinOutward(out, pagesIn(config)), [], routed(app), {
    hashedNames: true,
    base: template?.text('build', 'assetsRoot') && template.text('build', 'assetsPublicPath'),
  })
}

/** The output in settings that a file of tasks holds itself: https://github.com/webpack-contrib/grunt-webpack */
function ofTasks({ project }: App, build: readonly Command[]): string | undefined {
  const path = words(build, 'grunt') ? gruntfileOf(project) : gulpfileOf(project)
  const module = path === undefined ? undefined : parseModule(project, path)
  let found: string | undefined
  module?.tree.iterate({
    enter({ node }) {
      if (node.name === 'ObjectExpression')
        found ??= text(table(table(evaluate(module, node).value).output).path)
    },
  })
  return found
}

/** The settings that a file of settings takes in: `merge(require('./base.js'), { … })`. */
const mergedWith = ({ project }: App, config: Config | undefined): readonly Config[] =>
  [...(config?.imports ?? [])]
    .filter(name => name.startsWith('.'))
    .flatMap(name => {
      const path = join(config?.path ?? '', '..', name).replace(/\.[cm]?[jt]s$/, '')
      return readConfig(project, path) ?? []
    })

/** The folder above the output with a page that loads what the build puts there: `public` of `public/js/app.js`. */
function pageAround(project: App['project'], out: string, config: Config | undefined): string | undefined {
  const place = joinOutward(out, config?.text('output', 'filename') ?? 'main.js', '..')
  const folders = place.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))
  return [...folders, '']
    .find(dir => lackingOf(project, dir).some(path => path.startsWith(place === '' ? '' : `${place}/`)))
    ?.replace(/^$/, '.')
}

/** The folder that a script puts online: https://github.com/tschaub/gh-pages#command-line-utility */
function published({ manifest: { scripts } }: App): string | undefined {
  const commands = Object.keys(scripts).flatMap(name => expand(scripts, name))
  return option(words(commands, 'gh-pages'), '-d', '--dist')
}

/** The folder of the pages, from that of the output: `new HtmlWebpackPlugin({ filename: '../index.html' })`. */
function pagesIn(config: Config | undefined): string {
  const plugins = config?.get('plugins')
  const names = (Array.isArray(plugins) ? plugins.flat() : []).map(item => text(table(item).filename) ?? '')
  const page = names.find(name => name.endsWith('.html'))
  return page?.startsWith('../') ? page.split('/').slice(0, -1).join('/') : '.'
}
