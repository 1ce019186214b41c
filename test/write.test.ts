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

test('writes all files, folders too, and leaves no temporary file', async () => {
  await write(root, [file('Dockerfile'), file('apps/api/Dockerfile')])
  expect([read('Dockerfile'), read('apps/api/Dockerfile')]).toEqual(['new\n', 'new\n'])
  expect(readdirSync(root).sort()).toEqual(['Dockerfile', 'apps'])
})

test('tells what stands at the place', async () => {
  writeFileSync(join(root, 'same'), 'new\n')
  writeFileSync(join(root, 'other'), 'old\n')
  expect(await compare(root, file('same'))).toEqual({ status: 'unchanged', old: 'new\n' })
  expect(await compare(root, file('other'))).toEqual({ status: 'updated', old: 'old\n' })
  expect(await compare(root, file('none'))).toEqual({ status: 'created', old: '' })
})

test('all or nothing: one file that cannot be written leaves the others as they were', async () => {
  writeFileSync(join(root, 'Dockerfile'), 'old\n')
  mkdirSync(join(root, '.dockerignore'))
  await expect(write(root, [file('Dockerfile'), file('.dockerignore')])).rejects.toMatchObject({
    code: 'CANT_WRITE',
    message: '.dockerignore is not a regular file',
  })
  expect(read('Dockerfile')).toBe('old\n')
  expect(readdirSync(root).sort()).toEqual(['.dockerignore', 'Dockerfile'])
})

test('a link is not written through', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'))
  symlinkSync(join(outside, 'target'), join(root, 'Dockerfile'))
  await expect(write(root, [file('Dockerfile')])).rejects.toMatchObject({ code: 'CANT_WRITE' })
  expect(existsSync(join(outside, 'target'))).toBe(false)
})

test.skipIf(process.getuid?.() === 0)('no permission is one line', async () => {
  chmodSync(root, 0o555)
  await expect(write(root, [file('Dockerfile')])).rejects.toMatchObject({
    message: 'Dockerfile: permission denied',
  })
})
