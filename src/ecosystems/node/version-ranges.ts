import semver from 'semver'
import { type Cycle, cycleOf, isEndOfLife, supported } from '../../knowledge/releases.ts'

/** The names of long-term lines, as `lts/jod` in .nvmrc has them: https://github.com/nodejs/Release */
const CODENAMES: Readonly<Record<string, string>> = {
  argon: '4', boron: '6', carbon: '8', dubnium: '10', erbium: '12', fermium: '14', gallium: '16', hydrogen: '18', iron: '20', jod: '22', krypton: '24',
} // biome-ignore format: one list

/** Which lines a text admits; undefined for one that says nothing (`*`, `node`, a hole). */
export function admits(stated: string): ((line: Cycle) => boolean) | undefined {
  const plain = stated
    .trim()
    .replace(/^v(?=\d)/, '')
    .toLowerCase()
  const least = leastOf(plain)
  if (least !== undefined) return ({ cycle }) => Number(cycle) >= least
  if (/^(lts\/\*|lts|--lts|lts\/-\d|node|stable|latest|current|\*|x|)$/.test(plain)) return undefined
  const codename = CODENAMES[plain.replace(/^lts[/-]/, '')]
  const range = rangeOf(codename ?? plain)
  if (!range || range.range === '') return undefined
  return ({ cycle }) => meets(range, `${cycle}.x`)
}

/**
 * Of `>=18.12`, as most packages have it: 18. The patterns that read any range take a millisecond to compile.
 * From 1 on: `>=0` says nothing.
 */
function leastOf(stated: string): number | undefined {
  const [, major] = /^>= ?([1-9]\d{0,2})(\.\d{1,3}){0,2}$/.exec(stated) ?? []
  return major === undefined ? undefined : Number(major)
}

const LOOSE = { loose: true }
/** The same few texts are asked about from many sides, and one takes longer to read than to compare. */
const ranges = new Map<string, semver.Range | undefined>()

function rangeOf(text: string): semver.Range | undefined {
  if (!ranges.has(text)) ranges.set(text, read(text))
  return ranges.get(text)
}

function read(text: string): semver.Range | undefined {
  try {
    return new semver.Range(text, LOOSE)
  } catch {
    return undefined // no range of versions
  }
}

function meets(range: semver.Range, text: string): boolean {
  const other = rangeOf(text)
  return other?.intersects(range, LOOSE) ?? false
}

/** The one major version that a text names, for lines older than the table. */
export function namedMajor(stated: string): number | undefined {
  const plain = stated
    .trim()
    .replace(/^v(?=\d)/, '')
    .toLowerCase()
  const least = leastOf(plain)
  if (least !== undefined) return least
  const codename = CODENAMES[plain.replace(/^lts[/-]/, '')]
  const range = rangeOf(codename ?? plain)
  return range && semver.minVersion(range, LOOSE)?.major
}

/** The first major version whose npm speaks to a registry of today. */
const FIRST = 4

/** Whether a text asks for a Node.js from before that alone. */
export function isBeforeAll(stated: string): boolean {
  if (leastOf(stated.trim()) !== undefined) return false
  const range = rangeOf(stated.trim())
  return range !== undefined && !meets(range, `>=${FIRST}`)
}

/** The one major version that a text names outside of the table; of several with old ones, the newest that works. */
export function oldMajor(stated: string): number | undefined {
  const named = namedMajor(stated)
  if (named === undefined || named >= FIRST) return named
  const majors = Array.from(
    { length: Number(supported('node')[0]?.cycle) - FIRST },
    (_, index) => index + FIRST,
  )
  return majors.findLast(major => semver.intersects(stated, `${major}.x`, LOOSE))
}

/** Whether a line is past its end: the table has each that isn't, and some that are. */
export function isOver(major: number): boolean {
  const known = cycleOf('node', String(major))
  return known ? isEndOfLife(known) : major < Number(supported('node')[0]?.cycle)
}
