import type { App } from './app.ts'
import { option, words } from './command-words.ts'
import { routed } from './deploy-sites.ts'
import { type Deployment, files } from './deployment.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'

/** https://gohugo.io/configuration/all/ */
export function hugo({ project }: App, build: readonly Command[]): Deployment {
  const config = ['hugo', 'config', 'config/_default/hugo', 'config/_default/config']
    .flatMap(stem => ['toml', 'yaml', 'yml', 'json'].map(extension => `${stem}.${extension}`))
    .filter(path => project.has(path))
    .map(path => table(project.parse(path)))[0]
  // Hugo doesn't care how the keys are written.
  const known = new Map(Object.entries(config ?? {}).map(([key, value]) => [key.toLowerCase(), text(value)]))
  const command = words(build, 'hugo')
  return files(
    join(option(command, '-d', '--destination') ?? known.get('publishdir') ?? 'public'),
    [],
    false,
    {
      base: option(command, '-b', '--baseURL') ?? known.get('baseurl'),
    },
  )
}

/** Of several builds for browsers of several ages the one that all of them read: https://polymer-library.polymer-project.org/3.0/docs/polymer-json */
export function polymer({ project }: App, build: readonly Command[]): Deployment {
  const builds = table(project.parse('polymer.json')).builds
  const all = (Array.isArray(builds) ? builds : []).map(table)
  const nameOf = (item: Readonly<Record<string, unknown>>) =>
    text(item.name) ?? text(item.preset) ?? 'default'
  const chosen = all.find(item => nameOf(item).startsWith('es5')) ?? all.at(-1) ?? {}
  const name = option(words(build, 'polymer'), '--name', '--preset') ?? nameOf(chosen)
  return files(join('build', name), [], true, {
    base: chosen.basePath === true ? name : text(chosen.basePath),
  })
}

/** Pages come of a page, which the command or the manifest names: https://parceljs.org/features/cli/ */
export function parcel(app: App, build: readonly Command[]): Deployment | undefined {
  const { project, manifest } = app
  const command = words(build, 'parcel')
  const { source, targets } = manifest.raw
  const named = [...(command ?? []), ...(Array.isArray(source) ? source : [source])]
  const isPage = (path: unknown) => typeof path === 'string' && path.endsWith('.html')
  if (!named.some(isPage) && project.find('index.html', 'src/index.html').length === 0) return undefined
  const out =
    option(command, '--dist-dir', '--out-dir', '-d') ?? text(table(Object.values(table(targets))[0]).distDir)
  return files(join(out ?? 'dist'), [], routed(app), { base: option(command, '--public-url') })
}
