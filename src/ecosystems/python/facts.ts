import type { Fact } from '../../facts.ts'
import type { AppFacts } from '../ecosystem.ts'
import type { Entry } from './entry/entry.ts'
import type { Install } from './install.ts'
import type { Manifest } from './manifests/pyproject.ts'

/** Debian packages, and for whom they are there. */
export interface SystemPackages {
  readonly packages: readonly string[]
  /** Whose they are, for a comment. */
  readonly owners: readonly string[]
}

/** What the program writes beside its own code, which belongs to root. */
export interface Writes {
  /** Files, such as SQLite's, from the app's root; `seed`: one is in the repository. */
  readonly files: readonly { readonly path: string; readonly seed: boolean }[]
  /** Folders that it makes. */
  readonly folders: readonly string[]
}

/** What Django's build needs. */
export interface Collect {
  readonly base: string
  /** Variables with harmless texts, so that the settings can be imported. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  readonly outside?: string | undefined
}

/** Beside what is known of every app, what a Python one is planned from. */
export interface PythonFacts extends AppFacts {
  readonly install: Install
  readonly manifest?: Manifest | undefined
  readonly entry?: Entry | undefined
  readonly runtimeFamily: Fact<'distroless' | 'slim' | 'alpine'>
  /** Debian's release of the image. */
  readonly suite: string
  readonly buildPackages: SystemPackages
  readonly runtimePackages: SystemPackages
  readonly needsGit: boolean
  /** Releases that the pinned ones need beside them, though no file says so: `werkzeug<3`. */
  readonly bounds: readonly string[]
  /** The project itself is installed as a package, for its console script or its metadata. */
  readonly installsItself: boolean
  readonly collect?: Collect | undefined
  /** Variables of the image for Django: the production half of split settings. */
  readonly settings?: string | undefined
  readonly writes: Writes
  readonly wantsHome: boolean
  /** gunicorn's configuration lies where it is read without being named. */
  readonly gunicornConfig: boolean
  /** `>=0.5`, from [tool.uv]. */
  readonly requiredUv?: string | undefined
  /** Files beside the manifests that the install of the dependencies reads. */
  readonly lockFiles: readonly string[]
}
