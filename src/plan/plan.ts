import type { TemplateName } from '../render/templates.ts'
import type { Note } from './notes.ts'

/** A command in exec form: no shell reads it. */
export type Exec = readonly [program: string, ...args: string[]]

export interface BaseImage {
  /** As it stands after FROM; may name a global ARG: `node:${NODE_VERSION}-trixie-slim`. */
  readonly ref: string
  readonly libc: 'glibc' | 'musl' | 'none'
  readonly family: 'debian' | 'alpine' | 'distroless'
}

/** A mount of a RUN instruction: https://docs.docker.com/reference/dockerfile/#run---mount */
export type Mount =
  | {
      readonly type: 'bind'
      readonly source?: string
      readonly target: string
      readonly rw?: true
      readonly from?: string
    }
  | {
      readonly type: 'cache'
      readonly target: string
      readonly id?: string
      readonly sharing?: 'locked' | 'shared'
    }
  | { readonly type: 'ssh' }
  | { readonly type: 'secret'; readonly id: string; readonly target?: string; readonly env?: string }

/** How the runtime image starts: the last lines of every Dockerfile, written by one partial. */
export interface Launch {
  readonly image: BaseImage
  /** Numeric `uid:gid`, never root: Kubernetes' runAsNonRoot can't check a name. */
  readonly user: string
  readonly port?: number | undefined
  readonly volume?: string | undefined
  readonly stopsignal?: string | undefined
  readonly healthcheck?: Exec | undefined
  /** Why the command is as it is, where that isn't plain: lines above it. */
  readonly reasons?: readonly string[] | undefined
  readonly entrypoint?: Exec | undefined
  readonly command?: Exec | undefined
}

/** What a template shows: text, numbers, switches, lists and groups of them. No decision is left to the template. */
export type Leaf = string | number | boolean | undefined
export interface View {
  readonly [name: string]: Leaf | Mount | BaseImage | Launch | View | readonly (Leaf | Mount | View)[]
}

export interface GeneratedFile {
  /** From the root of the build context. */
  readonly path: string
  readonly template: TemplateName
  readonly view: View
}

/** A group of .dockerignore patterns under one comment. */
export interface IgnoreSection {
  readonly comment: string
  readonly patterns: readonly string[]
}

/** All decisions about one app's files, and no text. */
export interface Plan {
  /** The folder of the Dockerfile, from the root of the build context: `.` or a workspace member's. */
  readonly dir: string
  /** The Dockerfile's name, where its rules are its own: a folder with several has one for each app. */
  readonly file?: string
  readonly template: TemplateName
  readonly view: View & { readonly runtime: Launch }
  /** Files beside the Dockerfile that the image needs: a web server's configuration. */
  readonly extras?: readonly GeneratedFile[]
  readonly ignore: {
    /** What this ecosystem leaves behind, beyond what every .dockerignore holds. */
    readonly sections: readonly IgnoreSection[]
    /** Paths that the build needs, whatever .gitignore or a section says. */
    readonly keep: readonly string[]
  }
  /** References as Docker resolves them, without ARGs. */
  readonly images: { readonly build: string; readonly runtime: string }
  /** What `docker build` is told beside the tag and the file, such as `--secret id=NPM_TOKEN,env=NPM_TOKEN`. */
  readonly buildFlags?: string
  /** What `docker run` is told beside the port, such as `--env-file .env`. */
  readonly runFlags?: string
  readonly notes: readonly Note[]
}
