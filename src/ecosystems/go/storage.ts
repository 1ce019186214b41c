import type { GoFacts } from './facts.ts'
import { inside } from './modules.ts'

/** Where a program works and where it may write. */
export interface Storage {
  readonly workdir: string
  /** The folder that is made writable, as COPY names it; undefined when nothing is written. */
  readonly folder?: string | undefined
  readonly volume?: string | undefined
  readonly variables: readonly (readonly [name: string, value: string])[]
  readonly args: readonly string[]
}

const APP = '/app'
const DATA = '/data'

/** A place for what the program writes, by the lightest means: a variable, an option, its own folder, its working directory. */
export function storageOf({ state, files }: GoFacts): Storage {
  if (!state) return { workdir: APP, variables: [], args: [] }
  const name = state.path.split('/').at(-1) ?? state.path
  const moved = state.isFile ? `${DATA}/${name}` : DATA
  if (state.variable)
    return { workdir: APP, folder: DATA, volume: DATA, variables: [[state.variable, moved]], args: [] }
  if (state.option)
    return { workdir: APP, folder: DATA, volume: DATA, variables: [], args: [state.option, moved] }
  // `../app.db`: the working directory is one below the data.
  if (state.path.startsWith('../'))
    return { workdir: `${DATA}/app`, folder: DATA, volume: DATA, variables: [], args: [] }
  const folder = state.isFile ? state.path.split('/').slice(0, -1).join('/') : state.path
  // What is shipped in that folder belongs to the image: a volume over it would hide the next version's.
  if (
    files.some(
      ({ target }) => inside(folder || '.', target) !== undefined || inside(target, folder) !== undefined,
    )
  )
    return folder === ''
      ? { workdir: APP, folder: APP, variables: [], args: [] }
      : { workdir: APP, variables: [], args: [] }
  if (folder)
    return { workdir: APP, folder: `${APP}/${folder}`, volume: `${APP}/${folder}`, variables: [], args: [] }
  return { workdir: DATA, folder: DATA, volume: DATA, variables: [], args: [] }
}
