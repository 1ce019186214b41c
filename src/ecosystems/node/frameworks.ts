import type { Note } from '../../plan/notes.ts'
import type { Kind, Question } from '../ecosystem.ts'
import { type App, isSince, uses, usesInProduction } from './app.ts'
import { readConfig } from './config.ts'
import { angular, angularNotes } from './deploy-angular.ts'
import { astro, astroPlatform, astroStandIn } from './deploy-astro.ts'
import { hugo, parcel, polymer } from './deploy-builders.ts'
import { adonis, keystone, medusa } from './deploy-cms.ts'
import { gulpSite } from './deploy-gulp.ts'
import { OTHER_MAKERS, OTHER_SERVERS } from './deploy-makers.ts'
import { nest, nestNotes } from './deploy-nest.ts'
import { nitro, nitroPlatform, startKit, startPlatform, startStandIn } from './deploy-nitro.ts'
import {
  next,
  nuxt,
  nuxtCommand,
  nuxtPlatform,
  qwik,
  qwikPlatform,
  reactRouter,
  remix,
  routerPlatform,
} from './deploy-servers.ts'
import {
  datedPackages,
  datesNotes,
  docusaurus,
  docusaurus1,
  eleventy,
  ember,
  gatsby,
  hexo,
  quasar,
  routed,
  STORYBOOK,
  site,
  slidev,
  storybook,
  umi,
  vite,
  vitepress,
  vueCli,
  vuepress,
  wmr,
} from './deploy-sites.ts'
import { forPlatform, sveltekit, svelteStandIn } from './deploy-svelte.ts'
import { webpack } from './deploy-webpack.ts'
import { type Deployment, files, program } from './deployment.ts'
import { text } from './manifest.ts'
import type { Command } from './scripts.ts'
import type { StandIn } from './stand-in.ts'

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
  /** Whether it has no port of its own: the image must set one. */
  readonly setsPort?: true
  /** The route by which it tells its health itself. */
  readonly health?: `/${string}`
  /** Whether servers have it too, so that what listens is one. */
  readonly beside?: true
  /** Whether it keeps files beside itself, such as uploads. */
  readonly writes?: true
  /** What makes it reachable from outside the container. */
  readonly env?: Readonly<Record<string, string>>
  /** What releases of its first package from one version to before another need besides. */
  readonly envBetween?: readonly [since: string, before: string, env: Readonly<Record<string, string>>]
  /** The build when no script names one. */
  readonly build?: string
  /** The package of the build's program, where that is another one. */
  readonly builder?: string
  /** Whether its build loads the server's own modules, with all that they do as they are loaded. */
  readonly loads?: true
  /** Variables with these prefixes end up in what the browser gets. */
  readonly baked?: readonly string[]
  /** The command that its developers would start it with, where no script says. */
  readonly start?: string
  /** Scripts that build it, where its usual one doesn't make what is served. */
  readonly scripts?: readonly string[]
  /** The command without which nothing is made that is served, whatever the usual script builds. */
  demands?(app: App): string | undefined
  /** What nobody but a person can settle before it can be built for a container. */
  open?(app: App): Question | undefined
  /** The package that its build gets in the place of those for platforms. */
  standIn?(app: App, build?: readonly Command[]): StandIn | undefined
  /** What is worth knowing of such an app. */
  notes?(app: App, build: readonly Command[]): readonly Note[]
  /** Debian packages that its build calls for. */
  buildPackages?(app: App, build: readonly Command[]): readonly string[]
  /** Undefined: this isn't an app of this framework after all. */
  deploy?(app: App, build: readonly Command[]): Deployment | undefined
}

