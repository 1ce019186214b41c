import { byConvention, type Fact } from '../../facts.ts'
import { NATIVE_PACKAGES, WANTS_HOME } from '../../knowledge/native-python.ts'
import { type Cycle, cycleOf, hasDistroless, isEndOfLife } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Sources } from './code/sources.ts'
import type { Django } from './django.ts'
import type { Entry } from './entry/entry.ts'
import type { PythonFacts } from './facts.ts'
import type { Install } from './install.ts'
import type { Manifest } from './manifests/pyproject.ts'
import { nativeFor, type ProgramCalls, wantsSystem } from './native.ts'
import { linesFor, type Stated, statements, versionFact } from './version.ts'
import { MACHINES, unfit } from './wheels.ts'

/** The one line of distroless python3: https://github.com/GoogleContainerTools/distroless/tree/main/python3 */
const DISTROLESS_LINE = '3.13'

interface Known {
  readonly manifest: Manifest | undefined
  readonly install: Install
  readonly django: Django | undefined
  readonly entry: Entry | undefined
  readonly wishes: Wishes
  readonly calls: ProgramCalls
  /** The whole repository. */
  readonly outer: Project
}

type RuntimeFacts = Pick<
  PythonFacts,
  | 'runtimeVersion'
  | 'runtimeFamily'
  | 'suite'
  | 'buildPackages'
  | 'runtimePackages'
  | 'needsGit'
  | 'wantsHome'
>

interface Runtime {
  readonly facts: RuntimeFacts
  readonly notes: readonly Note[]
  /** The text of a version that no image has. */
  readonly unknownVersion?: string | undefined
}

/** Python's line and the family of the image: each depends on the other, so they are decided together. */
export function chooseRuntime(project: Project, sources: Sources, known: Known): Runtime {
  const { manifest, install, wishes, calls, django } = known
  const stated = statements(project, manifest, wishes, known.outer)
  const lines = linesFor(stated)
  const obstacle = distrolessObstacle(sources, known, lines)
  const wish = wishes.runtime?.value ?? 'auto'
  const admitted = lines.some(({ cycle }) => cycle === DISTROLESS_LINE)
  const distroless = (wish === 'distroless' && admitted) || (wish === 'auto' && obstacle === undefined)
  const line = distroless ? DISTROLESS_LINE : bestLine(install, lines, stated)
  const version = versionFact(line, stated, REASONS[line === DISTROLESS_LINE ? 'usual' : 'older'])
  const suite = cycleOf('python', line)?.suite ?? 'trixie'
  const native = nativeFor(install, line, suite, calls, django)
  const slim = wish === 'auto' && obstacle
  return {
    facts: {
      runtimeVersion: version.fact,
      runtimeFamily: familyOf(wishes, obstacle),
      suite,
      buildPackages: native.build,
      runtimePackages: native.runtime,
      needsGit: install.packages.some(({ git }) => git),
      wantsHome: install.packages.some(({ name }) => WANTS_HOME.has(name)),
    },
    notes: [
      ...version.notes,
      ...(slim ? [note('RUNTIME_SLIM', 'info', `the runtime image is Debian slim: ${obstacle}`)] : []),
      ...compiledNote(native.build.owners, line),
    ],
    unknownVersion: lines.length === 0 ? stated[0]?.text.value : undefined,
  }
}

const REASONS = {
  usual: 'it is the newest that nearly every package has wheels for',
  older: 'it is the newest that the pinned packages are known to work on',
}

/** What was wished for, whether or not it can be: only a plan that is asked for fails. */
function familyOf({ runtime }: Wishes, obstacle: string | undefined): Fact<'distroless' | 'slim' | 'alpine'> {
  if (runtime && runtime.value !== 'auto') return { ...runtime, value: runtime.value }
  return obstacle === undefined
    ? byConvention('distroless', 'nothing in the project needs a shell')
    : byConvention('slim', obstacle)
}

