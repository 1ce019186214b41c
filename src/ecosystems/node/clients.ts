import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { placeOf } from './copied-pages.ts'
import type { Client, NodeFacts } from './facts.ts'
import { templateNotes } from './imported-templates.ts'
import type { Manifest } from './manifest.ts'
import { join, joinOutward, relative, TESTED } from './paths.ts'
import { scan } from './scan.ts'
import { type Command, EVERY_MEMBER, expand, selected } from './scripts.ts'
import { readTsConfig, sourceOf } from './tsconfig.ts'

/** What is known of the server that may give pages out. */
interface Server {
  /** Its folder, from the root of the project. */
  readonly dir: string
  /** The folder with its lock file, likewise. */
  readonly root: string
  readonly manifest: Manifest
  /** Paths that its code names. */
  readonly literals: ReadonlySet<string>
  /** Folders that it gives out at the root of the site. */
  readonly served: ReadonlySet<string>
  /** Paths that it writes to. */
  readonly written: ReadonlySet<string>
}

/** Pages about the project: `docs` is a route of many an API. */
const ASIDE = /(^|\/)(docs?|documentation|website|examples?)$/
/** More are no clients of one server. */
const MAX_CLIENTS = 4
/** Packages that are looked at for them. */
const MAX_PACKAGES = 12
/** Scripts that a platform or a person runs before the server starts. */
const BUILDS = ['build', 'build:prod', 'build:production', 'heroku-postbuild', 'gcp-build', 'render-build', 'postinstall', 'prestart', 'start', 'start:prod', 'prod'] // biome-ignore format: one list

/**
 * The packages below or beside a server whose pages it gives out: its code names their folder and output, or its
 * build makes them. Others are apps of their own.
 * @param site the facts of the package in a folder, where it makes a site
 */
export function clientsOf(
  project: Project,
  server: Server,
  site: (dir: string) => NodeFacts | undefined,
): readonly Client[] {
  const commands = BUILDS.flatMap(name => expand(server.manifest.scripts, name, true))
  const builds = commands.filter(builder)
  const near = packagesNear(project, server.dir).map(dir => ({ dir, facts: site(dir) }))
  const sites = near.flatMap(({ dir, facts }) =>
    facts?.deployment.is === 'files' ? [{ dir, facts, made: facts.deployment.out }] : [],
  )
  const seen = (path: string) => relative(server.root, path)
  // A member's stage holds what its closure says.
  const client = (dir: string, out: string, facts: NodeFacts): Client => ({
    dir: seen(dir),
    out: seen(out),
    ...([...server.written].some(path => isBelow(joinOutward(server.dir, path), out)) && {
      written: true as const,
    }),
    beside: isMember(facts) ? [] : (facts.layout.outside ?? []).map(path => seen(join(dir, path))),
    facts,
  })
  const named = sites
    .flatMap(({ dir, facts, made }) => {
      // Vite's `outDir: '../server/public'` leads into the server itself.
      const out = join(dir, made)
      const given = server.dir !== '.' && isBelow(out, server.dir)
      const built = builds.some(command => isFor(command, relative(server.dir, dir), facts))
      const place = placeOf(project, server.dir, commands, relative(server.dir, out))
      if (!given && !built && !names(server.literals, dir, out)) return []
      const here = server.dir !== '.' && server.served.has(out) && !project.dirs.has(join(server.dir, out))
      const found = {
        ...client(dir, out, facts),
        // `join(path.resolve(), 'web/dist')` of a server that is started above its folder: in the image it's its own.
        ...(here && { served: seen(join(server.dir, out)) }),
        ...(place && { served: seen(join(server.dir, place)), copied: true as const }),
      }
      const isGivenOut =
        given || [...server.served, ...server.literals].some(path => `${path}/`.startsWith(`${out}/`))
      return [{ found, isGivenOut }]
    })
    .slice(0, MAX_CLIENTS)
  // Services were all made from one template, and who knows which of them has the pages.
  const isOneOfMany = near.some(
    ({ dir, facts }) =>
      facts?.kind.value === 'web' &&
      facts.deployment.is === 'program' &&
      missingPages(project, { dir, ...givenOutBy(project.within(dir), facts) }) !== undefined,
  )
  const served = isOneOfMany ? undefined : missingPages(project, server)
  // Where a script builds the only one, and nothing names what comes of it, a person moves that.
  const moved = named.filter(({ found, isGivenOut }) => !isGivenOut && found.served === undefined)
  const [only, ...others] = sites.filter(({ dir }) =>
    named.length > 0 ? moved.some(({ found }) => found.dir === seen(dir)) : CLIENT.test(dir),
  )
  return named.length < 2 && served !== undefined && only && others.length === 0
    ? [{ ...client(only.dir, join(only.dir, only.made), only.facts), served: seen(served) }]
    : named.map(({ found }) => found)
}

