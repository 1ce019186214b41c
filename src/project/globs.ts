/**
 * Globs as manifests and we ourselves write them: `*`, `**`, `?`, `{a,b}`, `[a-z]`, `@(a|b)`, and `!(a|b)` for a whole
 * name; dot files included. Not a library: the usual one takes longer to load than most projects take to be looked
 * at, and makes regular expressions that a manifest made to hurt can keep busy for ever. This takes at most as many
 * steps as a pattern is long, times the path.
 * @returns whether a path matches any of them
 */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const wanted = patterns
    .flatMap(alternatives)
    .map(pattern => pattern.replace(/^\.\//, '').split('/').map(nameMatcher))
  return path => {
    const names = path.split('/')
    return wanted.some(matchers => matchesAll(matchers, names))
  }
}

/** More than a person writes. */
const MAX_LENGTH = 512
const MAX_ALTERNATIVES = 64

/** `{a,b}/c` → `a/c`, `b/c`. A pattern that is too long, or stands for too many, matches nothing. */
function alternatives(pattern: string): readonly string[] {
  const done: string[] = []
  const open = pattern.length > MAX_LENGTH ? [] : [pattern]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const [whole, braces, alternation] = /\{([^{}]*,[^{}]*)\}|@\(([^()]*)\)/.exec(one) ?? []
    if (whole === undefined) done.push(one)
    else {
      const choices = braces?.split(',') ?? alternation?.split('|') ?? []
      for (const choice of choices) open.push(one.replace(whole, () => choice))
    }
    if (open.length + done.length > MAX_ALTERNATIVES) return []
  }
  return done
}

/** What matches one item of a list, a name of a path or a character of a name; `any` matches any number of them. */
type Matcher = 'any' | ((item: string) => boolean)

/** The usual way with stars: each takes as little as it can, and the last one takes more when what follows fails. */
function matchesAll(matchers: readonly Matcher[], items: readonly string[]): boolean {
  let [matcher, item, star, resume] = [0, 0, -1, 0]
  while (item < items.length) {
    const current = matchers[matcher]
    if (current === 'any') {
      star = matcher++
      resume = item
    } else if (current?.(items[item] ?? '')) {
      matcher++
      item++
    } else if (star >= 0) {
      matcher = star + 1
      item = ++resume
    } else return false
  }
  return matchers.slice(matcher).every(rest => rest === 'any')
}

function nameMatcher(pattern: string): Matcher {
  if (pattern === '**') return 'any'
  const not = /^!\(([^()]*)\)$/.exec(pattern)?.[1]
  if (not !== undefined) {
    const excluded = not.split('|').map(nameMatcher)
    return name => !excluded.some(one => one === 'any' || one(name))
  }
  if (!/[*?[]/.test(pattern)) return name => name === pattern
  const characters = (pattern.match(/\*+|\[[!^]?[^\]]+\]|[\s\S]/gu) ?? []).map(characterMatcher)
  return name => matchesAll(characters, [...name])
}

function characterMatcher(token: string): Matcher {
  if (token.startsWith('*')) return 'any'
  if (token === '?') return () => true
  const [, not, set] = /^\[([!^]?)(.+)\]$/.exec(token) ?? []
  if (set === undefined) return found => found === token
  const ranges = (set.match(/.-.|./gu) ?? []).map(range => [...range])
  const inside = (found: string) =>
    ranges.some(([first = '', , last = first]) => first <= found && found <= last)
  return found => inside(found) !== (not !== '')
}
