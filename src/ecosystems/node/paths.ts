/** Joins POSIX paths without leaving the root. */
export function join(...parts: readonly string[]): string {
  const result: string[] = []
  for (const part of parts.join('/').split('/')) {
    if (part === '..') result.pop()
    else if (part && part !== '.') result.push(part)
  }
  return result.join('/')
}

/** The same, for a path that may lead out: `../server/public` of a client's build. */
export function joinOutward(...parts: readonly string[]): string {
  const result: string[] = []
  for (const part of parts.join('/').split('/')) {
    if (part === '..' && result.length > 0 && result.at(-1) !== '..') result.pop()
    else if (part && part !== '.') result.push(part)
  }
  return result.join('/')
}

/** As seen from a folder: `../client`. */
export function relative(from: string, path: string): string {
  const base = from === '.' ? [] : from.split('/')
  const parts = path.split('/')
  const common = base.findIndex((part, index) => parts[index] !== part)
  const shared = common < 0 ? base.length : common
  return [...base.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/')
}

/** Folders whose packages only tests start. */
export const TESTED = /(^|\/)(fixtures?|test|__tests__|__e2e__|([\w-]+-)?(tests?|e2e))(\/|$)/i

/** The innermost folder that has all of some files; empty where that is the top. */
export function sharedFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map(file => file.split('/').slice(0, -1))
  const depth = first.findIndex((part, index) => others.some(folders => folders[index] !== part))
  return first.slice(0, depth < 0 ? undefined : depth).join('/')
}
