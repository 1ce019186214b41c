import { type Fact, fact, firstKnown } from '../../facts.ts'
import {
  type Cycle,
  cycleOf,
  cycles,
  isEndOfLife,
  newestWithin,
  supported,
} from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Ceiling } from './ceilings.ts'
import type { Locked } from './lockfile.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { Place } from './place.ts'
import { refusal, refusedNote } from './refused-pin.ts'
import { type Stated, statements } from './stated-versions.ts'
import { admits, isBeforeAll, isOver, namedMajor, oldMajor } from './version-ranges.ts'

/** Where Node.js lines older than the table were last published. */
const OLD_SUITES: readonly (readonly [major: number, suite: string])[] = [
  [16, 'bookworm'],
  [12, 'bullseye'],
  [10, 'buster'],
  [0, 'stretch'],
]
/** Images of lines as old as that Debian are named after no Debian: `node:6-slim`. */
export const UNNAMED_SUITE = 'stretch'

/** A line of Node.js with the Debian that its image has. */
export interface NodeLine {
  readonly cycle: string
  readonly suite: string
  readonly ended: boolean
}

/** Long-term lines past their end, for what builds on no other. */
const OLDER: readonly Cycle[] = ['20', '18', '16', '14', '12', '10', '8'].map(cycle => ({
  cycle,
  released: '',
  latest: '',
  suite: '',
}))

export interface Resolved {
  readonly fact: Fact<string>
  readonly line: NodeLine
  readonly notes: readonly Note[]
}

/**
 * The line of Node.js that the image uses: what is pinned, else the newest supported long-term line in the range that
 * the locked packages admit too.
 * @param floating a package that is installed in its newest version each time: those need a line that still lives
 */
export function resolveNode(
  stated: readonly Stated[],
  locked: readonly Locked[],
  direct: ReadonlySet<string>,
  wishes: Wishes,
  ceilings: readonly Ceiling[] = [],
  floating?: string,
): Resolved {
  const wish = wishes.runtimeVersion
  const ended = floating === undefined ? [] : stated.filter(({ value }) => hasEnded(value))
  if (!wish && floating !== undefined && ended[0]) {
    const rest = stated.filter(item => !ended.includes(item))
    const { notes, ...found } = resolveNode(rest, locked, direct, wishes, ceilings)
    return { ...found, notes: [...notes, endedNote(ended[0], floating, found.fact.value)] }
  }
  const first = wish ? undefined : stated.find(({ value }) => isBeforeAll(value))
  if (first) {
    const rest = stated.filter(item => !isBeforeAll(item.value))
    const { notes, ...found } = resolveNode(rest, locked, direct, wishes, ceilings, floating)
    return { ...found, notes: [...notes, firstNote(first, found.fact.value)] }
  }
  const refused = wish ? undefined : refusal(stated, locked, direct)
  if (refused) {
    const rest = stated.filter(({ value }) => value !== refused.pin.value)
    const { notes, ...found } = resolveNode(rest, locked, direct, wishes, ceilings, floating)
    return { ...found, notes: [...notes, refusedNote(refused, found.fact.value)] }
  }
  const best = firstKnown(...stated.filter(({ value }) => admits(value) !== undefined), ...stated)
  if (wish) return resolved(fact(wish.value.split('.')[0] ?? wish.value, wish.source, wish.value), [])
  const limits = locked
    .filter(({ name, scripted }) => scripted || direct.has(name))
    .flatMap(({ engines }) => (engines ? [admits(engines)] : []))
  const fits = (line: Cycle) => limits.every(limit => limit === undefined || limit(line))
  const range = best && admits(best.value)
  const within = (line: Cycle) => range === undefined || range(line)
  const preferred = supported('node')
  // One below the whole range is of a package that the project has done without since.
  const ceiling = ceilings.find(({ line }) =>
    [...preferred, ...OLDER].some(older => within(older) && Number(older.cycle) <= line),
  )
  const below = ({ cycle }: Pick<Cycle, 'cycle'>) => ceiling === undefined || Number(cycle) <= ceiling.line
  const free =
    preferred.find(line => within(line) && fits(line)) ??
    preferred.find(within) ??
    newestWithin('node', within)
  const limited =
    preferred.find(line => within(line) && below(line) && fits(line)) ??
    preferred.find(line => within(line) && below(line)) ??
    OLDER.find(line => within(line) && below(line))
  // A pin above it is the project's own word.
  const found = (ceiling && limited) ?? free
  const old = best && range && !cycles('node').some(range) ? oldMajor(best.value) : undefined
  const cycle = old === undefined ? (found?.cycle ?? preferred[0]?.cycle ?? '24') : String(old)
  const held = ceiling && limited && free?.cycle !== limited.cycle ? [limitNote(cycle, ceiling)] : []
  if (!best)
    return resolved(
      {
        value: cycle,
        source: {
          from: 'convention',
          reason: 'the newest settled long-term release that the packages admit',
        },
      },
      [
        note('VERSION_ASSUMED', 'info', `no file says which Node.js this project wants: ${cycle} is used`),
        ...held,
      ],
    )
  return resolved(fact(cycle, best.source, best.value), [...disagreements(best, stated, cycle), ...held])
}

