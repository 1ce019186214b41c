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
  /** The module that is found in their place, where it isn't the package itself: it imports that. */
  readonly wrapper?: string
  /** The folder of the server, from the app's, where that imports what the package needs while it runs. */
  readonly server?: string
}

/** Where npm puts packages for all in every image of Node.js. */
const INSTALLED = '/usr/local/lib/node_modules'

/**
 * npm fetches it, whichever manager the project has: none of those adds a package without looking at the lock file again.
 * What it needs comes in its own folder, but for its peers, which the project has. It is copied, not linked: what it
 * imports of the framework is looked for from where it lies. @param app the app's folder, from the working directory
 */
export const standInView = (standIn: StandIn, app: string): View => ({
  replaced: standIn.replaces.join(', '),
  mounts: [{ type: 'cache', target: '/root/.npm' }],
  commands: [
    shell(
      'npm',
      'install',
      '--global',
      '--legacy-peer-deps',
      '--ignore-scripts',
      `${standIn.name}@${standIn.version}`,
    ),
    ...(standIn.wrapper === undefined
      ? standIn.replaces.flatMap(other => copied(standIn, module(app, other)))
      : [
          ...copied(standIn, module(app, standIn.name)),
          ...standIn.replaces.flatMap(other => wrapped(standIn.wrapper ?? '', module(app, other))),
        ]),
  ],
})

const module = (app: string, name: string): string =>
  contextPath(join(app === '.' ? '' : app, 'node_modules', name))

const copied = ({ name }: StandIn, path: string): readonly string[] => [
  shell('rm', '-rf', path),
  shell('mkdir', '-p', path.split('/').slice(0, -1).join('/')),
  shell('cp', '-R', `${INSTALLED}/${name}`, path),
]

/** Every path of the package leads to the one module; types say nothing of its options. */
const wrapped = (code: string, path: string): readonly string[] => [
  shell('rm', '-rf', path),
  shell('mkdir', '-p', path),
  ...[
    ['package.json', '{"type":"module","exports":{".":"./index.js","./*":"./index.js"}}'],
    ['index.d.ts', 'export default function adapter(options?: any): any'],
    ['index.js', code],
  ].map(([file = '', text = '']) => `${shell('echo', text)} > ${shell(`${path}/${file}`)}`),
]

/** What runs after the build, so that the server finds those modules beside it. */
export const standInModules = (standIn: StandIn | undefined, app: string): readonly string[] =>
  standIn?.server === undefined
    ? []
    : [
        shell(
          'cp',
          '-R',
          `${INSTALLED}/${standIn.name}/node_modules`,
          `${contextPath(join(app === '.' ? '' : app, standIn.server))}/`,
        ),
      ]

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
