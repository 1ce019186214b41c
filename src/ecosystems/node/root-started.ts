import { fromFile } from '../../facts.ts'
import type { Manifest } from './manifest.ts'
import { join } from './paths.ts'
import { type Command, expand, quote } from './scripts.ts'

const STARTS = ['start:prod', 'start:production', 'start']
const RUNS = /^(node|bun|tsx|ts-node)$/

/** `node server/dist/main.js`, `packages/tool/bin/tool.js`: the same as its own folder has it. */
function fromInside(command: Command, members: readonly string[]): Command {
  const at = command.words.findIndex(
    (word, index) => /^[\w./-]+$/.test(word) && (index > 0 || word.includes('/')),
  )
  const path = join(command.words[at] ?? '')
  const dir = members.filter(member => path.startsWith(`${member}/`)).sort((a, b) => b.length - a.length)[0]
  return dir === undefined
    ? command
    : { ...command, dir, words: command.words.with(at, `./${path.slice(dir.length + 1)}`) }
}

/**
 * Members whose program the root starts in their folder, each given the script of its own that this comes to:
 * `cd server && node dist/main.js`, `node server/dist/main.js`.
 */
export function withRootStarts(
  root: Manifest | undefined,
  members: ReadonlyMap<string, Manifest>,
): ReadonlyMap<string, Manifest> {
  const found = new Map(members)
  for (const script of root ? STARTS : [])
    for (const command of expand(root?.scripts ?? {}, script)) {
      const { words, dir, env } = command.dir ? command : fromInside(command, [...members.keys()])
      const manifest = dir === undefined ? undefined : found.get(dir)
      if (!dir || !manifest || !(RUNS.test(words[0] ?? '') || /^\.\/.+\.[cm]?js$/.test(words[0] ?? '')))
        continue
      if (STARTS.some(name => Object.hasOwn(manifest.scripts, name))) continue
      const set = Object.entries(env).map(([name, value]) => `${name}=${quote([value])} `)
      found.set(dir, {
        ...manifest,
        scripts: { ...manifest.scripts, start: `${set.join('')}${quote(words)}` },
        tasks: new Map([
          ...manifest.tasks,
          ['start', fromFile(`${'../'.repeat(dir.split('/').length)}package.json`, `scripts.${script}`)],
        ]),
      })
    }
  return found
}
