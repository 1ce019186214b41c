import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { option } from './command-words.ts'
import { bundlesOf } from './esbuild-scripts.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import type { Runnable } from './start.ts'

/** Programs that put what is imported into their output. */
const BUNDLERS =
  /^(tsup|tsdown|esbuild|rollup|rolldown|webpack|rspack|vite|ncc|unbuild|pkgroll|microbundle|bun|parcel|nx)$/
export const bundles = ({ words: [program = ''] }: Command): boolean => BUNDLERS.test(program)

/** Beside a bundler, which makes the pages then, the compiler makes the program where its output is what starts. */
export function isBundled(
  { tsconfig }: App,
  commands: readonly Command[],
  runs: Runnable | undefined,
): boolean {
  const compiled =
    runs?.is === 'node' &&
    tsconfig?.outDir !== undefined &&
    commands.some(({ words: [program] }) => program === 'tsc') &&
    join(runs.entry).startsWith(`${join(tsconfig.outDir)}/`)
  return commands.some(bundles) && !compiled
}

/** Whether a bundler leaves every import of a package as it is: https://esbuild.github.io/api/#packages */
export const leavesPackages = (app: App, commands: readonly Command[]): boolean =>
  commands.some(
    ({ words }) =>
      (words[0] === 'esbuild' && option(words, '--packages') === 'external') ||
      (/^(webpack|rspack)$/.test(words[0] ?? '') && uses(app, 'webpack-node-externals')),
  )

/**
 * The entry of a program whose package.json says `"type": "module"`, where esbuild is left to make CommonJS of it:
 * Node.js ends at its first `require` then. https://esbuild.github.io/api/#format
 */
export function misreadEntry(
  app: App,
  commands: readonly Command[],
  runs: Runnable | undefined,
): string | undefined {
  const { manifest } = app
  if (manifest.type !== 'module' || runs?.is !== 'node' || !runs.entry.endsWith('.js')) return undefined
  const entry = join(runs.entry)
  const makes = ({ words, dir = '' }: Command) =>
    words[0] === 'esbuild' &&
    words.includes('--bundle') &&
    option(words, '--platform') === 'node' &&
    (option(words, '--format') ?? 'cjs') === 'cjs' &&
    join(dir, option(words, '--outfile') ?? '') === entry
  const scripted = bundlesOf(app, commands).some(({ path, commonJs }) => path === entry && commonJs)
  return scripted || commands.some(makes) ? entry : undefined
}

export const misreadNotes = (entry: string | undefined): readonly Note[] =>
  entry === undefined
    ? []
    : [
        note(
          'COMMONJS_BUNDLE',
          'warning',
          `esbuild makes CommonJS of ${entry}, which Node.js refuses beside the "type": "module" of package.json, so the image has no package.json: --format=esm makes what that says`,
          fromFile('package.json', 'scripts.build'),
        ),
      ]
