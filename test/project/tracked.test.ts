import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { openProject } from '../../src/project/open.ts'
import { readIndex } from '../../src/project/tracked.ts'
import { dockerignore } from '../../src/render/dockerignore.ts'

let root: string
const put = (path: string, content: string | Buffer = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tracked-')))
})

/** git's index of these paths; an extended entry has two more bytes of flags. */
function index(paths: readonly string[], version = 2): Buffer {
  const header = Buffer.alloc(12)
  header.write('DIRC')
  header.writeUInt32BE(version, 4)
  header.writeUInt32BE(paths.length, 8)
  const entries = paths.map(path => {
    const extended = version === 3 && path.endsWith('.new')
    const length = 62 + (extended ? 2 : 0) + Buffer.byteLength(path)
    const entry = Buffer.alloc((Math.floor(length / 8) + 1) * 8)
    entry.writeUInt16BE((extended ? 0x4000 : 0) | path.length, 60)
    entry.write(path, extended ? 64 : 62)
    return entry
  })
  return Buffer.concat([header, ...entries, Buffer.from('TREE and a checksum')])
}

describe('the index', () => {
  const PATHS = ['a', 'ab/c.new', 'dir/ä.txt', 'package-lock.json', 'x'.repeat(80)]
  for (const version of [2, 3])
    test(`version ${version}`, () => expect(readIndex(index(PATHS, version))).toEqual(PATHS))
  test('version 4 compresses its paths: none are told', () => expect(readIndex(index(PATHS, 4))).toEqual([]))
  test('anything else', () => expect(readIndex(Buffer.from('no index at all'))).toEqual([]))
})

describe('what .gitignore names although git holds it', () => {
  beforeEach(() => {
    put('.gitignore', 'package-lock.json\nbin\ndist\n.env*\n')
    put('package.json', '{}')
    put('package-lock.json', '{}')
    put('bin/www')
    put('dist/old.js')
    put('web/.gitignore', 'dist/*')
    put('web/dist/a/old.js')
    put('.env', 'KEY=1')
    put('.env.example', 'KEY=')
  })

  test('is a source where the index has it', async () => {
    put(
      '.git/index',
      index(['.gitignore', 'bin/www', 'package-lock.json', 'package.json', 'web/dist/a/old.js']),
    )
    put('node_modules/a/index.js')
    const project = await openProject(root)
    expect(project.files).toEqual([
      '.gitignore',
      'bin/www',
      'package-lock.json',
      'package.json',
      'web/.gitignore',
    ])
    expect(project.forced).toEqual(['bin/www', 'package-lock.json'])
  })

  test('is all that an archive holds, but for values of one machine and old output', async () => {
    const project = await openProject(root)
    expect(project.forced).toEqual(['.env.example', 'bin/www', 'package-lock.json'])
    expect(project.has('.env')).toBe(false)
  })

  for (const [what, path] of [
    ['an installed tree without git', 'node_modules/a/index.js'],
    ['an index that is broken', '.git/index'],
    ['a folder of a repository', '../.git/HEAD'],
    ['a work tree, whose index lies elsewhere', '.git'],
  ] as const)
    test(`is unknown in ${what}`, async () => {
      root = join(root, 'app')
      for (const file of ['package.json', 'bin/www']) put(file)
      put('.gitignore', 'bin')
      put(path, 'x')
      const project = await openProject(root)
      expect(project.files).toEqual(['.gitignore', 'package.json'])
      expect(project.forced).toEqual([])
    })

  test('comes back after the patterns of .gitignore, and never as a secret', async () => {
    for (let i = 0; i < 21; i++) put(`lib/deep/${i}.js`)
    put('.gitignore', 'lib\n*.pem\n')
    put('a.pem')
    const lines = dockerignore({ sections: [], keep: [] }, await openProject(root)).split('\n')
    expect(lines.indexOf('!lib/deep')).toBeGreaterThan(lines.indexOf('**/lib'))
    expect(lines.indexOf('!a.pem')).toBeLessThan(lines.indexOf('**/*.pem'))
  })

  test('is seen from a folder of the tree', async () => {
    put('web/bin/start.js')
    put('web/package.json')
    expect((await openProject(root)).within('web').forced).toEqual(['bin/start.js'])
  })
})
