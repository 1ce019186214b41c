import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { readManifest, wanted } from './manifest.ts'
import type { Command } from './scripts.ts'

/** Since version 6 settings of years ago are errors: https://aka.ms/ts6 */
const TYPESCRIPT = '5.9.3'

/**
 * Whether nothing brings the compiler, as the lock file shows: everybody has it on their own machine, by
 * `npm install --global typescript`.
 */
export const lacksCompiler = (app: App): boolean =>
  app.lock.packages.length > 0 &&
  // Its image has no npx.
  app.manager.id !== 'bun' &&
  !uses(app, 'typescript') &&
  wanted(readManifest(app.root, 'package.json') ?? app.manifest, 'typescript') === undefined &&
  !app.lock.packages.some(({ name }) => name === 'typescript')

/** A command with the compiler of our choice where it needs one that nothing brings. */
export const withCompiler = (app: App, command: Command): Command =>
  command.words[0] === 'tsc' && lacksCompiler(app)
    ? { ...command, words: ['npx', '--yes', `--package=typescript@${TYPESCRIPT}`, ...command.words] }
    : command

export const compilerNotes = (app: App, commands: readonly Command[]): readonly Note[] =>
  commands.some(command => withCompiler(app, command) !== command)
    ? [
        note(
          'COMPILER_CHOSEN',
          'warning',
          `no package.json names typescript, so the build compiles with ${TYPESCRIPT}: named there, it is in the lock file too`,
          fromFile('package.json'),
        ),
      ]
    : []
