import type { Command } from './scripts.ts'

/** `${PORT}`, `${PORT:-3000}`, `${PORT:=3000}`: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02 */
const VARIABLE = /\$\{([A-Za-z_]\w*)(?::?[-=]([^{}$]*))?\}/g

/** A start command as a shell would read it where nothing is set: no shell does so in the image. What has no default stays. */
export function withDefaults(command: Command): Command {
  const known = new Map(Object.entries(command.env).map(([name, value]) => [name, filled(value)]))
  const set = [...known].filter(([, value]) => !VARIABLE_IN.test(value))
  return { ...command, env: Object.fromEntries(set), words: command.words.map(word => filled(word)) }
}

const VARIABLE_IN = new RegExp(VARIABLE.source)
const filled = (word: string): string => word.replace(VARIABLE, (all, _, value?: string) => value ?? all)

/** Arguments with what the image knows of variables without a default: the port; an option of another one is left out. */
export function resolved(args: readonly string[], port: number | undefined): readonly string[] {
  const known = args.map(word =>
    word.replace(VARIABLE, (all, name: string) => (/(^|_)PORT$/.test(name) && port ? String(port) : all)),
  )
  const lost = known.map(word => VARIABLE_IN.test(word))
  return known.filter((word, at) => !lost[at] && !(lost[at + 1] && /^--?[a-z][\w-]*$/i.test(word)))
}
