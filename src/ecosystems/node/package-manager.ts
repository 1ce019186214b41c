import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import type { ManagerId } from '../../knowledge/node-managers.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Layout } from './facts.ts'
import { inStep, lacking } from './lock-fit.ts'
import { managerVersion } from './manager-version.ts'
import { type Manifest, table, text } from './manifest.ts'
import type { LeftOut } from './npm-lock-fit.ts'
import { commandsOf } from './scripts.ts'

export interface Manager {
  readonly id: ManagerId
  /** Exact, for what is installed into the image; undefined where the image's own npm is used. */
  readonly version?: string | undefined
  readonly major: number
  /** Whether a file names the version; otherwise it has to fit the version of Node.js. */
  readonly pinned: boolean
  /** Whether the project holds the manager itself, which an image that has it leaves out: Yarn's `yarnPath`. */
  readonly held?: boolean
  /** The lock file's name in the root; undefined where there is none. */
  readonly lock?: string | undefined
  /** Another one, which the build's scripts call. */
  readonly calls?: 'pnpm' | 'yarn'
  /** What the manifest asks for and the lock file lacks: a frozen install would fail. */
  readonly stale?: string | undefined
  /** What npm's own install goes without: code for this system, optional peers. */
  readonly leftOut?: readonly LeftOut[]
  /** Whether another package's program lies where the compiler's would. */
  readonly hidesCompiler?: true
  /** Whether Yarn lacks the plugin that installs single members of a workspace, which came with it since version 4. */
  readonly withoutFocus?: true
  readonly fact: Fact<ManagerId>
  readonly notes: readonly Note[]
}

const LOCKS: readonly (readonly [file: string, id: ManagerId])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]

/** What the project says in so many words: `packageManager`, then `devEngines`. */
function stated(project: Project, manifest: Manifest): Fact<string> | undefined {
  const own = text(manifest.raw.packageManager)
  if (own)
    return fact(
      own,
      fromFile('package.json', 'packageManager', project.line('package.json', 'packageManager')),
    )
  const engine = table([table(manifest.raw.devEngines).packageManager].flat()[0])
  const name = text(engine.name)
  return name === undefined
    ? undefined
    : fact(
        `${name}@${text(engine.version) ?? '*'}`,
        fromFile(
          'package.json',
          'devEngines.packageManager',
          project.line('package.json', 'devEngines', 'packageManager'),
        ),
      )
}

/**
 * Whether nobody installs with the manager that the manifest names, as Corepack wrote it there when it was called
 * once: it has neither a lock file nor a workspace, and another's lock file is in step with the manifest.
 */
const isUnused = (said: string, project: Project, manifest: Manifest, locks: typeof LOCKS): boolean =>
  locks.length > 0 &&
  locks.every(([file, owner]) => !said.startsWith(`${owner}@`) && inStep(project, file, manifest)) &&
  !['pnpm-workspace.yaml', '.yarnrc.yml', '.yarn'].some(path => project.has(path) || project.dirs.has(path))

const unusedNote = (said: Fact<string>, id: ManagerId, lock: string | undefined): Note =>
  note(
    'PACKAGE_MANAGER_UNUSED',
    'warning',
    `package.json names ${said.value.replace(/\+.*$/, '')}, which has no lock file here, so ${id} installs what ${lock} holds: let package.json name ${id}`,
    said.source,
  )

/** The manager of a root, with its version and its lock file. */
export function findManager(project: Project, manifest: Manifest): Manager {
  const broken = isBroken(project)
  const locks = LOCKS.filter(
    ([file]) => project.has(file) && !(file === 'yarn.lock' && (broken || isEmpty(project, file))),
  )
  const said = stated(project, manifest)
  const unused = said !== undefined && isUnused(said.value, project, manifest, locks)
  const named = unused ? undefined : said
  const [, id, version] = /^(npm|pnpm|yarn|bun)@(.+)$/.exec(named?.value.replace(/\+.*$/, '') ?? '') ?? []
  // Of several, one that was kept up to date.
  const called = calledBy(manifest)
  const kept = locks.length > 1 && !id ? locks.filter(([file]) => !lacking(project, file, manifest)) : locks
  const first = kept.find(([, owner]) => owner === called?.value) ?? kept[0] ?? locks[0]
  const chosen =
    (id as ManagerId | undefined) ??
    first?.[1] ??
    byEngines(manifest) ??
    (project.has('pnpm-workspace.yaml') ? 'pnpm' : (called?.value ?? 'npm'))
  const lock = locks.find(([, owner]) => owner === chosen)?.[0]
  const stale = lock && (isMerging(project, lock) ? 'the end of a merge' : lacking(project, lock, manifest))
  const source =
    id && named ? named.source : lock ? fromFile(lock) : called?.value === chosen ? called.source : undefined
  const statedText = id && named ? named.value.replace(/\+.*$/, '') : undefined
  return {
    id: chosen,
    ...managerVersion(chosen, version, project, manifest, lock),
    held: text(table(project.parse('.yarnrc.yml')).yarnPath) !== undefined,
    lock,
    stale,
    ...(chosen === 'yarn' && !hasWorkspaceTools(project) && { withoutFocus: true as const }),
    ...(called && called.value !== chosen && { calls: called.value }),
    ...(hidesCompiler(chosen, manifest) && { hidesCompiler: true as const }),
    fact: source ? fact(chosen, source, statedText) : byConvention(chosen, 'npm comes with Node.js'),
    notes: [
      ...(broken ? [brokenNote] : []),
      ...(unused ? [unusedNote(said, chosen, lock)] : []),
      ...lockNotes(chosen, lock, locks),
      ...(lock && stale ? [staleNote(chosen, lock, stale)] : []),
      ...(hidesCompiler(chosen, manifest) ? [compilerNote] : []),
    ],
  }
}

