import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Which files git holds although a pattern of .gitignore names them (`git add --force`, or a pattern that came later):
 * a lock file, `bin/www` below a pattern `bin`. They are in each clone, so they are sources like all others.
 */
export interface Tracked {
  /** Whether git holds this file. */
  file(path: string): boolean
  /** Whether git holds a file below this folder. */
  folder(path: string): boolean
}

const NONE: Tracked = { file: () => false, folder: () => false }
/** Values of one machine: never taken for a part of the sources where no index says so. */
const LOCAL = /(^|\/)\.env(?!.*(example|sample|template|defaults|schema))(\..*)?$/

/**
 * By git's index where there is one. A tree without git that nothing was installed in yet comes from an archive, which
 * holds what git held: all of it counts, but for files of environment variables.
 * @param made names of folders that only an install or a build leaves behind
 */
export function trackedIn(root: string, made: Iterable<string>): Tracked {
  const index = join(root, '.git/index')
  if (existsSync(index)) return fromIndex(index)
  if (keepsIndexElsewhere(root) || [...made].some(name => existsSync(join(root, name)))) return NONE
  return { file: path => !LOCAL.test(path), folder: () => true }
}

/** A folder of a repository, a work tree or a submodule: the index lies outside of the root, where nothing is read. */
function keepsIndexElsewhere(root: string): boolean {
  if (statSync(join(root, '.git'), { throwIfNoEntry: false })?.isFile()) return true
  for (let dir = dirname(root); ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return true
    if (dir === dirname(dir)) return false
  }
}

function fromIndex(file: string): Tracked {
  let paths: readonly string[]
  try {
    paths = readIndex(readFileSync(file))
  } catch {
    return NONE // An index that can't be read says nothing; the tree itself still does.
  }
  const files = new Set(paths)
  return { file: path => files.has(path), folder: path => paths.some(held => held.startsWith(`${path}/`)) }
}

const HEADER = 12
/** The times, owner, size and hash (SHA-1) before an entry's flags. */
const STAT = 60
const EXTENDED = 0x4000

/**
 * The paths of git's index, versions 2 and 3; none of version 4, which compresses them.
 * https://git-scm.com/docs/index-format
 */
export function readIndex(bytes: Buffer): readonly string[] {
  const version = bytes.readUInt32BE(4)
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version > 3) return []
  const paths: string[] = []
  let at = HEADER
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const start = at + STAT + (bytes.readUInt16BE(at + STAT) & EXTENDED ? 4 : 2)
    const end = bytes.indexOf(0, start)
    if (end < 0) return []
    paths.push(bytes.toString('utf8', start, end))
    at += (Math.floor((end - at) / 8) + 1) * 8
  }
  return paths
}
