import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UserError } from './errors.ts'
import type { OutputFile } from './render/render.ts'

/** What stands at a file's place: `created` nothing, `unchanged` the same text, `updated` another text. */
export type Status = 'created' | 'updated' | 'unchanged' | 'kept'

/** Compares a file with what is on disk. */
export function compare(root: string, file: OutputFile): { status: Exclude<Status, 'kept'>; old: string } {
  try {
    const old = readFileSync(join(root, file.path), 'utf8')
    return { status: old === file.content ? 'unchanged' : 'updated', old }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { status: 'created', old: '' }
    throw cantWrite(file.path, error)
  }
}

interface Staged {
  readonly temporary: string
  readonly target: string
}

/**
 * Writes files so that each is there whole or not at all, and all or none: first every text goes to a temporary
 * file beside its target, and only when the disk has taken them all are they renamed into place.
 * @throws UserError CANT_WRITE; whatever stood there before still stands
 */
export function write(root: string, files: readonly OutputFile[]): void {
  const staged: Staged[] = []
  try {
    for (const file of files) staged.push(stage(root, file))
    for (const { temporary, target } of staged) renameSync(temporary, target)
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    throw error
  }
}

function stage(root: string, file: OutputFile): Staged {
  const target = join(root, file.path)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    mkdirSync(dirname(target), { recursive: true })
    refuseLink(target, file.path)
    fill(temporary, file.content)
    return { temporary, target }
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error instanceof UserError ? error : cantWrite(file.path, error)
  }
}

/** Takes no file that is there already, and returns when the disk has the text. */
function fill(path: string, content: string): void {
  const file = openSync(path, 'wx')
  try {
    const bytes = Buffer.from(content)
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** A Dockerfile that links elsewhere is somebody's choice, and its target may lie outside the project. */
function refuseLink(target: string, shown: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })?.isFile() === false)
    throw new UserError(
      'CANT_WRITE',
      `${shown} is not a regular file`,
      'Remove it, or write with --stdout to another place',
    )
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
}
const cantWrite = (path: string, error: unknown): UserError =>
  new UserError(
    'CANT_WRITE',
    `${path}: ${REASONS[codeOf(error) ?? ''] ?? String(error)}`,
    'Nothing was written; --stdout prints the Dockerfile instead',
  )
