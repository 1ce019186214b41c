import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import {
  argumentsOf,
  calleeOf,
  environmentName,
  evaluate,
  items,
  type Module,
  Overridable,
  parseModule,
  source,
  textOf,
  type Value,
} from './syntax.ts'

/** What the code of a program says about how it runs. */
export interface Scan {
  /** Whether anything listens on a port. */
  readonly listens: boolean
  /** The port by default, and the variable that sets it. */
  readonly port?: { readonly value?: number; readonly env?: string; readonly path: string } | undefined
  /** The address by default, where the code names one, and the variable that sets it. */
  readonly host?: { readonly value?: string; readonly env?: string; readonly path: string } | undefined
  readonly handlesSigterm: boolean
  /** Whether it starts other programs: then something must reap them, and they may need a shell. */
  readonly spawns: boolean
  /** Whether it writes files: then some of its folders must be its user's. */
  readonly writes: boolean
  /** A route that tells health, of the app itself and not of a router below a prefix. */
  readonly health?: string | undefined
  /** Packages that are imported, by name. */
  readonly imports: ReadonlySet<string>
  /** First segments of the relative paths in string literals: files that are read at run time. */
  readonly paths: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
}

/** Bounds: the files nearest to the entry tell what is asked here, and a large repository must not cost a second. */
const MAX_FILES = 48
const MAX_BYTES = 400_000
const EXTENSIONS = [
  '',
  '.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
]
const SHUTDOWN = new Set([
  'close-with-grace',
  'http-graceful-shutdown',
  '@godaddy/terminus',
  'lightship',
  'fastify-graceful-shutdown',
])
/** Packages whose use is to start other programs. */
const SPAWNS = new Set([
  'child_process',
  'execa',
  'cross-spawn',
  'shelljs',
  'zx',
  'fluent-ffmpeg',
  'simple-git',
])
/** Packages that keep files where the program is. */
const WRITES = new Set([
  'better-sqlite3',
  'sqlite3',
  'node:sqlite',
  'sqlite',
  'multer',
  'lowdb',
  'nedb',
  '@seald-io/nedb',
  'nedb-promises',
  'node-persist',
  'winston-daily-rotate-file',
  'conf',
  'level',
  '@libsql/client',
  'formidable',
  'express-fileupload',
  'session-file-store',
])
/** Functions of `fs` and its like that write. */
const WRITING =
  /^(mkdir|writeFile|appendFile|ensureDir|ensureFile|outputFile|outputJson|writeJson|copyFile|mkdtemp)(Sync)?$|^createWriteStream$/
const HEALTH = /^\/(?:api\/)?(?:healthz?|health-?check|livez|readyz|_health)$/

interface Mutable {
  listens: boolean
  ports: { value?: number | undefined; env?: string | undefined; path: string; weight: number }[]
  hosts: { value?: string | undefined; env?: string | undefined; path: string }[]
  handlesSigterm: boolean
  spawns: boolean
  writes: boolean
  health: string | undefined
  imports: Set<string>
  paths: Set<string>
  variables: Set<string>
}

/** Reads the entries and what they import, breadth first. @param entries paths of files of the project */
export function scan(project: Project, entries: readonly string[], aliases: readonly Alias[] = []): Scan {
  const found: Mutable = {
    listens: false, ports: [], hosts: [], handlesSigterm: false, spawns: false, writes: false, health: undefined, imports: new Set(), paths: new Set(), variables: new Set(),
  } // biome-ignore format: one record
  const queue = [...entries]
  const seen = new Set(queue)
  let bytes = 0
  for (let index = 0; index < queue.length && index < MAX_FILES && bytes < MAX_BYTES; index++) {
    const module = parseModule(project, queue[index] ?? '')
    if (!module) continue
    bytes += module.text.length
    for (const next of look(project, module, found, aliases)) {
      if (!seen.has(next)) queue.push(next)
      seen.add(next)
    }
  }
  const port = choosePort(found.ports)
  return {
    ...found,
    listens: found.listens,
    port,
    host: found.hosts[0] && withoutHoles(found.hosts[0]),
  } as Scan
}

/** The nearest to a `listen` decides; where it only names a variable, another place may know its default. */
function choosePort(ports: Mutable['ports']): Scan['port'] {
  const [best, ...others] = [...ports].sort((a, b) => b.weight - a.weight)
  if (!best) return undefined
  const valued = others.filter(({ value }) => value !== undefined)
  const known =
    best.value === undefined
      ? (valued.find(({ env }) => best.env === undefined || env === best.env) ??
        valued.find(({ env }) => env === undefined))
      : best
  return withoutHoles({
    value: known?.value,
    env: best.env ?? known?.env,
    path: (known ?? best).path,
  }) as Scan['port']
}

const withoutHoles = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

/** `@/*` → `src/*`, from tsconfig's `paths`. */
export interface Alias {
  readonly prefix: string
  readonly target: string
}

