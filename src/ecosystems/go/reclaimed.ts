import type { Project } from '../../project/project.ts'
import { inside } from './modules.ts'

/** Folders of the program's source that a pattern of .gitignore takes too: `server` means what is built, and hits cmd/server. */
export function reclaimed(project: Project, dirs: readonly string[]): readonly string[] {
  const patterns = (project.text('.gitignore') ?? '')
    .split('\n')
    .map(line => line.trim().replace(/\/+$/, ''))
    .filter(line => line.replace(/\*/g, '') !== '' && !/^[!#]|[?[\\]|\*\*/.test(line))
  return dirs.filter(dir => dir !== '.' && patterns.some(pattern => hits(pattern, dir)))
}

/** A pattern with a slash is anchored; one without matches any part of the path. */
function hits(pattern: string, dir: string): boolean {
  if (pattern.includes('/')) return inside(pattern.replace(/^\//, ''), dir) !== undefined
  const literals = pattern.split('*').map(part => part.replace(/[.+^${}()|]/g, '\\$&'))
  const name = new RegExp(`^${literals.join('.*')}$`)
  return dir.split('/').some(part => name.test(part))
}
