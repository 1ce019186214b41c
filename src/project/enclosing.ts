import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'

/** Members lie deeper only in the strangest of repositories. */
const MAX_LEVELS = 6
/** Files that make a folder the root of a workspace by being there. */
const MARKERS = ['pnpm-workspace.yaml', 'nx.json', 'lerna.json', 'rush.json']

/**
 * The nearest folder above that looks like a workspace's root. Never above a repository, never a home folder or what
 * lies above it: what is found there belongs to somebody else.
 * @returns that root, and the way to the folder from there
 */
export function enclosingRoot(dir: string): { root: string; dir: string } | undefined {
  const own = real(dir)
  let current = own
  const home = real(homedir())
  for (let level = 0; level < MAX_LEVELS; level++) {
    const parent = dirname(current)
    if (parent === current || parent === home || existsSync(join(current, '.git'))) return undefined
    current = parent
    if (MARKERS.some(name => existsSync(join(current, name))) || declaresMembers(current))
      return { root: current, dir: relative(current, own).split(sep).join('/') }
  }
  return undefined
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path // What isn't there is told when the project is opened.
  }
}

function declaresMembers(dir: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
    return manifest !== null && typeof manifest === 'object' && 'workspaces' in manifest
  } catch {
    return false // No manifest, or one that nobody asked us to read.
  }
}
