import { type Note, note } from './notes.ts'
import type { Plan } from './plan.ts'

interface Rule {
  readonly code: string
  readonly title: string
  /** What is wrong with a plan; undefined when nothing is. */
  check(plan: Plan): string | undefined
}

/** What types can't say about a plan. A breach is a bug in an ecosystem, and contract tests run every example through them. */
export const RULES: readonly Rule[] = [
  {
    code: 'ROOT_USER',
    title: 'The container runs as a numeric user that is not root',
    check: ({ view }) =>
      /^[1-9]\d*:[1-9]\d*$/.test(view.runtime.user) ? undefined : `USER ${view.runtime.user}`,
  },
  {
    code: 'NOTHING_STARTS',
    title: 'Something is started, in exec form',
    check: ({ view, images }) =>
      view.runtime.command || view.runtime.entrypoint || isWebServer(images.runtime)
        ? undefined
        : 'neither CMD nor ENTRYPOINT',
  },
  {
    code: 'PACKAGE_MANAGER_AS_PID_1',
    title: 'The runtime itself is started: a package manager swallows signals',
    check: ({ view }) => {
      const [program, verb] = view.runtime.entrypoint ?? view.runtime.command ?? []
      return /^(npm|pnpm|yarn)$/.test(program ?? '') || (program === 'uv' && verb === 'run')
        ? `CMD ${program}`
        : undefined
    },
  },
  {
    code: 'LIBC_DIFFERS',
    title: 'What was built for one libc runs on that libc',
    check: ({ view: { runtime }, images }) => {
      const builds = isMusl(images.build) ? 'musl' : 'glibc'
      const { libc } = runtime.image
      // Files that a web server sends, and programs that link nothing, run anywhere.
      const free = libc === 'none' || isWebServer(images.runtime)
      return free || libc === builds ? undefined : `${images.build} has ${builds}, ${images.runtime} ${libc}`
    },
  },
]

const isWebServer = (ref: string): boolean => ref.startsWith('nginxinc/')
const isMusl = (ref: string): boolean => /\balpine/.test(ref)

/** The rules that a plan breaks, as notes. */
export const audit = (plan: Plan): readonly Note[] =>
  RULES.flatMap(({ code, title, check }) => {
    const found = check(plan)
    return found === undefined ? [] : [note(code, 'warning', `${title}: ${found}`)]
  })
