import { parse } from 'shell-quote'
import { UserError } from '../../errors.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { BaseImage, Exec, Launch, Mount, Plan } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { Candidate } from '../ecosystem.ts'
import type { RustFacts } from './facts.ts'

const NAME = /^[A-Za-z0-9_][\w+.-]{0,63}$/
const VERSION = /^\d+(\.\d+){0,2}$/

/** Decides everything about the image of one Rust program. */
export function plan({ facts, dir }: Candidate<RustFacts>, wishes: Wishes): Plan {
  const { toolchain, natives } = facts
  const version = checked(toolchain.version.value, VERSION, 'the Rust version')
  const bin = checked(facts.bin, NAME, 'the name of the program')
  const image = runtimeImage(facts, wishes)
  const workdir = dir === '.' ? '/app' : `/app/${contextPath(dir)}`
  const check = healthcheck(facts, image)
  const packages = [
    ...new Set([
      ...natives.build,
      ...facts.cargoConfig.packages,
      ...(facts.cargoConfig.gitCli ? ['git'] : []),
    ]),
  ].sort()
  const view = {
    version,
    build: { ref: `rust:\${RUST_VERSION}-slim-${toolchain.suite}` },
    workdir,
    packages: packages.length ? packages : undefined,
    reasons: natives.reasons,
    toolchain: toolchain.channel,
    env: buildEnv(facts),
    mounts: mounts(facts, dir),
    clean: clean(facts),
    compile: wishes.build?.value ?? compile(facts),
    install: `install -D /build/${facts.cargoConfig.target ? `${TRIPLE}/` : ''}release/${shell(bin)} /out/${shell(bin)}`,
    bin,
    healthcheck: check && {
      portEnv: facts.portEnv && checked(facts.portEnv, /^[A-Za-z_]\w*$/, 'a variable'),
    },
    init: facts.shutdown === 'init' ? { packages: ['tini'] } : undefined,
    runtimePackages: image.family === 'debian' ? ['ca-certificates', ...natives.runtime] : undefined,
    runtimeEnv: pairs(facts.runtimeEnv),
    files: facts.runtimeFiles.map(({ from, to }) => ({
      from: [from],
      to: to.startsWith('/') ? to : `./${to}`,
    })),
    runtime: launch(
      facts,
      wishes,
      image,
      check && ['/healthcheck', String(facts.port?.value), facts.healthPath],
    ),
  }
  return {
    dir,
    template: 'rust/binary',
    view,
    ignore: {
      sections: [
        { comment: 'Built again inside', patterns: ['**/target'] },
        ...(toolchain.version.source.from === 'file' &&
        toolchain.version.source.path.includes('rust-toolchain') &&
        !wishes.runtimeVersion
          ? [
              {
                comment: "The build image's tag says which toolchain it is; rustup would fetch another",
                patterns: ['**/rust-toolchain', '**/rust-toolchain.toml'],
              },
            ]
          : []),
      ],
      keep: [...facts.runtimeFiles.map(({ from }) => from), ...facts.compiledIn],
    },
    images: { build: `rust:${version}-slim-${toolchain.suite}`, runtime: image.ref },
    notes: imageNotes(facts, image, wishes),
  }
}

function checked(value: string, pattern: RegExp, what: string): string {
  if (pattern.test(value)) return value
  throw new UserError(
    'UNSAFE_VALUE',
    `${what} is ${JSON.stringify(value.slice(0, 60))}`,
    "It can't be written into a Dockerfile",
  )
}

const TRIPLE = '$(uname -m)-unknown-linux-gnu'

function flags(facts: RustFacts): string {
  return [
    '--release',
    ...(facts.locked ? ['--locked'] : []),
    ...(facts.cargoConfig.target ? [`--target "${TRIPLE}"`] : []),
  ].join(' ')
}

function compile(facts: RustFacts): string {
  const selection = [
    ...(facts.package ? ['--package', facts.package] : []),
    ...['--bin', facts.bin],
    ...(facts.binFeatures.length ? ['--features', facts.binFeatures.join(',')] : []),
  ]
  return `cargo build ${flags(facts)} ${shell(...selection)}`
}

