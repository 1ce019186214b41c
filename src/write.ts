import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from './errors.ts'
import type { OutputFile } from './render/render.ts'

/** What stands at a file's place: `created` nothing, `unchanged` the same text, `updated` another text. */
export type Status = 'created' | 'updated' | 'unchanged' | 'kept'

/** Compares a file with what is on disk. */
export async function compare(
  root: string,
  file: OutputFile,
): Promise<{ status: Exclude<Status, 'kept'>; old: string }> {
  try {
    const old = await readFile(join(root, file.path), 'utf8')
    return { status: old === file.content ? 'unchanged' : 'updated', old }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { status: 'created', old: '' }
    throw cantWrite(file.path, error)
  }
}

/**
 * Writes files so that each is there whole or not at all, and all or none: first every text goes to a temporary
 * file beside its target, and only when the disk has taken them all are they renamed into place.
 * @throws UserError CANT_WRITE; whatever stood there before still stands
 */
export async function write(root: string, files: readonly OutputFile[]): Promise<void> {
  const staged: { temporary: string; target: string }[] = []
  try {
    for (const file of files) staged.push(await stage(root, file))
    for (const { temporary, target } of staged) await rename(temporary, target)
  } finally {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })))
  }
}

async function stage(root: string, file: OutputFile): Promise<{ temporary: string; target: string }> {
  const target = join(root, file.path)
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await mkdir(dirname(target), { recursive: true })
    await refuseLink(target, file.path)
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(file.content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { temporary, target }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error instanceof UserError ? error : cantWrite(file.path, error)
  }
}

/** A Dockerfile that links elsewhere is somebody's choice, and its target may lie outside the project. */
async function refuseLink(target: string, shown: string): Promise<void> {
  const there = await lstat(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (there && !there.isFile())
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
