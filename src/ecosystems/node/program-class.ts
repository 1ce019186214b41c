import { byConvention, fact } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import type { Build } from './build.ts'
import type { Class } from './classify.ts'
import { hasTypeScript, typescript } from './compiled.ts'
import type { Deployment } from './deployment.ts'
import type { Framework } from './frameworks.ts'
import { loadsOutput } from './loads-output.ts'
import { movedNote, movedStart } from './moved-start.ts'
import { join } from './paths.ts'
import { preloads } from './preloads.ts'
import { type Command, shown } from './scripts.ts'
import { serverBuild } from './server-build.ts'
import type { Start } from './start.ts'
import { unpackedNotes } from './unpacked.ts'

export const none = { questions: [], notes: [], needsDevelopment: false } as const

/** What starts a program of the project's own, or of its framework. @param given the build that a script is for */
export function byProgram(
  app: App,
  start: Start,
  given: Build,
  framework: Framework | undefined,
  wishes: Wishes,
  deployment: Deployment = { is: 'program' },
): Class {
  const base = {
    ...none,
    framework,
    deployment,
    start,
    fit: 'exact' as const,
    kind: framework?.tier === 'files' ? ('web' as const) : (framework?.kind ?? ('worker' as const)),
  }
  // Beside a build of the pages, one that makes the program itself.
  const known = new Set(given.commands.map(({ words }) => words[0]))
  const own = start.builds.filter(
    ({ words: [program = ''] }) =>
      !known.has(program) && (given.commands.length === 0 || !TIDIES.test(program)),
  )
  const lacks =
    !wishes.build &&
    given.commands.length > 0 &&
    own.length > 0 &&
    start.runs.is === 'node' &&
    !app.project.has(start.runs.entry)
  const part = wishes.build ? undefined : serverBuild(app, start, given)
  const building = part
    ? both(given, part)
    : lacks
      ? { ...given, script: undefined, commands: [...given.commands, ...own] }
      : given.commands.length === 0 && start.builds.length > 0
        ? {
            commands: start.builds,
            fact: byConvention(
              start.builds.map(({ words }) => words.join(' ')).join(' && '),
              'what the start script does before it starts',
            ),
          }
        : given
  const { runs } = start
  const meant = wishes.start ? undefined : movedStart(app, start, building.commands)
  if (meant && (runs.is === 'node' || runs.is === 'typescript')) {
    const found = typescript(app, meant, building, start)
    const direct =
      found.runs?.is === 'typescript' ? [found.runs.runner, meant.entry, ...meant.args] : undefined
    return {
      ...base,
      ...found,
      ...(direct && { start: { ...start, fact: fact(direct.join(' '), start.fact.source) } }),
      notes: [...found.notes, movedNote(app, runs.entry, meant, start)],
    }
  }
  if (runs.is === 'typescript') return { ...base, ...typescript(app, runs, building, start) }
  const missing = runs.is === 'node' && !app.project.has(runs.entry) && building.commands.length === 0
  const compiles = missing && hasTypeScript(app) && uses(app, 'typescript')
  const build = compiles
    ? {
        commands: [{ env: {}, words: ['tsc'] }],
        fact: byConvention('tsc', 'the entry is compiled from TypeScript'),
      }
    : building
  // A build that only checks types, or makes pages about it, of a program that runs from its sources.
  const idle =
    runs.is === 'node' &&
    app.project.has(runs.entry) &&
    !isOutput(app, runs.entry) &&
    !loadsOutput(app, runs.entry) &&
    !wishes.build &&
    build.commands.every(
      command =>
        /^(tsc|eslint|prettier|rimraf|rm|vue-tsc|biome)$/.test(command.words[0] ?? '') ||
        isAboutIt(app, command),
    )
  const loads = runs.is === 'node' ? preloads(app, runs) : undefined
  const unpacked = (deployment.is === 'program' && deployment.missing) || []
  return {
    ...base,
    build: idle ? { commands: [], ...(build.notes && { notes: build.notes }) } : build,
    ...(loads && { runs: loads.runs }),
    needsDevelopment: (loads?.lacking.length ?? 0) + unpacked.length > 0,
    notes: [
      ...exporterNotes(start),
      ...(loads?.lacking.map(name => preloadNote(name, start)) ?? []),
      ...unpackedNotes(unpacked),
      ...(idle ? aboutNotes(build.commands.filter(command => isAboutIt(app, command))) : []),
    ],
  }
}

/** `npx @a/pages --folder docs`: pages about a program, by what no manifest installs for it. */
const isAboutIt = (app: App, { words: [program = '', ...args] }: Command): boolean =>
  /^@[^/]+\/[^/]+$/.test(program) &&
  !uses(app, program) &&
  args.some(word => /^(\.\/)?(docs?|documentation)(\/|$)/.test(word))

const aboutNotes = (commands: readonly Command[]): readonly Note[] =>
  commands.length
    ? [
        note(
          'PAGES_LEFT_OUT',
          'info',
          `the image has no ${commands.map(shown).join(', ')}: that makes pages about the program, by what no manifest installs; --build says otherwise`,
        ),
      ]
    : []

/** What clears the place for a build would clear away what the build before it has made. */
const TIDIES = /^(rimraf|rm|del|del-cli|shx|premove|trash|trash-cli)$/

/** The program may give out what the usual build makes. */
const both = (usual: Build, own: Build): Build => ({
  commands: [...usual.commands, ...own.commands],
  fact: usual.fact && own.fact && fact(`${usual.fact.value} && ${own.fact.value}`, own.fact.source),
})

/** Whether somebody has committed what the compiler makes. */
const isOutput = ({ tsconfig }: App, entry: string): boolean =>
  tsconfig?.outDir !== undefined && tsconfig.outDir !== '' && join(entry).startsWith(`${tsconfig.outDir}/`)

const exporterNotes = ({ exporter, fact }: Start): readonly Note[] =>
  exporter === undefined
    ? []
    : [
        note(
          'SCRIPT_NOT_FOLLOWED',
          'info',
          `a script starts ${exporter}, which only exports the server, so ${fact.value} is the start; --start says better`,
        ),
      ]

const preloadNote = (name: string, { fact: { source } }: Start): Note =>
  note(
    'DEVELOPMENT_PRELOAD',
    'warning',
    `the program is started with ${name}, a development dependency, so all of them are in the image; as a dependency it would be there without them`,
    source,
  )
