import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Fit, Kind } from '../ecosystem.ts'
import { findListening, type Listening } from './address.ts'
import { healthArguments, serveCommand } from './commands.ts'
import { type Embeds, findEmbeds } from './embed.ts'
import { environment, healthRoute } from './environment.ts'
import { programsRun } from './executes.ts'
import { exposedPort, reachability } from './exposure.ts'
import type { GoFacts } from './facts.ts'
import { frameworkOf, worksOn } from './frameworks.ts'
import { findFrontEnd } from './front-end.ts'
import { layoutOf } from './layout.ts'
import { libraries } from './library.ts'
import { findMains, judge, type Main } from './mains.ts'
import { findModules, type Modules, reachable } from './modules.ts'
import { nativeOf } from './native.ts'
import { notesOf } from './notices.ts'
import { type Linked, Packages } from './packages.ts'
import { readProgram } from './program.ts'
import { reclaimed } from './reclaimed.ts'
import { findRuntimeFiles } from './runtime-files.ts'
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
  return found.some(({ fit }) => fit !== 'incidental') ? found : [...libraries(modules, wishes), ...found]
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
      reclaimed: reclaimed(survey.project, linked.dirs),
      commands: [],
    },
  }
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
      ? exposedPort(
          survey,
          main.module.dir,
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
    port: wishes.port ?? port?.fact,
    build: wishes.build ?? byConvention(`go build -o ${main.name} ${base.facts.layout.target}`, 'Go modules'),
    start:
      wishes.start ??
      fact([main.name, ...args].join(' '), serve?.source ?? fromFile(main.dir, 'package main')),
    env: environment(index, resolver),
    args,
    variables: [...reach.variables, ...(port?.variables ?? [])],
    versionVariable: versionVariable(index.units, main.dir, reachable(main.module, modules)),
    health: kind.value === 'web' ? healthArguments(index, resolver) : undefined,
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