type At = readonly [project: Project, manifest: Manifest]

/** What says the version of an app at some place: its own files, those of its workspace, and those of the repository. */
export const statedAt = (project: Project, place: Place, own: At, root: At): readonly Stated[] => [
  ...(place.app === '.' ? statements(...own) : narrowed(statements(...own), statements(...root))),
  ...(place.root === '.' ? [] : statements(project, readManifest(project) ?? own[1])),
]

/** What a member states, before what its workspace does: of the lines that a range of the member's admits, a pin of the workspace's decides. */
function narrowed(own: readonly Stated[], above: readonly Stated[]): readonly Stated[] {
  // One Node.js installs a workspace: a member's word that it refuses has been left behind.
  const lives = (item: Stated) => admits(item.value) !== undefined && !hasEnded(item.value)
  if (own.length > 0 && own.every(({ value }) => hasEnded(value)) && above.some(lives))
    return [...above, ...own]
  const lines = ({ value }: Stated) => cycles('node').filter(line => admits(value)?.(line) === true)
  const admitted = own[0] ? lines(own[0]) : []
  const pin = above.find(item => {
    const [only, ...more] = lines(item)
    return only !== undefined && more.length === 0 && admitted.length > 1 && admitted.includes(only)
  })
  return [...(pin ? [pin] : []), ...own, ...above.filter(item => item !== pin)]
}

/** Whether a text asks for lines past their end alone. */
function hasEnded(stated: string): boolean {
  const admitted = cycles('node').filter(line => admits(stated)?.(line) === true)
  if (admitted.length > 0) return admitted.every(isEndOfLife)
  const major = namedMajor(stated)
  return major !== undefined && isOver(major)
}

const firstNote = ({ value, source }: Stated, cycle: string): Note =>
  note(
    'VERSION_RAISED',
    'warning',
    `Node.js ${cycle} is used: ${value} asks for one from before Node.js 4, whose npm reaches no registry of today`,
    source,
  )

const endedNote = ({ value, source }: Stated, floating: string, cycle: string): Note =>
  note(
    'VERSION_RAISED',
    'warning',
    `Node.js ${cycle} is used: ${value} has reached its end of life, and nothing locks ${floating}, whose newest version no longer supports it`,
    source,
  )

const limitNote = (cycle: string, { by }: Ceiling): Note =>
  note('VERSION_LIMITED', 'info', `Node.js ${cycle} is used: ${by} works on no newer line`)

function resolved(found: Fact<string>, notes: readonly Note[]): Resolved {
  const known = cycleOf('node', found.value)
  const major = Number(found.value)
  const line: NodeLine = {
    cycle: found.value,
    suite:
      known?.suite ??
      (major > 20 ? 'trixie' : (OLD_SUITES.find(([from]) => major >= from)?.[1] ?? UNNAMED_SUITE)),
    ended: isOver(major),
  }
  return {
    fact: found,
    line,
    notes: line.ended
      ? [
          ...notes,
          note(
            'VERSION_END_OF_LIFE',
            'warning',
            `Node.js ${line.cycle} has reached its end of life; --runtime-version ${supported('node')[0]?.cycle} tries a supported one`,
            found.source,
          ),
        ]
      : notes,
  }
}

function disagreements(best: Stated, stated: readonly Stated[], cycle: string): readonly Note[] {
  const line = cycles('node').find(candidate => candidate.cycle === cycle)
  return stated
    .filter(other => other !== best && line && admits(other.value)?.(line) === false)
    .map(other =>
      note(
        'VERSIONS_DISAGREE',
        'warning',
        `Node.js ${cycle} is used as ${best.value} asks, but another file asks for ${other.value}`,
        other.source,
      ),
    )
}
