/** Writes the Dockerfile and .dockerignore of every example, or of those named: tsx scripts/golden.ts [name…]. Needs a build. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { examples } from '../test/support/examples.ts'

const names = process.argv.slice(2)
for (const { name, dir, flags = [] } of examples)
  if (names.length === 0 || names.includes(name))
    execFileSync(process.execPath, ['dist/bin.js', dir, '--yes', '--force', ...flags], { stdio: 'inherit' })

// The README shows one of them.
const shown = readFileSync('README.md', 'utf8').replace(
  /(<!-- example: (\S+) -->\n```dockerfile\n)[\s\S]*?```/,
  (_, head: string, name: string) => `${head}${readFileSync(`examples/${name}/Dockerfile`, 'utf8')}\`\`\``,
)
writeFileSync('README.md', shown)
