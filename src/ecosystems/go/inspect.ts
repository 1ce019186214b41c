import { byConvention, type Fact, fact, firstKnown, fromFile, type Source } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Fit, Kind, Question } from '../ecosystem.ts'
import { everywhere, findListening, hintedPort, type Listening } from './address.ts'
import { healthArguments, serveCommand } from './commands.ts'
import { configuredPort } from './configured.ts'
import { type Embeds, findEmbeds } from './embed.ts'
import { programsRun } from './executes.ts'
import type { GoFacts } from './facts.ts'
import { frameworkOf, worksOn } from './frameworks.ts'
import { findFrontEnd } from './front-end.ts'
import type { SourceIndex } from './index-source.ts'
import { layoutOf } from './layout.ts'
import { findMains, judge, type Main } from './mains.ts'
import { findModules, type Modules, reachable } from './modules.ts'
import { nativeOf } from './native.ts'
import { type Linked, Packages } from './packages.ts'
import { readProgram } from './program.ts'
import type { Resolver } from './resolve.ts'
import { findRuntimeFiles } from './runtime-files.ts'
import { unquote } from './source.ts'
import { findState } from './state.ts'
import { versionOf } from './version.ts'
import { versionVariable } from './version-variable.ts'

const TAGS = { cgo: true, own: [] }
const NO_EMBEDS: Embeds = { files: [], missing: [] }

export function inspect(project: Project, wishes: Wishes): readonly Candidate<GoFacts>[] {
  const modules = findModules(project)
  const packages = new Packages(project, modules)
  const mains = findMains(packages)
  const links = new Map(mains.map(main => [main, packages.link(main.module, main.dir, TAGS)]))
  const fits = judge(mains, main => serves(links.get(main)))
  const survey: Survey = { project, wishes, modules, packages }
  const found = mains.flatMap(main => {
    const linked = links.get(main)
    const fit = fits.get(main) ?? 'likely'
    if (!linked) return []
    // What nobody will build is not looked into: a repository of examples has hundreds of programs.
    return [
      fit === 'exact' || isWished(main, wishes)
        ? whole(survey, main, linked, fit)
        : outline(survey, main, linked, fit),
    ]
  })
  return found.some(({ fit }) => fit !== 'incidental') ? found : [...libraries(survey), ...found]
}

/** What all programs of a repository share. */
interface Survey {
  readonly project: Project
  readonly wishes: Wishes
  readonly modules: Modules
  readonly packages: Packages
}

const serves = (linked: Linked | undefined): boolean =>
  linked !== undefined && (linked.imports.has('net/http') || frameworkOf(linked.imports) !== undefined)

