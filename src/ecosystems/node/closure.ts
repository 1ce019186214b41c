import semver from 'semver'
import type { Project } from '../../project/project.ts'
import type { Member } from './facts.ts'
import { installScripts } from './install-scripts.ts'
import { type Manifest, table, text, wanted } from './manifest.ts'
import { memberClient } from './member-client.ts'
import { join } from './paths.ts'
import { writesIntoModules } from './prisma.ts'
import { reached } from './reached.ts'
import { reinstalls } from './reinstalls.ts'
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
    for (const next of askedBy(dir)) visit(next)
    const found = reached(project, dir, names, members, development)
    // One that asks for this one itself comes after it, though this one takes a source of it.
    const later = new Set(found.members.filter(next => asksFor(next, dir)))
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

function member(project: Project, dir: string, manifest: Manifest, production: boolean): Member {
  // `echo "no build"` builds nothing.
  const script = expand(manifest.scripts, 'build', true)
  const build = script.filter(command => !reinstalls(command))
  const builds = build.some(({ words }) => !/^(echo|true|exit|:)$/.test(words[0] ?? ''))
  const entries = [manifest.main, text(manifest.raw.module), ...leaves(manifest.raw.exports)].filter(
    path => path !== undefined,
  )
  const missing = entries
    .map(path => join(path))
    .filter(path => {
      const [top = ''] = path.split('/')
      return (
        top &&
        !top.includes('*') &&
        !project.files.some(file => file === `${dir}/${top}` || file.startsWith(`${dir}/${top}/`))
      )
    })
  // Pages beside the code, which no entry names.
  const pages = script.some(({ words }) => words[0] === 'vite') && project.has(`${dir}/index.html`)
  const built = [
    ...new Set([
      ...missing.map(path => path.split('/')[0] ?? ''),
      ...(pages && missing.length
        ? published(manifest).filter(top => !project.dirs.has(`${dir}/${top}`))
        : []),
    ]),
  ]
  // All of it is taken where a name is none of a folder: `npm init` writes "index.js" for a file that nothing makes.
  const plain = missing.every(path => path.includes('/')) && built.every(top => /^[\w.@-]+$/.test(top))
  const client = memberClient(project.within(dir), manifest)
  const beside = [...asidesOf(project, dir, manifest), ...(client?.top === undefined ? [] : [client.top])]
  const runtime =
    builds && built.length && plain ? [...new Set([...built, ...beside, 'package.json'])] : ['.']
  const generates = (name: string) =>
    expand(manifest.scripts, name).some(({ words }) => words[0] === 'prisma' && words[1] === 'generate')
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare'].filter(
    name => generates(name) && !generates('build'),
  )
  return {
    name: manifest.name ?? dir,
    dir,
    production,
    builds,
    task: manifest.tasks.has('build') || build.length < script.length ? build : undefined,
    prepares: [...new Set([...hooks, ...installScripts({ manifest })])],
    generates: client?.command,
    writesModules: hasClientInModules(project, dir, manifest),
    runtime,
  }
}

/** Whether Prisma's client of a member lies in node_modules: by its own schema, or as the version does where it has none. */
function hasClientInModules(project: Project, dir: string, manifest: Manifest): boolean {
  const range = wanted(manifest, '@prisma/client')
  if (range === undefined) return false
  const major = semver.validRange(range) === null ? 7 : (semver.minVersion(range)?.major ?? 7)
  const schemas = project.files.filter(file => file.startsWith(`${dir}/`) && file.endsWith('.prisma'))
  return writesIntoModules(
    schemas.map(file => project.text(file) ?? ''),
    major,
  )
}

/** What a package publishes beside its build: templates, a schema. */
const asidesOf = (project: Project, dir: string, manifest: Manifest): readonly string[] =>
  published(manifest).filter(top => project.has(`${dir}/${top}`) || project.dirs.has(`${dir}/${top}`))

const published = ({ raw }: Manifest): readonly string[] =>
  [raw.files]
    .flat()
    .flatMap(item => text(item) ?? [])
    .map(path => join(path).split('/')[0] ?? '')
    .filter(top => /^[\w.@-]+$/.test(top) && !/^(src|README.*|LICENSE.*|CHANGELOG.*)$/i.test(top))

function leaves(value: unknown): readonly (string | undefined)[] {
  if (typeof value === 'string') return [value]
  return Object.entries(Array.isArray(value) ? value : table(value)).flatMap(([key, inner]) =>
    key === 'types' ? [] : leaves(inner),
  )
}
