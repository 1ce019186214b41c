import { byConvention, fact, firstKnown, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Kind } from '../ecosystem.ts'
import { readCargoConfig } from './cargo-config.ts'
import { type Ranked, rankPrograms } from './choose.ts'
import type { RustFacts } from './facts.ts'
import { type Enabled, resolveFeatures } from './features.ts'
import { runtimeFiles } from './files.ts'
import { findFramework } from './frameworks.ts'
import { listening } from './listen.ts'
import { hasGitSource, type Linked, linkedCrates } from './lock.ts'
import type { CargoPackage } from './manifest.ts'
import { nativesOf } from './natives.ts'
import { notesOf } from './notes.ts'
import { questionsOf } from './questions.ts'
import { reachable } from './reach.ts'
import { type Scan, scan } from './scan.ts'
import { settingsOf } from './settings.ts'
import { shutdownOf } from './shutdown.ts'
import { sourceFiles } from './source-files.ts'
import { join, table } from './toml.ts'
import { toolchainOf } from './toolchain.ts'
import { findWorkspaces, type Workspace } from './workspace.ts'

/** Everything that was read about one program, before it is judged. */
export interface Reading {
  readonly project: Project
  readonly workspace: Workspace
  readonly program: Ranked
  readonly enabled: readonly Enabled[]
  readonly lockFile: string | undefined
  readonly linked: Linked | undefined
  readonly sources: Scan
  /** The build scripts of the packages that take part. */
  readonly scripts: Scan
}

/** The programs of every Cargo workspace of a project. */
export function inspect(project: Project, wishes: Wishes): readonly Candidate<RustFacts>[] {
  return findWorkspaces(project).flatMap(workspace => {
    const ranked = rankPrograms(workspace)
    if (ranked.length === 0) return library(project, workspace, wishes)
    const chosen = wishes.app ? named(ranked, wishes.app.value, workspace) : undefined
    // A program that nobody asked for is only listed: reading its sources can wait.
    return ranked
      .slice(0, 40)
      .map(program =>
        candidateOf(
          read(project, workspace, program),
          wishes,
          program === chosen?.program ? chosen.name : undefined,
        ),
      )
  })
}

/** The program that `--app` means by the name or the folder of its package; by its own name, everyone knows it. */
function named(ranked: readonly Ranked[], app: string, { dir }: Workspace) {
  const wanted = join('.', app)
  if (ranked.some(({ bin }) => bin.name === app)) return undefined
  const program = ranked.find(
    ({ package: own }) => own.name === app || own.dir === wanted || own.dir === join(dir, wanted),
  )
  return program && { program, name: app }
}

function read(project: Project, workspace: Workspace, program: Ranked): Reading {
  const { package: own, bin } = program
  const enabled = resolveFeatures(own, bin.requiredFeatures, workspace.packageAt)
  const lock = join(workspace.dir, 'Cargo.lock')
  const packages = enabled.map(entry => entry.package)
  const scripts = packages.flatMap(({ buildScript }) => (buildScript ? [buildScript] : []))
  return {
    project,
    workspace,
    program,
    enabled,
    lockFile: project.has(lock) ? lock : undefined,
    linked: linkedCrates(project, lock, enabled),
    sources: scan(project, sourceFiles(project, bin.path, packages)),
    scripts: scan(project, scripts.slice(0, 20)),
  }
}

function candidateOf(reading: Reading, wishes: Wishes, alias: string | undefined): Candidate<RustFacts> {
  const { workspace, program } = reading
  const facts = factsOf(reading, wishes)
  return {
    ecosystem: 'rust',
    name: alias ?? program.bin.name,
    dir: workspace.dir,
    fit: program.primary ? 'exact' : 'likely',
    facts,
    notes: notesOf(reading, facts),
    questions: questionsOf(reading, facts),
  }
}

function factsOf(reading: Reading, wishes: Wishes): RustFacts {
  const { project, workspace, program, enabled, sources, lockFile } = reading
  const { package: own, bin } = program
  const found = findFramework(enabled, sources)
  const files = runtimeFiles(project, sources, own, workspace.dir)
  const reach = reachable(
    project,
    own,
    listening(sources, settingsOf(project, files, workspace.dir)),
    found?.framework,
  )
  const args = [...serveCommand(sources, found !== undefined), ...reach.args]
  const line = found && project.line(found.manifest, 'dependencies', found.key)
  const inWorkspace = workspace.packages.length > 1 || workspace.root === undefined
  const buildScript = enabled.some(entry => entry.package.buildScript !== undefined)
  return {
    kind: kindOf(reading, found !== undefined),
    runtimeVersion: toolchainOf(project, workspace.dir, own, wishes).version,
    packageManager: fact('cargo', fromFile(lockFile ?? workspace.manifest)),
    framework:
      found && fact(found.framework.id ?? found.framework.crate, fromFile(found.manifest, found.key, line)),
    build: firstKnown(
      wishes.build,
      byConvention(buildCommand(own, bin, inWorkspace, lockFile !== undefined), 'cargo'),
    ),
    start: firstKnown(
      wishes.start,
      byConvention([bin.name, ...args].join(' '), 'the program that cargo builds'),
    ),
    port: firstKnown(wishes.port, reach.port),
    env: requiredEnv(sources),
    binaries: fact([bin.name], fromFile(own.manifest)),
    toolchain: toolchainOf(project, workspace.dir, own, wishes),
    dir: workspace.dir,
    package: inWorkspace ? own.name : undefined,
    bin: bin.name,
    binFeatures: bin.requiredFeatures,
    ownPackages: enabled.map(entry => entry.package.name),
    cacheId: workspace.root?.name ?? own.name,
    locked: lockFile !== undefined,
    gitDependencies: lockFile !== undefined && hasGitSource(project, lockFile),
    buildScript,
    natives: nativesOf(reading.linked, enabled, calledTools(reading.scripts)),
    cargoConfig: readCargoConfig(project, workspace.dir),
    strip: !describesStrip(workspace),
    sqlxOffline: hasQueryCache(project, own, workspace),
    shutdown: shutdownOf(sources, found?.framework, reading.linked),
    http: found !== undefined && found.framework.http !== false,
    portEnv: reach.portEnv,
    healthPath: healthPath(sources),
    runtimeFiles: files,
    runtimeEnv: reach.env,
    args,
    loopback: reach.loopback,
    compiledIn: compiledIn(reading),
  }
}