/**
 * The package `tsc` is no compiler and says so, by a program of that name. Whoever installs `typescript` after it has
 * the compiler's in its place; all but Yarn 1 install it over that again: seen with npm 8 to 11, pnpm 10 and Bun 1.3.
 * https://www.npmjs.com/package/tsc
 */
const hidesCompiler = (id: ManagerId, { dependencies, devDependencies }: Manifest): boolean =>
  id !== 'yarn' && ['tsc', 'typescript'].every(name => name in dependencies || name in devDependencies)

const compilerNote = note(
  'COMPILER_HIDDEN',
  'warning',
  'the package tsc is no compiler, and its program takes the place of the one of typescript, so the build puts that back: leave tsc out of package.json',
  fromFile('package.json'),
)

/** Whether a lock file holds nothing, as one that only marks a folder as a project of its own for Yarn. */
const isEmpty = (project: Project, lock: string): boolean => project.text(lock)?.trim() === ''

/** Whether a lock file was committed with both sides of a conflict, which an install that isn't frozen settles. */
const isMerging = (project: Project, lock: string): boolean =>
  /^(yarn\.lock|pnpm-lock\.yaml|package-lock\.json)$/.test(lock) &&
  /^<{7} .+$/m.test(project.text(lock) ?? '')

/** https://github.com/yarnpkg/berry/tree/master/packages/plugin-workspace-tools */
const hasWorkspaceTools = (project: Project): boolean =>
  [table(project.parse('.yarnrc.yml')).plugins]
    .flat()
    .some(plugin => /plugin-workspace-tools\b/.test(text(plugin) ?? text(table(plugin).path) ?? ''))

const byEngines = (manifest: Manifest): ManagerId | undefined =>
  (['pnpm', 'yarn', 'bun'] as const).find(
    id => text(table(manifest.raw.engines)[id]) && !text(table(manifest.raw.engines).npm),
  )

/** The manager that the build's own scripts call, which is no other's to replace: `tsc && pnpm run copy`. */
function calledBy({ scripts }: Manifest): Fact<'pnpm' | 'yarn'> | undefined {
  for (const [name, script] of Object.entries(scripts)) {
    if (!/^(pre|post)?(build|compile|install)([:.-]|$)/.test(name)) continue
    const program = commandsOf(script).find(({ words }) => /^(pnpm|yarn)$/.test(words[0] ?? ''))?.words[0]
    if (program) return fact(program as 'pnpm' | 'yarn', fromFile('package.json', `scripts.${name}`))
  }
  return undefined
}

export const staleNote = (id: ManagerId, lock: string, stale: string): Note =>
  note(
    'LOCKFILE_STALE',
    'warning',
    `${lock} lacks ${stale}, so each build resolves that anew: run ${id} install, and commit it`,
    fromFile(lock),
  )

/** Whether Yarn 1 refuses its lock file: npm keeps one up to date too, and writes several checksums without quotes. */
const isBroken = (project: Project): boolean =>
  /^ {2}integrity [^\s"]+ \S/m.test(project.text('yarn.lock') ?? '')

const brokenNote = note(
  'LOCKFILE_UNREADABLE',
  'warning',
  "yarn.lock isn't used: Yarn can't read it, with several checksums in a line and no quotes, as npm writes them",
  fromFile('yarn.lock'),
)

function lockNotes(id: ManagerId, lock: string | undefined, locks: typeof LOCKS): readonly Note[] {
  const others = locks.filter(([, owner]) => owner !== id).map(([file]) => file)
  if (lock === undefined)
    return [
      note(
        'NO_LOCKFILE',
        'warning',
        `${id} has no lock file here: each build may install other versions; commit one`,
      ),
    ]
  return others.length
    ? [
        note(
          'SEVERAL_LOCKFILES',
          'warning',
          `${lock} is used; ${others.join(', ')} belongs to another package manager and may be stale`,
        ),
      ]
    : []
}

/** https://yarnpkg.com/cli/workspaces/focus has no check of the lock file. */
export const focusNotes = (
  { id, major, lock, withoutFocus }: Manager,
  { app, partial }: Layout,
): readonly Note[] =>
  id === 'yarn' && major > 1 && lock !== undefined && (app !== '.' || partial)
    ? [
        note(
          'LOCKFILE_UNCHECKED',
          'info',
          `${withoutFocus && major < 4 ? "production's install, of manifests without development dependencies," : 'yarn workspaces focus'} resolves a stale yarn.lock anew without a word: let CI run yarn install --immutable`,
        ),
      ]
    : []
