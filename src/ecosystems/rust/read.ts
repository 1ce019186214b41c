import type { Project } from '../../project/project.ts'
import type { Ranked } from './choose.ts'
import { type Enabled, resolveFeatures } from './features.ts'
import { type Linked, linkedCrates } from './lock.ts'
import { type Scan, scan } from './scan.ts'
import { sourceFiles } from './source-files.ts'
import { staleness } from './stale.ts'
import { join } from './toml.ts'
import type { Workspace } from './workspace.ts'

/** Everything that was read about one program, before it is judged. */
export interface Reading {
  readonly project: Project
  readonly workspace: Workspace
  readonly program: Ranked
  readonly enabled: readonly Enabled[]
  readonly lockFile: string | undefined
  /** What the lock file doesn't know although a manifest asks for it. */
  readonly stale: string | undefined
  readonly linked: Linked | undefined
  readonly sources: Scan
  /** The build scripts of the packages that take part. */
  readonly scripts: Scan
}

/**
 * Reads the manifests, the lock file and the sources that one program is made of.
 * @param fully false for a program that is only listed: its sources and the lock file are left unread
 */
export function read(project: Project, workspace: Workspace, program: Ranked, fully: boolean): Reading {
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
    stale: fully && project.has(lock) ? staleness(project, lock, workspace.packages) : undefined,
    linked: fully ? linkedCrates(project, lock, enabled) : undefined,
    sources: scan(project, fully ? sourceFiles(project, bin.path, packages) : []),
    scripts: scan(project, fully ? scripts.slice(0, 20) : []),
  }
}
