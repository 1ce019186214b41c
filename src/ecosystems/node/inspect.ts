import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Fit, Kind } from '../ecosystem.ts'
import { type App, openApp } from './app.ts'
import { type Class, classify, migrationsOf } from './classify.ts'
import { meaningOf } from './commands.ts'
import type { Layout, NodeFacts, Step } from './facts.ts'
import { libraries } from './frameworks.ts'
import { readLock } from './lockfile.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { nativeNeeds } from './native.ts'
import { findManager } from './package-manager.ts'
import { readProgram } from './runtime.ts'
import type { Scan } from './scan.ts'
import { shown } from './scripts.ts'
import {
  bakedValues,
  buildEnvironment,
  buildPackages,
  installFlags,
  installInputs,
  installScripts,
  patchesModules,
  readPrisma,
  registrySecrets,
} from './surroundings.ts'
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
  const others = found.filter(({ fit, facts }) => fit === 'exact' && facts.kind.value !== 'web')
  const webs = found.filter(({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web')
  if (!wishes.app && servers.length === 1 && webs.length === 1 && others.length > 0)
    return found.map(item =>
      others.includes(item)
        ? { ...item, fit: 'likely' as const }
        : item === servers[0]
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
): readonly Candidate<NodeFacts>[] {
  const manifest = readManifest(project, `${pathOf(place)}/package.json`)
  const found = manifest && candidate(project, place, manifest, wishes, workspace)
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

function candidate(
  project: Project,
  place: Place,
  manifest: Manifest,
  wishes: Wishes,
  workspace: Workspace | undefined,
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
  const { facts, notes } = gather(app, found, layout, node, wishes)
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
  if (ASIDE.test(dir)) return 'likely'
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

function gather(
  app: App,
  found: Class,
  layout: Layout,
  node: ReturnType<typeof resolveNode>,
  wishes: Wishes,
): { facts: NodeFacts; notes: readonly Note[] } {
  const { project, manifest, manager, lock } = app
  const read = readProgram(app, found)
  const prisma = readPrisma(app)
  const scripts = installScripts(app)
  const migrations = migrationsOf(found.build.commands).map(shown)
  const port = portOf(found, read?.found, read?.program.env ?? {}, wishes)
  const kind = kindOf(
    found,
    read?.found,
    libraries(app).some(({ tier }) => tier === 'worker'),
  )
  const facts: NodeFacts = {
    kind,
    runtimeVersion: node.fact,
    packageManager: manager.fact,
    framework: frameworkOf(app, found, kind.value),
    build: found.build.fact,
    start: found.deployment.is === 'files' ? undefined : found.start?.fact,
    port:
      kind.value === 'web' || found.deployment.is === 'files' || read?.found.listens || wishes.port
        ? port
        : undefined,
    env:
      read && read.found.variables.size > 0
        ? fact(
            [...read.found.variables].filter(name => !/^(NODE_ENV|PORT|HOST|HOSTNAME|CI)$/.test(name)).sort(),
            fromFile(read.found.port?.path ?? 'package.json'),
          )
        : undefined,
    manager,
    line: node.line,
    layout,
    deployment: found.deployment,
    native: nativeNeeds(lock.packages, new Map(Object.entries(manifest.dependencies))),
    name: manifest.name ?? 'app',
    steps: stepsOf(found, scripts, prisma !== undefined),
    hasDependencies:
      Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).length > 0 ||
      layout.members.some(({ production }) => production) ||
      layout.app !== '.',
    prepares: patchesModules(app),
    ...(read && {
      program: {
        ...read.program,
        env: {
          ...read.program.env,
          ...reachable(found, read.found),
          ...portSetting(read.program.portVariable, read.found, port, wishes),
        },
      },
    }),
    prisma,
    baked: bakedValues(app),
    secrets: registrySecrets(project),
    generated: generatedFolders(app, found),
    serverConfig:
      SERVER_CONFIGS.find(name => !project.has(name) || project.text(name)?.startsWith(OURS)) ?? 'nginx.conf',
    installFlags: installFlags(app),
    buildEnv: buildEnvironment(app, found, Number(node.line.cycle)),
    buildPackages: buildPackages(app, prisma),
    hasPublic: project.dirs.has('public'),
    migrations: [...migrations, ...(found.start?.migrations ?? [])],
  }
  return { facts, notes: hostNotes(found, read?.found) }
}

const SERVER_CONFIGS = ['nginx.conf', 'nginx.site.conf']
/** How our own file begins, so that it is recognised when the command runs again. */
const OURS = '# The web server of the image'

/** Folders of build output that git doesn't hold. */
function generatedFolders({ project, tsconfig }: App, { deployment, runs, start }: Class): readonly string[] {
  const run = runs ?? start?.runs
  const entry = run && run.is === 'node' && run.entry.includes('/') ? run.entry.split('/')[0] : undefined
  const named =
    deployment.is === 'files' || deployment.is === 'bundle'
      ? [deployment.out]
      : deployment.is === 'next'
        ? ['.next']
        : [...(deployment.outputs ?? []), entry, tsconfig?.outDir]
  const tracked = (path: string) => project.has(path) || project.dirs.has(path)
  return [
    ...new Set(named.filter(path => path !== undefined && path !== '' && path !== '.' && !tracked(path))),
  ] as readonly string[]
}

/** The steps of the build stage. A build that would change a database is written out without that. */
function stepsOf({ build }: Class, scripts: readonly string[], prisma: boolean): readonly Step[] {
  const changes = migrationsOf(build.commands).length > 0
  const generates = build.commands.some(({ words }) => words[0] === 'prisma' && words[1] === 'generate')
  return [
    ...(prisma && !generates ? [{ words: ['prisma', 'generate'] }] : []),
    ...scripts.map(script => ({ script })),
    ...(build.script !== undefined && !changes
      ? [{ script: build.script }]
      : build.commands.filter(command => meaningOf(command).is !== 'migration')),
  ]
}

function kindOf(
  { kind, framework, deployment }: Class,
  found: Scan | undefined,
  workers: boolean,
): Fact<Kind> {
  if (deployment.is === 'files')
    return byConvention(
      kind === 'static' && deployment.router ? 'spa' : kind,
      `what ${framework?.name} makes`,
    )
  // A library for servers and one for workers: what the started program does decides.
  if (kind === 'web' && framework?.tier === 'server' && found && !found.listens && workers)
    return byConvention('worker', 'the started program listens on no port')
  if (kind === 'worker' && found?.listens && framework?.tier !== 'worker')
    return fact('web' as Kind, fromFile(found.port?.path ?? 'package.json', 'listens on a port'))
  return byConvention(kind, framework ? `what ${framework.name} is for` : 'nothing listens on a port')
}

function frameworkOf(
  { manifest, project }: App,
  { framework, kind }: Class,
  final: Kind,
): Fact<string> | undefined {
  if (!framework)
    return kind === 'cli' || final === 'library' ? byConvention(kind, 'by its manifest') : undefined
  const name = framework.packages.find(item =>
    Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, item),
  )
  const group = name && Object.hasOwn(manifest.dependencies, name) ? 'dependencies' : 'devDependencies'
  return fact(
    framework.name,
    fromFile(
      'package.json',
      `${group}.${name}`,
      name ? project.line('package.json', group, name) : undefined,
    ),
  )
}

function portOf(
  { framework, deployment }: Class,
  found: Scan | undefined,
  env: Readonly<Record<string, string>>,
  wishes: Wishes,
): Fact<number> {
  if (wishes.port) return wishes.port
  if (deployment.is === 'files') return byConvention(8080, 'the port of the unprivileged web server')
  const stated = Number(env.PORT)
  if (stated > 0 && stated < 65_536) return byConvention(stated, 'the start script sets PORT')
  if (found?.port?.value) return fact(found.port.value, fromFile(found.port.path, found.port.env))
  return byConvention(framework?.port ?? 3000, `the port of ${framework?.name ?? 'most servers'}`)
}

/** Listening on localhost alone, a server in a container answers nobody. */
function reachable({ framework }: Class, found: Scan): Readonly<Record<string, string>> {
  const own =
    found.host?.env && (found.host.value === undefined || local(found.host.value))
      ? { [found.host.env]: '0.0.0.0' }
      : {}
  return { ...framework?.env, ...own }
}

/** Where the code knows no port of its own, or a person wants another one, the image sets it. */
function portSetting(
  variable: string | undefined,
  found: Scan,
  port: Fact<number>,
  wishes: Wishes,
): Readonly<Record<string, string>> {
  const unset = found.port?.env !== undefined && found.port.value === undefined
  return variable !== undefined && (unset || wishes.port) ? { [variable]: String(port.value) } : {}
}

const local = (host: string | undefined): boolean =>
  host === 'localhost' || host === '127.0.0.1' || host === '::1'

function hostNotes({ framework }: Class, found: Scan | undefined): readonly Note[] {
  if (!found?.host) return []
  const { value, env, path } = found.host
  return local(value) && env === undefined && framework?.tier !== 'app'
    ? [
        note(
          'LISTENS_ON_LOCALHOST',
          'warning',
          `the server listens on ${value} alone, so nothing outside its container reaches it: let it listen on 0.0.0.0`,
          fromFile(path),
        ),
      ]
    : []
}
