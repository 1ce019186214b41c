import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../support/files.ts'

/** What CONTRIBUTING.md promises: `npm run new` makes a language that works before a line of it is written. */
describe('a new language', () => {
  const copy = mkdtempSync(join(tmpdir(), 'create-dockerfile-new-'))
  const node = (...args: readonly string[]) =>
    spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })

  beforeAll(() => {
    for (const path of [
      'src',
      'templates',
      'scripts',
      'test/support',
      'package.json',
      'tsconfig.json',
      'biome.json',
      '.gitignore',
    ])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true })
    // Its tests need no build.
    const config = readFileSync(join(ROOT, 'vitest.config.ts'), 'utf8').replace(/^.*globalSetup.*\n/m, '')
    writeFileSync(join(copy, 'vitest.config.ts'), config)
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction')
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/new-ecosystem.ts', 'zig', 'build.zig'], {
      cwd: copy,
    })
  })

  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  test('compiles', () => {
    const { stdout, status } = node('node_modules/typescript/bin/tsc', '--noEmit')
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  }, 60_000)

  test('is formatted as everything else', () => {
    const { stdout, stderr, status } = node(
      'node_modules/@biomejs/biome/bin/biome',
      'check',
      '--vcs-enabled=false',
      ...['src/ecosystems', 'src/render', 'test/ecosystems'],
    )
    expect(status, stdout + stderr).toBe(0)
  })

  test('passes its tests', () => {
    const { stdout, stderr, status } = node('node_modules/vitest/vitest.mjs', 'run', 'test/ecosystems/zig')
    expect(status, stdout + stderr).toBe(0)
    expect(stdout).toMatch(/3 passed/)
  }, 60_000)

  test('has a template, an example and a page, and stands in the lists', () => {
    for (const path of ['templates/zig/app.hbs', 'examples/zig-hello/main.sh', 'docs/zig.md'])
      expect.soft(existsSync(join(copy, path)), path).toBe(true)
    expect(readFileSync(join(copy, 'src/ecosystems/index.ts'), 'utf8')).toContain("id: 'zig'")
    expect(readFileSync(join(copy, 'src/render/templates.ts'), 'utf8')).toContain("'zig/app'")
  })

  test('is refused where it is there already, and without a name', () => {
    const again = node('--import', 'tsx', 'scripts/new-ecosystem.ts', 'zig', 'build.zig')
    expect({ status: again.status, stderr: again.stderr.trim() }).toEqual({
      status: 2,
      stderr: 'src/ecosystems/zig is there already',
    })
    expect(node('--import', 'tsx', 'scripts/new-ecosystem.ts').status).toBe(2)
  })
})
