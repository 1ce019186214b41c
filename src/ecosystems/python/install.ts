import { type Fact, fact, fromFile } from '../../facts.ts'
import { type Project, parseObject } from '../../project/project.ts'
import {
  lockedFolders,
  type Package,
  type PoetryLock,
  readPdmLock,
  readPipfileLock,
  readPoetryLock,
  readUvLock,
  type UvLock,
} from './manifests/locks.ts'
import { type Manifest, poetryRequirements, table } from './manifests/pyproject.ts'
import { isGit, type Requirement } from './manifests/requirement.ts'
import { mainRequirements, type RequirementsFile, readRequirements } from './manifests/requirements.ts'

/** How the dependencies come into the image. `form` says which facts belong to it. */
export type Install = {
  readonly manager: Fact<string>
  /** Everything that will be installed, as far as the files tell: all of it for a lock, the direct ones else. */
  readonly packages: readonly Package[]
  /** What the project asks for itself, with extras and ranges. */
  readonly direct: readonly Requirement[]
  readonly locked: boolean
} & (
  | { readonly form: 'none' | 'conda' }
  | { readonly form: 'requirements'; readonly file: RequirementsFile }
  | {
      readonly form: 'uv'
      readonly lock: UvLock
      readonly extras: readonly string[]
      /** Groups that are wanted in production too. */
      readonly groups: readonly string[]
      /** Others than `dev` are installed unless it is said otherwise. */
      readonly hasDefaultGroups: boolean
      /** The lock can be checked against the manifest alone. */
      readonly exact: boolean
      /** The name of a workspace member, whose lock lies at the root of the repository. */
      readonly member?: string | undefined
    }
  | {
      readonly form: 'poetry'
      readonly lock?: PoetryLock
      readonly groups: readonly string[]
      readonly extras: readonly string[]
      readonly version: string
    }
  | { readonly form: 'pdm'; readonly extras: readonly string[] }
  | { readonly form: 'pipenv' }
  | { readonly form: 'pep621'; readonly extras: readonly string[] }
  | { readonly form: 'setup' }
)

/** The versions that a project without a lock of its own gets. */
const POETRY = '2.5.1'
const POETRY_1 = '1.8.5'

/**
 * Chooses the package manager: a lock file that resolved everything wins over a list of wishes.
 * @param needed extras that the sources import from
 * @param outer the repository, for a folder of it
 */
export function chooseInstall(
  project: Project,
  manifest: Manifest | undefined,
  needed: readonly string[],
  outer?: { readonly project: Project; readonly dir: string },
): Install {
  const direct = manifest?.dependencies ?? []
  const extras = needed.filter(extra => manifest?.extras.has(extra))
  const wanted = [...direct, ...extras.flatMap(extra => manifest?.extras.get(extra) ?? [])]
  const requirementsPath = mainRequirements(project)
  if (project.has('uv.lock') && manifest) return uv(project, manifest, wanted, extras)
  if (manifest?.name && outer && isMember(outer.project, outer.dir))
    return uv(outer.project, manifest, wanted, extras, manifest.name)
  if (project.has('poetry.lock') && manifest) return poetry(project, manifest, wanted, extras)
  if (project.has('pdm.lock') && manifest)
    return locked('pdm', 'pdm.lock', wanted, readPdmLock(project), { form: 'pdm', extras })
  if (project.has('Pipfile.lock') && project.has('Pipfile'))
    return locked('pipenv', 'Pipfile.lock', pipfile(project), readPipfileLock(project), { form: 'pipenv' })
  if (requirementsPath) {
    const file = readRequirements(project, requirementsPath)
    if (file.requirements.length || !wanted.length)
      return {
        manager: fact('pip', fromFile(requirementsPath)),
        packages: packagesOf(file.requirements),
        direct: file.requirements,
        locked: false,
        form: 'requirements',
        file,
      }
  }
  return unlocked(project, manifest, wanted, extras)
}

