import { type App, uses } from './app.ts'
import { folderOf, option, words } from './command-words.ts'
import { readConfig } from './config.ts'
import { type Deployment, files } from './deployment.ts'
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
  const config = readConfig(app.project, 'vite.config')
  const command = words(build, 'vite') ?? words(build, 'vite-ssg')
  const root = config?.text('root') ?? folderOf(command) ?? '.'
  if (!app.project.has(join(root, 'index.html')) || config?.get('build', 'lib') !== undefined)
    return undefined
  const out = joinOutward(root, option(command, '--outDir') ?? config?.text('build', 'outDir') ?? 'dist')
  const assets = config?.text('build', 'assetsDir') ?? 'assets'
  return files(out, [`/${assets}/`], routed(app), {
    base: option(command, '--base') ?? config?.text('base'),
  })
}

export function vitepress(app: App, build: readonly Command[], name = 'vitepress'): Deployment {
  const dir = folderOf(words(build, name)) ?? '.'
  const config = readConfig(app.project, join(dir, `.${name}/config`))
  return files(join(dir, `.${name}/dist`), ['/assets/'], false, { base: config?.text('base') })
}

export const site =
  (out: string, hashed: readonly string[] = [], router = false) =>
  (): Deployment =>
    files(out, hashed, router)

export const STORYBOOK = ['build-storybook', 'storybook:build', 'build:storybook']

/** The stories of an app that is nothing else; a package for others is a library. */
export function storybook(app: App): Deployment | undefined {
  const { scripts } = app.manifest
  const name = STORYBOOK.find(key => Object.hasOwn(scripts, key))
  if (name === undefined || exportsCode(app)) return undefined
  const command = words(expand(scripts, name), 'storybook')
  return files(option(command, '-o', '--output-dir') ?? 'storybook-static', ['/assets/'], false)
}
