import { UserError } from '../../errors.ts'
import { describe } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { BaseImage } from '../../plan/plan.ts'
import type { GoFacts } from './facts.ts'

/** The image that a program runs on, what is installed in it, and why. */
export interface Runtime {
  readonly image: BaseImage
  readonly packages: readonly string[]
  readonly notes: readonly Note[]
}

const distroless = (name: string, libc: BaseImage['libc']): BaseImage => ({
  ref: `gcr.io/distroless/${name}-debian13:nonroot`,
  libc,
  family: 'distroless',
})
/** By what a program links: https://github.com/GoogleContainerTools/distroless/tree/main/base */
const DISTROLESS = {
  nothing: distroless('static', 'none'),
  static: distroless('static', 'none'),
  libc: distroless('base-nossl', 'glibc'),
  cxx: distroless('cc', 'glibc'),
} as const
const SLIM: BaseImage = { ref: 'debian:trixie-slim', libc: 'glibc', family: 'debian' }
const ALPINE: BaseImage = { ref: 'alpine:3.24', libc: 'musl', family: 'alpine' }

/** @throws UserError RUNTIME_IMPOSSIBLE when the wished family can't run the program */
export function runtimeOf({ native, commands }: GoFacts, wishes: Wishes): Runtime {
  const wish = wishes.runtime?.value ?? 'auto'
  const [command] = commands
  const needs =
    native.links === 'libraries'
      ? 'it links libraries of Debian'
      : command
        ? describe(command.source)
        : undefined
  const slim: Runtime = {
    image: SLIM,
    packages: [
      'ca-certificates',
      ...native.run,
      ...commands.map(({ value }) => value).filter(Boolean),
    ].sort(),
    notes: [],
  }
  if (wish === 'slim') return slim
  if (wish === 'alpine') {
    if (native.links === 'libraries' || native.links === 'libc' || native.links === 'cxx')
      throw impossible('alpine', 'the program is linked with glibc, which Alpine lacks')
    return { image: ALPINE, packages: [], notes: [] }
  }
  if (native.links === 'libraries' || (needs && wish === 'auto')) {
    if (wish === 'distroless') throw impossible('distroless', needs ?? 'libraries are needed')
    return { ...slim, notes: [note('RUNTIME_SLIM', 'info', `Debian slim rather than distroless: ${needs}`)] }
  }
  return { image: DISTROLESS[native.links], packages: [], notes: [] }
}

const impossible = (family: string, why: string): UserError =>
  new UserError(
    'RUNTIME_IMPOSSIBLE',
    `--runtime ${family} can't run this program: ${why}`,
    'Choose --runtime slim, or leave --runtime out',
  )
