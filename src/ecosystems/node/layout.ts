import type { Project } from '../../project/project.ts'
import type { Layout, Member } from './facts.ts'
import { type Manifest, table } from './manifest.ts'
import type { Manager } from './package-manager.ts'
import type { Workspace } from './workspaces.ts'

/** The members of a closure with their manifests. */
export const packagesOf = (members: readonly Member[], workspace: Workspace | undefined) =>
  members.flatMap(({ dir }) => {
    const manifest = workspace?.members.get(dir)
    return manifest ? [{ dir, manifest }] : []
  })

/** What lies at the root of a workspace and members' compilers and bundlers read. */
export function shared(root: Project, beside: readonly string[], turbo: Layout['turbo']): Layout['shared'] {
  const files = root.files.filter(
    file =>
      !file.includes('/') &&
      (turbo !== undefined || !/^turbo\.jsonc?$/.test(file)) &&
      /^(tsconfig.*\.json|turbo\.jsonc?|nx\.json|babel\.config\.[cm]?js|\.swcrc|\.babelrc|postcss\.config\.[cm]?[jt]s|tailwind\.config\.[cm]?[jt]s|\.browserslistrc|vite\.config\.[cm]?[jt]s)$/.test(
        file,
      ),
  )
  return {
    files: [...new Set([...files, ...beside.filter(path => root.has(path))])],
    folders: beside.filter(path => root.dirs.has(path)),
  }
}

/** `dependenciesMeta.<name>.built`: https://yarnpkg.com/configuration/manifest#dependenciesMeta.built */
export const namesScripts = ({ raw }: Manifest, { id, major }: Manager): boolean =>
  id === 'yarn' &&
  major > 1 &&
  Object.values(table(raw.dependenciesMeta)).some(meta => table(meta).built === true)

/** Folders with a package of their own, but for that of the program that a script starts. */
export const nestedPackages = (view: Project, { scripts }: Manifest): readonly string[] =>
  view.files
    .filter(path => path.endsWith('/package.json') && path.split('/').length <= 3)
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(
      dir =>
        /^[\w./-]+$/.test(dir) &&
        !['start', 'start:prod', 'server'].some(name => scripts[name]?.includes(`${dir}/`)),
    )
    .slice(0, 8)

/** Folders of members that an app does without. */
export function otherMembers(
  workspace: Workspace | undefined,
  app: string,
  needed: readonly string[],
): readonly string[] {
  const kept = new Set([app, ...needed])
  return app === '.'
    ? []
    : [...(workspace?.members.keys() ?? [])].filter(
        dir => !kept.has(dir) && ![...kept].some(other => other.startsWith(`${dir}/`)),
      )
}
