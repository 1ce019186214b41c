import type { Command } from './scripts.ts'

/** The words of the first command of that name. */
export const words = (build: readonly Command[], name: string): readonly string[] | undefined =>
  build.find(command => command.words[0] === name)?.words
/** `--outDir x`, `--outDir=x` of a command. */
export const option = (
  command: readonly string[] | undefined,
  ...names: readonly string[]
): string | undefined => {
  const index = command?.findIndex(word => names.includes(word)) ?? -1
  if (command && index >= 0) return command[index + 1]
  return command
    ?.map(word =>
      names
        .map(name => (word.startsWith(`${name}=`) ? word.slice(name.length + 1) : undefined))
        .find(Boolean),
    )
    .find(Boolean)
}
/** The folder that a command is given; the word after an option is the option's. */
export const folderOf = (command: readonly string[] | undefined): string | undefined =>
  command
    ?.slice(1)
    .find(
      (word, index, all) =>
        !word.startsWith('-') && word !== 'build' && !/^--[^=]+$/.test(all[index - 1] ?? ''),
    )
