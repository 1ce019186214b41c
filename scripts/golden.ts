/** Writes the Dockerfile and .dockerignore of every example, or of those named: tsx scripts/golden.ts [name…]. Needs a build. */
import { execFileSync } from 'node:child_process'
import { examples } from '../test/support/examples.ts'

const names = process.argv.slice(2)
for (const { name, dir, flags = [] } of examples)
  if (names.length === 0 || names.includes(name))
    execFileSync(process.execPath, ['dist/bin.js', dir, '--yes', '--force', ...flags], { stdio: 'inherit' })
