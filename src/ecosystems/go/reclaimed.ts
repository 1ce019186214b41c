import type { Project } from '../../project/project.ts'
import { inside } from './modules.ts'

/** Folders of the program's source that a pattern of .gitignore takes too: `server` means what is built, and hits cmd/server. */
export function reclaimed(project: Project, dirs: readonly string[]): readonly string[] {
  const patterns = (project.text('.gitignore') ?? '')
    .split('\n')
    .map(line => line.trim().replace(/\/+$/, ''))
    .filter(line => line && !/^[!#]|[*?[\\]/.test(line))
  const hits = (dir: string) => (pattern: string) =>
    pattern.slice(0, -1).includes('/')
      ? inside(pattern.replace(/^\//, ''), dir) !== undefined
      : dir.split('/').includes(pattern)
  return dirs.filter(dir => dir !== '.' && patterns.some(hits(dir)))
}
