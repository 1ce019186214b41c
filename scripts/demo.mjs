/**
 * Installs and builds what is needed, then generates for a copy of an example and shows the result:
 * npm run demo [-- <name of an example>]. Plain Node.js, because nothing may be installed yet.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)
const names = readdirSync(at('examples'))
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -'.json'.length))
const [name = names[0]] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`error: no example ${name}\nhint: the examples are ${names.join(', ')}`)
  process.exit(2)
}

const { devDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'))
const missing = Object.keys(devDependencies).some(
  dependency => !existsSync(at('node_modules', dependency, 'package.json')),
)
if (missing) npm('ci')
npm('run', 'build')

const { flags = [] } = JSON.parse(readFileSync(at('examples', `${name}.json`), 'utf8'))
const copy = mkdtempSync(join(tmpdir(), 'create-dockerfile-demo-'))
try {
  cpSync(at('examples', name), copy, { recursive: true })
  const generated = JSON.parse(command('--dry-run', '--json')).apps[0].files.map(({ path }) => path)
  for (const path of generated) rmSync(join(copy, path), { force: true })

  const report = command()
  console.log(`\n$ create-dockerfile ${['--yes', ...flags].join(' ')}   # in a copy of examples/${name}\n`)
  console.log(report)
  console.log(`$ cat ${generated[0]}\n\n${readFileSync(join(copy, generated[0]), 'utf8')}`)
  const others = names.filter(other => other !== name)
  if (others.length) console.log(`Others: npm run demo -- ${others.join(' | ')}`)
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function command(...more) {
  const args = [at('dist', 'bin.cjs'), copy, '--yes', ...flags, ...more]
  return execFileSync(process.execPath, args, { encoding: 'utf8' })
}

/** npm itself where it started this script; on Windows its name alone is no program. */
function npm(...args) {
  const own = process.env.npm_execpath
  const [program, ...first] = own ? [process.execPath, own] : ['npm']
  execFileSync(program, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: !own && process.platform === 'win32',
  })
}
