import { withoutClients } from './clients.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'
import { inImage, stageOf } from './plan-clients.ts'
import { copy } from './steps.ts'

/** Where the parts of a running program are. */
interface Parts {
  /** Whether there is a build stage. */
  readonly builds: boolean
  /** The stage that holds node_modules; undefined where the program needs none. */
  readonly modules: string | undefined
  readonly init: boolean
  /** The flag that makes files the program's own. */
  readonly owner: string
}

/** What the runtime image takes from the other stages, what changes least first. */
export function copies(facts: NodeFacts, parts: Parts): readonly string[] {
  const { prisma } = facts
  const first = [
    ...(parts.init ? [copy(['/usr/bin/tini-static'], '/tini', 'init')] : []),
    // The database lies outside the program, where its user may write.
    ...(prisma?.file ? [copy(['/data'], '/data', 'build', parts.owner)] : []),
  ]
  return [...first, ...(facts.layout.app === '.' ? single(facts, parts) : member(facts, parts))]
}

function single(facts: NodeFacts, { builds, modules, owner }: Parts): readonly string[] {
  const { layout, program, prisma, manager, clients } = facts
  const sources = new Set(clients.map(({ dir }) => dir))
  const files = (program?.files ?? ['.']).filter(path => !sources.has(path))
  // A program that writes beside itself owns its folders; what it is made of otherwise stays root's.
  const own = program?.writes ? [owner] : []
  const nested = layout.nested.filter(dir => !sources.has(dir)).map(dir => `${dir}/node_modules`)
  const excluded = [
    ...['node_modules', ...nested].map(path => `--exclude=${path}`),
    ...withoutClients(clients),
  ]
  // Prisma up to 6 writes its client into node_modules.
  const client = prisma && prisma.major < 7 && manager.id !== 'pnpm' && modules === 'deps'
  return [
    ...(modules ? [copy(['/app/node_modules'], './node_modules', modules)] : []),
    ...(client ? [copy(['/app/node_modules/.prisma'], './node_modules/.prisma', 'build')] : []),
    ...(files.includes('.')
      ? [
          builds
            ? copy(['/app'], './', 'build', ...own, ...excluded)
            : copy([layout.root], '.', undefined, ...own, ...withoutClients(clients)),
        ]
      : [
          ...files
            .filter(path => path !== 'package.json')
            .map(path => copy([`/app/${path}`], `./${path}`, 'build', ...own)),
          copy([join(layout.root, 'package.json')], './'),
        ]),
    ...clients.map(({ dir, out }) =>
      copy([inImage(out)], out.startsWith('..') ? inImage(out) : `./${out}`, stageOf(dir)),
    ),
  ]
}

/** The repository's folders stay as they are, so that the links in node_modules hold. */
function member({ layout, program }: NodeFacts, { modules, owner }: Parts): readonly string[] {
  if (modules !== 'deps') return [copy(['/app'], './', 'build')]
  const own = program?.writes ? [owner] : []
  const part = (dir: string, paths: readonly string[], flags: readonly string[]): readonly string[] =>
    paths.includes('.')
      ? [copy([`/app/${dir}`], dir, 'build', ...flags, '--exclude=node_modules')]
      : [
          copy([`${dir}/package.json`], `${dir}/`),
          ...paths
            .filter(path => path !== 'package.json')
            .map(path => copy([`/app/${dir}/${path}`], `${dir}/${path}`, 'build', ...flags)),
        ]
  return [
    copy(['/app'], './', 'deps'),
    ...layout.members
      .filter(({ production }) => production)
      .flatMap(({ dir, runtime }) => part(dir, runtime, [])),
    ...part(layout.app, program?.files ?? ['.'], own),
  ]
}
