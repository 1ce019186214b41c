import { type Fact, fact } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type App, buildCommands, scriptSource, uses } from './app.ts'
import { meaningOf } from './commands.ts'
import { besideTasks } from './framework-build.ts'
import { libraries } from './frameworks.ts'
import { onlyAsks } from './only-asks.ts'
import { join } from './paths.ts'
import { installs } from './reinstalls.ts'
import { type Command, commandsOf, expand, shown } from './scripts.ts'
import { startNote, startsOf } from './starts-itself.ts'
import { taskBuild } from './task-build.ts'
import { uncheckable, uncheckedNote } from './type-checks.ts'
import { hasWindows, windowsNotes, withoutWindows } from './windows-commands.ts'

/** The production build. */
export interface Build {
  /** The script's name; undefined where commands are run as they are. */
  readonly script?: string | undefined
  readonly commands: readonly Command[]
  readonly fact?: Fact<string> | undefined
  /** What is worth knowing of the choice. */
  readonly notes?: readonly Note[]
}

const BUILD_SCRIPTS = [
  'build',
  'build:prod',
  'build:production',
  'build:all',
  'build-all',
  'build-prod',
  'build:node',
  'build:bun',
  'compile',
  'build-ts',
  'build:ts',
  'ts:build',
  'build:server',
  'tsc',
  'transpile',
  'bundle',
  'dist',
  'generate',
  'heroku-postbuild',
  'gcp-build',
]

/** Pages about a program are no part of it. */
const PAGE_SCRIPTS = ['docs:build', 'site:build']

export function findBuild(app: App, wishes: Wishes): Build {
  if (wishes.build)
    return {
      commands: expand({ ...app.manifest.scripts, ' wish': wishes.build.value }, ' wish'),
      fact: wishes.build,
    }
  const build = usualBuild(app)
  const gone = build.script === 'build' ? undefined : goneNote(app)
  return gone ? { ...build, notes: [...(build.notes ?? []), gone] } : build
}

function usualBuild(app: App): Build {
  const { scripts } = app.manifest
  const names = Object.keys(scripts)
  const usual = [...BUILD_SCRIPTS, ...(libraries(app).length ? [] : PAGE_SCRIPTS)].filter(
    name =>
      Object.hasOwn(scripts, name) &&
      real(expand(scripts, name, true)) &&
      isHere(app, expand(scripts, name)) &&
      (name !== 'build:bun' || hasBun(app)) &&
      // Prisma's client is made by a step of its own.
      !(name === 'generate' && expand(scripts, name).every(({ words }) => words[0] === 'prisma')),
  )
  const script =
    names.find(name => FOR_IMAGES.test(name) && isBuild(expand(scripts, name, true))) ??
    usual.find(name => !expand(scripts, name).some(({ env }) => env.NODE_ENV === 'development')) ??
    usual[0] ??
    names.find(name => name === 'build_production' && real(expand(scripts, name, true))) ??
    ['production', 'prod'].find(name => Object.hasOwn(scripts, name) && ends(expand(scripts, name)))
  if (script !== undefined && script !== 'build:server') return byScript(app, script)
  const parts = PARTS.flatMap(part => [`build:${part}`, `build-${part}`, `build${part}`])
    .filter(name => Object.hasOwn(scripts, name) && (name === script || isBuild(expand(scripts, name, true))))
    .map(name => byScript(app, name))
  const [first] = parts
  if (!first) return byTool(app) ?? published(app) ?? besideTasks(app) ?? taskBuild(app) ?? { commands: [] }
  if (parts.length === 1) return first
  return { ...first, script: undefined, commands: parts.flatMap(({ commands }) => commands) }
}

/** What Bun would make of a program that Node.js runs is another copy of it: an executable, for most. */
const hasBun = (app: App): boolean => app.manager.id === 'bun' || uses(app, 'bun')

