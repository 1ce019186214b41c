import { ECOSYSTEMS, type EcosystemId } from '../ecosystems/index.ts'
import { UserError } from '../errors.ts'
import { safe } from '../plan/words.ts'
import { type Options, RUNTIME_FAMILIES } from './options.ts'

/** One option: its flag, its help and how its text is read. The wizard, `--help`, the docs and the repeat command come from these rows. */
export interface Knob<K extends keyof Options = keyof Options> {
  readonly key: K
  /** As commander takes it: `--port <number>`. */
  readonly flag: string
  readonly help: string
  /** @throws UserError BAD_OPTION with exit code 2 */
  read(raw: string): NonNullable<Options[K]>
}

type Knobs = { readonly [K in keyof Required<Options>]: Knob<K> }

/** A type that forgets none: an option without a row does not compile. */
export const KNOBS: Knobs = {
  language: {
    key: 'language',
    flag: '--language <id>',
    help: `the language, where there are several: ${ECOSYSTEMS.map(({ id }) => id).join(', ')}`,
    read: raw =>
      oneOf<EcosystemId>(
        '--language',
        ECOSYSTEMS.map(({ id }) => id),
        raw,
      ),
  },
  app: {
    key: 'app',
    flag: '--app <name>',
    help: 'the app of a workspace, the Cargo binary or the Go command: its name or folder',
    read: raw => text('--app', raw),
  },
  runtime: {
    key: 'runtime',
    flag: '--runtime <family>',
    help: `the runtime image: ${RUNTIME_FAMILIES.join(', ')}`,
    read: raw => oneOf('--runtime', RUNTIME_FAMILIES, raw),
  },
  runtimeVersion: {
    key: 'runtimeVersion',
    flag: '--runtime-version <version>',
    help: 'the version of the language: 24, 3.13, 1.26',
    read: raw => {
      if (!/^\d+(\.\d+){0,2}$/.test(raw)) throw bad('--runtime-version', raw, 'a version such as 24 or 3.13')
      return raw
    },
  },
  port: {
    key: 'port',
    flag: '--port <number>',
    help: 'the port that the program listens on',
    read: raw => {
      const port = Number(raw)
      if (!/^\d+$/.test(raw) || port < 1 || port > 65535) throw bad('--port', raw, 'a number from 1 to 65535')
      return port
    },
  },
  start: {
    key: 'start',
    flag: '--start <command>',
    help: 'the command that starts the program',
    read: raw => text('--start', raw),
  },
  build: {
    key: 'build',
    flag: '--build <command>',
    help: 'the command that makes the production build',
    read: raw => text('--build', raw),
  },
}

export const knobs: readonly Knob[] = Object.values(KNOBS) as unknown as readonly Knob[]

/** `--runtime-version <version>` → `--runtime-version` */
export const flagName = ({ flag }: Knob): string => flag.split(' ', 1)[0] ?? flag

function oneOf<T extends string>(flag: string, values: readonly T[], raw: string): T {
  const found = values.find(value => value === raw)
  if (found === undefined) throw bad(flag, raw, `one of ${values.join(', ')}`)
  return found
}

function text(flag: string, raw: string): string {
  if (raw.trim() === '') throw bad(flag, raw, 'a text')
  try {
    return safe(raw, flag)
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.code, error.message, error.hint, 2) : error
  }
}

const bad = (flag: string, raw: string, wanted: string): UserError =>
  new UserError(
    'BAD_OPTION',
    `${flag} ${JSON.stringify(raw.slice(0, 60))}: expected ${wanted}`,
    'See create-dockerfile --help',
    2,
  )