function isWished({ name, dir, path }: Main, { app }: Wishes): boolean {
  const wanted = app?.value.replace(/^\.\//, '').replace(/\/+$/, '')
  return wanted !== undefined && [name, dir, path, dir.split('/').at(-1)].includes(wanted)
}

/** Enough of a program to list it. */
function outline(survey: Survey, main: Main, linked: Linked, fit: Fit): Candidate<GoFacts> {
  const { version, notes } = versionOf(main.module, survey.modules, survey.wishes)
  const found = frameworkOf(linked.imports)
  // gRPC beside a server for HTTP is one of its parts.
  const framework = found?.name === 'grpc' && linked.imports.has('net/http') ? undefined : found
  const kind: Kind = serves(linked) ? 'web' : worksOn(linked.imports) ? 'worker' : 'cli'
  return {
    ecosystem: 'go',
    name: main.name,
    dir: main.module.dir,
    fit,
    notes,
    questions: [],
    facts: {
      kind: byConvention(kind, 'what the program imports'),
      runtimeVersion: version,
      packageManager: byConvention('go', 'Go modules'),
      framework: framework && fact(framework.name, fromFile(framework.file, framework.path)),
      start: byConvention(main.name, "the program's name"),
      mainPackages: fact([main.dir], fromFile(main.dir, 'package main')),
      cgo: nativeOf(survey.packages, linked).cgo,
      program: main.name,
      layout: layoutOf(survey.project, survey.modules, main, linked),
      native: nativeOf(survey.packages, linked),
      args: [],
      variables: [],
      files: [],
      embeds: NO_EMBEDS,
      reclaimed: reclaimed(survey.project, main),
      commands: [],
    },
  }
}

/** `server` in .gitignore means the built program; it would take cmd/server from the build as well. */
function reclaimed(project: Project, { dir, name }: Main): readonly string[] {
  const lines = (project.text('.gitignore') ?? '').split('\n').map(line => line.trim())
  return dir !== '.' && lines.includes(name) ? [dir] : []
}

function whole(survey: Survey, main: Main, linked: Linked, fit: Fit): Candidate<GoFacts> {
  const { project, packages, modules, wishes } = survey
  const base = outline(survey, main, linked, fit)
  const { index, resolver } = readProgram(packages, main, linked)
  const embeds = findEmbeds(project, index.units)
  const bases = [...new Set([main.module.dir, '.', main.dir])]
  const files = findRuntimeFiles(project, index, resolver, { bases, embedded: embedded(embeds) })
  const listening = findListening(index, resolver, base.facts.framework?.value)
  const serve = serveCommand(index, resolver, main.name)
  const kind = kindOf(listening, base, linked)
  const port =
    kind.value === 'web'
      ? portOf(
          survey,
          index,
          resolver,
          listening,
          files.map(({ source }) => source),
        )
      : undefined
  const reach = reachability(listening)
  const args = [...(serve ? [serve.word] : []), ...reach.args]
  const front = findFrontEnd(project, embeds)
  const facts: GoFacts = {
    ...base.facts,
    kind,
    framework: base.facts.framework,
    port: wishes.port ?? port?.fact,
    build: wishes.build ?? byConvention(`go build -o ${main.name} ${base.facts.layout.target}`, 'Go modules'),
    start:
      wishes.start ??
      fact([main.name, ...args].join(' '), serve?.source ?? fromFile(main.dir, 'package main')),
    env: environment(index, resolver),
    args,
    variables: [...reach.variables, ...(port?.variables ?? [])],
    versionVariable: versionVariable(index.units, main.dir, reachable(main.module, modules)),
    health: healthArguments(index, resolver),
    healthRoute: healthRoute(index),
    files,
    state: findState(index, resolver, linked.imports.keys()),
    embeds,
    frontEnd: front,
    commands: programsRun(index, linked.imports),
  }
  return { ...base, facts, notes: [...base.notes, ...notesOf(facts, main, listening, port, linked)] }
}

const embedded = ({ files, missing }: Embeds): ReadonlySet<string> =>
  new Set([...files, ...missing.map(({ path }) => path)])

function kindOf(listening: Listening | undefined, { facts }: Candidate<GoFacts>, linked: Linked): Fact<Kind> {
  if (facts.framework && listening) return fact('web', facts.framework.source)
  if (listening && !listening.secondary && (listening.http || listening.port || listening.portVariable))
    return byConvention('web', 'it listens on a port')
  if (facts.framework && facts.framework.value !== 'grpc') return fact('web', facts.framework.source)
  return worksOn(linked.imports)
    ? byConvention('worker', 'it runs until it is stopped')
    : byConvention('cli', 'it neither listens nor waits')
}

interface Port {
  readonly fact: Fact<number>
  readonly variables: readonly (readonly [string, string])[]
  readonly assumed: boolean
}

function portOf(
  { project, wishes }: Survey,
  index: SourceIndex,
  resolver: Resolver,
  listening: Listening | undefined,
  files: readonly string[],
): Port {
  const known = firstKnown(
    wishes.port,
    listening?.port,
    configuredPort(project, files, listening),
    hintedPort(resolver, index),
  )
  const value = known ?? byConvention(8080, 'nothing says otherwise, and the program is told')
  const variable = listening?.portVariable
  // A variable without a default would leave the program without a port.
  const address = variable && /ADDR|LISTEN|BIND|HOST/.test(variable) ? `:${value.value}` : String(value.value)
  return {
    fact: value,
    variables: variable ? [[variable, address]] : [],
    assumed: known === undefined && variable === undefined,
  }
}

/** What makes a program that listens on its own loopback reachable. */
function reachability(listening: Listening | undefined): {
  args: readonly string[]
  variables: readonly (readonly [string, string])[]
} {
  const { loopback } = listening ?? {}
  if (!loopback) return { args: [], variables: [] }
  const own =
    loopback.flag?.fallback.texts.find(text => /^(localhost|127\.|\[::1\])/.test(text)) ?? loopback.value
  if (loopback.variable) {
    const holdsPort = !/HOST|\bIP\b|INTERFACE/.test(loopback.variable)
    return { args: [], variables: [[loopback.variable, holdsPort ? everywhere(own) : '0.0.0.0']] }
  }
  return loopback.flag
    ? { args: [`${loopback.flag.dashes}${loopback.flag.name}`, everywhere(own)], variables: [] }
    : { args: [], variables: [] }
}

const ENV_CALLS = /^(Getenv|LookupEnv|MustGetenv|GetEnv|MustGetEnv|getEnv|getenv|mustGetenv)$/

/** Variables that the source reads by name. */
function environment(index: SourceIndex, resolver: Resolver): Fact<readonly string[]> | undefined {
  const names = new Map<string, string>()
  for (const { unit, name, args } of index.calls) {
    const [first] = ENV_CALLS.test(name) ? args : []
    for (const text of first ? resolver.resolve({ unit, node: first }).texts : [])
      if (/^[A-Z][A-Z0-9_]*$/.test(text) && !names.has(text)) names.set(text, unit.path)
  }
  for (const [, tags] of index.tags)
    for (const tag of tags) {
      const name = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0] ?? ''
      if (/^[A-Z][A-Z0-9_]*$/.test(name) && !names.has(name)) names.set(name, index.units[0]?.path ?? '')
    }
  const [first] = names
  return first && fact([...names.keys()].slice(0, 40), fromFile(first[1]))
}

