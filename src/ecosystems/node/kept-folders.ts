import type { Project } from '../../project/project.ts'
import type { Scan } from './found.ts'

/** What is in a folder only so that git keeps it. */
const MARK = /^(\..*|README(\.\w+)?)$/i

/** Folders at the root of a workspace that are there to be filled, and that the program of a member names: `var/.gitkeep`. */
export const keptFolders = (root: Project, { paths }: Scan): readonly string[] =>
  [...paths].filter(name => {
    const inside = root.files.filter(path => path.startsWith(`${name}/`))
    return inside.length > 0 && inside.every(path => MARK.test(path.split('/').at(-1) ?? ''))
  })
