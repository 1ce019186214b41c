import { parse } from 'shell-quote'
import { UserError } from '../../errors.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { BaseImage, Exec, Launch } from '../../plan/plan.ts'
import { checked } from './compile.ts'
import type { RustFacts } from './facts.ts'
import type { Storage } from './storage.ts'

/** distroless `cc` holds what Rust links by default; a library beyond it needs Debian's packages. */
export function runtimeImage({ natives, toolchain }: RustFacts, wishes: Wishes): BaseImage {
  const wish = wishes.runtime?.value ?? 'auto'
  if (wish === 'distroless' && natives.runtime.length)
    throw new UserError(
      'RUNTIME_UNAVAILABLE',
      `distroless has no ${natives.runtime.join(', ')}`,
      'Use --runtime slim',
    )
  if (wish === 'alpine') return { ref: 'alpine:3', libc: 'musl', family: 'alpine' }
  return wish === 'slim' || natives.runtime.length
    ? { ref: `debian:${toolchain.suite}-slim`, libc: 'glibc', family: 'debian' }
    : { ref: 'gcr.io/distroless/cc-debian13:nonroot', libc: 'glibc', family: 'distroless' }
}

/** Whether the health check can ask: an HTTP server on a port that is known. */
export const canAsk = ({ kind, http, port }: RustFacts): boolean =>
  kind.value === 'web' && http && port !== undefined

/** distroless' `nonroot`, by its number. */
const USER = '65532:65532'

/** How the image starts. */
export function launch(facts: RustFacts, wishes: Wishes, image: BaseImage, storage: Storage): Launch {
  const [entry, ...own] = command(facts, wishes)
  const args = [...own, ...(wishes.start ? [] : storage.args)]
  const tini = image.family === 'alpine' ? '/sbin/tini' : '/tini'
  return {
    image,
    user: USER,
    port: facts.port?.value,
    volume: storage.volume,
    stopsignal: facts.shutdown === 'interrupt' ? 'SIGINT' : undefined,
    healthcheck: canAsk(facts) ? ['/healthcheck', String(facts.port?.value), facts.healthPath] : undefined,
    entrypoint: facts.shutdown === 'init' ? [tini, '--', entry] : [entry],
    command: args.length ? (args as unknown as Exec) : undefined,
  }
}

/** The start command in exec form; the program's own name stands for its place in the image. */
function command(facts: RustFacts, wishes: Wishes): Exec {
  const program = `/usr/local/bin/${facts.bin}`
  if (!wishes.start) return [program, ...facts.args]
  const [first = facts.bin, ...rest] = parse(wishes.start.value).filter(word => typeof word === 'string')
  return [first.split('/').at(-1) === facts.bin ? program : first, ...rest]
}

/** `NAME=value` of each, or nothing. */
export function pairs(env: Readonly<Record<string, string>>): readonly string[] | undefined {
  const list = Object.entries(env).map(
    ([name, value]) =>
      `${checked(name, /^[A-Za-z_]\w*$/, 'a variable')}=${checked(value, /^[\w.:/?=&[\]-]+$/, name)}`,
  )
  return list.length ? list : undefined
}

/** Why the runtime image isn't the usual one. */
export const imageNotes = ({ natives }: RustFacts, image: BaseImage, wishes: Wishes): Note[] =>
  image.family === 'debian' && !wishes.runtime
    ? [
        note(
          'RUNTIME_SLIM',
          'info',
          `The runtime image is ${image.ref}: distroless has no ${natives.runtime.join(', ')}`,
        ),
      ]
    : []
