import type { Question } from '../ecosystem.ts'
import { type App, uses } from './app.ts'
import { option, words } from './command-words.ts'
import { readConfig } from './config.ts'
import { routed } from './deploy-sites.ts'
import { type Deployment, files, program } from './deployment.ts'
import type { Framework } from './frameworks.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import { exportsCode } from './start.ts'

/** https://gridsome.org/docs/config/ */
function gridsome({ project }: App): Deployment {
  const config = readConfig(project, 'gridsome.config')
  return files(join(config?.text('outputDir') ?? 'dist'), ['/assets/'], false, {
    base: config?.text('pathPrefix'),
  })
}

/** https://github.com/preactjs/preact-cli/tree/v3.x#preact-build */
const preactCli = (app: App, build: readonly Command[]): Deployment =>
  files(join(option(words(build, 'preact'), '--dest', '-d') ?? 'build'), [], routed(app), {
    hashedNames: true,
  })

/** A build for libraries makes no pages, unless its settings ask for them: https://stenciljs.com/docs/www */
function stencil(app: App): Deployment | undefined {
  const targets = readConfig(app.project, 'stencil.config')?.exported('config').outputTargets
  const www = (Array.isArray(targets) ? targets : []).map(table).find(({ type }) => type === 'www')
  if (www === undefined || exportsCode(app)) return undefined
  const router = uses(app, '@stencil/router', '@stencil-community/router', 'stencil-router-v2', '@ionic/core')
  return files(join(text(www.dir) ?? 'www'), ['/build/'], router)
}

/** https://www.snowpack.dev/reference/configuration */
function snowpack(app: App): Deployment | undefined {
  if (exportsCode(app) || !app.project.files.some(path => path.endsWith('.html'))) return undefined
  const config = readConfig(app.project, 'snowpack.config')
  const own = table(table(app.manifest.raw.snowpack).buildOptions)
  const asked = (key: string) => config?.text('buildOptions', key) ?? text(own[key])
  return files(join(asked('out') ?? 'build'), [], routed(app), { base: asked('baseUrl') })
}

/** https://github.com/react-static/react-static/blob/master/docs/config.md */
function reactStatic({ project }: App): Deployment {
  const config = readConfig(project, 'static.config')
  return files(join(config?.text('paths', 'dist') ?? 'dist'), ['/static/'], false, {
    base: config?.text('basePath'),
    hashedNames: true,
  })
}

/** https://vocs.dev/docs/api/config */
function vocs({ project }: App): Deployment {
  const config = readConfig(project, 'vocs.config')
  return files(join(config?.text('rootDir') ?? 'docs', 'dist'), ['/assets/'], false, {
    base: config?.text('basePath'),
  })
}

/** https://v3.ice.work/docs/guide/basic/config, and release 2, whose settings are JSON */
function ice({ project }: App): Deployment {
  const stated =
    readConfig(project, 'ice.config')?.text('outputDir') ?? text(table(project.parse('build.json')).outputDir)
  return files(join(stated ?? 'build'), [], true)
}

/** https://www.farmfe.org/docs/config/compilation-options#output */
const farm = (app: App): Deployment =>
  files(
    join(readConfig(app.project, 'farm.config')?.text('compilation', 'output', 'path') ?? 'dist'),
    [],
    routed(app),
  )

/** Of one source for many platforms the one for browsers: https://uniapp.dcloud.net.cn/quickstart-cli.html */
const uniApp = (): Deployment => files('dist/build/h5', ['/assets/', '/static/js/'], false)

/** The same of React's: https://docs.taro.zone/docs/config-detail#outputroot */
function taro({ project }: App): Deployment {
  const config = readConfig(project, 'config/index')
  // Where a variable is in it, that is the platform: `dist/${process.env.TARO_ENV}`.
  const computed = 'outputRoot' in (config?.parts[0] ?? {})
  return files(join(config?.text('outputRoot') ?? (computed ? 'dist/h5' : 'dist')), ['/js/', '/css/'], false)
}

