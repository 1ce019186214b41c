import { oneLine } from './text.ts'

/**
 * Something that the person who runs the command can mend: one line, and a hint that says how.
 * Anything else that is thrown is a bug of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly hint: string | undefined
  constructor(
    /** Stable and upper case, for tools: `NO_START_COMMAND`. */
    readonly code: string,
    message: string,
    hint?: string,
    /** 1: it can't be done. 2: the command was called wrongly. 130: cancelled. */
    readonly exitCode: 1 | 2 | 130 = 1,
  ) {
    super(oneLine(message))
    this.hint = hint === undefined ? undefined : oneLine(hint)
  }
}
