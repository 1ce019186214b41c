import { UserError } from '../../errors.ts'
import { ALPINE } from '../../knowledge/native-rust.ts'
import type { BaseImage, Mount } from '../../plan/plan.ts'
import { shell } from '../../plan/words.ts'
import type { RustFacts } from './facts.ts'

/** A name that may stand in a path, a mount's id and a command alike. */
export const NAME = /^[A-Za-z0-9_][\w+.-]{0,63}$/

/** @throws UserError UNSAFE_VALUE for a text that isn't what it should be */
export function checked(value: string, pattern: RegExp, what: string): string {
  if (pattern.test(value)) return value
  throw new UserError(
    'UNSAFE_VALUE',
    `${what} is ${JSON.stringify(value.slice(0, 60))}`,
    "It can't be written into a Dockerfile",
  )
}

/** The build image's own target, in words of the shell: cargo needs it where the project's settings name another. */
const host = ({ libc }: BaseImage): string => `$(uname -m)-unknown-linux-${libc === 'musl' ? 'musl' : 'gnu'}`

/** The commands of the build stage. */
export function commands(facts: RustFacts, image: BaseImage) {
  const target = facts.cargoConfig.target ? host(image) : undefined
  const flags = [
    '--release',
    ...(facts.locked ? ['--locked'] : []),
    ...(target ? [`--target "${target}"`] : []),
  ].join(' ')
  const selection = [
    ...(facts.package ? ['--package', facts.package] : []),
    ...['--bin', facts.bin],
    ...(facts.binFeatures.length ? ['--features', facts.binFeatures.join(',')] : []),
  ]
  const bin = shell(checked(facts.bin, NAME, 'the name of the program'))
  return {
    clean: `cargo clean ${flags} ${shell(...facts.ownPackages.flatMap(name => ['--package', name]))}`,
    compile: `cargo build ${flags} ${shell(...selection)}`,
    install: `install -D ${target ? `"/build/${target}/release/${bin}"` : `/build/release/${bin}`} /out/${bin}`,
  }
}

/** Packages of the build stage, by the system that it is made of. */
export function buildPackages({ natives, cargoConfig }: RustFacts, { family }: BaseImage) {
  const git = cargoConfig.gitCli ? ['git'] : []
  const debian = [...new Set([...natives.build, ...cargoConfig.packages, ...git])].sort()
  if (family !== 'alpine') return { packages: debian.length ? debian : undefined, apk: undefined }
  const missing = debian.filter(name => !Object.hasOwn(ALPINE, name))
  if (missing.length || natives.runtime.length)
    throw new UserError(
      'RUNTIME_UNAVAILABLE',
      `a build for Alpine with ${[...missing, ...natives.runtime].join(', ')} is not offered`,
      'Use --runtime slim',
    )
  return {
    packages: undefined,
    apk: [...new Set(['musl-dev', ...debian.flatMap(name => ALPINE[name] ?? [])])].sort(),
  }
}

/** Settings of cargo and of crates while they are compiled. */
export function buildEnv(facts: RustFacts): readonly string[] {
  return [
    ...(facts.toolchain.channel ? [`RUSTUP_TOOLCHAIN=${facts.toolchain.channel}`] : []),
    'CARGO_TARGET_DIR=/build',
    ...(facts.strip ? ['CARGO_PROFILE_RELEASE_STRIP=symbols'] : []),
    ...(facts.sqlxOffline ? ['SQLX_OFFLINE=true'] : []),
    ...(facts.cargoConfig.wrapper ? ['RUSTC_WRAPPER='] : []),
  ]
}

/** The sources, read where they are; a build script or a new lock file may write there, and what it writes is dropped. */
export function mounts(facts: RustFacts, dir: string, { family }: BaseImage): readonly Mount[] {
  const writes = facts.buildScript || !facts.locked
  const id = `${checked(facts.cacheId, NAME, 'the name of the package')}-target${family === 'alpine' ? '-alpine' : ''}`
  return [
    { type: 'bind', target: dir === '.' ? '.' : '/app', ...(writes ? { rw: true as const } : {}) },
    { type: 'cache', target: '/usr/local/cargo/registry', sharing: 'locked' },
    ...(facts.gitDependencies
      ? [{ type: 'cache', target: '/usr/local/cargo/git/db', sharing: 'locked' } as const]
      : []),
    { type: 'cache', id, target: '/build', sharing: 'locked' },
  ]
}
