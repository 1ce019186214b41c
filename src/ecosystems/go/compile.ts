import type { Wishes } from '../../options/options.ts'
import type { Mount } from '../../plan/plan.ts'
import { contextPath, safe, shell } from '../../plan/words.ts'
import type { GoFacts, Layout } from './facts.ts'
import { join } from './modules.ts'

const MODULES: Mount = { type: 'cache', target: '/go/pkg/mod' }
const OBJECTS: Mount = { type: 'cache', target: '/root/.cache/go-build' }

/** `go build` as the image runs it, from the module's folder. */
export function compileCommand(
  { program, layout, native, versionVariable }: GoFacts,
  wishes: Wishes,
): string {
  if (wishes.build) return own(wishes.build.value, program)
  const linker = [
    '-s -w',
    ...(versionVariable ? [`-X ${versionVariable}=\${VERSION}`] : []),
    // glibc's own name lookup and users can't be linked statically; Go's can.
    ...(native.links === 'static' ? ['-linkmode external -extldflags=-static'] : []),
  ].join(' ')
  const tags = native.links === 'static' ? ['netgo', 'osusergo', ...native.tags] : []
  return [
    'go build -trimpath',
    ...(tags.length ? [`-tags ${tags.join(',')}`] : []),
    `-ldflags="${linker}"`,
    shell('-o', `/out/${program}`, layout.target),
  ].join(' ')
}

/** A person's own command; `go build` is told where the program belongs. */
const own = (command: string, program: string): string =>
  /^go build\b/.test(command) && !/\s-o\b/.test(command)
    ? command.replace(/^go build\b/, `go build -o /out/${program}`)
    : safe(command, '--build')

/** The folder that the build runs in. */
export const workdirOf = ({ module }: Layout): string =>
  module === '.' ? '/src' : `/src/${contextPath(module)}`

/** Manifests alone: this layer lasts until one of them changes. */
export function downloadMounts({ base, module, manifests }: Layout): readonly Mount[] {
  const binds = manifests.map(
    (file): Mount => ({
      type: 'bind',
      source: join(base, file),
      target: module === '.' ? file : `/src/${file}`,
    }),
  )
  return [...binds, MODULES]
}

/** The whole source, without a layer of it. `rw` where the build writes beside it: what is written is gone afterwards. */
export function buildMounts({ layout, frontEnd }: GoFacts): readonly Mount[] {
  const { base, module, vendored, prepare } = layout
  const assets: Mount[] = frontEnd
    ? [
        {
          type: 'bind',
          from: 'assets',
          source: `/assets/${frontEnd.output}`,
          target: `/src/${join('.', frontEnd.output)}`,
        },
      ]
    : []
  return [
    {
      type: 'bind',
      ...(base !== '.' && { source: base }),
      target: module === '.' ? '.' : '/src',
      ...((prepare.length > 0 || frontEnd) && { rw: true as const }),
    },
    ...assets,
    ...(vendored ? [] : [MODULES]),
    OBJECTS,
  ]
}