/** Finds the file that an import means. */
export function resolveImport(
  project: Project,
  from: string,
  specifier: string,
  aliases: readonly Alias[],
): string | undefined {
  const alias = specifier.startsWith('.')
    ? undefined
    : aliases.find(({ prefix }) => specifier.startsWith(prefix))
  if (!specifier.startsWith('.') && !alias) return undefined
  const base = alias
    ? alias.target + specifier.slice(alias.prefix.length)
    : join(from.split('/').slice(0, -1).join('/'), specifier)
  const stems = [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')]
  return stems.flatMap(stem => EXTENSIONS.map(extension => stem + extension)).find(path => project.has(path))
}

/** Joins POSIX paths without leaving the root. */
export function join(...parts: readonly string[]): string {
  const result: string[] = []
  for (const part of parts.join('/').split('/')) {
    if (part === '..') result.pop()
    else if (part && part !== '.') result.push(part)
  }
  return result.join('/')
}

/** Notes what one file says. @returns the files that it imports */
function look(project: Project, module: Module, found: Mutable, aliases: readonly Alias[]): string[] {
  const imports: string[] = []
  const follow = (specifier: string | undefined) => {
    if (specifier === undefined) return
    const target = resolveImport(project, module.path, specifier, aliases)
    if (target) imports.push(target)
    else if (!/^[.#/]/.test(specifier)) found.imports.add(packageOf(specifier))
  }
  module.tree.iterate({
    enter({ node }) {
      if (node.name === 'ImportDeclaration' || node.name === 'ExportDeclaration') {
        const typeOnly = node.firstChild?.nextSibling?.name === 'type'
        if (!typeOnly) follow(textOf(module, node.getChild('String')))
      } else if (node.name === 'DynamicImport') follow(textOf(module, node.getChild('String')))
      else if (node.name === 'CallExpression') follow(called(module, node, found))
      else if (node.name === 'NewExpression') constructed(module, node, found)
      else if (node.name === 'BinaryExpression') fallback(module, node, found)
      else if (node.name === 'ArrayExpression') choices(module, node, found)
      else if (node.name === 'Property') property(module, node, found)
      else if (node.name === 'MemberExpression') {
        const name = environmentName(module, node)
        if (name) found.variables.add(name)
      } else if (node.name === 'String' || node.name === 'TemplateString') literal(module, node, found)
    },
  })
  for (const name of found.imports) {
    if (SHUTDOWN.has(name)) found.handlesSigterm = true
    if (SPAWNS.has(name)) found.spawns = true
    if (WRITES.has(name)) found.writes = true
  }
  return imports
}

export const packageOf = (specifier: string): string =>
  specifier
    .replace(/^node:/, '')
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** @returns what `require` asks for */
function called(module: Module, node: SyntaxNode, found: Mutable): string | undefined {
  const callee = calleeOf(module, node)
  const method = callee.slice(callee.lastIndexOf('.') + 1)
  const args = argumentsOf(node)
  if (callee === 'require' || callee === 'import') return textOf(module, args[0])
  if (method === 'listen' && callee !== 'listen') listening(module, args, found, 10)
  else if (callee === 'serve' || callee === 'Bun.serve' || callee === 'startStandaloneServer') {
    found.listens = true
    for (const argument of args) options(module, argument, found, 10)
  } else if (
    /^process\.(on|once|addListener)$/.test(callee) &&
    signals(module, node, args[0]).includes('SIGTERM')
  )
    found.handlesSigterm = true
  else if (method === 'enableShutdownHooks') found.handlesSigterm = true
  else if (WRITING.test(method)) found.writes = true
  else if (method === 'get' && /^(app|server|fastify|instance)\.get$/.test(callee)) {
    const route = textOf(module, args[0])
    if (route && HEALTH.test(route)) found.health ??= route
  } else if (method === 'set' && textOf(module, args[0]) === 'port')
    addPort(module, evaluate(module, args[1]), found, 5)
  return undefined
}

/** The signals that an argument may name: itself, or each of the list that a loop around it goes through. */
function signals(module: Module, call: SyntaxNode, argument: SyntaxNode | undefined): readonly string[] {
  const own = textOf(module, argument)
  if (own !== undefined) return [own]
  for (let node = call.parent; node; node = node.parent) {
    const list =
      node.name === 'ForStatement'
        ? node.getChild('ForOfSpec')
        : node.name === 'CallExpression'
          ? node.firstChild
          : null
    const array = list && firstArray(list)
    if (array) return items(array).map(item => textOf(module, item) ?? '')
  }
  return []
}

function firstArray(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'ArrayExpression') return node
  for (const child of items(node)) {
    const found = firstArray(child)
    if (found) return found
  }
  return undefined
}

/** `listen(port, host)`, `listen({ port, host })`, whatever the library. */
function listening(module: Module, args: readonly SyntaxNode[], found: Mutable, weight: number): void {
  const [first, second] = args
  if (first && textOf(module, first)?.startsWith('/')) return
  found.listens = true
  const value = evaluate(module, first)
  if (value.value !== null && typeof value.value === 'object') options(module, first, found, weight)
  else addPort(module, value, found, weight)
  const host = evaluate(module, second)
  if ((typeof host.value === 'string' && !/^\d+$/.test(host.value)) || host.env) addHost(module, host, found)
}

function options(module: Module, node: SyntaxNode | undefined, found: Mutable, weight: number): void {
  const { value } = evaluate(module, node)
  if (value === null || typeof value !== 'object') return
  const members = value as Record<string, unknown>
  const inner = members.listen
  addPort(
    module,
    unwrap(
      inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>).port : members.port,
    ),
    found,
    weight,
  )
  const host = unwrap(members.host ?? members.hostname)
  if (host.value !== undefined || host.env) addHost(module, host, found)
}

const unwrap = (value: unknown): Value =>
  value instanceof Overridable ? { value: value.value, env: value.env } : { value }

function addPort(module: Module, { value, env }: Value, found: Mutable, weight: number): void {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const port =
    typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536
      ? number
      : undefined
  if (port !== undefined || (env && /PORT/i.test(env)))
    found.ports.push({ value: port, env, path: module.path, weight: weight + (port ? 1 : 0) })
}

function addHost(module: Module, { value, env }: Value, found: Mutable): void {
  found.hosts.push({ value: typeof value === 'string' ? value : undefined, env, path: module.path })
}

/** `new Server({ port })`, `new WebSocketServer({ port: 8080 })` */
function constructed(module: Module, node: SyntaxNode, found: Mutable): void {
  const name = node.getChild('VariableName') ?? node.getChild('MemberExpression')
  if (name && /(^|\.)(WebSocketServer|WebSocket\.Server|Server)$/.test(source(module, name))) {
    const before = found.ports.length
    for (const argument of argumentsOf(node)) options(module, argument, found, 6)
    if (found.ports.length > before) found.listens = true
  }
}

/** `process.env.PORT || 3000` anywhere: the server's port, if nothing nearer says it. */
function fallback(module: Module, node: SyntaxNode, found: Mutable): void {
  const value = evaluate(module, node)
  if (value.env && /^(.*_)?PORT$/.test(value.env)) addPort(module, value, found, value.env === 'PORT' ? 4 : 1)
}

/** `PORT: z.coerce.number().default(9999)`, `PORT: port({ default: 3000 })`, and `port:` of a configuration. */
function property(module: Module, node: SyntaxNode, found: Mutable): void {
  const key = node.getChild('PropertyDefinition')
  const name = key && source(module, key)
  if (!name || !/^(.*_)?PORT$|^(http|server|app)?[pP]ort$/.test(name)) return
  const upper = name === name.toUpperCase()
  const value = upper ? schemaDefault(module, node.lastChild) : evaluate(module, node.lastChild)
  if (value)
    addPort(module, upper ? { ...value, env: name } : value, found, name === 'PORT' ? 4 : value.env ? 2 : 0)
}

/** `[process.env.APP_PORT, process.env.PORT, 3001].find(Boolean)` */
function choices(module: Module, node: SyntaxNode, found: Mutable): void {
  const values = items(node).map(item => evaluate(module, item))
  const env = values.find(value => value.env && /^(.*_)?PORT$/.test(value.env))?.env
  const value = values.findLast(item => typeof item.value === 'number')?.value
  if (env && value !== undefined) addPort(module, { env, value }, found, 3)
}

/** The default of a schema: zod, envalid, convict and their like. */
function schemaDefault(module: Module, node: SyntaxNode | null): Value | undefined {
  let call = node
  for (let depth = 0; call?.name === 'CallExpression' && depth < 8; depth++) {
    const [argument] = argumentsOf(call)
    const known = evaluate(module, argument)
    if (/\.default$/.test(calleeOf(module, call))) return known
    if (known.value !== null && typeof known.value === 'object' && 'default' in known.value)
      return { value: known.value.default }
    call = call.firstChild?.firstChild ?? null
  }
  return undefined
}

/** `'../public'`, `'views'`, `'./config/app.json'`: what may be read at run time. */
function literal(module: Module, node: SyntaxNode, found: Mutable): void {
  const parent = node.parent
  if (parent && /^(Import|Export|DynamicImport)/.test(parent.name)) return
  if (
    parent?.parent?.name === 'CallExpression' &&
    /^(require|require\.resolve|jest\.mock)$/.test(calleeOf(module, parent.parent))
  )
    return
  const value = textOf(module, node)
  if (!value || value.length > 100 || !/^[\w./-]+$/.test(value)) return
  const segment = value.replace(/^(\.{0,2}\/)+/, '').split('/')[0]
  if (segment) found.paths.add(segment)
}
