#!/usr/bin/env node
import { version } from '../package.json' with { type: 'json' }
import { openCompileCache } from './compile-cache.ts'
import { hasTextLeft, isTerminal, print } from './standard-streams.ts'

const compiled = openCompileCache(import.meta.dirname)
// Not awaited: the bundle is a CommonJS module, whose code can be kept compiled on every version of Node.js.
void import('./cli.ts')
  .then(({ main }) => {
    compiled.started()
    return main(
      {
        argv: process.argv.slice(2),
        env: process.env,
        isTerminal: isTerminal(0) && isTerminal(1),
        out: text => print(1, text),
        err: text => print(2, text),
      },
      version,
    )
  })
  .then(code => {
    process.exitCode = code
    compiled.keep()
    // All is written: what Node.js would still tear down costs 10 ms. A terminal's stream may have text left.
    if (!hasTextLeft() && !isTerminal(1) && !isTerminal(2)) process.exit()
  })
