import type { Question } from '../ecosystem.ts'
import type { App } from './app.ts'
import { isUnscripted } from './cloudflare.ts'
import { expand } from './scripts.ts'
import type { Start } from './start.ts'
import { DEVELOPMENT, PRODUCTION } from './start-scripts.ts'

/** Whether what starts a package is Deno: Node.js doesn't know its way with modules. https://docs.deno.com/runtime/reference/cli/run/ */
export const isForDeno = ({ manifest }: App, start: Start | undefined): boolean =>
  (start === undefined || isUnscripted(start)) &&
  [...PRODUCTION, ...DEVELOPMENT].some(name =>
    expand(manifest.scripts, name).some(
      ({ words: [program, verb] }) => program === 'deno' && /^(run|serve)$/.test(verb ?? ''),
    ),
  )

export const denoQuestion = ({ manifest }: App): Question => ({
  code: 'NO_START_COMMAND',
  option: 'start',
  message: `${manifest.name ?? 'this package'} is started by Deno, for which nothing is written yet.`,
})
