import { describe, expect, test } from 'vitest'
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

describe('what a build leaves outside', () => {
  const qwik = (dependencies: object, devDependencies: object) =>
    createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'qwik build', serve: 'node server/entry.express' },
        dependencies,
        devDependencies,
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'adapters/express/vite.config.ts': '',
      'src/entry.express.tsx':
        "import 'dotenv/config'\nimport express from 'express'\nimport { createQwikCity } from '@builder.io/qwik-city/middleware/node'\nimport plan from '@qwik-city-plan'",
    })

  test('is in the image, though it is for development', async () => {
    const { candidate, dockerfile } = await qwik(
      { express: '4' },
      { '@builder.io/qwik-city': '1', dotenv: '16' },
    )
    expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain(
      'imports dotenv, undici,',
    )
    expect(dockerfile).toContain('COPY --from=build /app/node_modules ./node_modules')
    expect(dockerfile).not.toContain('--omit=dev')
  })

  test('leaves the others out where it is a dependency', async () => {
    const all = { express: '4', dotenv: '16', undici: '7' }
    const { candidate, dockerfile } = await qwik(all, { '@builder.io/qwik-city': '1' })
    expect(candidate.notes.map(({ code }) => code)).not.toContain('DEVELOPMENT_IMPORTS')
    expect(dockerfile).toContain('--omit=dev')
  })
})
