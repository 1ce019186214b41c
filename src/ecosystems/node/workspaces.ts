import { globs } from '../../project/globs.ts'
import type { Project } from '../../project/project.ts'
import { branch, readBlocks } from './blocks.ts'
import { type Manifest, readManifest, table, texts } from './manifest.ts'
import { nxProjects } from './nx-projects.ts'
import { withRootBuilds } from './root-built.ts'
import { withRootStarts } from './root-started.ts'
import { isRush, rushMembers } from './rush.ts'
import { expand } from './scripts.ts'

/** A repository of several packages that one install serves. */
export interface Workspace {
  /** Each member's manifest by its folder; the root is not among them. */
  readonly members: ReadonlyMap<string, Manifest>
}

/** @returns undefined where the root declares no members, or none of those it declares is there */
export function readWorkspace(project: Project, root: Manifest | undefined): Workspace | undefined {
  if (isRush(project)) {
    const members = rushMembers(project)
    return members.size ? { members } : undefined
  }
  const declared = root?.raw.workspaces
  const patterns = [
    ...pnpmPatterns(project),
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
    if (manifest) members.set(dir, withRootsTools(manifest, root))
  }
  const linked = new Set([...members.values()].map(({ name }) => name))
  // Lerna alone installs each package in its own folder: https://lerna.js.org/docs/legacy-package-management
  if (declared === undefined && !project.has('pnpm-workspace.yaml'))
    for (const [dir, { dependencies, optionalDependencies }] of [...members])
      if (!Object.keys({ ...dependencies, ...optionalDependencies }).some(name => linked.has(name)))
        members.delete(dir)
  return members.size ? { members: withRootStarts(root, withRootBuilds(project, root, members)) } : undefined
}

/** Where the file names no folder, releases before the ninth took every package below: the lock file has those that it found. https://pnpm.io/pnpm-workspace_yaml */
function pnpmPatterns(project: Project): readonly string[] {
  const { packages } = table(project.parse('pnpm-workspace.yaml'))
  if (packages !== undefined || !project.has('pnpm-workspace.yaml')) return texts(packages)
  const { importers } = readBlocks(project.text('pnpm-lock.yaml') ?? '')
  return Object.keys(branch(importers)).filter(dir => dir !== '.')
}

/** A member runs with what the root asks for, where it doesn't itself: `next` in its scripts is the root's. */
function withRootsTools(manifest: Manifest, root: Manifest | undefined): Manifest {
  const { dependencies, devDependencies, peerDependencies, raw, scripts } = manifest
  const shows = ['start', 'preview', 'serve'].some(name => Object.hasOwn(scripts, name))
  if (!root || !shows) return manifest
  const own = { ...dependencies, ...devDependencies, ...peerDependencies, ...table(raw.optionalDependencies) }
  // `build-self`, where no script is called `build`: beside one, such a script makes something else.
  const builds = Object.hasOwn(scripts, 'build')
    ? ['build']
    : Object.keys(scripts).filter(name => /^build[:._-]/.test(name))
  const run = new Set(
    [...builds, 'start'].flatMap(name => expand(scripts, name)).map(({ words }) => words[0]),
  )
  const given = (group: Manifest['dependencies']) =>
    Object.fromEntries(Object.entries(group).filter(([name]) => run.has(name) && !Object.hasOwn(own, name)))
  return {
    ...manifest,
    dependencies: { ...dependencies, ...given(root.dependencies) },
    devDependencies: { ...devDependencies, ...given(root.devDependencies) },
  }
}

/** Whether a manifest is the root of a workspace, by what it says or what lies beside it. */
export const holdsMembers = (project: Project, { raw }: Manifest): boolean =>
  raw.workspaces !== undefined || project.has('pnpm-workspace.yaml') || project.has('lerna.json')

/** Whether a folder is a member of the workspace, or an app of Nx, that a project is. */
export function encloses(project: Project, dir: string): boolean {
  const members = readWorkspace(project, readManifest(project))?.members
  return members?.has(dir) === true || nxProjects(project).some(item => item.dir === dir)
}
