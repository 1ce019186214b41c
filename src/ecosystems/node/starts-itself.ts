import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import { join } from './paths.ts'
import { type Command, expand, shown } from './scripts.ts'

/** Scripts of the program as the container runs it. */
const STARTS = ['start', 'start:prod', 'start:production', 'serve', 'prod']

/** The file that Node.js runs, with what it is told: `node index.js --prerender` is another program. */
const startOf = ({ words: [program, file = '', ...args], dir }: Command): string | undefined =>
  program === 'node' && !file.startsWith('-') ? [join(dir ?? '.', file), ...args].join(' ') : undefined

/**
 * Commands of a build that start what it has made, which is the container's to do: `tsc && node dist/index.js`, where
 * `start` runs the same file.
 */
export function startsOf({ manifest: { scripts } }: App, commands: readonly Command[]): readonly Command[] {
  const started = new Set(STARTS.flatMap(name => expand(scripts, name).slice(-1)).map(startOf))
  return commands.slice(1).filter(command => {
    const start = startOf(command)
    return start !== undefined && started.has(start)
  })
}

export const startNote = (starts: readonly Command[]): Note =>
  note(
    'START_LEFT_OUT',
    'info',
    `the build doesn't run ${starts.map(shown).join(', ')}: that starts the program, as the container does`,
  )
