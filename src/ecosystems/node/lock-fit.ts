import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { branch, leaf, readBlocks } from './blocks.ts'
import { departed, pnpmImporter } from './departed.ts'
import { type Manifest, readManifest, table, text } from './manifest.ts'
import { lackingInside, placeOf } from './npm-lock-fit.ts'

/** Whether a lock file has what a manifest asks for, name and range. */
type Holds = (name: string, range: string) => boolean

/** The package that a key of overrides changes: `**\/@a/b`, `x@1>@a/b@>=1 <2` → `@a/b` */
export function overriddenBy(key: string): string | undefined {
  const child = key.split(/(?<=[^ |@])>/).at(-1) ?? key
  return /(?:^|\/)((?:@[^/]+\/)?[^/]+)$/.exec(child.replace(/(?<=.)@[^/]*$/, ''))?.[1]
}

/**
 * What the root's manifest asks for and the lock file lacks: a frozen install is sure to refuse it.
 * Only plain ranges are judged, and names that no override changes.
 * @returns `argon2@^0.26.2`, or undefined where all is there, or nothing can be said
 */
export function lacking(project: Project, lock: string, manifest: Manifest): string | undefined {
  const holds = reader(project, lock, manifest)
  const changed = overridden(manifest)
  const inside = holds && lock.endsWith('.json') ? lackingInside(project.parse(lock), changed) : undefined
  return (
    inside ??
    (holds && firstLacking(manifest, holds, changed)) ??
    lackingResolution(project, lock, manifest) ??
    departed(project, lock, manifest)
  )
}

/** Whether a lock file is known to hold all that the manifest asks for. */
export const inStep = (project: Project, lock: string, manifest: Manifest): boolean =>
  reader(project, lock, manifest) !== undefined && lacking(project, lock, manifest) === undefined

/**
 * What the resolutions of a manifest set anew for a package that Yarn 1 has locked: it looks for the range that they give.
 * https://classic.yarnpkg.com/lang/en/docs/selective-version-resolutions
 */
