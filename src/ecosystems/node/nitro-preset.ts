import { type App, uses } from './app.ts'
import { type Config, readConfig } from './config.ts'

/** Nitro as a plugin of Vite's, by the packages that have it. */
const PLUGINS = ['nitro/vite', '@solidjs/vite-plugin-nitro-2', '@tanstack/nitro-v2-vite-plugin']

/** Where each kit that Nitro builds for takes its settings from. */
const SETTINGS: Readonly<Record<string, readonly (readonly [file: string, ...keys: string[]])[]>> = {
  nuxt: [['nuxt.config', 'nitro', 'preset']],
  'solid-start': [['app.config', 'server', 'preset']],
  'tanstack-start': [['app.config', 'server', 'preset']],
  nitro: [['nitro.config', 'preset']],
}

/** The platform that Nitro's settings name, which its variable outranks: https://nitro.build/deploy#changing-the-deployment-preset */
export const statedPreset = (app: App, kit: string | undefined): string | undefined =>
  (SETTINGS[kit ?? ''] ?? [])
    .map(([file, ...keys]) => readConfig(app.project, file)?.text(...keys))
    .find(preset => preset !== undefined)

/** Whether Vite builds with Nitro: the package alone, which no configuration names or may have from elsewhere, makes nothing. */
export function hasNitroPlugin(app: App): boolean {
  const config = readConfig(app.project, 'vite.config')
  const isWhole = config !== undefined && ![...config.imports].some(name => name.startsWith('.'))
  return isWhole
    ? PLUGINS.some(name => config.imports.has(name))
    : uses(app, 'nitro', 'nitropack', ...PLUGINS)
}

/** The one that the plugin of Vite's is given, which nothing outranks. */
export function fixedPreset(app: App): string | undefined {
  const config = readConfig(app.project, 'vite.config')
  const preset = config && PLUGINS.some(name => config.imports.has(name)) && presetIn(config)
  return typeof preset === 'string' ? preset : undefined
}

const presetIn = (config: Config): unknown => config.plugin('preset').preset
