import { type Fact, fact, fromFile } from '../../facts.ts'
import {
  type Address,
  addressOf,
  addressOfSetting,
  isLoopback,
  namesHost,
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
  /** It stands in a settings file. */
  readonly configured?: boolean | undefined
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
  const narrowed = found.find(item => item.configured && item.hostEnv && isLoopback(item.host ?? ''))
  const host = narrowed ?? found.find(item => item.host !== undefined)
  // A variable or a flag that sets the address, wherever its default stands.
  const byEnv = narrowed ?? found.find(item => item.hostEnv)
  const byFlag = found.find(item => item.hostFlag !== undefined && (item.hostFlag || isOnlyPosition(scan)))
  const told = byEnv ?? byFlag ?? overridden(scan, host)
  return {
    port: port?.port === undefined ? undefined : fact(port.port, at(port)),
    portEnv: port?.portEnv ?? found.find(item => item.portEnv)?.portEnv,
    host: host?.host === undefined ? undefined : fact(host.host, at(host)),
    hostEnv: told?.hostEnv,
    hostFlag: told?.hostEnv ? undefined : told?.hostFlag,
    joined: told?.joined,
    merged: merged(scan),
  }
}

/** One that stands before the address would take its place. */
const isOnlyPosition = ({ named }: Scan): boolean => named.filter(({ flag }) => flag === '').length === 1

/** A variable or a flag without a default of its own, which comes before the address of a settings file. */
function overridden({ named }: Scan, host: Evidence | undefined): Evidence | undefined {
  const option = named.find(
    ({ from, name, env, flag }) => from === 'option' && namesHost(name) && (env || flag),
  )
  return option && host?.configured
    ? { at: option, hostEnv: option.env, hostFlag: option.flag, joined: host.port !== undefined }
    : undefined
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

/** `env::var("PORT").unwrap_or("8080".into())`, `env_or("PORT", 8080)` */
function environment({ calls }: Scan): Evidence[] {
  return calls
    .flatMap(call => {
      const [name, ...values] = call.statement
      return typeof name === 'string' ? [{ call, name, values }] : []
    })
    .sort((a, b) => rankOfName(a.name) - rankOfName(b.name))
    .flatMap(({ call, name, values }) => {
      const told = values.map(value => fromSetting(call, name, value, { env: name }))
      return (
        told.find(([item]) => item?.port !== undefined || item?.host !== undefined) ??
        told[0] ??
        fromSetting(call, name, undefined, { env: name })
      )
    })
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
        option.flag !== undefined || option.env ? option : { env: variable(option.name.split('.')) },
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
  const rank = ({ from, name }: Named): number => (from === 'default' ? 0 : 3) + rankOfName(name)
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