const clean = (facts: RustFacts): string =>
  `cargo clean ${flags(facts)} ${shell(...facts.ownPackages.flatMap(name => ['--package', name]))}`

function buildEnv(facts: RustFacts): readonly string[] {
  return [
    'CARGO_TARGET_DIR=/build',
    ...(facts.strip ? ['CARGO_PROFILE_RELEASE_STRIP=symbols'] : []),
    ...(facts.sqlxOffline ? ['SQLX_OFFLINE=true'] : []),
    ...(facts.cargoConfig.wrapper ? ['RUSTC_WRAPPER='] : []),
  ]
}

/** The sources, read where they are; a build script or a new lock file may write there, and what it writes is dropped. */
function mounts(facts: RustFacts, dir: string): readonly Mount[] {
  const writes = facts.buildScript || !facts.locked
  return [
    { type: 'bind', target: dir === '.' ? '.' : '/app', ...(writes ? { rw: true as const } : {}) },
    { type: 'cache', target: '/usr/local/cargo/registry', sharing: 'locked' },
    ...(facts.gitDependencies
      ? [{ type: 'cache', target: '/usr/local/cargo/git/db', sharing: 'locked' } as const]
      : []),
    {
      type: 'cache',
      id: `${checked(facts.cacheId, NAME, 'the name of the package')}-target`,
      target: '/build',
      sharing: 'locked',
    },
  ]
}

/** distroless `cc` holds what Rust links by default; a library beyond it needs Debian's packages. */
function runtimeImage({ natives, toolchain }: RustFacts, wishes: Wishes): BaseImage {
  const wish = wishes.runtime?.value ?? 'auto'
  if (wish === 'alpine')
    throw new UserError(
      'RUNTIME_UNAVAILABLE',
      'an Alpine image of a Rust program is not offered yet: it needs a build for musl',
      'Use --runtime distroless or --runtime slim',
    )
  if (wish === 'distroless' && natives.runtime.length)
    throw new UserError(
      'RUNTIME_UNAVAILABLE',
      `distroless has no ${natives.runtime.join(', ')}`,
      'Use --runtime slim',
    )
  return wish === 'slim' || natives.runtime.length
    ? { ref: `debian:${toolchain.suite}-slim`, libc: 'glibc', family: 'debian' }
    : { ref: 'gcr.io/distroless/cc-debian13:nonroot', libc: 'glibc', family: 'distroless' }
}

function healthcheck(facts: RustFacts, _image: BaseImage): boolean {
  return facts.kind.value === 'web' && facts.http && facts.port !== undefined
}

function launch(facts: RustFacts, wishes: Wishes, image: BaseImage, healthcheck: Exec | false): Launch {
  const program = `/usr/local/bin/${facts.bin}`
  const [entry, ...args] = command(facts, wishes, program)
  return {
    image,
    user: '65532:65532',
    port: facts.port?.value,
    stopsignal: facts.shutdown === 'interrupt' ? 'SIGINT' : undefined,
    healthcheck: healthcheck || undefined,
    entrypoint: facts.shutdown === 'init' ? ['/tini', '--', entry] : [entry],
    command: args.length ? (args as unknown as Exec) : undefined,
  }
}

/** The start command in exec form; the program's own name stands for its place in the image. */
function command(facts: RustFacts, wishes: Wishes, program: string): Exec {
  if (!wishes.start) return [program, ...facts.args]
  const words = parse(wishes.start.value).filter(word => typeof word === 'string')
  const [first = facts.bin, ...rest] = words
  return [first.split('/').at(-1) === facts.bin ? program : first, ...rest]
}

const pairs = (env: Readonly<Record<string, string>>): readonly string[] | undefined => {
  const list = Object.entries(env).map(
    ([name, value]) =>
      `${checked(name, /^[A-Za-z_]\w*$/, 'a variable')}=${checked(value, /^[\w.:[\]-]+$/, name)}`,
  )
  return list.length ? list : undefined
}

function imageNotes({ natives }: RustFacts, image: BaseImage, wishes: Wishes): Note[] {
  return image.family === 'debian' && !wishes.runtime
    ? [
        note(
          'RUNTIME_CHOSEN',
          'info',
          `The runtime image is ${image.ref}: distroless has no ${natives.runtime.join(', ')}`,
        ),
      ]
    : []
}
