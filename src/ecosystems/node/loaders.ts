import { TS_HOOK } from './commands.ts'
import type { Command } from './scripts.ts'

const LOADS = /^(-r|--require|--import|--loader|--experimental-loader)(=.+)?$/
/** What translates by itself, or is given a compiled file in the image. */
const TRANSLATES = /^(tsx|ts-node|ts-node-esm|vite-node|nodemon)$/

/** `NODE_OPTIONS='--import tsx' node server.ts`: what is loaded before the program, where its own flags say that. */
export function loadersAsFlags(command: Command): Command {
  const { NODE_OPTIONS: options = '', ...env } = command.env
  const [program = '', ...args] = command.words
  const runs = program === 'node'
  if (!runs && !TRANSLATES.test(program)) return command
  const loaders: string[] = []
  const others: string[] = []
  const words = options.split(/\s+/).filter(word => word !== '')
  for (let index = 0; index < words.length; index++) {
    const [word = '', inline] = LOADS.exec(words[index] ?? '')?.slice(1) ?? []
    const taken = [words[index] ?? '', ...(word && inline === undefined ? [words[++index] ?? ''] : [])]
    const loads = word !== '' && (runs || TS_HOOK.test(inline?.slice(1) ?? taken[1] ?? ''))
    ;(loads ? loaders : others).push(...taken)
  }
  if (loaders.length === 0) return command
  return {
    ...command,
    env: { ...env, ...(others.length && { NODE_OPTIONS: others.join(' ') }) },
    words: [program, ...(runs ? loaders : []), ...args],
  }
}
