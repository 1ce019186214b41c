import { type Note, note } from '../../plan/notes.ts'
import type { View } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import { join } from './paths.ts'

/** What the build finds in the place of packages, so that a framework makes what Node.js can start. */
export interface StandIn {
  /** The package that takes their place; none where the framework does without. */
  readonly own?: { readonly name: string; readonly version: string }
  /** The packages whose place it takes. */
  readonly replaces: readonly string[]
  /** The module that is found in their place, where it isn't the package itself: it imports that, if there is one. */
  readonly wrapper?: string
  /** What that module says of itself to TypeScript. */
  readonly types?: string
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
  found: standIn.own ? 'the adapter for Node.js' : 'nothing',
  mounts: standIn.own ? [{ type: 'cache', target: '/root/.npm' }] : [],
  commands: [
    ...(standIn.own ? fetched(standIn.own) : []),
    ...(standIn.own && standIn.wrapper !== undefined
      ? copied(standIn.own.name, module(app, standIn.own.name))
      : []),
    ...standIn.replaces.flatMap(other =>
      standIn.wrapper === undefined
        ? copied(standIn.own?.name ?? '', module(app, other))
        : wrapped(standIn.wrapper, standIn.types ?? ADAPTER, module(app, other)),
    ),
  ],
})

const fetched = ({ name, version }: { name: string; version: string }): readonly string[] => [
  shell('npm', 'install', '--global', '--legacy-peer-deps', '--ignore-scripts', `${name}@${version}`),
]

/** Types that say nothing of its options. */
const ADAPTER = 'export default function adapter(options?: any): any'

const module = (app: string, name: string): string =>
  contextPath(join(app === '.' ? '' : app, 'node_modules', name))

const copied = (name: string, path: string): readonly string[] => [
  shell('rm', '-rf', path),
  shell('mkdir', '-p', path.split('/').slice(0, -1).join('/')),
  shell('cp', '-R', `${INSTALLED}/${name}`, path),
]

/** Every path of the package leads to the one module. */
const wrapped = (code: string, types: string, path: string): readonly string[] => [
  shell('rm', '-rf', path),
  shell('mkdir', '-p', path),
  ...[
    ['package.json', '{"type":"module","exports":{".":"./index.js","./*":"./index.js"}}'],
    ['index.d.ts', types],
    ['index.js', code],
  ].map(([file = '', text = '']) => `${shell('echo', text)} > ${shell(`${path}/${file}`)}`),
]

/** What runs after the build, so that the server finds those modules beside it. */
export const standInModules = (standIn: StandIn | undefined, app: string): readonly string[] =>
  standIn?.server === undefined || !standIn.own
    ? []
    : [
        shell(
          'cp',
          '-R',
          `${INSTALLED}/${standIn.own.name}/node_modules`,
          `${contextPath(join(app === '.' ? '' : app, standIn.server))}/`,
        ),
      ]

export const standInNotes = (standIn: StandIn | undefined): readonly Note[] =>
  standIn
    ? [
        note(
          'ADAPTER_REPLACED',
          'warning',
          `${standIn.replaces.join(', ')} makes nothing that Node.js could start, so the build ${
            standIn.own
              ? `has ${standIn.own.name} ${standIn.own.version} in its place: named in the project and its configuration, that is in the lock file too`
              : 'goes without it: name it in the configuration for builds on that platform alone, and no module has to stand in for it'
          }`,
        ),
      ]
    : []
