import semver from 'semver'

export type ManagerId = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** A major version of a package manager. */
export interface ManagerLine {
  readonly major: number
  /** The newest release when this table was made (2026-11-21): an exact version keeps the same repository's image the same. */
  readonly newest: string
  /** Lines of Node.js that it works with, the first and the last. */
  readonly node: readonly [from: number, to: number]
}

const ANY = Number.POSITIVE_INFINITY
const line = (newest: string, from: number, to = ANY): ManagerLine => ({
  major: Number.parseInt(newest, 10),
  newest,
  node: [from, to],
})

/** Newest first. `engines` of the packages, and what installs in the images showed. */
export const MANAGER_LINES: Readonly<Record<ManagerId, readonly ManagerLine[]>> = {
  npm: [
    line('12.2.0', 22),
    line('11.21.2', 20),
    line('10.9.9', 18),
    line('9.9.4', 14),
    line('8.19.4', 12),
    line('7.24.2', 10),
    line('6.14.18', 6, 16),
  ],
  pnpm: [
    line('12.21.0', 18),
    line('11.28.10', 22),
    line('10.34.8', 18),
    line('9.15.9', 18),
    line('8.15.9', 16),
    line('7.33.7', 14),
    line('6.35.1', 12, 18),
  ],
  yarn: [line('4.18.1', 18), line('3.8.7', 12), line('2.4.2', 10), line('1.22.22', 4)],
  bun: [line('1.4.5', 0)],
}

/** The npm that an image of Node.js has: https://nodejs.org/en/about/previous-releases */
export const npmOf = (node: number): number =>
  node >= 24 ? 11 : node >= 18 ? 10 : node >= 16 ? 8 : node === 15 ? 7 : 6

/** Releases of Yarn that were never published as `@yarnpkg/cli-dist`: prereleases, the first ones of 2, and two later ones. */
export const isUnpublishedYarn = (version: string): boolean =>
  /^2\.(?!4\.[12]$)|-|^(3\.8\.4|4\.10\.0)$/.test(version)

/** Releases of pnpm that fail on Node.js 20 with ERR_INVALID_THIS: https://github.com/pnpm/pnpm/issues/6424 */
export const failsSinceNode20 = (version: string): boolean =>
  semver.lt(version, '8.3.1') && version !== '7.33.7'
