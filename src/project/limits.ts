/** No manifest that people write is larger. */
const WRITTEN = 2 * 2 ** 20
/** Tools write lock files. */
const LOCKED = 16 * 2 ** 20
const LOCKS = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'go.sum', 'bun.lockb'])

/** Bytes over which a file is named but not read. */
export function limitOf(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return LOCKS.has(name) || /^[\w-]+\.lock$/.test(name) ? LOCKED : WRITTEN
}
