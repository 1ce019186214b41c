/** Bundles the command and the library into dist/: dependencies inlined, templates precompiled, heavy parts in chunks of their own. */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fs from 'fs-extra'
import { build } from 'rolldown'
import { BUNDLE } from './bundle.ts'

const dist = new URL('../dist/', import.meta.url)
fs.emptyDirSync(fileURLToPath(dist))
await build({ ...BUNDLE, logLevel: 'warn' })
chmodSync(new URL('bin.js', dist), 0o755)
copyFileSync(new URL('../src/schema.json', import.meta.url), new URL('schema.json', dist))
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
const { size } = fs.statSync(new URL('bin.js', dist))
console.log(
  `dist/bin.js ${size} bytes, version ${(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version}`,
)
