import { globs } from '../../project/globs.ts'
import type { Project } from '../../project/project.ts'
import type { Member } from './facts.ts'
import { type Manifest, readManifest, table, text, texts } from './manifest.ts'
import { join } from './paths.ts'

/** A repository of several packages that one install serves. */
export interface Workspace {
  /** Each member's manifest by its folder; the root is not among them. */
  readonly members: ReadonlyMap<string, Manifest>
}

/** @returns undefined where the root declares no members, or none of those it declares is there */
export function readWorkspace(project: Project, root: Manifest | undefined): Workspace | undefined {
  const declared = root?.raw.workspaces
  const patterns = [
    ...texts(table(project.parse('pnpm-workspace.yaml')).packages),
    ...(Array.isArray(declared) ? texts(declared) : texts(table(declared).packages)),
    ...(root || declared ? texts(table(project.parse('lerna.json')).packages) : []),
  ].map(pattern => pattern.replace(/^\.\//, '').replace(/\/+$/, ''))
  const positive = patterns.filter(pattern => !pattern.startsWith('!'))
  if (positive.length === 0) return undefined
  const negative = patterns
    .filter(pattern => pattern.startsWith('!'))
    .map(pattern => pattern.slice(1).replace(/^\.\//, ''))
  const matches = globs(positive)
  const excluded = globs(negative)
  const members = new Map<string, Manifest>()
  for (const path of project.files) {
    if (!path.endsWith('/package.json')) continue
    const dir = path.slice(0, -'/package.json'.length)
    const manifest = matches(dir) && !excluded(dir) ? readManifest(project, path) : undefined
    if (manifest) members.set(dir, manifest)
  }
  return members.size ? { members } : undefined
}

/** Whether a folder is a member of the workspace, or an app of Nx, that a project is. */
export function encloses(project: Project, dir: string): boolean {
  const members = readWorkspace(project, readManifest(project))?.members
  return members?.has(dir) === true || (project.has('nx.json') && project.has(`${dir}/project.json`))
}

/** Names of the packages that a manifest asks for. */
const asks = (manifest: Manifest, development: boolean): readonly string[] =>
  Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
    ...(development ? manifest.devDependencies : {}),
  })

/**
 * The members that an app needs, each after those that it needs itself.
 * The generator writes them out, so that an edit of another member reruns nothing.
 */
export function closure(
  project: Project,
  workspace: Workspace,
  app: string,
  own: Manifest,
): readonly Member[] {
  const members = new Map([...workspace.members, [app, own]])
  const byName = new Map(
    [...members].flatMap(([dir, manifest]) => (manifest.name ? [[manifest.name, dir] as const] : [])),
  )
  const walk = (development: boolean): readonly string[] => {
    const order: string[] = []
    const visit = (dir: string): void => {
      const manifest = members.get(dir)
      if (!manifest || order.includes(dir) || visiting.has(dir)) return
      visiting.add(dir)
      for (const name of asks(manifest, development)) {
        const next = byName.get(name)
        if (next !== undefined) visit(next)
      }
      if (development) for (const next of extended(project, members, dir)) visit(next)
      order.push(dir)
    }
    const visiting = new Set<string>()
    visit(app)
    return order.filter(dir => dir !== app)
  }
  const production = new Set(walk(false))
  return walk(true).flatMap(dir => {
    const manifest = members.get(dir)
    return manifest ? [member(project, dir, manifest, production.has(dir))] : []
  })
}

/** Members whose TypeScript configuration another one extends by a relative path. */
function extended(project: Project, members: Workspace['members'], dir: string): readonly string[] {
  const config = table(
    project.has(`${dir}/tsconfig.json`) ? project.parse(`${dir}/tsconfig.json`) : undefined,
  )
  const targets = [
    ...[config.extends].flat().map(text),
    ...(Array.isArray(config.references)
      ? config.references.map(reference => text(table(reference).path))
      : []),
  ]
  return targets
    .filter(target => target?.startsWith('.'))
    .map(target => join(dir, target ?? ''))
    .flatMap(path =>
      [...members.keys()].filter(key => key !== dir && (path === key || path.startsWith(`${key}/`))),
    )
}

function member(project: Project, dir: string, manifest: Manifest, production: boolean): Member {
  const builds = Object.hasOwn(manifest.scripts, 'build')
  const entries = [manifest.main, text(manifest.raw.module), ...leaves(manifest.raw.exports)].filter(
    path => path !== undefined,
  )
  const built = [...new Set(entries.map(path => join(path).split('/')[0] ?? ''))].filter(
    top =>
      top &&
      !top.includes('*') &&
      !project.files.some(file => file === `${dir}/${top}` || file.startsWith(`${dir}/${top}/`)),
  )
  // A name that is none of a folder: all of it is taken.
  const plain = built.every(top => /^[\w.@-]+$/.test(top))
  const runtime = builds && built.length && plain ? [...built, 'package.json'] : ['.']
  return { name: manifest.name ?? dir, dir, production, builds, runtime }
}

function leaves(value: unknown): readonly (string | undefined)[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => (key === 'types' ? [] : leaves(inner)))
    : []
}
