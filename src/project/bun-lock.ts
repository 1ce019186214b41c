/** The header, then the format (4 bytes), a hash (32) and the file's size (8): the number of packages follows. */
const HEADER = '#!/usr/bin/env bun\nbun-lockfile-format-v0\n'
const COUNT = HEADER.length + 4 + 32 + 8
const BEGIN = COUNT + 8 + 8 + 8
/** What a package takes of each column: name, hash of it, resolution, dependencies, where they lead, meta, programs, scripts. */
const BEFORE_DEPENDENCIES = 8 + 8 + 64
const PACKAGE = BEFORE_DEPENDENCIES + 8 + 8 + 88 + 20 + 48
const DEPENDENCY = 26

export const isBinaryLock = (path: string): boolean => /(^|\/)bun\.lockb$/.test(path)

/**
 * Loads what prints a `bun.lockb` as the yarn.lock that `bun bun.lockb` prints: https://bun.com/docs/pm/lockfile.
 * It knows the format of Bun up to 1.2, which writes text since; a file in another one, or a broken one, tells nothing.
 */
export async function bunLockPrinter(): Promise<(bytes: Buffer) => string | undefined> {
  const { parse } = await import('@hyrious/bun.lockb')
  return bytes => {
    try {
      return isBounded(bytes) ? parse(bytes) : undefined
    } catch {
      return undefined
    }
  }
}

/** Whether the numbers of a file are such as its size allows: what reads it makes lists that long before it looks. */
function isBounded(bytes: Buffer): boolean {
  const count = Number(bytes.readBigUInt64LE(COUNT))
  const begin = Number(bytes.readBigUInt64LE(BEGIN))
  if (begin + count * PACKAGE > bytes.length) return false
  let dependencies = 0
  for (let index = 0; index < count; index++)
    dependencies += bytes.readUInt32LE(begin + count * BEFORE_DEPENDENCIES + index * 8 + 4)
  return dependencies * DEPENDENCY <= bytes.length
}
