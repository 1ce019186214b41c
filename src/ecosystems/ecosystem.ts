import type { Fact } from '../facts.ts'
import type { Wishes } from '../options/options.ts'
import type { Note } from '../plan/notes.ts'
import type { Plan } from '../plan/plan.ts'
import type { Project } from '../project/project.ts'
import type { EcosystemId } from './index.ts'

/** What a container of the app does: `static` and `spa` are files behind a web server, `library` has nothing to run. */
export type Kind = 'web' | 'static' | 'spa' | 'worker' | 'cli' | 'library'

/**
 * How surely a candidate is what the repository is for.
 * `exact`: the app itself. `likely`: an app, but not the first choice (a second command beside the server).
 * `incidental`: the manifest only carries tooling (a package.json with a linter in a Rails repository).
 */
export type Fit = 'exact' | 'likely' | 'incidental'

/** What is known of an app, in any language. These are what the JSON answer shows; an ecosystem adds its own beside. */
export interface AppFacts {
  readonly kind: Fact<Kind>
  /** The line of the runtime that the image uses (`24`, `3.13`, `1.26`); `stated` is the project's own text. */
  readonly runtimeVersion?: Fact<string> | undefined
  /** npm pnpm yarn bun, pip uv poetry pdm pipenv, go, cargo */
  readonly packageManager?: Fact<string> | undefined
  readonly framework?: Fact<string> | undefined
  /** The command that makes the production build. */
  readonly build?: Fact<string> | undefined
  /** The command that starts the program, as its developers would write it: `node dist/main.js`. */
  readonly start?: Fact<string> | undefined
  readonly port?: Fact<number> | undefined
  /** Names of environment variables that the program needs. */
  readonly env?: Fact<readonly string[]> | undefined
  /** Go: the folder of the `main` package that is built. */
  readonly mainPackages?: Fact<readonly string[]> | undefined
  /** Go: whether the program needs a C compiler. */
  readonly cgo?: Fact<boolean> | undefined
  /** Rust: the binary that is built. */
  readonly binaries?: Fact<readonly string[]> | undefined
}

/** A fact that a plan can't do without and that no file states. */
export interface Question {
  /** `NO_START_COMMAND` */
  readonly code: string
  readonly message: string
  /** The option that answers it; without one no answer helps: a library has nothing to run. */
  readonly option?: 'start' | 'build' | 'port' | 'runtimeVersion'
  /** What to do, where it isn't to give an option. */
  readonly hint?: string
}

/** One app that a Dockerfile can be written for. */
export interface Candidate<F extends AppFacts = AppFacts> {
  readonly ecosystem: EcosystemId
  /** What `--app` takes: the workspace member's, the binary's or the command's name. */
  readonly name: string
  /** Its folder, from the root of the project. `--app` takes this too. */
  readonly dir: string
  readonly fit: Fit
  readonly facts: F
  /** What was noticed while the facts were gathered. */
  readonly notes: readonly Note[]
  /** Open questions, most important first; a plan is made only when there are none. */
  readonly questions: readonly Question[]
}

/** The decisions of one language: what a contributor writes. Both functions are pure. */
export interface Ecosystem<F extends AppFacts = AppFacts> {
  /**
   * Finds the apps of this language.
   * @param wishes what the person asked for; a wish wins over what a file states
   * @returns none when the markers were there for another reason
   * @throws UserError for a manifest that can't be parsed
   */
  inspect(project: Project, wishes: Wishes): readonly Candidate<F>[]
  /**
   * Decides everything about one app's files.
   * @throws UserError where a wish can't be met (`--runtime distroless` for a version that has none)
   */
  plan(candidate: Candidate<F>, wishes: Wishes): Plan
  /**
   * What the marker at the root is of, where that is nothing that a container runs.
   * @returns `package.json is of a program for Electron, whose windows no container shows`
   */
  declines?(project: Project): string | undefined
  /** Whether the project is a workspace with a member in `dir`, which can only be built from the project's root. */
  encloses?(project: Project, dir: string): boolean
}

/** Keeps `F` while the list of ecosystems sees one type: a candidate always comes back to the ecosystem that made it. */
export const defineEcosystem = <F extends AppFacts>(ecosystem: Ecosystem<F>): Ecosystem =>
  ecosystem as unknown as Ecosystem
