import { contextPath, shell } from '../../plan/words.ts'
import type { Project } from '../../project/project.ts'
import { type DataFolder, isSystem } from './data-folder.ts'
import type { NodeFacts } from './facts.ts'
import { folderOf } from './own-folder.ts'
import { joinOutward } from './paths.ts'
import { copy } from './steps.ts'

/**
 * Folders that the program writes logs into and that neither it nor the repository makes, as they are in the image.
 * @param source of the entry, whose folder the entry's takes the place of where it is compiled
 */
export function missingFolders(
  project: Project,
  logs: Iterable<string>,
  source: string | undefined,
  entry: string | undefined,
): readonly string[] {
  const from = source === undefined ? '.' : folderOf(source)
  const to = entry === undefined ? from : folderOf(entry)
  return [...logs]
    .map(path => (path.startsWith('/') ? path : joinOutward(path)))
    .filter(path => (path.startsWith('/') ? !isSystem(path) : !/^(\.\.(\/|$)|$)/.test(path)))
    .filter(path => !project.dirs.has(path))
    .map(path => (from !== '.' && path.startsWith(`${from}/`) ? to + path.slice(from.length) : path))
    .sort()
}

/** Where a stage makes those that lie in the program's own folder: one COPY takes them all. */
const MADE = '/writable'

/** The same with the folders of logs. @param stage that makes them; where there is none, nothing is made */
export function withLogs(
  data: DataFolder,
  { program, layout }: Pick<NodeFacts, 'program' | 'layout'>,
  stage: string | undefined,
): DataFolder {
  const logs = program?.logs ?? []
  if (stage === undefined || logs.length === 0) return data
  const outside = logs.filter(path => path.startsWith('/'))
  const inside = logs.filter(path => !path.startsWith('/'))
  const home = layout.app === '.' ? './' : `./${contextPath(layout.app)}/`
  return {
    ...data,
    commands: [
      ...data.commands,
      shell('mkdir', '-p', ...outside, ...inside.map(path => `${MADE}/${contextPath(path)}`)),
    ],
    copies: owner => [
      ...data.copies(owner),
      ...outside.map(path => copy([path], path, stage, owner)),
      ...(inside.length ? [copy([MADE], home, stage, owner)] : []),
    ],
  }
}
