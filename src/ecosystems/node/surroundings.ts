import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { type App, uses, versionOf } from './app.ts'
import { asksItself } from './asks-itself.ts'
import { buildPrograms } from './build-programs.ts'
import { asksRevision } from './checkout.ts'
import type { Class } from './classify.ts'
import type { Database } from './data-folder.ts'
import { documented } from './env-example.ts'
import type { Layout, Prisma } from './facts.ts'
import { installScripts } from './install-scripts.ts'
import type { Locked } from './lockfile.ts'
import { type Manifest, table } from './manifest.ts'
import { statedPreset } from './nitro-preset.ts'
import { join } from './paths.ts'
import { whileGenerating } from './prisma.ts'
import { scriptShell } from './script-shell.ts'
import { type Command, expand } from './scripts.ts'
import { adapterChoice } from './svelte-choice.ts'
import { importsOf, parseModule } from './syntax.ts'

/** What a build's own command alone has in its environment: the image and the person who runs it give the real ones. */
export const duringBuild = (
  app: App,
  { build, framework }: Class,
  prisma: Prisma | undefined,
  placeholders: ReadonlyMap<string, string>,
  database: Database | undefined,
): Readonly<Record<string, string>> => ({
  // A step of its own has it where it stands.
  ...(prisma && prisma.major >= 7 && build.script !== undefined && whileGenerating(prisma, build.commands)),
  ...scriptShell(app, build),
  ...rendered(app),
  // The server's modules open it, and the folder of the real one isn't there yet.
  ...(framework?.loads && database?.variable !== undefined && { [database.variable]: 'file:/tmp/none.db' }),
  ...(database?.built && database.variable && { [database.variable]: `file:${database.folder}/app.db` }),
  ...Object.fromEntries(placeholders),
})

/**
 * What SvelteKit's build wants to be set while it runs the server's code: the example's values, for that command alone.
 * Code that imports private values statically would keep them, so nothing is set for it.
 */
function rendered(app: App): Readonly<Record<string, string>> {
  const sources = uses(app, '@sveltejs/kit') ? app.project.find('src/**/*.{ts,js}').slice(0, 200) : []
  const imports = new Set(
    sources.flatMap(path => {
      const module = parseModule(app.project, path)
      return module ? importsOf(module) : []
    }),
  )
  if (!imports.has('$env/dynamic/private') || imports.has('$env/static/private')) return {}
  return Object.fromEntries(
    documented(app.project)
      .filter(({ name, value }) => /^[\w@%+=:,./~?&-]+$/.test(value) && !name.startsWith('PUBLIC_'))
      .map(({ name, value }) => [name, value]),
  )
}

/** Where a repository keeps its packages' archives: https://yarnpkg.com/features/caching#zero-installs */
export const ZERO_INSTALL = '.yarn/cache'

/** Where Yarn 2 and 3 keep what adds commands to them: https://yarnpkg.com/features/plugins */
export const PLUGINS = '.yarn/plugins'

/** Files that an install reads beside the manifest and the lock, from the root. */
export function installInputs(project: Project, manifest?: Manifest): readonly string[] {
  const named = [
    '.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    'pnpm-workspace.yaml',
    '.pnpmfile.cjs',
    '.pnpmfile.mjs',
    'bunfig.toml',
  ].filter(path => project.has(path))
  const folders = ['patches', ZERO_INSTALL, '.yarn/patches', PLUGINS, '.pnpm-patches'].filter(path =>
    project.dirs.has(path),
  )
  return [...named, ...folders, ...(manifest ? localPackages(manifest) : [])]
}

/**
 * Folders and archives of the repository that a manifest takes as packages: `file:vendor/thing-1.0.0.tgz`.
 * Whether they are there isn't asked: the snapshot leaves `vendor` out.
 */
export function localPackages({ raw }: Pick<Manifest, 'raw'>): readonly string[] {
  const groups = [
    ...['dependencies', 'devDependencies', 'optionalDependencies', 'overrides', 'resolutions'].map(
      key => raw[key],
    ),
    table(raw.pnpm).overrides,
  ]
  const paths = groups
    .flatMap(group => leaves(group))
    .flatMap(range => {
      const [, path = ''] = /^(?:file|link|portal):(?![/~]|.*(?:\.\.|:))(.+)$/.exec(range) ?? []
      return join(path) === '' ? [] : [join(path)]
    })
  return [...new Set(paths)]
}

/** Whether such a package is one file, which node_modules gets a copy of. */
export const isArchive = (path: string): boolean => /\.(tgz|tar|tar\.gz)$/.test(path)

/** Archives that members of a workspace take as packages, from the root. */
export const archivesOf = (packages: ReadonlyMap<string, Manifest>): readonly string[] =>
  [...packages].flatMap(([dir, manifest]) =>
    localPackages(manifest)
      .filter(isArchive)
      .map(path => join(dir, path)),
  )

/** The texts of a table, and of the tables in it: `overrides: { a: { b: 'file:c' } }`. */
const leaves = (value: unknown, depth = 0): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : depth > 3
      ? []
      : Object.values(table(value)).flatMap(inner => leaves(inner, depth + 1))

