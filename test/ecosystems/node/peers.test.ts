import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Entries = Record<string, object>
const TILT = { version: '0.1.4', peerDependencies: { react: '^15.0.0 || ^16.0.0' } }
const created = (packages: Entries, manifest: object = {}, files: Record<string, string> = {}) =>
  createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node index.js' },
      dependencies: { ms: '2' },
      ...manifest,
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { ms: '2', react: '18', tilt: '0.1.4' } },
        'node_modules/ms': { version: '2.1.3' },
        ...packages,
      },
    },
    'index.js': "require('http').createServer().listen(3000)",
    ...files,
  })
const installed = (dockerfile: string) =>
  /npm ci --omit=dev --ignore-scripts(.*)/.exec(dockerfile)?.[1]?.trim()

const REACT = { 'node_modules/react': { version: '18.2.0' } }
const REACT_16 = { 'node_modules/react': { version: '16.14.0' } }

describe('a lock file whose peers npm refuses', () => {
  test.each<[string, Entries, string]>([
    ['peers that fit', { ...REACT_16, 'node_modules/tilt': TILT }, ''],
    ['one that does not, of a direct dependency', { ...REACT, 'node_modules/tilt': TILT }, '--legacy-peer-deps'],
    ['an optional one that does not', { ...REACT, 'node_modules/tilt': { ...TILT, peerDependenciesMeta: { react: { optional: true } } } }, '--legacy-peer-deps'],
    ['one that does not, of a dependency of a dependency', { ...REACT, 'node_modules/other': TILT }, ''],
    ['one that does not, below the direct dependency', { ...REACT, 'node_modules/lib/node_modules/tilt': TILT }, ''],
    ['one that does not, and that nobody asks for directly', { 'node_modules/typescript': { version: '5.4.5' }, 'node_modules/tilt': { version: '0.1.4', peerDependencies: { typescript: '^4' } } }, ''],
    ['one that lacks', { 'node_modules/other': TILT }, '--legacy-peer-deps'],
    ['an optional one that lacks', { 'node_modules/other': { ...TILT, peerDependenciesMeta: { react: { optional: true } } } }, ''],
    ['one beside it', { ...REACT, 'node_modules/lib/node_modules/react': { version: '16.0.0' }, 'node_modules/lib/node_modules/other': TILT }, ''],
    ['one that lacks, packed into another package', { 'node_modules/lib/node_modules/other': { ...TILT, inBundle: true } }, ''],
    ['made by force', { ...REACT, 'node_modules/tilt': TILT, 'node_modules/scheduler': { version: '1.0.0', peer: true } }, '--force'],
    ['stale, with peers of its own', { 'node_modules/other': TILT, 'node_modules/scheduler': { version: '1.0.0', peer: true } }, ''],
    ['one that lacks beside peers of its own, of a direct dependency', { 'node_modules/tilt': TILT, 'node_modules/scheduler': { version: '1.0.0', peer: true } }, '--legacy-peer-deps'],
    ['a range that is none', { ...REACT, 'node_modules/tilt': { ...TILT, peerDependencies: { react: 'next' } } }, ''],
    ['any version', { 'node_modules/react': { version: '19.0.0-rc.1' }, 'node_modules/tilt': { ...TILT, peerDependencies: { react: '*' } } }, ''],
  ])('%s', async (_, packages, flags) => {
    const { dockerfile, candidate } = await created(packages)
    expect(installed(dockerfile)).toBe(flags)
    expect(candidate.notes.some(({ code }) => code === 'PEERS_IGNORED')).toBe(flags !== '')
  }) // biome-ignore format: one row a lock file

  test.each<[string, object, string]>([
    ['npm 11', {}, ''],
    ['npm 10', { engines: { node: '22' } }, '--legacy-peer-deps'],
    ['an early npm 11', { packageManager: 'npm@11.4.0', engines: { node: '22' } }, '--legacy-peer-deps'],
    ['the first that has it again', { packageManager: 'npm@11.5.2', engines: { node: '22' } }, ''],
  ])(
    '%s and an optional one that does not fit, of a dependency of a dependency',
    async (_, manifest, flags) => {
      const optional = { ...TILT, peerDependenciesMeta: { react: { optional: true } } }
      const packages = {
        ...REACT,
        'node_modules/lib/node_modules/other': optional,
        'node_modules/scheduler': { version: '1.0.0', peer: true },
      }
      expect(installed((await created(packages, manifest)).dockerfile)).toBe(flags)
    },
  )

  const conflict = { ...REACT, 'node_modules/tilt': TILT }
  test.each<[string, object, Record<string, string>]>([
    ['.npmrc says so itself', {}, { '.npmrc': 'legacy-peer-deps = true\n' }],
    ['.npmrc says so without a value', {}, { '.npmrc': 'legacy-peer-deps\n' }],
  ])('%s', async (_, manifest, files) => {
    expect(installed((await created(conflict, manifest, files)).dockerfile)).toBe('')
  })

  test.each([
    [{ react: '18' }, ''],
    [{ 'tilt@0.1': { react: '18' } }, ''],
    [{ scheduler: '1' }, '--legacy-peer-deps'],
  ])('overrides change what they name: %o', async (overrides, flag) => {
    expect(installed((await created(conflict, { overrides })).dockerfile)).toBe(flag)
  })
})

describe('without a lock file, what was published since may disagree', () => {
  const unlocked = (manifest: object, files: Record<string, string> = {}) =>
    createFrom({
      'package.json': { name: 'app', scripts: { start: 'node index.js' }, ...manifest },
      'index.js': "require('http').createServer().listen(3000)",
      ...files,
    })
  const two = { dependencies: { ms: '2', mailer: '2' } }
  test.each<[string, object, Record<string, string>, string]>([
    ['of several packages', two, {}, '--force'],
    ['of one alone', { dependencies: { ms: '2' } }, {}, ''],
    ['npm 6 looks at no peers', { ...two, engines: { node: '14' } }, {}, ''],
    ['.npmrc decides', two, { '.npmrc': 'legacy-peer-deps=true\n' }, ''],
  ])('%s', async (_, manifest, files, flag) => {
    const { dockerfile, candidate } = await unlocked(manifest, files)
    expect(/npm install \S+ --ignore-scripts(.*)/.exec(dockerfile)?.[1]?.trim()).toBe(flag)
    expect(candidate.notes.some(({ code }) => code === 'PEERS_UNCHECKED')).toBe(flag !== '')
  })
})
