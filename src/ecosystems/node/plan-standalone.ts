import type { Wishes } from '../../options/options.ts'
import type { Plan } from '../../plan/plan.ts'
import { shell } from '../../plan/words.ts'
import { bakedMounts } from './baked.ts'
import { unboxed } from './chromium.ts'
import { compilerCache } from './compiler-cache.ts'
import { type DataFolder, dataFolder } from './data-folder.ts'
import type { Deployment } from './deployment.ts'
import type { NodeFacts } from './facts.ts'
import { launch, runtimeImage } from './launch.ts'
import { join } from './paths.ts'
import { baseView, buildView, finish, owner, runtimeEnv } from './plan-parts.ts'
import { copy, type Stage, stages } from './steps.ts'
import { tableNotes } from './table-notes.ts'

type Standalone = Extract<Deployment, { is: 'bundle' | 'next' }>

/** A server that carries the modules that it uses: no production install. */
export function planStandalone(facts: NodeFacts, wishes: Wishes, deployment: Standalone): Plan {
  const runtime = runtimeImage(facts, wishes)
  const next = deployment.is === 'next'
  // A server with a database in a file owns the folder that it starts in.
  const chown = `--chown=${runtime.user}`
  const own = facts.program?.writes ? [chown] : []
  const data = dataFolder(facts, 'build')
  const entry = next ? [join(facts.layout.app, 'server.js')] : undefined
  const view = {
    ...baseView(facts, wishes, 'build'),
    build: buildView(
      facts,
      deployment.is === 'next'
        ? nextStages(facts, deployment, data)
        : stages(facts, bakedMounts(facts), data.commands),
    ),
    owner: owner(facts, runtime),
    packages: facts.native.runtime,
    unboxed: unboxed(facts),
    env: runtimeEnv(facts, data),
    copies: [
      ...data.copies(chown),
      ...(deployment.is === 'next'
        ? nextCopies(facts, deployment.out, own)
        : [copy([`/app/${join(facts.layout.app, deployment.out)}`], './', 'build', ...own)]),
      ...(facts.program?.files ?? []).map(path => {
        const place = join(facts.layout.app, path)
        return copy([`/app/${place}`], `./${next ? place : path}`, 'build')
      }),
    ],
    runtime: { ...launch(facts, runtime, entry), ...data.volume },
  }
  const plan = finish(facts, wishes, runtime, next ? 'node/next' : 'node/bundle', view)
  return { ...plan, notes: [...plan.notes, ...tableNotes(facts, runtime.user)] }
}

/** The compiler's cache outlives a build, and what the server writes goes to /tmp: the container may be read-only. */
function nextStages(
  facts: NodeFacts,
  { forced, cache, out }: Extract<Deployment, { is: 'next' }>,
  data: DataFolder,
): readonly Stage[] {
  const { app, rush } = facts.layout
  const standalone = join(app, out, 'standalone', app, out)
  const links = cache.map(path => `ln -s /tmp ${shell(`${standalone}/${path}`)}`)
  return [
    ...stages(
      facts,
      [compilerCache(facts, join(out, 'cache')), ...bakedMounts(facts)],
      data.commands,
      [
        ...(forced ? ['NEXT_PRIVATE_STANDALONE=true '] : []),
        // It takes the nearest lock file's folder for the workspace, and Rush's is near to none.
        ...(rush ? ['NEXT_PRIVATE_OUTPUT_TRACE_ROOT=/app '] : []),
      ].join(''),
    ),
    { commands: links },
  ]
}

/** Modules and public files first: an edit of the sources leaves these layers as they are. */
function nextCopies(
  { layout, hasPublic }: NodeFacts,
  out: string,
  own: readonly string[],
): readonly string[] {
  const inApp = (path: string) => `/app/${join(layout.app, path)}`
  const place = (path: string) => `./${join(layout.app, path)}`
  const modules = layout.rush ? layout.rush.temp : 'node_modules'
  return [
    copy([inApp(join(out, 'standalone', modules))], `./${modules}`, 'build'),
    ...(hasPublic ? [copy([inApp('public')], place('public'), 'build')] : []),
    copy([inApp(join(out, 'standalone'))], './', 'build', ...own, `--exclude=${modules}`),
    copy([inApp(join(out, 'static'))], place(join(out, 'static')), 'build'),
  ]
}