/** What it lacks and an install calls for: some packages lie in git. */
export const installPackages = ({ manifest, lock }: App, ssh: boolean): readonly string[] =>
  ssh ||
  lock.packages.some(({ git }) => git) ||
  Object.values({ ...manifest.dependencies, ...manifest.devDependencies }).some(range => GIT.test(range))
    ? ['ca-certificates', 'git', ...(ssh ? ['openssh-client'] : [])]
    : []

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#git-urls-as-dependencies */
const GIT = /^(git[+:@]|(github|gitlab|bitbucket|gist):|https?:\/\/\S+\.git(#|$)|[\w-]+\/[\w.-]+(#|$))/

/** What Debian's slim image lacks and a build calls for. */
export function buildPackages(
  app: App,
  prisma: Prisma | undefined,
  { members, turbo }: Pick<Layout, 'members' | 'turbo'>,
  { framework, build }: Class,
): readonly string[] {
  // It asks git for the hashes of files, and ends without: https://github.com/vercel/turborepo/issues/1257
  const hashes = turbo !== undefined && app.lock.packages.some(hashesByGit)
  const readsGit = uses(
    app,
    'simple-git',
    'git-rev-sync',
    'git-revision-webpack-plugin',
    'vite-plugin-git-revision',
    'git-describe',
    'last-commit-log',
  )
  return [
    ...(framework?.buildPackages?.(app, build.commands) ?? []),
    ...buildPrograms(app, build.commands),
    ...(hashes ||
    readsGit ||
    asksRevision(app, build.commands) !== undefined ||
    runsBower(app, build.commands)
      ? ['ca-certificates', 'git']
      : []),
    ...((prisma && prisma.major < 7) ||
    members.some(({ writesModules, generates }) => writesModules || generates)
      ? ['ca-certificates', 'openssl']
      : []),
  ]
    .filter((name, index, all) => all.indexOf(name) === index)
    .sort()
}

const hashesByGit = ({ name, version }: Locked): boolean =>
  name === 'turbo' && semver.satisfies(version, '<1.4.4')

/** Whether the install or the build fetches by Bower, which clones by git. */
const runsBower = (app: App, build: readonly Command[]): boolean =>
  [...installScripts(app).flatMap(name => expand(app.manifest.scripts, name)), ...build].some(
    ({ words }) => words[0] === 'bower',
  )

/** Whether a tool of the build keeps compiled code by v8-compile-cache, as webpack-cli before 4.10 does. */
const cachesCode = (app: App): boolean =>
  app.lock.packages.length > 0
    ? app.lock.packages.some(({ name }) => name === 'v8-compile-cache')
    : uses(app, 'webpack-cli') &&
      (semver.minVersion(versionOf(app, 'webpack-cli') ?? '*', { loose: true })?.major ?? 5) < 4

/** What hashes by MD4, with the releases that have none of their own: webpack, and loader-utils in the one that began with it. */
const HASHES: readonly (readonly [name: string, versions: string])[] = [
  ['webpack', '<5.61.0'],
  ['loader-utils', '2.0.0'],
]
const satisfies = (version: string, range: string): boolean =>
  semver.satisfies(semver.coerce(version) ?? '0.0.0', range)

/** The first release of each that brings a webpack which hashes without OpenSSL. */
const BEFORE_OPENSSL_3: Readonly<Record<string, string>> = {
  webpack: '5.61.0', 'react-scripts': '5.0.0', '@vue/cli-service': '5.0.0', '@angular-devkit/build-angular': '13.0.0', nuxt: '3.0.0', vuepress: '2.0.0', gatsby: '3.0.0', 'laravel-mix': '6.0.0', next: '12.0.0', umi: '4.0.0',
} // biome-ignore format: one list

/** Whether what is locked, or all that a range admits, is older than a release. */
function isBefore(app: App, name: string, since: string): boolean {
  const version = versionOf(app, name) ?? ''
  const range = semver.validRange(version, { loose: true })
  return (
    range !== null &&
    range !== '*' &&
    !semver.intersects(range, `>=${since}-0`, { loose: true, includePrerelease: true })
  )
}

/** What keeps a framework's build from counting itself. */
const TELEMETRY: Readonly<Record<string, string>> = {
  next: 'NEXT_TELEMETRY_DISABLED', nuxt: 'NUXT_TELEMETRY_DISABLED', astro: 'ASTRO_TELEMETRY_DISABLED', gatsby: 'GATSBY_TELEMETRY_DISABLED',
} // biome-ignore format: one list

/** Flags and variables that the age of a project's tools asks for. */
export function buildEnvironment(app: App, found: Class, major: number): Readonly<Record<string, string>> {
  const { build, framework } = found
  const old =
    app.lock.packages.some(({ name, version }) =>
      HASHES.some(([own, range]) => own === name && satisfies(version, range)),
    ) ||
    Object.entries(BEFORE_OPENSSL_3).some(([name, since]) => uses(app, name) && isBefore(app, name, since))
  const heap =
    build.commands.some(({ words }) => words[0] === 'vite' || words[0] === 'react-scripts') &&
    app.project.files.length > 1500
  // Their hash function, MD4, is gone from OpenSSL 3.
  const options = [
    ...(old && major >= 17 ? ['--openssl-legacy-provider'] : []),
    ...(heap ? ['--max-old-space-size=4096'] : []),
    ...(asksItself(app, found) ? ['--dns-result-order=ipv4first'] : []),
  ]
  const telemetry = TELEMETRY[framework?.name ?? '']
  const preset = statedPreset(app, framework?.name)
  return {
    ...(telemetry !== undefined && { [telemetry]: '1' }),
    ...(framework?.name === 'sveltekit' ? adapterChoice(app) : {}),
    // It runs as root only where it is told so: https://bower.io/docs/config/#environment-variables-in-bowerrc
    ...(runsBower(app, build.commands) && { bower_allow_root: 'true' }),
    ...(preset !== undefined && !/^(node|static)/.test(preset) && { NITRO_PRESET: 'node-server' }),
    // It takes modules of today for scripts: https://github.com/zertosh/v8-compile-cache/issues/30
    ...(major >= 22 && cachesCode(app) && { DISABLE_V8_COMPILE_CACHE: '1' }),
    ...(options.length && { NODE_OPTIONS: options.join(' ') }),
  }
}
