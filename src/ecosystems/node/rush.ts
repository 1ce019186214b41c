import { UserError } from '../../errors.ts'
import type { Project } from '../../project/project.ts'
import { type Manifest, readManifest, table, text } from './manifest.ts'
import { join } from './paths.ts'

/** The folder of Rush's own settings: https://rushjs.io/pages/advanced/config_files/ */
const CONFIG = 'common/config/rush'

/** What its name may be: commands and comments have it as it is. */
const SPACE = /^\w[\w-]*$/

/** Projects that share one lock file: all of a repository, or those of one of its subspaces. */
export interface RushSpace {
  /** The folder with the settings of pnpm and the lock file. */
  readonly config: string
  /** The folder that Rush has pnpm install in; the lock file's importers are relative to it. */
  readonly temp: string
  /** The folder with the patches of packages; whether it is there isn't asked. */
  readonly patches: string
}

interface RushProject {
  readonly dir: string
  readonly space: string
}

/** Whether Rush rules a repository. */
export const isRush = (project: Project): boolean => project.has('rush.json')

function projects(project: Project): readonly RushProject[] {
  const { projects: listed } = table(project.parse('rush.json'))
  return (Array.isArray(listed) ? listed : []).map(table).flatMap(({ projectFolder, subspaceName }) => {
    const dir = join(text(projectFolder) ?? '')
    return dir ? [{ dir, space: text(subspaceName) ?? 'default' }] : []
  })
}

/** Each project's manifest by its folder. */
export const rushMembers = (project: Project): ReadonlyMap<string, Manifest> =>
  new Map(
    projects(project).flatMap(({ dir }) => {
      const manifest = readManifest(project, `${dir}/package.json`)
      return manifest ? [[dir, manifest] as const] : []
    }),
  )

/** The space of a project: https://rushjs.io/pages/advanced/subspaces/ */
export function rushSpace(project: Project, dir: string): RushSpace {
  const split = table(project.parse(`${CONFIG}/subspaces.json`)).subspacesEnabled === true
  const name = projects(project).find(item => item.dir === dir)?.space ?? 'default'
  if (!SPACE.test(name))
    throw new UserError(
      'UNSAFE_PATH',
      `rush.json: ${JSON.stringify(name)} can't be the name of a subspace, whose folder a Dockerfile names`,
      'Rename it: letters, digits, - and _',
    )
  const config = `common/config/subspaces/${name}`
  return split
    ? { config, temp: `common/temp/${name}`, patches: `${config}/pnpm-patches` }
    : { config: CONFIG, temp: 'common/temp', patches: 'common/pnpm-patches' }
}

/** Settings of pnpm; until Rush 5.76 they stood in rush.json. A subspace's own replace those of all. */
export const pnpmConfig = (project: Project, { config }: RushSpace): Readonly<Record<string, unknown>> =>
  [`${config}/pnpm-config.json`, `${CONFIG}/pnpm-config.json`]
    .filter(path => project.has(path))
    .map(path => table(project.parse(path)))[0] ?? table(table(project.parse('rush.json')).pnpmOptions)

/** How a folder of the repository is called in the lock file: `../../apps/api`. */
export const importerOf = ({ temp }: RushSpace, dir: string): string =>
  [...temp.split('/').map(() => '..'), dir].join('/')

/** What can't be built, and what to do about it. @param dir the folder of a project */
export function rushObstacle(project: Project, dir: string): UserError | undefined {
  const { pnpmVersion, npmVersion, yarnVersion } = table(project.parse('rush.json'))
  if (text(pnpmVersion) === undefined) {
    const other = text(npmVersion) ? 'npm' : text(yarnVersion) ? 'Yarn' : undefined
    return obstacle(
      other
        ? `rush.json: Rush installs with ${other} here, and only by pnpm can one project of all be installed`
        : 'rush.json: it names no version of a package manager',
      'Name a pnpmVersion',
    )
  }
  const space = rushSpace(project, dir)
  const [foreign] = pnpmConfig(project, space).useWorkspaces === true ? [] : ['useWorkspaces']
  return foreign === undefined
    ? undefined
    : obstacle(
        `${space.config}/pnpm-lock.yaml: without useWorkspaces Rush packs each project into an archive of its own, which no install of one project can read`,
        `Set useWorkspaces in ${space.config}/pnpm-config.json, and run rush update`,
      )
}

const obstacle = (what: string, hint: string): UserError =>
  new UserError(
    'RUSH_NOT_SUPPORTED',
    what,
    `${hint}; or copy one project out with rush deploy, and write a Dockerfile for that folder`,
  )
