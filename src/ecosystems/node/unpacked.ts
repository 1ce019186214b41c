import semver from 'semver'
import type { Source } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses, versionOf } from './app.ts'
import { importsLeft } from './as-it-is.ts'
import { readConfig } from './config.ts'
import { packageOf } from './imports.ts'
import { inProduction, texts } from './manifest.ts'
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

/** Code of an app of Remix's or React Router's that the server's build takes in. */
const OF_ROUTES = /^app\/.*(?<!\.(client|test|spec|stories|d))\.[cm]?[jt]sx?$/
const NOT_SERVED = /(^|\/)(\.client|tests?|__tests__|__mocks__|mocks|e2e|stories)\//
/** Styles and pictures go to the browser. */
const ASSET = /\.(css|s[ac]ss|less|svg|png|jpe?g|gif|webp|woff2?)(\?.*)?$/

/**
 * What the pages of Remix or React Router import of packages for development alone: the server's build leaves every
 * package outside. https://vite.dev/guide/ssr#ssr-externals
 */
export function routesMissing(app: App): readonly string[] {
  const packed = readConfig(app.project, 'vite.config')?.get('ssr', 'noExternal')
  if (packed === true) return []
  const names = app.project.files
    .filter(path => OF_ROUTES.test(path) && !NOT_SERVED.test(path))
    .flatMap(path => {
      const module = parseModule(app.project, path)
      return module ? importsLeft(module) : []
    })
    .filter(specifier => !ASSET.test(specifier))
    .map(packageOf)
  const { devDependencies } = app.manifest
  return [...new Set(names)]
    .filter(
      name =>
        Object.hasOwn(devDependencies, name) &&
        !inProduction(app.manifest, name) &&
        !inImage(app, name) &&
        !OF_BUILDS.test(name) &&
        !texts(packed).includes(name),
    )
    .sort()
}
/** What the list of routes imports, and only the build reads: `app/routes.ts`. */
const OF_BUILDS =
  /^(@(remix-run|react-router)\/(dev|fs-routes|route-config|remix-routes-option-adapter)|vite)$/

/** A lock file that can't be read leaves it to the manifest. */
const inImage = ({ lock, manifest }: App, name: string): boolean =>
  lock.packages.length > 0
    ? lock.packages.some(item => item.name === name && item.production)
    : inProduction(manifest, name)
