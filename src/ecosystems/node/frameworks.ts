import semver from 'semver'
import type { Kind } from '../ecosystem.ts'
import { type App, uses, usesInProduction, versionOf } from './app.ts'
import { readConfig } from './config.ts'
import { type Deployment, files } from './deployment.ts'
import { table, text } from './manifest.ts'
import { join, joinOutward } from './paths.ts'
import type { Command } from './scripts.ts'

/** One framework: a row decides, nothing else in the code knows it by name. */
export interface Framework {
  readonly name: string
  /** Any of these in the manifest means it. */
  readonly packages: readonly string[]
  /** `app`: builds and serves itself. `files`: makes a site. `server`, `worker`: a library of a program. */
  readonly tier: 'app' | 'files' | 'server' | 'worker'
  readonly kind: Kind
  readonly port?: number
  /** The server ends on SIGTERM by itself: always, or since a version of one of its packages. */
  readonly handlesSigterm?: true | readonly [name: string, since: string]
  /** The variable that its server takes the port from. */
  readonly portVariable?: 'PORT'
  /** What makes it reachable from outside the container. */
  readonly env?: Readonly<Record<string, string>>
  /** The build when no script names one. */
  readonly build?: string
  /** Variables with these prefixes end up in what the browser gets. */
  readonly baked?: readonly string[]
  /** The command that its developers would start it with, where no script says. */
  readonly start?: string
  /** Undefined: this isn't an app of this framework after all. */
  deploy?(app: App, build: readonly Command[]): Deployment | undefined
}

const ROUTERS = [
  'react-router', 'react-router-dom', 'vue-router', '@tanstack/react-router', '@tanstack/solid-router', 'wouter', 'svelte-routing', 'svelte-spa-router', '@solidjs/router',
  'solid-app-router', 'preact-router', 'preact-iso', '@reach/router', '@vaadin/router', 'unplugin-vue-router', 'connected-react-router', 'found', 'page', 'navigo', 'universal-router', 'raviger', '@generouted/react-router',
] // biome-ignore format: one list

const program = (outputs: readonly string[] = [], entry?: string): Deployment => ({
  is: 'program',
  ...(outputs.length && { outputs }),
  ...(entry !== undefined && { entry }),
})
const words = (build: readonly Command[], name: string): readonly string[] | undefined =>
  build.find(command => command.words[0] === name)?.words
/** `--outDir x`, `--outDir=x` of a command. */
const option = (command: readonly string[] | undefined, ...names: readonly string[]): string | undefined => {
  const index = command?.findIndex(word => names.includes(word)) ?? -1
  if (command && index >= 0) return command[index + 1]
  return command
    ?.map(word =>
      names
        .map(name => (word.startsWith(`${name}=`) ? word.slice(name.length + 1) : undefined))
        .find(Boolean),
    )
    .find(Boolean)
}
/** The folder that a command is given; the word after an option is the option's. */
const folderOf = (command: readonly string[] | undefined): string | undefined =>
  command
    ?.slice(1)
    .find(
      (word, index, all) =>
        !word.startsWith('-') && word !== 'build' && !/^--[^=]+$/.test(all[index - 1] ?? ''),
    )
const major = (app: App, name: string): number => semver.coerce(versionOf(app, name) ?? '')?.major ?? 99

function vite(app: App, build: readonly Command[]): Deployment | undefined {
  const config = readConfig(app.project, 'vite.config')
  const command = words(build, 'vite') ?? words(build, 'vite-ssg')
  const root = config?.text('root') ?? folderOf(command) ?? '.'
  if (!app.project.has(join(root, 'index.html')) || config?.get('build', 'lib') !== undefined)
    return undefined
  const out = joinOutward(root, option(command, '--outDir') ?? config?.text('build', 'outDir') ?? 'dist')
  const assets = config?.text('build', 'assetsDir') ?? 'assets'
  return files(out, [`/${assets}/`], uses(app, ...ROUTERS), {
    base: option(command, '--base') ?? config?.text('base'),
  })
}

