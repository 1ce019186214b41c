import table from './releases.json' with { type: 'json' }

export type Runtime = 'node' | 'python' | 'go' | 'rust'

/** One release line of a runtime, as https://endoflife.date lists it. */
export interface Cycle {
  /** `24`, `3.14`, `1.27`: what the image's tag says. */
  readonly cycle: string
  /** ISO dates. `lts` is there for lines with long-term support (from that day), `eol` where support ends or ended. */
  readonly released: string
  readonly lts?: string
  readonly eol?: string
  /** The newest patch release that was seen. */
  readonly latest: string
  /** The newest Debian that the official image of this line is published on. */
  readonly suite: string
}

/** The day on which the table was made: every judgement of age is made as of then, never as of today. */
export const MADE: string = table.made

/** Newest first. */
export const cycles = (runtime: Runtime): readonly Cycle[] => table[runtime]

export const isEndOfLife = (cycle: Cycle): boolean => cycle.eol !== undefined && cycle.eol <= MADE

const isLts = (cycle: Cycle): boolean => cycle.lts !== undefined && cycle.lts <= MADE

/**
 * How long a line has had long-term support before it is chosen unasked, in days. Native add-ons, frameworks and
 * hosts follow a new line within a quarter; until then the line before it is what an expert starts on.
 */
const SEASONED_DAYS = 90
const isSeasoned = ({ lts }: Cycle): boolean =>
  lts !== undefined && (Date.parse(MADE) - Date.parse(lts)) / 86_400_000 >= SEASONED_DAYS

/**
 * Lines that an expert would start a project on, best first: supported, and where the runtime has long-term lines,
 * only those, the seasoned ones before one that has just become one.
 */
export function supported(runtime: Runtime): readonly Cycle[] {
  const alive = cycles(runtime).filter(cycle => !isEndOfLife(cycle) && cycle.released <= MADE)
  const lts = alive.filter(isLts)
  return lts.length ? [...lts.filter(isSeasoned), ...lts.filter(cycle => !isSeasoned(cycle))] : alive
}

export const cycleOf = (runtime: Runtime, version: string): Cycle | undefined =>
  cycles(runtime).find(({ cycle }) => version === cycle || version.startsWith(`${cycle}.`))

/** Whether Google publishes this distroless image for Debian 13: `nodejs24`, `python3`, `cc`, `static`. */
export const hasDistroless = (name: string): boolean => table.distroless.includes(`${name}-debian13`)

/**
 * The line that an expert would build on for a stated range: the newest supported (long-term where the runtime has
 * such lines) that the range admits, else the newest that it admits at all, ended or not.
 * @param admits whether the range admits some release of the line
 * @returns undefined when the table has no line in the range
 */
export function newestWithin(runtime: Runtime, admits: (cycle: Cycle) => boolean): Cycle | undefined {
  const released = cycles(runtime).filter(cycle => cycle.released <= MADE)
  return (
    supported(runtime).find(admits) ??
    released.find(cycle => !isEndOfLife(cycle) && admits(cycle)) ??
    released.find(admits)
  )
}
