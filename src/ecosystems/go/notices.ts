import { fromFile, type Source } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Listening } from './address.ts'
import type { Port } from './exposure.ts'
import type { GoFacts } from './facts.ts'
import type { Main } from './mains.ts'
import type { Linked } from './packages.ts'

/** What is worth knowing of a program before its image is built. */
export function notesOf(
  { layout, embeds, frontEnd, native }: GoFacts,
  { module }: Main,
  listening: Listening | undefined,
  port: Port | undefined,
  { missing }: Linked,
): Note[] {
  const { loopback } = listening ?? {}
  const warn = (code: string, message: string, source?: Source) => [note(code, 'warning', message, source)]
  const absent = [
    ...embeds.missing
      .filter(({ path }) => frontEnd?.output !== path)
      .map(({ path, by }) => ({ path, by, is: 'embedded' })),
    ...[...missing]
      .filter(() => layout.prepare.length === 0)
      .map(([path, by]) => ({ path, by, is: 'imported' })),
  ]
  return [
    ...(port?.assumed
      ? warn(
          'PORT_ASSUMED',
          `Nothing says which port this listens on: ${port.fact.value} is assumed; --port says better`,
        )
      : []),
    ...(loopback && !loopback.flag && !loopback.variable
      ? warn(
          'LISTENS_ON_LOOPBACK',
          `It listens on ${loopback.value}, which nothing outside the container reaches`,
          listening?.port?.source,
        )
      : []),
    ...(module.file
      ? []
      : warn(
          'NO_MANIFEST',
          'There is no go.mod: the build makes one, and the versions of the dependencies are those of the day',
        )),
    ...(module.file && !layout.locked
      ? warn(
          'NO_LOCKFILE',
          'There is no go.sum: the build makes one, so nothing holds the dependencies to what was tested',
        )
      : []),
    ...absent.flatMap(({ path, by, is }) =>
      warn(
        'GENERATED_MISSING',
        `${path} is ${is} and not in the repository: it must be made before the build`,
        fromFile(by),
      ),
    ),
    ...native.unknown.flatMap(name =>
      warn('NATIVE_LIBRARY_UNKNOWN', `No Debian package is known for the C library ${name}`),
    ),
  ]
}
