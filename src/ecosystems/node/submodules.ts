import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'

/** Folders of other repositories that a plain clone leaves empty: https://git-scm.com/docs/gitmodules */
export function submoduleNotes(project: Project): readonly Note[] {
  const lines = project.text('.gitmodules')?.split('\n') ?? []
  const empty = lines.flatMap(line => {
    const path = /^\s*path\s*=\s*(.+?)\s*$/.exec(line)?.[1]
    return path === undefined || project.files.some(file => file.startsWith(`${path}/`)) ? [] : [path]
  })
  return empty.length
    ? [
        note(
          'GIT_SUBMODULES',
          'warning',
          `${empty.join(', ')} is another repository, whose files are not here: run git submodule update --init before the image is built`,
          fromFile('.gitmodules'),
        ),
      ]
    : []
}
