import { byConvention, type Fact, fact, firstKnown, fromFile } from '../../facts.ts'
import { cycleOf, isEndOfLife, supported } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Stated } from './modfile.ts'
import type { Module, Modules } from './modules.ts'

/** The Go release to build with, and what is worth knowing of it. */
export interface Version {
  readonly version: Fact<string>
  readonly notes: readonly Note[]
}

/**
 * The line of Go that a module is built with. `go` in go.mod is a minimum: a supported line is used as it stands, an
 * older one gives way to the newest, as Go keeps old source working. `toolchain` names what its developers use, and
 * the official image ignores it (GOTOOLCHAIN=local), so the larger of the two counts.
 * https://go.dev/doc/toolchain
 */
export function versionOf(module: Module, { work }: Modules, wishes: Wishes): Version {
  const inWork = work?.dirs.includes(module.dir) ? work : undefined
  const found = [
    ...(inWork ? stated(inWork.file, inWork.mod.go, inWork.mod.toolchain) : []),
    ...stated(module.file ?? 'go.mod', module.mod.go, module.mod.toolchain),
  ]
  // The first that is largest: go.work is at least what its modules are.
  const top = found.reduce<Fact<string> | undefined>(
    (best, next) => (best && compare(best.value, next.value) >= 0 ? best : next),
    undefined,
  )
  const newest = supported('go')[0]?.cycle ?? ''
  if (wishes.runtimeVersion)
    return { version: wishes.runtimeVersion, notes: tooOld(wishes.runtimeVersion.value, top) }
  if (!top) {
    const version = byConvention(newest, 'newest stable release')
    return {
      version,
      notes: [
        note(
          'VERSION_ASSUMED',
          'warning',
          `No file says which Go this needs: ${newest} is used`,
          version.source,
        ),
      ],
    }
  }
  const cycle = cycleOf('go', top.value)
  const old = cycle ? isEndOfLife(cycle) : compare(top.value, newest) < 0
  const version = fact(old ? newest : line(top.value), top.source, top.stated ?? top.value)
  return firstKnown(version)
    ? {
        version,
        notes: old
          ? [
              note(
                'VERSION_END_OF_LIFE',
                'info',
                `Go ${line(top.value)} is no longer supported and only the minimum here: ${newest} builds it`,
                top.source,
              ),
            ]
          : [],
      }
    : { version, notes: [] }
}

function stated(file: string, go: Stated | undefined, toolchain: Stated | undefined): Fact<string>[] {
  const name = /^go(\d+\.\d+(?:\.\d+)?)/.exec(toolchain?.value ?? '')?.[1]
  const minimum = /^\d+\.\d+(?:\.\d+)?/.exec(go?.value ?? '')?.[0]
  return [
    ...(go && minimum ? [fact(minimum, fromFile(file, 'go', go.line), go.value)] : []),
    ...(toolchain && name ? [fact(name, fromFile(file, 'toolchain', toolchain.line), toolchain.value)] : []),
  ]
}

function tooOld(version: string, stated: Fact<string> | undefined): Note[] {
  return stated && compare(version, line(stated.value)) < 0
    ? [
        note(
          'VERSIONS_DISAGREE',
          'warning',
          `Go ${version} was asked for, and the project needs at least ${stated.value}`,
          stated.source,
        ),
      ]
    : []
}

/** `1.26.3` → `1.26`: the tag floats over patch releases, which only mend. */
const line = (version: string): string => version.split('.').slice(0, 2).join('.')

export function compare(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let at = 0; at < 3; at++) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
