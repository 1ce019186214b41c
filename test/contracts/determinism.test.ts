import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openProject } from '../../src/project/open.ts'
import { loadParsers } from '../../src/project/parse.ts'
import { createProject } from '../../src/project/project.ts'
import { creationOf, creations } from '../support/creations.ts'
import { ROOT } from '../support/files.ts'

/** The same project gives the same bytes: on any machine, in any folder, with nothing installed and no network. */

const BIN = join(ROOT, 'dist', 'bin.cjs')
const work = mkdtempSync(join(tmpdir(), 'create-dockerfile-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

interface Run {
  readonly dir: string
  readonly flags: readonly string[] | undefined
  readonly env?: Readonly<Record<string, string>>
  /** A program before Node.js, such as one that takes the network away. */
  readonly under?: readonly string[]
}

/** What the command prints as JSON, with nothing of this machine's environment. */
function answer({ dir, flags = [], env = {}, under = [] }: Run): unknown {
  const [program = '', ...args] = [
    ...under, process.execPath, BIN, dir, '--yes', '--json', '--dry-run', ...flags,
  ] // biome-ignore format: one command
  const windows = process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}
  const { stdout, stderr, status } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { PATH: '', ...windows, ...env },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return (
    JSON.parse(stdout) as { apps: { files: { path: string; content: string }[] }[] }
  ).apps[0]?.files.map(({ path, content }) => ({ path, content }))
}

/** An empty network namespace, where this system can make one. */
const OFFLINE = ['/usr/bin/unshare', '--map-root-user', '--net']
const canGoOffline =
  process.platform === 'linux' && spawnSync(OFFLINE[0] ?? '', [...OFFLINE.slice(1), 'true']).status === 0

describe.each(creations)('$name', ({ example: { name, dir, flags }, example, files }) => {
  const expected = files.map(({ path, content }) => ({ path, content }))

  test('from a list of files in another order', async () => {
    const opened = await openProject(dir)
    const paths = [...opened.files].reverse()
    const project = createProject(paths, path => opened.text(path), await loadParsers(paths))
    expect((await creationOf(project, example)).files).toEqual(expected)
  })

  test('in another folder, language, time zone and home, with no tool on PATH', () => {
    const copy = join(work, `${name} of another name`)
    cpSync(dir, copy, { recursive: true })
    const env = { HOME: '/nonexistent', TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
    expect(answer({ dir: copy, flags, env })).toEqual(expected)
  })

  test('from files with the line ends of Windows', async () => {
    const copy = join(work, `${name}-crlf`)
    cpSync(dir, copy, { recursive: true })
    for (const path of (await openProject(copy)).files) {
      const text = readFileSync(join(copy, path), 'utf8')
      if (!text.includes('\0')) writeFileSync(join(copy, path), text.replaceAll('\n', '\r\n'))
    }
    expect(answer({ dir: copy, flags })).toEqual(expected)
  })

  test.runIf(canGoOffline)('with the network off', () => {
    expect(answer({ dir, flags, under: OFFLINE })).toEqual(expected)
  })
})
