import type { Fact } from '../../facts.ts'

/** How an app runs in a container. */
export type Deployment =
  /** Files behind a web server. */
  | {
      readonly is: 'files'
      readonly out: string
      /** Folders of hashed names, from the root of the site, with slashes at both ends. */
      readonly hashed: readonly string[]
      /** Whether a router in the browser owns the paths that are no files. */
      readonly router: boolean
      /** The path below which the site was built to live: `/`, `/docs/`. */
      readonly base: string
      /** The page that answers in place of a missing one: `index.html`, `200.html`. */
      readonly page: string
      /** Whether hashes are in the names of files that lie beside others. */
      readonly hashedNames: boolean
      /** What the last command of the build is told of the folder, where only running its settings would tell. */
      readonly told?: readonly string[] | undefined
    }
  /** One folder that holds the server and the modules that it uses. */
  | { readonly is: 'bundle'; readonly out: string; readonly entry: string }
  /** Next.js's own server. */
  | {
      readonly is: 'next'
      /** Where it builds: `.next`. */
      readonly out: string
      /** Whether its configuration doesn't ask for the standalone output. */
      readonly forced: boolean
      /** Folders that it writes at run time, in `out`. */
      readonly cache: readonly string[]
      /** Its settings, which a program around it reads as it starts. */
      readonly config?: string
    }
  /** A program with its production dependencies beside it. */
  | {
      readonly is: 'program'
      readonly entry?: string
      /** The command that starts it, where that isn't the framework's usual one. */
      readonly start?: string
      readonly outputs?: readonly string[]
      readonly modules?: boolean
      /** Packages that its build leaves out of what it makes, and a production install too. */
      readonly missing?: readonly string[]
      /** The folder of the build that is the whole app, but for its modules. */
      readonly home?: string
      /** Where its compiler keeps what the next build can use, and no server reads. */
      readonly cache?: string
      /** The settings that it reads as it starts, where all of the app is in the image. */
      readonly settings?: string
      /** The port that its build writes into it, where that isn't the framework's usual one. */
      readonly port?: Fact<number>
    }

export type Program = Extract<Deployment, { is: 'program' }>

export const files = (
  out: string,
  hashed: readonly string[],
  router: boolean,
  rest: {
    base?: string | undefined
    page?: string
    hashedNames?: boolean
    told?: readonly string[] | undefined
  } = {},
): Deployment => ({
  is: 'files',
  out,
  hashed,
  router,
  base: slashed(rest.base),
  page: rest.page ?? 'index.html',
  hashedNames: rest.hashedNames ?? false,
  told: rest.told,
})

export const program = (outputs: readonly string[] = [], entry?: string): Program => ({
  is: 'program',
  ...(outputs.length && { outputs }),
  ...(entry !== undefined && { entry }),
})

/** `docs` → `/docs/`; a full URL gives its path; what leads nowhere gives `/`. */
function slashed(base: string | undefined): string {
  if (base === undefined || base.startsWith('.')) return '/'
  const path = /^https?:\/\//.test(base) && URL.canParse(base) ? new URL(base).pathname : base
  const inner = path.replace(/^\/+|\/+$/g, '')
  return inner && /^[\w./-]+$/.test(inner) && !inner.includes('..') ? `/${inner}/` : '/'
}
