import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const app = (members: object = {}) => ({
  'package.json': { scripts: { start: 'node index.js' }, ...members },
  'index.js': '',
})
const found = async (files: Record<string, string | object>, options = {}) => {
  const [candidate] = await detectIn(files, options)
  return { ...candidate?.facts.runtimeVersion, codes: candidate?.notes.map(({ code }) => code) }
}

describe('the version of Node.js', () => {
  test.each([
    ['>=18', '24'],
    ['>=18 <21', '20'],
    ['<21', '20'],
    ['^18 || ^20', '20'],
    ['18.x || >=20', '24'],
    ['22.x', '22'],
    ['~20.10.0', '20'],
    ['>=26', '26'],
    ['*', '24'],
    ['12.x', '12'],
    ['14', '14'],
  ])('engines %s → %s', async (range, value) => {
    expect(await found(app({ engines: { node: range } }))).toMatchObject({ value, stated: range })
  })

  test.each([
    ['.nvmrc', 'v20.11.1\n', '20'],
    ['.nvmrc', 'lts/jod', '22'],
    ['.nvmrc', 'lts/*', '24'],
    ['.nvmrc', '# ours\n22', '22'],
    ['.node-version', '22.2.0', '22'],
    ['.tool-versions', 'python 3.12\nnodejs 22.1.0\n', '22'],
    ['mise.toml', '[tools]\nnode = "22"\n', '22'],
    ['.prototools', 'pnpm = "10"\nnode = "22.3.0"\n', '22'],
    ['.prototools', 'node = "lts-jod"\n', '22'],
    ['.moon/toolchains.yml', 'node: { version: 22.3.0 }\n', '22'],
    ['mise.toml', '[tools]\nnode = { version = "22" }\n', '22'],
  ])('%s %j → %s', async (path, content, value) => {
    expect(await found({ ...app({ engines: { node: '>=18' } }), [path]: content })).toMatchObject({ value })
  })

  test.each([
    [{ volta: { node: '22.4.0' }, engines: { node: '>=20' } }, '22'],
    [{ devEngines: { runtime: { name: 'node', version: '^22' } } }, '22'],
    [
      {
        devEngines: {
          runtime: [
            { name: 'bun', version: '1' },
            { name: 'node', version: '22' },
          ],
        },
      },
      '22',
    ],
  ])('%j → %s', async (members, value) => {
    expect(await found(app(members))).toMatchObject({ value })
  })

  test.each<[string, object, Record<string, string>, string]>([
    ['in what it loads', {}, { 'index.js': "import './a.js'", 'a.js': "import b from './b.json' assert { type: 'json' }" }, '20'],
    ['of what is passed on', {}, { 'index.js': "export { b } from './b.json' assert { type: 'json' }" }, '20'],
    ['an attribute', {}, { 'index.js': "import b from './b.json' with { type: 'json' }" }, '24'],
    ['a call of that name', {}, { 'index.js': "import assert from 'assert'\nassert\n{ 1 }" }, '24'],
    ['in what nothing loads', {}, { 'index.js': '', 'old.js': "import b from './b.json' assert { type: 'json' }" }, '24'],
    ['in settings of the build', { scripts: { start: 'node index.js', build: 'rollup -c' } }, { 'index.js': '', 'rollup.config.js': "import b from './package.json' assert { type: 'json' }" }, '20'],
    ['where engines want more', { engines: { node: '>=22' } }, { 'index.js': "import b from './b.json' assert { type: 'json' }" }, '24'],
  ])('import assertions hold Node.js 20: %s', async (_, manifest, files, value) => {
    expect(await found({ ...app({ type: 'module', ...manifest }), ...files, 'b.json': '{}' })).toMatchObject({ value })
  }) // biome-ignore format: one row a program

  test('a flag wins over every file', async () => {
    const files = { ...app({ engines: { node: '20' } }), '.nvmrc': '22' }
    expect(await found(files, { runtimeVersion: '24.1' })).toMatchObject({
      value: '24',
      source: { from: 'flag' },
    })
  })

  test.each<[string, Record<string, string>, object, string]>([
    ['nan that wraps it', { canvas: '2.11.2', nan: '2.22.2' }, {}, '24'],
    ['nan of the line before', { canvas: '2.11.2', nan: '2.20.0' }, {}, '22'],
    ['an old nan', { canvas: '2.11.2', nan: '2.17.0' }, {}, '20'],
    ['an old nan of a profiler', { pprof: '4.0.0', nan: '2.17.0' }, {}, '20'],
    ['nan for something that is not compiled here', { fsevents: '1.2.13', nan: '2.14.0' }, {}, '24'],
    ['a release that left nan', { canvas: '3.0.0', nan: '2.14.0' }, {}, '24'],
    ['node-sass 4.12', { 'node-sass': '4.12.0' }, {}, '12'],
    ['node-sass 4.14', { 'node-sass': '4.14.1', nan: '2.14.1' }, { node: '>=10' }, '14'],
    ['node-sass 9', { 'node-sass': '9.0.0' }, {}, '20'],
    ['a range above it', { 'node-sass': '4.14.1' }, { node: '>=16' }, '24'],
    ['better-sqlite3 6', { 'better-sqlite3': '6.0.1' }, {}, '14'],
    ['better-sqlite3 11', { 'better-sqlite3': '11.10.0' }, {}, '22'],
    ['better-sqlite3 12', { 'better-sqlite3': '12.11.1' }, {}, '22'],
    ['better-sqlite3 13', { 'better-sqlite3': '13.2.0' }, {}, '24'],
    ['Next.js 10.1 and its PostCSS', { next: '10.1.3' }, {}, '16'],
    ['Nuxt 2.14, which reads its settings by esm', { nuxt: '2.14.12' }, {}, '20'],
    ['Nuxt 2.15', { nuxt: '2.15.8' }, {}, '24'],
    ['Next.js 10.2', { next: '10.2.0' }, {}, '24'],
    ['Strapi 4.1', { '@strapi/strapi': '4.1.7' }, {}, '16'],
    ['Strapi 5.0', { '@strapi/strapi': '5.0.1' }, {}, '20'],
    ["NestJS's CLI, which asks what is gone", { '@nestjs/cli': '9.5.0' }, {}, '22'],
    ["NestJS's CLI since 10", { '@nestjs/cli': '10.0.0' }, {}, '24'],
    ['a recent Strapi', { '@strapi/strapi': '5.55.1' }, {}, '24'],
    ['a queue that writes past its buffer', { bull: '4.12.0', msgpackr: '1.10.1' }, {}, '22'],
    ['the lowest of several', { 'better-sqlite3': '11.10.0', fibers: '5.0.3' }, {}, '14'],
    ['the lowest that the range admits', { 'better-sqlite3': '11.10.0', fibers: '5.0.3' }, { node: '>=16' }, '22'],
  ])('native code: %s', async (_, locked, engines, value) => {
    const packages = Object.fromEntries(
      Object.entries(locked).map(([name, version]) => [`node_modules/${name}`, { version }]),
    )
    const files = { ...app({ engines }), 'package-lock.json': { lockfileVersion: 3, packages } }
    const { codes, value: line } = await found(files)
    expect(line).toBe(value)
    expect(codes?.includes('VERSION_LIMITED')).toBe(value !== '24')
  }) // biome-ignore format: one row a lock file

  test.each([
    ['node-sass', '~7.0.0', '16'],
    ['node-sass', '^9.0.0', '20'],
    ['gulp', '~3.9.0', '10'],
    ['gulp', '^4.0.2', '24'],
    ['gulp', '*', '24'],
    ['@angular-devkit/build-angular', '~12.1.0', '24'],
    ['@angular-devkit/build-angular', '~0.13.0', '22'],
    ['@angular-devkit/build-angular', '~0.803.0', '24'],
  ])('without a lock file %s %s of the manifest limits it to %s', async (name, range, value) => {
    const built = { scripts: { start: 'node index.js', build: 'gulp build' } }
    expect(await found(app({ devDependencies: { [name]: range }, ...built }))).toMatchObject({ value })
    expect(await found(app({ devDependencies: { [name]: range } }))).toMatchObject({ value: '24' })
  })

  test.each([
    ['a release that the manifest has left behind', '^4.9.2', {}, '14'],
    ['the one that it holds', '^7.0.1', {}, '16'],
    ['one that the manifest sets for all', '^4.9.2', { overrides: { 'node-sass': '7.0.1' } }, '16'],
  ])('a lock file with %s', async (_, range, more, value) => {
    const lock = { lockfileVersion: 3, packages: { 'node_modules/node-sass': { version: '7.0.3' } } }
    const files = { ...app({ dependencies: { 'node-sass': range }, ...more }), 'package-lock.json': lock }
    expect(await found(files)).toMatchObject({ value })
  })

  test('native code that only development has is no limit, unless a build loads it', async () => {
    const lock = (name: string) => ({
      lockfileVersion: 3,
      packages: {
        [`node_modules/${name}`]: { version: '4.0.0', dev: true },
        'node_modules/nan': { version: '2.14.0' },
      },
    })
    expect(await found({ ...app(), 'package-lock.json': lock('bcrypt') })).toMatchObject({ value: '24' })
    const built = app({ scripts: { start: 'node index.js', build: 'node generate.js' } })
    expect(await found({ ...built, 'package-lock.json': lock('sqlite3') })).toMatchObject({ value: '14' })
  })

  test.each([
    [{ postcss: '8.2.6', 'postcss-loader': '5.1.0' }, '16'],
    [{ postcss: '8.2.15', 'postcss-loader': '5.1.0' }, '24'],
    // Only its main file is read.
    [{ postcss: '8.2.6', vite: '2.0.0' }, '24'],
    [{ '@angular-devkit/build-angular': '12.1.0' }, '14'],
    [{ msgpackr: '1.10.1' }, '22'],
    [{ msgpackr: '1.11.5', 'ordered-binary': '1.5.3' }, '24'],
    [{ 'ordered-binary': '1.5.1' }, '22'],
  ])('what a build loads of %j limits it to %s', async (versions, value) => {
    const packages = Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version, dev: true }]),
    )
    const lock = { 'package-lock.json': { lockfileVersion: 3, packages } }
    const built = app({ scripts: { start: 'node index.js', build: 'webpack' } })
    expect(await found({ ...built, ...lock })).toMatchObject({ value })
    expect(await found({ ...app(), ...lock })).toMatchObject({ value: '24' })
  })

  test.each([
    ['0.10.x', '24', true],
    ['~0.12', '24', true],
    ['>=0.10', '24', false],
    ['0.12 || 6', '6', false],
    ['4.x', '4', false],
  ])('engines %s, from before an npm that still works → %s', async (node, value, raised) => {
    const { codes, ...known } = await found(app({ engines: { node } }))
    expect(known).toMatchObject({ value })
    expect(codes?.includes('VERSION_RAISED')).toBe(raised)
  })

  test.each([
    ['the program loads', { dependencies: { esm: '^3.2.25' } }, '3.2.25', '20'],
    ['the program loads, before it broke', { dependencies: { esm: '^3.0.34' } }, '3.0.34', '24'],
    ['only a command of another package loads', { dependencies: { knex: '^0.95.0' } }, '3.2.25', '24'],
    ['tests load', { devDependencies: { esm: '^3.2.25' } }, '3.2.25', '24'],
  ])('the package esm, which %s', async (_, members, version, value) => {
    const lock = { lockfileVersion: 3, packages: { 'node_modules/esm': { version } } }
    expect(await found({ ...app(members), 'package-lock.json': lock })).toMatchObject({ value })
  })

  test.each([
    ['^1.0.2', '8'],
    ['^3.0.0', '10'],
    ['^3.0.8', '14'],
    ['^5.1.0', '24'],
  ])('bcrypt %s without a lock file → Node.js %s', async (bcrypt, value) => {
    expect(await found(app({ dependencies: { bcrypt } }))).toMatchObject({ value })
  })

  test.each([
    ['config', '3.1.0', '22'],
    ['config', '3.3.12', '24'],
    ['argon2', '0.28.7', '22'],
    ['argon2', '0.30.3', '24'],
    ['libxmljs', '1.0.11', '22'],
    ['nedb', '^1.8.0', '22'],
  ])('%s %s asks for what Node.js 23 took away from util → %s', async (name, range, value) => {
    expect(await found(app({ dependencies: { [name]: range } }))).toMatchObject({ value })
  })

  test.each([
    ['next', '20'],
    ['vite', '24'],
  ])('what takes a Node.js that has a navigator for a browser, beside %s → %s', async (beside, value) => {
    const dependencies = { [beside]: '*', 'react-codemirror2': '^7.2.1' }
    expect(await found(app({ dependencies }))).toMatchObject({ value })
  })

  test('native code of a program is no limit for pages', async () => {
    const packages = {
      'node_modules/bcrypt': { version: '3.0.4' },
      'node_modules/nan': { version: '2.14.0' },
    }
    const files = { 'package-lock.json': { lockfileVersion: 3, packages }, 'index.html': '' }
    const site = { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }
    expect(await found({ ...files, 'package.json': site })).toMatchObject({ value: '24' })
    expect(await found({ ...app(), ...files })).toMatchObject({ value: '14' })
  })

  test('what locked packages refuse is not taken', async () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        'node_modules/addon': { version: '1.0.0', hasInstallScript: true, engines: { node: '20.x || 22.x' } },
      },
    }
    expect(
      await found({ ...app({ dependencies: { addon: '1' } }), 'package-lock.json': lock }),
    ).toMatchObject({ value: '22' })
  })

  test.each([
    ['above it', '>=24', '22', '24', true],
    ['below it', '20', '22', '22', false],
    ['and hold it', '>=20', '22', '22', false],
  ])('engines that are %s: %s and .nvmrc %s', async (_, range, pin, value, raised) => {
    const { codes, ...fact } = await found({ ...app({ engines: { node: range } }), '.nvmrc': pin })
    expect(fact.value).toBe(value)
    expect(codes?.includes('VERSION_RAISED')).toBe(raised)
  })

  test("a member's old pin gives way to the workspace's, which its engines admit", async () => {
    const [candidate] = await detectIn({
      'package.json': { private: true, workspaces: ['apps/*'] },
      '.nvmrc': '22',
      'apps/api/package.json': {
        name: 'api',
        scripts: { start: 'node index.js' },
        engines: { node: '22.x' },
      },
      'apps/api/index.js': "require('http').createServer().listen(3000)",
      'apps/api/.nvmrc': '18',
    })
    expect(candidate?.facts.runtimeVersion).toMatchObject({ value: '22' })
  })

  test.each([
    ["a workspace's pin that a range of the member's admits", '22', '>=20', '22'],
    ["a workspace's pin that it doesn't admit", '20', '>=22', '24'],
    ["a member's own pin", '22', '24', '24'],
    ["a workspace's range", '>=20', '22 || 24', '24'],
    ["a workspace's range, of a member that asks for a line past its end", '^22.17.1', '^16.0.0', '22'],
    ['a line past its end, which the workspace asks for too', '^16.14.0', '^16.0.0', '16'],
  ])('%s', async (_, above, engines, version) => {
    const [candidate] = await detectIn({
      'package.json': { private: true, workspaces: ['apps/*'], engines: { node: above } },
      'apps/api/package.json': {
        name: 'api',
        scripts: { start: 'node index.js' },
        engines: { node: engines },
      },
      'apps/api/index.js': "require('http').createServer().listen(3000)",
    })
    expect(candidate?.facts.runtimeVersion).toMatchObject({ value: version })
  })

  test('an end of life, a disagreement and a guess are notes', async () => {
    expect((await found(app({ engines: { node: '18' } }))).codes).toContain('VERSION_END_OF_LIFE')
    expect((await found({ ...app({ engines: { node: '20 || 22' } }), '.nvmrc': '24' })).codes).toContain(
      'VERSIONS_DISAGREE',
    )
    expect((await found(app())).codes).toContain('VERSION_ASSUMED')
  })
})

