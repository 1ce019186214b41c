import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { lineAt } from '../../project/locate.ts'
import { type Call, functionOf, type SourceIndex } from './index-source.ts'
import type { Resolver } from './resolve.ts'
import type { Ref, Unit } from './source.ts'
import { type Flag, merge, type Value } from './values.ts'

/** Where a program listens, as its source says. */
export interface Listening {
  /** Undefined where it listens, and nothing says on which port. */
  readonly port?: Fact<number> | undefined
  /** The variable that gives the port, when the program has no default of its own for it. */
  readonly portVariable?: string | undefined
  /** The default address is the container's own loopback; what changes it. */
  readonly loopback?:
    | { readonly flag?: Flag; readonly value: string; readonly variable?: string | undefined }
    | undefined
  /** Keys of a configuration file that could hold the port. */
  readonly keys: readonly string[]
  /** It listens for HTTP by a framework or net/http, not on a bare socket. */
  readonly http: boolean
  /** All that was found serves metrics, profiles and the like, or nobody can reach it: a tool has that too. */
  readonly secondary: boolean
}

interface Evidence {
  readonly unit: Unit
  readonly at: number
  readonly value: Value
  readonly http: boolean
  /** The lower the better: a second listener for metrics or TLS is not what EXPOSE is for. */
  readonly cost: number
}

/** Variables of other services, whose address this program connects to. */
const FOREIGN =
  /DB|DATABASE|REDIS|POSTGRES|PG|MYSQL|MONGO|SMTP|MAIL|KAFKA|NATS|RABBIT|AMQP|VAULT|CONSUL|ETCD|ELASTIC|MINIO|S3|METRIC|GRPC|OTEL|JAEGER|PROXY/
const SECOND =
  /metric|pprof|debug|admin|health|probe|prom(etheus)?[-_.]?(port|addr)|internal|redirect|tls|https|ssl|telemetry/i

/** Where a listener's address stands among its arguments, by method. */
const LISTENERS: Readonly<
  Record<string, { readonly arg: number; readonly on: RegExp; readonly cost: number }>
> = {
  ListenAndServe: { arg: 0, on: /^(net\/http|github\.com\/)|^$/, cost: 0 },
  ListenAndServeTLS: { arg: 0, on: /^(net\/http|github\.com\/)/, cost: 4 },
  // https://github.com/prometheus/exporter-toolkit, which defines the option itself.
  AddFlags: { arg: 1, on: /exporter-toolkit\/web/, cost: 0 },
  Listen: { arg: 1, on: /^(net|crypto\/tls|github\.com\/.*reuseport)$/, cost: 2 },
}

/** Methods of a web framework's own server, tried where the program has that framework. */
const METHODS: Readonly<Record<string, RegExp>> = {
  gin: /^(Run|RunTLS)$/,
  echo: /^(Start|StartTLS|StartH2CServer)$/,
  fiber: /^(Listen|ListenTLS)$/,
  iris: /^(Listen|Run|Addr)$/,
  beego: /^Run$/,
  hertz: /^WithHostPorts$/,
  kratos: /^Address$/,
  goframe: /^(SetPort|SetAddr)$/,
  martini: /^RunOnAddr$/,
  fuego: /^WithAddr$/,
}

export function findListening(
  index: SourceIndex,
  resolver: Resolver,
  framework: string | undefined,
): Listening | undefined {
  const found = [...calls(index, resolver, framework), ...servers(index, resolver)]
  if (found.length === 0) return undefined
  const order = new Map(index.units.map((unit, at) => [unit, at]))
  const ranked = [...found].sort(
    (a, b) => a.cost - b.cost || (order.get(a.unit) ?? 0) - (order.get(b.unit) ?? 0),
  )
  // A second listener is no answer while nothing is known of the first.
  const likely = ranked.filter(({ cost }) => cost < (ranked[0]?.cost ?? 0) + 8)
  const best =
    likely.find(({ value }) => portOf(value) !== undefined) ??
    likely.find(({ value }) => value.envs.length > 0) ??
    ranked[0]
  if (!best) return undefined
  const { unit, at, value } = best
  const port = portOf(value)
  const main = value.envs.find(name => /PORT|ADDR|LISTEN|BIND/.test(name) && !FOREIGN.test(name))
  return {
    port: port === undefined ? undefined : fact(port, fromFile(unit.path, undefined, lineAt(unit.text, at))),
    portVariable: port === undefined ? main : undefined,
    loopback: loopbackOf(value),
    keys: value.keys,
    http: found.some(({ http }) => http),
    secondary: best.cost >= 8,
  }
}

function calls(index: SourceIndex, resolver: Resolver, framework: string | undefined): Evidence[] {
  const own = framework === undefined ? undefined : METHODS[framework]
  return index.calls.flatMap(call => {
    const listener = LISTENERS[call.name]
    // net.ListenConfig's takes a context first.
    if (call.name === 'Listen' && call.args.length === 3) return [evidence(call, resolver, 2, 2, false)]
    if (listener?.on.test(call.on)) {
      const http = call.name !== 'Listen'
      return call.args.length > listener.arg
        ? [evidence(call, resolver, listener.arg, listener.cost, http)]
        : []
    }
    if (!own?.test(call.name) || call.on === '') return []
    if (call.args.length === 0) return framework === 'gin' ? [ginDefault(call)] : []
    const found = evidence(call, resolver, 0, /TLS/.test(call.name) ? 4 : 0, true)
    // `Run` and `Start` are common names: only an address makes one a listener.
    return portOf(found.value) !== undefined || found.value.envs.length + found.value.keys.length > 0
      ? [found]
      : []
  })
}

