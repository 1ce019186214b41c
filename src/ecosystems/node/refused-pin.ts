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
  /** What refuses it, up to the pin's own text. */
  readonly why: string
}

/** The pin that a locked package, or the project's own `engines`, admit no longer: nobody builds the project with it. */
export function refusal(
  stated: readonly Stated[],
  locked: readonly Locked[],
  direct: ReadonlySet<string>,
): Refusal | undefined {
  const pin = firstKnown(...stated.filter(({ value }) => admits(value) !== undefined))
  const major = pin && namedMajor(pin.value)
  if (pin === undefined || major === undefined || cycles('node').some(isAbove(pin))) return undefined
  // pnpm and Yarn 1 end there; a pin above them has outlived them.
  const own = stated.find(item => isEngines(item) && (namedMajor(item.value) ?? 0) > major)
  if (own && !isEngines(pin)) return { pin, why: `engines ask for ${own.value}, which is above` }
  if (!isOver(major)) return undefined
  const isAboveThePin = ({ engines }: Locked) => engines !== undefined && (namedMajor(engines) ?? 0) > major
  const strict = locked.find(item => STRICT.has(item.name) && direct.has(item.name) && isAboveThePin(item))
  // A second version of it is another package's.
  return strict && locked.every(item => item.name !== strict.name || isAboveThePin(item))
    ? { pin, why: `${strict.name} ${strict.version}, which is locked, doesn't run on` }
    : undefined
}

const isEngines = ({ source }: Stated): boolean => source.from === 'file' && source.detail === 'engines.node'

/** Whether a line is admitted that is above the one that a text names. */
const isAbove =
  ({ value }: Stated) =>
  (line: Cycle): boolean =>
    Number(line.cycle) > (namedMajor(value) ?? 0) && admits(value)?.(line) === true

export const refusedNote = ({ pin, why }: Refusal, cycle: string): Note =>
  note('VERSION_RAISED', 'warning', `Node.js ${cycle} is used: ${why} ${pin.value}`, pin.source)