function buildCommand(own: CargoPackage, bin: Ranked['bin'], inWorkspace: boolean, locked: boolean): string {
  return [
    'cargo build --release',
    ...(locked ? ['--locked'] : []),
    ...(inWorkspace ? [`--package ${own.name}`] : []),
    `--bin ${bin.name}`,
    ...(bin.requiredFeatures.length ? [`--features ${bin.requiredFeatures.join(',')}`] : []),
  ].join(' ')
}

/** A program that listens serves; one that takes arguments and ends is a command; the rest keeps working. */
function kindOf({ sources, program, enabled }: Reading, framework: boolean): RustFacts['kind'] {
  const entry = fromFile(program.bin.path)
  const listens = sources.calls.some(
    ({ name, callee }) => name === 'bind' && /Listener|Socket/.test(callee.at(-2) ?? ''),
  )
  const own = enabled[0]
  const uses = (...crates: string[]) =>
    [...(own?.dependencies.keys() ?? [])].some(({ crate }) => crates.includes(crate))
  const kind: Kind = framework
    ? 'web'
    : listens
      ? 'worker'
      : uses('clap', 'structopt', 'argh', 'pico-args', 'lexopt', 'gumdrop', 'bpaf') ||
          !uses('tokio', 'async-std', 'smol')
        ? 'cli'
        : 'worker'
  return fact(kind, framework || listens ? entry : { from: 'convention', reason: 'its dependencies' })
}

/** `env::var("X").expect(…)`: without it the program stops. */
function requiredEnv({ calls }: Scan): RustFacts['env'] {
  const needed = calls.filter(
    ({ name, followedBy }) =>
      name === 'var' && /^(expect|unwrap|context|with_context|\?)$/.test(followedBy ?? ''),
  )
  const names = needed
    .map(({ literals }) => literals[0])
    .filter(name => typeof name === 'string' && /^[A-Z][A-Z0-9_]*$/.test(name))
  const [first] = needed
  return first && names.length
    ? fact([...new Set(names as string[])], fromFile(first.path, undefined, first.line))
    : undefined
}

/** The subcommand that serves, for a program that does nothing without one. */
function serveCommand({ subcommands }: Scan, framework: boolean): readonly string[] {
  const wanted = [
    'serve',
    'server',
    'run-server',
    'start-server',
    'run',
    'start',
    'daemon',
    'web',
    'http',
    'listen',
    'api',
  ]
  const found = framework ? wanted.find(name => subcommands.includes(name)) : undefined
  return found === undefined ? [] : [found]
}

/** Programs that build scripts start. */
const calledTools = ({ calls }: Scan): readonly string[] =>
  calls
    .filter(({ name, callee }) => name === 'new' && callee.at(-2) === 'Command')
    .flatMap(({ literals }) => (typeof literals[0] === 'string' ? [literals[0]] : []))

function describesStrip({ toml }: Workspace): boolean {
  const release = table(table(toml.profile).release)
  return release.strip !== undefined || (release.debug !== undefined && release.debug !== false)
}

const hasQueryCache = (project: Project, own: CargoPackage, { dir }: Workspace): boolean =>
  [dir, own.dir].some(at => project.dirs.has(join(at, '.sqlx')) || project.has(join(at, 'sqlx-data.json')))

/** The route that is there to be asked, or the root. */
function healthPath({ strings }: Scan): string {
  const asked = strings.map(({ text }) => text).filter(text => HEALTH.test(text))
  return asked[0] ?? '/'
}
const HEALTH = /^\/(api\/|v1\/)?(_{0,2}health(z|check|-check|_check)?_{0,2}|livez|ping|status|up)$/

/** Keys and certificates that `include_str!` and its like compile in. */
function compiledIn({ sources, project }: Reading): readonly string[] {
  return sources.macros
    .filter(({ name }) => name === 'include_str' || name === 'include_bytes')
    .flatMap(({ path, literals }) =>
      literals.map(value => join(path.slice(0, path.lastIndexOf('/')), String(value))),
    )
    .filter(file => project.has(file) && /\.(pem|key|p12|pfx)$/.test(file))
}

/** A repository of libraries: said so, unless something else is found. */
function library(project: Project, workspace: Workspace, wishes: Wishes): Candidate<RustFacts>[] {
  const own = workspace.root ?? workspace.packages[0]
  if (!own) return []
  const bin = { name: own.name, path: join(own.dir, 'src/lib.rs'), requiredFeatures: [] }
  const reading = read(project, workspace, { package: own, bin, primary: true })
  const candidate = candidateOf(reading, wishes, undefined)
  return [
    {
      ...candidate,
      facts: {
        ...candidate.facts,
        kind: fact('library', fromFile(own.manifest)),
        start: undefined,
        binaries: undefined,
        port: undefined,
      },
      questions: [
        {
          code: 'NOTHING_TO_RUN',
          message: `${own.name} is a library: no package here has a program`,
          option: 'start',
        },
      ],
    },
  ]
}
