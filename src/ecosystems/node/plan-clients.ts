import type { Wishes } from '../../options/options.ts'
import type { View } from '../../plan/plan.ts'
import { contextPath } from '../../plan/words.ts'
import type { Above } from './above.ts'
import { bakedMounts } from './baked.ts'
import { isMember } from './clients.ts'
import type { NodeFacts } from './facts.ts'
import { STRICT } from './git-ssh.ts'
import { join } from './paths.ts'
import { baseView, buildView } from './plan-parts.ts'
import { copy, stages } from './steps.ts'

/** A path of the server's, in the image: what lies beside the server's folder lies beside /app. */
export const inImage = (path: string): string => `/${contextPath(join('app', path))}`

/** `packages/web` → `packages-web`; a name that another stage has gets a word more. */
export function stageOf(dir: string): string {
  const name = dir
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^\w.-]+/g, '-')
    .toLowerCase()
  return /^(|base|toolchain|deps|build|init|runtime)$/.test(name) ? `${name}-pages` : name
}

/** The stages that build what the server gives out: an edit of either side leaves the other's as they are. */
export const clientStages = (
  { clients, manager, line, layout, installPackages, ssh }: NodeFacts,
  wishes: Wishes,
): readonly View[] =>
  clients.map(({ dir, beside, facts }) => {
    // What a package of its own is built with was chosen for the packages that it locks.
    const own = isMember(facts) || wishes.runtimeVersion ? line : facts.line
    const same =
      facts.manager.id === manager.id && facts.manager.version === manager.version && own.cycle === line.cycle
    const view = baseView({ ...facts, line: own }, wishes, 'base')
    const { tool, manager: name, baseEnv } = view
    const image =
      own.cycle === line.cycle ? view.image : String(view.image).replace(/\$\{NODE_VERSION\}/, own.cycle)
    return {
      stage: stageOf(dir),
      from: same ? 'base' : image,
      ...(!same && { tool, manager: name, baseEnv }),
      // A member is built from the root of its workspace, where the base stage stands.
      dir: isMember(facts) ? (same ? undefined : '/app') : inImage(dir),
      build: buildView(
        {
          ...facts,
          line: own,
          layout: { ...facts.layout, above: seenFrom(facts.layout.above, layout.root) },
          ...fetching(facts, same ? { installPackages, ssh } : undefined),
        },
        [
          ...beside.map(path => ({ copy: copy([join(layout.root, path)], inImage(path)) })),
          ...stages({ ...facts, layout: { ...facts.layout, outside: [] } }, bakedMounts(facts)),
        ],
      ),
    }
  })

/** The server's folder is /app, and what lies above it is the image's root. */
const seenFrom = (above: Above | undefined, root: string): Above | undefined => {
  const inner =
    root === '.' ? above?.dir : `${above?.dir}/`.startsWith(`${root}/`) && above?.dir.slice(root.length)
  return above && { ...above, target: typeof inner === 'string' ? inImage(inner) : '/' }
}

type Fetching = Pick<NodeFacts, 'installPackages' | 'ssh'>

/** What a client's install calls for and the stage that it begins with lacks: git, and SSH for it. */
const fetching = (
  { installPackages, ssh, buildPackages, buildEnv }: NodeFacts,
  base: Fetching = { installPackages: [], ssh: [] },
): Pick<NodeFacts, 'installPackages' | 'buildPackages' | 'buildEnv'> => ({
  installPackages: base.installPackages,
  buildPackages: [...buildPackages, ...installPackages.filter(name => !base.installPackages.includes(name))],
  buildEnv: { ...(ssh.length > 0 && base.ssh.length === 0 && STRICT), ...buildEnv },
})
