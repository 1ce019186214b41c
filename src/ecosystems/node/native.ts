import semver from 'semver'
import { broughtBy, type NativeNode, namesIn, nativeNode } from '../../knowledge/native-node.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Locked } from './lockfile.ts'
import type { Manager } from './package-manager.ts'

/** What native code asks of an image. */
export interface NativeNeeds {
  /** Packages whose install script has to run, of those that production has. */
  readonly scripts: readonly string[]
  /** The same for all dependencies: a build may load them. */
  readonly buildScripts: readonly string[]
  /** Of these, what a build loads that renders nothing: it compiles, or programs of the project's own import it that run then. */
  readonly loadedByBuild: readonly string[]
  /** Of both, those whose code is taken with a compiler's flags alone, and these: `CFLAGS=-fpermissive`. */
  readonly flags: Readonly<Record<string, string>>
  /** Debian packages of the stage that compiles; empty where nothing is compiled. */
  readonly toolchain: readonly string[]
  /** Debian packages of the runtime image, and what asks for them. */
  readonly runtime: readonly string[]
  readonly askedBy: readonly string[]
  readonly leftovers: readonly { readonly name: string; readonly folders: readonly string[] }[]
  readonly env: Readonly<Record<string, string>>
  readonly glibc: boolean
  /** What drives a browser that it looks for in a folder of its own. */
  readonly linked: readonly string[]
  /** Those of both that another package can do without: an install goes on where their scripts fail. */
  readonly optional: readonly string[]
  /** Optional packages with install scripts that are not run: what asks for them goes on without. */
  readonly spared: readonly string[]
}

export const nativeNotes = ({ optional, spared, flags }: NativeNeeds): readonly Note[] => [
  ...Object.entries(flags).map(([name, set]) =>
    note(
      'ADDONS_IN_OLD_C',
      'info',
      `${name}: written for what compilers and headers refuse today, so it is compiled with ${set}; a newer version may do without`,
    ),
  ),
  ...(optional.length
    ? [
        note(
          'OPTIONAL_ADDONS',
          'info',
          `${optional.join(', ')}: optional, so the build goes on where the install script fails, as an install does`,
        ),
      ]
    : []),
  ...(spared.length
    ? [
        note(
          'OPTIONAL_SCRIPTS',
          'info',
          `${spared.join(', ')}: optional, so what asks for them goes on without; their install scripts are not run`,
        ),
      ]
    : []),
]

const COMPILER = ['g++', 'make', 'python3']
/**
 * node-gyp of a project's own comes before npm's, and pnpm has one of its own. Before version 10, which npm has since
 * 10.3, it imports distutils, which Python has no more since 3.12: https://github.com/nodejs/node-gyp/blob/main/CHANGELOG.md
 */
const pythonPart = (
  packages: readonly Pick<Locked, 'name' | 'version'>[],
  suite: string,
  manager: Pick<Manager, 'id' | 'major' | 'version'> | undefined,
): readonly string[] =>
  (manager?.id === 'pnpm' && manager.major < 9) ||
  (manager?.id === 'npm' &&
    suite === 'trixie' &&
    manager.version !== undefined &&
    semver.lt(manager.version, '10.3.0')) ||
  // Without a lock file nobody knows which one comes beside npm's.
  (packages.length === 0 && manager?.id !== 'pnpm') ||
  packages.some(
    ({ name, version }) =>
      name === 'node-gyp' && semver.valid(version) !== null && semver.lt(version, '10.0.0'),
  )
    ? ['python3-setuptools']
    : []

/** Packages whose script a build needs, or whose newest line of Node.js holds for it, even when they are for development alone. */
export const FOR_BUILD: ReadonlySet<string> = new Set([
  'node-sass',
  'esbuild',
  'sharp',
  'deasync',
  'vue-demi',
  '@vue-office/docx',
  '@vue-office/excel',
  '@vue-office/pdf',
  '@vue-office/pptx',
  'canvas',
  'better-sqlite3',
  'sqlite3',
  'libxmljs',
  'libxmljs2',
  'natives',
  'gulp',
  'next',
  'nuxt',
  'nuxt-edge',
  '@angular-devkit/build-angular',
  '@nestjs/cli',
  'postcss',
  'msgpackr',
  'ordered-binary',
  // Plugins of gulp, webpack and Vite start them as they build.
  'gifsicle',
  'optipng-bin',
  'pngquant-bin',
  'mozjpeg',
  'jpegtran-bin',
  'jpeg-recompress-bin',
  'cwebp-bin',
  'zopflipng-bin',
  'advpng-bin',
])

