import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test } from 'vitest'
import type { Answer } from '../src/answer.ts'
import { examples } from './support/examples.ts'
import { ROOT } from './support/files.ts'

const schema = JSON.parse(readFileSync(join(ROOT, 'dist', 'schema.json'), 'utf8')) as object

/** The schema with every object closed: an answer may say nothing that the schema does not describe. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (value === null || typeof value !== 'object') return value
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]))
  const isOpen = 'properties' in value && 'type' in value
  return isOpen ? { ...members, additionalProperties: false } : members
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
const validate = ajv.compile(schema)
const validateClosed = ajv.compile({ ...(closed(schema) as object), $id: 'https://example.com/closed' })

const work = mkdtempSync(join(tmpdir(), 'create-dockerfile-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

function answer(dir: string, ...flags: readonly string[]): { answer: Answer; status: number | null } {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'dist', 'bin.cjs'), dir, '--json', '--dry-run', ...flags],
    { encoding: 'utf8' },
  )
  return { answer: JSON.parse(stdout) as Answer, status }
}

function expectValid(one: Answer): void {
  validate(one)
  expect(validate.errors ?? []).toEqual([])
  validateClosed(one)
  expect(validateClosed.errors ?? []).toEqual([])
}

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(work, 'app-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  return dir
}

describe('the JSON answer is what its schema says', () => {
  test.each(examples)('$name', ({ dir, flags = [] }) => {
    const { answer: one, status } = answer(dir, '--yes', ...flags)
    expectValid(one)
    expect(status).toBe(0)
    expect(one.apps).toHaveLength(1)
    expect(one.apps[0]?.files[0]?.path).toMatch(/Dockerfile$/)
  })

  test('when there is nothing', () => {
    const { answer: one, status } = answer(folder({ 'notes.txt': 'hello' }))
    expectValid(one)
    expect(status).toBe(1)
    expect(one).toMatchObject({ apps: [], error: { code: 'NOTHING_FOUND' } })
  })

  test('when a manifest is broken', () => {
    const { answer: one, status } = answer(folder({ 'package.json': '{\n  "name": oops\n}' }))
    expectValid(one)
    expect(status).toBe(1)
    expect(one).toMatchObject({ error: { code: 'MALFORMED_FILE' } })
    expect(one.error?.message).toMatch(/^package\.json:2:11: /)
  })

  test('when several apps are there', () => {
    const server = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
    const { answer: one, status } = answer(
      folder({
        'go.mod': 'module example.com/two\n\ngo 1.26\n',
        'cmd/a/main.go': server,
        'cmd/b/main.go': server,
      }),
    )
    expectValid(one)
    expect(status).toBe(1)
    expect(one.error?.code).toBe('SEVERAL_APPS')
    expect(one.apps.map(({ name }) => name).sort()).toEqual(['a', 'b'])
  })
})

describe('the schema refuses', () => {
  test.each([
    ['another version', { schema: 2, apps: [] }],
    ['no apps', { schema: 1 }],
    ['an error without a code', { schema: 1, apps: [], error: { message: 'x' } }],
    ['an app without facts', { schema: 1, apps: [{ dir: '.' }] }],
  ])('%s', (_, wrong) => {
    expect(validate(wrong)).toBe(false)
  })
})
