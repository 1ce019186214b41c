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
export function resolved(args: readonly string[], port: number | undefined): readonly string[] {
  const known = args.map(word =>
    word.replace(VARIABLE, (all, name: string) => (/(^|_)PORT$/.test(name) && port ? String(port) : all)),
  )
  const lost = known.map(isOpen)
  return known.filter((word, at) => !lost[at] && !(lost[at + 1] && /^--?[a-z][\w-]*$/i.test(word)))
}
