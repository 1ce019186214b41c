import type { Mount, View } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { PythonFacts } from './facts.ts'
import { isGit } from './manifests/requirement.ts'
import { toolFor } from './tools.ts'
import { compareLines } from './wheels.ts'

/** How the stage of the dependencies is written. */
export interface Dependencies {
  readonly view: View
  /** uv comes from an image of its own. */
  readonly usesUv: boolean
  /** What only an install of the whole project brings, so that it waits for the sources. */
  readonly afterSources: readonly string[]
  /** Nothing is installed at all. */
  readonly isEmpty: boolean
}

const cache = (target: string): Mount => ({ type: 'cache', target })
const PIP_CACHE = cache('/root/.cache/pip')
/** pip of the base image, working for an environment that needs none of its own: pip can since 22.3, Python 3.7's. */
const PIP = 'pip --python /venv/bin/python install --disable-pip-version-check'
const VENV = 'python -m venv --without-pip /venv'
const OLD_PIP = '/venv/bin/pip install --disable-pip-version-check'
const OLD_VENV = 'python -m venv /venv'
/** The environment that the managers find by this variable. */
const INTO_VENV = 'VIRTUAL_ENV=/venv'

interface Parts {
  readonly environment?: string
  readonly argument?: { readonly text: string; readonly why: string }
  readonly tool?: { readonly mounts: readonly Mount[]; readonly commands: readonly string[] }
  readonly mounts: readonly Mount[]
  readonly commands: readonly string[]
  readonly usesUv?: boolean
  readonly afterSources?: readonly string[]
}

/**
 * @param dir the app's folder in the build context
 * @param added requirements of a server that the project doesn't list
 */
export function dependencies(facts: PythonFacts, dir: string, added: readonly string[]): Dependencies {
  const parts = partsOf(facts, dir, added)
  const packages = [...facts.buildPackages.packages, ...(facts.needsGit ? ['git', 'ca-certificates'] : [])]
  return {
    usesUv: parts.usesUv === true,
    afterSources: parts.afterSources ?? [],
    isEmpty: added.length === 0 && isEmpty(facts),
    view: {
      system: packages.length ? { packages, why: why(facts) } : undefined,
      environment: parts.environment,
      argument: parts.argument ? { ...parts.argument } : undefined,
      tool: parts.tool ? { ...parts.tool } : undefined,
      install: { mounts: parts.mounts, commands: parts.commands.map(forLine(facts)) },
    },
  }
}

/** The commands for a Python whose own pip is older. */
const forLine =
  ({ runtimeVersion }: PythonFacts) =>
  (command: string): string =>
    compareLines(runtimeVersion?.value ?? '3.13', '3.7') < 0
      ? command.replace(PIP, OLD_PIP).replace(VENV, OLD_VENV)
      : command

const isEmpty = ({ install }: PythonFacts): boolean =>
  install.packages.length === 0 &&
  install.direct.length === 0 &&
  (install.form === 'none' || (install.form === 'requirements' && install.file.local.length === 0))

function why({ buildPackages, needsGit }: PythonFacts): string {
  const compiled = buildPackages.owners.length ? `to compile ${listed(buildPackages.owners)}` : undefined
  const git = needsGit ? 'to fetch dependencies by git' : undefined
  const text = [compiled, git].filter(Boolean).join(', ')
  return text[0]?.toUpperCase() + text.slice(1)
}

