import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Call, Named, Scan } from './scan.ts'
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

interface Address {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

const BINDS = new Set(['bind', 'bind_rustls', 'bind_rustls_0_23', 'bind_openssl', 'try_bind', 'bind_with_graceful_shutdown', 'bind_auto_h2c', 'listen', 'run', 'serve', 'http', 'bind_tcp', 'add_tcp']) // biome-ignore format: one list
const SOCKETS = new Set(['SocketAddr', 'SocketAddrV4', 'SocketAddrV6'])
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/
const PORT_NAME = /(^|_)port$/i
const HOST_NAME = /(^|_|-)(host|hostname|addr|address|bind|listen|ip|interfaces?|inet)$/i // biome-ignore format: one pattern

export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/**
 * The address and port of a program: what it binds by literals, what its environment and options default to,
 * its constants, and at last any socket address among its strings.
 */
export function listening(scan: Scan, settings: readonly Evidence[] = []): Listening {
  const found = [
    ...binds(scan),
    ...environment(scan),
    ...options(scan),
    ...settings,
    ...defaults(scan),
    ...addresses(scan),
  ]
  const port = found.find(item => item.port !== undefined)
  const host = found.find(item => item.host !== undefined && (item.port !== undefined || item.host !== ''))
  // A variable or a flag that sets the address wins over the place where its default stands.
  const byEnv = found.find(item => item.hostEnv)
  const byFlag = found.find(item => item.hostFlag)
  return {
    port:
      port?.port === undefined ? undefined : fact(port.port, fromFile(port.at.path, undefined, port.at.line)),
    portEnv: port?.portEnv ?? found.find(item => item.portEnv)?.portEnv,
    host:
      host?.host === undefined ? undefined : fact(host.host, fromFile(host.at.path, undefined, host.at.line)),
    hostEnv: byEnv?.hostEnv,
    hostFlag: byEnv ? undefined : byFlag?.hostFlag,
    joined: (byEnv ?? byFlag)?.joined,
    merged: merged(scan),
  }
}

/** One place that says where the program listens. */
export interface Evidence extends Address {
  readonly at: { readonly path: string; readonly line?: number | undefined }
  readonly portEnv?: string | undefined
  readonly hostEnv?: string | undefined
  readonly hostFlag?: string | undefined
  readonly joined?: boolean | undefined
}

function binds({ calls }: Scan): Evidence[] {
  return calls.flatMap(call => {
    const socket = SOCKETS.has(call.callee.at(-2) ?? '') && /^(new|from|from_str)$/.test(call.name)
    if (!socket && !BINDS.has(call.name)) return []
    if (call.callee.includes('UdpSocket') || call.callee.includes('UnixListener')) return []
    const address = addressOf(call)
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

/** The address that literals and names spell: `"0.0.0.0:80"`, `([127, 0, 0, 1], 3030)`, `Ipv4Addr::LOCALHOST`. */
function addressOf({ literals, names }: Pick<Call, 'literals' | 'names'>): Address {
  const numbers = literals.filter(value => typeof value === 'number')
  const texts = literals.filter(value => typeof value === 'string')
  const spelled = texts.map(parseAddress).find(found => found.host !== undefined)
  const quad = numbers.length >= 4 && numbers.slice(0, 4).every(byte => byte >= 0 && byte <= 255)
  const named = names.includes('LOCALHOST')
    ? '127.0.0.1'
    : names.includes('UNSPECIFIED')
      ? '0.0.0.0'
      : undefined
  const rest = quad ? numbers.slice(4) : numbers
  return {
    host: spelled?.host ?? (quad ? numbers.slice(0, 4).join('.') : named),
    port: spelled?.port ?? validPort(rest.length === 1 ? rest[0] : undefined),
  }
}

/** `0.0.0.0:8080`, `[::]:80`, `http://127.0.0.1:3000`, `localhost`, `0.0.0.0:{port}`; nothing of another text. */
export function parseAddress(text: string): Address {
  const [, host, port] =
    /^(?:(?:https?|tcp):\/\/)?(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]*\]|localhost|::1?|\*)(?::(\d{1,5}|\{[^}]*\}))?\/?$/i.exec(
      text,
    ) ?? []
  return host === undefined ? {} : { host: host.replace(/^\[|\]$/g, ''), port: validPort(Number(port)) }
}

const validPort = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 20 && value < 65536 ? value : undefined

/** `env::var("PORT").unwrap_or("8080".into())` */
function environment({ calls }: Scan): Evidence[] {
  return calls.flatMap(call => {
    const [name, ...rest] = call.statement
    if (typeof name !== 'string' || (call.name !== 'var' && call.name !== 'var_os')) return []
    return fromSetting(call, name, rest[0], { env: name })
  })
}

function options({ named }: Scan): Evidence[] {
  return named
    .filter(({ from }) => from === 'option')
    .flatMap(option => fromSetting(option, option.name, option.value, option))
}

/** One setting of the program: a port, a host, or both in one. */
function fromSetting(
  at: { path: string; line: number },
  name: string,
  value: Literal | undefined,
  by: { readonly env?: string | undefined; readonly flag?: string | undefined },
): Evidence[] {
  if (PORT_NAME.test(name)) return [{ at, port: validPort(Number(value)), portEnv: by.env }]
  if (!HOST_NAME.test(name)) return []
  const address = typeof value === 'string' ? parseAddress(value) : {}
  if (address.host === undefined) return []
  const joined = address.port !== undefined
  const settable = { hostEnv: by.env, hostFlag: by.flag, joined }
  return [{ at, ...address, ...settable }]
}

/** What a key of a settings file says, such as `port = 8080` or `address = "127.0.0.1:8000"`. */
export function fromKey(at: Evidence['at'], key: string, value: unknown): Evidence[] {
  if (PORT_NAME.test(key))
    return [{ at, port: validPort(Number(value)) }].filter(({ port }) => port !== undefined)
  const address = typeof value === 'string' && HOST_NAME.test(key) ? parseAddress(value) : {}
  return address.host === undefined ? [] : [{ at, ...address }]
}

/** Ports of what a program calls, not of what it serves: mail, databases, brokers. */
const CALLED = new Set([
  25, 53, 389, 465, 587, 636, 993, 1433, 1521, 3306, 5432, 5672, 6379, 9092, 9200, 11211, 27017,
])

/** Constants, struct members and default functions called after a port or an address. */
function defaults({ named }: Scan): Evidence[] {
  const weight = (item: Named): number => (item.from === 'default' ? 0 : 1)
  return named
    .filter(({ from }) => from !== 'option')
    .sort((a, b) => weight(a) - weight(b))
    .flatMap(item => {
      const port = PORT_NAME.test(item.name) ? validPort(Number(item.value)) : undefined
      if (port !== undefined) return CALLED.has(port) ? [] : [{ at: item, port }]
      const address =
        typeof item.value === 'string' && HOST_NAME.test(item.name) ? parseAddress(item.value) : {}
      return address.host === undefined ? [] : [{ at: item, ...address }]
    })
}

const addresses = ({ strings }: Scan): Evidence[] =>
  strings.flatMap(({ text, ...at }) => {
    const address = /^(https?|tcp):/.test(text) ? {} : parseAddress(text)
    return address.port === undefined ? [] : [{ at, ...address }]
  })
