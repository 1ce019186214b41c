import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { UserError } from '../errors.ts'
import { bunLockPrinter, isBinaryLock } from './bun-lock.ts'
import { limitOf } from './limits.ts'
import { loadParsers } from './parse.ts'
import { createProject, type Oversized, type Project } from './project.ts'
import { type Tracked, trackedIn } from './tracked.ts'

/** More files than the largest public monorepos have; a bound against a walk over a whole disk. */
const MAX_FILES = 300_000
const MAX_DEPTH = 40
/** More files of one folder that git holds though they are ignored are told by the folder's name. */
const MAX_FORCED = 20

/** Folders of dependencies and build output, whatever .gitignore says. */
const MADE = [
  'node_modules', 'bower_components', 'target', '.venv', 'venv', '.tox', '.nox', '__pycache__', '.mypy_cache',
  '.pytest_cache', '.ruff_cache', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.nx', '.parcel-cache',
  '.terraform', '.direnv', '.cache',
] // biome-ignore format: one list
const SKIPPED = new Set(['.git', '.hg', '.svn', 'vendor', ...MADE])
/** Output that the build makes anew: where it is ignored, what git holds of it is an old one. */
const OUTPUT = new Set(['dist', 'out', 'coverage'])
/** What tells that a skipped folder belongs to the sources after all. */
const EVIDENCE = ['vendor/modules.txt', 'vendor/config.toml']

/**
 * Reads a repository's tree. Nothing is followed out of `root`, nothing is written, nothing is run.
 * @throws UserError NO_SUCH_FOLDER, UNREADABLE, TOO_MANY_FILES
 */
export async function openProject(root: string): Promise<Project> {
  const real = realRoot(root)
  const walked = walk(real)
  const oversized = new Map<string, Oversized>()
  const printed = walked.files.some(isBinaryLock) ? await bunLockPrinter() : undefined
  const read = (path: string) => {
    const bytes = readBytes(real, path, oversized)
    return bytes && (printed && isBinaryLock(path) ? printed(bytes) : decode(bytes))
  }
  return createProject(walked.files, read, await loadParsers(walked.files), {
    oversized,
    forced: walked.forced,
  })
}

function realRoot(root: string): string {
  try {
    const real = realpathSync(root)
    if (statSync(real).isDirectory()) return real
  } catch (error) {
    if (code(error) !== 'ENOENT') throw new UserError('UNREADABLE', `${root}: ${reason(error)}`)
  }
  throw new UserError(
    'NO_SUCH_FOLDER',
    `${root}: no such folder`,
    'Name the folder of a project, or run the command in it',
  )
}

interface IgnoreFile {
  /** The folder whose .gitignore it is, with a final slash; empty at the root. */
  readonly base: string
  readonly rules: Ignore
}

interface Walked {
  readonly files: readonly string[]
  /** What is there although .gitignore names it. */
  readonly forced: readonly string[]
}

function walk(root: string): Walked {
  const files: string[] = []
  const forced: string[] = []
  let known: Tracked | undefined
  const tracked = () => (known ??= trackedIn(root, MADE))

  /** @param out whether a folder above is ignored, and with it all that git doesn't hold */
  function into(dir: string, depth: number, inherited: readonly IgnoreFile[], out: boolean): void {
    const entries = list(root, dir)
    const own = entries.find(entry => entry.name === '.gitignore' && entry.isFile())
    const rules = own
      ? [...inherited, { base: dir, rules: ignore().add(decode(readRaw(join(root, dir, '.gitignore')))) }]
      : inherited
    for (const entry of entries) {
      const path = dir + entry.name
      // A work tree has a file of that name, which leads to the repository.
      if (entry.name === '.git') continue
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name)) files.push(...evidence(root, dir, entry.name))
        else if (depth >= MAX_DEPTH) continue
        else if (out || ignored(rules, `${path}/`)) {
          if (!out && isGoSource(root, path)) into(`${path}/`, depth + 1, [], false)
          else if (!remade(path) && tracked().folder(path)) into(`${path}/`, depth + 1, rules, true)
        } else into(`${path}/`, depth + 1, rules, false)
      } else if (entry.isFile() || (entry.isSymbolicLink() && staysInside(root, path))) {
        if (out || ignored(rules, path)) {
          if (remade(path) || !tracked().file(path)) continue
          forced.push(path)
        }
        if (files.push(path) > MAX_FILES)
          throw new UserError(
            'TOO_MANY_FILES',
            `more than ${MAX_FILES} files below ${root}`,
            'Run the command in the folder of one project',
          )
      }
    }
  }

  into('', 0, [], false)
  return { files, forced: folded(forced) }
}

const remade = (path: string): boolean => path.split('/').some(name => OUTPUT.has(name))

/** A folder that holds many of them stands for all of its files. */
function folded(paths: readonly string[]): readonly string[] {
  const dirOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(dirOf(path), (counts.get(dirOf(path)) ?? 0) + 1)
  const many = (path: string) => dirOf(path) !== '' && (counts.get(dirOf(path)) ?? 0) > MAX_FORCED
  return [...new Set(paths.map(path => (many(path) ? dirOf(path) : path)))]
}

const evidence = (root: string, dir: string, name: string): readonly string[] =>
  EVIDENCE.filter(file => file.startsWith(`${name}/`) && exists(join(root, dir, file))).map(
    file => dir + file,
  )

/**
 * Whether an ignored folder is source of Go all the same: `server` or `db` in .gitignore means the program that
 * `go build` leaves behind, or its data, and matches cmd/server and pkg/db too, which git keeps when they were added.
 */
const isGoSource = (root: string, path: string): boolean =>
  path.includes('/') && list(root, path).some(entry => entry.isFile() && entry.name.endsWith('.go'))

function list(root: string, dir: string) {
  try {
    return readdirSync(join(root, dir), { withFileTypes: true })
  } catch (error) {
    if (dir === '') throw new UserError('UNREADABLE', `${root}: ${reason(error)}`)
    return [] // A subfolder that may not be read can't be in the build context either.
  }
}

/** git's rule: the last pattern that matches decides, and the deeper file comes last. */
function ignored(files: readonly IgnoreFile[], path: string): boolean {
  let result = false
  for (const { base, rules } of files) {
    const { ignored, unignored } = rules.test(path.slice(base.length))
    if (ignored) result = true
    if (unignored) result = false
  }
  return result
}

/** A link to a file counts when it stays inside; links to folders are not walked, so loops can't happen. */
function staysInside(root: string, path: string): boolean {
  try {
    const real = realpathSync(join(root, path))
    return real.startsWith(root + sep) && statSync(real).isFile()
  } catch {
    return false // A dangling link is no file.
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function readBytes(root: string, path: string, oversized: Map<string, Oversized>): Buffer | undefined {
  const full = join(root, path)
  const size = statSync(full, { throwIfNoEntry: false })?.size ?? 0
  const limit = limitOf(path)
  if (size > limit) {
    oversized.set(path, { bytes: size, limit })
    return undefined
  }
  return readRaw(full, path)
}

function readRaw(full: string, shown = full): Buffer {
  try {
    return readFileSync(full)
  } catch (error) {
    throw new UserError(
      'UNREADABLE',
      `${shown}: ${reason(error)}`,
      'Make the file readable and run the command again',
    )
  }
}

/** UTF-8, and UTF-16 with a byte order mark, which Windows editors write; `\n` line ends. */
export function decode(bytes: Buffer): string {
  const [a, b] = bytes
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n')
}

const code = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file',
  ELOOP: 'too many links',
}
const reason = (error: unknown): string => REASONS[code(error) ?? ''] ?? code(error) ?? String(error)