function healthRoute(index: SourceIndex): string | undefined {
  for (const { unit, node } of index.strings) {
    const route =
      /^(?:GET )?(\/(?:healthz?|health-?check|livez|readyz|ping|_health|api\/health|-\/healthy))$/.exec(
        unquote(unit.text.slice(node.from, node.to)),
      )
    if (route?.[1]) return route[1]
  }
  return undefined
}

function notesOf(
  { layout, embeds, frontEnd, native }: GoFacts,
  { module }: Main,
  listening: Listening | undefined,
  port: Port | undefined,
  { missing }: Linked,
): Note[] {
  const { loopback } = listening ?? {}
  const warn = (code: string, message: string, source?: Source) => [note(code, 'warning', message, source)]
  const absent = [
    ...embeds.missing
      .filter(({ path }) => frontEnd?.output !== path)
      .map(({ path, by }) => ({ path, by, is: 'embedded' })),
    ...[...missing]
      .filter(() => layout.prepare.length === 0)
      .map(([path, by]) => ({ path, by, is: 'imported' })),
  ]
  return [
    ...(port?.assumed
      ? warn(
          'PORT_ASSUMED',
          `Nothing says which port this listens on: ${port.fact.value} is assumed; --port says better`,
        )
      : []),
    ...(loopback && !loopback.flag && !loopback.variable
      ? warn(
          'LISTENS_ON_LOOPBACK',
          `It listens on ${loopback.value}, which nothing outside the container reaches`,
          listening?.port?.source,
        )
      : []),
    ...(module.file
      ? []
      : warn(
          'NO_MANIFEST',
          'There is no go.mod: the build makes one, and the versions of the dependencies are those of the day',
        )),
    ...(module.file && !layout.locked
      ? warn(
          'NO_LOCKFILE',
          'There is no go.sum: the build makes one, so nothing holds the dependencies to what was tested',
        )
      : []),
    ...absent.flatMap(({ path, by, is }) =>
      warn(
        'GENERATED_MISSING',
        `${path} is ${is} and not in the repository: it must be made before the build`,
        fromFile(by),
      ),
    ),
    ...native.unknown.flatMap(name =>
      warn('NATIVE_LIBRARY_UNKNOWN', `No Debian package is known for the C library ${name}`),
    ),
  ]
}

/** A repository without a program: something that others import. */
function libraries({ modules, wishes }: Survey): Candidate<GoFacts>[] {
  const [module] = modules.all.filter(({ dir }) => dir === '.')
  if (!module?.file) return []
  const { version, notes } = versionOf(module, modules, wishes)
  const question: Question = {
    code: 'NOTHING_TO_RUN',
    message: 'no main package is here, so there is nothing to run in a container',
    option: 'build',
  }
  return [
    {
      ecosystem: 'go',
      name: module.path.split('/').at(-1) ?? '.',
      dir: '.',
      fit: 'exact',
      notes,
      questions: [question],
      facts: {
        kind: byConvention('library', 'no main package'),
        runtimeVersion: version,
        packageManager: byConvention('go', 'Go modules'),
        program: 'app',
        layout: {
          base: '.',
          module: '.',
          target: '.',
          manifests: [],
          vendored: false,
          locked: true,
          prepare: [],
        },
        native: {
          cgo: byConvention(false, 'nothing is built'),
          links: 'nothing',
          build: [],
          run: [],
          tags: [],
          unknown: [],
        },
        args: [],
        variables: [],
        files: [],
        embeds: NO_EMBEDS,
        reclaimed: [],
        commands: [],
      },
    },
  ]
}
