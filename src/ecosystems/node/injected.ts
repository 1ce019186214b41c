import type { Project } from '../../project/project.ts'
import { branch, leaf, readBlocks } from './blocks.ts'
import { type Manifest, table } from './manifest.ts'
import { importerOf, type RushSpace } from './rush.ts'

/**
 * Members that pnpm copies into node_modules when it installs, before anything is built: no link leads to what the
 * build makes of them. https://pnpm.io/settings#injectworkspacepackages
 * @param importers the folders whose dependencies count
 * @returns their names, as the lock file has them
 */
export function injectedMembers(
  project: Project,
  importers: readonly string[],
  manifests: readonly Manifest[],
  space?: RushSpace,
): readonly string[] {
  const all = table(project.parse('pnpm-workspace.yaml')).injectWorkspacePackages === true
  const some = manifests.some(({ raw }) =>
    Object.values(table(raw.dependenciesMeta)).some(meta => table(meta).injected === true),
  )
  const content =
    all || some ? project.text(space ? `${space.config}/pnpm-lock.yaml` : 'pnpm-lock.yaml') : undefined
  if (content === undefined) return []
  const lock = branch(readBlocks(content.split(/^---$/m).at(-1) ?? '').importers)
  return importers.flatMap(dir => {
    const importer = branch(lock[space ? importerOf(space, dir) : dir])
    return [importer.dependencies, importer.optionalDependencies, importer.devDependencies].flatMap(group =>
      Object.entries(branch(group)).flatMap(([name, entry]) =>
        leaf(branch(entry).version)?.startsWith('file:') ? [name] : [],
      ),
    )
  })
}
