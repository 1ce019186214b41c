import type { Project } from '../../project/project.ts'
import { readManifest } from './manifest.ts'
import { nxProjects } from './nx-projects.ts'
import { TESTED } from './paths.ts'
import type { Place } from './place.ts'
import { readWorkspace, type Workspace } from './workspaces.ts'

/** Packages deeper than this, or more of them, are parts of something else. */
const MAX_DEPTH = 4
export const MAX_PACKAGES = 60

/** Other people's code, as it is put into a repository. */
const FOREIGN = /(^|\/)(third[_-]party|vendors?|bower_components|jspm_packages)\//

/** A package in a folder that the workspace of the project's root doesn't have. */
interface Standalone {
  readonly place: Place
  /** The one that it is the root of, or a member: `web` with `web/apps/shop`. */
  readonly workspace: Workspace | undefined
}

/**
 * Packages that no workspace of the root has, each with the workspace of a folder above it.
 * @param known folders whose packages, and what lies below them, are accounted for
 */
export function standalone(project: Project, known: ReadonlySet<string>): readonly Standalone[] {
  const dirs = project.files
    .filter(path => path.endsWith('/package.json') && path.split('/').length <= MAX_DEPTH + 1)
    // Yarn's SDKs for editors, GitHub's actions, themes of pages: settings of tools.
    .filter(
      path => !/(^|\/)\./.test(path) && (!TESTED.test(path) || tried(() => readManifest(project, path))),
    )
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(dir => !FOREIGN.test(dir) && !isLibrary(project, dir))
    .filter(dir => !known.has(dir) && ![...known].some(member => member && dir.startsWith(`${member}/`)))
    .slice(0, MAX_PACKAGES)
  const workspaces = dirs.flatMap(dir => {
    const view = project.within(dir)
    const workspace = tried(() => readWorkspace(view, readManifest(view)))
    return workspace ? [[dir, workspace] as const] : []
  })
  return dirs.map(dir => {
    const own = workspaces.find(
      ([root, { members }]) => dir.startsWith(`${root}/`) && members.has(dir.slice(root.length + 1)),
    )
    return own
      ? { place: { root: own[0], app: dir.slice(own[0].length + 1) }, workspace: own[1] }
      : { place: { root: dir, app: '.' }, workspace: workspaces.find(([root]) => root === dir)?.[1] }
  })
}

/** What can't be read is an error once it decides something; some manifests are broken on purpose, to test a program. */
function tried<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** What Nx calls a library: https://nx.dev/reference/project-configuration#projecttype */
export const isLibrary = (project: Project, dir: string): boolean =>
  nxProjects(project).some(item => item.dir === dir && item.raw.projectType === 'library')
