import { fromFile } from '../../facts.ts'
import type { Manifest } from './manifest.ts'
import { expand, quote } from './scripts.ts'

const STARTS = ['start:prod', 'start:production', 'start']
const RUNS = /^(node|bun|tsx|ts-node)$/

/**
 * Members whose program the root starts in their folder, each given the script of its own that this comes to:
 * `cd server && node dist/main.js`.
 */
export function withRootStarts(
  root: Manifest | undefined,
  members: ReadonlyMap<string, Manifest>,
): ReadonlyMap<string, Manifest> {
  const found = new Map(members)
  for (const script of root ? STARTS : [])
    for (const { words, dir, env } of expand(root?.scripts ?? {}, script)) {
      const manifest = dir === undefined ? undefined : found.get(dir)
      if (!dir || !manifest || !RUNS.test(words[0] ?? '')) continue
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
