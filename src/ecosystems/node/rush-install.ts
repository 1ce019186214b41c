import { fact, fromFile } from '../../facts.ts'
import { note } from '../../plan/notes.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { Project } from '../../project/project.ts'
import { branch, leaf, readBlocks } from './blocks.ts'
import type { NodeFacts } from './facts.ts'
import { overriddenBy } from './lock-fit.ts'
import { managerVersion } from './manager-version.ts'
import { type Manifest, NO_MANIFEST, table, text } from './manifest.ts'
import type { Manager } from './package-manager.ts'
import { importerOf, pnpmConfig, type RushSpace, rushSpace } from './rush.ts'

/** What Rush would write for pnpm, of the projects that one app needs: https://rushjs.io/pages/maintainer/package_managers/ */
export interface RushLayout extends RushSpace {
  /** Settings in package.json, and those in pnpm-workspace.yaml beside the members. */
  readonly manifest: Readonly<Record<string, unknown>>
  readonly workspace: Readonly<Record<string, unknown>>
  readonly flags: readonly string[]
  /** Files that Rush copies beside them, with their names there. */
  readonly inputs: readonly { readonly source: string; readonly name: string }[]
  /** Projects that are needed, and have a lock file of their own. */
  readonly foreign: readonly string[]
  /** What Rush's hook writes over ranges of a manifest while pnpm reads it, by the manifest's folder: `dependencies[ms]=2.1.2`. */
  readonly preferred: ReadonlyMap<string, readonly string[]>
}

/** Settings that pnpm compares with the lock file, by their names in Rush's file. */
const SETTINGS = {
  globalOverrides: 'overrides',
  globalPackageExtensions: 'packageExtensions',
  globalIgnoredOptionalDependencies: 'ignoredOptionalDependencies',
  globalPatchedDependencies: 'patchedDependencies',
} as const
/** The same, of lock files that pnpm wrote before version 9. */
const OLD_SETTINGS = {
  globalNeverBuiltDependencies: 'neverBuiltDependencies',
  globalOnlyBuiltDependencies: 'onlyBuiltDependencies',
} as const

type Packages = readonly (readonly [dir: string, manifest: Manifest])[]

/** pnpm in the version of rush.json, with the lock file of the space. @param packages the projects that count */
export function rushManager(project: Project, space: RushSpace, packages: Packages): Manager {
  const path = `${space.config}/pnpm-lock.yaml`
  const lock = project.has(path) ? path : undefined
  const version = text(table(project.parse('rush.json')).pnpmVersion)
  const { lacks } = compared(project, space, packages)
  return {
    id: 'pnpm',
    ...managerVersion('pnpm', version, project, NO_MANIFEST, lock),
    lock,
    stale: lacks,
    fact: fact(
      'pnpm',
      fromFile('rush.json', 'pnpmVersion', project.line('rush.json', 'pnpmVersion')),
      `pnpm@${version}`,
    ),
    notes:
      lock === undefined
        ? [
            note(
              'NO_LOCKFILE',
              'warning',
              `${path} is not here: each build may install other versions; run rush update, and commit it`,
            ),
          ]
        : lacks === undefined
          ? []
          : [
              note(
                'LOCKFILE_STALE',
                'warning',
                `${path} lacks ${lacks}, so each build resolves that anew: run rush update, and commit it`,
                fromFile(path),
              ),
            ],
  }
}

