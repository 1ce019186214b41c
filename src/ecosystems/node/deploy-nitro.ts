import type { Question } from '../ecosystem.ts'
import { type App, major, uses } from './app.ts'
import { bindingsQuestion, platformBindings } from './bindings.ts'
import { adapterMissing, vitePlatform } from './deploy-servers.ts'
import { type Deployment, files, program } from './deployment.ts'
import { fixedPreset, hasNitroPlugin, statedPreset } from './nitro-preset.ts'
import type { StandIn } from './stand-in.ts'

/** What Nitro makes, for Bun where its plugin is told so: https://nitro.build/deploy/runtimes/bun */
export function nitro(app: App): Deployment {
  const [out, entry] = ['.output', 'server/index.mjs']
  const preset = fixedPreset(app) ?? ['solid-start', 'nitro'].map(kit => statedPreset(app, kit)).find(Boolean)
  if (preset === 'static') return files(`${out}/public`, ['/assets/'], false)
  return preset === 'bun'
    ? { ...program([out], `${out}/${entry}`), start: `bun ${out}/${entry}`, modules: false }
    : { is: 'bundle', out, entry }
}

/** Without Nitro the build makes a handler; srvx, which comes with TanStack's own server, serves it. */
export function startKit(app: App): Deployment {
  // Its releases of a time brought Nitro themselves, and the script for the start tells; a lock file without it knows better.
  const { packages } = app.lock
  const own =
    /(^|[\s/])\.output\//.test(app.manifest.scripts.start ?? '') &&
    (packages.length === 0 || packages.some(({ name }) => name === 'nitropack' || name === 'nitro'))
  return own ||
    hasNitroPlugin(app) ||
    uses(app, 'vinxi', '@solidjs/start') ||
    major(app, '@tanstack/react-start') < 1
    ? nitro(app)
    : { ...program(['dist']), start: 'srvx --prod -s ../client dist/server/server.js' }
}

/** A platform that Nitro's plugin of Vite's is told of: its output is for that alone. */
export function nitroPlatform(app: App): Question | undefined {
  const preset = fixedPreset(app)
  return preset === undefined || /^(node|bun$|static$)/.test(preset)
    ? undefined
    : adapterMissing(
        `the server is built for another platform by the preset ${preset} of vite.config`,
        "Nitro's own choice, or its preset node_server",
      )
}

/** Without a platform's plugin of Vite's, TanStack Start builds what it builds by itself: https://tanstack.com/start/latest/docs/framework/react/guide/hosting */
export function startStandIn(app: App): StandIn | undefined {
  const platform = vitePlatform(app)
  if (platform === undefined) return undefined
  return {
    replaces: [platform],
    wrapper: 'export const cloudflare = () => []; export default cloudflare',
    types: 'export declare function cloudflare(options?: any): any; export default cloudflare',
  }
}

export const startPlatform = (app: App): Question | undefined => {
  const told = nitroPlatform(app)
  if (told) return told
  const bound = startStandIn(app) && platformBindings(app.project)
  if (bound !== undefined) return bindingsQuestion(bound, 'the plugin of Nitro', 'vite.config')
  const deployment = startKit(app)
  const { packages } = app.lock
  return deployment.is === 'program' && packages.length > 0 && !packages.some(({ name }) => name === 'srvx')
    ? adapterMissing(
        'TanStack Start builds a handler here, which nothing serves',
        'srvx, or the plugin of Nitro',
      )
    : undefined
}
