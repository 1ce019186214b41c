import { type Note, note } from '../../plan/notes.ts'
import type { Mount } from '../../plan/plan.ts'
import type { App } from './app.ts'
import { branch, leaf, readBlocks } from './blocks.ts'
import type { NodeFacts } from './facts.ts'
import { table, text } from './manifest.ts'

/** `git+ssh://git@host/…`, `ssh://host:22/…`, `git@host:owner/name` */
const SSH = /^(?:(?:git\+)?ssh:\/\/(?:[^@/]+@)?|[\w.-]+@)([\w.-]+)[:/]/
/**
 * npm writes every package of these as one by SSH, and asks by HTTPS first all the same:
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-json#git-urls-as-dependencies
 */
const HTTPS_FIRST = new Set(['github.com', 'gitlab.com', 'bitbucket.org'])

/** Hosts that an install clones from by SSH, as the manifest or the lock file says. */
export function sshHosts(app: App): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies } = app.manifest
  const stated = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const hosts = [
    ...stated.flatMap(range => hostOf(range)),
    ...locked(app)
      .flatMap(address => hostOf(address))
      .filter(host => app.manager.id !== 'npm' || !HTTPS_FIRST.has(host)),
  ]
  return [...new Set(hosts)].sort()
}

const hostOf = (address: string): readonly string[] => {
  const host = SSH.exec(address)?.[1]
  return host === undefined ? [] : [host]
}

/** Where the packages of a lock file come from, for those that lie in git. */
function locked({ root, manager }: App): readonly string[] {
  const path = manager.lock
  const content = path === undefined ? undefined : root.text(path)
  // Bun's binary lock file can't be read.
  if (path === undefined || content === undefined || path.endsWith('.lockb')) return []
  switch (manager.id) {
    case 'npm':
      return Object.values(table(table(root.parse(path)).packages)).flatMap(
        entry => text(table(entry).resolved) ?? [],
      )
    case 'pnpm':
      // `resolution: {commit: …, repo: git@host:owner/name.git, type: git}`
      return Object.values(branch(readBlocks(content).packages)).flatMap(entry => {
        const { resolution } = branch(entry)
        return (
          leaf(branch(resolution).repo) ?? /\brepo: '?([^,'}\s]+)/.exec(leaf(resolution) ?? '')?.[1] ?? []
        )
      })
    case 'yarn':
      return Object.values(readBlocks(content)).flatMap(entry => {
        const { resolved, resolution } = branch(entry)
        return leaf(resolved) ?? leaf(resolution)?.replace(NAME, '') ?? []
      })
    case 'bun':
      return Object.values(table(table(root.parse(path)).packages)).flatMap(
        entry => text(Array.isArray(entry) ? entry[0] : undefined)?.replace(NAME, '') ?? [],
      )
  }
}

/** The name before an address: `@scope/name@git@host:…` */
const NAME = /^(?:@[^/@]+\/)?[^/@]+@/

/**
 * The agent of who builds, and the keys of the hosts that they know. What `ssh-keyscan` gets comes by the same
 * way as an attacker's, so nothing would be proved.
 */
export const sshMounts = ({ ssh }: Pick<NodeFacts, 'ssh'>): readonly Mount[] =>
  ssh.length ? [{ type: 'ssh' }, { type: 'secret', id: 'known_hosts', target: '/root/.ssh/known_hosts' }] : []

/** Left alone, npm trusts whatever host it meets first: https://github.com/npm/git/blob/main/lib/opts.js */
export const STRICT: Readonly<Record<string, string>> = {
  GIT_SSH_COMMAND: 'ssh -o StrictHostKeyChecking=yes',
}

/** What `docker build` is told of them. */
export const SSH_FLAGS = '--ssh default --secret id=known_hosts,src=$HOME/.ssh/known_hosts'

export const sshNotes = (hosts: readonly string[]): readonly Note[] =>
  hosts.length
    ? [
        note(
          'GIT_BY_SSH',
          'info',
          `dependencies come from ${hosts.join(', ')} by SSH: the build asks your agent for its keys, and knows the hosts that your known_hosts names`,
        ),
      ]
    : []
