import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const MAIN = 'fn main() { loop {} }'
const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`
const axum = '[dependencies]\naxum = "0.8"\n'

type Files = Record<string, string>

/** Names of the programs that are equally meant. */
const primary = async (files: Files, app?: string) =>
  (await detectIn(files, app ? { app } : {})).filter(({ fit }) => fit === 'exact').map(({ name }) => name)

describe('which program of a package', () => {
  const table: [what: string, files: Files, expected: string[]][] = [
    [
      'src/main.rs is called after the package',
      { 'Cargo.toml': manifest('app'), 'src/main.rs': MAIN },
      ['app'],
    ],
    [
      '[[bin]] renames src/main.rs',
      {
        'Cargo.toml': manifest('app', '[[bin]]\nname = "appd"\npath = "src/main.rs"\n'),
        'src/main.rs': MAIN,
      },
      ['appd'],
    ],
    [
      '[[bin]] with a path of its own',
      { 'Cargo.toml': manifest('app', '[[bin]]\nname = "x"\npath = "src/bin.rs"\n'), 'src/bin.rs': MAIN },
      ['x'],
    ],
    [
      'default-run decides',
      {
        'Cargo.toml': manifest('app', 'default-run = "b"\n'),
        'src/main.rs': MAIN,
        'src/bin/a.rs': MAIN,
        'src/bin/b/main.rs': MAIN,
      },
      ['b'],
    ],
    [
      'the main program comes before the others',
      { 'Cargo.toml': manifest('app'), 'src/main.rs': MAIN, 'src/bin/other.rs': MAIN },
      ['app'],
    ],
    [
      'the daemon comes before its client',
      { 'Cargo.toml': manifest('queue'), 'src/bin/queue.rs': MAIN, 'src/bin/queued.rs': MAIN },
      ['queued'],
    ],
    [
      'several equal ones are all meant',
      { 'Cargo.toml': manifest('app'), 'src/bin/one.rs': MAIN, 'src/bin/two.rs': MAIN },
      ['one', 'two'],
    ],
    [
      'autobins = false hides src/bin',
      {
        'Cargo.toml': manifest('app', 'autobins = false\n[[bin]]\nname = "two"\n'),
        'src/bin/one.rs': MAIN,
        'src/bin/two.rs': MAIN,
      },
      ['two'],
    ],
  ]
  test.each(table)('%s', async (_, files, expected) => {
    expect(await primary(files)).toEqual(expected)
  })

  test('asks for the features that a program requires', async () => {
    const { dockerfile } = await createFrom({
      'Cargo.toml': manifest(
        'app',
        '[[bin]]\nname = "app"\npath = "src/main.rs"\nrequired-features = ["cli"]\n[features]\ncli = []\n',
      ),
      'Cargo.lock': '',
      'src/main.rs': MAIN,
    })
    expect(dockerfile).toContain('cargo build --release --locked --bin app --features cli \\')
  })

  test('a library has nothing to run', async () => {
    const [found] = await detectIn({ 'Cargo.toml': manifest('lib'), 'src/lib.rs': '' })
    expect(found?.facts.kind.value).toBe('library')
    expect(found?.questions.map(({ code }) => code)).toEqual(['NOTHING_TO_RUN'])
  })
})

describe('which program of a workspace', () => {
  const workspace = (more = ''): Files => ({
    'Cargo.toml': `[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n${more}[workspace.package]\nedition = "2021"\nrust-version = "1.80"\n[workspace.dependencies]\naxum = "0.8"\n`,
    'Cargo.lock': '',
    'crates/api/Cargo.toml': `[package]\nname = "api"\nedition.workspace = true\nrust-version.workspace = true\n[dependencies]\naxum.workspace = true\ncore = { path = "../core" }\n`,
    'crates/api/src/main.rs': MAIN,
    'crates/core/Cargo.toml': manifest('core'),
    'crates/core/src/lib.rs': '',
    'crates/worker/Cargo.toml': manifest('worker'),
    'crates/worker/src/main.rs': MAIN,
    'crates/old/Cargo.toml': manifest('old', axum),
    'crates/old/src/main.rs': MAIN,
    'xtask/Cargo.toml': manifest('xtask'),
    'xtask/src/main.rs': MAIN,
  })

  test('the one that serves, with inherited fields', async () => {
    const [first] = await detectIn(workspace())
    expect(first).toMatchObject({ name: 'api', fit: 'exact', dir: '.' })
    expect(first?.facts.framework?.value).toBe('axum')
    expect(first?.facts.runtimeVersion).toMatchObject({ value: '1', stated: '1.80' })
    expect(first?.facts.build?.value).toBe('cargo build --release --locked --package api --bin api')
  })

  test('default-members say it', async () => {
    const files = { ...workspace('default-members = ["crates/worker"]\n') }
    files['crates/api/Cargo.toml'] = manifest('api')
    expect(await primary(files)).toEqual(['worker'])
  })

  test.each(['worker', 'crates/worker', './crates/worker/'])('--app %s', async app => {
    const { candidate } = await createFrom(workspace(), { app })
    expect(candidate.facts.binaries?.value).toEqual(['worker'])
  })

  test('members that exclude names, and folders that members leave out, are no apps', async () => {
    const names = (await detectIn(workspace())).map(({ name }) => name)
    expect(names).toEqual(['api', 'worker'])
  })

  test('only the chosen package and what it is made of is compiled anew', async () => {
    const { dockerfile } = await createFrom(workspace())
    expect(dockerfile).toContain('cargo clean --release --locked --package api --package core \\')
  })

  test('a package below the root gets its Dockerfile there, and sees the whole context', async () => {
    const { candidate, dockerfile, files } = await createFrom({
      'README.md': '',
      'server/Cargo.toml': manifest('server', axum),
      'server/Cargo.lock': '',
      'server/src/main.rs': MAIN,
    })
    expect(candidate.dir).toBe('server')
    expect(files.map(({ path }) => path)).toEqual(['server/Dockerfile', 'server/Dockerfile.dockerignore'])
    expect(dockerfile).toContain('WORKDIR /app/server')
    expect(dockerfile).toContain('--mount=type=bind,target=/app ')
  })
})

describe('several roots', () => {
  const yew = '[dependencies]\nyew = "0.21"\n'

  test('a server beside a front end in WebAssembly', async () => {
    const { candidate } = await createFrom({
      'backend/Cargo.toml': manifest('backend', axum),
      'backend/Cargo.lock': '',
      'backend/src/main.rs': MAIN,
      'frontend/Cargo.toml': manifest('frontend', yew),
      'frontend/index.html': '',
      'frontend/src/main.rs': MAIN,
    })
    expect(candidate.name).toBe('backend')
  })

  test('a desktop app is never the first choice', async () => {
    const [found] = await detectIn({
      'src-tauri/Cargo.toml': manifest('desktop', '[dependencies]\ntauri = "2"\n'),
      'src-tauri/src/main.rs': MAIN,
    })
    expect(found?.fit).toBe('incidental')
  })

  test('manifests of tests and examples are no apps', async () => {
    const names = await primary({
      'server/Cargo.toml': manifest('server', axum),
      'server/src/main.rs': MAIN,
      'server/tests/fixtures/bad/Cargo.toml': 'not = = toml',
      'examples/one/Cargo.toml': '{{name}}',
    })
    expect(names).toEqual(['server'])
  })
})
