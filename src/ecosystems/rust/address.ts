import type { Literal } from './syntax.ts'

/** An address, or the half of it that is known. */
export interface Address {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/
const SPELLED =
  /^(?:(?:https?|tcp):\/\/)?(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]*\]|localhost|::1?|\*)(?::(\d{1,5}|\{[^}]*\}))?\/?$/i

export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** `0.0.0.0:8080`, `[::]:80`, `http://127.0.0.1:3000`, `localhost`, `0.0.0.0:{port}`; nothing of another text. */
export function parseAddress(text: string): Address {
  const [, host, port] = SPELLED.exec(text) ?? []
  return host === undefined ? {} : { host: host.replace(/^\[|\]$/g, ''), port: validPort(Number(port)) }
}

/** The address that literals and names spell: `"0.0.0.0:80"`, `([127, 0, 0, 1], 3030)`, `Ipv4Addr::LOCALHOST`. */
export function addressOf(literals: readonly Literal[], names: readonly string[]): Address {
  const numbers = literals.filter(value => typeof value === 'number')
  const texts = literals.filter(value => typeof value === 'string')
  const spelled = texts.map(parseAddress).find(found => found.host !== undefined)
  const quad = numbers.length >= 4 && numbers.slice(0, 4).every(byte => byte >= 0 && byte <= 255)
  const rest = quad ? numbers.slice(4) : numbers
  const named = names.includes('LOCALHOST')
    ? '127.0.0.1'
    : names.includes('UNSPECIFIED')
      ? '0.0.0.0'
      : undefined
  return {
    host: spelled?.host ?? (quad ? numbers.slice(0, 4).join('.') : named),
    port: spelled?.port ?? validPort(rest.length === 1 ? rest[0] : undefined),
  }
}

/** Lower numbers are counts and versions, not ports that people serve on. */
export const validPort = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 20 && value < 65536 ? value : undefined

/** Ports of what a program calls, not of what it serves: mail, databases, brokers. */
const CALLED = new Set([25, 53, 389, 465, 587, 636, 993, 1433, 1521, 3306, 5432, 5672, 6379, 9092, 9200, 11211, 27017]) // biome-ignore format: one list
/** Settings of what a program calls, by a part of their name: `db_host`, `database.port`, `SMTP_PORT`. */
const CLIENT =
  /(^|[._-])(db|database|postgres|postgresql|pg|mysql|mariadb|sql|mongo|mongodb|redis|valkey|cache|smtp|mail|mailer|email|imap|kafka|amqp|rabbit|rabbitmq|mqtt|nats|es|elastic|elasticsearch|meili|s3|minio|storage|remote|upstream|target|proxy|peer|client|memcached|influx|clickhouse|jaeger|otlp|otel|telemetry|tracing|statsd|graphite|consul|vault|metrics|prometheus|admin|debug|base|public|external|redirect|min|max|ldaps?|healthcheck)([._-]|$)/i
const PORT_NAME = /(^|[._-])port$/i
const HOST_NAME = /(^|[._-])(host|hostname|addr|address|bind|listen|ip|interfaces?|inet|(bind|listen|socket|server)_?addr(ess)?)$/i // biome-ignore format: one pattern
const FIRST = /^(default_)?(http|web)_/i
const NEXT = /^port$|http|web|server|listen|bind|api|app|rest|service/i

export const namesPort = (name: string): boolean => PORT_NAME.test(name) && !CLIENT.test(name)
export const namesHost = (name: string): boolean => HOST_NAME.test(name) && !CLIENT.test(name)

/** The port of HTTP comes before a port of another protocol. */
export const rankOfName = (name: string): number => (FIRST.test(name) ? 0 : NEXT.test(name) ? 1 : 2)

/**
 * What a setting says of the address by its name and value; undefined when it isn't about one.
 * A port that is named without a value is known as such.
 */
export function addressOfSetting(name: string, value: Literal | undefined): Address | undefined {
  if (namesPort(name)) {
    const port = validPort(Number(value))
    return port !== undefined && CALLED.has(port) ? undefined : { port }
  }
  const address = typeof value === 'string' && namesHost(name) ? parseAddress(value) : {}
  return address.host === undefined ? undefined : address
}
