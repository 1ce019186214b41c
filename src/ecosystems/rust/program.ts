import { byConvention, fact, firstKnown, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { AppFacts, Kind } from '../ecosystem.ts'
import { readCargoConfig } from './cargo-config.ts'
import { asksGit, calledTools, compiledIn, healthPath, requiredEnv, serveCommand } from './evidence.ts'
import type { RustFacts } from './facts.ts'
import { runtimeFiles } from './files.ts'
import { type FoundFramework, findFramework } from './frameworks.ts'
import { listening } from './listen.ts'
import { hasGitSource } from './lock.ts'
import type { CargoPackage } from './manifest.ts'
import { nativesOf } from './natives.ts'
import { type Reach, reachable } from './reach.ts'
import type { Reading } from './read.ts'
import type { Scan } from './scan.ts'
import { settingsOf } from './settings.ts'
import { shutdownOf } from './shutdown.ts'
import { statesOf } from './state.ts'
import { join, table } from './toml.ts'
import { toolchainOf } from './toolchain.ts'
import type { Workspace } from './workspace.ts'

/** Judges what was read about one program. */
export function factsOf(reading: Reading, wishes: Wishes): RustFacts {
  const { enabled, sources, program, workspace, project } = reading
  const found = findFramework(enabled, sources)
  const files = runtimeFiles(project, sources, program.package, workspace.dir)
  const settings = settingsOf(project, files, workspace.dir, sources)
  const kind = kindOf(reading, found !== undefined)
  const listens = reachable(project, program.package, listening(sources, settings), found?.framework)
  // The address of a command is the one that it calls.
  const reach = kind.value === 'cli' ? { ...listens, env: {}, args: [], loopback: undefined } : listens
  const toolchain = toolchainOf(project, workspace.dir, program.package, wishes)
  const app = appFacts(reading, wishes, kind, found, reach)
  return {
    ...app,
    ...buildFacts(reading),
    runtimeVersion: toolchain.version,
    toolchain,
    shutdown: shutdownOf(sources, found?.framework),
    http: found !== undefined && found.framework.http !== false,
    portEnv: reach.portEnv,
    healthPath: healthPath(sources),
    runtimeFiles: files,
    states: kind.value === 'cli' ? [] : statesOf(sources, settings, enabled),
    runtimeEnv: { ...reach.env, ...chosenPort(reach, wishes) },
    args: [...serveCommand(sources, found !== undefined || binds(sources)), ...reach.args],
    loopback: reach.loopback,
    compiledIn: compiledIn(reading),
  }
}

/** What every app has. */
function appFacts(
  reading: Reading,
  wishes: Wishes,
  kind: RustFacts['kind'],
  found: FoundFramework | undefined,
  reach: Reach,
): AppFacts {
  const { project, workspace, program, sources, lockFile } = reading
  const { package: own, bin } = program
  const line = found && project.line(found.manifest, 'dependencies', found.key)
  const words = [bin.name, ...serveCommand(sources, found !== undefined || binds(sources)), ...reach.args]
  return {
    kind,
    packageManager: fact('cargo', fromFile(lockFile ?? workspace.manifest)),
    framework:
      found && fact(found.framework.id ?? found.framework.crate, fromFile(found.manifest, found.key, line)),
    build: firstKnown(wishes.build, byConvention(buildCommand(reading), 'cargo')),
    start: firstKnown(wishes.start, byConvention(words.join(' '), 'the program that cargo builds')),
    port: firstKnown(wishes.port, reach.port),
    env: requiredEnv(sources),
    binaries: fact([bin.name], fromFile(own.manifest)),
  }
}

/** What compiling it takes. */
function buildFacts(reading: Reading) {
  const { project, workspace, program, enabled, lockFile, linked, scripts, sources, stale } = reading
  const { package: own, bin } = program
  return {
    dir: workspace.dir,
    package: isMember(workspace) ? own.name : undefined,
    bin: bin.name,
    binFeatures: bin.requiredFeatures,
    ownPackages: enabled.map(entry => entry.package.name),
    cacheId: workspace.root?.name ?? own.name,
    locked: lockFile !== undefined && stale === undefined,
    gitDependencies: lockFile !== undefined && hasGitSource(project, lockFile),
    buildScript: enabled.some(entry => entry.package.buildScript !== undefined),
    natives: nativesOf(linked, enabled, [...calledTools(scripts), ...(asksGit(sources) ? ['git'] : [])]),
    cargoConfig: readCargoConfig(project, workspace.dir),
    strip: !describesStrip(workspace),
    sqlxOffline: hasQueryCache(project, own, workspace),
  }
}

/** Whether cargo must be told which package. */
const isMember = ({ packages, root }: Workspace): boolean => packages.length > 1 || root === undefined

/** A port that the person chose reaches the program by the variable that it reads. */
const chosenPort = ({ portEnv, port }: Reach, wishes: Wishes): Readonly<Record<string, string>> =>
  wishes.port && portEnv && wishes.port.value !== port?.value ? { [portEnv]: String(wishes.port.value) } : {}

function buildCommand({ program: { package: own, bin }, workspace, lockFile, stale }: Reading): string {
  return [
    'cargo build --release',
    ...(lockFile && stale === undefined ? ['--locked'] : []),
    ...(isMember(workspace) ? [`--package ${own.name}`] : []),
    `--bin ${bin.name}`,
    ...(bin.requiredFeatures.length ? [`--features ${bin.requiredFeatures.join(',')}`] : []),
  ].join(' ')
}

const binds = ({ calls }: Scan): boolean =>
  calls.some(({ name, callee }) => name === 'bind' && /Listener|Socket/.test(callee.at(-2) ?? ''))

/** A program that listens serves; one that takes arguments and ends is a command; the rest keeps working. */
function kindOf({ sources, program, enabled }: Reading, framework: boolean): RustFacts['kind'] {
  const entry = fromFile(program.bin.path)
  const own = enabled[0]
  const uses = (...crates: string[]) =>
    [...(own?.dependencies.keys() ?? [])].some(({ crate }) => crates.includes(crate))
  const kind: Kind = framework
    ? 'web'
    : binds(sources)
      ? 'worker'
      : uses('clap', 'structopt', 'argh', 'pico-args', 'lexopt', 'gumdrop', 'bpaf') ||
          !uses('tokio', 'async-std', 'smol')
        ? 'cli'
        : 'worker'
  return fact(kind, framework || binds(sources) ? entry : { from: 'convention', reason: 'its dependencies' })
}

function describesStrip({ toml }: Workspace): boolean {
  const release = table(table(toml.profile).release)
  return release.strip !== undefined || (release.debug !== undefined && release.debug !== false)
}

const hasQueryCache = (project: Project, own: CargoPackage, { dir }: Workspace): boolean =>
  [dir, own.dir].some(at => project.dirs.has(join(at, '.sqlx')) || project.has(join(at, 'sqlx-data.json')))
