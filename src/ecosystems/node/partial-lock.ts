import semver from 'semver'
import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { lackingElsewhere } from './lock-fit.ts'
import type { Manager } from './package-manager.ts'

/** From this one on `npm ci` ends where binaries for other systems are missing: found by builds with each release around it on 2026-11-22. */
const STRICT = '11.6.2'

/**
 * The manager, knowing what its lock file lacks for its version: an npm that wrote one beside installed modules left
 * the binaries for other systems out of it.
 * @param fitted in the version that the image has
 */
export function partial(project: Project, fitted: Manager): { manager: Manager; notes: readonly Note[] } {
  const { id, lock, stale, version, major } = fitted
  const refuses = id === 'npm' && (version === undefined ? major >= 11 : semver.gte(version, STRICT))
  const lacks =
    refuses && lock !== undefined && stale === undefined ? lackingElsewhere(project, lock) : undefined
  if (lock === undefined || lacks === undefined) return { manager: fitted, notes: [] }
  return {
    manager: { ...fitted, stale: lacks },
    notes: [
      note(
        'LOCKFILE_STALE',
        'warning',
        `${lock} lacks ${lacks}, so each build resolves that anew: without node_modules and that file npm install writes a whole one`,
        fromFile(lock),
      ),
    ],
  }
}
