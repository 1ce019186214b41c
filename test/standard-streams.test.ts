import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { expect, test } from 'vitest'

// Node.js gives its children pipes that wait; another parent may not.
const PARENT = `
import fcntl, os, subprocess, sys, time
reader, writer = os.pipe()
fcntl.fcntl(writer, 1031, 4096) # F_SETPIPE_SZ: what is printed must be more
os.set_blocking(writer, False)
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
time.sleep(1)
while part := os.read(reader, 1000):
    sys.stdout.buffer.write(part)
sys.exit(child.wait())
`
const canBlock =
  process.platform === 'linux' &&
  execaSync('python3', ['-c', 'import fcntl'], { reject: false }).exitCode === 0

test.skipIf(!canBlock)('all is written to a pipe that is full and does not wait', () => {
  const project = join(mkdtempSync(join(tmpdir(), 'streams-')), 'app')
  cpSync('examples/node-turborepo', project, { recursive: true })
  const command = [join(process.cwd(), 'dist/bin.cjs'), project, '--all', '--json', '--dry-run']
  const expected = execaSync(process.execPath, command).stdout
  expect(expected.length).toBeGreaterThan(4096)
  expect(execaSync('python3', ['-c', PARENT, process.execPath, ...command]).stdout).toBe(expected)
})
