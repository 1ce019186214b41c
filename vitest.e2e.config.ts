import { defineConfig } from 'vitest/config'
import { templates } from './src/render/compile.ts'

/** Real builds, one after the other: they share one engine and its caches. */
export default defineConfig({
  plugins: [templates()],
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/engine.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
    bail: 0,
  },
})
