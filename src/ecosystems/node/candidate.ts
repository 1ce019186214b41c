import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate } from '../ecosystem.ts'
import { aboveNotes, packagesAbove } from './above.ts'
import { floatingOf, openApp } from './app.ts'
import { ceilingsOf } from './ceilings.ts'
import { classify } from './classify.ts'
import { clientsOf } from './clients.ts'
import { closure, withNeeds } from './closure.ts'
import { nestMembers } from './deploy-nest.ts'
import { extendedConfigs } from './extended.ts'
import type { Layout, NodeFacts } from './facts.ts'
import { fitOf } from './fit.ts'
import { gather } from './gather.ts'
import { assertionCeiling } from './import-assertions.ts'
import { injectedMembers } from './injected.ts'
import { runsPatches } from './install-scripts.ts'
import {
  besideRoot,
  builtByRoot,
  nestedPackages,
  otherMembers,
  packagesOf,
  shared,
  unwanted,
  withPages,
  withParts,
} from './layout.ts'
import { readLock } from './lockfile.ts'
import { type Manifest, NO_MANIFEST, readManifest } from './manifest.ts'
import { installsIn, outsideFolders, outsideImports, outsideWords } from './outside.ts'
import { findManager, focusNotes } from './package-manager.ts'
import { join } from './paths.ts'
import { type Place, pathOf } from './place.ts'
import { importerOf, isRush, rushSpace } from './rush.ts'
import { rushLayout, rushManager } from './rush-install.ts'
import { archivesOf, installInputs, localPackages } from './surroundings.ts'
import { turboBuild } from './turbo.ts'
import { resolveNode, statedAt } from './versions.ts'
import type { Workspace } from './workspaces.ts'

/**
 * One package as an app, with its facts.
 * @param served whether it is asked for as what another server gives out: then it has no clients itself
 * @returns undefined for one that is neither app nor library
 */
