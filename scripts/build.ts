/** Bundles the command and the library into dist/: dependencies inlined, templates precompiled, heavy parts in chunks of their own. */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fs from 'fs-extra'
import { build } from 'rolldown'
import { BUNDLE } from './bundle.ts'

const dist = new URL('../dist/', import.meta.url)
fs.emptyDirSync(fileURLToPath(dist))
await build({ ...BUNDLE, logLevel: 'warn' })
const library = (await import(new URL('library.cjs', dist).href)) as object
const names = Object.keys(library).filter(name => /^(?!default$)\w+$/.test(name))
writeFileSync(new URL('index.js', dist), `export { ${names.join(', ')} } from './library.cjs'\n`)
chmodSync(new URL('bin.cjs', dist), 0o755)
copyFileSync(new URL('../src/schema.json', import.meta.url), new URL('schema.json', dist))
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
const { size } = fs.statSync(new URL('bin.cjs', dist))
console.log(
  `dist/bin.cjs ${size} bytes, version ${(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version}`,
)
