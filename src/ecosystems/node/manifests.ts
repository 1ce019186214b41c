import semver from 'semver'
import type { Mount } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import type { Manager } from './package-manager.ts'
import { join } from './paths.ts'
import { settingsTarget } from './registries.ts'
import type { RushLayout } from './rush-install.ts'
import { ZERO_INSTALL } from './surroundings.ts'

/**
 * Manifests are mounted, not copied: nothing but node_modules stays in the stage.
 * @param writes whether the install changes the first of them
 */
export function manifests(facts: NodeFacts, production: boolean, writes: boolean): readonly Mount[] {
  const { layout, manager } = facts
  const bind = (path: string, rw = false, target = path): Mount => ({
    type: 'bind',
    source: contextPath(join(layout.root, path)),
    target,
    ...(rw && { rw: true as const }),
  })
  // Yarn writes each manifest anew where it isn't laid out as JSON.stringify would; a mount takes it and forgets it.
  const formats = manager.id === 'yarn' && manager.major > 1
  const { rush } = layout
  if (rush) return rushManifests(facts, rush, folders(facts, production))
  return [
    bind('package.json', writes || formats),
    ...(manager.lock
      ? [
          replacesLock(facts)
            ? bind(manager.lock, false, lockBeside(manager.lock))
            : bind(manager.lock, manager.stale !== undefined || (production && strips(facts))),
        ]
      : []),
    // Archives for this platform may be missing from the repository's.
    ...layout.inputs
      .filter(path => !layout.filled?.includes(path))
      .map(path => bind(path, path === ZERO_INSTALL, settingsTarget(facts, path))),
    ...folders(facts, production).map(dir => bind(`${dir}/package.json`, formats)),
  ]
}

/** Whether the install puts another lock file in the place of one that lacks something: a mount allows no such thing. */
export const replacesLock = ({ manager: { id, stale }, layout }: NodeFacts): boolean =>
  stale !== undefined && /^(pnpm|bun)$/.test(id) && layout.rush === undefined

/** Where the lock file lies that is to be replaced by another. */
export const lockBeside = (lock: string): string => `/tmp/${lock}`

/** The same where Rush puts them; its settings keep their place, since nothing but a copy of them is read. */
const rushManifests = (
  facts: NodeFacts,
  { inputs, temp, preferred }: RushLayout,
  dirs: readonly string[],
): readonly Mount[] => [
  ...[facts.manager.lock].flatMap(path =>
    path === undefined ? [] : [{ type: 'bind' as const, source: contextPath(path), target: path }],
  ),
  ...inputs.map(({ source, name }) => ({
    type: 'bind' as const,
    source: contextPath(source),
    target: settingsTarget(facts, name) === name ? `${temp}/${name}` : settingsTarget(facts, name),
  })),
  ...dirs.map(dir => ({
    type: 'bind' as const,
    source: contextPath(`${dir}/package.json`),
    target: `${dir}/package.json`,
    ...(preferred.has(dir) && { rw: true as const }),
  })),
]

/** Folders of the members whose manifests an install sees. */
export function folders({ layout, manager }: NodeFacts, production: boolean): readonly string[] {
  // What has to resolve looks for the members among development dependencies too.
  const resolves = (manager.stale !== undefined || manager.lock === undefined) && layout.rush === undefined
  const chosen = production && manager.id !== 'bun' && !resolves
  const others = wantsEveryone(manager) ? layout.others : chosen ? [] : layout.listed
  const members = layout.members.filter(member => !chosen || member.production).map(({ dir }) => dir)
  return [...new Set([layout.app, ...members, ...others])].filter(dir => dir !== '.')
}

/** Whether Yarn installs by `focus`: an install of everything compares the manifests with the lock file. */
export const focuses = ({ layout, manager }: NodeFacts, production: boolean): boolean =>
  canFocus(manager) &&
  (layout.members.length > 0 || layout.partial || layout.app !== '.' || (production && manager.major >= 4))

const canFocus = ({ major, withoutFocus }: Manager): boolean => major >= 4 || !withoutFocus

/** Whether Yarn, which can't leave development dependencies out of a workspace, is given manifests without them. */
export const strips = ({ layout, manager }: NodeFacts): boolean =>
  manager.id === 'yarn' &&
  manager.major > 1 &&
  !canFocus(manager) &&
  (layout.app !== '.' || layout.members.length > 0)

/** Takes out of the manifests, for this one command, what production has no use for. */
export function stripped(facts: NodeFacts): readonly string[] {
  const { layout } = facts
  const kept = new Set([
    '.',
    layout.app,
    ...layout.members.filter(({ production }) => production).map(({ dir }) => dir),
  ])
  return ['.', ...folders(facts, true)].map(dir =>
    shell(
      'npm',
      'pkg',
      'delete',
      ...(kept.has(dir) ? [] : ['dependencies']),
      'devDependencies',
      ...(dir === '.' ? [] : ['--prefix', contextPath(dir)]),
    ),
  )
}

/** Takes out of the manifests, for this one command, what Yarn would run whatever its settings say. */
export const withoutScripts = (facts: NodeFacts, production: boolean): readonly string[] =>
  ['.', ...folders(facts, production)].flatMap(dir => {
    const keys =
      facts.manager.id === 'yarn' && focuses(facts, production) ? facts.layout.unwanted.get(dir) : undefined
    const place = dir === '.' ? [] : ['--prefix', contextPath(dir)]
    return keys ? [shell('npm', 'pkg', 'delete', ...keys, ...place)] : []
  })

/** Bun before 1.4, and a Yarn that can't install single members, refuse a checkout that lacks a member of the lock file. */
export const wantsEveryone = (manager: Manager): boolean =>
  (manager.id === 'bun' && manager.version !== undefined && semver.lt(manager.version, '1.4.0')) ||
  (manager.id === 'yarn' && manager.major > 1 && !canFocus(manager))