test.each([
  ['6', 'node:6-slim'],
  ['8', 'node:8-slim'],
  ['12', 'node:12-bullseye-slim'],
  ['22', 'node:22-trixie-slim'],
])('the image of Node.js %s is %s', async (range, ref) => {
  const { plan } = await createFrom(app({ engines: { node: range } }))
  expect(plan.images.build).toBe(ref)
})

describe('a pin past its end', () => {
  const next = (version: string, node: string) => ({
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/next': { version, engines: { node } } },
    },
  })
  test.each([
    ['that what builds refuses', next('14.2.0', '>=18.17.0'), '24', true],
    ['that it takes', next('12.0.0', '>=12.22.0'), '16', false],
  ])('%s', async (_, lock, value, raised) => {
    const { codes, ...fact } = await found({
      ...app({ dependencies: { next: '*' } }),
      ...lock,
      '.nvmrc': 'v16.18.0',
    })
    expect(fact.value).toBe(value)
    expect(codes?.includes('VERSION_RAISED')).toBe(raised)
  })
  test.each([
    ['the newest version of a package', { next: 'latest' }, {}, '24', true],
    ['within what others ask for', { next: 'latest' }, { engines: { node: '<=22' } }, '22', true],
    ['a range', { next: '^13.0.0' }, {}, '18', false],
  ])('a pin past its end, and no lock file: %s', async (_, dependencies, more, value, raised) => {
    const { codes, ...fact } = await found({ ...app({ dependencies, ...more }), '.nvmrc': '18' })
    expect(fact.value).toBe(value)
    expect(codes?.includes('VERSION_RAISED')).toBe(raised)
  })

  test.each([
    ['a lock file', { 'package-lock.json': { lockfileVersion: 3, packages: {} } }, '18', '18'],
    ['a line that lives', {}, '22', '22'],
    ['a line of long ago', {}, '8', '24'],
    ['a line to come', {}, '40', '40'],
  ])('a pin and a package in its newest version: %s', async (_, more, pin, value) => {
    const files = { ...app({ dependencies: { next: 'latest' } }), ...more, '.nvmrc': pin }
    expect((await found(files)).value).toBe(value)
  })
})
