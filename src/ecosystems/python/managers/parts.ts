import type { Mount } from '../../../plan/plan.ts'

/** The commands of one package manager, and what they need. */
export interface Parts {
  /** For the commands of the stage. */
  readonly environment?: string
  /** The release of the manager, and why that one. */
  readonly argument?: { readonly text: string; readonly why: string }
  /** How the manager comes into the stage. */
  readonly tool?: { readonly mounts: readonly Mount[]; readonly commands: readonly string[] }
  readonly mounts: readonly Mount[]
  readonly commands: readonly string[]
  /** uv comes from an image of its own. */
  readonly usesUv?: boolean
  /** Folders that are installed once the sources are there. */
  readonly afterSources?: readonly string[]
}

export const cache = (target: string): Mount => ({ type: 'cache', target })
export const PIP_CACHE = cache('/root/.cache/pip')
/** pip of the base image, working for an environment that needs none of its own: pip can since 22.3, Python 3.7's. */
export const PIP = 'pip --python /venv/bin/python install --disable-pip-version-check'
export const VENV = 'python -m venv --without-pip /venv'
export const OLD_PIP = '/venv/bin/pip install --disable-pip-version-check'
export const OLD_VENV = 'python -m venv /venv'
/** The environment that the managers find by this variable. */
export const INTO_VENV = 'VIRTUAL_ENV=/venv'

/** A package manager in an environment of its own, beside the one that it fills. */
export const ownTool = (name: string, requirement: string) => ({
  mounts: [PIP_CACHE],
  commands: [
    `python -m venv /${name}`,
    `/${name}/bin/pip install --disable-pip-version-check ${requirement}`,
    VENV,
  ],
})