function next(app: App): Deployment | undefined {
  const config = readConfig(app.project, 'next.config')
  const output = config?.text('output')
  if (output === 'export')
    return files(config?.text('distDir') ?? 'out', ['/_next/static/'], false, {
      base: config?.text('basePath'),
    })
  const version = semver.coerce(versionOf(app, 'next') ?? '')
  if (version && semver.lt(version, output === 'standalone' ? '12.2.0' : '13.5.0'))
    return program(['.next', ...(config ? [config.path] : [])])
  // Since 16.4 regenerated pages have a folder of their own.
  const cache =
    version && semver.lt(version, '16.4.0') ? ['.next/cache'] : ['.next/cache', '.next/server/route-cache']
  return { is: 'next', forced: output !== 'standalone', cache }
}

function nuxt(app: App, build: readonly Command[]): Deployment | undefined {
  if (major(app, 'nuxt') < 3) return program(['.nuxt'])
  const config = readConfig(app.project, 'nuxt.config')
  const command = words(build, 'nuxt') ?? words(build, 'nuxi')
  if (command?.includes('generate') || config?.text('nitro', 'preset') === 'static')
    return files('.output/public', ['/_nuxt/'], config?.get('ssr') === false, {
      base: config?.text('app', 'baseURL'),
      page: '200.html',
    })
  return { is: 'bundle', out: '.output', entry: 'server/index.mjs' }
}

function sveltekit(app: App): Deployment | undefined {
  const config = readConfig(app.project, 'svelte.config')
  const setting = (name: string) => config?.text('kit', 'adapter', name)
  if (uses(app, '@sveltejs/adapter-static')) {
    const fallback = setting('fallback')
    return files(setting('pages') ?? 'build', ['/_app/immutable/'], fallback !== undefined, {
      base: config?.text('kit', 'paths', 'base'),
      ...(fallback !== undefined && { page: fallback }),
    })
  }
  const out = setting('out') ?? 'build'
  return {
    is: 'program',
    outputs: [out],
    entry: out,
    modules: Object.keys(app.manifest.dependencies).length > 0,
  }
}

