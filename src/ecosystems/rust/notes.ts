import { fromFile } from '../../facts.ts'
import { BUILD_TOOLS } from '../../knowledge/native-rust.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { RustFacts } from './facts.ts'
import type { Reading } from './read.ts'
import { join } from './toml.ts'

/** What is worth knowing about a program before its image is built. */
export function notesOf(reading: Reading, facts: RustFacts): readonly Note[] {
  return [
    ...lockNotes(reading),
    ...subcommandNotes(reading, facts),
    ...networkNotes(facts),
    ...databaseNotes(reading, facts),
    ...buildNotes(reading),
    ...variableNotes(reading),
    ...embedNotes(reading),
    ...platformNotes(reading),
  ]
}

function lockNotes({ lockFile, workspace, stale }: Reading): Note[] {
  if (lockFile && stale !== undefined) {
    const message = `Cargo.lock doesn't know ${stale}, so the build brings it up to date by itself; run cargo check and commit the file`
    return [note('LOCKFILE_STALE', 'warning', message, fromFile(lockFile))]
  }
  if (lockFile) return []
  return [
    note(
      'NO_LOCKFILE',
      'warning',
      'There is no Cargo.lock: each build takes the newest dependencies that fit; commit the one that cargo writes',
      fromFile(workspace.manifest),
    ),
  ]
}

/** A program that does nothing without a subcommand, none of which says that it serves. */
function subcommandNotes({ sources, program }: Reading, { kind, args, start }: RustFacts): Note[] {
  const { subcommands } = sources
  if (
    start?.source.from === 'flag' ||
    kind.value === 'cli' ||
    subcommands.length === 0 ||
    subcommands.some(name => name === args[0])
  )
    return []
  const message = `${program.bin.name} needs a subcommand (${subcommands.slice(0, 6).join(', ')}): say which one with --start`
  return [note('SUBCOMMAND_UNKNOWN', 'warning', message, fromFile(program.bin.path))]
}

function networkNotes(facts: RustFacts): Note[] {
  const { loopback } = facts
  return [
    ...(loopback
      ? [
          note(
            'LISTENS_ON_LOCALHOST',
            'warning',
            `The program listens on ${loopback.value}, which nothing outside the container reaches; bind 0.0.0.0`,
            loopback.source,
          ),
        ]
      : []),
    ...(facts.kind.value === 'web' && facts.port === undefined
      ? [
          note(
            'PORT_UNKNOWN',
            'warning',
            'The port was not found in the sources, so the image exposes none and has no health check; give it with --port',
          ),
        ]
      : []),
  ]
}

/** sqlx checks queries against a database as it compiles, unless their description is committed. */
function databaseNotes({ sources }: Reading, { sqlxOffline }: RustFacts): Note[] {
  const query = sources.macros.find(({ name }) => /^query(_as|_scalar|_file|_file_as)?$/.test(name))
  if (!query || sqlxOffline) return []
  return [
    note(
      'SQLX_NOT_PREPARED',
      'warning',
      'sqlx checks its queries against a database as it compiles, and no image build has one: run `cargo sqlx prepare` and commit .sqlx',
      fromFile(query.path),
    ),
  ]
}

/** Programs that start only under their platform's own command. */
function platformNotes({ enabled, program }: Reading): Note[] {
  const hosted =
    enabled[0] &&
    [...enabled[0].dependencies.keys()].find(({ crate }) =>
      /^(shuttle-runtime|lambda_http|lambda_runtime)$/.test(crate),
    )
  return hosted
    ? [
        note(
          'HOSTED_RUNTIME',
          'warning',
          `${hosted.crate} expects the platform it is made for, and may not start in a plain container`,
          fromFile(program.package.manifest, hosted.key),
        ),
      ]
    : []
}

function buildNotes({ scripts, project }: Reading): Note[] {
  const missing = scripts.calls.filter(
    ({ name, callee, literals: [tool] }) =>
      name === 'new' &&
      callee.at(-2) === 'Command' &&
      typeof tool === 'string' &&
      !Object.hasOwn(BUILD_TOOLS, tool),
  )
  return [
    ...missing.slice(0, 3).map(call => {
      const message = `The build script starts ${String(call.literals[0])}, which the build image lacks`
      return note('BUILD_TOOL_MISSING', 'warning', message, fromFile(call.path, undefined, call.line))
    }),
    ...(project.has('.gitmodules')
      ? [
          note(
            'GIT_SUBMODULES',
            'info',
            'The repository has submodules: check them out before the image is built',
            fromFile('.gitmodules'),
          ),
        ]
      : []),
  ]
}

/** What is compiled in and isn't there: most often the output of a front end that is built apart. */
function embedNotes({ sources, program, project }: Reading): Note[] {
  if (program.package.buildScript) return []
  const missing = sources.macros.flatMap(({ name, path, literals: [value, another] }) => {
    if (typeof value !== 'string' || another !== undefined || value.startsWith('/')) return []
    const home = path.replace(/(^|\/)src\/.*$/, '') || '.'
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    const from =
      name === 'folder' || name === 'include_dir'
        ? home
        : /^include_(str|bytes)$/.test(name)
          ? folder
          : undefined
    const file = from === undefined ? undefined : join(from, value.replace(/^\$CARGO_MANIFEST_DIR\//, ''))
    return file === undefined || file.startsWith('..') || project.has(file) || project.dirs.has(file)
      ? []
      : [{ file, path }]
  })
  return missing.slice(0, 1).map(({ file, path }) => {
    const message = `The sources compile in ${file}, which the repository hasn't got: build it before the image`
    return note('EMBEDDED_FILE_MISSING', 'warning', message, fromFile(path))
  })
}

/** `env!("COMMIT")`: a variable of the build, unless a build script may set it. */
function variableNotes({ sources, program }: Reading): Note[] {
  const compiled = (value: unknown): boolean =>
    typeof value === 'string' && /^[A-Z_]+$/.test(value) && !/^(CARGO|OUT_DIR|TARGET|PROFILE)/.test(value)
  const found = sources.macros.find(({ name, literals }) => name === 'env' && literals.some(compiled))
  if (!found || program.package.buildScript) return []
  const message = `The sources compile in ${String(found.literals[0])}, and the build stops where it isn't set`
  return [note('BUILD_VARIABLE', 'warning', message, fromFile(found.path))]
}
