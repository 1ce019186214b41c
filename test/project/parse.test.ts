import { describe, expect, test } from 'vitest'
import { formatOf, loadParsers, parse } from '../../src/project/parse.ts'
import { parseObject } from '../../src/project/project.ts'
import { projectFrom } from '../support/project.ts'

const parsers = await loadParsers(['a.toml', 'a.yaml', 'a.xml'])

describe('what is read', () => {
  test.each([
    ['package.json', '{"a": 1}', { a: 1 }],
    ['tsconfig.json', '{ // why\n "a": [1, 2,], /* b */ }', { a: [1, 2] }],
    ['pyproject.toml', '[project]\nname = "a"\n', { project: { name: 'a' } }],
    [
      'package-lock.json',
      '{\n<<<<<<< HEAD\n "a": 1,\n||||||| base\n "a": 0,\n=======\n "a": 2,\n>>>>>>> main\n "b": 3\n}\n',
      { a: 1, b: 3 },
    ],
    ['Pipfile', '[requires]\npython_version = "3.13"\n', { requires: { python_version: '3.13' } }],
    ['uv.lock', 'version = 1\n', { version: 1 }],
    ['pnpm-workspace.yaml', 'packages:\n  - apps/*\n', { packages: ['apps/*'] }],
    ['pom.xml', '<project><version>1.0</version></project>', { project: { version: '1.0' } }],
  ])('%s', (path, text, value) => {
    expect(parse(parsers, path, text)).toEqual(value)
  })

  test.each(['bun.lock', 'bun.lockb'])('a package.json with comments beside %s: Bun takes it', lock => {
    const project = projectFrom({ 'package.json': '{ // why\n "a": 1, }', [lock]: '' })
    expect(project.parse('package.json')).toEqual({ a: 1 })
  })

  test('a parser is loaded only for a format that occurs outside of CI and editor settings', async () => {
    expect(Object.keys(await loadParsers(['package.json', '.github/workflows/ci.yml']))).toEqual(['json'])
    expect(Object.keys(await loadParsers(['Cargo.toml', 'a/b.yml']))).toEqual(['json', 'toml', 'yaml'])
  })
})

test.each(['tsconfig.json', 'packages/a/tsconfig.build.json', 'jsconfig.json'])(
  'an empty %s asks for nothing',
  path => {
    expect(parse(parsers, path, '')).toEqual({})
    expect(parse(parsers, path, '// later\n')).toEqual({})
  },
)

describe('what is broken says where', () => {
  test.each([
    ['package.json', '{\n  "a": 1,\n  "b" 2\n}', 'package.json:3:7: colon expected'],
    ['package.json', '{"a": 1', 'package.json:1:8: close brace expected'],
    ['package.json', '', 'package.json:1:1: value expected'],
    ['package.json', '{\n  "a": {\n    "b": 1,\n  }\n}', 'package.json:4:3: property name expected'],
    ['a/package.json', '{\n  // why\n  "a": 1\n}', 'a/package.json:2:3: invalid comment token'],
    ['package-lock.json', '{"a": 1,}', 'package-lock.json:1:9: property name expected'],
    ['pyproject.toml', 'a = 1\nb = [', 'pyproject.toml:2:'],
    ['pnpm-workspace.yaml', 'packages:\n  - a\n b: c\n', 'pnpm-workspace.yaml:3:'],
    ['pom.xml', '<a>\n<b></a>', 'pom.xml:2:'],
  ])('%s', (path, text, message) => {
    expect(() => parse(parsers, path, text)).toThrow(
      expect.objectContaining({ code: 'MALFORMED_FILE', message: expect.stringContaining(message) }),
    )
    expect(() => parse(parsers, path, text)).not.toThrow(/\n/)
  })

  test('by its path from the root, whatever folder is looked at', () => {
    const project = projectFrom({ 'apps/api/package.json': '{' }).within('apps').within('api')
    expect(() => project.parse('package.json')).toThrow('apps/api/package.json:1:2: ')
  })

  test('a manifest that is no object', () => {
    const project = projectFrom({ 'package.json': '[1]' })
    expect(() => parseObject(project, 'package.json')).toThrow('package.json: expected an object')
  })
})

test('names that only look like a format have none', () => {
  expect(formatOf('a/constructor')).toBeUndefined()
  expect(formatOf('yarn.lock')).toBeUndefined()
})
