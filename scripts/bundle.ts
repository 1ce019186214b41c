import type { BuildOptions } from 'rolldown'
import { templates } from '../src/render/compile.ts'
import { grammars } from './grammars.ts'

/** commander loads child_process for subcommands that are programs of their own: we have none, and it costs 5 ms a start. */
const withoutSubprocesses = {
  name: 'create-dockerfile:no-subprocesses',
  resolveId: (id: string, importer: string | undefined) =>
    id === 'node:child_process' && importer?.includes('/commander/') ? '\0nothing' : undefined,
  load: (id: string) => (id === '\0nothing' ? 'export default {}' : undefined),
}

/** How the package's code is bundled: dependencies inlined, templates precompiled, what is imported by `import()` in chunks of its own. */
export const BUNDLE = {
  input: { bin: 'src/bin.ts', index: 'src/index.ts' },
  platform: 'node',
  // jsonc-parser's CommonJS build can't be bundled; its ES modules can.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [templates(), grammars(), withoutSubprocesses],
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
    // What every run needs is one file, each further one costs a millisecond; the library shares it.
    codeSplitting: {
      includeDependenciesRecursively: true,
      groups: [{ name: 'core', test: /[\\/]src[\\/](cli|index|ecosystems[\\/]ecosystem)\.ts$/ }],
    },
  },
} satisfies BuildOptions
