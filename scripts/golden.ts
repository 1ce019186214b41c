/** Writes the Dockerfile and .dockerignore of every example, or of those named: tsx scripts/golden.ts [name…]. Needs a build. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { examples } from '../test/support/examples.ts'

const names = process.argv.slice(2)
for (const { name, dir, flags = [] } of examples)
  if (names.length === 0 || names.includes(name))
    execFileSync(process.execPath, ['dist/bin.cjs', dir, '--yes', '--force', ...flags], { stdio: 'inherit' })

// The README shows one of them.
const README = 'README.md'
const text = readFileSync(README, 'utf8')
const [block, head, name] = /(<!-- example: (\S+) -->\n```dockerfile\n)[\s\S]*?```/.exec(text) ?? []
const dockerfile = `examples/${name}/Dockerfile`
if (block && head && existsSync(dockerfile))
  writeFileSync(
    README,
    text.replace(block, () => `${head}${readFileSync(dockerfile, 'utf8')}\`\`\``),
  )
