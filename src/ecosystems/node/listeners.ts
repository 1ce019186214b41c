import type { SyntaxNode } from '@lezer/common'
import { parameterDefault } from './definitions.ts'
import { evaluate } from './evaluate.ts'
import type { Found, HostFound, Listener, PortFound } from './found.ts'
import { hostBeside, isHost } from './host-beside.ts'
import { logProperty, logTransport } from './log-files.ts'
import { HOST_NAME, namedSetting, PORT_NAME } from './named-setting.ts'
import { join } from './paths.ts'
import { schemaDefault } from './schema-default.ts'
import { argumentsOf, importsOf, items, type Module, source, textOf } from './syntax.ts'
import { givenPort, isOfAddress } from './told-port.ts'
import { namesNoAddress } from './unaddressed.ts'
import { unwrap, type Value } from './value.ts'

/** `listen(port, host)`, `listen({ port, host })`, whatever the library. */
export function listening(module: Module, args: readonly SyntaxNode[], found: Found, nearest: number): void {
  const [first, second] = args
  if (first && textOf(module, first)?.startsWith('/')) return
  found.listens = true
  const value = evaluate(module, first)
  const named = value.value !== null && typeof value.value === 'object' ? value.value : undefined
  // Any port that is free is for the program itself, or for those that it tells.
  if (value.value === 0 && !value.env) return
  found.told ||= first !== undefined
  // Nobody asks it by HTTP: only where nothing else listens it is the program's.
  const weight = isOfSsh(module) ? 2 : nearest
  found.hidden ||= weight === nearest && first !== undefined && value.value === undefined && !value.env
  if (namesNoAddress(module, args)) found.unaddressed ??= module.path
  if (named) options(module, first, found, weight)
  // `env.PORT` of checked variables too: the server's own, whatever else listens beside it.
  else if (value.env === 'PORT' || (value.value === undefined && isPort(module, first)))
    addPort(module, { ...value, env: 'PORT' }, found, weight + 2)
  else if (!isOfAddress(module, first, value)) addPort(module, value, found, weight)
  // function start(port = 3000): what it is called with is another matter.
  const fallen =
    value.value === undefined && !value.env && first ? parameterDefault(module, first) : undefined
  if (fallen) addPort(module, evaluate(module, fallen), found, 1)
  // import { SERVER_PORT } from './env'
  const imported = value.value === undefined && !value.env && first ? source(module, first) : ''
  if (PORT_NAME.test(imported)) found.portNames.push({ env: imported, path: module.path, weight: 1 })
  const host = evaluate(module, second)
  if ((typeof host.value === 'string' && !/^\d+$/.test(host.value)) || host.env) addHost(module, host, found)
}

/** Whether what listens in a file talks by SSH. */
const isOfSsh = (module: Module): boolean => {
  const imports = importsOf(module)
  return imports.includes('ssh2') && !imports.some(name => /^(node:)?https?$/.test(name))
}

/** Of several that listen, the one on the port of HTTP only sends visitors on, if the other's is for settings to say. */
export const withoutRedirects = ({ ports, hidden }: Found): readonly PortFound[] =>
  hidden ? ports.filter(({ value, env, weight }) => env !== undefined || value !== 80 || weight < 10) : ports

const isPort = (module: Module, node: SyntaxNode | undefined): boolean =>
  node !== undefined && /\.PORT$/.test(source(module, node))

export function options(module: Module, node: SyntaxNode | undefined, found: Found, weight: number): void {
  const { value } = evaluate(module, node)
  if (value === null || typeof value !== 'object') return
  const members = value as Record<string, unknown>
  const inner = members.listen
  const port = unwrap(
    inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>).port : members.port,
  )
  if (port.value === 0 && !port.env) return
  const fallen = port.value === undefined && !port.env && givenPort(module, node)
  addPort(module, fallen ? evaluate(module, fallen) : port, found, fallen ? 1 : weight)
  const host = unwrap(members.host ?? members.hostname)
  if (host.value !== undefined || host.env) addHost(module, host, found)
  // Where nothing else tells it, settings are named after their variables.
  const env = port.value === undefined && !port.env && namedSetting(module, node, /^port$/, PORT_NAME)
  if (env) addPort(module, { env }, found, 1)
  const address = host.value === undefined && namedSetting(module, node, /^host(name)?$/, HOST_NAME)
  if (address) found.settingHosts.push({ env: address, path: module.path })
}

