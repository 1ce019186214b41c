import { byConvention, fromFile } from '../../facts.ts'
import { MANAGER_LINES } from '../../knowledge/node-managers.ts'
import type { Wishes } from '../../options/options.ts'
import type { Note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import { astroDatabase } from './astro-db.ts'
import { bakedValues, inventedNotes, isSecret } from './baked.ts'
import { migrationsOf } from './build.ts'
import { stepNotes, stepsOf } from './build-steps.ts'
import { misreadEntry, misreadNotes } from './bundlers.ts'
import { caseLinks, linkNotes, linkSteps } from './case-links.ts'
import { asksRevision } from './checkout.ts'
import { compilerNotes } from './chosen-compiler.ts'
import type { Class } from './classify.ts'
import { clientNotes } from './clients.ts'
import { databaseOf } from './data-folder.ts'
import { documented } from './env-example.ts'
import { envFileNotes } from './env-file.ts'
import type { Client, Layout, NodeFacts } from './facts.ts'
import type { Scan } from './found.ts'
import { envBetween, libraries } from './frameworks.ts'
import { generatedFolders } from './generated-folders.ts'
import { sshHosts, sshNotes } from './git-ssh.ts'
import { readsIgnoreFile } from './ignore-file.ts'
import { installScripts, patchesModules } from './install-scripts.ts'
import { keyNotes } from './key-files.ts'
import { onBun, opens } from './launch.ts'
import { fitting } from './manager-version.ts'
import { nativeNotes } from './native.ts'
import { nativeOf } from './native-facts.ts'
import type { Manager } from './package-manager.ts'
import { partial } from './partial-lock.ts'
import { join } from './paths.ts'
import { peerFlag, peerNotes, unlockedFlag } from './peers.ts'
import { placeholderNotes, placeholders } from './placeholders.ts'
import { ENGINE, readPrisma, whereTablesAre } from './prisma.ts'
import { refusedNotes, refusedTests } from './refused-tests.ts'
import { committedTokens, registrySecrets, tokenNotes } from './registries.ts'
import { readProgram } from './runtime.ts'
import { type Command, shown } from './scripts.ts'
import {
  besideNotes,
  developingNotes,
  frameworkOf,
  hostNotes,
  kindOf,
  knownPort,
  localServer,
  portNotes,
  portSetting,
  reachable,
  slipNotes,
  usualPort,
} from './serving.ts'
import { settingsNotes } from './settings-template.ts'
import { unsetNotes } from './shell-variables.ts'
import { standInNotes } from './stand-in.ts'
import { submoduleNotes } from './submodules.ts'
import { buildEnvironment, buildPackages, duringBuild, installPackages } from './surroundings.ts'
import { unpackedNotes } from './unpacked.ts'
import { programVariables, quoteNotes } from './variables.ts'
import type { Resolved } from './versions.ts'

export function gather(
  app: App,
  found: Class,
  layout: Layout,
  node: Resolved,
  wishes: Wishes,
  clientsOf: (scan: Scan) => readonly Client[] = () => [],
): { facts: NodeFacts; notes: readonly Note[]; beside: ReadonlySet<string> } {
  const { project, manifest, lock } = app
  const fitted = fitting(app.manager, Number(node.line.cycle), lock.version)
  const { manager, notes: lockNotes } = partial(app.root, fitted, layout, wishes)
  const read = readProgram(app, layout, found)
  const lacking = read?.lacking ?? new Map<string, string>()
  // An image of all files has that package.json too.
  const misread =
    layout.app === '.' && !read?.program.files.includes('.')
      ? misreadEntry(app, found.build.commands, read?.program.runs)
      : undefined
  const prisma = readPrisma(app)
  // Pages that nothing builds go as they are.
  const links = layout.app === '.' && (read || found.build.commands.length > 0) ? caseLinks(project) : []
  // Rush's settings of the registry.
  const settings = layout.rush ? app.root.within(layout.rush.config) : app.root
  const scripts = installScripts(app)
  const wanted = placeholders(app, found.framework?.loads === true)
  const baked = bakedValues(app, found.framework, found.build.commands, wanted)
  const unbaked = new Map(Object.entries(wanted).filter(([name]) => !baked.some(item => item.name === name)))
  const database = astroDatabase(app, found) ?? databaseOf(project, read?.found)
  const whileBuilt = duringBuild(app, found, prisma, unbaked, database)
  const peers = peerFlag(app, manager) ?? unlockedFlag(app, Number(node.line.cycle))
  const migrations = migrationsOf(found.build.commands).map(shown)
  const known = knownPort(found, read?.found, read?.program.env ?? {}, wishes, documented(project))
  const port = known ?? usualPort(found)
  const kind = kindOf(
    found,
    read?.found,
    libraries(app).some(({ tier }) => tier === 'worker'),
  )
  const clients =
    read && found.deployment.is === 'program' && kind.value === 'web' ? clientsOf(read.found) : []
  const builds = found.build.commands.length > 0 || clients.length > 0
  const ssh = sshHosts(app)
  const standIn = found.framework?.standIn?.(app, found.build.commands)
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
      found.deployment.is === 'files'
        ? undefined
        : programVariables(
            app,
            read?.found,
            baked,
            Object.keys(whileBuilt).filter(
              name => name !== ENGINE && (!database?.built || name !== database.variable),
            ),
            found.framework?.tier === 'app',
          ),
    manager,
    line: node.line,
    layout,
    deployment: found.deployment,
    native: nativeOf({ ...app, manager }, found, read, node.line.suite, builds),
    name: manifest.name ?? 'app',
    steps: [
      ...linkSteps(links),
      ...(database?.built ? [{ words: ['mkdir', database.folder] }] : []),
      ...stepsOf(app, found, scripts, prisma, layout, clients, manifest),
    ],
    revision: asksRevision(app, found.build.commands),
    hasDependencies:
      Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).length > 0 ||
      layout.members.some(({ production }) => production) ||
      layout.above !== undefined ||
      layout.app !== '.',
    prepares: patchesModules(app) || layout.patches,
    ...(read && {
      program: {
        ...read.program,
        misread,
        local: localServer(found, read.found)?.address,
        env: {
          ...read.program.env,
          ...reachable(found, read.found),
          ...envBetween(app, found.framework),
          ...portSetting(read.program.portVariable, read.found, port, wishes, found.framework),
        },
      },
    }),
    prisma: whereTablesAre(prisma, project, read?.found.files ?? []),
    database,
    keepsDevelopment:
      layout.app === '.' &&
      lock.packages.some(({ name, kept }) => kept === true && Object.hasOwn(manifest.devDependencies, name)),
    needsPeers: lock.packages.some(({ peer }) => peer === true),
    baked,
    duringBuild: whileBuilt,
    secrets: registrySecrets(settings),
    ssh,
    generated: generatedFolders(app, found),
    refused: refusedTests(app, found.build.commands),
    kept: layout.app === '.' ? keptFiles(app, found).map(path => join(layout.root, path)) : [],
    serverConfig:
      SERVER_CONFIGS.find(name => !project.has(name) || project.text(name)?.startsWith(OURS)) ?? 'nginx.conf',
    standIn,
    installFlags: peers ? [peers.value] : [],
    buildEnv: buildEnvironment(app, found, Number(node.line.cycle)),
    installPackages: installPackages(app, ssh.length > 0),
    buildPackages: buildPackages(app, prisma, layout, found),
    clients,
    examples: new Map(documented(project).map(({ name, value }) => [name, value])),
    hasPublic: project.dirs.has('public'),
    migrations: [...migrations, ...(found.start?.migrations ?? [])],
  }
  return {
    beside: read?.found.beside ?? new Set(),
    facts: onBun(facts) ? { ...facts, runtimeVersion: bunFact(manager) } : facts,
    notes: [
      // Pages that nothing builds have no Node.js.
      ...(onBun(facts) || (facts.deployment.is === 'files' && facts.steps.length === 0) ? [] : node.notes),
      ...(known ? [] : portNotes(found, facts.kind.value, port.value, read?.found)),
      ...slipNotes(read?.found),
      ...besideNotes(found.start),
      ...developingNotes(read?.found),
      ...lockNotes,
      ...(found.build.notes ?? []),
      ...compilerNotes(app, found.build.commands),
      ...stepNotes(facts),
      ...peerNotes(peers),
      ...standInNotes(standIn),
      ...hostNotes(found, read?.found, opens(facts)),
      ...clientNotes(clients),
      ...misreadNotes(misread),
      ...linkNotes(links),
      ...unpackedNotes([...lacking.keys()], fromFile([...lacking.values()][0] ?? '')),
      ...refusedNotes(facts.refused),
      ...placeholderNotes([
        ...new Set([...unbaked.keys(), ...Object.keys(prisma?.asked ?? {})]),
        ...baked.flatMap(item => (item.invented && isSecret(item) ? [item.name] : [])),
      ]),
      ...inventedNotes(baked),
      ...tokenNotes(join(layout.rush?.config ?? '', '.npmrc'), committedTokens(settings)),
      ...keyNotes(project, read?.found),
      ...envFileNotes(project, layout, read?.found),
      ...settingsNotes(project, layout, read?.found, found.build.commands),
      ...quoteNotes(facts.env, documented(project)),
      ...unsetNotes(read?.program.runs.args ?? [], facts.port?.value, found.start?.fact.source),
      ...sshNotes(ssh),
      ...submoduleNotes(app.root),
      ...nativeNotes(facts.native),
    ],
  }
}

/** Bun's version is that of the package manager, where it is both. */
const bunFact = ({ id, version, fact: { source, stated } }: Manager): NodeFacts['runtimeVersion'] =>
  id === 'bun' && version !== undefined
    ? { value: version, source, ...(stated !== undefined && { stated }) }
    : byConvention(MANAGER_LINES.bun[0]?.newest ?? '1', 'the newest Bun')

const SERVER_CONFIGS = ['nginx.conf', 'nginx.site.conf']
/** How our own file begins, so that it is recognised when the command runs again. */
const OURS = '# The web server of the image'

/** What no build context has otherwise, and this build reads. */
const keptFiles = (app: App, { build: { commands } }: Class): readonly string[] => [
  ...(runsThere(commands) ? ['.github'] : []),
  ...(commands.length &&
  readsIgnoreFile(
    app,
    commands.flatMap(({ words }) => words),
  )
    ? ['.gitignore']
    : []),
]

/** `node .github/scripts/build.js` */
const runsThere = (commands: readonly Command[]): boolean =>
  commands.some(({ words }) => words.some(word => /^(\.\/)?\.github\//.test(word)))
