import type { Creation } from './create.ts'
import type { AppFacts, Candidate } from './ecosystems/ecosystem.ts'
import { describe, type Fact } from './facts.ts'
import type { Note } from './plan/notes.ts'
import type { Status } from './write.ts'

/** The facts that the JSON answer shows. `kind` stands beside them. */
const SHOWN = [
  'runtimeVersion',
  'packageManager',
  'framework',
  'build',
  'start',
  'port',
  'env',
  'mainPackages',
  'cgo',
  'binaries',
] as const satisfies readonly (keyof AppFacts)[]

interface ShownFact {
  readonly value: unknown
  readonly stated?: string
  readonly source: string
}

export interface AnsweredFile {
  readonly path: string
  readonly status: Status
  readonly content: string
}

/** One app of the JSON answer. */
export interface AnsweredApp {
  /** Where the Dockerfile goes, from the root of the project. */
  readonly dir: string
  readonly name: string
  readonly ecosystem: string
  readonly kind: string
  readonly facts: { readonly [name in (typeof SHOWN)[number]]?: ShownFact }
  readonly images?: { readonly build: string; readonly runtime: string }
  readonly files: readonly AnsweredFile[]
  readonly notes: readonly Note[]
}

/** What `--json` prints, described by schema.json. A new member may come at any time; `schema` changes when one goes. */
export interface Answer {
  readonly schema: 1
  /** Where all paths start, from the folder that was named: `../..` for a member of a workspace. Absent where that is it. */
  readonly root?: string
  readonly apps: readonly AnsweredApp[]
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string }
}

/** An app that was written, or would be. */
export const answered = (
  { candidate, plan, notes }: Creation,
  files: readonly AnsweredFile[],
): AnsweredApp => ({
  ...detected(candidate),
  dir: plan.dir,
  images: plan.images,
  files,
  notes,
})

/** An app that was found, and no more. */
export const detected = (candidate: Candidate): AnsweredApp => ({
  dir: candidate.dir,
  name: candidate.name,
  ecosystem: candidate.ecosystem,
  kind: candidate.facts.kind.value,
  facts: Object.fromEntries(
    SHOWN.flatMap(name => {
      const found = candidate.facts[name]
      return found ? [[name, shown(found)]] : []
    }),
  ),
  files: [],
  notes: candidate.notes,
})

const shown = ({ value, stated, source }: Fact<unknown>): ShownFact => ({
  value,
  ...(stated !== undefined && { stated }),
  source: describe(source),
})
