import { Command, CommanderError } from 'commander'
import { UserError } from '../errors.ts'
import { flagName, knobs } from './knobs.ts'
import { byFlag, type Wishes } from './options.ts'

/** What the command line says: what to decide, and how to go about it. */
export interface Invocation {
  readonly dir: string
  readonly wishes: Wishes
  /** Whether every app is written for, not one. */
  readonly all: boolean
  readonly yes: boolean
  readonly dryRun: boolean
  readonly stdout: boolean
  readonly json: boolean
  readonly force: boolean
  /** Whether the person asked for questions or forbade them; undefined: ask on a terminal. */
  readonly interactive: boolean | undefined
}

/** What a run does beside deciding. */
export const SWITCHES = [
  ['--all', 'all', 'write for every app that is here, each in its own folder'],
  ['-y, --yes', 'yes', 'take what is detected, ask nothing'],
  ['--dry-run', 'dryRun', 'show what would be written, write nothing'],
  ['--stdout', 'stdout', 'print the Dockerfile and nothing else, write nothing'],
  ['--json', 'json', 'print one JSON object: facts with their sources, files, notes'],
  ['--force', 'force', 'overwrite files that are there'],
  ['--no-interactive', 'interactive', 'never ask, even on a terminal'],
] as const

/** What makes no sense for every app at once. */
const ONE_APP = ['stdout', 'app', 'start', 'build', 'port']

const EXAMPLES = `
Examples:
  create-dockerfile                     look, ask what is open, write
  create-dockerfile --yes --dry-run     see what would be written
  create-dockerfile --app api --stdout  one app of a workspace, to standard output
  create-dockerfile --all               every app of a repository

Exit codes: 0 done, 1 can't, 2 wrong usage, 70 a bug of ours, 130 cancelled
https://github.com/create-dockerfile/create-dockerfile#readme`

/** Thrown for `--help` and `--version`: the text that was asked for. */
export class Informed extends Error {
  constructor(readonly text: string) {
    super('informed')
  }
}

/**
 * Reads the command line.
 * @param argv without the program and the script
 * @param env npm's create puts flags that follow no `--` into `npm_config_*`: they count too, or a dry run would write
 * @throws UserError with exit code 2; Informed
 */
export function readFlags(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Invocation {
  let printed = ''
  const command = new Command('create-dockerfile')
    .description('Writes the Dockerfile and .dockerignore that an expert of your language would sign.')
    .argument('[dir]', 'the folder of the project', '.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: text => {
        printed += text
      },
      writeErr: text => {
        printed += text
      },
    })
  for (const knob of knobs) command.option(knob.flag, knob.help)
  for (const [flag, , help] of SWITCHES) command.option(flag, help)
  try {
    command.parse(
      argv.filter(word => word !== '--'),
      { from: 'user' },
    )
  } catch (error) {
    throw error instanceof CommanderError ? answer(error, printed) : error
  }
  return invocation(command, env)
}

function answer(error: CommanderError, printed: string): Error {
  if (error.exitCode === 0) return new Informed(printed)
  const [message = 'wrong usage', suggestion] = error.message.replace(/^error: /, '').split('\n')
  return new UserError(
    'USAGE',
    message,
    suggestion?.replace(/[()]/g, '') ?? 'See create-dockerfile --help',
    2,
  )
}

function invocation(command: Command, env: Readonly<Record<string, string | undefined>>): Invocation {
  const given = command.opts<Record<string, string | boolean | undefined>>()
  const on = (key: string) => given[key] === true || fromNpm(env, key) === 'true'
  const wishes = Object.fromEntries(
    knobs.flatMap(knob => {
      const raw = given[knob.key] ?? fromNpm(env, knob.key)
      return typeof raw === 'string' ? [[knob.key, byFlag(knob.read(raw), flagName(knob))]] : []
    }),
  ) as Wishes
  const clash = on('all') ? ONE_APP.find(flag => given[flag] ?? fromNpm(env, flag)) : undefined
  if (clash)
    throw new UserError('USAGE', `--all writes for every app, --${clash} is about one`, 'Leave one out', 2)
  return {
    dir: command.args[0] ?? '.',
    wishes,
    all: on('all'),
    yes: on('yes'),
    dryRun: on('dryRun'),
    stdout: on('stdout'),
    json: on('json'),
    force: on('force'),
    interactive: given.interactive === false ? false : undefined,
  }
}

/** `npm create dockerfile --port 80` (npm's `init`) leaves `npm_config_port=80`. */
function fromNpm(env: Readonly<Record<string, string | undefined>>, key: string): string | undefined {
  if (env.npm_command !== 'init') return undefined
  return env[`npm_config_${key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`] || undefined
}