/** Pages about a program, which is whole without them: `docs: vitepress build docs`. */
export const isAbout = ({ script = '' }: Build): boolean =>
  /(^|[:_-])(docs?|site|website)([:_-]|$)/.test(script)

/** The script that is named after the compiler that it runs, or what that makes: `webpack:build`, `create:bundle`. */
function byTool(app: App): Build | undefined {
  const { scripts } = app.manifest
  const script = Object.keys(scripts).find(name => {
    const commands = expand(scripts, name, true)
    return (
      BY_TOOL.test(name) &&
      isBuild(commands) &&
      commands.some(({ words: [tool = ''] }) => COMPILERS.test(tool))
    )
  })
  return script === undefined ? undefined : byScript(app, script)
}

/** What npm runs before a package is published or packed is its build where no script has that name. */
function published(app: App): Build | undefined {
  const { scripts } = app.manifest
  const script = ['prepare', 'prepack', 'prepublishOnly'].find(name => {
    const commands = expand(scripts, name, true)
    return (
      commands.every(command => meaningOf(command).is === 'build') &&
      commands.some(({ words: [program = ''] }) => COMPILERS.test(program))
    )
  })
  return script === undefined ? undefined : byScript(app, script)
}

const BY_TOOL =
  /^((tsc|tsup|swc|babel|esbuild|rollup|webpack|vite|parcel)[:._-](build|prod|production)|(build|bundle)[:._-](tsc|tsup|swc|babel|esbuild|rollup|webpack|vite|parcel)|(create|make)[:._-](build|bundle))$/
const COMPILERS =
  /^(tsc|tsup|tsdown|swc|babel|esbuild|rollup|rolldown|webpack|vite|ncc|unbuild|pkgroll|microbundle|parcel)$/

/** Where no script builds everything: the parts, each by a script of its own. */
const PARTS = ['client', 'frontend', 'front', 'web', 'ui', 'app', 'css', 'styles', 'assets', 'server', 'backend', 'back', 'api'] // biome-ignore format: one list

/** What a project builds in its own image: without the checks of a database, or git's records, that only its `build` can make. */
const FOR_IMAGES = /^(build(:\w+)?[:-]docker|docker[:-]build)$/

/** Most scripts of such a name build the image itself. */
export const isBuild = (commands: readonly Command[]): boolean =>
  commands.length > 0 &&
  commands.every(
    command =>
      ['build', 'bin', 'node'].includes(meaningOf(command).is) &&
      !command.words.some(word => /^(docker|buildx|podman)$/.test(word)),
  )

/** Whether a script that could as well start something ends with a build. */
const ends = (commands: readonly Command[]): boolean => {
  const last = commands.at(-1)
  return isBuild(commands) && last !== undefined && meaningOf(last).is === 'build'
}

export function byScript(app: App, script: string): Build {
  const commands = buildCommands(app, script)
  const source = scriptSource(app, script)
  const [starts, checks] = [startsOf(app, commands), uncheckable(app, commands)]
  if (starts.length + checks.length > 0) {
    const own = commands
      .filter(command => ![...starts, ...checks].includes(command))
      .map(({ parallel: _, ...command }) => command)
    const notes = [
      ...(starts.length ? [startNote(starts)] : []),
      ...(checks.length ? [uncheckedNote(app, checks)] : []),
    ]
    return { commands: own, fact: fact(own.map(shown).join(' && '), source), notes }
  }
  if (leaves(app, script) || hasWindows(commands)) {
    const reports = commands.filter(
      (command, index) => commands[index + 1]?.parallel && onlyAsks(app.project, command),
    )
    const inTurn = commands
      .filter(command => !reports.includes(command))
      .flatMap(command => withoutWindows(app.project, command))
      .map(({ parallel: _, ...command }) => command)
    return {
      commands: inTurn,
      fact: fact(inTurn.map(shown).join(' && '), source),
      notes: [...(reports.length ? [reportNote(reports)] : []), ...windowsNotes(app.project, commands)],
    }
  }
  return app.manifest.tasks.has(script)
    ? { commands, fact: fact(app.manifest.scripts[script] ?? script, source) }
    : {
        script,
        commands,
        fact: fact(
          `${app.manager.id === 'npm' ? 'npm run' : app.manager.id} ${script}`.replace('bun ', 'bun run '),
          source,
        ),
      }
}

