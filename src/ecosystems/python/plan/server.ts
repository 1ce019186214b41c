import { type Note, note } from '../../../plan/notes.ts'
import type { Entry } from '../entry/entry.ts'
import type { PythonFacts } from '../facts.ts'
import { hasPackage } from '../packages.ts'
import { compareLines } from '../wheels.ts'

/** The releases that a project without a server of its own gets, and those for Python lines that they have left. */
const SERVERS: Readonly<Record<string, { readonly now: string; readonly old: string }>> = {
  gunicorn: { now: '27.0.1', old: '23.0.0' },
  uvicorn: { now: '0.54.0', old: '0.33.0' },
  hypercorn: { now: '0.18.0', old: '0.17.3' },
  daphne: { now: '4.2.1', old: '4.1.2' },
  granian: { now: '2.7.4', old: '1.6.4' },
}

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
  const versions = SERVERS[start.server]
  if (!versions) return undefined
  const old = compareLines(facts.runtimeVersion?.value ?? '3.13', '3.10') < 0
  const version = old ? versions.old : versions.now
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
