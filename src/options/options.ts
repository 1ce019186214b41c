import type { EcosystemId } from '../ecosystems/index.ts'
import type { Fact } from '../facts.ts'

export const RUNTIME_FAMILIES = ['auto', 'distroless', 'alpine', 'slim'] as const
export type RuntimeFamily = (typeof RUNTIME_FAMILIES)[number]

/** What a person or a program may decide; whatever is left out is detected. */
export interface Options {
  /** The language, where a repository has several. */
  readonly language?: EcosystemId
  /** The app of a workspace, the Cargo binary or the Go command: its name or folder. */
  readonly app?: string
  /** The family of the runtime image. */
  readonly runtime?: RuntimeFamily
  /** The line of the language's runtime: `24`, `3.13`, `1.26`. */
  readonly runtimeVersion?: string
  /** The TCP port that the program listens on, 1 to 65535. */
  readonly port?: number
  /** The command that starts the program in the container. */
  readonly start?: string
  /** The command that makes the production build. */
  readonly build?: string
}

/** Options whose source is known: a flag or an answer. */
export type Wishes = { readonly [K in keyof Options]: Fact<NonNullable<Options[K]>> }

/** What the command line says, as a wish. */
export const byFlag = <T>(value: T, name: string): Fact<T> => ({ value, source: { from: 'flag', name } })
