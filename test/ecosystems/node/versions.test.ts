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

  test('a flag wins over every file', async () => {
    const files = { ...app({ engines: { node: '20' } }), '.nvmrc': '22' }
    expect(await found(files, { runtimeVersion: '24.1' })).toMatchObject({
      value: '24',
      source: { from: 'flag' },
    })
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

  test('an end of life, a disagreement and a guess are notes', async () => {
    expect((await found(app({ engines: { node: '18' } }))).codes).toContain('VERSION_END_OF_LIFE')
    expect((await found({ ...app({ engines: { node: '>=24' } }), '.nvmrc': '22' })).codes).toContain(
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
