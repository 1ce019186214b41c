import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Kind } from '../ecosystem.ts'
import type { App } from './app.ts'
import type { Class } from './classify.ts'
import { option } from './command-words.ts'
import type { Documented } from './env-example.ts'
import type { Scan } from './found.ts'
import type { Framework } from './frameworks.ts'
import { isPrivateAddress } from './launch.ts'
import type { Runnable, Start } from './start.ts'

export function kindOf(
  { kind, framework, deployment, start }: Class,
  found: Scan | undefined,
  workers: boolean,
): Fact<Kind> {
  if (deployment.is === 'files')
    return byConvention(
      kind === 'static' && deployment.router ? 'spa' : kind,
      framework ? `what ${framework.name} makes` : 'pages that no server makes',
    )
  // A library for servers and one for workers: what the started program does decides.
  const read = start?.runs.is === 'bin' ? undefined : found
  if (kind === 'web' && framework?.tier === 'server' && read && !read.listens && workers)
    return byConvention('worker', 'the started program listens on no port')
  // A bot whose dashboard is a matter of settings runs without it too, and then nothing would answer a health check.
  if (kind === 'web' && framework?.tier === 'server' && read?.listens && !read.always && workers)
    return byConvention('worker', 'the started program listens only where its settings say so')
  // Clients use it as well as servers.
  if (kind === 'web' && framework?.name === 'ws' && read && !read.listens)
    return byConvention('worker', 'the started program listens on no port')
  // A program beside pages about it: the tool that makes those says nothing of it.
  if (kind === 'web' && framework?.tier === 'files' && read && !read.listens && !workers)
    return byConvention('worker', 'the started program listens on no port')
  if (kind === 'worker' && found?.listens && (framework?.tier !== 'worker' || framework.beside))
    return fact('web' as Kind, fromFile(found.port?.path ?? 'package.json', 'listens on a port'))
  return byConvention(kind, framework ? `what ${framework.name} is for` : 'nothing listens on a port')
}

export function frameworkOf(
  { manifest, project }: App,
  { framework, kind }: Class,
  final: Kind,
): Fact<string> | undefined {
  if (!framework || (framework.tier === 'files' && final === 'worker'))
    return kind === 'cli' || final === 'library' ? byConvention(kind, 'by its manifest') : undefined
  const name = framework.packages.find(item =>
    Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, item),
  )
  if (name === undefined) return byConvention(framework.name, 'what the build runs')
  const group = Object.hasOwn(manifest.dependencies, name) ? 'dependencies' : 'devDependencies'
  return fact(
    framework.name,
    fromFile('package.json', `${group}.${name}`, project.line('package.json', group, name)),
  )
}

/** @returns undefined where nothing says it */
export function knownPort(
  { deployment, start }: Class,
  found: Scan | undefined,
  env: Readonly<Record<string, string>>,
  wishes: Wishes,
  examples: readonly Documented[] = [],
): Fact<number> | undefined {
  if (wishes.port) return wishes.port
  if (deployment.is === 'files') return byConvention(8080, 'the port of the unprivileged web server')
  const given = portArgument(start?.runs)
  if (given !== undefined && start) return fact(given, start.fact.source)
  const stated = Number(env.PORT)
  if (stated > 0 && stated < 65_536) return byConvention(stated, 'the start script sets PORT')
  if (found?.port?.value !== undefined)
    return fact(found.port.value, fromFile(found.port.path, found.port.env))
  const example = examples.find(
    ({ name, value }) => name === found?.port?.env && /^[1-9]\d{1,4}$/.test(value),
  )
  if (example) return fact(Number(example.value), fromFile(example.path, example.name))
  const bare = bareArgument(start?.runs)
  return bare !== undefined && start ? fact(bare, start.fact.source) : undefined
}

/** `node index.js 8000`, of a program whose code names no port. */
const bareArgument = (runs: Runnable | undefined): number | undefined => {
  const [only, ...others] = runs?.is === 'node' ? runs.args : []
  return only !== undefined && others.length === 0 && /^[1-9]\d{2,4}$/.test(only) && Number(only) < 65_536
    ? Number(only)
    : undefined
}

export const usualPort = ({ framework, deployment }: Class): Fact<number> =>
  (deployment.is === 'program' ? deployment.port : undefined) ??
  byConvention(framework?.port ?? 3000, `the port of ${framework?.name ?? 'most servers'}`)

/** A program of a dependency that serves what it is given. */
interface Server {
  /** What makes it reachable: left alone it listens on localhost. */
  readonly env: Readonly<Record<string, string>>
  readonly portVariable?: 'PORT'
  readonly handlesSigterm?: true
}

const SERVERS: Readonly<Record<string, Server>> = {
  fastify: { env: { FASTIFY_ADDRESS: '0.0.0.0' }, portVariable: 'PORT', handlesSigterm: true },
  probot: { env: { HOST: '0.0.0.0' }, portVariable: 'PORT' },
  'json-server': { env: { HOST: '0.0.0.0' } },
}

/** The server that is started by its name. */
export const serverOf = (runs: Runnable | undefined): Server | undefined =>
  runs?.is === 'bin' && Object.hasOwn(SERVERS, runs.name) ? SERVERS[runs.name] : undefined

