import type { Mount, View } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { PythonFacts } from './facts.ts'
import { pipenv, poetry, uv } from './managers/locked.ts'
import {
  cache,
  INTO_VENV,
  OLD_PIP,
  OLD_VENV,
  ownTool,
  type Parts,
  PIP,
  PIP_CACHE,
  VENV,
} from './managers/parts.ts'
import { pipFile, pipManifest } from './managers/pip.ts'
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
