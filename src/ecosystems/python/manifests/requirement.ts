/** One dependency as PEP 508 writes it: https://peps.python.org/pep-0508/ */
export interface Requirement {
  /** Normalised: lower case, one dash for any run of `-_.` (PEP 503). */
  readonly name: string
  readonly extras: readonly string[]
  /** The version specifiers as written, without blanks: `>=1,<2`. */
  readonly range: string
  /** The version, where it is pinned by `==`. */
  readonly pin?: string | undefined
  /** Where it comes from, when that is no index: `git+https://…`. */
  readonly url?: string | undefined
}

export const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

const PATTERN = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*(\S+)|\(?([^;()]*)\)?)/

/** Markers that never hold in a Linux container of CPython 3. */
const ELSEWHERE =
  /(sys_platform|platform_system|os_name)\s*==\s*['"](win32|cygwin|darwin|Windows|Darwin|nt)['"]|python_version\s*<=?\s*['"](2\.\d|3\.[0-8])['"]/

/** @returns undefined for what is no requirement, or one that is for other systems alone */
export function parseRequirement(text: string): Requirement | undefined {
  const match = PATTERN.exec(text.trim())
  if (!match || isElsewhere(text.slice(text.indexOf(';') + 1 || text.length))) return undefined
  const [, name = '', extras = '', url, range = ''] = match
  const tight = range.replace(/\s+/g, '')
  return {
    name: normalise(name),
    extras: extras.split(',').flatMap(extra => (extra.trim() ? [normalise(extra.trim())] : [])),
    range: tight,
    pin: /^={2,3}([^,*]+)$/.exec(tight)?.[1],
    url,
  }
}

export const isElsewhere = (marker: string): boolean => !/\bor\b/.test(marker) && ELSEWHERE.test(marker)

export const isGit = (url: string | undefined): boolean => url !== undefined && /^git(\+|:|@)/.test(url)