const compiledNote = (owners: readonly string[], line: string): Note[] =>
  owners.length
    ? [
        note(
          'COMPILED_PACKAGES',
          'info',
          `${owners.join(', ')}: no wheel for Linux and Python ${line}, so the build compiles`,
        ),
      ]
    : []

/** Why the app can't run on an image without a shell and other programs; undefined when it can. */
function distrolessObstacle(sources: Sources, known: Known, lines: readonly Cycle[]): string | undefined {
  const { install, entry, calls, django, wishes } = known
  if (!lines.some(({ cycle }) => cycle === DISTROLESS_LINE) || !hasDistroless('python3'))
    return `distroless has Python ${DISTROLESS_LINE} alone`
  const [misfit] = unfit(install.packages, DISTROLESS_LINE, 'trixie')
  if (misfit?.[1] === 'no wheel')
    return `${misfit[0]} has no wheel for Python ${DISTROLESS_LINE}, the one of distroless`
  if (misfit)
    return `this release of ${misfit[0]} is older than Python ${DISTROLESS_LINE}, the one of distroless`
  const native = nativeFor(install, DISTROLESS_LINE, 'trixie', calls, django)
  const [owner] = [...native.runtime.owners, ...native.build.owners]
  if (owner) return `${owner} needs system libraries or programs`
  const start = entry?.start.value
  if (start?.by === 'console') return 'a console script is started'
  if (start?.by === 'command')
    return wishes.start && start.shell
      ? 'the start command needs a shell'
      : 'the start command names a program'
  const system = wantsSystem(install)
  if (system) return `${system} looks for programs and libraries as it runs`
  if (calls.file) return `${calls.file} starts other programs`
  if (install.direct.some(({ name }) => NATIVE_PACKAGES.some(row => row.program && row.names.includes(name))))
    return 'a dependency calls a program'
  return sources.truncated
    ? 'the project is large, and not every file was looked at for programs that it starts'
    : undefined
}

/**
 * The line for an image with every version: a pin as it is; else the newest supported one that every package has a
 * wheel for; else the oldest supported one when what has none can be compiled; else the one with the fewest misfits.
 */
function bestLine(install: Install, lines: readonly Cycle[], stated: readonly Stated[]): string {
  const supported = lines.filter(line => !isEndOfLife(line))
  const ordered = stated.length
    ? supported
    : [...supported].sort((a, b) => Number(b.cycle === DISTROLESS_LINE) - Number(a.cycle === DISTROLESS_LINE))
  const misfits = (line: Cycle, machines: readonly string[] = MACHINES) => [
    ...unfit(install.packages, line.cycle, line.suite, machines).keys(),
  ]
  const oldest = supported.at(-1)
  const chosen =
    ordered.find(line => misfits(line).length === 0) ??
    ordered.find(line => misfits(line, ['x86_64']).length === 0) ??
    (oldest && misfits(oldest, ['x86_64']).every(name => COMPILES_EASILY.has(name)) ? oldest : undefined) ??
    fewest([...ordered, ...lines.filter(isEndOfLife)], line => misfits(line, ['x86_64']).length)
  return chosen?.cycle ?? DISTROLESS_LINE
}

/** The first of those with the least. */
function fewest<T>(items: readonly T[], count: (item: T) => number): T | undefined {
  const counted = items.map(item => ({ item, count: count(item) }))
  const least = Math.min(...counted.map(({ count: own }) => own))
  return counted.find(({ count: own }) => own === least)?.item
}

/** Small C code over a stable interface, which builds on lines newer than its release. */
const COMPILES_EASILY = new Set([
  ...NATIVE_PACKAGES.filter(({ wheel }) => wheel === 'never').flatMap(({ names }) => names),
  'psycopg2-binary', 'markupsafe', 'wrapt', 'regex', 'ujson', 'msgpack', 'bcrypt', 'psutil', 'cffi', 'multidict', 'lru-dict',
]) // biome-ignore format: one list
