import { type Creation, create, findApp } from '../../src/create.ts'
import { readFlags } from '../../src/options/flags.ts'
import { openProject } from '../../src/project/open.ts'
import type { Project } from '../../src/project/project.ts'
import { type Example, examples } from './examples.ts'

/** What the command would make of a project that has an example's flags. */
export async function creationOf(project: Project, { flags = [] }: Example): Promise<Creation> {
  const { wishes } = readFlags(['--yes', ...flags], {}, '0.0.0')
  return create(project, await findApp(project, wishes), wishes)
}

/** Every example with what is made of it. */
export const creations: readonly (Creation & { readonly example: Example; readonly name: string })[] =
  await Promise.all(
    examples.map(async example => ({
      ...(await creationOf(await openProject(example.dir), example)),
      example,
      name: example.name,
    })),
  )
