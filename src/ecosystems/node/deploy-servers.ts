import semver from 'semver'
import type { Question } from '../ecosystem.ts'
import { type App, major, uses, versionOf } from './app.ts'
import { option, words } from './command-words.ts'
import { readConfig } from './config.ts'
import { type Deployment, files, type Program, program } from './deployment.ts'
import { join } from './paths.ts'
import { BIN_PACKAGES } from './runnable.ts'
import type { Command } from './scripts.ts'
import { expand } from './scripts.ts'
import type { Runnable } from './start.ts'
import { qwikMissing, routesMissing } from './unpacked.ts'
import { holdsMembers } from './workspaces.ts'

export function next(app: App): Deployment | undefined {
  if (!hasPages(app)) return undefined
  const config = readConfig(app.project, 'next.config')
  // An output that a variable asks for isn't what a plain build makes.
  const output = config?.decidedBy('output') ? undefined : config?.text('output')
  const out = join(config?.text('distDir') ?? '.next')
  if (output === 'export')
    return files(config?.text('distDir') ? out : 'out', ['/_next/static/'], false, {
      base: config?.text('basePath'),
    })
  const version = semver.coerce(versionOf(app, 'next') ?? '')
  if (version && semver.lt(version, output === 'standalone' ? '12.2.0' : '13.5.0'))
    return nextProgram(out, config?.path)
  // Since 16.4 regenerated pages have a folder of their own.
  const cache = version && semver.lt(version, '16.4.0') ? ['cache'] : ['cache', 'server/route-cache']
  return { is: 'next', out, forced: output !== 'standalone', cache, ...(config && { config: config.path }) }
}

/** What a program around Next.js needs of it, and `next start` in old releases. @param config its settings, read as it starts */
export const nextProgram = (out: string, config: string | undefined): Program => ({
  ...program([out, ...(config === undefined ? [] : [config])]),
  cache: join(out, 'cache'),
})

