import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { UserError } from '../errors.ts'
import { limitOf } from './limits.ts'
import { loadParsers } from './parse.ts'
import { createProject, type Oversized, type Project } from './project.ts'

/** More files than the largest public monorepos have; a bound against a walk over a whole disk. */
const MAX_FILES = 300_000
const MAX_DEPTH = 40

/** Folders of dependencies and build output, whatever .gitignore says. */
const SKIPPED = new Set([
  '.git', '.hg', '.svn', 'node_modules', 'bower_components', 'vendor', 'target', '.venv', 'venv', '.tox', '.nox',
  '__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo',
  '.nx', '.parcel-cache', '.terraform', '.direnv', '.cache',
]) // biome-ignore format: one list
/** What tells that a skipped folder belongs to the sources after all. */
const EVIDENCE = ['vendor/modules.txt', 'vendor/config.toml']

/**
 * Reads a repository's tree. Nothing is followed out of `root`, nothing is written, nothing is run.
 * @throws UserError NO_SUCH_FOLDER, UNREADABLE, TOO_MANY_FILES
 */
export async function openProject(root: string): Promise<Project> {
  const real = realRoot(root)
  const files: string[] = []
  walk(real, '', 0, [], files)
  const oversized = new Map<string, Oversized>()
  const read = (path: string) => readText(real, path, oversized)
  return createProject(files, read, await loadParsers(files), oversized)
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

function walk(
  root: string,
  dir: string,
  depth: number,
  inherited: readonly IgnoreFile[],
  files: string[],
): void {
  const entries = list(root, dir)
  const own = entries.find(entry => entry.name === '.gitignore' && entry.isFile())
  const rules = own
    ? [...inherited, { base: dir, rules: ignore().add(readRaw(join(root, dir, '.gitignore')) ?? '') }]
    : inherited
  for (const entry of entries) {
    const path = dir + entry.name
    if (entry.isDirectory()) {
      if (SKIPPED.has(entry.name))
        files.push(
          ...EVIDENCE.filter(file => file.startsWith(`${entry.name}/`) && exists(join(root, dir, file))).map(
            file => dir + file,
          ),
        )
      else if (depth < MAX_DEPTH && !ignored(rules, `${path}/`))
        walk(root, `${path}/`, depth + 1, rules, files)
      else if (depth < MAX_DEPTH && isGoSource(root, path)) walk(root, `${path}/`, depth + 1, [], files)
    } else if (
      (entry.isFile() || (entry.isSymbolicLink() && staysInside(root, path))) &&
      !ignored(rules, path)
    ) {
      if (files.push(path) > MAX_FILES)
        throw new UserError(
          'TOO_MANY_FILES',
          `more than ${MAX_FILES} files below ${root}`,
          'Run the command in the folder of one project',
        )
    }
  }
}

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

function readText(root: string, path: string, oversized: Map<string, Oversized>): string | undefined {
  const full = join(root, path)
  const size = statSync(full, { throwIfNoEntry: false })?.size ?? 0
  const limit = limitOf(path)
  if (size > limit) {
    oversized.set(path, { bytes: size, limit })
    return undefined
  }
  return readRaw(full, path)
}

function readRaw(full: string, shown = full): string | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(full)
  } catch (error) {
    throw new UserError(
      'UNREADABLE',
      `${shown}: ${reason(error)}`,
      'Make the file readable and run the command again',
    )
  }
  return decode(bytes)
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
