import { firstKnown } from '../../facts.ts'
import { type Cycle, cycles } from '../../knowledge/releases.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Locked } from './lockfile.ts'
import type { Stated } from './stated-versions.ts'
import { admits, isOver, namedMajor } from './version-ranges.ts'

/** Makers of apps that end at once, or at the first thing that they miss, on lines older than their own. */
const STRICT = new Set(['next', 'gatsby', '@docusaurus/core', '@angular/cli', 'astro', 'vite'])

interface Refusal {
  readonly pin: Stated
  readonly by: string
}

/** The pin that the locked version of such a package doesn't run on: nobody builds the project with it. */
export function refusal(
  stated: readonly Stated[],
  locked: readonly Locked[],
  direct: ReadonlySet<string>,
): Refusal | undefined {
  const pin = firstKnown(...stated.filter(({ value }) => admits(value) !== undefined))
  const major = pin && namedMajor(pin.value)
  if (pin === undefined || major === undefined || !isOver(major) || cycles('node').some(isAbove(pin)))
    return undefined
  const isAboveThePin = ({ engines }: Locked) => engines !== undefined && (namedMajor(engines) ?? 0) > major
  const strict = locked.find(item => STRICT.has(item.name) && direct.has(item.name) && isAboveThePin(item))
  // A second version of it is another package's.
  return strict && locked.every(item => item.name !== strict.name || isAboveThePin(item))
    ? { pin, by: `${strict.name} ${strict.version}` }
    : undefined
}

/** Whether a line is admitted that is above the one that a text names. */
const isAbove =
  ({ value }: Stated) =>
  (line: Cycle): boolean =>
    Number(line.cycle) > (namedMajor(value) ?? 0) && admits(value)?.(line) === true

export const refusedNote = ({ pin, by }: Refusal, cycle: string): Note =>
  note(
    'VERSION_RAISED',
    'warning',
    `Node.js ${cycle} is used: ${by}, which is locked, doesn't run on ${pin.value}`,
    pin.source,
  )
