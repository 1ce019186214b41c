import { type Note, note } from '../../plan/notes.ts'
import type { View } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import { join } from './paths.ts'

/** A package that the build gets in the place of others, so that a framework makes what Node.js can start. */
export interface StandIn {
  readonly name: string
  readonly version: string
  /** The packages whose place it takes. */
  readonly replaces: readonly string[]
}

/** Where npm puts packages for all in every image of Node.js. */
const INSTALLED = '/usr/local/lib/node_modules'

/**
 * npm fetches it, whichever manager the project has: none of those adds a package without looking at the lock file again.
 * What it needs comes in its own folder, but for its peers, which the project has. It is copied, not linked: what it
 * imports of the framework is looked for from where it lies. @param app the app's folder, from the working directory
 */
const commands = ({ name, version, replaces }: StandIn, app: string): readonly string[] => [
  shell('npm', 'install', '--global', '--legacy-peer-deps', '--ignore-scripts', `${name}@${version}`),
  ...replaces.flatMap(other => {
    const path = contextPath(join(app === '.' ? '' : app, 'node_modules', other))
    return [
      shell('rm', '-rf', path),
      shell('mkdir', '-p', path.split('/').slice(0, -1).join('/')),
      shell('cp', '-R', `${INSTALLED}/${name}`, path),
    ]
  }),
]

export const standInView = (standIn: StandIn, app: string): View => ({
  replaced: standIn.replaces.join(', '),
  mounts: [{ type: 'cache', target: '/root/.npm' }],
  commands: commands(standIn, app),
})

export const standInNotes = (standIn: StandIn | undefined): readonly Note[] =>
  standIn
    ? [
        note(
          'ADAPTER_REPLACED',
          'warning',
          `${standIn.replaces.join(', ')} makes nothing that Node.js could start, so the build has ${standIn.name} ${standIn.version} in its place: named in the project and its configuration, that is in the lock file too`,
        ),
      ]
    : []
