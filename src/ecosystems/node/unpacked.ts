import type { Source } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
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

/** A lock file that can't be read leaves it to the manifest. */
const inImage = ({ lock, manifest }: App, name: string): boolean =>
  lock.packages.length > 0
    ? lock.packages.some(item => item.name === name && item.production)
    : inProduction(manifest, name)