export const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 4).join(', ')} and others` : names.join(', ')

function partsOf(facts: PythonFacts, dir: string, added: readonly string[]): Parts {
  const { install } = facts
  const binds = (paths: readonly string[]): Mount[] =>
    [...new Set(paths)].map(path => ({
      type: 'bind',
      source: contextPath(dir === '.' ? path : `${dir}/${path}`),
      target: contextPath(path),
    }))
  const isMember = install.form === 'uv' && install.member !== undefined
  const files = isMember ? rootBinds(facts.lockFiles) : binds(facts.lockFiles)
  const extra = added.length ? [`${PIP} ${shell(...added)}`] : []
  switch (install.form) {
    case 'uv':
      return uv(facts, files, added)
    case 'poetry':
      return poetry(facts, files, added)
    case 'pdm':
      return {
        environment: `${INTO_VENV} PDM_CHECK_UPDATE=0`,
        argument: {
          text: `PDM_VERSION=${toolFor('pdm', facts)}`,
          why: 'PDM with the dependencies that it was tested with',
        },
        tool: ownTool('pdm', '"pdm[locked]==${PDM_VERSION}"'),
        mounts: [...files, cache('/root/.cache/pdm'), ...(extra.length ? [PIP_CACHE] : [])],
        commands: [
          `/pdm/bin/pdm install --check --prod --no-self${install.extras.map(name => ` -G ${shell(name)}`).join('')}`,
          ...extra,
        ],
      }
    case 'pipenv':
      return pipenv(facts, files, added)
    case 'requirements':
      return pipFile(facts, binds(install.file.chain), added)
    default:
      return pipManifest(facts, files, added)
  }
}

/** A workspace's lock lies at the root of the repository. */
const rootBinds = (paths: readonly string[]): Mount[] =>
  paths.map(path => ({ type: 'bind', source: contextPath(path), target: contextPath(path) }))

/** A package manager in an environment of its own, beside the one that it fills. */
const ownTool = (name: string, requirement: string) => ({
  mounts: [PIP_CACHE],
  commands: [
    `python -m venv /${name}`,
    `/${name}/bin/pip install --disable-pip-version-check ${requirement}`,
    VENV,
  ],
})

/**
 * Poetry exports what it locked and pip installs it, hashes checked: poetry install asks for metadata that an index with
 * the simple interface alone doesn't have, as most mirrors of companies are.
 */
function poetry(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  const { install } = facts
  if (install.form !== 'poetry') throw new Error('not Poetry')
  // Without a lock there is nothing that Poetry alone could tell.
  if (!install.lock) return words(facts, added)
  const poetryVersion = toolFor('poetry', facts, install.version)
  const unhashed = facts.needsGit || install.packages.some(({ folder }) => folder !== undefined)
  return {
    environment: 'POETRY_NO_INTERACTION=1',
    argument: {
      text: `POETRY_VERSION=${poetryVersion}`,
      why:
        install.lock.writtenBy === poetryVersion
          ? 'The version that wrote poetry.lock'
          : 'A version that reads this poetry.lock',
    },
    tool: ownTool('poetry', '"poetry==${POETRY_VERSION}" poetry-plugin-export'),
    mounts: [...files, PIP_CACHE],
    commands: [
      `/poetry/bin/poetry export --only ${shell(install.groups.join(','))}${install.extras.map(name => ` --extras ${shell(name)}`).join('')}${unhashed ? ' --without-hashes' : ''} --output /tmp/requirements.txt`,
      `${PIP} -r /tmp/requirements.txt`,
      ...(added.length ? [`${PIP} ${shell(...added)}`] : []),
    ],
  }
}

/** Pipenv writes out what it locked, and pip installs it: the check of pipenv install would also refuse another Python. */
function pipenv(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  const { install } = facts
  const extra = added.length ? [`${PIP} ${shell(...added)}`] : []
  const hashes =
    facts.needsGit || install.packages.some(({ folder }) => folder !== undefined) ? '' : ' --hash'
  return {
    environment: `${INTO_VENV} PIPENV_VERBOSITY=-1`,
    argument: { text: `PIPENV_VERSION=${toolFor('pipenv', facts)}`, why: 'Pipenv stays in this stage' },
    tool: ownTool('pipenv', '"pipenv==${PIPENV_VERSION}"'),
    mounts: [...files, ...(install.locked ? [] : [cache('/root/.cache/pipenv')]), PIP_CACHE],
    commands: install.locked
      ? [
          `/pipenv/bin/pipenv requirements${hashes} > /tmp/requirements.txt`,
          `${PIP} -r /tmp/requirements.txt`,
          ...extra,
        ]
      : ['/pipenv/bin/pipenv install --skip-lock', ...extra],
  }
}

/** The direct dependencies by name, as far as they can be told without a build of the project. */
function words({ install }: PythonFacts, added: readonly string[]): Parts {
  const known = install.direct
    .filter(({ url }) => !isGit(url))
    .map(({ name, extras, range }) => `${name}${extras.length ? `[${extras.join(',')}]` : ''}${range}`)
  return {
    mounts: [PIP_CACHE],
    commands: [VENV, ...(known.length + added.length ? [`${PIP} ${shell(...known, ...added)}`] : [])],
  }
}

function uv({ install }: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  if (install.form !== 'uv') throw new Error('not uv')
  const local = install.lock.folders.filter(({ virtual }) => !virtual)
  const words = [
    'uv sync',
    install.exact ? '--locked' : '--frozen',
    install.hasDefaultGroups ? '--no-default-groups' : '--no-dev',
    ...(install.member
      ? [`--no-install-workspace --package ${shell(install.member)}`]
      : ['--no-install-project', ...local.map(({ name }) => `--no-install-package ${shell(name)}`)]),
    ...install.extras.map(name => `--extra ${shell(name)}`),
    ...install.groups.map(name => `--group ${shell(name)}`),
  ]
  return {
    usesUv: true,
    environment:
      'UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/venv',
    mounts: [
      { type: 'bind', from: 'uv', source: '/uv', target: '/usr/local/bin/uv' },
      ...files,
      cache('/root/.cache/uv'),
    ],
    commands: [words.join(' '), ...(added.length ? [`uv pip install -p /venv ${shell(...added)}`] : [])],
    afterSources: local.map(({ folder }) => folder),
  }
}

function pipFile({ install, bounds }: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  if (install.form !== 'requirements') throw new Error('no requirements file')
  const { path, hashed, local, mends } = install.file
  const name = contextPath(path)
  const hashes = hashed ? '--require-hashes ' : ''
  const extra = shell(...added, ...(hashed ? [] : bounds))
  const edits = [...(local.length ? [LOCAL_LINES] : []), ...mends]
  // A file beside the original keeps what it includes within reach.
  const mended = edits.length ? name.replace(/[^/]*$/, 'dependencies.txt') : name
  return {
    mounts: [...files, PIP_CACHE],
    commands: [
      VENV,
      ...(edits.length
        ? [`sed -E ${edits.map(edit => `-e ${shell(edit)}`).join(' ')} ${shell(name)} > ${shell(mended)}`]
        : []),
      `${PIP} ${hashes}-r ${shell(mended)}${extra && !hashed ? ` ${extra}` : ''}`,
      ...(extra && hashed ? [`${PIP} ${extra}`] : []),
    ],
    afterSources: local,
  }
}

/** Folders of the project, which aren't there yet. */
const LOCAL_LINES = '/^(-e|--editable)[ =]*\\.|^\\.{1,2}(\\/|$|\\[)/d'

/** Names of the dependencies from [project] of pyproject.toml, without a build of the project: Python 3.11 reads TOML. */
function listFrom(extras: readonly string[]): string {
  const more = extras.map(extra => ` + p['optional-dependencies']['${extra}']`).join('')
  return `python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies']${more}, sep='\\n')" > /tmp/requirements.txt`
}

function pipManifest(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  const { install, manifest, runtimeVersion } = facts
  const [, minor = 0] = (runtimeVersion?.value ?? '').split('.').map(Number)
  const extra = added.length ? [`${PIP} ${shell(...added)}`] : []
  const extras = install.form === 'pep621' ? install.extras.filter(name => /^[\w.-]+$/.test(name)) : []
  if (install.form === 'none') return { mounts: extra.length ? [PIP_CACHE] : [], commands: [VENV, ...extra] }
  if (install.form === 'pep621' && minor >= 11 && !manifest?.dynamic.includes('dependencies'))
    return {
      mounts: [...files, PIP_CACHE],
      commands: [VENV, listFrom(extras), `${PIP} -r /tmp/requirements.txt`, ...extra],
    }
  // What can be told without a build comes first, so that an edit of a source doesn't repeat it.
  return { ...words(facts, added), afterSources: ['.'] }
}
