import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { cycleOf } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Project, parseObject } from '../../project/project.ts'
import type { CargoPackage } from './manifest.ts'
import { join, strings, table, text } from './toml.ts'

/** The compiler that builds. */
export interface Toolchain {
  /** The image's tag: `1`, or what a toolchain file pins. */
  readonly version: Fact<string>
  /** The newest Debian that the official image of that version is published on. */
  readonly suite: string
  /** A toolchain that no image has, for rustup: `nightly-2026-01-01`. */
  readonly channel?: string | undefined
  /** Compilation targets that the project asks for beside the host. */
  readonly targets: readonly string[]
}

const CHANNEL = /^(?:(\d+\.\d+(?:\.\d+)?)|(nightly|beta)(-\d{4}-\d{2}-\d{2})?|stable)/

/**
 * A toolchain file pins the compiler; `rust-version` and the edition are floors, which the newest stable one meets.
 * @param dir the folder in which cargo is called
 */
export function toolchainOf(project: Project, dir: string, own: CargoPackage, wishes: Wishes): Toolchain {
  const pinned = toolchainFile(project, dir)
  const version = wishes.runtimeVersion ?? pinned?.version ?? floor(project, own)
  return {
    version,
    suite: suiteOf(version.value),
    channel: wishes.runtimeVersion ? undefined : pinned?.channel,
    targets: pinned?.targets ?? [],
  }
}

function toolchainFile(project: Project, dir: string) {
  const path = [dir, '.']
    .flatMap(at => [join(at, 'rust-toolchain'), join(at, 'rust-toolchain.toml')])
    .find(file => project.has(file))
  if (path === undefined) return undefined
  const content = project.text(path)?.trim() ?? ''
  // The old form of the file is the bare name of a channel.
  const toml = content.includes('=') ? table(parseObject(project, path)?.toolchain) : { channel: content }
  const stated = text(toml.channel)?.trim() ?? ''
  const [, number, moving, date = ''] = CHANNEL.exec(stated) ?? []
  const source = fromFile(
    path,
    content.includes('=') ? 'toolchain.channel' : undefined,
    project.line(path, 'toolchain', 'channel'),
  )
  return {
    version: stated ? fact(number ?? '1', source, stated) : undefined,
    channel: moving === undefined ? undefined : `${moving}${date}`,
    targets: strings(toml.targets).filter(target => /^[\w-]+$/.test(target)),
  }
}

function floor(project: Project, own: CargoPackage): Fact<string> {
  const { rustVersion, manifest } = own
  if (rustVersion === undefined || !/^\d+(\.\d+){0,2}$/.test(rustVersion))
    return byConvention('1', 'the newest stable release compiles what older ones do')
  return fact(
    '1',
    fromFile(manifest, 'package.rust-version', project.line(manifest, 'package', 'rust-version')),
    rustVersion,
  )
}

/** Lines older than the table are published on the Debian of their time. https://hub.docker.com/_/rust */
function suiteOf(version: string): string {
  const minor = Number(version.split('.')[1] ?? Number.POSITIVE_INFINITY)
  if (minor < 56) return 'buster'
  if (minor < 71) return 'bullseye'
  return cycleOf('rust', version)?.suite ?? (minor < 89 ? 'bookworm' : 'trixie')
}
