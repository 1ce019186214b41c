/** The few functions on relative paths that are needed here: pure code has no access to node:path. */
export const posix = { basename, dirname, join, normalize, relative }

function basename(path: string, extension = ''): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return extension && name.endsWith(extension) ? name.slice(0, -extension.length) : name
}

/** `.` for a name without a folder. */
function dirname(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}

function join(...parts: readonly string[]): string {
  return normalize(parts.filter(Boolean).join('/'))
}

/** Without `.` and without `..` where there is something to leave. */
function normalize(path: string): string {
  const found: string[] = []
  for (const part of path.split('/'))
    if (part === '..' && found.length > 0 && found.at(-1) !== '..') found.pop()
    else if (part && part !== '.') found.push(part)
  const relativePath = found.join('/')
  return path.startsWith('/') ? `/${relativePath}` : relativePath || '.'
}

/** The path of `to` as seen from the folder `from`, which is `.` or holds it. */
function relative(from: string, to: string): string {
  return from !== '.' && to.startsWith(`${from}/`) ? to.slice(from.length + 1) : to
}