/** What another server's code says of pages. @param view its folder */
function givenOutBy(view: Project, { program }: NodeFacts): Pick<Server, 'literals' | 'served'> {
  const entry = program === undefined || program.runs.is === 'bin' ? undefined : program.runs.entry
  const tsconfig = readTsConfig(view)
  const source = entry === undefined ? undefined : sourceOf(view, entry, tsconfig)
  return scan(view, source === undefined ? [] : [source], tsconfig?.aliases)
}

/** Names of folders that hold what a browser runs. */
const CLIENT = /(^|[/_-])(client|front(-?end)?|web(app|-app)?|ui)$/

/** What people send to a server, and what it fills in itself, lies in no client's output. */
const RECEIVED =
  /(^|\/)(uploads?|files?|data|te?mp|media|storage|images?|photos|assets|downloads?|e?mails?|templates?|views|swagger(-ui)?|api-?docs|locales)$/

/** A folder of pages that the server gives out and nobody has written: a client's output is put there by hand. */
function missingPages(
  project: Project,
  { dir, literals, served }: Pick<Server, 'dir' | 'literals' | 'served'>,
): string | undefined {
  const named = [...literals]
    .filter(path => path.endsWith('/index.html'))
    .map(path => path.slice(0, -'/index.html'.length))
  const written = (folder: string) =>
    project.files.some(path => path.startsWith(`${folder}/`) && !path.split('/').at(-1)?.startsWith('.'))
  return [...named, ...[...served].filter(folder => folder !== '' && !RECEIVED.test(folder))]
    .map(folder => join(dir, folder))
    .find(folder => /^[\w./-]+$/.test(folder) && !written(folder))
}

/** Whether a client is a member of a workspace, and built from its root. */
export const isMember = ({ layout }: NodeFacts): boolean => layout.app !== '.'

/** Whether a command of the server's scripts is run for a client. @param dir the client's folder, from the server's */
export const isFor = (command: Command, dir: string, { name }: NodeFacts): boolean =>
  command.dir === dir || [dir, name, EVERY_MEMBER].includes(selected(command.words) ?? '.')

/** Folders below the server's that only their own stage needs. */
export const withoutClients = (clients: readonly Client[]): readonly string[] =>
  clients.filter(({ dir }) => !dir.startsWith('..')).map(({ dir }) => `--exclude=${dir}`)

/** Folders that the stages of clients need, of the workspace that they share with the server. */
export const keptForClients = (clients: readonly Client[]): readonly string[] =>
  clients
    .filter(({ facts }) => isMember(facts))
    .flatMap(({ facts: { layout } }) => [layout.app, ...layout.members.map(({ dir }) => dir)])

export const clientNotes = (clients: readonly Client[]): readonly Note[] =>
  clients.flatMap(({ dir, out, served, copied, facts }) => [
    note(
      'CLIENT_INCLUDED',
      served && !copied ? 'warning' : 'info',
      served && !copied
        ? `the server gives out ${served}, which nothing makes: the pages that ${dir} builds are taken for it`
        : `the server gives out ${served ?? out}, so the image builds that too`,
      fromFile(join(facts.layout.root, facts.layout.app, 'package.json')),
    ),
    ...templateNotes(facts.steps, dir),
  ])

const builder = ({ words }: Command): boolean =>
  words.some(word => /^(build|generate|export)(:|$)/.test(word))

/** Below the server's folder, and, for a server in a folder of its own, beside it. */
function packagesNear(project: Project, root: string): readonly string[] {
  const parent = root === '.' ? undefined : root.split('/').slice(0, -1).join('/')
  const bases = [root === '.' ? '' : `${root}/`, ...(parent === undefined ? [] : [parent && `${parent}/`])]
  return project.files
    .filter(path => path.endsWith('/package.json'))
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(
      dir =>
        dir !== root &&
        /^[\w./-]+$/.test(dir) &&
        !TESTED.test(dir) &&
        bases.some(base => dir.startsWith(base) && dir.slice(base.length).split('/').length <= 2),
    )
    .slice(0, MAX_PACKAGES)
}

const isBelow = (path: string, root: string): boolean => path.startsWith(`${root}/`)

/** `'../client/dist'`, or `'client'` and `'dist'` where they are joined. */
function names(literals: ReadonlySet<string>, dir: string, out: string): boolean {
  if (ASIDE.test(dir)) return false
  const words = new Set([...literals].flatMap(path => path.split('/')))
  const folder = dir.split('/').at(-1) ?? dir
  const output = out.split('/').find(part => part !== folder && !dir.split('/').includes(part))
  return words.has(folder) && (output === undefined || words.has(output))
}
