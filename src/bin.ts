#!/usr/bin/env node
import module from 'node:module'
import { version } from '../package.json' with { type: 'json' }

// Node.js 22 and later keep compiled code from here on: https://nodejs.org/api/module.html#modulecompilecache
;(module as { enableCompileCache?: () => void }).enableCompileCache?.()
const { main } = await import('./cli.ts')

process.stdout.on('error', error => {
  // `create-dockerfile --stdout | head -1`: nobody reads on, and that is fine.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await main(
  {
    argv: process.argv.slice(2),
    env: process.env,
    isTerminal: Boolean(process.stdin.isTTY && process.stdout.isTTY),
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
  },
  version,
)