/** `eleventy & gulp`: the shell ends with the last command, and a step of an image with its shell, whatever else still builds. */
function leaves({ manifest: { scripts } }: App, script: string): boolean {
  const commands = [`pre${script}`, script, `post${script}`].flatMap(key => commandsOf(scripts[key] ?? ''))
  return commands.some(({ parallel }) => parallel) && commands.at(-1)?.words[0] !== 'wait'
}

const reportNote = (reports: readonly Command[]): Note =>
  note(
    'REPORT_LEFT_OUT',
    'info',
    `the build doesn't run ${reports.map(shown).join(', ')}: that only asks another host, and without a network it fails`,
  )

/** `echo "no build"` builds nothing, nor does an install; what `drizzle-kit generate` and generators of code write is committed. */
const real = (commands: readonly Command[]): boolean =>
  commands.some(
    command =>
      !([WRITES_CODE, CHECKS].some(form => form.test(shown(command))) || packsElsewhere(command) || installs(command)),
  ) // biome-ignore format: one condition

/** A check of types makes nothing: `"tsc": "tsc --noEmit"` beside `bundle`. */
const CHECKS = /^(tsc|vue-tsc|tsgo) (.* )?--?noEmit( true)?( |$)/i

/** Generators ask what to make: https://sapphirejs.dev/docs/Guide/CLI/generating-components */
const WRITES_CODE =
  /^((echo|true|exit|drizzle-kit|plop|hygen)( |$)|(sapphire|nest|ng|ember|typeorm|sequelize-cli|sequelize) (g|generate|schematics|migration:\S+)( |$))/

/**
 * Whether what a script begins with is there: `cd client && npm run build`, of a folder that was moved since, can't be
 * what builds, nor `node build/index.js` of a program that is built itself.
 */
const isHere = ({ project, manifest: { main } }: App, commands: readonly Command[]): boolean => {
  const { dir = '.', words = [] } = commands.find(command => command.words[0] !== 'cd') ?? {}
  const [program, file = ''] = words
  if (dir !== '.') return dir.startsWith('..') || project.dirs.has(join(dir))
  return program !== 'node' || main === undefined || join(file) !== join(main) || project.has(join(file))
}

/** Where the usual script builds in a folder that isn't here, or packs the program for elsewhere, another one builds, or none. */
function goneNote(app: App): Note | undefined {
  const commands = expand(app.manifest.scripts, 'build')
  const isGone = real(commands) && commands.some(({ dir }) => dir !== undefined) && !isHere(app, commands)
  const packs = commands.length > 0 && commands.every(packsElsewhere)
  const [level, why] = packs
    ? (['info', 'it packs the program for elsewhere'] as const)
    : (['warning', 'the folder that it builds in is not here'] as const)
  const text = `the script build is not run, as ${why}: ${commands.map(shown).join(' && ')}; --build says better`
  return isGone || packs ? note('BUILD_SKIPPED', level, text, scriptSource(app, 'build')) : undefined
}

/** What makes an image, which nothing does inside of one, an installer for a desktop, or an executable with Node.js in it. */
export const packsElsewhere = ({ words: [program = ''] }: Command): boolean => PACKERS.test(program)
const PACKERS =
  /^(docker|docker-compose|podman|buildah|nerdctl|pack|electron-(builder|packager|forge)|pkg|nexe)$/

/** Commands of a build that change a database: they belong to a deployment, not to an image. */
export const migrationsOf = (commands: readonly Command[]): readonly Command[] =>
  commands.filter(command => meaningOf(command).is === 'migration')
