import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { execa, execaSync } from 'execa'
import { beforeEach, describe, expect, test } from 'vitest'

const BIN = join(process.cwd(), 'dist/bin.cjs')
// util-linux's script gives the command a terminal of its own.
const hasTerminal =
  process.platform === 'linux' &&
  execaSync('script', ['-qec', 'true', '/dev/null'], { reject: false }).exitCode === 0

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wizard-'))
})
const put = (files: Readonly<Record<string, string>>) => {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(dir, path), content)
}

/** Runs the command on a terminal and types each answer when its question has been shown. */
async function talk(answers: readonly (readonly [question: RegExp, keys: string])[], args = '') {
  const child = execa('script', ['-qec', `${process.execPath} ${BIN} ${args}`, '/dev/null'], {
    cwd: dir,
    env: { CI: '', NO_COLOR: '1', TERM: 'xterm' },
    reject: false,
    timeout: 15_000,
  })
  let seen = ''
  let next = 0
  child.stdout.on('data', (data: Buffer) => {
    seen += stripVTControlCharacters(data.toString())
    const [question, keys] = answers[next] ?? []
    if (question?.test(seen) && keys !== undefined) {
      next++
      seen = ''
      child.stdin.write(keys)
    }
  })
  const { exitCode, stdout } = await child
  return { exitCode, text: stripVTControlCharacters(stdout), asked: next }
}

const ENTER = '\r'
const CONTROL_C = '\u0003'

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('asks for what no file tells, and the answer is a source', async () => {
    put({ 'package.json': '{ "name": "hello" }', 'odd.js': '' })
    const { exitCode, text, asked } = await talk([[/starts the\s+program:/, `node odd.js${ENTER}`]])
    expect(text).toMatch(/start +node odd\.js +answer: /)
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: 1 })
    expect(readdirSync(dir)).toContain('Dockerfile')
  })

  test('asks nothing where all is known', async () => {
    put({ 'package.json': '{ "name": "hello", "scripts": { "start": "node server.js" } }', 'server.js': '' })
    const { exitCode, text } = await talk([])
    expect(exitCode).toBe(0)
    expect(text).not.toContain('?')
  })

  test.each([
    ['one of several apps', ENTER, ['a']],
    ['each of them', `\u001b[A${ENTER}`, ['a', 'b']],
  ])('writes for %s, as chosen', async (_, keys, wanted) => {
    for (const app of ['a', 'b']) {
      mkdirSync(join(dir, app))
      put({
        [`${app}/package.json`]: `{ "name": "${app}", "scripts": { "start": "node server.js" } }`,
        [`${app}/server.js`]: '',
      })
    }
    const { exitCode, asked } = await talk([[/Which app\?/, keys]])
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: 1 })
    expect(['a', 'b'].filter(app => readdirSync(join(dir, app)).includes('Dockerfile'))).toEqual(wanted)
  })

  test('control-C at a question ends with 130 and writes nothing', async () => {
    put({ 'package.json': '{ "name": "hello" }', 'odd.js': '' })
    const { exitCode, text } = await talk([[/program:/, CONTROL_C]])
    expect(text).toContain('error: cancelled, nothing was written')
    expect(exitCode).toBe(130)
    expect(readdirSync(dir).sort()).toEqual(['odd.js', 'package.json'])
  })

  test('shows the change of a file that is there, and keeps it when told to', async () => {
    put({
      'package.json': '{ "name": "hello", "scripts": { "start": "node server.js" } }',
      'server.js': '',
      Dockerfile: 'FROM mine\n',
    })
    const { exitCode, text } = await talk([[/Dockerfile is there already/, `\u001b[B${ENTER}`]])
    expect(text).toMatch(/-FROM mine/)
    expect(text).toMatch(/\+# syntax=docker\/dockerfile:1/)
    expect(text).toContain('kept Dockerfile')
    expect(text).toContain('created .dockerignore')
    expect(exitCode).toBe(0)
  })

  test('--yes never asks, even there', async () => {
    put({ 'package.json': '{ "name": "hello" }', 'odd.js': '' })
    const { exitCode, text } = await talk([], '--yes')
    expect(text).toContain('hint: Answer with --start')
    expect(exitCode).toBe(1)
  })

  test('refuses a library, for no answer makes it a program', async () => {
    put({ 'go.mod': 'module example.com/lib\n\ngo 1.26\n', 'lib.go': 'package lib\n' })
    const { exitCode, text, asked } = await talk([])
    expect(exitCode).toBe(1)
    expect(asked).toBe(0)
    expect(text).toContain('hint: Run it in the folder of a program')
  })
})
