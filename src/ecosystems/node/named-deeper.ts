import type { Project } from '../../project/project.ts'
import { scan } from './scan.ts'

/** Bounds: a large repository must not cost a second. */
const MAX_FILES = 400
const MAX_BYTES = 1_500_000
const CODE = /(?<!\.d|\.test|\.spec|\.stories)\.[cm]?[jt]sx?$/

/**
 * Those of some files and folders that sources name in their literals, where the files nearest to the entry don't:
 * `path.resolve(process.cwd(), 'audio')` of a large program.
 * @param read files that were looked at
 */
export function namedDeeper(
  project: Project,
  sources: string,
  names: readonly string[],
  read: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>()
  if (names.length === 0) return found
  const paths = project.files.filter(
    file => file.startsWith(`${sources}/`) && CODE.test(file) && !read.has(file),
  )
  let bytes = 0
  for (const path of paths.slice(0, MAX_FILES)) {
    const text = project.text(path) ?? ''
    bytes += text.length
    if (bytes > MAX_BYTES) break
    const open = names.filter(name => !found.has(name) && text.includes(name))
    // Most files name none: they needn't be parsed.
    if (open.length === 0) continue
    const own = scan(project, [path], [], 1).literals
    for (const name of open)
      if ([...own].some(literal => literal === name || literal.startsWith(`${name}/`))) found.add(name)
  }
  return found
}
