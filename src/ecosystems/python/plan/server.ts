import { type Note, note } from '../../../plan/notes.ts'
import type { Entry } from '../entry/entry.ts'
import type { PythonFacts } from '../facts.ts'
import { hasPackage } from '../packages.ts'
import { isTool, toolFor } from '../tools.ts'

/** A server for production that the image gets on top of what the project lists. */
export interface AddedServer {
  readonly version: string
  /** `gunicorn==27.0.1` */
  readonly requirement: string
}

/** @returns undefined where the project lists the server that it is started by */
export function addedServer(facts: PythonFacts): AddedServer | undefined {
  const start = facts.entry?.start.value
  if (start?.by !== 'server' || hasPackage(facts.install, start.server)) return undefined
  if (!isTool(start.server)) return undefined
  const version = toolFor(start.server, facts)
  return { version, requirement: `${start.server}==${version}` }
}

export const serverNotes = (added: AddedServer | undefined): Note[] =>
  added
    ? [
        note(
          'SERVER_ADDED',
          'info',
          `${added.requirement} is installed in the image: the project lists no server for production, so add it to its dependencies`,
        ),
      ]
    : []

/** gunicorn takes its port from PORT, unless a configuration of the project's own says otherwise. */
export const readsPort = (facts: PythonFacts, entry: Entry): boolean =>
  isGunicorn(entry) && !hasOwnConfig(facts, entry)

export const isGunicorn = ({ start }: Entry): boolean =>
  start.value.by === 'server' && start.value.server === 'gunicorn'

export const hasOwnConfig = (facts: PythonFacts, { start }: Entry): boolean =>
  facts.gunicornConfig ||
  (start.value.by === 'server' && start.value.options.some(option => /^(-c|--config)$/.test(option)))
