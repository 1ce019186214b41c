import { relative } from 'node:path'
import { encloses } from './detect.ts'
import { fromFile } from './facts.ts'
import type { Wishes } from './options/options.ts'
import { enclosingRoot } from './project/enclosing.ts'
import { openProject } from './project/open.ts'
import type { Project } from './project/project.ts'

/** Where the build context starts. */
export interface Place {
  readonly root: string
  readonly project: Project
  readonly wishes: Wishes
  /** That root from the folder that was named, where it lies above: `../..`. */
  readonly above?: string
}

/** The folder that was named; for a member of a workspace the workspace's root, with the member as the app. */
export async function findPlace(
  dir: string,
  { wishes, all }: { readonly wishes: Wishes; readonly all: boolean },
): Promise<Place> {
  const outer = enclosingRoot(dir)
  const project = outer && (await openProject(outer.root))
  if (!outer || !project || !(await encloses(project, outer.dir)))
    return { root: dir, project: await openProject(dir), wishes }
  const app = { value: outer.dir, source: fromFile(outer.dir, 'the folder that the command runs in') }
  return {
    root: outer.root,
    project,
    wishes: wishes.app || all ? wishes : { ...wishes, app },
    above: relative(`${outer.root}/${outer.dir}`, outer.root),
  }
}
