import { type Note, note } from '../../plan/notes.ts'
import type { RustFacts } from './facts.ts'
import type { RuntimeFile } from './files.ts'
import type { State } from './state.ts'

/** Where a program works and what it may write there. */
export interface Storage {
  readonly workdir: string
  /** The folder that is made writable. */
  readonly folder?: string | undefined
  readonly volume?: string | undefined
  /** Folders within it that the program may expect: `/uploads`. */
  readonly inside: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
}

const DATA = '/data'

/**
 * A place for what the program writes, by the lightest means: a variable or a flag, its own folder, its working
 * directory. What is shipped keeps its place: a volume over it would hide the next version's.
 */
export function storageOf(states: readonly State[], workdir: string, files: readonly RuntimeFile[]): Storage {
  const none: Storage = { workdir, inside: [], env: {}, args: [] }
  const free = states.filter(({ path }) => !files.some(({ to }) => overlap(to, path)))
  const movable = free.filter(({ variable, flag }) => variable || flag)
  if (movable.length) return moved(movable, none)
  const [state] = free
  if (!state) return none
  const folder = state.isFile ? state.path.split('/').slice(0, -1).join('/') : state.path
  if (folder) {
    const place = folder.startsWith('/') ? folder : `${workdir}/${folder}`
    return { ...none, folder: place, volume: place }
  }
  return files.length ? { ...none, folder: workdir } : { ...none, workdir: DATA, folder: DATA, volume: DATA }
}

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)

function moved(states: readonly State[], none: Storage): Storage {
  const places = states.map(state => ({ ...state, place: placeOf(state, states) }))
  const byVariable = places.filter(({ variable }) => variable)
  return {
    ...none,
    folder: DATA,
    volume: DATA,
    inside: places.flatMap(({ isFile, place }) =>
      isFile || place === DATA ? [] : [place.slice(DATA.length)],
    ),
    env: Object.fromEntries(byVariable.map(state => [String(state.variable), spelled(state)])),
    args: places.flatMap(state => (state.variable ? [] : [`--${state.flag}`, spelled(state)])),
  }
}

/** A lone folder becomes the volume itself. */
const placeOf = ({ path, isFile }: State, { length }: readonly State[]): string =>
  length === 1 && !isFile ? DATA : `${DATA}/${path.split('/').at(-1)}`

/** sqlx opens a database that isn't there only when it's told to create it. */
const spelled = ({ before, after, place }: State & { readonly place: string }): string =>
  before.startsWith('sqlite:') ? `sqlite://${place}${after || '?mode=rwc'}` : `${before}${place}${after}`

/** Where the data is kept, for whoever runs the image. */
export const storageNotes = ({ states }: RustFacts, { volume }: Storage): Note[] => {
  const [first] = states
  const message = `The program writes ${first?.value.path}: what it writes is kept in the volume ${volume}`
  return first && volume ? [note('WRITES_DATA', 'info', message, first.source)] : []
}
