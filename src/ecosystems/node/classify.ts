import { byConvention } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Note } from '../../plan/notes.ts'
import type { Fit, Kind, Question } from '../ecosystem.ts'
import type { App } from './app.ts'
import { type Build, findBuild, isAbout } from './build.ts'
import { bundles } from './bundlers.ts'
import { cloudflareQuestion, isForCloudflare } from './cloudflare.ts'
import { option } from './command-words.ts'
import { denoQuestion, isForDeno } from './deno.ts'
import { nestSource } from './deploy-nest.ts'
import { nextProgram, unserved } from './deploy-servers.ts'
import type { Deployment } from './deployment.ts'
import { evident } from './evident.ts'
import { isForDevelopers, isServer, prepares } from './for-developers.ts'
import { siteBuild, withDefault } from './framework-build.ts'
import { type Framework, isRun, libraries, ownServers, siteMaker } from './frameworks.ts'
import { startsMembers } from './launcher.ts'
import { isCommand, lends } from './lending.ts'
import { isUsual, unmadeNote } from './moved-start.ts'
import { plainSite, servedFolder } from './plain-site.ts'
import { functionQuestion, isPlatformFunction } from './platform-function.ts'
import { byProgram, none } from './program-class.ts'
import { exportsCode, findStart, type Runnable, type Start } from './start.ts'
import { sourceOf } from './tsconfig.ts'
import { unmade } from './unbuilt-pages.ts'
import { withoutStart } from './unstarted.ts'
import { hasWindow, startsServer, windowNotes } from './windowed.ts'

/** What a package is, before the details of its image are known. */
export interface Class {
  readonly framework: Framework | undefined
  readonly deployment: Deployment
  readonly kind: Kind
  readonly fit: Fit
  readonly start?: Start | undefined
  /** What the container runs, where that differs from what the developers do. */
  readonly runs?: Runnable | undefined
  /** The source of the program, where it isn't found by the place of the output. */
  readonly source?: string | undefined
  readonly build: Build
  readonly needsDevelopment: boolean
  readonly questions: readonly Question[]
  readonly notes: readonly Note[]
}

/** @returns undefined for a manifest that holds neither an app nor a library */
export function classify(app: App, wishes: Wishes): Class | undefined {
  if (hasWindow(app) && !startsServer(app, wishes) && !wishes.start) return undefined
  const usual = findBuild(app, wishes)
  const own = evident(app, usual)
  for (const framework of own ? ownServers(app, usual.commands) : []) {
    if (lends(app, framework)) continue
    const found = byFramework(app, framework, usual, wishes)
    if (found) return { ...found, notes: [...found.notes, ...(framework.notes?.(app, usual.commands) ?? [])] }
  }
  const likely = own && !isCommand(app) ? siteMaker(app, usual.commands) : undefined
  const build = likely ? siteBuild(app, usual, likely.framework) : usual
  const maker = likely && isTriedBy(app, likely.framework, build) ? undefined : likely
  const site = served(app, build === usual ? maker : siteMaker(app, build.commands))
  const found = findStart(app, wishes, build.commands.length > 0)
  const builds = build.commands.length > 0 || found?.builds.length
  const aside = found && builds && isForDevelopers(app, found, site !== undefined)
  const library = libraries(app)[0]
  const plain = site ? undefined : plainSite(app, aside ? undefined : found, build, own)
  // Where a folder is a guess, what is sure comes first: pages of a server in another language look the same.
  if (plain)
    return {
      ...none,
      ...plain,
      framework: undefined,
      kind: 'static',
      fit: plain.notes.some(({ level }) => level !== 'info') ? 'likely' : 'exact',
      build,
    }
  const deno = isForDeno(app, found) ? denoQuestion(app) : undefined
  const platform = isForCloudflare(app, found)
    ? cloudflareQuestion(app)
    : isPlatformFunction(app, found)
      ? functionQuestion(app)
      : deno
  const start = platform || (aside && site) || (found && startsMembers(app, found)) ? undefined : found
  if (start && (!site || !start.fact.source || serves(start))) {
    const { source } = start.fact
    // `main` beside a site is some script's as often as a server's.
    const scripted = source.from === 'file' ? source.detail !== 'main' : source.from !== 'convention'
    if (!site || scripted || (library && isServer(app, start)))
      return byProgram(
        app,
        start,
        usual.commands.length > 0 || (library && isAbout(build)) ? usual : build,
        library ?? site?.framework,
        wishes,
      )
  }
  if (site)
    return {
      ...bySite(app, site.framework, site.deployment, build),
      notes: [...(site.framework.notes?.(app, build.commands) ?? []), ...windowNotes(app)],
    }
  const rest = withoutStart(app, build)
  return platform && rest
    ? { ...rest, fit: platform === deno ? 'exact' : 'incidental', questions: [platform] }
    : rest
}

type Site = ReturnType<typeof siteMaker>

/** A plugin of what makes sites has that to try itself by: its build makes code for others alone. */
const isTriedBy = (app: App, framework: Framework, build: Build): boolean =>
  framework.build !== undefined &&
  framework.kind === 'static' &&
  exportsCode(app) &&
  build.commands.length > 0 &&
  build.commands.every(command => bundles(command) || COMPILES.test(command.words[0] ?? '')) &&
  !isRun(framework, build.commands)
const COMPILES = /^(tsc|babel|swc|rimraf|premove|rm|cp|cpy|echo)$/

