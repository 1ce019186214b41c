import semver from 'semver'

/** A release of a framework's adapter for Node.js, with the releases of the framework that it is for. */
export interface AdapterLine {
  readonly newest: string
  /** The adapter's own peer range. */
  readonly framework: string
}

/**
 * What stands in where a project names an adapter for a platform. Newest first; the newest release of each line when this
 * table was made (2026-11-22): an exact version keeps the same repository's image the same.
 */
export const ADAPTER_LINES = {
  '@sveltejs/adapter-node': [
    { newest: '6.0.1', framework: '>=3.0.0-0' },
    { newest: '5.5.7', framework: '>=2.4.0' },
    { newest: '3.0.3', framework: '>=2.0.0' },
    { newest: '1.3.1', framework: '>=1.0.0' },
    // What it calls of SvelteKit is there since one of the releases between 400 and 450; a build with 504 was started on 2026-11-24.
    { newest: '1.0.0-next.96', framework: '>=1.0.0-next.450 <1.0.0' },
  ],
  '@astrojs/node': [
    { newest: '11.1.6', framework: '>=7.2.1' },
    { newest: '11.1.0', framework: '>=7.0.0-0' },
    { newest: '10.1.4', framework: '>=6.3.0' },
    { newest: '10.0.6', framework: '>=6.0.0-0' },
    { newest: '9.5.5', framework: '>=5.17.3' },
    { newest: '9.5.2', framework: '>=5.14.3' },
    { newest: '9.4.4', framework: '>=5.7.0' },
    { newest: '9.4.1', framework: '>=5.3.0' },
    { newest: '9.0.3', framework: '>=5.0.0-0' },
    { newest: '8.3.4', framework: '>=4.2.0' },
    { newest: '7.0.4', framework: '>=4.0.0-0' },
    { newest: '6.1.0', framework: '>=3.0.0-0' },
    { newest: '5.3.6', framework: '>=2.10.13' },
  ],
} satisfies Readonly<Record<string, readonly AdapterLine[]>>

/** The release for a version of the framework, or for the range that a manifest without a lock file states. */
export function adapterFor(name: keyof typeof ADAPTER_LINES, framework: string): string | undefined {
  // Without a lock file an install takes the newest that a range admits.
  const range = semver.validRange(framework, { loose: true }) ?? '*'
  return ADAPTER_LINES[name].find(line =>
    semver.intersects(range, line.framework, { loose: true, includePrerelease: true }),
  )?.newest
}
