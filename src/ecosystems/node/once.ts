import type { App } from './app.ts'
import { option } from './command-words.ts'
import { configOf } from './config.ts'
import { WEBPACK_CONFIGS } from './deploy-webpack.ts'
import type { Command } from './scripts.ts'

/** Tools that build, and that wait for changes by these options. */
const WATCHERS =
  /^(tsc|tsc-alias|tsup|tsdown|webpack|rspack|rollup|rolldown|vite|esbuild|babel|swc|sass|node-sass|tailwindcss|postcss)$/
const WATCH = /^(-w|--watch)$/

/** A build that would wait for changes, told to end: no image is made otherwise. */
export function once(app: App, command: Command): Command {
  const [program = ''] = command.words
  if (!WATCHERS.test(program)) return command
  const words = command.words.filter(word => !WATCH.test(word))
  const config =
    program === 'webpack' && !command.dir
      ? configOf(app.project, option(words, '--config', '-c'), ...WEBPACK_CONFIGS)
      : undefined
  if (words.length < command.words.length || config?.get('watch') === true)
    return { ...command, words: config?.get('watch') === true ? [...words, '--no-watch'] : words }
  return command
}
