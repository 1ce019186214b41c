import type { BuildOptions } from 'rolldown'
import { templates } from '../src/render/compile.ts'

/** How the package's code is bundled: dependencies inlined, templates precompiled, what is imported by `import()` in chunks of its own. */
export const BUNDLE = {
  input: { bin: 'src/bin.ts', index: 'src/index.ts' },
  platform: 'node',
  // jsonc-parser's CommonJS build can't be bundled; its ES modules can.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [templates()],
  output: { dir: 'dist', format: 'esm', minify: true, chunkFileNames: 'chunks/[name]-[hash].js' },
} satisfies BuildOptions
