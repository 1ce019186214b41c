/** No manifest that people write is larger. */
const WRITTEN = 2 * 2 ** 20
/** Tools write lock files. */
const LOCKED = 16 * 2 ** 20
const LOCK =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|bun\.lockb?|Pipfile\.lock|[\w-]+\.lock)$/

/** Bytes over which a file is named but not read. */
export const limitOf = (path: string): number => (LOCK.test(path) ? LOCKED : WRITTEN)