function astro(app: App, build: readonly Command[]): Deployment | undefined {
  const config = readConfig(app.project, 'astro.config')
  const out =
    option(words(build, 'astro'), '--outDir') ?? config?.text('outDir')?.replace(/^\.\//, '') ?? 'dist'
  if (uses(app, '@astrojs/node')) return program([out], `${out}/server/entry.mjs`)
  return files(out, ['/_astro/'], false, { base: config?.text('base') })
}

function reactRouter(app: App): Deployment {
  const config = readConfig(app.project, 'react-router.config', 'vite.config')
  const out = config?.text('buildDirectory') ?? 'build'
  return config?.get('ssr') === false
    ? files(`${out}/client`, ['/assets/'], true, { base: config.text('basename') })
    : program([out])
}

function angular(app: App): Deployment | undefined {
  const workspace = table(app.project.parse('angular.json'))
  const projects = Object.entries(table(workspace.projects)).filter(
    ([, project]) => table(project).projectType !== 'library',
  )
  const [name, project] = projects.find(([key]) => key === workspace.defaultProject) ?? projects[0] ?? []
  const target = table(table(table(project).architect ?? table(project).targets).build)
  const options = table(target.options)
  if (name === undefined) return undefined
  const path = text(options.outputPath) ?? text(table(options.outputPath).base) ?? `dist/${name}`
  if (options.ssr || options.server) return program([path], `${path}/server/server.mjs`)
  const application = /:application$/.test(text(target.builder) ?? '')
  const browser = text(table(options.outputPath).browser) ?? 'browser'
  return files(application ? join(path, browser) : path, [], true, { base: text(options.baseHref) })
}

function vitepress(app: App, build: readonly Command[], name = 'vitepress'): Deployment {
  const dir = folderOf(words(build, name)) ?? '.'
  const config = readConfig(app.project, join(dir, `.${name}/config`))
  return files(join(dir, `.${name}/dist`), ['/assets/'], false, { base: config?.text('base') })
}

const site =
  (out: string, hashed: readonly string[] = [], router = false) =>
  (): Deployment =>
    files(out, hashed, router)

function startKit(app: App): Deployment {
  return uses(app, 'nitro', 'nitropack', 'vinxi', '@solidjs/start') || major(app, '@tanstack/react-start') < 1
    ? { is: 'bundle', out: '.output', entry: 'server/index.mjs' }
    : program(['dist'], 'dist/server/server.js')
}

const REACHABLE = { HOST: '0.0.0.0' }
const server = (name: string, port = 3000, ...packages: readonly string[]): Framework => ({
  name,
  packages: packages.length ? packages : [name],
  tier: 'server',
  kind: 'web',
  port,
})
const worker = (name: string, ...packages: readonly string[]): Framework => ({
  name,
  packages: packages.length ? packages : [name],
  tier: 'worker',
  kind: 'worker',
})

/** The first that fits decides: what builds and serves itself, then what makes sites, then libraries. */
export const FRAMEWORKS: readonly Framework[] = [
  { name: 'next', packages: ['next'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, env: { HOSTNAME: '0.0.0.0' }, build: 'next build', baked: ['NEXT_PUBLIC_'], start: 'next start', deploy: next },
  { name: 'nuxt', packages: ['nuxt', 'nuxt3', 'nuxt-edge'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, env: REACHABLE, build: 'nuxt build', start: 'node .output/server/index.mjs', deploy: nuxt },
  { name: 'sveltekit', packages: ['@sveltejs/kit'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['@sveltejs/adapter-node', '5.1.0'], build: 'vite build', baked: ['PUBLIC_'], start: 'node build', deploy: sveltekit },
  { name: 'remix', packages: ['@remix-run/dev', '@remix-run/serve'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, build: 'remix vite:build', start: 'remix-serve ./build/server/index.js', deploy: app => program(uses(app, 'vite') || !app.project.has('remix.config.js') ? ['build'] : ['build', 'public/build']) },
  { name: 'react-router', packages: ['@react-router/dev'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, build: 'react-router build', baked: ['VITE_'], start: 'react-router-serve ./build/server/index.js', deploy: reactRouter },
  { name: 'tanstack-start', packages: ['@tanstack/react-start', '@tanstack/solid-start'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', env: REACHABLE, build: 'vite build', baked: ['VITE_'], start: 'node .output/server/index.mjs', deploy: startKit },
  { name: 'solid-start', packages: ['@solidjs/start'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, env: REACHABLE, build: 'vinxi build', baked: ['VITE_'], start: 'node .output/server/index.mjs', deploy: startKit },
  { name: 'nitro', packages: ['nitropack', 'nitro'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, env: REACHABLE, build: 'nitro build', start: 'node .output/server/index.mjs', deploy: () => ({ is: 'bundle', out: '.output', entry: 'server/index.mjs' }) },
  { name: 'astro', packages: ['astro'], tier: 'app', kind: 'web', port: 4321, portVariable: 'PORT', env: REACHABLE, build: 'astro build', baked: ['PUBLIC_'], start: 'node dist/server/entry.mjs', deploy: astro },
  { name: 'nestjs', packages: ['@nestjs/core'], tier: 'app', kind: 'web', port: 3000, build: 'nest build', start: 'node dist/main' },
  { name: 'adonisjs', packages: ['@adonisjs/core'], tier: 'app', kind: 'web', port: 3333, portVariable: 'PORT', env: REACHABLE, build: 'node ace build', start: 'node bin/server.js' },
  { name: 'strapi', packages: ['@strapi/strapi'], tier: 'app', kind: 'web', port: 1337, portVariable: 'PORT', env: REACHABLE, build: 'strapi build', start: 'strapi start', deploy: () => program() },
  { name: 'docusaurus', packages: ['@docusaurus/core'], tier: 'files', kind: 'static', build: 'docusaurus build', deploy: app => files('build', ['/assets/'], false, { base: readConfig(app.project, 'docusaurus.config')?.text('baseUrl') }) },
  { name: 'vitepress', packages: ['vitepress'], tier: 'files', kind: 'static', build: 'vitepress build', deploy: (app, build) => vitepress(app, build) },
  { name: 'vuepress', packages: ['vuepress'], tier: 'files', kind: 'static', build: 'vuepress build', deploy: (app, build) => vitepress(app, build, 'vuepress') },
  { name: 'gatsby', packages: ['gatsby'], tier: 'files', kind: 'static', build: 'gatsby build', baked: ['GATSBY_'], deploy: site('public', ['/static/']) },
  { name: 'eleventy', packages: ['@11ty/eleventy'], tier: 'files', kind: 'static', build: 'eleventy', deploy: app => files(readConfig(app.project, 'eleventy.config', '.eleventy')?.text('dir', 'output') ?? '_site', [], false) },
  { name: 'hexo', packages: ['hexo'], tier: 'files', kind: 'static', build: 'hexo generate', deploy: site('public') },
  { name: 'angular', packages: ['@angular/core'], tier: 'files', kind: 'spa', build: 'ng build', deploy: angular },
  { name: 'create-react-app', packages: ['react-scripts'], tier: 'files', kind: 'spa', build: 'react-scripts build', baked: ['REACT_APP_'], deploy: app => files('build', ['/static/'], uses(app, ...ROUTERS), { base: text(app.manifest.raw.homepage) }) },
  { name: 'vue-cli', packages: ['@vue/cli-service'], tier: 'files', kind: 'spa', build: 'vue-cli-service build', baked: ['VUE_APP_'], deploy: app => files(readConfig(app.project, 'vue.config')?.text('outputDir') ?? 'dist', ['/js/', '/css/'], uses(app, ...ROUTERS), { base: readConfig(app.project, 'vue.config')?.text('publicPath') }) },
  { name: 'quasar', packages: ['@quasar/app-vite', '@quasar/app-webpack'], tier: 'files', kind: 'spa', build: 'quasar build', deploy: site('dist/spa', ['/assets/'], true) },
  { name: 'ember', packages: ['ember-cli'], tier: 'files', kind: 'spa', build: 'ember build --environment=production', deploy: site('dist', ['/assets/'], true) },
  { name: 'umi', packages: ['umi', '@umijs/max'], tier: 'files', kind: 'spa', build: 'umi build', deploy: site('dist', [], true) },
  { name: 'rsbuild', packages: ['@rsbuild/core'], tier: 'files', kind: 'spa', build: 'rsbuild build', baked: ['PUBLIC_'], deploy: app => files('dist', ['/static/'], uses(app, ...ROUTERS)) },
  { name: 'vite', packages: ['vite', 'rolldown-vite', 'vite-ssg', 'vite-plus'], tier: 'files', kind: 'spa', build: 'vite build', baked: ['VITE_'], deploy: vite },
  { name: 'parcel', packages: ['parcel', 'parcel-bundler'], tier: 'files', kind: 'spa', deploy: app => (app.project.find('index.html', 'src/index.html').length ? files('dist', [], uses(app, ...ROUTERS)) : undefined) },
  { name: 'webpack', packages: ['html-webpack-plugin'], tier: 'files', kind: 'spa', deploy: app => files('dist', [], uses(app, ...ROUTERS)) },
  server('fastify'), server('hono', 3000, 'hono', '@hono/node-server'), server('koa'), server('hapi', 3000, '@hapi/hapi', 'hapi'), server('apollo', 4000, '@apollo/server', 'apollo-server', 'apollo-server-express'),
  server('sails', 1337), server('feathers', 3030, '@feathersjs/feathers', '@feathersjs/express'), server('loopback', 3000, '@loopback/core', 'loopback'), server('restify', 8080), server('polka'), server('h3'),
  server('moleculer'), server('tinyhttp', 3000, '@tinyhttp/app'), server('elysia'), server('express'), server('socket.io'), server('ws', 8080), server('graphql-yoga', 4000), server('trpc', 3000, '@trpc/server'),
  worker('discord.js', 'discord.js', 'oceanic.js', 'eris'), worker('grammy'), worker('telegraf'), worker('telegram', 'node-telegram-bot-api', 'telegram'), worker('bullmq', 'bullmq', 'bull', 'agenda', 'bee-queue'),
  worker('kafkajs'), worker('amqplib'), worker('node-cron', 'node-cron', 'cron', 'node-schedule'),
] // biome-ignore format: one row a framework

const matching = (app: App, tiers: readonly Framework['tier'][]): readonly Framework[] =>
  FRAMEWORKS.filter(
    ({ tier, packages }) =>
      tiers.includes(tier) &&
      (tier === 'server' || tier === 'worker' ? usesInProduction(app, ...packages) : uses(app, ...packages)),
  )

export const ownServer = (app: App): Framework | undefined => matching(app, ['app'])[0]
export const libraries = (app: App): readonly Framework[] => matching(app, ['server', 'worker'])

/** The framework that makes a site, with where it puts it. */
export function siteMaker(
  app: App,
  build: readonly Command[],
): { framework: Framework; deployment: Deployment } | undefined {
  for (const framework of matching(app, ['files'])) {
    const deployment = framework.deploy?.(app, build)
    if (deployment) return { framework, deployment }
  }
  return undefined
}
