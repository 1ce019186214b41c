import { UserError } from '../errors.ts'
import { HIDDEN, oneLine } from '../text.ts'

/** Longer than any path or command that a person writes; a bound against manifests made to hurt. */
const MAX_LENGTH = 4096
/**
 * Refuses a text that could end its line or fool its reader.
 * @param what how the value is called in the message, such as the view's member
 * @throws UserError UNSAFE_VALUE
 */
export function safe(text: string, what: string): string {
  const shown = oneLine(JSON.stringify(text), 60)
  if (text.length > MAX_LENGTH)
    throw new UserError(
      'UNSAFE_VALUE',
      `${what} is ${text.length} characters long: ${shown}`,
      `At most ${MAX_LENGTH} can be written into a Dockerfile`,
    )
  if (HIDDEN.test(text))
    throw new UserError(
      'UNSAFE_VALUE',
      `${what} holds a control character: ${shown}`,
      "It can't be written into a Dockerfile",
    )
  return text
}

/** A command line for RUN, each word in single quotes where the shell would read it otherwise: `npm run 'build:$x'`. */
export function shell(...words: readonly string[]): string {
  return words.map(word => (/^[\w@%+=:,./^~-]+$/.test(word) ? word : single(word))).join(' ')
}

/** A word that the shell replaces by the files of its pattern: `'my files'/*.md`. */
export const pattern = (word: string): string =>
  word
    .split(/([*?]+)/)
    .map((part, index) => (index % 2 || part === '' ? part : shell(part)))
    .join('')

const single = (word: string): string => `'${safe(word, 'a command').replaceAll("'", `'\\''`)}'`

/**
 * A relative path of the build context, as COPY and --mount take it.
 * @throws UserError UNSAFE_PATH for a path out of the context, or one that a Dockerfile can't hold
 */
export function contextPath(path: string): string {
  const parts = safe(path, 'a path').split('/')
  if (path.startsWith('/') || parts.includes('..') || /^[A-Za-z]:/.test(path))
    throw new UserError(
      'UNSAFE_PATH',
      `${JSON.stringify(path)} leads out of the build context`,
      'Paths are relative to the project and stay inside it',
    )
  if (/["'`$\\<>|;&]/.test(path) || path.startsWith('-'))
    throw new UserError(
      'UNSAFE_PATH',
      `${JSON.stringify(path)} can't be named in a Dockerfile`,
      'Rename the file or folder',
    )
  return path
}
