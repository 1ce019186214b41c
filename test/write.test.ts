import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { compare, write } from '../src/write.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write-'))
})
const file = (path: string, content = 'new\n') => ({ path, content })
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('writes all files, folders too, and leaves no temporary file', () => {
  write(root, [file('Dockerfile'), file('apps/api/Dockerfile')])
  expect([read('Dockerfile'), read('apps/api/Dockerfile')]).toEqual(['new\n', 'new\n'])
  expect(readdirSync(root).sort()).toEqual(['Dockerfile', 'apps'])
})

test('tells what stands at the place', () => {
  writeFileSync(join(root, 'same'), 'new\n')
  writeFileSync(join(root, 'other'), 'old\n')
  expect(compare(root, file('same'))).toEqual({ status: 'unchanged', old: 'new\n' })
  expect(compare(root, file('other'))).toEqual({ status: 'updated', old: 'old\n' })
  expect(compare(root, file('none'))).toEqual({ status: 'created', old: '' })
})

test('all or nothing: one file that cannot be written leaves the others as they were', () => {
  writeFileSync(join(root, 'Dockerfile'), 'old\n')
  mkdirSync(join(root, '.dockerignore'))
  expect(() => write(root, [file('Dockerfile'), file('.dockerignore')])).toThrow(
    expect.objectContaining({
      code: 'CANT_WRITE',
      message: '.dockerignore is not a regular file',
    }),
  )
  expect(read('Dockerfile')).toBe('old\n')
  expect(readdirSync(root).sort()).toEqual(['.dockerignore', 'Dockerfile'])
})

test('a link is not written through', () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'))
  symlinkSync(join(outside, 'target'), join(root, 'Dockerfile'))
  expect(() => write(root, [file('Dockerfile')])).toThrow(expect.objectContaining({ code: 'CANT_WRITE' }))
  expect(existsSync(join(outside, 'target'))).toBe(false)
})

test.skipIf(process.getuid?.() === 0)('no permission is one line', () => {
  chmodSync(root, 0o555)
  expect(() => write(root, [file('Dockerfile')])).toThrow(
    expect.objectContaining({
      message: 'Dockerfile: permission denied',
    }),
  )
})
