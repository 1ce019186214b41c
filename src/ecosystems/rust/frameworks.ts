import type { Enabled } from './features.ts'
import type { Scan } from './scan.ts'

/** A crate that serves, by its name in a manifest. */
export interface Framework {
  readonly crate: string
  /** As the JSON answer calls it; the crate's name unless it says otherwise. */
  readonly id?: string
  /** Stops on SIGTERM by itself, as PID 1 too. */
  readonly stops?: true
  /** Where it listens unless it's told otherwise. */
  readonly port?: number
  /** What makes it listen on every address. */
  readonly env?: Readonly<Record<string, string>>
  /** Words after the program's name that make it serve, on every address. */
  readonly args?: readonly string[]
  /** The environment variable that sets the port. */
  readonly portEnv?: string
  /** Doesn't speak HTTP/1, so that no GET can ask for its health. */
  readonly http?: false
  /** Names in the sources that show a server, where the crate serves clients too. */
  readonly evidence?: readonly string[]
}

/**
 * Order matters: the one that others are built on comes later.
 * Signals: https://actix.rs/docs/server/#graceful-shutdown, https://rocket.rs/guide/master/configuration/#shutdown
 */
export const FRAMEWORKS: readonly Framework[] = [
  { crate: 'leptos', port: 3000 },
  { crate: 'dioxus', port: 8080, env: { IP: '0.0.0.0' }, portEnv: 'PORT' },
  { crate: 'loco-rs', id: 'loco', port: 5150, stops: true, args: ['start', '--binding', '0.0.0.0'] },
  { crate: 'rocket', port: 8000, stops: true, env: { ROCKET_ADDRESS: '0.0.0.0' }, portEnv: 'ROCKET_PORT' },
  { crate: 'actix-web', stops: true },
  { crate: 'ntex', stops: true },
  { crate: 'poem' },
  { crate: 'salvo' },
  { crate: 'axum' },
  { crate: 'warp' },
  { crate: 'tide' },
  { crate: 'gotham' },
  { crate: 'trillium' },
  { crate: 'thruster' },
  { crate: 'viz' },
  { crate: 'pingora', stops: true },
  { crate: 'rouille', evidence: ['start_server', 'Server'] },
  { crate: 'iron' },
  { crate: 'nickel' },
  { crate: 'tiny_http', evidence: ['Server'] },
  { crate: 'async-graphql-axum', id: 'axum' },
  { crate: 'jsonrpsee', evidence: ['ServerBuilder', 'Server'] },
  { crate: 'tonic', http: false, evidence: ['add_service', 'add_routes', 'serve_with_shutdown'] },
  {
    crate: 'hyper',
    evidence: ['serve_connection', 'make_service_fn', 'serve_connection_with_upgrades', 'service_fn'],
  },
]

/** A framework, and the dependency that shows it. */
export interface FoundFramework {
  readonly framework: Framework
  readonly manifest: string
  readonly key: string
}

/** Rocket answers SIGTERM since 0.5. */
const inVersion = ({ stops, ...framework }: Framework, version = ''): Framework =>
  stops && !(framework.crate === 'rocket' && /^[\^~=\s]*0\.[0-4]\b/.test(version))
    ? { ...framework, stops }
    : framework

/**
 * The server framework that a program is written with: its own package's first, then those of the path packages
 * that it is made of (a thin binary over a library).
 */
export function findFramework(enabled: readonly Enabled[], scan: Scan): FoundFramework | undefined {
  for (const [index, { package: own, dependencies }] of enabled.entries())
    for (const framework of FRAMEWORKS) {
      const entry = [...dependencies.keys()].find(({ crate, build }) => crate === framework.crate && !build)
      if (!entry) continue
      const shown = framework.evidence?.some(name => scan.names.has(name)) ?? true
      // Where a crate serves clients too, a side door behind a feature makes no web app of a program.
      const central = framework.evidence === undefined || (index === 0 && !entry.optional)
      if (shown && central)
        return { framework: inVersion(framework, entry.version), manifest: own.manifest, key: entry.key }
    }
  return undefined
}
