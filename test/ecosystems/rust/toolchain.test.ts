import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const base = {
  'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
  'Cargo.lock': '',
  'src/main.rs': 'fn main() {}',
}

describe('the compiler', () => {
  const table: [what: string, files: Record<string, string>, image: string, stated: string | undefined][] = [
    ['nothing stated: the newest', {}, 'rust:1-slim-trixie', undefined],
    [
      'a pin',
      { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' },
      'rust:1.90.0-slim-trixie',
      '1.90.0',
    ],
    ['the old form of the file', { 'rust-toolchain': '1.88.0\n' }, 'rust:1.88.0-slim-bookworm', '1.88.0'],
    ['a pin from before Debian 12', { 'rust-toolchain': '1.65.0' }, 'rust:1.65.0-slim-bullseye', '1.65.0'],
    ['stable', { 'rust-toolchain': 'stable' }, 'rust:1-slim-trixie', 'stable'],
    [
      'a dated nightly',
      { 'rust-toolchain': 'nightly-2026-01-02' },
      'rust:1-slim-trixie',
      'nightly-2026-01-02',
    ],
  ]
  test.each(table)('%s', async (_, files, image, stated) => {
    const { plan, candidate } = await createFrom({ ...base, ...files })
    expect(plan.images.build).toBe(image)
    expect(candidate.facts.runtimeVersion?.stated).toBe(stated)
  })

  test('rust-version is a floor, never a choice', async () => {
    const { plan, candidate } = await createFrom({
      ...base,
      'Cargo.toml': `${base['Cargo.toml']}rust-version = "1.70"\n`,
    })
    expect(plan.images.build).toBe('rust:1-slim-trixie')
    expect(candidate.facts.runtimeVersion).toMatchObject({ value: '1', stated: '1.70' })
  })

  test('a nightly is installed by rustup, and the file that names it stays out of the context', async () => {
    const { dockerfile, ignore } = await createFrom({ ...base, 'rust-toolchain': 'nightly' })
    expect(dockerfile).toContain(
      'RUN rustup toolchain install nightly --profile minimal\nENV RUSTUP_TOOLCHAIN=nightly CARGO_TARGET_DIR=/build',
    )
    expect(ignore).toContain('**/rust-toolchain\n')
  })

  test('--runtime-version wins over the file', async () => {
    const { plan, dockerfile } = await createFrom(
      { ...base, 'rust-toolchain': 'nightly' },
      { runtimeVersion: '1.95' },
    )
    expect(plan.images.build).toBe('rust:1.95-slim-trixie')
    expect(dockerfile).not.toContain('rustup')
  })

  test('without a lock file: no --locked, a writable mount, and a note', async () => {
    const { 'Cargo.lock': _, ...unlocked } = base
    const { dockerfile, notes } = await createFrom(unlocked)
    expect(dockerfile).not.toContain('--locked')
    expect(dockerfile).toContain('--mount=type=bind,target=.,rw')
    expect(notes.map(({ code }) => code)).toContain('NO_LOCKFILE')
  })

  test('a target, a linker and a wrapper of .cargo/config.toml', async () => {
    const { dockerfile } = await createFrom({
      ...base,
      '.cargo/config.toml':
        '[build]\ntarget = "x86_64-unknown-linux-musl"\nrustc-wrapper = "sccache"\n[target.x86_64-unknown-linux-gnu]\nlinker = "clang"\nrustflags = ["-C", "link-arg=-fuse-ld=mold"]\n',
    })
    expect(dockerfile).toContain('clang mold')
    expect(dockerfile).toContain('RUSTC_WRAPPER=')
    expect(dockerfile).toContain('--target "$(uname -m)-unknown-linux-gnu" --bin app')
    expect(dockerfile).toContain('/build/$(uname -m)-unknown-linux-gnu/release/app')
  })
})