/** Whether there is anything that Next.js builds: at the root of several apps it may only be listed. */
const hasPages = ({ project, manifest }: App): boolean =>
  !(project.has('nx.json') || holdsMembers(project, manifest)) ||
  project.files.some(file => /^(src\/)?(app|pages)\//.test(file)) ||
  Object.keys(manifest.scripts).some(name =>
    expand(manifest.scripts, name).some(({ words }) => words[0] === 'next'),
  )

export function nuxt(app: App, build: readonly Command[]): Deployment | undefined {
  const command = ['nuxt', 'nuxi', 'nuxt-ts']
    .map(name => words(build, name))
    .find(found => found !== undefined)
  if (isNuxt2(app)) return nuxt2(app, command)
  const verb = command?.findIndex(word => /^(build|generate)$/.test(word)) ?? -1
  // `nuxt build ./app`
  const dir = join((verb > 0 && command?.[verb + 1]?.match(/^[^-].*/)?.[0]) || '.')
  const config = readConfig(app.project, join(dir, 'nuxt.config'))
  // https://nitro.build/config#static
  const isStatic = config?.text('nitro', 'preset') === 'static' || config?.get('nitro', 'static') === true
  if (command?.includes('generate') || isStatic)
    return files(join(dir, '.output/public'), ['/_nuxt/'], config?.get('ssr') === false, {
      base: config?.text('app', 'baseURL'),
      page: '200.html',
    })
  const out = join(dir, '.output')
  // https://nitro.build/deploy/runtimes/bun
  const preset =
    option(command, '--preset') ??
    build.find(({ env }) => env.NITRO_PRESET)?.env.NITRO_PRESET ??
    config?.text('nitro', 'preset')
  const entry = 'server/index.mjs'
  return preset === 'bun'
    ? { ...program([out], `${out}/${entry}`), start: `bun ${out}/${entry}`, modules: false }
    : { is: 'bundle', out, entry }
}

const isNuxt2 = (app: App): boolean => uses(app, 'nuxt-edge') || major(app, 'nuxt') < 3

/** https://v2.nuxt.com/docs/configuration-glossary/configuration-generate */
function nuxt2(app: App, command: readonly string[] | undefined): Deployment {
  const config = readConfig(app.project, 'nuxt.config')
  // It reads its settings as it starts, with what they load, and gives out `static` as it stands.
  if (!command?.includes('generate'))
    return { ...program(), start: 'nuxt start', ...(config && { settings: config.path }) }
  const router = config?.get('ssr') === false || config?.get('mode') === 'spa'
  const fallback = config?.get('generate', 'fallback') === true ? '404.html' : '200.html'
  return files(join(config?.text('generate', 'dir') ?? 'dist'), ['/_nuxt/'], router, {
    base: config?.text('router', 'base'),
    page: config?.text('generate', 'fallback') ?? fallback,
  })
}

/** Told to be for static hosting, Nuxt 2 starts nothing but what `generate` has made: https://v2.nuxt.com/docs/features/deployment-targets */
export const nuxtCommand = (app: App): string | undefined =>
  isNuxt2(app) && readConfig(app.project, 'nuxt.config')?.text('target') === 'static'
    ? 'nuxt generate'
    : undefined

/** NuxtHub's releases before 0.10 fix Cloudflare's preset: https://hub.nuxt.com/changelog */
export const nuxtPlatform = (app: App): Question | undefined =>
  uses(app, '@nuxthub/core') &&
  semver.lt(semver.coerce(versionOf(app, '@nuxthub/core') ?? '') ?? '1.0.0', '0.10.0')
    ? adapterMissing('NuxtHub builds the server for Cloudflare before its release 0.10', 'a later one')
    : undefined

export const adapterMissing = (what: string, wanted: string): Question => ({
  code: 'ADAPTER_MISSING',
  message: `${what}: a container needs ${wanted}.`,
  hint: 'Add that adapter, commit the lock file, and run this again',
})

export function reactRouter(app: App): Deployment {
  const config = readConfig(app.project, 'react-router.config', 'vite.config')
  const out = join(config?.text('buildDirectory') ?? 'build')
  return config?.get('ssr') === false
    ? files(`${out}/client`, ['/assets/'], true, { base: config.text('basename') })
    : { ...program([out]), missing: routesMissing(app) }
}

const ROUTER_SERVERS = /^@(remix-run|react-router)\/(serve|express)$/
/** Packages that hand requests of another platform to the router. */
const ROUTER_PLATFORMS =
  /^@(remix-run|react-router)\/(architect|cloudflare|cloudflare-pages|cloudflare-workers|deno|netlify|vercel)$|^@(netlify|vercel)\/(remix|remix-adapter|remix-edge-adapter|vite-plugin-react-router)$/

/** `remix-serve`, which an app with a server of its own does without, where that isn't here. */
export function unserved(app: App, framework: string, runs: Runnable): Question | undefined {
  const name = runs.is === 'bin' && /-serve$/.test(runs.name) ? BIN_PACKAGES[runs.name] : undefined
  return name === undefined || uses(app, name) || app.lock.packages.some(found => found.name === name)
    ? undefined
    : adapterMissing(`no program here starts what ${framework} builds`, name)
}

/** A plugin of Vite that builds the server for a platform. */
export const vitePlatform = (app: App): string | undefined =>
  [...(readConfig(app.project, 'vite.config')?.imports ?? [])].find(name =>
    /^@(cloudflare\/vite-plugin|netlify\/vite-plugin-\S+)$/.test(name),
  )

/** An adapter for functions of a platform makes a handler, which nothing here serves. */
export const routerPlatform =
  (deploy: (app: App) => Deployment) =>
  (app: App): Question | undefined => {
    const names = Object.keys({ ...app.manifest.dependencies, ...app.manifest.devDependencies })
    const named = names.find(name => ROUTER_PLATFORMS.test(name)) ?? vitePlatform(app)
    const platform = builtFor(app) ?? (names.some(name => ROUTER_SERVERS.test(name)) ? undefined : named)
    return platform && deploy(app).is === 'program'
      ? adapterMissing(
          `the server is built for another platform by ${platform}`,
          platform.includes('remix') ? '@remix-run/serve' : '@react-router/serve',
        )
      : undefined
  }

/** A target of Remix 1, or settings that an adapter gives: https://v1.remix.run/docs/en/1.19.3/file-conventions/remix-config#serverbuildtarget */
function builtFor({ project }: App): string | undefined {
  const config = readConfig(project, 'remix.config')
  const target = config?.text('serverBuildTarget')
  return target && target !== 'node-cjs'
    ? `remix.config.js for ${target}`
    : [...(config?.imports ?? [])].find(name => ROUTER_PLATFORMS.test(name))
}

/** Remix, by its own compiler or by Vite's. */
export function remix(app: App): Deployment {
  const vite = readConfig(app.project, 'vite.config')
  const ssr = vite?.plugin('ssr').ssr
  if (!app.project.has('remix.config.js') && (vite || uses(app, 'vite')))
    return ssr === false
      ? files('build/client', ['/assets/'], true)
      : { ...program(['build']), missing: routesMissing(app) }
  const config = readConfig(app.project, 'remix.config')
  const server = join(config?.text('serverBuildPath') ?? config?.text('serverBuildDirectory') ?? 'build')
  return program([
    server.replace(/\/[^/]+\.[cm]?js$/, ''),
    join(config?.text('assetsBuildDirectory') ?? 'public/build'),
  ])
}

/** What `qwik add` made: https://qwik.dev/docs/deployments */
export function qwik(app: App): Deployment | undefined {
  const adapter = qwikAdapter(app)
  if (adapter === 'static') return files('dist', ['/build/', '/assets/'], false)
  return adapter === undefined
    ? undefined
    : {
        ...program(['dist', 'server'], `server/entry.${adapter}.js`),
        missing: qwikMissing(app, `src/entry.${adapter}`),
      }
}

/** Its releases before the first spelled the folder otherwise. */
const qwikAdapter = ({ project }: App): string | undefined =>
  ['express', 'fastify', 'node-server', 'static'].find(name =>
    ['adapters', 'adaptors'].some(folder => project.dirs.has(`${folder}/${name}`)),
  )

export const qwikPlatform = (app: App): Question | undefined =>
  qwikAdapter(app)
    ? undefined
    : adapterMissing('Qwik has no adapter for a server here', 'the files that `npx qwik add express` makes')
