import type { App } from './app.ts'
import { bundledFrom } from './bundled-from.ts'
import { bundles } from './bundlers.ts'
import { joinOutward } from './paths.ts'
import type { Command } from './scripts.ts'
import { importsOf, parseModule } from './syntax.ts'
import { sourceOf } from './tsconfig.ts'

/** The source of a bundle that a program in JavaScript loads: `import '../dist/server.mjs'` of `bin/server.js`. */
export function loadedBundle(app: App, entry: string, build: readonly Command[]): readonly string[] {
  const { project, tsconfig } = app
  const module = build.some(bundles) && project.has(entry) ? parseModule(project, entry) : undefined
  if (!module) return []
  return (
    importsOf(module)
      .filter(name => /^\.\.?\//.test(name))
      .map(name => joinOutward(entry, '..', name))
      // By its name alone the program would be the source of what it loads.
      .filter(
        path => !path.startsWith('../') && [undefined, entry].includes(sourceOf(project, path, tsconfig)),
      )
      .flatMap(path => bundledFrom(app, path, build) ?? [])
  )
}
