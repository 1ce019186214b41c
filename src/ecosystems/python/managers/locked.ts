import type { Mount } from '../../../plan/plan.ts'
import { shell } from '../../../plan/words.ts'
import type { PythonFacts } from '../facts.ts'
import { toolFor } from '../tools.ts'
import { cache, INTO_VENV, ownTool, type Parts, PIP, PIP_CACHE } from './parts.ts'
import { words } from './pip.ts'

/**
 * Poetry exports what it locked and pip installs it, hashes checked: poetry install asks for metadata that an index with
 * the simple interface alone doesn't have, as most mirrors of companies are.
 */
export function poetry(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
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
      `${PIP} --no-deps -r /tmp/requirements.txt`,
      ...(added.length ? [`${PIP} ${shell(...added)}`] : []),
    ],
  }
}

/**
 * Pipenv writes out what it locked, and pip installs that and no more, as Pipenv would: a lock that was made on another
 * system may lack what is asked for on this one. The check of pipenv install would also refuse another Python.
 */
export function pipenv(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  const { install } = facts
  const extra = added.length ? [`${PIP} ${shell(...added)}`] : []
  const hashes =
    facts.needsGit || install.packages.some(({ folder }) => folder !== undefined) ? '' : ' --hash'
  return {
    environment: `${INTO_VENV} PIPENV_VERBOSITY=-1`,
    // Not PIPENV_VERSION: Pipenv takes that for its own option.
    argument: { text: `PIPENV_RELEASE=${toolFor('pipenv', facts)}`, why: 'Pipenv stays in this stage' },
    tool: ownTool('pipenv', '"pipenv==${PIPENV_RELEASE}"'),
    mounts: [...files, ...(install.locked ? [] : [cache('/root/.cache/pipenv')]), PIP_CACHE],
    commands: install.locked
      ? [
          `/pipenv/bin/pipenv requirements${hashes} > /tmp/requirements.txt`,
          `${PIP} --no-deps -r /tmp/requirements.txt`,
          ...extra,
        ]
      : ['/pipenv/bin/pipenv install --skip-lock', ...extra],
  }
}

export function uv({ install }: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
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
