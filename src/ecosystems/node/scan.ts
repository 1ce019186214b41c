import type { SyntaxNode } from '@lezer/common'
import { SHUTDOWN, SPAWNS, SQLITE, WRITES } from '../../knowledge/node-effects.ts'
import type { Project } from '../../project/project.ts'
import { ownPrograms, startedProgram } from './child-programs.ts'
import { configuredPort } from './config-package.ts'
import { hasDefault } from './defaults.ts'
import { evaluate } from './evaluate.ts'
import { type Found, nothing, type Scan } from './found.ts'
import { givenOut, namedFolder, sentOut, settleHanded } from './given-out.ts'
import { hostOf } from './host-beside.ts'
import { type Alias, isDeclared, packageOf, resolveImport } from './imports.ts'
import { addPort, choosePort, fallback, listening, options, withoutRedirects } from './listeners.ts'
import { literal } from './literals.ts'
import { compiledFrom, located } from './loaded.ts'
import { type Neighbours, throughNeighbours } from './neighbours.ts'
import { optionDefault } from './option-defaults.ts'
import { isForDevelopment, isOptional } from './optional.ts'
import { READERS } from './readers.ts'
import { templateOf } from './settings-template.ts'
import { signals } from './signals.ts'
import {
  argumentsOf,
  calleeOf,
  destructured,
  environmentName,
  type Module,
  parseModule,
  textOf,
} from './syntax.ts'
import { writing } from './writing.ts'

/** Bounds: the files nearest to the entry tell what is asked here, and a large repository must not cost a second. */
const MAX_FILES = 48
const MAX_BYTES = 400_000
/** Functions that start a server by another name: Hono, Bun, Apollo, Sails, Total.js. */
const SERVING = new Set(
  'serve Bun.serve startStandaloneServer sails.lift F.run F.http Total.run Total.http'.split(' '),
)
/** Express, serve-static, Koa, Hono, sirv. */
const STATIC = new Set([
  ...['express.static', 'serveStatic', 'koaStatic', 'sirv'],
  ...["require('express').static", "require('serve-static')", "require('koa-static')"],
])
const HEALTH = /^\/(?:api\/)?(?:healthz?|health-?check|livez|readyz|_health)$/

/** What may still be read. */
interface Bounds {
  files: number
  bytes: number
}

/**
 * Reads the entries and what they import, breadth first.
 * @param entries paths of files of the project
 * @param most how many files are read
 * @param neighbours packages of the workspace that are read too
 */
export function scan(
  project: Project,
  entries: readonly string[],
  aliases: readonly Alias[] = [],
  most = MAX_FILES,
  neighbours: Neighbours = new Map(),
): Scan {
  const bounds = { files: most, bytes: MAX_BYTES }
  const { found, seen } = readAll(project, entries, aliases, bounds)
  throughNeighbours(found, neighbours, (other, entry, names) => readAll(other, [entry], names, bounds).found)
  settleHanded(found)
  const named = found.portNames.filter(({ env }) => env !== undefined && found.variables.has(env))
  const read = choosePort([...withoutRedirects(found), ...named])
  const port =
    read?.value === undefined && found.imports.has('config') ? (configuredPort(project) ?? read) : read
  const [host] = [
    ...found.hosts,
    ...[hostOf(found, read) ?? []].flat(),
    ...found.fallbackHosts,
    ...found.settingHosts,
  ]
  return {
    ...found,
    files: seen,
    listens: found.listens,
    developing: found.serves ? undefined : found.developing,
    port,
    host: host && withoutHoles(host),
  } as Scan
}

function readAll(
  project: Project,
  entries: readonly string[],
  aliases: readonly Alias[],
  bounds: Bounds,
): { found: Found; seen: ReadonlySet<string> } {
  const found = nothing()
  const queue = [...entries]
  const seen = new Set(queue)
  for (let index = 0; index < queue.length && bounds.files > 0 && bounds.bytes > 0; index++) {
    bounds.files--
    const module = parseModule(project, queue[index] ?? '')
    if (!module) continue
    bounds.bytes -= module.text.length
    for (const next of look(project, module, found, aliases)) {
      if (!seen.has(next)) queue.push(next)
      seen.add(next)
    }
  }
  return { found, seen }
}

const withoutHoles = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

/** All that say something. An object for each of the others would be most of what the walk costs. */
const READ = new Set([
  ...Object.keys(READERS),
  ...'ImportDeclaration ExportDeclaration DynamicImport CallExpression MemberExpression ObjectPattern String TemplateString'.split(
    ' ',
  ),
])