/** `serve -s _static` of a start script tells where a build has moved its output. */
function served(app: App, site: Site): Site {
  if (site?.deployment.is !== 'files') return site
  const folder = servedFolder(app, ['start:prod', 'start'])?.folder
  return folder && folder !== site.deployment.out && !app.project.dirs.has(folder)
    ? { ...site, deployment: { ...site.deployment, out: folder } }
    : site
}

const serves = ({ runs }: Start): boolean => runs.is !== 'bin' || !/^(serve|http-server)$/.test(runs.name)

function bySite(app: App, framework: Framework, deployment: Deployment, usual: Build): Class {
  const build = withDefault(app, usual, framework)
  return { ...none, framework, deployment, kind: framework.kind, fit: 'exact', build, questions: unmade(app, framework, deployment, build) }
} // biome-ignore format: one record

/** A framework that serves itself, unless the project has a server of its own around it. */
function byFramework(app: App, framework: Framework, given: Build, wishes: Wishes): Class | undefined {
  const found = findStart(app, wishes, true)
  const start = found && framework.start !== undefined && prepares(app, found) ? undefined : found
  // What a script does before it starts is the build where no script is for that.
  const build =
    given.commands.length === 0 && start?.builds.length ? given : withDefault(app, given, framework)
  const open = (question: Question): Class => ({
    ...none, framework, build, questions: [question], deployment: { is: 'program' }, kind: framework.kind, fit: 'exact',
  }) // biome-ignore format: one record
  const question = wishes.start ? undefined : framework.open?.(app)
  if (question) return open(question)
  const deployment = framework.deploy ? framework.deploy(app, build.commands) : { is: 'program' as const }
  if (!deployment) return undefined
  const scripted =
    start && start.runs.is !== 'bin' && start.fact.source.from !== 'convention' ? start : undefined
  switch (deployment.is) {
    case 'files':
      return scripted && libraries(app).length > 0
        ? byProgram(app, scripted, build, framework, wishes)
        : { ...bySite(app, framework, deployment, build), kind: deployment.router ? 'spa' : 'static' }
    case 'program': {
      // A framework knows its own entry better than a file's usual name does, or a script that nothing makes a file for.
      const other = start && isUsual(framework, deployment, start) ? start : undefined
      const isOwn =
        start &&
        !other &&
        !(
          deployment.entry &&
          (start.fact.source.from === 'convention' || isStale(app, start, deployment.entry))
        )
      const chosen = isOwn ? start : conventional(framework, deployment)
      const lacking = isOwn ? undefined : unserved(app, framework.name, chosen.runs)
      if (lacking) return open(lacking)
      const program = byProgram(app, chosen, build, framework, wishes, deployment)
      return other ? { ...program, notes: [...program.notes, unmadeNote(other, chosen)] } : program
    }
    case 'next':
    case 'bundle':
      return standalone(app, framework, deployment, build, wishes, start, scripted)
  }
}

/** `node dist/main` of a template, in a repository whose build makes `dist/apps/api/main.js`. */
const isStale = (app: App, { runs, fact: { source } }: Start, entry: string): boolean =>
  source.from === 'file' &&
  runs.is === 'node' &&
  nestSource(app, entry) !== undefined &&
  nestSource(app, runs.entry) === undefined &&
  !app.project.has(runs.entry) &&
  sourceOf(app.project, runs.entry, app.tsconfig) === undefined

type Standalone = Extract<Deployment, { is: 'next' | 'bundle' }>

/** A server that carries its modules; a custom server around Next.js is a program like any other. */
function standalone(
  app: App,
  framework: Framework,
  deployment: Standalone,
  build: Build,
  wishes: Wishes,
  start: Start | undefined,
  scripted: Start | undefined,
): Class {
  const folder = `${deployment.out}/`
  const output = scripted?.runs.is === 'node' && scripted.runs.entry.startsWith(folder)
  if (scripted && !output && deployment.is === 'next')
    return byProgram(app, scripted, build, framework, wishes, nextProgram(deployment.out, deployment.config))
  const ownCommand = output || (start?.runs.is === 'bin' && start.runs.name === 'next')
  const known: Start = {
    runs: { is: 'node', flags: [], entry: '', args: [] },
    fact:
      ownCommand && start
        ? start.fact
        : byConvention(framework.start ?? '', `how ${framework.name} is started`),
    env: { ...(ownCommand ? start?.env : scripted?.env), ...portOption(start) },
    migrations: start?.migrations ?? [],
    builds: [],
    ...(ownCommand && start?.beside && { beside: start.beside }),
  }
  return { ...none, framework, deployment, kind: framework.kind, fit: 'exact', start: known, build }
}

/** `next start -p 4000`: the server that the image has takes no options. */
function portOption(start: Start | undefined): Readonly<Record<string, string>> {
  const port = start?.runs.is === 'bin' ? option(start.runs.args, '-p', '--port') : undefined
  return port !== undefined && /^\d+$/.test(port) ? { PORT: port } : {}
}

function conventional(framework: Framework, deployment: Extract<Deployment, { is: 'program' }>): Start {
  const command = deployment.start ?? framework.start ?? ''
  const [name = '', ...args] = command.split(' ')
  const entry = deployment.entry ?? args[0] ?? ''
  const runs: Runnable =
    name === 'node'
      ? { is: 'node', flags: [], entry, args: [] }
      : name === 'bun'
        ? { is: 'bun', entry, args: [] }
        : { is: 'bin', name, args }
  return {
    runs,
    fact: byConvention(command, `how ${framework.name} is started`),
    env: {},
    migrations: [],
    builds: [],
  }
}
