import semver from 'semver'
import type { Source } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses, versionOf } from './app.ts'
import { packageOf } from './imports.ts'
import { inProduction } from './manifest.ts'
import { importsOf, parseModule } from './syntax.ts'

/** Packages that what runs imports, and that no production install has: without them it ends at once. */
export const unpackedNotes = (names: readonly string[], source?: Source): readonly Note[] =>
  names.length
    ? [
        note(
          'DEVELOPMENT_IMPORTS',
          'warning',
          `the program imports ${names.join(', ')}, which no production install has, so all development dependencies are in the image; named under dependencies they let the others stay out`,
          source,
        ),
      ]
    : []

const QWIK = /^@(builder\.io\/qwik|qwik\.dev\/)/

/** Qwik's build packs Qwik alone: what the server's entry and Qwik's own middleware import stays outside. @param stem the entry without extension */
export function qwikMissing(app: App, stem: string): readonly string[] {
  const entry = app.project.find(`${stem}.{tsx,ts,jsx,js}`)[0]
  const module = entry === undefined ? undefined : parseModule(app.project, entry)
  const own = (module ? importsOf(module).map(packageOf) : []).filter(
    name => uses(app, name) && !QWIK.test(name),
  )
  const brought = uses(app, '@builder.io/qwik-city') ? ['undici'] : []
  return [...new Set([...own, ...brought])].filter(name => !inImage(app, name)).sort()
}

/** Releases of SvelteKit's adapter that pack nothing: what pages import stays outside. As read from the registry on 2026-11-23. */
const UNPACKING = '>=1.0.0-next.58 <1.0.0-next.88'

/** What pages of SvelteKit import of packages that are for development alone, as most of its projects have all of them. */
export function svelteMissing(app: App): readonly string[] {
  const version = versionOf(app, '@sveltejs/adapter-node')
  if (version === undefined || !semver.satisfies(version, UNPACKING)) return []
  const names = app.project.find('src/**/*.{svelte,js,ts}').flatMap(path => {
    const module = parseModule(app.project, path)
    return module ? importsOf(module).map(packageOf) : []
  })
  return [...new Set(names)]
    .filter(name => Object.hasOwn(app.manifest.devDependencies, name) && !SVELTE.test(name))
    .sort()
}
const SVELTE = /^(svelte|@sveltejs\/.*)$/

/** A lock file that can't be read leaves it to the manifest. */
const inImage = ({ lock, manifest }: App, name: string): boolean =>
  lock.packages.length > 0
    ? lock.packages.some(item => item.name === name && item.production)
    : inProduction(manifest, name)
