import { defineConfig } from 'vitest/config'
import { templates } from './src/render/compile.ts'

export default defineConfig({
  plugins: [templates()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 20_000,
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
})
