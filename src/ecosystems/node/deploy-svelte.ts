import { adapterFor } from '../../knowledge/node-adapters.ts'
import type { Question } from '../ecosystem.ts'
import { type App, uses, versionOf } from './app.ts'
import { bindingsQuestion, platformBindings } from './bindings.ts'
import { readConfig } from './config.ts'
import { adapterMissing } from './deploy-servers.ts'
import { type Deployment, files, program } from './deployment.ts'
import { table, text } from './manifest.ts'
import { commandsOf } from './scripts.ts'
import type { StandIn } from './stand-in.ts'
import { adapterChoice } from './svelte-choice.ts'
import { svelteMissing } from './unpacked.ts'

export function sveltekit(app: App): Deployment | undefined {
  const { name, option, base } = svelteAdapter(app)
  if (name === 'static') {
    const fallback = option('fallback')
    return files(option('pages') ?? 'build', ['/_app/immutable/'], fallback !== undefined, {
      base,
      ...(fallback !== undefined && { page: fallback }),
    })
  }
  const out = option('out') ?? 'build'
  const missing = svelteMissing(app)
  const modules = Object.keys(app.manifest.dependencies).length + missing.length > 0
  return { ...program([out], out), modules, missing }
}

/** The adapter stands in svelte.config, and since SvelteKit 3 among Vite's plugins. */
function svelteAdapter(app: App) {
  const config = readConfig(app.project, 'svelte.config')
  const vite = readConfig(app.project, 'vite.config')
  const kit = table(config?.get('kit') ?? vite?.plugin('adapter'))
  const adapter = table(kit.adapter)
  const imports = [...(config?.imports ?? []), ...(vite?.imports ?? [])]
  const own = imports.find(item => ADAPTER.test(item))
  const other = imports.some(item => OTHER_ADAPTER.test(item))
  const installed = other ? 'other' : ['static', 'node'].find(item => uses(app, `@sveltejs/adapter-${item}`))
  return {
    name: adapterChoice(app) ? 'node' : ((own && ADAPTER.exec(own)?.[1]) ?? installed ?? 'auto'),
    /** Where the configuration chooses between several, all of them. */
    platforms: [
      ...new Set(imports.filter(item => isForPlatform(item) || (OF_BUN.test(item) && !onBun(app)))),
    ],
    option: (key: string) => text(adapter[key]),
    base: config?.text('kit', 'paths', 'base') ?? text(table(kit.paths).base),
  }
}

const ADAPTER = /^@sveltejs\/adapter-([\w-]+)$/
/** Adapters of its makers that are for no platform. */
const OPEN = /^(auto|node|static)$/

/** One of somebody else's: `svelte-adapter-uws`. */
const OTHER_ADAPTER = /^(?!@sveltejs\/)(.*[/-])?adapter(-|$)/
/** One of those for a platform's functions, or for another runtime. */
const OTHER_PLATFORM =
  /(^|[/-])(vercel|netlify|cloudflare|workers|aws|lambda|amplify|azure|firebase|appengine|deno)(-|$)/

/** What it makes asks Bun for its variables. */
const OF_BUN = /(^|-)adapter-bun(-|$)/
const onBun = ({ manifest: { scripts } }: App): boolean =>
  commandsOf(scripts.start ?? '').some(({ words }) => words[0] === 'bun' || words[0] === 'bunx')

const isForPlatform = (item: string): boolean => {
  const [, own] = ADAPTER.exec(item) ?? []
  return own === undefined ? OTHER_ADAPTER.test(item) && OTHER_PLATFORM.test(item) : !OPEN.test(own)
}

/** The adapter for Node.js has the same shape, and takes no notice of options that it doesn't know. */
export function svelteStandIn(app: App): StandIn | undefined {
  const { name, platforms } = svelteAdapter(app)
  const version = adapterFor('@sveltejs/adapter-node', versionOf(app, '@sveltejs/kit') ?? '*')
  // Told of a platform, it has the package manager add this one during the build: to all of a workspace, scripts included.
  const auto = name === 'auto' && uses(app, AUTO) ? [AUTO] : []
  const replaces = [...platforms, ...auto]
  return replaces.length === 0 || /^(node|static)$/.test(name) || version === undefined
    ? undefined
    : { own: { name: '@sveltejs/adapter-node', version }, replaces }
}

const AUTO = '@sveltejs/adapter-auto'

/** An adapter for a platform makes nothing that Node.js could start; what the platform alone gives, no other adapter has. */
export function forPlatform(app: App): Question | undefined {
  const { name, platforms } = svelteAdapter(app)
  const [platform] = platforms
  if (/^(node|static)$/.test(name)) return undefined
  const bound = platform === undefined ? undefined : platformBindings(app.project)
  if (bound !== undefined) return bindingsQuestion(bound, '@sveltejs/adapter-node', 'svelte.config')
  // Before its fourth release adapter-auto knows no platform that has a server.
  const chosen = platform ?? (name === 'auto' && uses(app, AUTO) ? AUTO : undefined)
  return chosen === undefined || svelteStandIn(app)
    ? undefined
    : adapterMissing(`SvelteKit is built for another platform by ${chosen}`, '@sveltejs/adapter-node')
}
