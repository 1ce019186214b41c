import { option } from './command-words.ts'
import type { Manifest } from './manifest.ts'
import { type Command, expand, selected } from './scripts.ts'
import type { Workspace } from './workspaces.ts'

/** Scripts of a workspace's root that tell what the repository is for. */
const TELLING = ['start', 'build', 'dev']

/** Members that the root's own scripts are handed over to, `yarn workspace web build`, `cd docs && yarn start`; else the one that bears its name. */
export function delegated({ name: own, scripts }: Manifest, { members }: Workspace): ReadonlySet<string> {
  const byName = new Map([...members].map(([dir, { name }]) => [name, dir]))
  const told = new Set(
    TELLING.flatMap(name => expand(scripts, name))
      .flatMap(command => [command.dir, memberOf(command)])
      .flatMap(member => (member === undefined ? [] : [byName.get(member) ?? member]))
      .filter(dir => members.has(dir)),
  )
  const same = own === undefined ? undefined : byName.get(own)
  return told.size === 0 && same !== undefined ? new Set([same]) : told
}

function memberOf({ words }: Command): string | undefined {
  switch (words[0]) {
    case 'turbo':
      return option(words, '--filter', '-F')
    case 'lerna':
      return option(words, '--scope')
    default:
      return selected(words)
  }
}
