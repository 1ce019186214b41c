import semver from 'semver'
import { fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Layout } from './facts.ts'
import { lackingInBun, lackingOfMembers } from './lock-fit.ts'
import { readManifest } from './manifest.ts'
import { wantsEveryone } from './manifests.ts'
import { lackingElsewhere, leftOut, optionalPeers } from './npm-lock-fit.ts'
import { type Manager, staleNote } from './package-manager.ts'

/** From this one on `npm ci` ends where binaries for other systems are missing: found by builds with each release around it on 2026-11-22. */
const STRICT = '11.6.2'
/** Before this one Bun asks anew for what a member names by a tag, and refuses its own lock file then: found likewise on 2026-11-24. */
const TAGS_LOCKED = '1.4.4'
/** From this one on it leaves optional peers out that are locked: found likewise on 2026-11-23. */
const WITHOUT_OPTIONAL_PEERS = '11.12.0'

/**
 * The manager, knowing what its lock file lacks for the app: what a member of the workspace asks for, what Bun
 * itself left out, and the binaries for other systems, which an npm left out that wrote one beside installed modules.
 * @param project the folder with the lock file
 * @param fitted in the version that the image has
 */
export function partial(
  project: Project,
  fitted: Manager,
  layout: Layout,
  wishes: Wishes,
): { manager: Manager; notes: readonly Note[] } {
  const { id, lock, stale, version, major } = fitted
  // Yarn 1 looks at none of them, and one that installs single members completes the lock file without a word.
  const others = wantsEveryone(fitted) ? layout.others : []
  const seen =
    layout.rush || (id === 'yarn' && !wantsEveryone(fitted))
      ? []
      : [layout.app, ...layout.members.map(({ dir }) => dir), ...others]
  const dirs = seen.filter(dir => dir !== '.')
  const root =
    dirs.length > 0 && lock !== undefined && stale === undefined ? readManifest(project) : undefined
  const behind = root && lock !== undefined ? lackingOfMembers(project, lock, root, dirs) : undefined
  if (lock !== undefined && behind !== undefined)
    return { manager: { ...fitted, stale: behind }, notes: [staleNote(id, lock, behind)] }
  const refuses = id === 'npm' && (version === undefined ? major >= 11 : semver.gte(version, STRICT))
  const asksAnew = id === 'bun' && version !== undefined && semver.lt(version, TAGS_LOCKED)
  const holey =
    lock === 'bun.lock' && stale === undefined
      ? (lackingInBun(project) ?? (asksAnew ? taggedIn(project, dirs) : undefined))
      : undefined
  if (lock !== undefined && holey !== undefined)
    return { manager: { ...fitted, stale: holey }, notes: [staleNote(id, lock, holey)] }
  const lacks =
    refuses && lock !== undefined && stale === undefined ? lackingElsewhere(project, lock) : undefined
  if (lock === undefined) return { manager: fitted, notes: [] }
  if (lacks !== undefined)
    return {
      manager: { ...fitted, stale: lacks },
      notes: [incomplete(lock, `${lacks}, so each build resolves that anew`)],
    }
  const content = id === 'npm' && stale === undefined ? project.parse(lock) : undefined
  const binaries = leftOut(content, wishes.runtime?.value === 'alpine' ? 'musl' : 'glibc')
  const newer = version === undefined ? major >= 11 : semver.gte(version, WITHOUT_OPTIONAL_PEERS)
  const peers = newer ? optionalPeers(content) : []
  const [code, peer] = [binaries[0]?.by, peers[0]]
  return {
    manager: { ...fitted, leftOut: [...binaries, ...peers] },
    notes: [
      ...(code === undefined
        ? []
        : [incomplete(lock, `code for Linux, such as ${code}'s, which each build installs besides`)]),
      ...(peer
        ? [
            note(
              'OPTIONAL_PEERS',
              'info',
              `npm leaves out what is locked as an optional peer of another package alone, such as ${peer.spec} of ${peer.by}, so each build installs that besides: name what the code uses in package.json`,
              fromFile(lock),
            ),
          ]
        : []),
    ],
  }
}

/** `"vue": "latest"` of a member. @returns `the version of vue@latest of apps/web` */
function taggedIn(project: Project, dirs: readonly string[]): string | undefined {
  for (const dir of dirs) {
    const { dependencies = {}, devDependencies = {} } = readManifest(project, `${dir}/package.json`) ?? {}
    const tagged = Object.entries({ ...devDependencies, ...dependencies }).find(
      ([, range]) => /^[a-z][\w-]*$/i.test(range) && semver.validRange(range) === null,
    )
    if (tagged) return `the version of ${tagged.join('@')} of ${dir}`
  }
  return undefined
}

const incomplete = (lock: string, lacks: string): Note =>
  note(
    'LOCKFILE_STALE',
    'warning',
    `${lock} lacks ${lacks}: without node_modules and that file npm install writes a whole one`,
    fromFile(lock),
  )
