import type { Project } from '../../project/project.ts'
import { joinOutward, relative } from './paths.ts'
import type { Command } from './scripts.ts'

/** A command that puts folders elsewhere; `shx` runs those of a shell. */
const COPIES = /^(cp|mv|ncp|cpx2?|cpy)$/

/** The folders that a command copies from and the place that they get, from the folder of its package. */
function copied({
  words,
  dir = '',
}: Command): { from: readonly string[]; to: string; bare: boolean } | undefined {
  const [program = '', ...rest] = words[0] === 'shx' ? words.slice(1) : words
  if (!COPIES.test(program)) return undefined
  const paths = rest.filter(word => !word.startsWith('-'))
  const to = paths.pop()
  if (to === undefined || paths.length === 0) return undefined
  return {
    from: paths.map(path => joinOutward(dir, path.replace(/\/(\*+|\.)(\/\*+|\.\*)?$/, ''))),
    to: joinOutward(dir, to),
    // What lies in the folder, and not the folder itself.
    bare: /^(ncp|cpx2?|cpy)$/.test(program) || paths.some(path => /\/(\*.*|\.)$/.test(path)),
  }
}

/** Whether a command of a server's build copies the pages that a client has built. @param out their folder, from the server's */
export const copies = (command: Command, out: string): boolean => copied(command)?.from.includes(out) === true

/**
 * Where a server's build puts the pages of a client: `cp -r client/dist public`.
 * @param dir the server's folder
 * @param out where the client builds them, from there
 * @returns a folder of the server's, from there
 */
export function placeOf(
  project: Project,
  dir: string,
  commands: readonly Command[],
  out: string,
): string | undefined {
  const given = commands.map(copied).find(command => command?.from.includes(out))
  // `../server/public` is the server's own.
  const inside = (path: string) => relative(dir, joinOutward(dir, path))
  const to = given && inside(given.to)
  if (!given || !to || to.startsWith('..')) return undefined
  const named = (program: RegExp) =>
    commands.some(
      ({ words, dir: folder = '' }) =>
        program.test(words[0] ?? '') && words.slice(1).some(word => inside(joinOutward(folder, word)) === to),
    )
  const stands =
    named(/^(mkdir|mkdirp)$/) ||
    (project.dirs.has(joinOutward(dir, to)) && !named(/^(rm|rimraf|del|del-cli)$/))
  return stands && !given.bare ? `${to}/${out.split('/').at(-1)}` : to
}