function evidence(call: Call, resolver: Resolver, at: number, cost: number, http: boolean): Evidence {
  const { unit, node, args } = call
  const arg = args[at] ?? node
  const value = resolver.resolve({ unit, node: arg })
  // The handler tells as much as the address: `http.ListenAndServe(":80", redirectToTLS)`.
  return { unit, at: node.from, value, http, cost: cost + penalty({ unit, node }, value) }
}

/** https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run: PORT, or 8080. */
const ginDefault = ({ unit, node }: Call): Evidence => ({
  unit,
  at: node.from,
  value: { texts: [':8080'], envs: ['PORT'], flags: [], keys: [] },
  http: true,
  cost: 0,
})

/** `http.Server{Addr: …}` */
function servers(index: SourceIndex, resolver: Resolver): Evidence[] {
  const literals = index.literals.flatMap(({ unit, type, fields }) => {
    const node = /(^|\.)Server$/.test(type) ? fields.get('Addr') : undefined
    return node ? [{ unit, node }] : []
  })
  const assigned = index.literals.some(({ type }) => type === 'http.Server')
    ? (index.fields.get('Addr') ?? [])
    : []
  return [
    ...new Map([...literals, ...assigned].map(ref => [`${ref.unit.path}:${ref.node.from}`, ref])).values(),
  ].map(ref => {
    const value = resolver.resolve(ref)
    return { unit: ref.unit, at: ref.node.from, value, http: true, cost: penalty(ref, value) }
  })
}

function penalty({ unit, node }: Ref, { texts, flags, envs, keys }: Value): number {
  const declaration = functionOf(node)
  const name = declaration?.getChild('DefName') ?? declaration?.getChild('FieldName')
  const place = name ? unit.text.slice(name.from, name.to) : ''
  const source = unit.text.slice(node.from, Math.min(node.to, node.from + 200))
  const names = [...flags.map(flag => flag.name), ...envs, ...keys]
  // A helper that opens every listener of the program is called for the first one too.
  const all = (pattern: RegExp) =>
    pattern.test(`${place} ${source}`) || (names.length > 0 && names.every(found => pattern.test(found)))
  const second = all(SECOND) ? 10 : all(/grpc|rpc/i) ? 6 : 0
  // What nobody can set and only the container reaches is a probe of its own.
  return second + (names.length > 0 ? 0 : texts.some(isLoopback) ? 4 : 1)
}

/** The port of an address (`:8080`, `0.0.0.0:80`, `tcp://…`), or a bare number. */
export function portIn(text: string): number | undefined {
  const match =
    /^(?:[a-z0-9+]+:\/\/)?(?:\[[^\]]*\]|[\w.*-]*)?:(\d{2,5})\/?$/i.exec(text) ?? /^(\d{2,5})$/.exec(text)
  const port = Number(match?.[1])
  return port >= 1 && port <= 65535 ? port : undefined
}

/** The default of an option that isn't for metrics or the like, else any default. */
const portOf = ({ texts, flags }: Value): number | undefined =>
  [...flags.filter(({ name }) => !SECOND.test(name)).flatMap(({ fallback }) => fallback.texts), ...texts]
    .map(portIn)
    .find(port => port !== undefined)

/** A default that only the container itself can reach, and the option or variable that changes it. */
function loopbackOf(value: Value): Listening['loopback'] {
  const address = value.texts.find(text => portIn(text) !== undefined && !/^\d+$/.test(text))
  if (address === undefined || !LOOPBACK.test(address)) return undefined
  const flag = value.flags.find(({ fallback }) => fallback.texts.some(isLoopback))
  const envs = merge(value, ...value.flags.map(({ fallback }) => fallback)).envs
  return {
    value: address,
    ...(flag && { flag }),
    variable: envs.find(name => /HOST|ADDR|BIND|LISTEN|INTERFACE|\bIP\b/.test(name)),
  }
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/
const isLoopback = (text: string): boolean => LOOPBACK.test(text)

/** `127.0.0.1:80` → `0.0.0.0:80`, `localhost` → `0.0.0.0` */
export const everywhere = (address: string): string =>
  address.replace(/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])/, '0.0.0.0')

/** Where the source only hints at a port: an option, a variable or a tag that is called so. */
export function hintedPort(resolver: Resolver, index: SourceIndex): Fact<number> | undefined {
  const named = /^((http|server|app|api|web|listen|rest|bind)[-_.]?)*(port|addr|address|listen|bind)$/i
  for (const { name, fallback } of resolver.flags()) {
    const port = named.test(name) ? portOf(fallback) : undefined
    if (port !== undefined) return byConvention(port, `default of the option ${name}`)
  }
  for (const [, tags] of index.tags)
    for (const tag of tags) {
      const variable = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0] ?? ''
      const fallback = tag.get('envDefault') ?? tag.get('env-default') ?? tag.get('default') ?? ''
      const port =
        /(^|_)(PORT|ADDR|ADDRESS|LISTEN)$/.test(variable) && !FOREIGN.test(variable)
          ? portIn(fallback)
          : undefined
      if (port !== undefined) return byConvention(port, `default of ${variable}`)
    }
  return undefined
}
