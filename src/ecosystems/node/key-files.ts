import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Scan } from './found.ts'

/** Certificates and their keys, which the .dockerignore leaves out of every image. */
const KEY_FILE = /(\.(pem|key|p12|pfx)|(^|\/)credentials\.json)$/

/** Whether no build context has a path, so that a COPY of it would fail. */
export const isKeyFile = (path: string): boolean => KEY_FILE.test(path)

/** Values of the environment, which the .dockerignore leaves out too. */
const VALUES = /(^|\/)\.env(\.(?!example$|sample$|template$)[^/]*)?$/

/** Whether a file holds keys or values that are no part of any image, whoever reads them. */
export const isPrivate = (path: string): boolean => isKeyFile(path) || VALUES.test(path)

/** Keys of the repository that the program reads: they are no part of an image, so the container is given them. */
export function keyNotes(project: Project, scan: Scan | undefined): readonly Note[] {
  const named = [...(scan?.literals ?? [])].filter(isKeyFile)
  const held = named.length
    ? [...project.files].filter(path => named.some(name => path === name || path.endsWith(`/${name}`))).sort()
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
