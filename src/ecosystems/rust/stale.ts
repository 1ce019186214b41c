import semver from 'semver'
import type { Project } from '../../project/project.ts'
import type { CargoPackage, Dependency } from './manifest.ts'
import { table, tables, text } from './toml.ts'

/**
 * Why `cargo build --locked` would refuse a lock file: a manifest says what the file doesn't know.
 * @param packages the members of the workspace that the lock file is for
 * @returns what is missing, or undefined where nothing is
 */
export function staleness(
  project: Project,
  path: string,
  packages: readonly CargoPackage[],
): string | undefined {
  const locked = new Map<string, string[]>()
  for (const entry of tables(table(project.parse(path)).package)) {
    const name = text(entry.name) ?? ''
    locked.set(name, [...(locked.get(name) ?? []), text(entry.version) ?? ''])
  }
  // A file that couldn't be read says nothing.
  if (locked.size === 0) return undefined
  for (const { name, version, dependencies } of packages) {
    const own = locked.get(name)
    if (!own) return name
    if (version !== undefined && !own.includes(version)) return `${name} ${version}`
    const missing = dependencies.find(dependency => !isLocked(dependency, locked.get(dependency.crate)))
    if (missing) return `${missing.crate} ${missing.version ?? ''}`.trim()
  }
  return undefined
}

function isLocked({ version, path }: Dependency, locked: readonly string[] | undefined): boolean {
  if (locked === undefined) return false
  const range = version === undefined || path !== undefined ? null : semver.validRange(caret(version))
  return range === null || locked.some(found => semver.satisfies(found, range, { includePrerelease: true }))
}

/** Cargo's requirement in npm's words: a bare version is a caret, a comma is an and. */
const caret = (requirement: string): string =>
  requirement
    .split(',')
    .map(part => part.trim())
    .map(part => (/^\d/.test(part) && !/[*x]/i.test(part) ? `^${part}` : part))
    .join(' ')
