import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { decode, openProject } from '../../src/project/open.ts'

/** What Bun 1.1 wrote for `ms@^2.1.0`, packed. */
const BUN_LOCK =
  'H4sIAAAAAAACA1NW1C8tLtJPyszTT80rU0gqzeNKKs3TzclPzk7LzEnVTcsvyk0s0S0z4GJiYGA4l8K5vI3XY2PHj6Uvf9RpnJM63j5X9+7y6wlLZh9zr1qzWoeFAQyYIBQDBxrdAKWrYAoYEqF0bjGEfnDtQmuaxrfMJVuOXN16vd+DkYEywITE1mFgaADxQWYyk2AGIxRj5//j/0epI7FYyAg1F9lolheRxTu3nE7JPXlz/dkQBdUKj+Rz6zKOMX7KULU92fq+YLf+wrB2tfVvnoueeP31uv3q4rfyhQyv3ecq799a7Xo3JXgKtd2JFiakgQPQqLkCpblsiouS9TLziksSc3L0YAlQL6QoNdVOwchAoTizKjU/TUfBRCExJzM9Lz+NCx4D/yEA7g5o5LIww0wuNTayUzDBZYQBVJ0JEepB5mdA1TXB1UcbmcWWWtgpGJnB9Rii2gFL37B0zcQYZ6RnqGfAwHAGasoZZmzhUJyaW5ZapOdaUZJalJeYE1xSlJmXbqdgiLDIAm7RD6gJKixwf1jYKRhidVJGSUlBsZW+flFqemZxSVGlXl5BblaxXn5Run5usb6ufm6xLsh9xnol6VUMgxQAAIk5wM68BAAA'

const withNumber = (offset: number, value: number): Buffer => {
  const bytes = gunzipSync(Buffer.from(BUN_LOCK, 'base64'))
  bytes.writeUInt32LE(value, offset)
  return bytes
}

let root: string
const put = (path: string, content: string | Buffer = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'open-')))
})

describe('the walk', () => {
  test('leaves out dependencies, build output and what git ignores, at every level', async () => {
    for (const path of [
      'package.json',
      'node_modules/a/package.json',
      '.git/config',
      'target/x',
      '.venv/bin/python',
      'src/a.ts',
      'out/a.js',
      'web/out/keep.js',
      'web/gen/a.js',
      'web/b.log',
      'c.log',
      'd.log',
    ])
      put(path)
    put('.gitignore', '/out\n*.log\n!d.log\n')
    put('web/.gitignore', 'gen/\n')
    const { files } = await openProject(root)
    expect(files).toEqual([
      '.gitignore',
      'd.log',
      'package.json',
      'src/a.ts',
      'web/.gitignore',
      'web/out/keep.js',
    ])
  })

  test('keeps the evidence that dependencies are vendored, and nothing else of them', async () => {
    put('vendor/modules.txt')
    put('vendor/github.com/a/a.go')
    expect((await openProject(root)).files).toEqual(['vendor/modules.txt'])
  })

  test('follows no link out of the root and no loop', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    writeFileSync(join(outside, 'package.json'), '{}')
    put('real.txt', 'inside')
    symlinkSync(outside, join(root, 'away'))
    symlinkSync(join(outside, 'package.json'), join(root, 'package.json'))
    symlinkSync('.', join(root, 'loop'))
    symlinkSync('loop2', join(root, 'loop2'))
    symlinkSync('real.txt', join(root, 'link.txt'))
    symlinkSync('gone', join(root, 'dangling'))
    expect((await openProject(root)).files).toEqual(['link.txt', 'real.txt'])
  })

  test('reads lock files that are larger than what people write', async () => {
    put('package-lock.json', `{ "packages": {}${' '.repeat(3 * 2 ** 20)} }`)
    const project = await openProject(root)
    expect(project.parse('package-lock.json')).toEqual({ packages: {} })
    expect(project.oversized.size).toBe(0)
  })

  test('names a file over the limit and does not read it', async () => {
    put('package.json', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`)
    const project = await openProject(root)
    expect(project.parse('package.json')).toBeUndefined()
    expect([...project.oversized]).toEqual([['package.json', { bytes: 2 ** 21 + 8, limit: 2 ** 21 }]])
  })

  test.each([
    ['a folder that is not there', 'gone', 'NO_SUCH_FOLDER'],
    ['a file', 'file', 'NO_SUCH_FOLDER'],
  ])('refuses %s', async (_, path, code) => {
    put('file')
    await expect(openProject(join(root, path))).rejects.toMatchObject({ code })
  })

  test.skipIf(process.getuid?.() === 0)('says which file may not be read', async () => {
    put('package.json', '{}')
    chmodSync(join(root, 'package.json'), 0)
    const project = await openProject(root)
    expect(() => project.parse('package.json')).toThrow(/package\.json: permission denied/)
  })
})

test.each([
  ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"a":1}')],
  ['UTF-16 LE', Buffer.from('\ufeff{"a":1}', 'utf16le')],
  ['UTF-16 BE', Buffer.from('\ufeff{"a":1}', 'utf16le').swap16()],
])('decodes %s', (_, bytes) => {
  expect(decode(bytes)).toBe('{"a":1}')
})

test('line ends become one', () => {
  expect(decode(Buffer.from('a\r\nb\rc\n'))).toBe('a\nb\nc\n')
})

describe("Bun's binary lock file", () => {
  test('reads as the yarn.lock that Bun prints of it', async () => {
    put('bun.lockb', gunzipSync(Buffer.from(BUN_LOCK, 'base64')))
    const project = await openProject(root)
    expect(project.text('bun.lockb')).toMatch(/^ms@\^2\.1\.0:\n {2}version "2\.1\.3"$/m)
  })

  test.each([
    ['that is cut off', gunzipSync(Buffer.from(BUN_LOCK, 'base64')).subarray(0, 200)],
    ['that is none', Buffer.from('lock')],
    ['that is empty', Buffer.alloc(0)],
    ['that says it has more packages than bytes', withNumber(86, 2 ** 31)],
    ['that says a package has more dependencies than bytes', withNumber(128 + 2 * 80 + 4, 2 ** 31)],
  ])('%s tells nothing, and stops nothing', async (_, bytes) => {
    put('bun.lockb', bytes)
    const project = await openProject(root)
    expect(project.has('bun.lockb')).toBe(true)
    expect(project.text('bun.lockb')).toBeUndefined()
  })
})
