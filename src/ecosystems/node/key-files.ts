import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { holdsNoKey, KEY_FILE } from '../../plan/public-keys.ts'
import type { Project } from '../../project/project.ts'
import type { Scan } from './found.ts'

const isKeyFile = (path: string): boolean => KEY_FILE.test(path)

/** Values of the environment, which the .dockerignore leaves out too. */
const VALUES = /(^|\/)\.env(\.(?!example$|sample$|template$)[^/]*)?$/

/** Whether a file is named like one with keys or values that are no part of any image, whoever reads them. */
export const isPrivateName = (path: string): boolean => isKeyFile(path) || VALUES.test(path)

/** Whether it is one: of what is only named so the content tells. */
export const isPrivate = (project: Project, path: string): boolean =>
  isPrivateName(path) && !holdsNoKey(project, path)

/** Keys of the repository that the program reads: they are no part of an image, so the container is given them. */
export function keyNotes(project: Project, scan: Scan | undefined): readonly Note[] {
  const named = [...(scan?.literals ?? [])].filter(isKeyFile)
  const held = named.length
    ? [...project.files]
        .filter(path => named.some(name => path === name || path.endsWith(`/${name}`)))
        .filter(path => !holdsNoKey(project, path))
        .sort()
    : []
  const [first] = held
  return first === undefined
    ? []
    : [
        note(
          'KEY_FILE',
          'warning',
          `the program reads ${held.join(', ')}, and keys stay out of the image: docker run ${held.map(path => `-v ./${path}:/app/${path}:ro`).join(' ')}`,
          fromFile(first),
        ),
      ]
}
