import { UserError } from '../../errors.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate } from '../ecosystem.ts'
import { behindOthers } from './behind.ts'
import { candidate } from './candidate.ts'
import { delegated } from './delegated.ts'
import type { NodeFacts } from './facts.ts'
import { type Manifest, NO_MANIFEST, readManifest } from './manifest.ts'
import { handsOver, nxApps } from './nx.ts'
import { nxCandidate } from './nx-candidate.ts'
import { type Place, pathOf } from './place.ts'
import { isRush, rushObstacle } from './rush.ts'
import { expand } from './scripts.ts'
import { isLibrary, MAX_PACKAGES, standalone } from './standalone.ts'
import { localPackages } from './surroundings.ts'
import { readWorkspace, type Workspace } from './workspaces.ts'

/** Scripts of what is looked at first where there are more. */
const STARTS = ['start', 'start:prod', 'preview', 'dev']

/** Every app of Node.js in the project. */
export function inspect(project: Project, wishes: Wishes): readonly Candidate<NodeFacts>[] {
  const rush = isRush(project)
  // Rush installs nothing of what a manifest at the root asks for: it is somebody's tool.
  const root = rush ? undefined : readManifest(project)
  const workspace = readWorkspace(project, root)
  const nx = root ? nxApps(project) : []
  const byNx = new Set(nx.map(({ dir }) => dir))
  const all = [...(workspace?.members.keys() ?? [])].filter(dir => !byNx.has(dir))
  // Of a workspace with more of them, the one that is asked for is looked at in any case.
  const asked = all.filter(dir => [dir, workspace?.members.get(dir)?.name].includes(wishes.app?.value))
  const started = all.filter(dir => STARTS.some(name => workspace?.members.get(dir)?.scripts[name]))
  const members = [...new Set([...asked, ...started, ...all])].slice(0, MAX_PACKAGES)
  const obstacle = rush ? rushObstacle(project, members[0] ?? '') : undefined
  if (obstacle) throw obstacle
  const tools = root && nx.length > 0 && handsOver(root)
  const own =
    root && !tools ? candidate(project, { root: '.', app: '.' }, root, wishes, workspace) : undefined
  const settled = own && own.fit === 'exact' && !wishes.app && !(workspace && own.questions.length)
  if (settled) {
    // Pages at the root may have a server of their own below; nothing there decides any more, or is an error.
    const known = new Set(['', ...all, ...(root ? localPackages(root) : [])])
    const below =
      own.facts.deployment.is === 'program'
        ? []
        : [...all.map(dir => ({ place: { root: '.', app: dir }, workspace })), ...standalone(project, known)]
    const servers = below
      .slice(0, MAX_PACKAGES)
      .flatMap(({ place, workspace: space }) => serverIn(project, place, {}, space))
    return [servers.length ? { ...own, notes: [...own.notes, otherApps(servers)] } : own]
  }
  const inWorkspace = members
    .flatMap(dir => one(project, { root: '.', app: dir }, wishes, workspace))
    .map(item =>
      isUsed(item, item.dir, workspace) || (isLibrary(project, item.dir) && !started.includes(item.dir))
        ? { ...item, fit: 'likely' as const }
        : item,
    )
    .map((item, _, all) => takenIn(item, all))
  const inNx = root ? nx.map(app => nxCandidate(project, root, app, wishes, workspace)) : []
  const alone = standalone(
    project,
    // What the root installs from its own folders is a part of it.
    new Set(['', ...all, ...byNx, ...(root ? localPackages(root) : []), ...(rush ? ['common'] : [])]),
  )
    .flatMap(({ place, workspace: space }) =>
      one(project, place, wishes, space).map(item =>
        isUsed(item, place.app, space) ? { ...item, fit: 'likely' as const } : item,
      ),
    )
    .map((item, _, all) => (isInside(item, all) ? { ...item, fit: 'likely' as const } : item))
  const every = [...(own ? [own] : []), ...inWorkspace, ...inNx, ...alone]
  if (every.length === 0 && !root) return pages(project, wishes)
  const behind = wishes.app ? new Set<string>() : behindOthers(every)
  const found = every.map(item => (behind.has(item.dir) ? { ...item, fit: 'likely' as const } : item))
  // A server and the pages that it or a proxy serves: the server is what the repository runs.
  const servers = found.filter(
    ({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web' && facts.deployment.is === 'program',
  )
  const given = new Set(
    servers.flatMap(({ facts }) => facts.clients.map(({ facts: own }) => pathOf(own.layout))),
  )
  const others = found.filter(
    ({ fit, facts, dir }) =>
      behind.has(dir) || (fit === 'exact' && facts.kind.value !== 'web' && !given.has(dir)),
  )
  const webs = found.filter(({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web')
  // Beside pages that a server renders, other pages may be meant; commands and workers are not.
  const clear = servers.length === 1 || others.every(({ facts }) => !/^(spa|static)$/.test(facts.kind.value))
  if (!wishes.app && webs.length === 1 && clear && others.length + given.size > 0)
    return found.map(item =>
      others.includes(item) || given.has(item.dir)
        ? { ...item, fit: 'likely' as const }
        : item === webs[0] && others.length > 0
          ? { ...item, notes: [...item.notes, otherApps(others)] }
          : item,
    )
  // Where nothing else tells several of them apart, the root's own scripts do.
  const named = root && workspace && !wishes.app ? delegated(root, workspace) : undefined
  const meant = found.filter(item => named?.has(item.dir) && item.fit !== 'incidental')
  // What is run by its name comes along with what is served.
  const [chosen, ...more] = meant.length > 1 ? meant.filter(({ facts }) => isServed(facts)) : meant
  if (
    chosen &&
    more.length === 0 &&
    !(own?.fit === 'exact' && own.questions.length === 0) &&
    (chosen.facts.kind.value === 'web' || servers.length === 0)
  ) {
    const rest = found.filter(item => ![chosen, own].includes(item) && item.fit === 'exact')
    return found.map(item =>
      item === chosen
        ? {
            ...item,
            fit: 'exact' as const,
            notes: [...item.notes, ...(rest.length ? [otherApps(rest)] : [])],
          }
        : item.fit === 'exact'
          ? { ...item, fit: 'likely' as const }
          : item,
    )
  }
  // Of a workspace, the root is its tools; an app below it is what the repository is for.
  return own?.questions.length && found.some(item => item !== own && item.fit === 'exact')
    ? found.map(item => (item === own ? { ...own, fit: 'incidental' as const } : item))
    : found
}

/** What a member that somebody starts has a script for. */
const OWN = ['start', 'start:prod', 'serve', 'dev', 'build', 'preview']

/** A member that others take code from is a library, though it has pages or a script to try it by. Servers are asked for types. */
const isUsed = (
  { name, fit, facts }: Candidate<NodeFacts>,
  app: string,
  workspace: Workspace | undefined,
): boolean =>
  fit === 'exact' &&
  (facts.kind.value !== 'web' ||
    !OWN.some(script => does(workspace?.members.get(app)?.scripts ?? {}, script))) &&
  [...(workspace?.members.values() ?? [])].some(
    ({ dependencies, devDependencies }) =>
      Object.hasOwn(dependencies, name) ||
      // Settings of a tool that have a file of a usual name. Tests ask for the pages that they look at.
      (facts.deployment.is === 'program' && Object.hasOwn(devDependencies, name)),
  )

/** What a layer of Nuxt's calls its build writes types for editors: https://nuxt.com/docs/4.x/api/commands/prepare */
const does = (scripts: Manifest['scripts'], name: string): boolean =>
  expand(scripts, name).some(
    ({ words: [program = '', verb] }) => !(/^nux[ti]$/.test(program) && verb === 'prepare'),
  )

/** Beside a command that takes it in, pages or a command of its own are no second app; the command's note names them. */
function takenIn(item: Candidate<NodeFacts>, all: readonly Candidate<NodeFacts>[]): Candidate<NodeFacts> {
  if (all.some(outer => takesIn(outer, item))) return { ...item, fit: 'incidental' }
  const parts = all.filter(inner => takesIn(item, inner) && inner.facts.kind.value !== 'library')
  return parts.length ? { ...item, notes: [...item.notes, otherApps(parts)] } : item
}

const takesIn = (outer: Candidate<NodeFacts>, { dir, fit }: Candidate<NodeFacts>): boolean =>
  fit === 'likely' &&
  isByName(outer) &&
  outer.facts.layout.members.some(member => member.dir === dir && member.production)

/** Whether it is a command, one that listens too. */
const isByName = ({ fit, facts: { kind, start } }: Candidate<NodeFacts>): boolean =>
  fit !== 'incidental' &&
  (kind.value === 'cli' || (start?.source.from === 'file' && start.source.detail === 'bin'))

/** A package in the folder of a server is a part of that: an extension which it loads, pages that it shows. */
const isInside = ({ dir, fit }: Candidate<NodeFacts>, all: readonly Candidate<NodeFacts>[]): boolean =>
  fit === 'exact' &&
  all.some(
    outer =>
      outer.fit === 'exact' &&
      outer.facts.kind.value === 'web' &&
      outer.facts.deployment.is === 'program' &&
      dir.startsWith(`${outer.dir}/`),
  )

const otherApps = (others: readonly Candidate[]): Note =>
  note(
    'OTHER_APPS',
    'info',
    `other apps are here too, and take a Dockerfile of their own by --app, or all by --all: ${others.map(({ name, dir }) => (name === dir ? name : `${name} (${dir})`)).join(', ')}`,
  )

/** Pages without any package.json: what is served where nothing else in the repository runs. */
function pages(project: Project, wishes: Wishes): readonly Candidate<NodeFacts>[] {
  const found = candidate(project, { root: '.', app: '.' }, NO_MANIFEST, wishes, undefined)
  if (found?.facts.deployment.is !== 'files') return []
  const facts = { ...found.facts, runtimeVersion: undefined, packageManager: undefined }
  // Nothing is installed, so no lock file lacks.
  const notes = found.notes.filter(({ code }) => code !== 'NO_LOCKFILE')
  return [{ ...found, fit: 'incidental', notes, facts }]
}

function one(
  project: Project,
  place: Place,
  wishes: Wishes,
  workspace: Workspace | undefined,
): readonly Candidate<NodeFacts>[] {
  const manifest = workspace?.members.get(place.app) ?? readManifest(project, `${pathOf(place)}/package.json`)
  const found = manifest && candidate(project, place, manifest, wishes, workspace)
  return found ? [found] : []
}

/** A server that a note is to name: what can't be read is none. */
function serverIn(...given: Parameters<typeof one>): readonly Candidate<NodeFacts>[] {
  try {
    return one(...given).filter(
      ({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web' && facts.deployment.is !== 'files',
    )
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

const isServed = ({ kind }: NodeFacts): boolean => /^(web|spa|static)$/.test(kind.value)
