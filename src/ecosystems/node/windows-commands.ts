import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { join } from './paths.ts'
import { type Command, shown } from './scripts.ts'

/** Commands of the shell of Windows. `rmdir` is one with its options alone, `move` and `ren` are nobody else's. */
const isOfWindows = ([program = '', ...words]: readonly string[]): boolean =>
  /^(rmdir|rd|del|erase|copy|xcopy|move|ren|cls)$/i.test(program) &&
  (!/^rmdir$/.test(program) || words.some(word => /^\/[a-z]$/i.test(word)))

export const hasWindows = (commands: readonly Command[]): boolean =>
  commands.some(({ words }) => isOfWindows(words))

/**
 * A command as an image's shell has it: `copy package.json dist` and `xcopy views dist/views /E /I` are `cp`. What
 * tidies up or clears the screen is left out, as another shell goes on without it, and so is what names nothing here.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/windows-commands
 */
export function withoutWindows(project: Project, command: Command): readonly Command[] {
  const [program = '', ...all] = command.words
  if (!isOfWindows(command.words)) return [command]
  const paths = all.filter(word => !/^\/[a-z-:]+$/i.test(word))
  const [from = ''] = paths
  const isHere = project.has(join(from)) || project.dirs.has(join(from))
  return /^x?copy$/i.test(program) && paths.length === 2 && isHere
    ? [{ ...command, words: [...(/^x/i.test(program) ? ['cp', '-r'] : ['cp']), ...paths] }]
    : []
}

/** What is left out and made a file: its like for another shell is the project's to write. */
export function windowsNotes(project: Project, commands: readonly Command[]): readonly Note[] {
  const lost = commands.filter(
    command =>
      /^(x?copy|move|ren)$/i.test(command.words[0] ?? '') && withoutWindows(project, command).length === 0,
  )
  return lost.map(command =>
    note(
      'WINDOWS_COMMAND',
      'warning',
      `the build is without ${JSON.stringify(shown(command))}, which only the shell of Windows has: a script of Node.js would do it anywhere`,
    ),
  )
}
