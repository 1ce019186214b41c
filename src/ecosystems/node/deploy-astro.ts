import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { adapterFor } from '../../knowledge/node-adapters.ts'
import type { Question } from '../ecosystem.ts'
import { type App, major, uses, versionOf } from './app.ts'
import { bindingsQuestion, platformBindings } from './bindings.ts'
import { option, words } from './command-words.ts'
import { type Config, readConfig } from './config.ts'
import { adapterMissing } from './deploy-servers.ts'
import { type Deployment, files, program } from './deployment.ts'
import { namedExport } from './exported.ts'
import { packageOf } from './imports.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import type { StandIn } from './stand-in.ts'
import { parseModule } from './syntax.ts'

const NODE = '@astrojs/node'

export function astro(app: App, build: readonly Command[]): Deployment | undefined {
  const config = readConfig(app.project, 'astro.config')
  const out = outputOf(config, build)
  if ((uses(app, NODE) && (!config || config.imports.has(NODE))) || astroStandIn(app, build))
    return { ...program([out], `${serverFolder(config, out)}/entry.mjs`), ...portOf(app, config) }
  return files(out, [`/${join(config?.text('build', 'assets') ?? '_astro')}/`], false, {
    base: config?.text('base'),
  })
}

/**
 * The adapter's server listens where the development server does, unless PORT says otherwise.
 * https://docs.astro.build/en/reference/configuration-reference/#serverport, 3000 before
 * https://docs.astro.build/en/guides/upgrade-to/v3/#changed-default-port-setting
 */
function portOf(app: App, config: Config | undefined): { readonly port?: Fact<number> } {
  const port = config?.get('server', 'port')
  if (config && typeof port === 'number') return { port: fact(port, fromFile(config.path, 'server.port')) }
  return major(app, 'astro') < 3 ? { port: byConvention(3000, 'the port of astro before 3') } : {}
}

const outputOf = (config: Config | undefined, build: readonly Command[]): string =>
  join(option(words(build, 'astro'), '--outDir') ?? config?.text('outDir') ?? 'dist')

const serverFolder = (config: Config | undefined, out: string): string =>
  `${out}/${join(config?.text('build', 'server') ?? 'server')}`

/** Adapters for a platform's functions, or for another runtime, by their makers and by others. */
const PLATFORM =
  /^(@astrojs\/(vercel|netlify|cloudflare|deno)|astro-aws-amplify|astro-sst|@astro-aws\/adapter|@deno\/astro-adapter)$/

/** Standing alone is an option of the adapter for Node.js that those for platforms don't have. */
const STANDALONE = 'import node from "@astrojs/node"; export default () => node({ mode: "standalone" })'

export function astroStandIn(app: App, build: readonly Command[] = []): StandIn | undefined {
  const config = readConfig(app.project, 'astro.config')
  const replaces = [...new Set([...(config?.imports ?? [])].map(packageOf))].filter(name =>
    PLATFORM.test(name),
  )
  const version = adapterFor(NODE, versionOf(app, 'astro') ?? '*')
  if (
    !config ||
    replaces.length === 0 ||
    config.imports.has(NODE) ||
    !version ||
    !rendersOnServer(app, config)
  )
    return undefined
  return {
    own: { name: NODE, version },
    replaces,
    wrapper: STANDALONE,
    server: serverFolder(config, outputOf(config, build)),
  }
}

/** Whether a page or an endpoint is made when it is asked for: https://docs.astro.build/en/guides/on-demand-rendering/ */
function rendersOnServer(app: App, config: Config): boolean {
  const output = config.text('output')
  if (output === 'server' || output === 'hybrid') return true
  // Before that release files alone were made, whatever a page said.
  if (major(app, 'astro') < 5) return false
  const { project } = app
  return (
    project.find('src/actions{.ts,.js,/index.ts,/index.js}').length > 0 ||
    project
      .find('src/pages/**/*.{astro,ts,js}')
      .slice(0, 500)
      .some(path => {
        const module = parseModule(project, path)
        return module !== undefined && namedExport(module, 'prerender') === false
      })
  )
}

/** Without an adapter for Node.js a server can't be made; what the platform alone gives, no other adapter has. */
export function astroPlatform(app: App): Question | undefined {
  const config = readConfig(app.project, 'astro.config')
  if (astroStandIn(app)) {
    const bound = platformBindings(app.project)
    return bound === undefined ? undefined : bindingsQuestion(bound, NODE, 'astro.config')
  }
  return config?.text('output') === 'server' && !config.imports.has(NODE)
    ? adapterMissing('Astro renders on a server here, with an adapter for another platform or none', NODE)
    : undefined
}