/** What a variable's name says before `_PORT` or `PORT` where another server listens there: a database, a queue, mail. */
const ELSEWHERE =
  /(^|_)(DATABASE|DB|PG|POSTGRES(QL)?|MYSQL|MARIADB|MONGO(DB)?|MSSQL|ORACLE|TYPEORM|REDIS|VALKEY|CACHE|MEMCACHED?|MAIL(ER|GUN)?|EMAIL|SMTP|IMAP|RABBIT(MQ)?|AMQP|KAFKA|NATS|MQTT|QUEUE|BROKER|ELASTIC(SEARCH)?|OPENSEARCH|MEILI(SEARCH)?|MINIO|S3|LDAP|SSH|S?FTP|PROXY|STATSD|GRAPHITE|INFLUX(DB)?|LOGSTASH|SENTRY|JAEGER|OTEL|CONSUL|VAULT|DEBUG(GER)?|INSPECT)((_[A-Z]+)*_)?PORT$/

/** Where other servers are reached, by those that have registered it: https://www.iana.org/assignments/service-names-port-numbers */
export const FOREIGN: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 2181, 3306, 3389, 4222, 5432, 5672, 6379, 8125, 9042, 9092, 11_211, 27_017,
]) // biome-ignore format: one list

/** @param weight how near it is to a server that listens: from 10 on it is that server's own */
export function addPort(
  module: Module,
  { value, env, open }: Value,
  found: Found,
  weight: number,
  host?: HostFound,
): void {
  if (weight < 10 && env && env !== 'PORT' && ELSEWHERE.test(env)) return
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const port =
    typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536
      ? number
      : undefined
  if (weight < 10 && port !== undefined && FOREIGN.has(port)) return
  // A harbour on a map, or a place in a list: no server of a program's own is below that of HTTP.
  if (weight < 2 && env === undefined && port !== undefined && port < 80) return
  if (port !== undefined || (env && /PORT/i.test(env)))
    found.ports.push({ value: port, env, open, path: module.path, weight: weight + (port ? 1 : 0), host })
}

function addHost(module: Module, { value, env, asked }: Value, found: Found): void {
  const address = typeof value === 'string' ? value : undefined
  found.hosts.push({ value: address, env: asked ? undefined : env, path: module.path })
}

/** `new Server({ port })`, `new WebSocketServer({ port: 8080 })` */
export function constructed(module: Module, node: SyntaxNode, found: Found): void {
  const name = node.getChild('VariableName') ?? node.getChild('MemberExpression')
  if (name) logTransport(module, node, source(module, name), found)
  if (name && /(^|\.)(WebSocketServer|WebSocket\.Server|Server)$/.test(source(module, name))) {
    const before = found.ports.length
    for (const argument of argumentsOf(node)) options(module, argument, found, 6)
    const own = /WebSocket/.test(source(module, name)) && argumentsOf(node).some(item => states(module, item))
    if (found.ports.length > before || own) found.listens = found.always = found.serves = found.told = true
  }
}

/** Whether a server of its own is asked for, whatever the port comes from; with `server` or `noServer` another one listens. */
const states = (module: Module, options: SyntaxNode): boolean =>
  options
    .getChildren('Property')
    .some(({ firstChild }) => firstChild !== null && source(module, firstChild) === 'port')

/** Variables that name the address of the program itself, not that of what it talks to. */
const OWN_HOST =
  /^(((APP|SERVER|HTTP|WEB|API|LISTEN|BIND)_)?(HOST|HOSTNAME|ADDRESS)|(LISTEN|BIND)_?(IP|ADDR|INTERFACE)|LISTENHOST)$/

/** `process.env.PORT || 3000` and `process.env.PORT ? Number(process.env.PORT) : 3000` anywhere: the server's port, if nothing nearer says it. The same of its address. */
export function fallback(module: Module, node: SyntaxNode, found: Found): void {
  const value = evaluate(module, node)
  // 'http://localhost' is where others find it, as long as nothing is seen to listen there.
  if (value.env && typeof value.value === 'string' && !/^https?:/.test(value.value)) {
    const host = { value: value.value, env: value.env, path: module.path }
    if (OWN_HOST.test(value.env)) found.fallbackHosts.push(host)
    else if (isHost(value.env)) found.namedHosts.push(host)
  }
  if (!value.env || !/^(.*_)?PORT$/.test(value.env)) return
  addPort(module, value, found, value.env === 'PORT' ? 4 : 1)
  const operator = node.name === 'BinaryExpression' ? items(node)[1] : undefined
  if (operator && source(module, operator) === '|') found.slip ??= module.path
}

/** `{ host, port: 443, path, method }` is a request to somebody else. */
const asks = (module: Module, property: SyntaxNode): boolean =>
  (property.parent?.getChildren('Property') ?? []).some(({ firstChild }) =>
    /^(method|headers|path)$/.test(firstChild ? source(module, firstChild) : ''),
  )

/** What settings call the port of the program itself. */
export const OWN_PORT = /^(http|server|app)?[pP]ort$/
/** Files that hold nothing but settings. */
export const OF_SETTINGS = /(^|\/)\.?(config|conf|settings?|defaults?|env|environment)(uration)?[./-]/i

