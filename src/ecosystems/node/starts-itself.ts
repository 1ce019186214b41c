import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import { meaningOf } from './commands.ts'
import { join } from './paths.ts'
import { type Command, expand, shown } from './scripts.ts'

/** Scripts of the program as the container runs it. */
const STARTS = ['start', 'start:prod', 'start:production', 'serve', 'prod']

/** The file that Node.js runs, and nothing else with it. */
const fileOf = ({ words: [program, file = ''], dir }: Command): string | undefined =>
  program === 'node' && !file.startsWith('-') ? join(dir ?? '.', file) : undefined

/**
 * Commands of a build that start what it has made, which is the container's to do: `tsc && node dist/index.js`, where
 * `start` runs the same file.
 */
export function startsOf({ manifest: { scripts } }: App, commands: readonly Command[]): readonly Command[] {
  const first = commands.findIndex(command => meaningOf(command).is === 'build')
  const started = new Set(STARTS.flatMap(name => expand(scripts, name).slice(-1)).map(fileOf))
  return first < 0
    ? []
    : commands.slice(first + 1).filter(command => {
        const file = fileOf(command)
        return file !== undefined && started.has(file)
      })
}

export const startNote = (starts: readonly Command[]): Note =>
  note(
    'START_LEFT_OUT',
    'info',
    `the build doesn't run ${starts.map(shown).join(', ')}: that starts the program, as the container does`,
  )