/** Pages of all routes, where the settings ask for them; else a server of the project's own renders: https://vike.dev/prerender */
function vike({ project }: App): Deployment | undefined {
  const vite = readConfig(project, 'vite.config')
  const pages = project.files
    .filter(path => /^((src\/)?pages|renderer)\/\+config(\.h)?\.[jt]sx?$/.test(path))
    .map(path => readConfig(project, path.replace(/\.[jt]sx?$/, ''))?.get('prerender'))
  const asked = [...pages, vite?.plugin('prerender').prerender].some(value => value !== undefined && value !== false) // biome-ignore format: one question
  return asked ? files('dist/client', ['/assets/'], false, { base: vite?.text('base') }) : undefined
}

/** `sapper export` makes pages of what would be rendered: https://sapper.svelte.dev/docs#Exporting */
const sapper = (_: App, build: readonly Command[]): Deployment =>
  words(build, 'sapper')?.includes('export')
    ? files('__sapper__/export', ['/client/'], false)
    : program(['__sapper__'])

/** https://analogjs.org/docs/features/deployment/overview */
function analog({ project }: App): Deployment {
  const config = readConfig(project, 'vite.config')
  return config?.plugin('static').static === true
    ? files('dist/analog/public', ['/assets/'], false)
    : config?.plugin('ssr').ssr === false
      ? files('dist/client', ['/assets/'], true)
      : { is: 'bundle', out: 'dist/analog', entry: 'server/index.mjs' }
}

/** Its own tool packs an app: no Dockerfile of ours does that yet. */
const meteor = ({ project }: App): Question | undefined =>
  project.has('.meteor/release')
    ? {
        code: 'METEOR_NOT_YET',
        option: 'start',
        message:
          'Meteor is not supported yet: `meteor build` makes a bundle, and the command that starts it can be given.',
      }
    : undefined

/** Rows of the table of frameworks: servers that few chose. */
export const OTHER_SERVERS: readonly Framework[] = [
  { name: 'sapper', packages: ['sapper'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', setsPort: true, build: 'sapper build', start: 'node __sapper__/build', deploy: sapper },
  { name: 'analog', packages: ['@analogjs/platform'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['nitropack', '2.5.0'], env: { HOST: '0.0.0.0' }, build: 'vite build', baked: ['VITE_'], start: 'node dist/analog/server/index.mjs', deploy: analog },
  { name: 'meteor', packages: ['meteor-node-stubs'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', open: meteor, deploy: () => undefined },
  { name: 'waku', packages: ['waku'], tier: 'app', kind: 'web', port: 8080, build: 'waku build', start: 'waku start', deploy: () => program(['dist']) },
] // biome-ignore format: one row a framework

/** The same of makers of sites. */
export const OTHER_MAKERS: readonly Framework[] = [
  { name: 'gridsome', packages: ['gridsome'], tier: 'files', kind: 'static', build: 'gridsome build', baked: ['GRIDSOME_'], deploy: gridsome },
  { name: 'react-static', packages: ['react-static'], tier: 'files', kind: 'static', build: 'react-static build', deploy: reactStatic },
  { name: 'vocs', packages: ['vocs'], tier: 'files', kind: 'static', build: 'vocs build', deploy: vocs },
  { name: 'vike', packages: ['vike', 'vite-plugin-ssr'], tier: 'files', kind: 'static', build: 'vite build', baked: ['PUBLIC_ENV__'], deploy: vike },
  { name: 'preact-cli', packages: ['preact-cli'], tier: 'files', kind: 'spa', build: 'preact build', baked: ['PREACT_APP_'], deploy: preactCli },
  { name: 'stencil', packages: ['@stencil/core'], tier: 'files', kind: 'spa', build: 'stencil build', deploy: stencil },
  { name: 'snowpack', packages: ['snowpack'], tier: 'files', kind: 'spa', build: 'snowpack build', baked: ['SNOWPACK_PUBLIC_'], deploy: snowpack },
  { name: 'ice', packages: ['ice.js', '@ice/app'], tier: 'files', kind: 'spa', build: 'ice build', deploy: ice },
  { name: 'farm', packages: ['@farmfe/cli', '@farmfe/core'], tier: 'files', kind: 'spa', build: 'farm build', baked: ['FARM_'], deploy: farm },
  { name: 'uni-app', packages: ['@dcloudio/uni-h5'], tier: 'files', kind: 'spa', build: 'uni build', scripts: ['build:h5'], deploy: uniApp },
  { name: 'taro', packages: ['@tarojs/cli'], tier: 'files', kind: 'spa', build: 'taro build --type h5', scripts: ['build:h5'], deploy: taro },
] // biome-ignore format: one row a framework