export function rushLayout(
  project: Project,
  space: RushSpace,
  { lock, major }: Manager,
  packages: Packages,
): RushLayout {
  const config = pnpmConfig(project, space)
  const settings = {
    ...Object.fromEntries(
      Object.entries({ ...SETTINGS, ...(major < 9 && OLD_SETTINGS) }).flatMap(([name, own]) =>
        Object.keys(Object(config[name])).length > 0 ? [[own, config[name]]] : [],
      ),
    ),
    ...table(table(config.unsupportedPackageJsonSettings).pnpm),
  }
  const catalogs = table(config.globalCatalogs)
  const some = Object.keys(settings).length > 0
  const { settings: locked } = readBlocks((lock && project.text(lock)) ?? '')
  return {
    ...space,
    // pnpm reads nothing of the kind from a manifest since version 11.
    manifest: some && major < 11 ? { pnpm: settings } : {},
    workspace: {
      ...(Object.keys(catalogs).length > 0 && { catalogs }),
      ...(some && major >= 11 && settings),
    },
    // Rush has defaults of its own, and the lock file is what they gave.
    flags: Object.entries(branch(locked)).flatMap(([name, value]) =>
      typeof value === 'string' &&
      (name === 'autoInstallPeers' || /^(true|\d+)$/.test(value)) &&
      /^[a-zA-Z]+$/.test(name)
        ? [`--config.${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}=${value}`]
        : [],
    ),
    inputs: [
      { source: `${space.config}/.npmrc`, name: '.npmrc' },
      { source: space.patches, name: 'patches' },
    ].filter(({ source }) => project.has(source) || project.dirs.has(source)),
    foreign: packages.flatMap(([dir]) => (rushSpace(project, dir).temp === space.temp ? [] : [dir])),
    preferred: compared(project, space, packages).preferred,
  }
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

/** Where the lock file has other ranges than the manifests: those that Rush prefers, and else what it lacks. */
function compared(
  project: Project,
  space: RushSpace,
  packages: Packages,
): { readonly preferred: ReadonlyMap<string, readonly string[]>; readonly lacks: string | undefined } {
  const content = project.text(`${space.config}/pnpm-lock.yaml`)
  const lock = readBlocks(content ?? '')
  const wishes = table(table(project.parse(`${space.config}/common-versions.json`)).preferredVersions)
  // pnpm applies those itself.
  const changed = new Set(Object.keys(table(pnpmConfig(project, space).globalOverrides)).map(overriddenBy))
  const preferred = new Map<string, readonly string[]>()
  let lacks: string | undefined
  for (const [dir, manifest] of content === undefined ? [] : packages) {
    const importer = branch(branch(lock.importers)[importerOf(space, dir)])
    const specifierOf = (name: string) =>
      leaf(branch(importer.specifiers)[name]) ??
      GROUPS.map(group => leaf(branch(branch(importer[group])[name]).specifier)).find(Boolean)
    for (const group of GROUPS)
      for (const [name, range] of Object.entries(manifest[group])) {
        const locked = specifierOf(name)
        if (locked === range || changed.has(name)) continue
        if (locked !== undefined && wishes[name] === locked)
          preferred.set(dir, [...(preferred.get(dir) ?? []), `${group}[${name}]=${locked}`])
        else lacks ??= `${name}@${range}`
      }
  }
  return { preferred, lacks }
}

/** The commands that come before pnpm's: what Rush writes, of these projects alone. */
export function rushFiles({ layout, manager }: NodeFacts, dirs: readonly string[]): readonly string[] {
  const { rush } = layout
  if (!rush) return []
  const workspace = { packages: dirs.map(dir => importerOf(rush, contextPath(dir))), ...rush.workspace }
  const write = (content: object, path: string) =>
    `${shell('printf', '%s\\n', JSON.stringify(content))} > ${shell(`${rush.temp}/${path}`)}`
  return [
    ...preferredRanges(rush, dirs),
    shell('mkdir', '-p', rush.temp),
    // The hook of Rush itself, which has no part in an install from the lock file.
    ...(manager.lock
      ? [`sed '/^pnpmfileChecksum:/d' ${shell(manager.lock)} > ${shell(`${rush.temp}/pnpm-lock.yaml`)}`]
      : []),
    write(workspace, 'pnpm-workspace.yaml'),
    write(rush.manifest, 'package.json'),
  ]
}

/** Where pnpm is told to work: elsewhere than it is started with Rush. */
export const inTemp = ({ rush }: NodeFacts['layout']): readonly string[] => (rush ? ['-C', rush.temp] : [])

/** Ranges as the lock file has them: a frozen install compares. */
export const preferredRanges = ({ preferred }: RushLayout, dirs: readonly string[]): readonly string[] =>
  dirs.flatMap(dir => {
    const ranges = preferred.get(dir)
    return ranges ? [shell('npm', 'pkg', 'set', ...ranges, '--prefix', contextPath(dir))] : []
  })
