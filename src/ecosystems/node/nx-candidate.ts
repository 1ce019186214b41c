import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate } from '../ecosystem.ts'
import { openApp } from './app.ts'
import { ceilingsOf } from './ceilings.ts'
import type { Layout, NodeFacts } from './facts.ts'
import { fitOf } from './fit.ts'
import { gather } from './gather.ts'
import { unwanted } from './layout.ts'
import { readLock } from './lockfile.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { type NxApp, nxOthers } from './nx.ts'
import { classifyNx } from './nx-class.ts'
import { listedProjects } from './nx-projects.ts'
import { findManager } from './package-manager.ts'
import { statements } from './stated-versions.ts'
import { installInputs } from './surroundings.ts'
import { readTsConfig } from './tsconfig.ts'
import { resolveNode } from './versions.ts'
import type { Workspace } from './workspaces.ts'

/** Install scripts alone: the root's others are about all apps at once. */
const INSTALL = /^(preinstall|install|postinstall)$/

/** An app of Nx: installed and built at the root, where all its dependencies are, without the other apps. */
export function nxCandidate(
  project: Project,
  root: Manifest,
  nx: NxApp,
  wishes: Wishes,
  workspace: Workspace | undefined,
): Candidate<NodeFacts> {
  const manager = findManager(project, root)
  const own = readManifest(project, `${nx.dir}/package.json`)
  const others = nxOthers(project, nx.dir)
  const members = [...(workspace?.members ?? [])].filter(([dir]) => !others.includes(dir))
  const manifest: Manifest = {
    ...root,
    name: nx.name,
    main: undefined,
    scripts: Object.fromEntries(Object.entries(root.scripts).filter(([name]) => INSTALL.test(name))),
    dependencies: { ...own?.dependencies, ...root.dependencies },
    devDependencies: { ...own?.devDependencies, ...root.devDependencies },
  }
  const manifests = [root, ...members.map(([, item]) => item)]
  const base = openApp(project, manifest, manager, readLock(project, manager.lock, manifests))
  const app = { ...base, tsconfig: readTsConfig(project, 'tsconfig.base.json') ?? base.tsconfig }
  const found = classifyNx(app, nx, wishes)
  const direct = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
  const node = resolveNode(
    statements(project, root),
    app.lock.packages,
    direct,
    wishes,
    ceilingsOf(app.lock.packages, manifest, { program: found?.deployment.is !== 'files', build: true }),
  )
  const layout: Layout = {
    root: '.',
    app: '.',
    dir: nx.dir,
    members: members.map(([dir, item]) => ({
      name: item.name ?? dir,
      dir,
      production: true,
      builds: false,
      prepares: [],
      writesModules: false,
      runtime: [],
    })),
    listed: [],
    patches: false,
    injected: [],
    unwanted: unwanted(new Map([...members, ['.', root]]), manager),
    inputs: installInputs(project),
    shared: { files: [], folders: [], running: [] },
    nested: [],
    others,
    partial: false,
    lends: false,
    borrows: false,
  }
  const { facts, notes } = gather(app, found, layout, node, wishes)
  const listed = listedProjects(project)
  const outputs = found.deployment.is === 'program' ? found.deployment.outputs : undefined
  return {
    ecosystem: 'node',
    name: nx.name,
    dir: nx.dir,
    fit: fitOf(found, facts.kind.value, nx.dir, project.within(nx.dir)),
    facts: {
      ...facts,
      kept: [...facts.kept, ...others.filter(dir => listed.has(dir)).map(dir => `${dir}/project.json`)],
      // The bundle is all that runs; what lies at the root is of all apps.
      ...(facts.program && outputs && { program: { ...facts.program, files: outputs } }),
    },
    notes: [...manager.notes, ...found.notes, ...notes],
    questions: found.questions,
  }
}
