import { describe, expect, test } from 'vitest'
import { transpiled } from '../../../src/ecosystems/node/transpiled.ts'
import { createFrom } from '../../support/project.ts'

test.each([
  ['babel server-side -d dist', [{ rootDir: 'server-side', outDir: 'dist' }]],
  ['babel --out-dir=lib/out --copy-files ./src', [{ rootDir: 'src', outDir: 'lib/out' }]],
  ['babel --presets @babel/env --extensions .ts,.js code -d ./build', [{ rootDir: 'code', outDir: 'build' }]],
  ['babel server/index.js -d dist', [{ rootDir: 'server', outDir: 'dist' }]],
  ['cd api && babel src -d dist', [{ rootDir: 'api/src', outDir: 'api/dist' }]],
  [
    'rimraf dist && cross-env NODE_ENV=production babel -D -d dist code',
    [{ rootDir: 'code', outDir: 'dist' }],
  ],
  ['babel src --out-file app.js', []],
  ['babel-node src', []],
])('%s', (script, found) => {
  expect(transpiled({ build: script })).toEqual(found)
})

const project = (scripts: object, files: object = {}) => ({
  'package.json': {
    name: 'app',
    scripts,
    dependencies: { express: '4', react: '18', 'react-scripts': '5' },
    devDependencies: { '@babel/cli': '7', '@babel/core': '7' },
  },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'public/index.html': '',
  'src/index.js': "import React from 'react'",
  'api/index.js':
    "import express from 'express'\nimport './routes'\nexpress().listen(process.env.PORT || 4321)",
  'api/routes.js': '',
  ...files,
})

describe('what the part that starts is built by', () => {
  test.each([
    ['start:server', 'build:server'],
    ['start:api', 'build:api'],
    ['server', 'build:server'],
    ['start-server', 'server:build'],
  ])('%s: %s', async (start, build) => {
    const { dockerfile, candidate } = await createFrom(
      project({
        start: 'react-scripts start',
        build: 'react-scripts build',
        [start]: 'node dist/index.js',
        [build]: 'babel api -d dist',
      }),
    )
    expect(dockerfile).toMatch(/npx react-scripts build \\\n {4}&& npx babel api -d dist\n/)
    expect(candidate.facts).toMatchObject({
      start: { value: 'node dist/index.js' },
      build: { value: `npm run build && npm run ${build}` },
      // The program's source is the folder that Babel reads, not the pages'.
      port: { value: 4321 },
    })
  })

  test.each([
    ['calls it', 'react-scripts build && npm run build:server'],
    ['does the same', 'react-scripts build && babel api -d dist'],
  ])('the usual build %s', async (_, build) => {
    const { dockerfile } = await createFrom(
      project({
        start: 'react-scripts start',
        build,
        'start:server': 'node dist/index.js',
        'build:server': 'babel api -d dist',
      }),
    )
    expect(dockerfile).toContain('RUN npm run build\n')
  })

  test('a script that goes on to start it is none', async () => {
    const { dockerfile } = await createFrom(
      project({
        start: 'cross-env NODE_ENV=production node dist/index.js',
        build: 'babel api -d dist',
        'build:start': 'npm run build && npm run start',
      }),
    )
    expect(dockerfile).toContain('RUN npm run build\n')
  })

  test('a program that is there needs none', async () => {
    const { dockerfile } = await createFrom(
      project({
        start: 'react-scripts start',
        build: 'react-scripts build',
        'start:server': 'node api/index.js',
        'build:server': 'babel api -d dist',
      }),
    )
    expect(dockerfile).not.toContain('babel')
  })

  test.each([
    ["express.static('build')", true],
    ["express.static(path.join(__dirname, '../build'))", true],
    ["express.static('public')", false],
  ])('the pages that it gives out come along: %s', async (code, shown) => {
    const { dockerfile } = await createFrom(
      project(
        {
          start: 'react-scripts start',
          build: 'react-scripts build',
          'start:server': 'node dist/index.js',
          'build:server': 'babel api -d dist',
        },
        { 'api/index.js': `import express from 'express'\nexpress().use(${code}).listen(4321)` },
      ),
    )
    expect(dockerfile.includes('COPY --from=build /app/build ./build\n')).toBe(shown)
    expect(dockerfile).toContain('COPY --from=build /app/dist ./dist\n')
  })
})
