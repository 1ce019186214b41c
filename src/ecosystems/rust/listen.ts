import { type Fact, fact, fromFile } from '../../facts.ts'
import {
  type Address,
  addressOf,
  addressOfSetting,
  isLoopback,
  parseAddress,
  rankOfName,
  validPort,
} from './address.ts'
import type { Named, Scan } from './scan.ts'
import type { Settings } from './settings.ts'
import type { Literal } from './syntax.ts'

/** Where a program listens, as its sources say. */
export interface Listening {
  readonly port?: Fact<number> | undefined
  /** The environment variable that sets the port. */
  readonly portEnv?: string | undefined
  /** The address by default: `0.0.0.0`, `127.0.0.1`, `::`. */
  readonly host?: Fact<string> | undefined
  /** What sets the address: an environment variable, or a flag. */
  readonly hostEnv?: string | undefined
  readonly hostFlag?: string | undefined
  /** Whether that variable or flag takes `address:port`. */
  readonly joined?: boolean | undefined
  /** Rocket's and Figment's `.merge(("port", 8080))`. */
  readonly merged?: Fact<number> | undefined
}

/** One place that says where the program listens. */
export interface Evidence extends Address {
  readonly at: { readonly path: string; readonly line?: number | undefined }
  readonly portEnv?: string | undefined
  readonly hostEnv?: string | undefined
  readonly hostFlag?: string | undefined
  readonly joined?: boolean | undefined
}

const NO_SETTINGS: Settings = { found: [], entries: [], variable: () => undefined }

const BINDS = new Set(['bind', 'bind_rustls', 'bind_rustls_0_23', 'bind_openssl', 'try_bind', 'bind_with_graceful_shutdown', 'bind_auto_h2c', 'listen', 'run', 'serve', 'http', 'bind_tcp', 'add_tcp']) // biome-ignore format: one list
const SOCKETS = new Set(['SocketAddr', 'SocketAddrV4', 'SocketAddrV6'])

/**
 * The address and port of a program: what it binds by literals, what its environment and options default to, its
 * settings files, its constants, and at last any socket address among its strings.
 */
export function listening(scan: Scan, settings: Settings = NO_SETTINGS): Listening {
  const found = [
    ...binds(scan),
    ...environment(scan),
    ...options(scan, settings),
    ...settings.found,
    ...defaults(scan, settings),
    ...addresses(scan),
  ]
  const port = found.find(item => item.port !== undefined)
  // One of several settings files may narrow it: where a variable overrides that, it is set.
  const narrowed = found.find(item => item.hostEnv && item.host !== undefined && isLoopback(item.host))
  const host = narrowed ?? found.find(item => item.host !== undefined)
  // A variable or a flag that sets the address, wherever its default stands.
  const byEnv = narrowed ?? found.find(item => item.hostEnv)
  const byFlag = found.find(item => item.hostFlag)
  return {
    port: port?.port === undefined ? undefined : fact(port.port, at(port)),
    portEnv: port?.portEnv ?? found.find(item => item.portEnv)?.portEnv,
    host: host?.host === undefined ? undefined : fact(host.host, at(host)),
    hostEnv: byEnv?.hostEnv,
    hostFlag: byEnv ? undefined : byFlag?.hostFlag,
    joined: (byEnv ?? byFlag)?.joined,
    merged: merged(scan),
  }
}

const at = ({ at: { path, line } }: Evidence) => fromFile(path, undefined, line)

function binds({ calls }: Scan): Evidence[] {
  return calls.flatMap(call => {
    const socket = SOCKETS.has(call.callee.at(-2) ?? '') && /^(new|from|from_str)$/.test(call.name)
    if (!socket && !BINDS.has(call.name)) return []
    if (call.callee.includes('UdpSocket') || call.callee.includes('UnixListener')) return []
    const address = addressOf(call.literals, call.names)
    // A lone number is a port where something is bound, not where something is run.
    const known = address.host ?? (socket || call.name.startsWith('bind') ? address.port : undefined)
    return known === undefined ? [] : [{ at: call, ...address }]
  })
}

/** The port that a program merges into its framework's settings. */
function merged({ calls }: Scan): Fact<number> | undefined {
  const call = calls.find(({ name, literals }) => name === 'merge' && literals[0] === 'port')
  const port = validPort(Number(call?.literals[1]))
  return call && port !== undefined ? fact(port, fromFile(call.path, undefined, call.line)) : undefined
}

/** `env::var("PORT").unwrap_or("8080".into())` */
function environment({ calls }: Scan): Evidence[] {
  return calls
    .flatMap(call => {
      const [name, value] = call.statement
      const reads = call.name === 'var' || call.name === 'var_os'
      return reads && typeof name === 'string' ? [{ call, name, value }] : []
    })
    .sort((a, b) => rankOfName(a.name) - rankOfName(b.name))
    .flatMap(({ call, name, value }) => fromSetting(call, name, value, { env: name }))
}

function options({ named }: Scan, { variable }: Settings): Evidence[] {
  return named
    .filter(({ from }) => from === 'option')
    .sort((a, b) => rankOfName(a.name) - rankOfName(b.name))
    .flatMap(option =>
      fromSetting(
        option,
        option.name,
        option.value,
        option.flag || option.env ? option : { env: variable(option.name.split('.')) },
      ),
    )
}

/** One setting of the program: a port, a host, or both in one. */
export function fromSetting(
  at: Evidence['at'],
  name: string,
  value: Literal | undefined,
  by: { readonly env?: string | undefined; readonly flag?: string | undefined } = {},
): Evidence[] {
  const address = addressOfSetting(name, value)
  if (address === undefined) return []
  if (address.host === undefined) return [{ at, ...address, portEnv: by.env }]
  return [{ at, ...address, hostEnv: by.env, hostFlag: by.flag, joined: address.port !== undefined }]
}

/** Struct members, default functions and constants called after a port or an address. */
function defaults({ named }: Scan, { variable }: Settings): Evidence[] {
  const rank = ({ from, name }: Named): number => (from === 'default' ? 0 : 2) + rankOfName(name)
  return named
    .filter(({ from }) => from !== 'option')
    .sort((a, b) => rank(a) - rank(b))
    .flatMap(item =>
      fromSetting(item, item.name, item.value, item.from === 'default' ? { env: variable([item.name]) } : {}),
    )
}

const addresses = ({ strings }: Scan): Evidence[] =>
  strings.flatMap(({ text, ...at }) => {
    const address = /^(https?|tcp):/.test(text) ? {} : parseAddress(text)
    return address.port === undefined ? [] : [{ at, ...address }]
  })
