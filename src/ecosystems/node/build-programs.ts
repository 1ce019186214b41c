import { BUILD_PROGRAMS } from '../../knowledge/programs.ts'
import { type App, uses } from './app.ts'
import type { Command } from './scripts.ts'
import { spelledOut } from './shell-script.ts'

/** Packages that bring such a program: one of its own name, if nothing else stands here. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  hugo: ['hugo-bin', 'hugo-extended', 'hugo-installer'],
  // It starts Java.
  'shadow-cljs': [],
}

/** Debian packages of the programs that commands of a build, and scripts of a shell among them, start by name. */
export const buildPrograms = (app: App, commands: readonly Command[]): readonly string[] =>
  commands
    .flatMap(command => spelledOut(app, command))
    .flatMap(({ words: [program = ''] }) =>
      Object.hasOwn(BUILD_PROGRAMS, program) && !uses(app, ...(BROUGHT[program] ?? [program]))
        ? (BUILD_PROGRAMS[program] ?? [])
        : [],
    )
