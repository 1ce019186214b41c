import type { Fact } from '../../facts.ts'
import type { AppFacts } from '../ecosystem.ts'
import type { Embeds } from './embed.ts'
import type { Native } from './native.ts'
import type { RuntimeFile } from './runtime-files.ts'
import type { State } from './state.ts'

/** Where the source of a program lies in the repository. */
export interface Layout {
  /** The folder that holds every module that the build reads, from the root of the project. */
  readonly base: string
  /** The module's folder, from `base`. */
  readonly module: string
  /** What `go build` is given, from the module's folder: `./cmd/api`. */
  readonly target: string
  /** go.mod, go.sum, go.work and go.work.sum of all these modules, from `base`; empty when nothing is to be downloaded. */
  readonly manifests: readonly string[]
  /** The dependencies are in the repository. */
  readonly vendored: boolean
  /** Whether a go.sum holds the dependencies, or there are none. */
  readonly locked: boolean
  /** What must run before the build: generators whose results git lacks, and the makers of a go.mod or go.sum that is missing. */
  readonly prepare: readonly (readonly string[])[]
}

/** A front end that is built before the program that embeds it. */
export interface FrontEnd {
  /** The folder of its package.json, from the root of the project. */
  readonly dir: string
  readonly manager: 'npm' | 'pnpm' | 'yarn'
  /** `9.1.0` where the project says so. */
  readonly managerVersion?: string | undefined
  /** In the same folder. */
  readonly lockfile?: string | undefined
  /** The script of package.json that builds it. */
  readonly script: string
  /** Settings of the package manager that lie beside package.json. */
  readonly beside: readonly string[]
  /** The folder that the build writes, from the root of the project. */
  readonly output: string
  readonly node: string
  /** Variables that keep its development tools from downloading browsers: `CYPRESS_INSTALL_BINARY=0`. */
  readonly skips: readonly string[]
}

/** What the image of a Go program needs to know beyond the facts of any app. */
export interface GoFacts extends AppFacts {
  readonly program: string
  readonly layout: Layout
  readonly native: Native
  /** Arguments that the program is started with: `serve`, `--address 0.0.0.0`. */
  readonly args: readonly string[]
  /** Variables that the image sets, because the program has no usable default. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** What `-X` sets to the version: `main.version`. */
  readonly versionVariable?: string | undefined
  readonly health?: readonly string[] | undefined
  /** A route that answers when the program is well. */
  readonly healthRoute?: string | undefined
  readonly files: readonly RuntimeFile[]
  readonly state?: State | undefined
  readonly embeds: Embeds
  /** Folders of source that a pattern of .gitignore for the built program takes too. */
  readonly reclaimed: readonly string[]
  readonly frontEnd?: FrontEnd | undefined
  /** Debian packages of programs that it runs: `git`, `ffmpeg`. */
  readonly commands: readonly Fact<string>[]
}
