import semver from 'semver'
import { broughtBy } from '../../knowledge/native-node.ts'
import { LOADED_BY_NAME, newestLine, READ_WITHIN, RENDERED } from '../../knowledge/native-node-lines.ts'
import { overridden } from './lock-fit.ts'
import type { Locked } from './lockfile.ts'
import type { Manifest } from './manifest.ts'
import { FOR_BUILD } from './native.ts'

/** The newest line of Node.js that everything with native code works on, and what sets it. */
export interface Ceiling {
  readonly line: number
  readonly by: string
}

const PLAIN = /^[~^]?\d/

/**
 * @param used what the image needs packages for: the program itself, a build, or both
 * @param own what the project's own code sets
 * @returns the lowest first
 */
export function ceilingsOf(
  lock: readonly Locked[],
  manifest: Manifest,
  used: { readonly program: boolean; readonly build: boolean },
  own: readonly Ceiling[] = [],
): readonly Ceiling[] {
  const { dependencies, devDependencies } = manifest
  // A range that says nothing is installed in its newest version.
  const asked = (group: Readonly<Record<string, string>>, production: boolean) =>
    Object.entries(group)
      .flatMap(([name, version]) => [[name, version] as const, broughtBy(name, version) ?? [name, '']])
      .flatMap(([name, version]) => (PLAIN.test(version) ? [{ name, version, production }] : []))
  const locked: readonly Pick<Locked, 'name' | 'version' | 'production'>[] = lock.length
    ? asInstalled(lock, manifest)
    : [...asked(dependencies, true), ...asked(devDependencies, false)]
  const [nan] = locked
    .flatMap(({ name, version }) => (name === 'nan' && semver.valid(version) ? [version] : []))
    .sort(semver.rcompare)
  return locked
    .filter(({ name, production }) => (used.program && production) || (used.build && FOR_BUILD.has(name)))
    .filter(({ name }) => !LOADED_BY_NAME.has(name) || Object.hasOwn(dependencies, name))
    .filter(({ name }) => RENDERED.get(name)?.some(by => Object.hasOwn(dependencies, by)) ?? true)
    .filter(({ name }) => READ_WITHIN.get(name)?.some(by => locked.some(other => other.name === by)) ?? true)
    .flatMap(({ name, version }) => {
      const line = newestLine(name, version, nan)
      return line === undefined ? [] : [{ line, by: `${name} ${version}` }]
    })
    .concat(own)
    .sort((a, b) => a.line - b.line)
}

/** A release that a lock file holds from before the manifest named another one is not what an install brings. */
function asInstalled(lock: readonly Locked[], manifest: Manifest): readonly Locked[] {
  const asked = { ...manifest.devDependencies, ...manifest.dependencies }
  const changed = overridden(manifest)
  const outdated = (name: string, range: string | undefined): range is string =>
    range !== undefined &&
    PLAIN.test(range) &&
    !changed.has(name) &&
    !lock.some(item => item.name === name && semver.satisfies(item.version, range))
  return lock.map(item => {
    const range = asked[item.name]
    return outdated(item.name, range) ? { ...item, version: range } : item
  })
}
