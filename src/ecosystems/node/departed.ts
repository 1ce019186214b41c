import type { Project } from '../../project/project.ts'
import { type Blocks, branch, leaf, readBlocks } from './blocks.ts'
import { type Manifest, table } from './manifest.ts'

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
type Group = (typeof GROUPS)[number]
/** Of several groups that name a package the first of these counts. */
const DECIDING: readonly Group[] = ['optionalDependencies', 'dependencies', 'devDependencies']

/**
 * What a lock file still has for a manifest that no longer asks for it, or asks for it in another group: pnpm, Bun and
 * Yarn since 2 refuse that as well, where npm and Yarn 1 go on.
 * https://github.com/pnpm/pnpm/blob/main/lockfile/verification/src/satisfiesPackageManifest.ts
 * @param dir the folder of a member; empty for the root
 * @returns `the removal of left-pad`, or undefined where nothing departed
 */
export function departed(project: Project, lock: string, manifest: Manifest, dir = ''): string | undefined {
  const held = heldFor(project, lock, dir)
  if (held === undefined) return undefined
  for (const [name, group] of held) {
    if (Object.hasOwn(manifest.peerDependencies, name)) continue
    const asked = DECIDING.find(key => Object.hasOwn(manifest[key], name))
    if (asked === undefined) return `the removal of ${name}`
    if (group !== undefined && asked !== group) return `the move of ${name} to ${asked}`
  }
  return undefined
}

/** The packages of one manifest as the lock file has them, each with its group where that counts. */
function heldFor(
  project: Project,
  lock: string,
  dir: string,
): ReadonlyMap<string, Group | undefined> | undefined {
  if (lock === 'bun.lock') {
    const own = table(table(table(project.parse(lock)).workspaces)[dir])
    return new Map(GROUPS.flatMap(group => Object.keys(table(own[group])).map(name => [name, undefined])))
  }
  const content = project.text(lock)
  if (content === undefined) return undefined
  if (lock === 'pnpm-lock.yaml') return heldByPnpm(content, dir)
  return lock === 'yarn.lock' ? heldByYarn(readBlocks(content), dir) : undefined
}

function heldByPnpm(content: string, dir: string): ReadonlyMap<string, Group> | undefined {
  const { own, hooked } = pnpmImporter(content, dir)
  // A hook can add any package: https://pnpm.io/pnpmfile
  if (hooked) return undefined
  return new Map(GROUPS.flatMap(group => Object.keys(branch(own[group])).map(name => [name, group] as const)))
}

/** A workspace of Yarn since 2 is a package of the lock file: `app@workspace:apps/app`, or `app@workspace:.`. */
function heldByYarn(lock: Blocks, dir: string): ReadonlyMap<string, undefined> | undefined {
  if (lock.__metadata === undefined) return undefined
  const [, own] =
    Object.entries(lock).find(([key]) =>
      key.split(/,\s*/).some(part => part.replaceAll('"', '').endsWith(`@workspace:${dir || '.'}`)),
    ) ?? []
  return own === undefined
    ? undefined
    : new Map(Object.keys(branch(branch(own).dependencies)).map(name => [name, undefined]))
}

/**
 * What pnpm's lock file has for one manifest: of a workspace each has its own, else the file itself is that.
 * @returns also the whole, and whether a hook changed manifests before they were locked
 */
export function pnpmImporter(
  content: string,
  dir: string,
): { readonly own: Blocks; readonly whole: Blocks; readonly hooked: boolean } {
  // pnpm 12 writes its own version's lock as a first document.
  const documents = content.split(/^---$/m).filter(part => part.trim())
  const whole = readBlocks(documents.at(-1) ?? '')
  const importer = branch(branch(whole.importers)[dir || '.'])
  return {
    own: Object.keys(importer).length || dir ? importer : whole,
    whole,
    hooked: leaf(whole.pnpmfileChecksum) !== undefined,
  }
}
