import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { beforeEach, describe, expect, test } from 'vitest'

let dist: string
let project: string
beforeEach(() => {
  const dir = mkdtempSync(join(tmpdir(), 'compile-cache-'))
  dist = join(dir, 'dist')
  project = join(dir, 'project')
  cpSync('dist', dist, { recursive: true, filter: path => !path.includes('.cache') })
  cpSync('examples/node-server', project, { recursive: true })
})

const run = (...args: readonly string[]) =>
  execaSync(process.execPath, [join(dist, 'bin.cjs'), ...args], { reject: false })
const show = () => run(project, '--yes', '--stdout')
const cache = () => join(dist, '.cache', `${process.version}-${process.arch}`)

// Newer versions of Node.js keep compiled code by themselves, elsewhere.
describe.skipIf('enableCompileCache' in module)('compiled code', () => {
  test('is kept beside the package, and the next run says the same', () => {
    const first = show()
    const kept = readdirSync(cache())
    expect(kept.length).toBeGreaterThan(2)
    expect(readdirSync(join(dist, 'chunks'))).toEqual(expect.arrayContaining(kept))
    const second = show()
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toBe(first.stdout)
    expect(readdirSync(cache())).toEqual(kept)
  })

  test('is not kept of a run that only told the version', () => {
    expect(run('--version').exitCode).toBe(0)
    expect(existsSync(cache())).toBe(false)
  })

  test.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['of another version', (bytes: Buffer) => Buffer.from(bytes).fill(7, 4, 8)],
  ])('that is %s is made anew', (_, spoil) => {
    const first = show()
    for (const name of readdirSync(cache())) {
      const file = join(cache(), name)
      writeFileSync(file, spoil(readFileSync(file)))
    }
    const second = show()
    expect(second.stderr).toBe('')
    expect(second.stdout).toBe(first.stdout)
    for (const name of readdirSync(cache()))
      expect(readFileSync(join(cache(), name)).length).toBeGreaterThan(100)
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is gone without where the package may not be written to',
    () => {
      chmodSync(dist, 0o555)
      expect(show().exitCode).toBe(0)
      expect(existsSync(cache())).toBe(false)
    },
  )
})
