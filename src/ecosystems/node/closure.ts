import semver from 'semver'
import type { Project } from '../../project/project.ts'
import type { Member } from './facts.ts'
import { type Manifest, text } from './manifest.ts'
import { borrows, member } from './member.ts'
import { join } from './paths.ts'
import { reached } from './reached.ts'
import { expand } from './scripts.ts'
import type { Workspace } from './workspaces.ts'

/** The members that one app needs, of all that a workspace has. */
export interface Closure {
  /** Each after those that it needs itself; the app is not among them. */
  readonly members: readonly Member[]
  /** Members that only the root's own manifest asks for: an install wants to see their manifests, no more. */
  readonly listed: readonly string[]
  /** Files and folders of the root that the app or its members import or extend. */
  readonly beside: readonly string[]
  /** Those of them that are imported by more than settings of tools. */
  readonly running: readonly string[]
  /** Whether a build of theirs runs a program that the root's manifest alone asks for. */
  readonly borrows: boolean
}

/**
 * The members that an app needs. The generator writes them out, so that an edit of another member reruns nothing.
 * @param own the app's manifest
 * @param root the workspace's
 * @param parts members that are parts of the app, and built with it
 */
export function closure(
  project: Project,
  workspace: Workspace,
  app: string,
  own: Manifest,
  root: Manifest,
  parts: readonly string[] = [],
): Closure {
  const members = new Map([...workspace.members, [app, own]])
  const beside = new Set<string>()
  const walk = (starts: readonly string[], development: boolean): readonly string[] =>
    walked(project, members, starts, development, path => beside.add(path))
  const names = namesOf(members)
  const named = new Set([...members].flatMap(([dir, manifest]) => asked(manifest, dir, true, names, members)))
  const production = new Set(walk([app, ...parts], false))
  const running = [...beside]
  const needed = walk([app, ...parts], true).filter(dir => dir !== app)
  const needs = [...beside]
  const listed = app === '.' ? [] : walk(asked(root, '.', true, names, members), true)
  return {
    beside: needs,
    running,
    members: needed.flatMap(dir => {
      const manifest = members.get(dir)
      const found = manifest && member(project, dir, manifest, production.has(dir))
      if (!found) return []
      if (parts.includes(dir))
        return [{ ...found, builds: false, prepares: [], generates: undefined, runtime: [] }]
      // Of a site of its own another one takes sources: nobody reads what it builds.
      return [!named.has(dir) && isSite(manifest) ? { ...found, builds: false } : found]
    }),
    listed: listed.filter(dir => dir !== app && !needed.includes(dir)),
    borrows: [app, ...needed].some(dir => borrows(members.get(dir), root)),
  }
}

/** What makes a site, of a member that has nothing for others to load. */
const isSite = ({ scripts, main, raw }: Manifest): boolean =>
  main === undefined &&
  raw.module === undefined &&
  raw.exports === undefined &&
  expand(scripts, 'build', true).some(({ words: [program = ''] }) => SITES.test(program))
const SITES =
  /^(astro|next|nuxt|nuxi|gatsby|docusaurus|vitepress|vite|ng|react-scripts|vue-cli-service|react-router|remix)$/

/** Members with all that they need themselves, each after those. */
export const withNeeds = (
  project: Project,
  workspace: Workspace | undefined,
  dirs: readonly string[],
): readonly string[] =>
  workspace === undefined || dirs.length === workspace.members.size
    ? dirs
    : walked(project, workspace.members, dirs, true, () => {})

const namesOf = (members: Workspace['members']): ReadonlyMap<string, string> =>
  new Map([...members].flatMap(([dir, { name }]) => (name === undefined ? [] : [[name, dir] as const])))

function walked(
  project: Project,
  members: Workspace['members'],
  starts: readonly string[],
  development: boolean,
  addBeside: (path: string) => void,
): readonly string[] {
  const names = namesOf(members)
  const order = new Set<string>()
  const open = new Set<string>()
  const askedBy = (dir: string): readonly string[] => {
    const manifest = members.get(dir)
    return manifest ? asked(manifest, dir, development, names, members) : []
  }
  const asksFor = (from: string, to: string): boolean => {
    const all = new Set(askedBy(from))
    for (const dir of all) for (const next of askedBy(dir)) all.add(next)
    return all.has(to)
  }
  const visit = (dir: string): void => {
    if (!members.has(dir) || open.has(dir)) return
    open.add(dir)
    const peers = Object.keys(members.get(dir)?.peerDependencies ?? {}).map(name => names.get(name))
    const needs = askedBy(dir)
    const found = reached(project, dir, names, members, development)
    // One that asks for this one itself comes after it, though this one works with it, or takes a source of it.
    const after = (next: string) => asksFor(next, dir)
    const later = new Set([
      ...needs.filter(next => peers.includes(next) && after(next)),
      ...found.members.filter(after),
    ])
    for (const next of needs) if (!later.has(next)) visit(next)
    for (const next of found.members) if (!later.has(next)) visit(next)
    for (const path of found.beside) addBeside(path)
    order.add(dir)
    for (const next of later) visit(next)
  }
  for (const start of starts) visit(start)
  return [...order]
}

/** Folders of the members that a manifest asks for. */
function asked(
  manifest: Manifest,
  dir: string,
  development: boolean,
  names: ReadonlyMap<string, string>,
  members: Workspace['members'],
): readonly string[] {
  const wanted = {
    ...manifest.peerDependencies,
    ...(development ? manifest.devDependencies : {}),
    ...manifest.optionalDependencies,
    ...manifest.dependencies,
  }
  return Object.entries(wanted).flatMap(([name, range]) => {
    const target = targetOf(name, range, dir, names, members)
    return target === undefined || target === dir ? [] : [target]
  })
}

/** `workspace:*`, `workspace:../ui`, `workspace:ui@^1`, `link:../ui`, `file:../ui`, `^1.0.0` → the member's folder */
function targetOf(
  name: string,
  range: string,
  dir: string,
  names: ReadonlyMap<string, string>,
  members: Workspace['members'],
): string | undefined {
  const [, protocol, rest = ''] = /^(workspace|link|file|portal):(.*)$/.exec(range) ?? []
  const path = rest.startsWith('.') ? join(dir, rest) : undefined
  if (path !== undefined && members.has(path)) return path
  if (protocol === 'workspace') return names.get(/^((?:@[^/]+\/)?[^@/]+)@/.exec(rest)?.[1] ?? name)
  const found = names.get(name)
  const version = text(found === undefined ? undefined : members.get(found)?.raw.version)
  // A release of that name from the registry, which the member's own version is none of.
  const published =
    /^npm:/.test(range) ||
    (version !== undefined &&
      semver.valid(version) !== null &&
      semver.validRange(range) !== null &&
      !semver.satisfies(version, range, { includePrerelease: true }))
  return published ? undefined : found
}
