import { shell } from '../../plan/words.ts'
import { aboveFolder, buildFolder } from './build-folder.ts'
import { withoutClients } from './clients.ts'
import type { DataFolder } from './data-folder.ts'
import type { Member, NodeFacts } from './facts.ts'
import { join } from './paths.ts'
import { inImage, stageOf } from './plan-clients.ts'
import { copy, outsideInImage } from './steps.ts'

/** Where the parts of a running program are. */
interface Parts {
  /** Whether there is a build stage. */
  readonly builds: boolean
  /** The stage that holds node_modules; undefined where the program needs none. */
  readonly modules: string | undefined
  readonly init: boolean
  readonly data: DataFolder
  /** The flag that makes files the program's own. */
  readonly owner: string
}

const SETTINGS = ['.npmrc', '.yarnrc.yml', '.yarnrc']

/** What the runtime image takes from the other stages, what changes least first. */
export function copies(facts: NodeFacts, parts: Parts): readonly string[] {
  const first = [
    ...(parts.init ? [copy(['/usr/bin/tini-static'], '/tini', 'init')] : []),
    ...parts.data.copies(parts.owner),
  ]
  return [...first, ...(facts.layout.app === '.' ? single(facts, parts) : member(facts, parts))]
}

function single(facts: NodeFacts, { builds, modules, owner }: Parts): readonly string[] {
  const { layout, program, clients, deployment } = facts
  const home = deployment.is === 'program' ? deployment.home : undefined
  const sources = new Set(clients.map(({ dir }) => dir))
  const files = (program?.files ?? ['.']).filter(path => !sources.has(path))
  // A program that writes beside itself owns its folders; what it is made of otherwise stays root's.
  const own = program?.writes ? [owner] : []
  const nested = layout.nested.filter(dir => !sources.has(dir)).map(dir => `${dir}/node_modules`)
  const others = [
    ...(layout.inputs.some(path => path.startsWith('.yarn/')) ? ['--exclude=.yarn'] : []),
    // What only the install reads, and where a token may stand.
    ...SETTINGS.filter(path => layout.inputs.includes(path)).map(path => `--exclude=${path}`),
    ...withoutClients(clients),
  ]
  const built = buildFolder(facts)
  // What its modules link to.
  const inner = layout.members
    .filter(member => member.production)
    .flatMap(({ dir, runtime }) =>
      runtime.map(path =>
        copy(
          [join(built, dir, path)],
          `./${join(dir, path)}`,
          'build',
          ...(path === '.' ? ['--exclude=node_modules'] : []),
        ),
      ),
    )
  const held = modules === 'build' ? built : '/app'
  const excluded = [...['node_modules', ...nested].map(path => `--exclude=${path}`), ...others]
  return [
    ...(modules === 'deps' && inner.length > 0
      ? // Members' own modules lie in their folders.
        [copy(['/app'], './', modules)]
      : modules
        ? [copy([`${held}/node_modules`], './node_modules', modules)]
        : []),
    ...(modules && layout.above
      ? [copy([join(modules === 'deps' ? '' : aboveFolder(facts), 'node_modules')], '/node_modules', modules)]
      : []),
    ...client(facts, modules),
    ...(modules ? (layout.filled ?? []) : []).map(dir =>
      copy([`${held}/${dir}/node_modules`], `./${dir}/node_modules`, modules),
    ),
    ...(files.includes('.')
      ? [
          builds
            ? copy(['/app'], './', 'build', ...own, ...excluded)
            : copy([layout.root], '.', undefined, ...own, ...others),
        ]
      : home !== undefined
        ? [copy([`${built}/${home}`], './', 'build', ...own)]
        : [
            ...files
              .filter(path => path !== 'package.json')
              .map(path => copy([`${built}/${path}`], `./${path}`, 'build', ...own)),
            ...(program?.misread === undefined ? [copy([join(layout.root, 'package.json')], './')] : []),
            ...inner,
          ]),
    // What runs from its sources imports them there too.
    ...(files.includes('.') ? layout.shared.running : []).map(path =>
      copy([join(layout.root, path)], outsideInImage(facts, path)),
    ),
    ...pages(facts, owner, own),
  ]
}