/** Its workers listen on what localhost is, and are asked on 127.0.0.1: without this each page is a 500. */
const NEXT_WORKERS = ['13.3.0', '13.5.0', { NODE_OPTIONS: '--dns-result-order=ipv4first' }] as const
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
  // A CMS comes before the framework that its pages are made with.
  { name: 'adonisjs', packages: ['@adonisjs/core'], tier: 'app', kind: 'web', port: 3333, portVariable: 'PORT', setsPort: true, env: REACHABLE, build: 'node ace build', start: 'node bin/server.js', deploy: adonis },
  { name: 'strapi', packages: ['@strapi/strapi'], tier: 'app', kind: 'web', port: 1337, portVariable: 'PORT', handlesSigterm: true, writes: true, health: '/_health', env: REACHABLE, build: 'strapi build', start: 'strapi start', deploy: () => program() },
  { name: 'keystone', packages: ['@keystone-6/core'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', build: 'keystone build', start: 'keystone start', deploy: keystone },
  { name: 'directus', packages: ['directus'], tier: 'app', kind: 'web', port: 8055, portVariable: 'PORT', writes: true, health: '/server/ping', env: REACHABLE, start: 'directus start', deploy: () => program() },
  { name: 'medusa', packages: ['@medusajs/medusa'], tier: 'app', kind: 'web', port: 9000, portVariable: 'PORT', writes: true, health: '/health', env: REACHABLE, build: 'medusa build', start: 'medusa start', deploy: medusa },
  { name: 'next', packages: ['next'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, env: { HOSTNAME: '0.0.0.0' }, envBetween: NEXT_WORKERS, build: 'next build', loads: true, baked: ['NEXT_PUBLIC_'], start: 'next start', deploy: next },
  { name: 'nuxt', packages: ['nuxt', 'nuxt3', 'nuxt-edge'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['nitropack', '2.5.0'], env: REACHABLE, build: 'nuxt build', demands: nuxtCommand, open: nuxtPlatform, start: 'node .output/server/index.mjs', deploy: nuxt },
  { name: 'sveltekit', packages: ['@sveltejs/kit'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['@sveltejs/adapter-node', '5.1.0'], build: 'vite build', loads: true, baked: ['PUBLIC_', 'VITE_'], start: 'node build', open: forPlatform, standIn: svelteStandIn, deploy: sveltekit },
  { name: 'remix', packages: ['@remix-run/dev', '@remix-run/serve'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, build: 'remix vite:build', start: 'remix-serve ./build/server/index.js', open: routerPlatform(remix), deploy: remix },
  { name: 'react-router', packages: ['@react-router/dev'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: true, build: 'react-router build', baked: ['VITE_'], start: 'react-router-serve ./build/server/index.js', open: routerPlatform(reactRouter), deploy: reactRouter },
  { name: 'tanstack-start', packages: ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', env: REACHABLE, build: 'vite build', baked: ['VITE_'], start: 'node .output/server/index.mjs', open: startPlatform, standIn: startStandIn, deploy: startKit },
  { name: 'solid-start', packages: ['@solidjs/start'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['nitropack', '2.5.0'], env: REACHABLE, build: 'vinxi build', baked: ['VITE_'], start: 'node .output/server/index.mjs', open: nitroPlatform, deploy: startKit },
  // What is built with Nitro comes before it.
  ...OTHER_SERVERS,
  { name: 'nitro', packages: ['nitropack', 'nitro'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', handlesSigterm: ['nitropack', '2.5.0'], env: REACHABLE, build: 'nitro build', start: 'node .output/server/index.mjs', open: nitroPlatform, deploy: nitro },
  { name: 'astro', packages: ['astro'], tier: 'app', kind: 'web', port: 4321, portVariable: 'PORT', env: REACHABLE, build: 'astro build', baked: ['PUBLIC_'], start: 'node dist/server/entry.mjs', open: astroPlatform, standIn: astroStandIn, deploy: astro },
  { name: 'qwik', packages: ['@builder.io/qwik-city', '@qwik.dev/router', '@builder.io/qwik', '@qwik.dev/core'], tier: 'app', kind: 'web', port: 3000, portVariable: 'PORT', build: 'qwik build', baked: ['PUBLIC_'], start: 'node server/entry.express.js', open: qwikPlatform, deploy: qwik },
  { name: 'nestjs', packages: ['@nestjs/core'], tier: 'app', kind: 'web', port: 3000, build: 'nest build', builder: '@nestjs/cli', start: 'node dist/main', notes: nestNotes, deploy: nest },
  { name: 'angular', packages: ['@angular/core'], tier: 'app', kind: 'web', port: 4000, portVariable: 'PORT', env: { NG_ALLOWED_HOSTS: 'localhost,127.0.0.1' }, build: 'ng build', baked: ['NG_APP_'], scripts: ['build:ssr'], start: 'node dist/server/server.mjs', notes: angularNotes, deploy: angular },
  { name: 'docusaurus', packages: ['@docusaurus/core'], tier: 'files', kind: 'static', build: 'docusaurus build', deploy: docusaurus },
  { name: 'docusaurus 1', packages: ['docusaurus'], tier: 'files', kind: 'static', build: 'docusaurus-build', deploy: docusaurus1 },
  { name: 'vitepress', packages: ['vitepress'], tier: 'files', kind: 'static', build: 'vitepress build', notes: datesNotes, buildPackages: datedPackages, deploy: vitepress },
  { name: 'vuepress', packages: ['vuepress', 'vuepress-vite', 'vuepress-webpack'], tier: 'files', kind: 'static', build: 'vuepress build', deploy: vuepress },
  { name: 'gatsby', packages: ['gatsby'], tier: 'files', kind: 'static', build: 'gatsby build', baked: ['GATSBY_'], deploy: gatsby },
  { name: 'eleventy', packages: ['@11ty/eleventy'], tier: 'files', kind: 'static', build: 'eleventy', deploy: eleventy },
  { name: 'hexo', packages: ['hexo'], tier: 'files', kind: 'static', build: 'hexo generate', deploy: hexo },
  { name: 'rspress', packages: ['rspress', '@rspress/core'], tier: 'files', kind: 'static', build: 'rspress build', deploy: app => files(readConfig(app.project, 'rspress.config')?.text('outDir') ?? 'doc_build', ['/static/'], false, { base: readConfig(app.project, 'rspress.config')?.text('base') }) },
  { name: 'slidev', packages: ['@slidev/cli'], tier: 'files', kind: 'spa', build: 'slidev build', deploy: slidev },
  { name: 'elm-pages', packages: ['elm-pages'], tier: 'files', kind: 'static', build: 'elm-pages build', deploy: site('dist') },
  { name: 'hugo', packages: ['hugo-bin', 'hugo-extended', 'hugo-installer'], tier: 'files', kind: 'static', build: 'hugo', deploy: hugo },
  { name: 'polymer', packages: ['polymer-cli'], tier: 'files', kind: 'spa', build: 'polymer build', deploy: polymer },
  { name: 'honkit', packages: ['honkit'], tier: 'files', kind: 'static', build: 'honkit build', deploy: site('_book') },
  { name: 'create-react-app', packages: ['react-scripts'], tier: 'files', kind: 'spa', build: 'react-scripts build', baked: ['REACT_APP_'], deploy: app => files('build', ['/static/'], routed(app), { base: text(app.manifest.raw.homepage) }) },
  { name: 'vue-cli', packages: ['@vue/cli-service'], tier: 'files', kind: 'spa', build: 'vue-cli-service build', baked: ['VUE_APP_'], deploy: vueCli },
  { name: 'quasar', packages: ['@quasar/app-vite', '@quasar/app-webpack'], tier: 'files', kind: 'spa', build: 'quasar build', deploy: quasar },
  { name: 'ember', packages: ['ember-cli'], tier: 'files', kind: 'spa', build: 'ember build --environment=production', deploy: ember },
  { name: 'umi', packages: ['umi', '@umijs/max'], tier: 'files', kind: 'spa', build: 'umi build', deploy: umi },
  { name: 'rsbuild', packages: ['@rsbuild/core'], tier: 'files', kind: 'spa', build: 'rsbuild build', baked: ['PUBLIC_'], deploy: app => files(readConfig(app.project, 'rsbuild.config')?.text('output', 'distPath', 'root') ?? 'dist', ['/static/'], routed(app)) },
  ...OTHER_MAKERS,
  { name: 'vite', packages: ['vite', 'rolldown-vite', 'vite-ssg', 'vite-plus'], tier: 'files', kind: 'spa', build: 'vite build', baked: ['VITE_'], deploy: vite },
  { name: 'parcel', packages: ['parcel', 'parcel-bundler'], tier: 'files', kind: 'spa', deploy: parcel },
  { name: 'wmr', packages: ['wmr'], tier: 'files', kind: 'spa', build: 'wmr build', deploy: wmr },
  { name: 'webpack', packages: ['html-webpack-plugin'], tier: 'files', kind: 'spa', build: 'webpack --mode production', builder: 'webpack-cli', deploy: webpack },
  { name: 'gulp', packages: ['gulp'], tier: 'files', kind: 'static', deploy: gulpSite },
  { name: 'storybook', packages: ['storybook'], tier: 'files', kind: 'static', build: 'storybook build', scripts: STORYBOOK, deploy: storybook },
  // Frameworks around those below come before them.
  { ...server('egg', 7001), portVariable: 'PORT', writes: true }, server('midway', 7001, '@midwayjs/koa', '@midwayjs/web', '@midwayjs/express', '@midwayjs/bootstrap'), server('thinkjs', 8360), { ...server('adonisjs 4', 3333, '@adonisjs/framework'), portVariable: 'PORT', setsPort: true, env: { ...REACHABLE, ENV_SILENT: 'true' } },
  { ...server('apostrophe'), portVariable: 'PORT', writes: true }, { ...server('probot'), portVariable: 'PORT', env: REACHABLE }, { ...server('node-red', 1880), portVariable: 'PORT', writes: true }, { ...server('colyseus', 2567, '@colyseus/tools'), portVariable: 'PORT' },
  server('fastify'), server('hono', 3000, 'hono', '@hono/node-server'), server('koa'), server('hapi', 3000, '@hapi/hapi', 'hapi'), server('apollo', 4000, '@apollo/server', 'apollo-server', 'apollo-server-express'),
  { ...server('sails', 1337), writes: true }, { ...server('total.js', 8000, 'total5', 'total4', 'total.js'), writes: true }, server('feathers', 3030, '@feathersjs/feathers', '@feathersjs/express'), server('loopback', 3000, '@loopback/core', 'loopback'), server('restify', 8080), server('polka'), server('h3'),
  server('moleculer', 3000, 'moleculer-web'), server('tinyhttp', 3000, '@tinyhttp/app'), server('elysia'), server('express'), server('socket.io'), server('ws', 8080), server('graphql-yoga', 4000), server('trpc', 3000, '@trpc/server'),
  worker('discord.js', 'discord.js', 'oceanic.js', 'eris'), worker('grammy'), worker('telegraf'), worker('telegram', 'node-telegram-bot-api', 'telegram'), { ...worker('bullmq', 'bullmq', 'bull', 'agenda', 'bee-queue'), beside: true },
  worker('moleculer'), { ...worker('kafkajs'), beside: true }, { ...worker('amqplib'), beside: true }, { ...worker('node-cron', 'node-cron', 'cron', 'node-schedule'), beside: true },
] // biome-ignore format: one row a framework

const matching = (app: App, tiers: readonly Framework['tier'][]): readonly Framework[] =>
  FRAMEWORKS.filter(
    ({ tier, packages }) =>
      tiers.includes(tier) &&
      (tier === 'server' || tier === 'worker' ? usesInProduction(app, ...packages) : uses(app, ...packages)),
  )

/** Whether a router in the browser owns paths that are no files. */
export const hasRouter = (app: App): boolean => routed(app)
/** The frameworks that serve themselves; none where the build is that of another one, which this is a leftover beside. */
export function ownServers(app: App, build: readonly Command[]): readonly Framework[] {
  const all = matching(app, ['app'])
  const [first] = all
  return first &&
    !isRun(first, build) &&
    !isPlugin(app, first) &&
    matching(app, ['files']).some(other => isRun(other, build))
    ? []
    : // What the build runs, of a server that Nest makes and that shows pages of Next.js.
      [...all].sort((a, b) => Number(isRun(b, build)) - Number(isRun(a, build)))
}

/** Whether Vite builds with what a framework gives it: `import { vitePlugin } from '@remix-run/dev'`. */
const isPlugin = ({ project }: App, { packages }: Framework): boolean =>
  [...(readConfig(project, 'vite.config')?.imports ?? [])].some(specifier =>
    packages.some(name => specifier === name || specifier.startsWith(`${name}/`)),
  )

/** Whether a build runs a framework's own command. */
export const isRun = ({ name, build: command, packages }: Framework, build: readonly Command[]): boolean =>
  build.some(({ words: [program = ''] }) => [name, command?.split(' ')[0], ...packages].includes(program))

export const libraries = (app: App): readonly Framework[] => matching(app, ['server', 'worker'])

export const siteMakers = (app: App): readonly Framework[] => matching(app, ['files'])

/** The framework that makes a site, with where it puts it. */
export function siteMaker(
  app: App,
  build: readonly Command[],
): { framework: Framework; deployment: Deployment } | undefined {
  const found = siteMakers(app)
  // A fork's program has the name of what it was made from: `react-scripts build` of custom-react-scripts.
  const forked = FRAMEWORKS.filter(({ tier }) => tier === 'files')
  const run = (found.length ? found : forked).filter(framework => isRun(framework, build))
  for (const framework of new Set([...run, ...found])) {
    const deployment = framework.deploy?.(app, build)
    if (deployment) return { framework, deployment }
  }
  return undefined
}

/** Whether the build is a framework's that has a server of its own for the pages. */
export const buildsApp = (app: App, build: readonly Command[]): boolean =>
  matching(app, ['app']).some(framework => isRun(framework, build))

/** What the locked release of a framework needs in its environment, and others don't. */
export function envBetween(app: App, framework: Framework | undefined): Readonly<Record<string, string>> {
  const [name] = framework?.packages ?? []
  const [since, before, env] = framework?.envBetween ?? []
  return name && since && before && isSince(app, name, since) && !isSince(app, name, before)
    ? (env ?? {})
    : {}
}
