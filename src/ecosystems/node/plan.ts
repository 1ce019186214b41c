import { UserError } from '../../errors.ts'
import type { Wishes } from '../../options/options.ts'
import { note } from '../../plan/notes.ts'
import type { Plan } from '../../plan/plan.ts'
import { bakedMounts } from './baked.ts'
import { unboxed } from './chromium.ts'
import { compilerCache } from './compiler-cache.ts'
import { dataFolder } from './data-folder.ts'
import type { NodeFacts } from './facts.ts'
import { type Install, install, isPruned, keepsAll, keepsPatched, keepsPeers } from './install.ts'
import { launch, runtimeImage, shutdown } from './launch.ts'
import { takenAlong } from './left-behind.ts'
import { withLogs } from './log-folders.ts'
import { clientStages } from './plan-clients.ts'
import { copies, isMade, ownedFolders } from './plan-copies.ts'
import { baseView, buildView, filled, finish, home, owner, runtimeEnv } from './plan-parts.ts'
import { planSite } from './plan-site.ts'
import { planStandalone } from './plan-standalone.ts'
import { prune } from './prune.ts'
import { standInModules } from './stand-in.ts'
import { stages } from './steps.ts'
import { tableNotes } from './table-notes.ts'

export function plan(facts: NodeFacts, wishes: Wishes): Plan {
  const [injected] = facts.layout.injected
  if (injected !== undefined)
    throw new UserError(
      'INJECTED_MEMBERS',
      `pnpm-lock.yaml: ${injected} is injected, a copy that pnpm makes before the member is built`,
      'Link it: take injected and injectWorkspacePackages out, and install again',
    )
  const [foreign] = facts.layout.rush?.foreign ?? []
  if (foreign !== undefined)
    throw new UserError(
      'RUSH_NOT_SUPPORTED',
      `rush.json: ${facts.layout.app} needs ${foreign}, which is in another subspace and has a lock file of its own`,
      'Put both into one subspace, and run rush update',
    )
  switch (facts.deployment.is) {
    case 'files':
      return planSite(facts, wishes, facts.deployment)
    case 'bundle':
    case 'next':
      return planStandalone(facts, wishes, facts.deployment)
    case 'program':
      return planProgram(facts, wishes)
  }
}

function planProgram(facts: NodeFacts, wishes: Wishes): Plan {
  const runtime = runtimeImage(facts, wishes)
  const wholeInstall = keepsAll(facts)
  const pruned = isPruned(facts)
  const needed = facts.layout.members.some(member => member.production && isMade(member))
  const builds = facts.steps.length > 0 || needed || pruned || wholeInstall
  const modules =
    facts.hasDependencies && (facts.deployment.is !== 'program' || facts.deployment.modules !== false)
  const deps: Install | undefined = modules && !pruned && !wholeInstall ? install(facts, true) : undefined
  const compiles = facts.native.scripts.length > 0 && facts.native.toolchain.length > 0 && deps !== undefined
  const first = builds ? 'build' : deps && 'deps'
  const data = withLogs(dataFolder(facts, first), facts, first)
  const cut = pruned && !wholeInstall ? prune(facts) : undefined
  const apart = cut?.mounts.length ? [cut] : []
  const { deployment } = facts
  const kept =
    deployment.is === 'program' && deployment.cache !== undefined
      ? [compilerCache(facts, deployment.cache)]
      : []
  const groups = builds
    ? [
        ...stages(
          facts,
          [...kept, ...bakedMounts(facts)],
          [
            ...standInModules(facts.standIn, facts.layout.app),
            ...takenAlong(facts),
            ...(apart.length ? [] : (cut?.commands ?? [])),
            ...data.commands,
          ],
        ),
        ...apart,
      ]
    : []
  const how = shutdown(facts)
  const view = {
    ...baseView(facts, wishes, 'base'),
    ...(compiles && { toolchain: facts.native.toolchain }),
    ...(deps && {
      deps: {
        from: compiles ? 'toolchain' : 'base',
        rush: facts.layout.rush?.temp,
        copies: filled(facts),
        mounts: deps.mounts,
        commands: [...deps.commands, ...ownedFolders(facts, runtime.user), ...(builds ? [] : data.commands)],
      },
    }),
    ...(builds && { build: buildView(facts, groups, compiles) }),
    clients: clientStages(facts, wishes),
    ...(how === 'init' && { init: { packages: ['tini'] } }),
    packages: facts.native.runtime,
    unboxed: unboxed(facts),
    env: runtimeEnv(facts, data),
    owner: owner(facts, runtime),
    copies: copies(facts, {
      builds,
      modules: deps ? 'deps' : pruned || wholeInstall ? 'build' : undefined,
      init: how === 'init',
      data,
      owner: `--chown=${runtime.user}`,
    }),
    workdir: facts.layout.app === '.' ? undefined : home(facts),
    runtime: { ...launch(facts, runtime), ...data.volume },
  }
  const plan = finish(facts, wishes, runtime, 'node/server', view)
  const notes = [
    ...(deps && keepsPeers(facts) ? [peersNote] : []),
    ...(keepsPatched(facts) ? [patchedNote] : []),
    ...(builds ? tableNotes(facts, runtime.user) : []),
  ]
  return { ...plan, notes: [...plan.notes, ...notes] }
}

const patchedNote = note(
  'DEVELOPMENT_KEPT',
  'info',
  "modules are patched after the install, and Bun takes nothing out of a workspace's: development dependencies are in the image too; patches that bun patch keeps would do without them",
)

const peersNote = note(
  'DEVELOPMENT_KEPT',
  'info',
  'npm before 11 keeps development dependencies that are optional peers of others, so some are in the image; npm 11, by packageManager or a newer Node.js, leaves them out',
)
