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
  if (/^(lts\/\*|lts|--lts|lts\/-\d|node|stable|latest|current|\*|x|)$/.test(plain)) return undefined
  const codename = CODENAMES[plain.replace(/^lts[/-]/, '')]
  const range = rangeOf(codename ?? plain)
  if (!range || range.range === '') return undefined
  return ({ cycle }) => range.intersects(lineOf(cycle), { loose: true })
}

function rangeOf(text: string): semver.Range | undefined {
  try {
    return new semver.Range(text, { loose: true })
  } catch {
    return undefined // no range of versions
  }
}

const lines = new Map<string, semver.Range>()
function lineOf(cycle: string): semver.Range {
  const line = lines.get(cycle) ?? new semver.Range(`${cycle}.x`, { loose: true })
  lines.set(cycle, line)
  return line
}

/** The one major version that a text names, for lines older than the table. */
export function namedMajor(stated: string): number | undefined {
  const plain = stated
    .trim()
    .replace(/^v(?=\d)/, '')
    .toLowerCase()
  const codename = CODENAMES[plain.replace(/^lts[/-]/, '')]
  const range = semver.validRange(codename ?? plain, { loose: true })
  return range === null ? undefined : semver.minVersion(range)?.major
}

/** The first major version whose npm speaks to a registry of today. */
const FIRST = 4

/** Whether a text asks for a Node.js from before that alone. */
export function isBeforeAll(stated: string): boolean {
  const range = semver.validRange(stated.trim(), { loose: true })
  return range !== null && !semver.intersects(range, `>=${FIRST}`, { loose: true })
}

/** The one major version that a text names outside of the table; of several with old ones, the newest that works. */
export function oldMajor(stated: string): number | undefined {
  const named = namedMajor(stated)
  if (named === undefined || named >= FIRST) return named
  const majors = Array.from(
    { length: Number(supported('node')[0]?.cycle) - FIRST },
    (_, index) => index + FIRST,
  )
  return majors.findLast(major => semver.intersects(stated, `${major}.x`, { loose: true }))
}

/** Whether a line is past its end: the table has each that isn't, and some that are. */
export function isOver(major: number): boolean {
  const known = cycleOf('node', String(major))
  return known ? isEndOfLife(known) : major < Number(supported('node')[0]?.cycle)
}
