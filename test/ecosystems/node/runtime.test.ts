import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const manifest = (scripts: object, ...names: readonly string[]) => ({
  'package.json': { name: 'app', scripts, dependencies: Object.fromEntries(names.map(name => [name, '*'])) },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'public/a.png': '',
})

test("what a framework's build makes has the public files in it", async () => {
  const { dockerfile } = await createFrom({
    ...manifest(
      { build: 'qwik build', serve: 'node server/entry.express' },
      '@builder.io/qwik-city',
      'express',
    ),
    'adapters/express/vite.config.ts': '',
  })
  expect(dockerfile).toContain('COPY --from=build /app/server ./server\n')
  expect(dockerfile).toContain('COPY --from=build /app/dist ./dist\n')
  expect(dockerfile).not.toContain('/app/public')
})

test('a program that is compiled reads them beside it', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript'),
    'src/server.ts': "import express from 'express'\nexpress().listen(3000)",
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  })
  expect(dockerfile).toContain('COPY --from=build /app/public ./public\n')
})
