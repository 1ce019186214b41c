import type { App } from './app.ts'
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
