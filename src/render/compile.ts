import Handlebars from 'handlebars'
import { HELPERS } from './helpers.ts'

/**
 * Precompiles a template for the runtime alone, so that no compiler ships.
 * Escaping is off (it would turn `--mount=type` into `--mount&#x3D;type`), a missing path is an error, and only
 * our own helpers and Handlebars' `if` and `each` can be called.
 * @returns a JavaScript expression
 */
export function precompile(source: string): string {
  const knownHelpers = Object.fromEntries(Object.keys(HELPERS).map(name => [name, true]))
  return String(
    Handlebars.precompile(source, {
      noEscape: true,
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: { ...knownHelpers, unless: false, with: false, lookup: false, log: false },
    }),
  )
}

/** Turns `import template from './x.hbs'` into the precompiled template, in the bundler and in vitest alike. */
export const templates = () => ({
  name: 'create-dockerfile:templates',
  transform(source: string, id: string) {
    return id.endsWith('.hbs')
      ? { code: `export default ${precompile(source)}`, map: null, moduleType: 'js' as const }
      : undefined
  },
})
