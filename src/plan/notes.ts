import { describe, type Source } from '../facts.ts'

export type Level = 'info' | 'warning' | 'error'

/** A result that is valid but worth knowing of, as data: never a line in a log. */
export interface Note {
  /** Stable and upper case: `VERSION_ASSUMED`. */
  readonly code: string
  readonly level: Level
  /** One sentence for people. */
  readonly message: string
  /** `package.json:12 engines.node` */
  readonly source?: string
}

export const note = (code: string, level: Level, message: string, source?: Source): Note => ({
  code,
  level,
  message,
  ...(source && { source: describe(source) }),
})
