import type { Source } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'

/**
 * What a shell puts for the inside of `${PORT:-3000}` where nothing is set; quotes around a default are the shell's, and
 * what has no default stays, as `${PORT}`. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02
 */
export const unset = (inside: string): string =>
  /^[A-Za-z_]\w*:?[-=]([^{}$]*)$/.exec(inside)?.[1]?.replace(/^(['"])(.*)\1$/, '$2') ?? `\${${inside}}`

const VARIABLE = /\$\{(\w+)\}/g

/** Whether a word waits for a variable. */
export const isOpen = (word: string): boolean => /\$\{\w+\}/.test(word)

/** Arguments with what the image knows of their variables: the port; an option of another one is left out. */
export const resolved = (args: readonly string[], port: number | undefined): readonly string[] =>
  parted(args, port).known

/** The options that a start command loses so, as nobody says what a shell would have put there. */
export function unsetNotes(
  args: readonly string[],
  port: number | undefined,
  source: Source | undefined,
): readonly Note[] {
  const { lost } = parted(args, port)
  return lost.length === 0
    ? []
    : [
        note(
          'OPTION_UNSET',
          'warning',
          `the start command is without ${lost.join(' ')}, which nothing sets; --start gives it whole`,
          source,
        ),
      ]
}

function parted(
  args: readonly string[],
  port: number | undefined,
): { readonly known: readonly string[]; readonly lost: readonly string[] } {
  const words = args.map(word =>
    word.replace(VARIABLE, (all, name: string) => (/(^|_)PORT$/.test(name) && port ? String(port) : all)),
  )
  const isLost = (word: string, at: number): boolean =>
    isOpen(word) || (isOpen(words[at + 1] ?? '') && /^--?[a-z][\w-]*$/i.test(word))
  return { known: words.filter((word, at) => !isLost(word, at)), lost: words.filter(isLost) }
}
