import { create, findApp } from '../../src/create.ts'
import { detect } from '../../src/detect.ts'
import { byFlag, type Options, type Wishes } from '../../src/options/options.ts'
import { loadParsers, type Parsers } from '../../src/project/parse.ts'
import { createProject, type Project } from '../../src/project/project.ts'

const parsers: Parsers = await loadParsers(['a.json', 'a.toml', 'a.yaml', 'a.xml'])

/** The whole test double: a project from its files' contents; an object becomes JSON. */
export function projectFrom(files: Readonly<Record<string, string | object>>): Project {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    ]),
  )
  return createProject([...texts.keys()], path => texts.get(path), parsers)
}

/** Options as a command line gives them. */
export const wishesFrom = (options: Options): Wishes =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key, byFlag(value, `--${key}`)]),
  ) as Wishes

/** Every app of a project given by its files, best first. */
export const detectIn = (files: Readonly<Record<string, string | object>>, options: Options = {}) =>
  detect(projectFrom(files), wishesFrom(options))

/** The app that would be chosen, planned and rendered; `dockerfile` is the text of the first file. */
export async function createFrom(files: Readonly<Record<string, string | object>>, options: Options = {}) {
  const project = projectFrom(files)
  const wishes = wishesFrom(options)
  const creation = await create(project, await findApp(project, wishes), wishes)
  return {
    ...creation,
    dockerfile: creation.files[0]?.content ?? '',
    ignore: creation.files.at(-1)?.content ?? '',
  }
}