function lackingResolution(project: Project, lock: string, { raw }: Manifest): string | undefined {
  const resolutions = Object.entries(table(raw.resolutions))
  if (lock !== 'yarn.lock' || resolutions.length === 0) return undefined
  const { __metadata: berry, ...entries } = readBlocks(project.text(lock) ?? '')
  const keys = berry === undefined ? [...keysOf(entries)] : []
  return resolutions
    .flatMap(([path, range]) => {
      const [, name] = /^(?:\*\*\/)?((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
      return name !== undefined && semver.validRange(text(range)) !== null
        ? [{ name, asked: `${name}@${text(range)}` }]
        : []
    })
    .find(({ name, asked }) => keys.some(key => key.startsWith(`${name}@`)) && !keys.includes(asked))?.asked
}

/**
 * The same of members of its workspace, whose manifests the install compares with the lock file too.
 * @returns `argon2@^0.26.2 of apps/api`
 */
export function lackingOfMembers(
  project: Project,
  lock: string,
  root: Manifest,
  dirs: readonly string[],
): string | undefined {
  const changed = overridden(root)
  for (const dir of dirs) {
    const manifest = readManifest(project, `${dir}/package.json`)
    // With a lock file of its own it is none.
    if (!manifest || project.has(`${dir}/${lock}`)) continue
    const holds = reader(project, lock, root, dir)
    const lacks = (holds && firstLacking(manifest, holds, changed)) ?? departed(project, lock, manifest, dir)
    if (lacks !== undefined) return `${lacks} of ${dir}`
  }
  return undefined
}

/** The packages whose versions the root's manifest sets itself, within others too: `{ "a": { "b": "1" } }`. */
export const overridden = ({ raw }: Manifest): ReadonlySet<string | undefined> =>
  new Set([raw.overrides, raw.resolutions, table(raw.pnpm).overrides].flatMap(group => keysWithin(group)))

const keysWithin = (group: unknown): readonly (string | undefined)[] =>
  Object.entries(table(group)).flatMap(([key, inner]) => [overriddenBy(key), ...keysWithin(inner)])

function firstLacking(
  { dependencies, devDependencies, optionalDependencies }: Manifest,
  holds: Holds,
  changed: ReadonlySet<string | undefined>,
): string | undefined {
  const [name, range] =
    Object.entries({ ...devDependencies, ...optionalDependencies, ...dependencies }).find(
      ([key, value]) =>
        // A range is read last: that costs the most.
        !changed.has(key) && value !== '' && !holds(key, value) && isJudged(value),
    ) ?? []
  return name === undefined ? undefined : `${name}@${range}`
}

/** A plain range, or what stands for one: https://pnpm.io/catalogs */
const isJudged = (range: string): boolean => semver.validRange(range) !== null || CATALOG.test(range)
const CATALOG = /^catalog:/

/** What Bun refuses its own lock file for: a package that another one asks for, and that it finds nowhere above that. */
export function lackingInBun(project: Project): string | undefined {
  const packages = table(table(project.parse('bun.lock')).packages)
  for (const [key, entry] of Object.entries(packages)) {
    const [, , info] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const names = key.match(/(@[^/]+\/)?[^/]+/g) ?? []
    const above = names.map((_, index) => names.slice(0, names.length - index).join('/'))
    for (const name of Object.keys(table(table(info).dependencies)))
      if (![...above.map(place => `${place}/${name}`), name].some(place => Object.hasOwn(packages, place)))
        return `${name} of ${key}`
  }
  return undefined
}

/** @param dir the folder of a member, for what the lock file has for that */
function reader(project: Project, lock: string, manifest: Manifest, dir = ''): Holds | undefined {
  const content = project.text(lock)
  if (content === undefined) return undefined
  // What Bun wrote in binary is read as the yarn.lock that it prints of it.
  if (lock === 'yarn.lock' || lock === 'bun.lockb') return yarn(content, manifest)
  if (lock === 'pnpm-lock.yaml') return pnpm(project, content, dir)
  if (lock === 'bun.lock') return bun(project.parse(lock), dir)
  return lock.endsWith('.json') ? npm(project.parse(lock), dir) : undefined
}

/** Its own copies of ranges aren't looked at by `npm ci`: the versions have to satisfy the manifest. As they do where a copy is the same. */
function npm(content: unknown, dir: string): Holds | undefined {
  const { packages, dependencies } = table(content)
  const places = table(packages)
  const root = table(places[dir])
  const copies = ['dependencies', 'devDependencies', 'optionalDependencies'].map(key => table(root[key]))
  const nested = table(dependencies)
  if (Object.keys(nested).length === 0 && !Object.keys(places).some(Boolean)) return undefined
  return (name, range) => {
    const at = placeOf(places, dir, name)
    const entry = table(packages === undefined ? nested[name] : at !== undefined && places[at])
    const version = text(entry.version)
    // A link to a member, a tarball, a repository.
    if (version === undefined) return entry.link === true || entry.resolved !== undefined
    if (copies.some(copy => copy[name] === range)) return true
    return semver.valid(version) === null || semver.satisfies(version, range, { includePrerelease: true })
  }
}

/** Each range that is asked for is a key of its own. */
function yarn(content: string, { raw }: Manifest): Holds | undefined {
  const lock = readBlocks(content)
  // The members of a workspace are no entries of Yarn 1.
  if (lock.__metadata === undefined && raw.workspaces !== undefined) return undefined
  const keys = keysOf(lock)
  return keys.size > 0 ? (name, range) => CATALOG.test(range) || keys.has(`${name}@${range}`) : undefined
}

const keysOf = (lock: object): ReadonlySet<string> =>
  new Set(
    Object.keys(lock).flatMap(key =>
      key.split(/,\s*/).map(part => part.replace(/^"|"$/g, '').replace('@npm:', '@')),
    ),
  )

/** The root's ranges are written out as the manifest has them. */
function pnpm(project: Project, content: string, dir: string): Holds | undefined {
  const { own, whole: lock, hooked } = pnpmImporter(content, dir)
  // A hook can change any range: https://pnpm.io/pnpmfile#hooksreadpackagepkg-context-pkg--promisepkg
  if (hooked) return undefined
  const overrides = branch(lock.overrides)
  const changed = new Set(
    [table(table(project.parse('pnpm-workspace.yaml')).overrides), overrides]
      .flatMap(Object.keys)
      .map(overriddenBy),
  )
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies'].map(key => branch(own[key]))
  const old = branch(own.specifiers)
  if ([old, ...groups].every(group => Object.keys(group).length === 0)) return undefined
  return (name, range) => {
    const specifiers = [leaf(old[name]), ...groups.map(group => leaf(branch(group[name]).specifier))]
    // What is overridden whatever its range is written down with the one that it gets: a merge can leave another.
    const given = leaf(overrides[name])
    return changed.has(name)
      ? given === undefined || semver.validRange(given) === null || specifiers.includes(given)
      : specifiers.includes(range)
  }
}

function bun(content: unknown, dir: string): Holds | undefined {
  const root = table(table(table(content).workspaces)[dir])
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies'].map(key => table(root[key]))
  return groups.some(group => Object.keys(group).length)
    ? (name, range) => CATALOG.test(range) || groups.some(group => group[name] === range)
    : undefined
}