/** Of a package that only development installs. */
interface Loading {
  /** Whether a build, or the program, may load it. */
  readonly mayLoad?: (name: string) => boolean
  /** Whether the program does, and the image has what development installs. */
  readonly loads?: (name: string) => boolean
  /** Whether nothing but pages comes out of the build. */
  readonly pages?: boolean
}

/** What clients for browsers bring along for servers, which no bundler of pages loads: firebase before version 8. */
const FOR_SERVERS: ReadonlySet<string> = new Set(['grpc'])

/**
 * @param direct names in the manifest, for lock files that can't be read
 * @param suite the Debian of the image
 * @param manager what compiles, with the node-gyp that it brings
 * @param development names in the manifest that production lacks
 * @param loading what is known of who loads those
 */
export function nativeNeeds(
  locked: readonly Locked[],
  direct: ReadonlyMap<string, string>,
  suite: string,
  manager?: Pick<Manager, 'id' | 'major' | 'version'>,
  development: ReadonlyMap<string, string> = new Map(),
  { mayLoad = () => true, loads = () => false, pages = false }: Loading = {},
): NativeNeeds {
  const packages = locked.length
    ? locked
    : [
        ...withBrought(direct).map(([name, version]) => ({ name, version, production: true })),
        ...withBrought(development).map(([name, version]) => ({ name, version, production: false })),
      ]
  const unknown = (item: (typeof packages)[number]): item is Locked =>
    'scripted' in item && item.scripted === true && nativeNode(item.name, item.version) === undefined
  // npm takes away what is optional and doesn't compile; a rebuild ends there.
  const isOptional = (item: (typeof packages)[number]) =>
    'optional' in item && item.optional === true && !direct.has(item.name)
  const known = packages.flatMap(item => {
    const row = nativeNode(item.name, item.version)
    if (row) return [{ item, row }]
    return unknown(item) && !isOptional(item)
      ? [{ item, row: { name: item.name, script: true } as NativeNode }]
      : []
  })
  const production = known.filter(({ item }) => item.production || loads(item.name))
  const scripted = production.filter(({ row }) => row.script)
  const building = known.filter(
    ({ item, row }) =>
      row.script &&
      !(pages && FOR_SERVERS.has(item.name) && !direct.has(item.name)) &&
      (item.production || (FOR_BUILD.has(item.name) && mayLoad(item.name))),
  )
  // Debian's own Chromium is for the program that drives it, not for tests.
  const needing = production.filter(
    ({ item, row }) =>
      row.runtime &&
      (!row.direct || direct.has(item.name)) &&
      !row.unless?.some(other => packages.some(({ name }) => name === other)),
  )
  return {
    scripts: unique(scripted.map(({ item }) => item.name)),
    buildScripts: unique(building.map(({ item }) => item.name)),
    loadedByBuild: [],
    flags: Object.fromEntries(
      [...scripted, ...building].flatMap(({ item, row }) => (row.flags ? [[item.name, row.flags]] : [])),
    ),
    toolchain: building.some(({ row }) => !row.plain)
      ? unique([
          ...COMPILER,
          ...pythonPart(locked, suite, manager),
          ...namesIn(
            suite,
            building.flatMap(({ row }) => row.build ?? []),
          ),
        ])
      : [],
    runtime: unique(
      namesIn(
        suite,
        needing.flatMap(({ row }) => row.runtime ?? []),
      ),
    ),
    askedBy: unique(needing.map(({ item }) => item.name)),
    leftovers: unique(scripted.map(({ item }) => item.name)).flatMap(name => {
      const folders = scripted.find(({ item, row }) => item.name === name && row.leftovers)?.row.leftovers
      return folders ? [{ name, folders }] : []
    }),
    env: Object.assign({}, ...production.map(({ row }) => row.env ?? {})) as Record<string, string>,
    glibc: production.some(({ row }) => row.glibc),
    linked: unique(needing.flatMap(({ item, row }) => (row.linked ? [item.name] : []))),
    optional: unique([...scripted, ...building].flatMap(({ item }) => (isOptional(item) ? [item.name] : []))),
    spared: unique(
      packages.flatMap(item => (item.production && unknown(item) && isOptional(item) ? [item.name] : [])),
    ),
  }
}

/** With those that come along, in whatever version. */
const withBrought = (named: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...named].flatMap(([name, version]) => {
    const brought = broughtBy(name, version)
    return brought === undefined || named.has(brought[0])
      ? [[name, version] as const]
      : [[name, version] as const, brought]
  })

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)].sort()