function unlocked(
  project: Project,
  manifest: Manifest | undefined,
  direct: readonly Requirement[],
  extras: readonly string[],
): Install {
  const common = { packages: packagesOf(direct), direct, locked: false }
  if (manifest?.path === 'pyproject.toml') {
    const tool = table(parseObject(project, 'pyproject.toml')?.tool)
    if (tool.poetry && !table(parseObject(project, 'pyproject.toml')?.project).dependencies)
      return { ...poetry(project, manifest, direct, extras), ...common }
    if (direct.length || manifest.dynamic.includes('dependencies'))
      return {
        ...common,
        manager: fact('pip', fromFile('pyproject.toml', 'project')),
        form: 'pep621',
        extras,
      }
  }
  if (project.has('Pipfile')) {
    const wanted = pipfile(project)
    return {
      manager: fact('pipenv', fromFile('Pipfile')),
      packages: packagesOf(wanted),
      direct: wanted,
      locked: false,
      form: 'pipenv',
    }
  }
  const environment = ['environment.yml', 'environment.yaml'].find(path => project.has(path))
  if (environment) return { ...common, manager: fact('conda', fromFile(environment)), form: 'conda' }
  if (manifest?.path.startsWith('setup'))
    return { ...common, manager: fact('pip', fromFile(manifest.path)), form: 'setup' }
  return {
    ...common,
    manager: fact('pip', { from: 'convention', reason: 'no file names another' }),
    form: 'none',
  }
}

function uv(
  project: Project,
  manifest: Manifest,
  direct: readonly Requirement[],
  extras: readonly string[],
  member?: string,
): Install {
  const lock = readUvLock(project, manifest.name, extras)
  const tool = table(table(parseObject(project, 'pyproject.toml')?.tool).uv)
  return locked('uv', 'uv.lock', direct, lock.packages, {
    form: 'uv',
    lock,
    extras,
    groups: [...manifest.groups.keys()].filter(group => SERVES.test(group)),
    hasDefaultGroups: tool['default-groups'] !== undefined,
    // Nothing else than the manifest has a say in the lock.
    exact: manifest.dynamic.length === 0 && lock.folders.length === 0 && !tool.workspace,
    member,
  })
}

/** Whether a folder is a member of the workspace that the root's lock is for. */
function isMember(root: Project, dir: string): boolean {
  const workspace = table(table(parseObject(root, 'pyproject.toml')?.tool).uv).workspace
  return root.has('uv.lock') && workspace !== undefined && lockedFolders(root).includes(dir)
}

const SERVES = /^(prod|production|deploy|deployment|server|serve|runtime|web|app|api)$/

function poetry(
  project: Project,
  manifest: Manifest,
  direct: readonly Requirement[],
  extras: readonly string[],
): Install {
  const groups = ['main', ...[...manifest.groups.keys()].filter(group => SERVES.test(group))]
  const wanted = [...direct, ...groups.flatMap(group => manifest.groups.get(group) ?? [])]
  const hasProject = parseObject(project, 'pyproject.toml')?.project !== undefined
  if (!project.has('poetry.lock'))
    return {
      manager: fact('poetry', fromFile('pyproject.toml', 'tool.poetry')),
      packages: packagesOf(wanted),
      direct: wanted,
      locked: false,
      form: 'poetry',
      groups,
      extras,
      version: POETRY,
    }
  const lock = readPoetryLock(project, groups)
  const version = poetryVersion(lock, hasProject)
  return locked('poetry', 'poetry.lock', wanted, lock.packages, {
    form: 'poetry',
    lock,
    groups,
    extras,
    version,
  })
}

/** Poetry 1.8 reads every lock of 1.x, and 2.x alone knows the [project] table. */
function poetryVersion({ writtenBy, format }: PoetryLock, hasProject: boolean): string {
  if (writtenBy?.startsWith('2.')) return writtenBy
  if (hasProject || format?.startsWith('2.1')) return POETRY
  return POETRY_1
}

/** What a lock adds to the facts that every install has. */
type Form = Install extends infer I
  ? I extends Install
    ? Omit<I, 'manager' | 'packages' | 'direct' | 'locked'>
    : never
  : never

const locked = (
  manager: string,
  path: string,
  direct: readonly Requirement[],
  packages: readonly Package[],
  form: Form,
): Install => ({ manager: fact(manager, fromFile(path)), packages, direct, locked: true, ...form }) as Install

const pipfile = (project: Project): Requirement[] =>
  poetryRequirements(table(parseObject(project, 'Pipfile')?.packages))

const packagesOf = (requirements: readonly Requirement[]): Package[] =>
  requirements.map(({ name, pin, url }) => ({ name, version: pin, git: isGit(url) }))
