/** Joins POSIX paths without leaving the root. */
export function join(...parts: readonly string[]): string {
  const result: string[] = []
  for (const part of parts.join('/').split('/')) {
    if (part === '..') result.pop()
    else if (part && part !== '.') result.push(part)
  }
  return result.join('/')
}