/** `fastify start -p 8080`, `node server.js --port 8080`: a port that no variable changes. */
export const portArgument = (runs: Runnable | undefined): number | undefined => {
  const names = runs?.is === 'bin' ? ['-p', '--port'] : ['--port']
  const port = Number(runs && option(runs.args, ...names))
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

/** Listening on localhost alone, a server in a container answers nobody. */
export function reachable({ framework, start }: Class, found: Scan): Readonly<Record<string, string>> {
  const program = serverOf(start?.runs)?.env
  const own =
    found.host?.env && (found.host.value === undefined || local(found.host.value))
      ? { [found.host.env]: '0.0.0.0' }
      : {}
  return { ...framework?.env, ...program, ...own }
}

/** Where the code knows no port of its own, or several, or a person wants another one, the image sets it. */
export function portSetting(
  variable: string | undefined,
  found: Scan,
  port: Fact<number>,
  wishes: Wishes,
  framework: Framework | undefined,
): Readonly<Record<string, string>> {
  const unset =
    (found.port?.env !== undefined && (found.port.value === undefined || found.port.open === true)) ||
    framework?.setsPort === true
  return variable !== undefined && (unset || wishes.port) ? { [variable]: String(port.value) } : {}
}

/** `http://127.0.0.1` too, which is an address for a browser and none to listen on, and that of somebody's machine at home. */
const local = (host = ''): boolean =>
  /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[?::1\]?)(:\d+)?\/?$/.test(host) || isPrivateAddress(host)

/** A port that no framework, no line of code and no variable that the image sets says is a guess. */
export const portNotes = (
  { framework }: Class,
  kind: Kind,
  port: number,
  found: Scan | undefined,
): readonly Note[] =>
  (kind === 'web' || found?.listens === true) &&
  framework?.tier !== 'app' &&
  framework?.portVariable === undefined &&
  found?.port?.env === undefined
    ? [
        note(
          'PORT_ASSUMED',
          'warning',
          `no code says which port this listens on: ${port} is assumed; --port says better`,
        ),
      ]
    : []

/** One program is in a container: what a script starts beside it wants one of its own. */
export const besideNotes = (start: Start | undefined): readonly Note[] =>
  start?.beside?.length
    ? [
        note(
          'PROGRAMS_BESIDE',
          'warning',
          `the start script runs ${start.beside.join(', ')} at the same time: the container starts ${start.fact.value} alone`,
          start.fact.source,
        ),
      ]
    : []

/** `process.env.PORT | 3000` adds bits up. */
export const slipNotes = (found: Scan | undefined): readonly Note[] =>
  found?.slip === undefined
    ? []
    : [
        note(
          'PORT_SLIP',
          'warning',
          `the port is ${found.port?.env ?? 'PORT'} | ${found.port?.value ?? 'a number'}, as it has | for ||: with the variable set it would listen on another one than that`,
          fromFile(found.slip),
        ),
      ]

/** Hosts that call what a module exports bring the server; a container has none: https://vercel.com/docs/frameworks/backend/express */
export function developingNotes(found: Scan | undefined): readonly Note[] {
  const path = found?.developing
  if (path === undefined) return []
  const [code, why, what] = path.endsWith('.json')
    ? ['SETTINGS_OF_DEVELOPMENT', `${path} has nothing for a NODE_ENV of production`, 'add them there']
    : ['LISTENS_IN_DEVELOPMENT', 'nothing listens where NODE_ENV is production', 'let it listen there too']
  return [
    note(
      code,
      'warning',
      `${why}, so the image sets it to development: ${what}, and set NODE_ENV=production in the container`,
      fromFile(path),
    ),
  ]
}

/** Fastify listens on localhost where it is told no address: https://fastify.dev/docs/latest/Reference/Server/#listen */
const LOCAL_BY_DEFAULT = ['fastify', '@nestjs/platform-fastify']

/** The file of a server that listens on its own machine's address alone, and no variable says another. */
export function localServer(
  { framework }: Class,
  { host, unaddressed, imports }: Scan,
): { readonly path: string; readonly address: string } | undefined {
  if (host)
    return local(host.value) && host.env === undefined && framework?.tier !== 'app'
      ? { path: host.path, address: host.value ?? 'localhost' }
      : undefined
  return unaddressed !== undefined && LOCAL_BY_DEFAULT.some(name => imports.has(name))
    ? { path: unaddressed, address: 'localhost' }
    : undefined
}

/** @param opened whether the start command lets it listen on every address */
export const hostNotes = (found: Class, scan: Scan | undefined, opened: boolean): readonly Note[] => {
  const server = scan && localServer(found, scan)
  return server
    ? [
        note(
          'LISTENS_ON_LOCALHOST',
          opened ? 'info' : 'warning',
          opened
            ? `the server listens on ${server.address} alone, so nothing outside its container would reach it: the start command lets it listen on 0.0.0.0`
            : `the server listens on ${server.address} alone, so nothing outside its container reaches it: let it listen on 0.0.0.0`,
          fromFile(server.path),
        ),
      ]
    : []
}
