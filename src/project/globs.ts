import picomatch from 'picomatch'

/**
 * Globs as manifests and we ourselves write them, dot files included.
 * A pattern of more length or stars than a person writes matches nothing: the regular expression that the library
 * makes of it could be kept busy for ever.
 * @returns whether a path matches any of them
 */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns
    .map(pattern => pattern.replace(/^\.\//, ''))
    .filter(isBounded)
    .map(matcher)
  return path => matchers.some(matches => matches(path))
}

const MAX_LENGTH = 256
const MAX_STARS = 8
const MAX_STARS_IN_A_NAME = 3

function isBounded(pattern: string): boolean {
  const stars = (text: string) => text.split('*').length - 1
  return (
    pattern.length <= MAX_LENGTH &&
    stars(pattern) <= MAX_STARS &&
    pattern.split('/').every(name => stars(name) <= MAX_STARS_IN_A_NAME) &&
    !/[*+?]\(/.test(pattern)
  )
}

const SPECIAL = /[*?[\]{}()!+@|\\]/

/**
 * Most of our own are a path, or a name with one star at most, here or at any depth, and need no regular expression:
 * making those is half of a start's globbing.
 */
function matcher(pattern: string): (path: string) => boolean {
  if (!SPECIAL.test(pattern)) return path => path === pattern
  const name = pattern.replace(/^\*\*\//, '')
  const [before = '', after, more] = name.split('*')
  if (!name || name.includes('/') || more !== undefined || SPECIAL.test(before + (after ?? '')))
    return picomatch(pattern, { dot: true })
  return path => {
    const base = path.slice(path.lastIndexOf('/') + 1)
    if (name === pattern && base !== path) return false
    return after === undefined
      ? base === name
      : base.length >= name.length - 1 && base.startsWith(before) && base.endsWith(after)
  }
}
