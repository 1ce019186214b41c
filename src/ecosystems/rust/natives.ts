import { BUILD_TOOLS, NATIVE_CRATES, PROTOC_BROUGHT, PROTOC_USERS } from '../../knowledge/native-rust.ts'
import type { Enabled } from './features.ts'
import type { Linked } from './lock.ts'

/** Debian packages that the build needs, and those that the program needs to run. */
export interface Natives {
  readonly build: readonly string[]
  readonly runtime: readonly string[]
  /** Why, one short sentence each. */
  readonly reasons: readonly string[]
}

interface Need {
  readonly build: readonly string[]
  readonly runtime?: readonly string[]
  readonly reason: string
}

/**
 * What the crates that are compiled need of the system.
 * @param linked undefined without a lock file: then the manifests alone are asked
 * @param tools programs that the project's own build scripts call
 */
export function nativesOf(
  linked: Linked | undefined,
  enabled: readonly Enabled[],
  tools: readonly string[],
): Natives {
  const used = linked ?? guessed(enabled)
  const needs: readonly Need[] = [
    ...NATIVE_CRATES.flatMap(row => {
      const own = used.get(row.crate)
      if (!own) return []
      if (!askedOfDiesel(row.crate, enabled)) return []
      if (row.crate === 'openssl-sys') return openssl(own, enabled, row)
      if (row.bundledBy === undefined || !own.has(row.bundledBy)) return [row]
      return row.bundled ? [{ build: row.bundled, reason: row.reason.replace(' links ', ' compiles ') }] : []
    }),
    ...protoc(used),
    ...tools.flatMap(tool =>
      BUILD_TOOLS[tool]?.length
        ? [{ build: BUILD_TOOLS[tool], reason: `the build script calls ${tool}` }]
        : [],
    ),
  ]
  return {
    build: unique(needs.flatMap(({ build }) => build)),
    runtime: unique(needs.flatMap(({ runtime }) => runtime ?? [])),
    reasons: [...new Set(needs.filter(({ build }) => build.length).map(({ reason }) => reason))],
  }
}

/** Diesel's libraries, by the feature that links them: a lock file has those of features that are off, too. */
const DIESEL: Readonly<Record<string, string>> = {
  'pq-sys': 'postgres',
  'mysqlclient-sys': 'mysql',
  'libsqlite3-sys': 'sqlite',
}

function askedOfDiesel(crate: string, enabled: readonly Enabled[]): boolean {
  const asked = enabled.flatMap(({ dependencies }) =>
    [...dependencies].flatMap(([dependency, features]) =>
      dependency.crate === 'diesel' ? [...features] : [],
    ),
  )
  const feature = DIESEL[crate]
  return feature === undefined || asked.length === 0 || asked.some(name => name.startsWith(feature))
}

const unique = (packages: readonly string[]): readonly string[] => [...new Set(packages)].sort()

/** OpenSSL is compiled from source (`vendored`), linked, or in the lock file for a feature that is off. */
function openssl(own: ReadonlySet<string>, enabled: readonly Enabled[], row: Need): Need[] {
  const asked = enabled.flatMap(({ dependencies }) => [...dependencies])
  if (onlyForAnOffFeature(enabled, asked)) return []
  const compiled = { build: ['make', 'perl'], reason: 'OpenSSL is compiled from source' }
  if (!own.has('openssl-src')) return [row]
  const vendored = asked.some(([, features]) => [...features].some(feature => feature.includes('vendored')))
  // The lock file has the sources also when only another platform compiles them.
  return vendored ? [compiled] : [row, compiled]
}

const TLS = /openssl|native-?tls/

function onlyForAnOffFeature(
  enabled: readonly Enabled[],
  asked: readonly [{ crate: string; defaultFeatures: boolean }, ReadonlySet<string>][],
): boolean {
  const off = enabled.some(({ package: own, features }) =>
    Object.entries(own.features).some(
      ([name, list]) => !features.has(name) && list.some(item => /^[^/]+\//.test(item) && TLS.test(item)),
    ),
  )
  const on = asked.some(
    ([{ crate }, features]) =>
      TLS.test(crate) ||
      [...features].some(feature => TLS.test(feature) || feature === 'default-tls' || feature === 'tls') ||
      (/^(reqwest|ureq|lettre|git2|ssh2|curl|isahc|sentry|teloxide|octocrab)$/.test(crate) &&
        features.has('default')),
  )
  return off && !on
}

function protoc(used: Linked): Need[] {
  const users = PROTOC_USERS.filter(crate => used.has(crate))
  if (users.length === 0 || PROTOC_BROUGHT.some(crate => used.has(crate))) return []
  return [{ build: ['libprotobuf-dev', 'protobuf-compiler'], reason: `${users[0]} calls protoc` }]
}

/** Without a lock file: the manifests' own names, and what the best known crates link by default. */
function guessed(enabled: readonly Enabled[]): Linked {
  const found = new Map<string, ReadonlySet<string>>()
  const none: ReadonlySet<string> = new Set()
  for (const { dependencies } of enabled)
    for (const [{ crate, version = '' }, features] of dependencies) {
      const has = (...wanted: string[]) => wanted.some(feature => features.has(feature))
      found.set(crate, none)
      const openssl =
        TLS.test(crate) ||
        [...features].some(feature => TLS.test(feature)) ||
        // rustls became reqwest's default in 0.13.
        (crate === 'reqwest' &&
          has('default', 'default-tls') &&
          /^[\^~=]?\s*0\.(\d|1[0-2])(\D|$)/.test(version)) ||
        (crate === 'lettre' && has('default'))
      if (openssl) found.set('openssl-sys', none)
      if (crate === 'diesel' && has('postgres')) found.set('pq-sys', none)
      if (crate === 'diesel' && has('mysql')) found.set('mysqlclient-sys', none)
      if ((crate === 'diesel' && has('sqlite')) || (crate === 'rusqlite' && !has('bundled')))
        found.set('libsqlite3-sys', none)
      if (crate === 'rdkafka') found.set('rdkafka-sys', none)
      if (crate === 'rocksdb') found.set('librocksdb-sys', none)
      if (/^(tikv-)?jemallocator$/.test(crate)) found.set('tikv-jemalloc-sys', none)
    }
  return found
}
