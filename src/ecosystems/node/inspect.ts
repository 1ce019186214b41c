import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Fit, Kind } from '../ecosystem.ts'
import { openApp } from './app.ts'
import { type Class, classify } from './classify.ts'
import { clientsOf } from './clients.ts'
import type { Layout, NodeFacts } from './facts.ts'
import { gather } from './gather.ts'
import { readLock } from './lockfile.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { findManager } from './package-manager.ts'
import { installInputs } from './surroundings.ts'
import { resolveNode, statements } from './versions.ts'
import { closure, readWorkspace, type Workspace } from './workspaces.ts'

/** Packages deeper than this, or more of them, are parts of something else. */
const MAX_DEPTH = 4
const MAX_PACKAGES = 60
/** Folders whose packages show or test something rather than being it. */
const ASIDE =
  /(^|\/)(examples?|samples?|fixtures?|tests?|__tests__|e2e|docs?|documentation|website|site|benchmarks?|playgrounds?|demos?|templates?|scripts|tools|packages-private|storybook|\.[^/]+)(\/|$)/i

/** Every app of Node.js in the project. */
export function inspect(project: Project, wishes: Wishes): readonly Candidate<NodeFacts>[] {
  const root = readManifest(project)
  const workspace = readWorkspace(project, root)
  const members = workspace ? [...workspace.members.keys()].slice(0, MAX_PACKAGES) : []
  const own = root && candidate(project, { root: '.', app: '.' }, root, wishes, workspace)
  const settled = own && own.fit === 'exact' && !wishes.app && !(workspace && own.questions.length)
  const inWorkspace = settled
    ? []
    : members.flatMap(dir => one(project, { root: '.', app: dir }, wishes, workspace))
  const alone = settled
    ? []
    : standalone(project, new Set(['', ...members])).flatMap(dir =>
        one(project, { root: dir, app: '.' }, wishes, undefined),
      )
  const found = [...(own ? [own] : []), ...inWorkspace, ...alone]
  // A server and the pages that it or a proxy serves: the server is what the repository runs.
  const servers = found.filter(
    ({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web' && facts.deployment.is === 'program',
  )
  const given = new Set(
    servers.flatMap(({ facts }) => facts.clients.map(({ facts: own }) => own.layout.root)),
  )
  const others = found.filter(
    ({ fit, facts, dir }) => fit === 'exact' && facts.kind.value !== 'web' && !given.has(dir),
  )
  const webs = found.filter(({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web')
  if (!wishes.app && servers.length === 1 && webs.length === 1 && others.length + given.size > 0)
    return found.map(item =>
      others.includes(item) || given.has(item.dir)
        ? { ...item, fit: 'likely' as const }
        : item === servers[0] && others.length > 0
          ? { ...item, notes: [...item.notes, otherApps(others)] }
          : item,
    )
  // Of a workspace, the root is its tools; an app below it is what the repository is for.
  return own?.questions.length && found.some(item => item !== own && item.fit === 'exact')
    ? found.map(item => (item === own ? { ...own, fit: 'incidental' as const } : item))
    : found
}

const otherApps = (others: readonly Candidate[]): Note =>
  note(
    'OTHER_APPS',
    'info',
    `other apps are here too, and take a Dockerfile of their own by --app: ${others.map(({ name, dir }) => (name === dir ? name : `${name} (${dir})`)).join(', ')}`,
  )

interface Place {
  readonly root: string
  readonly app: string
}

const pathOf = ({ root, app }: Place): string => [root, app].filter(part => part !== '.').join('/') || '.'

function one(
  project: Project,
  place: Place,
  wishes: Wishes,
  workspace: Workspace | undefined,
  served = false,
): readonly Candidate<NodeFacts>[] {
  const manifest = readManifest(project, `${pathOf(place)}/package.json`)
  const found = manifest && candidate(project, place, manifest, wishes, workspace, served)
  return found ? [found] : []
}

/** Folders with a package of their own that no workspace has. */
function standalone(project: Project, known: ReadonlySet<string>): readonly string[] {
  return project.files
    .filter(path => path.endsWith('/package.json') && path.split('/').length <= MAX_DEPTH + 1)
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(dir => !known.has(dir) && ![...known].some(member => member && dir.startsWith(`${member}/`)))
    .slice(0, MAX_PACKAGES)
}

/** Files at a package's side that say that another language is at home there. */
const OTHERS = [
  'pyproject.toml',
  'requirements.txt',
  'manage.py',
  'Pipfile',
  'go.mod',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
]

/** @param served whether it is asked for as what another server gives out: then it has no clients itself */
function candidate(
  project: Project,
  place: Place,
  manifest: Manifest,
  wishes: Wishes,
  workspace: Workspace | undefined,
  served = false,
): Candidate<NodeFacts> | undefined {
  const rootView = project.within(place.root)
  const view = rootView.within(place.app)
  const rootManifest = place.app === '.' ? manifest : (readManifest(rootView) ?? manifest)
  const manager = findManager(rootView, rootManifest)
  const members = workspace ? closure(rootView, workspace, place.app, manifest) : []
  const manifests = [
    rootManifest,
    manifest,
    ...members.flatMap(({ dir }) => workspace?.members.get(dir) ?? []),
  ]
  const importers =
    place.app === '.'
      ? undefined
      : new Set(['.', place.app, ...members.filter(({ production }) => production).map(({ dir }) => dir)])
  const app = openApp(view, manifest, manager, readLock(rootView, manager.lock, manifests, importers))
  const found = classify(app, wishes)
  if (!found) return undefined
  const stated = [
    ...statements(view, manifest),
    ...(place.app === '.' ? [] : statements(rootView, rootManifest)),
    ...(place.root === '.' ? [] : statements(project, readManifest(project) ?? manifest)),
  ]
  const direct = new Set(
    manifests.flatMap(item => Object.keys({ ...item.dependencies, ...item.devDependencies })),
  )
  const node = resolveNode(stated, app.lock.packages, direct, wishes)
  const layout: Layout = {
    ...place,
    members,
    inputs: installInputs(rootView),
    shared: place.app === '.' ? [] : sharedFiles(rootView),
    nested: place.app === '.' ? nestedPackages(view, manifest) : [],
    others: otherMembers(
      workspace,
      place.app,
      members.map(({ dir }) => dir),
    ),
  }
  const site = (dir: string) =>
    one(project, { root: dir, app: '.' }, {}, undefined, true).find(({ fit }) => fit !== 'incidental')?.facts
  const { facts, notes } = gather(app, found, layout, node, wishes, ({ literals }) =>
    served || workspace || place.app !== '.'
      ? []
      : clientsOf(project, { root: place.root, manifest, literals }, site),
  )
  return {
    ecosystem: 'node',
    name: manifest.name ?? (pathOf(place) === '.' ? '.' : (pathOf(place).split('/').at(-1) ?? '.')),
    dir: pathOf(place),
    fit: fitOf(found, facts.kind.value, pathOf(place), view),
    facts,
    notes: [...manager.notes, ...node.notes, ...found.notes, ...notes],
    questions: found.questions,
  }
}

function fitOf(found: Class, kind: Kind, dir: string, view: Project): Fit {
  if (found.fit !== 'exact') return found.fit
  if (dir !== '.' && ASIDE.test(dir)) return 'likely'
  return kind !== 'web' && kind !== 'worker' && OTHERS.some(file => view.has(file))
    ? found.framework
      ? 'likely'
      : 'incidental'
    : 'exact'
}

/** Files at the root of a workspace that members' compilers and bundlers read. */
const sharedFiles = (root: Project): readonly string[] =>
  root.files.filter(
    file =>
      !file.includes('/') &&
      /^(tsconfig.*\.json|turbo\.json|nx\.json|babel\.config\.[cm]?js|\.swcrc|\.babelrc|postcss\.config\.[cm]?[jt]s|tailwind\.config\.[cm]?[jt]s|\.browserslistrc|vite\.config\.[cm]?[jt]s)$/.test(
        file,
      ),
  )

/** Folders with a package of their own, but for that of the program that a script starts. */
const nestedPackages = (view: Project, { scripts }: Manifest): readonly string[] =>
  view.files
    .filter(path => path.endsWith('/package.json') && path.split('/').length <= 3)
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(
      dir =>
        /^[\w./-]+$/.test(dir) &&
        !['start', 'start:prod', 'server'].some(name => scripts[name]?.includes(`${dir}/`)),
    )
    .slice(0, 8)

function otherMembers(
  workspace: Workspace | undefined,
  app: string,
  needed: readonly string[],
): readonly string[] {
  const kept = new Set([app, ...needed])
  return app === '.'
    ? []
    : [...(workspace?.members.keys() ?? [])].filter(
        dir => !kept.has(dir) && ![...kept].some(other => other.startsWith(`${dir}/`)),
      )
}
