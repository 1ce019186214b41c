import { expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const server = (port: number) => `import express from 'express'\nexpress().listen(${port})`

test.each<[string, object, Record<string, string>]>([
  ['the command', { build: 'esbuild source/api.ts --bundle --platform=node --outfile=dist/index.js' }, {}],
  [
    'the script that calls the bundler',
    { build: 'vite build && node scripts/build.mjs' },
    {
      'scripts/build.mjs':
        "await esbuild.build({ entryPoints: ['./source/api.ts'], outfile: 'dist/index.js' })\nawait esbuild.build({ entryPoints: ['source/job.ts'], outfile: 'dist/job.js' })",
    },
  ],
  [
    'the script, of the one entry',
    { build: 'node scripts/build.mjs' },
    { 'scripts/build.mjs': "await rolldown.build({ input: { server: 'source/api.ts' } })" },
  ],
  [
    'what developers run',
    {
      build: 'node scripts/build.mjs',
      dev: 'vite',
      'dev:server': 'vite-node -c vite.config.ts source/api.ts',
    },
    { 'scripts/build.mjs': '' },
  ],
])('the source of a bundle by another name is read: %s says it', async (_, scripts, files) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node dist/index.js', ...scripts },
      dependencies: { express: '5' },
      devDependencies: { esbuild: '0.25', vite: '7', 'vite-node': '3' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'source/api.ts': server(4321),
    'source/job.ts': server(1),
    ...files,
  })
  expect(dockerfile).toContain('EXPOSE 4321\n')
})

test('a program whose packages are all in its bundle is a server all the same', async () => {
  const [app] = await detectIn({
    'package.json': {
      scripts: { start: 'node dist/index.js', build: 'node scripts/build.mjs' },
      devDependencies: { express: '5', rolldown: '1' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'source/api.ts': server(4321),
    'scripts/build.mjs': "await rolldown.build({ input: 'source/api.ts' })",
  })
  expect(app?.facts.kind.value).toBe('web')
  expect(app?.notes.map(({ code }) => code)).not.toContain('DEVELOPMENT_IMPORTS')
})
