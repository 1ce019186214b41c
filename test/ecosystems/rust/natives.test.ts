import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

interface Crate {
  readonly name: string
  readonly deps?: readonly string[]
}

/** A lock file with the app itself and the crates given. */
const lock = (own: readonly string[], crates: readonly Crate[]): string =>
  [
    'version = 4',
    entry('app', own, ''),
    ...crates.map(({ name, deps = [] }) =>
      entry(name, deps, 'source = "registry+https://github.com/rust-lang/crates.io-index"\n'),
    ),
  ].join('\n\n')

const entry = (name: string, deps: readonly string[], source: string): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}dependencies = ${JSON.stringify(deps)}`

const project = (
  manifest: string,
  own: readonly string[],
  crates: readonly Crate[],
  main = 'fn main() {}',
) => ({
  'Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n${manifest}`,
  'Cargo.lock': lock(own, crates),
  'src/main.rs': main,
})

/** The packages of every apt-get line, stage by stage. */
const apt = (dockerfile: string): string[] =>
  [...dockerfile.matchAll(/--no-install-recommends (.*)/g)]
    .map(([, names = '']) => names)
    .filter(names => names !== 'tini')

const OPENSSL: readonly Crate[] = [
  { name: 'native-tls', deps: ['openssl', 'schannel'] },
  { name: 'openssl', deps: ['openssl-sys'] },
  { name: 'openssl-sys', deps: ['cc', 'pkg-config'] },
  { name: 'schannel', deps: ['clang-sys'] },
  { name: 'clang-sys' },
  { name: 'cc' },
  { name: 'pkg-config' },
]