/** What the clients' stages made, where the server looks for it, and pages beside it. @param own whose a folder of the server's is */
const pages = (facts: NodeFacts, owner: string, own: readonly string[] = []): readonly string[] => [
  ...(facts.layout.pages ?? []).map(path =>
    copy(
      [join(facts.layout.root, path)],
      path.startsWith('..') ? outsideInImage(facts, path, '/app') : `./${path}`,
    ),
  ),
  ...facts.clients.map(({ dir, out, served, written }) =>
    copy(
      [inImage(out)],
      (served ?? out).startsWith('..') ? inImage(served ?? out) : `./${served ?? out}`,
      stageOf(dir),
      ...(written ? [owner] : served ? own : []),
    ),
  ),
]

/** Prisma's client in node_modules, where one folder of them is for all. */
function client(facts: NodeFacts, modules: string | undefined): readonly string[] {
  const { prisma, manager, layout } = facts
  const written =
    prisma?.inModules || layout.members.some(({ production, writesModules }) => production && writesModules)
  return written && manager.id !== 'pnpm' && modules === 'deps'
    ? [copy([`${buildFolder(facts)}/node_modules/.prisma`], './node_modules/.prisma', 'build')]
    : []
}

/** Whether the build stage puts something into a member's folder. */
export const isMade = ({ builds, prepares, generates }: Member): boolean =>
  builds || prepares.length > 0 || generates !== undefined

/**
 * Makes the folders of members the program's own that it writes into: the install leaves modules there, and a COPY
 * changes no folder that it finds.
 * @param user of the runtime image, with its group
 */
export function ownedFolders({ layout, program }: NodeFacts, user: string): readonly string[] {
  if (layout.app === '.' || !program) return []
  const [id = '', group = id] = user.split(':')
  const writers = layout.members.filter(({ name }) => program.writers.includes(name))
  const dirs = [...(program.writes ? [layout.app] : []), ...writers.map(({ dir }) => dir)]
  return dirs.length > 0 ? [shell('install', '-d', '-o', id, '-g', group, ...dirs)] : []
}

/** The repository's folders stay as they are, so that the links in node_modules hold. */
function member(facts: NodeFacts, { builds, modules, owner }: Parts): readonly string[] {
  const { layout, program, steps, deployment } = facts
  const home = deployment.is === 'program' ? deployment.home : undefined
  const own = program?.writes ? [owner] : []
  if (modules === 'build')
    return [
      copy(['/app'], './', 'build', ...own.map(() => `--exclude=${layout.app}`)),
      ...own.map(flag => copy([`/app/${layout.app}`], layout.app, 'build', flag)),
      ...pages(facts, owner),
    ]
  const part = (
    dir: string,
    paths: readonly string[],
    made: boolean,
    flags: readonly string[] = [],
  ): readonly string[] =>
    paths.includes('.')
      ? [
          // What no build touches comes as it is in the repository.
          builds && (made || layout.turbo)
            ? copy([`/app/${dir}`], dir, 'build', ...flags, '--exclude=node_modules')
            : copy([join(layout.root, dir)], dir, undefined, ...flags),
        ]
      : [
          copy([join(layout.root, dir, 'package.json')], `${dir}/`),
          ...paths
            .filter(path => path !== 'package.json')
            .map(path => copy([`/app/${dir}/${path}`], `${dir}/${path}`, 'build', ...flags)),
        ]
  const files = program?.files ?? ['.']
  // What a compiler takes in with the sources, it leaves where it is if it is data: `import pkg from '../../package.json'`.
  const beside = layout.shared.running.filter(path => files.includes('.') || path.endsWith('.json'))
  return [
    // A server that is one bundle needs none.
    ...(modules ? [copy(['/app'], './', modules)] : []),
    ...client(facts, modules),
    ...beside.map(path => copy([join(layout.root, path)], `./${path}`)),
    ...layout.members
      .filter(({ production }) => production)
      .flatMap(member =>
        part(member.dir, member.runtime, isMade(member), program?.writers.includes(member.name) ? own : []),
      ),
    ...(home === undefined
      ? part(layout.app, files, steps.length > 0, own)
      : [copy([`/app/${layout.app}/${home}`], layout.app, 'build', ...own)]),
    ...(program?.fills ?? []).map(path => copy([join(layout.root, path)], `./${path}`, undefined, ...own)),
    ...pages(facts, owner),
  ]
}