export function candidate(
  project: Project,
  place: Place,
  given: Manifest,
  wishes: Wishes,
  workspace: Workspace | undefined,
  served = false,
): Candidate<NodeFacts> | undefined {
  const rootView = project.within(place.root)
  const view = rootView.within(place.app)
  const parts =
    workspace && place.app === '.' && !isRush(rootView) ? nestMembers(rootView, given, workspace) : []
  const manifest = withParts(given, parts, workspace)
  const space = workspace && isRush(rootView) ? rushSpace(rootView, place.app) : undefined
  const rootManifest = space
    ? NO_MANIFEST
    : place.app === '.'
      ? manifest
      : (readManifest(rootView) ?? manifest)
  const needs = workspace
    ? closure(rootView, workspace, place.app, manifest, rootManifest, parts)
    : { members: [], listed: [], beside: [], running: [], borrows: false }
  const { members, listed } = needs
  const needed = members.map(({ dir }) => dir)
  const packages = packagesOf(needed, workspace)
  const own = [[place.app, manifest] as const, ...packages]
  const manager = space ? rushManager(rootView, space, own) : findManager(rootView, rootManifest)
  const manifests = [rootManifest, manifest, ...packages.map(([, item]) => item)]
  const importers =
    place.app === '.'
      ? undefined
      : new Set(
          ['.', place.app, ...members.filter(({ production }) => production).map(({ dir }) => dir)].map(
            dir => (space ? importerOf(space, dir) : dir),
          ),
        )
  const app = openApp(
    view,
    manifest,
    manager,
    readLock(rootView, manager.lock, manifests, importers),
    rootView,
  )
  const found = classify(app, wishes)
  if (!found) return undefined
  const direct = new Set(
    manifests.flatMap(item => Object.keys({ ...item.dependencies, ...item.devDependencies })),
  )
  const node = resolveNode(
    statedAt(project, place, [view, manifest], [rootView, rootManifest]),
    app.lock.packages,
    direct,
    wishes,
    ceilingsOf(
      app.lock.packages,
      manifest,
      { program: found.deployment.is !== 'files', build: found.build.commands.length > 0 },
      assertionCeiling(app, found),
    ),
    floatingOf(app),
  )
  const turbo =
    place.app !== '.' && found.build.script === 'build'
      ? turboBuild(
          rootView,
          rootManifest,
          { dir: place.app, manifest },
          packages.map(([dir, item]) => ({ dir, manifest: item })),
        )
      : undefined
  const installed = new Map([
    ...packagesOf([...listed, ...needed], workspace),
    [place.app, manifest],
    ['.', rootManifest],
  ])
  // The image's root has folders of such names already.
  const alone = place.app === '.' && workspace === undefined
  const there = (path: string) =>
    [project.dirs, project].some(item => item.has(join(pathOf(place), path))) &&
    !/^(\.\.\/)*(bin|dev|etc|lib|usr|var)$/.test(path)
  const imported = alone ? outsideImports(project, place.root, manifest, true) : []
  const outside = [
    ...new Set([
      ...outsideFolders(app),
      ...imported,
      ...(place.app !== '.' || (alone && place.root !== '.') ? outsideWords(found.build.commands) : []),
    ]),
  ].filter(there)
  const above = alone
    ? packagesAbove(
        project,
        place.root,
        app,
        found.build,
        outside.map(path => join(place.root, path)),
      )
    : undefined
  const running = members.filter(({ production }) => production).map(({ dir }) => dir)
  const layout: Layout = {
    ...place,
    above,
    ...(place.app === '.' && { outside, installs: installsIn(project, place.root, imported, manager.id) }),
    turbo,
    members: turbo
      ? members.map(member => ({ ...member, builds: false }))
      : place.app === '.'
        ? besideRoot(members, found.build.commands, workspace)
        : members,
    listed:
      place.app === '.'
        ? withNeeds(rootView, workspace, builtByRoot(found.build.commands, workspace)).filter(
            dir => !needed.includes(dir),
          )
        : listed,
    patches: place.app !== '.' && rootView.dirs.has('patches') && runsPatches(rootManifest),
    injected: injectedMembers(rootView, [place.app, ...needed], manifests, space),
    unwanted: unwanted(installed, manager),
    rush: space && rushLayout(rootView, space, manager, own),
    inputs: space
      ? []
      : [
          ...installInputs(rootView, place.app === '.' && !workspace ? manifest : undefined),
          ...(workspace ? archivesOf(installed) : []),
        ],
    filled:
      place.app === '.' && !workspace
        ? localPackages(manifest).filter(path => app.lock.packages.some(({ within }) => within === path))
        : [],
    shared:
      place.app === '.'
        ? {
            files: [],
            folders: [],
            running: alone ? outsideImports(project, place.root, manifest, false).filter(there) : [],
          }
        : shared(
            rootView,
            {
              beside: [...needs.beside, ...outside.map(path => join(place.app, path))],
              running: [...needs.running, ...extendedConfigs(rootView, found, [place.app, ...running])],
            },
            turbo,
          ),
    nested: place.app === '.' ? nestedPackages(view, manifest) : [],
    others: otherMembers(workspace, place.app, needed),
    partial: [...(workspace?.members.keys() ?? [])].some(dir => dir !== place.app && !needed.includes(dir)),
    lends: Object.keys(rootManifest.dependencies).length > 0,
    borrows: needs.borrows,
  }
  const { facts, notes, beside } = gather(
    app,
    found,
    layout,
    node,
    wishes,
    ({ literals, served: given, written }) =>
      served
        ? []
        : clientsOf(
            project,
            { dir: pathOf(place), root: place.root, manifest, literals, served: given, written },
            dir => site(project, dir, place.root, workspace),
          ),
  )
  return {
    ecosystem: 'node',
    name: manifest.name ?? (pathOf(place) === '.' ? '.' : (pathOf(place).split('/').at(-1) ?? '.')),
    dir: pathOf(place),
    fit: fitOf(found, facts.kind.value, pathOf(place), view),
    facts: { ...facts, layout: withPages(layout, facts.clients, [...beside].filter(there)) },
    notes: [
      ...manager.notes,
      ...focusNotes(manager, layout),
      ...aboveNotes(above, join(place.root, 'package.json')),
      ...found.notes,
      ...notes,
    ],
    questions: found.questions,
  }
}

/** The facts of a package, a member of the server's workspace or one of its own, as what a server gives out. */
function site(
  project: Project,
  dir: string,
  root: string,
  workspace: Workspace | undefined,
): NodeFacts | undefined {
  const member = root === '.' ? dir : dir.slice(root.length + 1)
  const known = workspace?.members.get(member)
  const manifest = known ?? readManifest(project, `${dir}/package.json`)
  const place = known ? { root, app: member } : { root: dir, app: '.' }
  const found = manifest && candidate(project, place, manifest, {}, known && workspace, true)
  return found && found.fit !== 'incidental' ? found.facts : undefined
}