describe('libraries of the system', () => {
  type Row = [what: string, files: ReturnType<typeof project>, packages: string[]]
  const table: Row[] = [
    ['none', project('[dependencies]\nserde = "1"\n', ['serde'], [{ name: 'serde' }]), []],
    [
      'OpenSSL, through another crate; what Windows needs is left out',
      project('[dependencies]\nnative-tls = "0.2"\n', ['native-tls'], OPENSSL),
      ['libssl-dev pkg-config'],
    ],
    [
      'OpenSSL from source',
      project(
        '[dependencies]\nopenssl = { version = "0.10", features = ["vendored"] }\n',
        ['openssl'],
        [
          { name: 'openssl', deps: ['openssl-sys'] },
          { name: 'openssl-sys', deps: ['openssl-src'] },
          { name: 'openssl-src' },
        ],
      ),
      ['make perl'],
    ],
    [
      'only in development: nothing',
      project('[dev-dependencies]\nnative-tls = "0.2"\n', ['native-tls'], OPENSSL),
      [],
    ],
    [
      'optional and off: nothing',
      project('[dependencies]\nnative-tls = { version = "0.2", optional = true }\n', ['native-tls'], OPENSSL),
      [],
    ],
    [
      'optional and on by default',
      project(
        '[features]\ndefault = ["tls"]\ntls = ["dep:native-tls"]\n[dependencies]\nnative-tls = { version = "0.2", optional = true }\n',
        ['native-tls'],
        OPENSSL,
      ),
      ['libssl-dev pkg-config'],
    ],
    [
      'a feature of a dependency that is off: nothing',
      project(
        '[features]\nopenssl = ["web/openssl"]\n[dependencies]\nweb = "4"\n',
        ['web'],
        [{ name: 'web', deps: ['openssl'] }, ...OPENSSL],
      ),
      [],
    ],
    [
      'for another system: nothing',
      project('[target.\'cfg(windows)\'.dependencies]\nnative-tls = "0.2"\n', ['native-tls'], OPENSSL),
      [],
    ],
    [
      'for Linux, said with not and any',
      project(
        '[target.\'cfg(all(unix, not(any(target_os = "macos", target_env = "musl"))))\'.dependencies]\nnative-tls = "0.2"\n',
        ['native-tls'],
        OPENSSL,
      ),
      ['libssl-dev pkg-config'],
    ],
    [
      'protoc, for the build script',
      project(
        '[build-dependencies]\ntonic-build = "0.12"\n',
        ['tonic-build'],
        [{ name: 'tonic-build', deps: ['prost-build'] }, { name: 'prost-build' }],
      ),
      ['libprotobuf-dev protobuf-compiler'],
    ],
    [
      'protoc that a crate brings along',
      project(
        '[build-dependencies]\nprost-build = "0.13"\nprotoc-bin-vendored = "3"\n',
        ['prost-build', 'protoc-bin-vendored'],
        [{ name: 'prost-build' }, { name: 'protoc-bin-vendored' }],
      ),
      [],
    ],
    [
      'SQLite that is compiled in',
      project(
        '[dependencies]\nrusqlite = "0.37"\n',
        ['rusqlite'],
        [
          { name: 'rusqlite', deps: ['libsqlite3-sys'] },
          { name: 'libsqlite3-sys', deps: ['cc', 'pkg-config'] },
          { name: 'cc' },
          { name: 'pkg-config' },
        ],
      ),
      [],
    ],
    [
      'PostgreSQL by diesel: a library at run time too',
      project(
        '[dependencies]\ndiesel = { version = "2", features = ["postgres"] }\n',
        ['diesel'],
        [
          { name: 'diesel', deps: ['mysqlclient-sys', 'pq-sys'] },
          { name: 'pq-sys' },
          { name: 'mysqlclient-sys' },
        ],
      ),
      ['libpq-dev', 'ca-certificates libpq5'],
    ],
    [
      'CMake that nothing on this platform calls',
      project(
        '[dependencies]\nrustls = "0.23"\n',
        ['rustls'],
        [
          { name: 'rustls', deps: ['aws-lc-rs'] },
          { name: 'aws-lc-rs', deps: ['aws-lc-fips-sys', 'aws-lc-sys'] },
          { name: 'aws-lc-sys', deps: ['bindgen', 'cc', 'cmake'] },
          { name: 'aws-lc-fips-sys', deps: ['bindgen', 'cmake'] },
          { name: 'bindgen', deps: ['clang-sys'] },
          { name: 'clang-sys' },
          { name: 'cmake' },
          { name: 'cc' },
        ],
      ),
      [],
    ],
  ]
  test.each(table)('%s', async (_, files, packages) => {
    expect(apt((await createFrom(files)).dockerfile)).toEqual(packages)
  })

  test('a program that the build script starts, and one that the image lacks', async () => {
    const { dockerfile, notes } = await createFrom({
      ...project('', [], []),
      'build.rs':
        'use std::process::Command;\nfn main() { Command::new("git").arg("log"); Command::new("bunx").status(); }',
    })
    expect(apt(dockerfile)).toEqual(['git'])
    expect(notes.filter(({ code }) => code === 'BUILD_TOOL_MISSING').map(({ source }) => source)).toEqual([
      'build.rs:2',
    ])
    expect(dockerfile).toContain('--mount=type=bind,target=.,rw')
  })

  test('without a lock file the manifest alone is asked', async () => {
    const { 'Cargo.lock': _, ...files } = project('[dependencies]\nreqwest = "0.12"\n', [], [])
    expect(apt((await createFrom(files)).dockerfile)).toEqual(['libssl-dev pkg-config'])
    const rustls = project(
      '[dependencies]\nreqwest = { version = "0.12", default-features = false, features = ["rustls-tls"] }\n',
      [],
      [],
    )
    expect(
      apt((await createFrom({ 'Cargo.toml': rustls['Cargo.toml'], 'src/main.rs': '' })).dockerfile),
    ).toEqual([])
  })

  test('--runtime: distroless is refused where it lacks a library, slim has it, Alpine links statically', async () => {
    const files = project('[dependencies]\npq-sys = "0.6"\n', ['pq-sys'], [{ name: 'pq-sys' }])
    await expect(createFrom(files, { runtime: 'distroless' })).rejects.toThrow('distroless has no libpq5')
    await expect(createFrom(files, { runtime: 'alpine' })).rejects.toThrow('libpq-dev, libpq5 is not offered')
    expect((await createFrom(files)).plan.images.runtime).toBe('debian:trixie-slim')
    const { dockerfile } = await createFrom(
      project('[dependencies]\nnative-tls = "0.2"\n', ['native-tls'], OPENSSL),
      { runtime: 'alpine' },
    )
    expect(dockerfile).toContain('FROM rust:${RUST_VERSION}-alpine AS build')
    expect(dockerfile).toContain('RUN apk add --no-cache musl-dev openssl-dev openssl-libs-static pkgconf\n')
    expect(dockerfile).toContain('ENTRYPOINT ["/sbin/tini", "--", "/usr/local/bin/app"]')
    expect(dockerfile).not.toContain('apt-get')
  })
})
