import type { Fact } from '../../../facts.ts'
import type { Note } from '../../../plan/notes.ts'
import type { Kind } from '../../ecosystem.ts'

/** What runs in the container. `target` is what the server is told: `app:app`, `pkg:create_app`. */
export type Start =
  | {
      readonly by: 'server'
      readonly server:
        | 'gunicorn'
        | 'uvicorn'
        | 'hypercorn'
        | 'daphne'
        | 'granian'
        | 'sanic'
        | 'waitress-serve'
      readonly target: string
      readonly factory: boolean
      readonly options: readonly string[]
    }
  /** `python -m streamlit run app.py …`: a tool of the framework's own. */
  | { readonly by: 'module'; readonly module: string; readonly args: readonly string[] }
  | { readonly by: 'script'; readonly file: string; readonly args: readonly string[] }
  /** A console script of the project, which must be installed for it. */
  | { readonly by: 'console'; readonly name: string; readonly target: string }
  /** As a person gave it. */
  | {
      readonly by: 'command'
      readonly text: string
      readonly words: readonly string[]
      readonly shell: boolean
    }

/** How a program is started, and what belongs to that. */
export interface Entry {
  readonly kind: Fact<Kind>
  readonly framework?: Fact<string> | undefined
  readonly start: Fact<Start>
  /** The working directory, from the app's root. */
  readonly workdir: string
  /** Folders for the module path, from the app's root. */
  readonly path: readonly string[]
  readonly port?: Fact<number> | undefined
  /** What makes it listen for others. */
  readonly env: Readonly<Record<string, string>>
  /** The path that tells whether it works. */
  readonly health: string
  /** Signal handlers that the program has. */
  readonly handlesSigterm: boolean
  /** It reads its arguments by a library that answers `--help`. */
  readonly offersHelp?: boolean
  /** The file that it begins in. */
  readonly file?: string | undefined
  readonly notes: readonly Note[]
}