/** Notes what one file says. @returns the files that it imports */
function look(project: Project, module: Module, found: Found, aliases: readonly Alias[]): string[] {
  const imports: string[] = []
  let database = false
  let memory = false
  const follow = (specifier: string | undefined) => {
    if (specifier === undefined) return
    const target =
      resolveImport(project, module.path, specifier, aliases) ??
      compiledFrom(project, module, specifier) ??
      templateOf(project, module, specifier)
    if (target) imports.push(target)
    else if (/^[.#/]/.test(specifier)) found.declares ||= isDeclared(project, module.path, specifier)
    else {
      found.imports.add(packageOf(specifier))
      found.specifiers.add(specifier)
    }
    if (SQLITE.test(specifier)) database = true
  }
  module.tree.iterate({
    enter(reference) {
      if (!READ.has(reference.name)) return
      const { node } = reference
      READERS[node.name]?.(module, node, found)
      if (node.name === 'ImportDeclaration' || node.name === 'ExportDeclaration') {
        const typeOnly = node.firstChild?.nextSibling?.name === 'type'
        if (!typeOnly) follow(textOf(module, node.getChild('String')))
      } else if (node.name === 'DynamicImport') follow(textOf(module, node.getChild('String')))
      else if (node.name === 'CallExpression') {
        follow(called(module, node, found))
        imports.push(...located(project, module, node), ...ownPrograms(project, module, node))
      } else if (node.name === 'BinaryExpression') compared(module, node, found)
      else if (node.name === 'VariableDefinition') namedFolder(module, node, found)
      else if (node.name === 'MemberExpression') {
        const name = environmentName(module, node)
        if (name && !hasDefault(module, node)) wanted(module, name, found)
      } else if (node.name === 'ObjectPattern') {
        for (const name of destructured(module, node, false)) wanted(module, name, found)
        for (const part of node.getChildren('PatternProperty')) fallback(module, part, found)
      } else if (node.name === 'String' || node.name === 'TemplateString') {
        if (textOf(module, node) === ':memory:') memory = true
        literal(module, node, found)
      }
    },
  })
  if (database && !memory) found.writes = true
  for (const name of found.imports) {
    if (SHUTDOWN.has(name)) found.handlesSigterm = true
    if (SPAWNS.has(name)) found.spawns = true
    if (WRITES.has(name)) found.writes = true
  }
  return imports
}

/** A variable that is read without a default; of the port's, another place may know one. */
function wanted(module: Module, name: string, found: Found): void {
  found.variables.set(name, module.path)
  if (name === 'PORT') addPort(module, { env: name }, found, 0)
}

/** What may read a variable. */
const FROM = /^(Call|Member)Expression$/

/** @returns what `require` asks for */
function called(module: Module, node: SyntaxNode, found: Found): string | undefined {
  const callee = calleeOf(module, node)
  const method = callee.slice(callee.lastIndexOf('.') + 1)
  const args = argumentsOf(node)
  if (callee === 'require' || callee === 'import') return textOf(module, args[0])
  if (method === 'listen' && textOf(module, args[0]) === 'SIGTERM') found.handlesSigterm = true
  else if (method === 'listen' && (callee !== 'listen' || found.imports.has('@colyseus/tools'))) {
    // `listen(config, port)`: https://docs.colyseus.io/deployment#listen
    listening(module, callee === 'listen' ? args.slice(1) : args, found, 10)
    heard(module, node, found)
  } else if (callee === 'serve' && typeof evaluate(module, args[0]).value === 'string')
    // The usual name of koa-static: `app.use(serve('public'))`.
    givenOut(module, node, found)
  else if (SERVING.has(callee)) {
    found.listens = found.told = true
    heard(module, node, found)
    for (const argument of args) options(module, argument, found, 10)
  } else if (
    /^process\.(on|once|addListener)$/.test(callee) &&
    signals(module, node, args[0]).includes('SIGTERM')
  )
    found.handlesSigterm = true
  else if (method === 'enableShutdownHooks') found.handlesSigterm = true
  else if (writing(module, callee, args, found)) found.writes = true
  else if (STATIC.has(callee)) givenOut(module, node, found)
  else if (method === 'sendFile') sentOut(module, args[0], found)
  else if (method === 'set' && textOf(module, args[0]) === 'views') sentOut(module, args[1], found)
  else if (method === 'get' && /^(app|server|fastify|instance)\.get$/.test(callee)) {
    const route = textOf(module, args[0])
    if (route && HEALTH.test(route)) found.health ??= route
  } else if (method === 'set' && textOf(module, args[0]) === 'port')
    addPort(module, evaluate(module, args[1]), found, 5)
  else {
    addPort(module, optionDefault(module, method, args, 'port') ?? {}, found, 2)
    const { value, env } = optionDefault(module, method, args, 'host') ?? {}
    if (typeof value === 'string')
      found.fallbackHosts.push({ value, path: module.path, ...(env !== undefined && { env }) })
    // getEnv('PORT', '4000')
    const named = /^[A-Z][A-Z\d_]*$/.test(textOf(module, args[0]) ?? '')
    // firstOf(flags.port, env('SHOP_PORT'), 4000)
    const falls =
      /^(String|Number)$/.test(args.at(-1)?.name ?? '') && args.some(({ name }) => FROM.test(name))
    if (args.length > 1 && (named || falls)) fallback(module, node, found)
  }
  const program = startedProgram(callee, module, args)
  if (program !== undefined && !found.programs.has(program)) found.programs.set(program, module.path)
  return undefined
}

/** When a call that listens is made. */
function heard(module: Module, node: SyntaxNode, found: Found): void {
  found.always ||= !isOptional(module, node)
  if (isForDevelopment(module, node)) found.developing ??= module.path
  else found.serves = true
}

/** `request.url === '/healthz'`, in a server without a framework. */
function compared(module: Module, node: SyntaxNode, found: Found): void {
  const { firstChild: left, lastChild: right } = node
  const what = left ? module.text.slice(left.from, left.to) : ''
  const route = right ? textOf(module, right) : undefined
  if (route && /^(req|request)\.(url|path)$|(^|\.)pathname$/.test(what) && HEALTH.test(route))
    found.health ??= route
}