/** `PORT: z.coerce.number().default(9999)`, `PORT: port({ default: 3000 })`, and `port:` of a configuration. */
export function property(module: Module, node: SyntaxNode, found: Found): void {
  const key = node.getChild('PropertyDefinition')
  const name = key && source(module, key)
  if (name === 'rootPath') shows(module, node, found)
  if (name) logProperty(module, node, name, found)
  // A schema that is made from the code is written down at each start: https://docs.nestjs.com/graphql/quick-start
  if (name && /^(autoSchemaFile|emitSchemaFile)$/.test(name) && node.lastChild?.name !== 'BooleanLiteral')
    found.writes = true
  const stated = name === 'default' ? described(module, node) : undefined
  if (stated) addPort(module, stated, found, 3)
  if (!name || !(/^(.*_)?PORT$/.test(name) || OWN_PORT.test(name)) || asks(module, node)) return
  const upper = name === name.toUpperCase()
  if (upper && isConstant(name) && node.lastChild?.name === 'Number')
    addPort(module, evaluate(module, node.lastChild), found, 0)
  const own = evaluate(module, node.lastChild)
  // PORT: number('PORT', 3000)
  const named = own.env === name && typeof own.value === 'number' ? own : undefined
  const value = upper ? (schemaDefault(module, node.lastChild) ?? named ?? required(module, node)) : own
  // Other things have ports too; what is configured is the server's.
  const settings = OF_SETTINGS.test(module.path) ? 1 : 0
  if (value)
    addPort(
      module,
      upper ? { ...value, env: name } : value,
      found,
      name === 'PORT' ? 4 : (value.env === 'PORT' ? 3 : value.env ? 2 : 0) + settings,
      hostBeside(module, node),
    )
}

/** `PORT: z.string().transform(Number)`: checked, and without a default. */
const required = (module: Module, { firstChild, lastChild }: SyntaxNode): Value | undefined =>
  firstChild !== null && source(module, firstChild) === 'PORT' && lastChild?.name === 'CallExpression'
    ? {}
    : undefined

/** `ServeStaticModule.forRoot({ rootPath: join(process.cwd(), 'client', 'dist') })`: https://docs.nestjs.com/recipes/serve-static */
function shows(module: Module, property: SyntaxNode, found: Found): void {
  const { value } = evaluate(module, property.lastChild)
  const path = property.parent
    ?.getChildren('Property')
    .find(({ firstChild }) => firstChild !== null && source(module, firstChild) === 'serveRoot')
  // What only the container knows is the root by default.
  const elsewhere = /^\/./.test(String(evaluate(module, path?.lastChild).value ?? ''))
  if (typeof value === 'string' && !elsewhere) found.served.add(join(value))
}

const CONSTANT =
  /^((DEFAULT|SERVER|HOST|GAME|APP|HTTP|API|WEB|LISTEN)_)*PORT$|^DEFAULT_([A-Z]+_)+PORT$|^default(Server)?Port$/
const isConstant = (name: string): boolean => CONSTANT.test(name) && !ELSEWHERE.test(name)

/** `listen_port: { default: 1443, env: 'PORT' }` of convict, and lists like it: https://github.com/mozilla/node-convict/tree/master/packages/convict#the-schema */
function described(module: Module, fallen: SyntaxNode): Value | undefined {
  const variable = (fallen.parent?.getChildren('Property') ?? []).find(({ firstChild }) =>
    /^env(Var|Name)?$/.test(firstChild ? source(module, firstChild) : ''),
  )
  const env = textOf(module, variable?.lastChild)
  const { value } = evaluate(module, fallen.lastChild)
  return env && /^(.*_)?PORT$/.test(env) && typeof value === 'number' ? { env, value } : undefined
}

/** `export const DEFAULT_PORT = 3333`, which another file falls back to. */
export function constant(module: Module, node: SyntaxNode, found: Found): void {
  const name = source(module, node)
  if (!isConstant(name)) return
  const { value } = evaluate(module, module.constants.get(name))
  if (typeof value === 'number') addPort(module, { value }, found, 0)
}

/** The nearest to a `listen` decides; where it only names a variable, another place may know its default. */
export function choosePort(ports: readonly PortFound[]): Listener<number> | undefined {
  const [best, ...others] = [...ports].sort((a, b) => b.weight - a.weight)
  if (!best) return undefined
  const valued = others.filter(({ value }) => value !== undefined)
  const known =
    best.value === undefined
      ? (valued.find(({ env }) => best.env === undefined || env === best.env) ??
        valued.find(({ env }) => env === undefined))
      : best
  const value = known?.value
  const env = best.env ?? known?.env
  return {
    ...(value !== undefined && { value }),
    ...(env !== undefined && { env }),
    ...(known?.open && { open: true }),
    path: (known ?? best).path,
  }
}
