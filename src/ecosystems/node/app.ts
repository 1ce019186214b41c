import semver from 'semver'
import { fromFile, type Source } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import { option } from './command-words.ts'
import type { Lock } from './lockfile.ts'
import { inProduction, type Manifest, wanted } from './manifest.ts'
import type { Manager } from './package-manager.ts'
import { join } from './paths.ts'
import { type Command, commandsOf, expand } from './scripts.ts'
import { transpiled } from './transpiled.ts'
import type { TsConfig } from './tsconfig.ts'
import { readTsConfig } from './tsconfig.ts'

/** One package with all that is asked of it while its facts are found. */
export interface App {
  /** As seen from the package's own folder. */
  readonly project: Project
  /** As seen from the folder with the lock file: for a member of a workspace another one. */
  readonly root: Project
  readonly manifest: Manifest
  readonly manager: Manager
  readonly lock: Lock
  readonly tsconfig: TsConfig | undefined
}

export const openApp = (
  project: Project,
  manifest: Manifest,
  manager: Manager,
  lock: Lock,
  root = project,
): App => ({
  project,
  root,
  manifest,
  manager,
  lock,
  tsconfig:
    ['tsconfig.build.json', 'tsconfig.app.json', 'tsconfig.json']
      .map(path => readTsConfig(project, path))
      .find(config => config?.outDir !== undefined && !config.noEmit) ??
    named(project, manifest) ??
    byBabel(project, manifest) ??
    readTsConfig(project),
})

/** What Babel's command says of sources and output, where no configuration of the compiler does. */
function byBabel(project: Project, { scripts }: Manifest): TsConfig | undefined {
  const all = transpiled(scripts).filter(({ rootDir }) => project.dirs.has(rootDir))
  const started = Object.values(scripts)
    .flatMap(commandsOf)
    .flatMap(({ words, dir }) =>
      /^(node|nodemon)$/.test(words[0] ?? '') ? words.map(word => join(dir ?? '', word)) : [],
    )
  const own =
    all.find(({ outDir }) => started.some(path => path === outDir || path.startsWith(`${outDir}/`))) ?? all[0]
  const types = readTsConfig(project)
  return own && { include: [], exclude: [], aliases: [], ...types, ...own, noEmit: true }
}

/** The configuration that a script gives to the compiler: `tsc -p server`. */
function named(project: Project, { scripts }: Manifest): TsConfig | undefined {
  const paths = Object.values(scripts)
    .flatMap(commandsOf)
    .flatMap(({ words, dir }) =>
      words[0] === 'tsc'
        ? [option(words, '-p', '--project', '-b', '--build')].map(path => ({ path, dir }))
        : [],
    )
  for (const { path, dir } of paths) {
    const file = [path, path && `${path}/tsconfig.json`]
      .map(part => part && join(dir ?? '', part))
      .find(part => part !== undefined && project.has(part))
    const config = file === undefined ? undefined : readTsConfig(project, file)
    // Without a root the compiler takes what its sources have in common.
    if (file && config?.outDir) return { ...config, rootDir: config.rootDir ?? join(file, '..') }
  }
  return undefined
}

export const uses = ({ manifest }: App, ...names: readonly string[]): boolean =>
  names.some(name => wanted(manifest, name) !== undefined)

export const usesInProduction = ({ manifest }: App, ...names: readonly string[]): boolean =>
  names.some(name => inProduction(manifest, name))

/** A direct dependency whose newest version each install takes: `"next": "latest"` without a lock file. */
export const floatingOf = ({ manifest, manager }: App): string | undefined =>
  manager.lock === undefined
    ? Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).find(([, range]) =>
        /^(latest|next|\*|x|)$/.test(range),
      )?.[0]
    : undefined

/** The locked version of a direct dependency, of several the one in its range; else the range that the manifest states. */
export function versionOf({ lock, manifest }: App, name: string): string | undefined {
  const range = wanted(manifest, name)
  const locked = lock.packages.flatMap(item => (item.name === name ? [item.version] : []))
  const own = range === undefined ? undefined : locked.find(version => semver.satisfies(version, range))
  return own ?? locked[0] ?? range
}

/** Its major version; a high one where none is known. */
export const major = (app: App, name: string): number =>
  semver.coerce(versionOf(app, name) ?? '')?.major ?? 99

/** Every command of the production build, hooks included. */
export const buildCommands = ({ manifest }: App, script: string | undefined): readonly Command[] =>
  script === undefined ? [] : expand(manifest.scripts, script, true)

/** Whether a package is locked in a version from `since` on; true where no version is known. */
export function isSince(app: App, name: string, since: string): boolean {
  const version = semver.coerce(versionOf(app, name) ?? '')
  return version === null || semver.gte(version, since)
}

/** Where a script is written. */
export const scriptSource = ({ manifest, project }: App, name: string): Source =>
  manifest.tasks.get(name) ??
  fromFile('package.json', `scripts.${name}`, project.line('package.json', 'scripts', name))
