import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const app = (main: string, files: Record<string, string> = {}, dependencies = 'axum = "0.8"') => ({
  'Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\n${dependencies}\n`,
  'Cargo.lock': '',
  'src/main.rs': main,
  ...files,
})
const copies = (dockerfile: string): string[] =>
  dockerfile.split('\n').filter(line => /^COPY [^-<]/.test(line))

describe('files beside the program', () => {
  const data = {
    'static/style.css': '',
    'templates/index.html': '',
    'config.toml': '',
    'certs/server.key': '',
    'scripts/run.sh': '',
    'static/inner/a.txt': '',
    '.env': '',
  }
  const table: [what: string, body: string, expected: string[]][] = [
    ['a folder that is served', 'ServeDir::new("./static");', ['COPY static ./static']],
    ['a glob', 'Tera::new("templates/**/*.html");', ['COPY templates ./templates']],
    ['a file', 'fs::read_to_string("config.toml");', ['COPY config.toml ./config.toml']],
    ['the inner one is part of the outer one', 'a("static/inner"); b("static");', ['COPY static ./static']],
    ['a name without its extension', 'File::with_name("config");', ['COPY config.toml ./config.toml']],
    [
      'what is compiled in is not needed',
      'let a = include_str!("../config.toml"); include_dir!("static");',
      [],
    ],
    ['a route is no folder', 'app.route("/static", get(x)).nest("templates", y);', []],
    ['a secret is never copied', 'open(".env"); open("certs/server.key");', []],
    ['out of the project', 'open("../other"); open("/etc/passwd");', []],
    ['a path from the package', 'FileServer::from(relative!("static"));', ['COPY static ./static']],
    [
      'the same by hand',
      'open(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"));',
      ['COPY templates ./templates'],
    ],
  ]
  test.each(table)('%s', async (_, body, expected) => {
    const { dockerfile } = await createFrom(app(`fn main() { ${body} }`, data))
    expect(copies(dockerfile)).toEqual(expected)
  })

  test('a key that is compiled in stays in the context', async () => {
    const { ignore } = await createFrom(
      app('const K: &str = include_str!("../certs/server.key");\nfn main() {}', data),
    )
    expect(ignore).toContain('!certs/server.key\n')
  })
})

describe('what surrounds the program', () => {
  test('variables that it stops without', async () => {
    const main =
      'fn main() { env::var("DATABASE_URL").expect("set"); env::var("KEY")?; env::var("OTHER").unwrap_or_default(); }'
    const [found] = await detectIn(app(main))
    expect(found?.facts.env?.value).toEqual(['DATABASE_URL', 'KEY'])
  })

  test('the route that is there to be asked', async () => {
    const main = 'fn main() { app.route("/healthz", get(ok)); bind("0.0.0.0:3000"); }'
    expect((await createFrom(app(main))).dockerfile).toContain('CMD ["/healthcheck", "3000", "/healthz"]')
  })

  test('the subcommand that serves', async () => {
    const main =
      '#[derive(Subcommand)] enum Command { Migrate, /// x\nServe { port: u16 } }\nfn main() { bind("0.0.0.0:3000"); }'
    const { candidate, dockerfile } = await createFrom(app(main))
    expect(candidate.facts.start?.value).toBe('app serve')
    expect(dockerfile).toContain('CMD ["serve"]')
  })

  test("clap's builder: where it says that a subcommand is needed", async () => {
    const main = (rest: string) =>
      `fn main() { let m = Command::new("app")${rest}.get_matches(); match m.subcommand() { Some(("build", m)) => b(m), Some(("serve", m)) => s(m), _ => x() } bind("0.0.0.0:3000"); }`
    const needed = await createFrom(app(main('.subcommand_required(true)')))
    expect(needed.dockerfile).toContain('CMD ["serve"]')
    expect((await createFrom(app(main('')))).dockerfile).not.toMatch(/^CMD/m)
  })

  test('a subcommand of a server without a framework', async () => {
    const main =
      '#[derive(Subcommand)] enum Command { Local, Server }\nfn main() { TcpListener::bind("0.0.0.0:7835"); }'
    expect((await createFrom(app(main))).dockerfile).toContain('CMD ["server"]')
  })

  test('subcommands of which none serves', async () => {
    const main = '#[derive(Subcommand)] enum Command { Import, Export }\nfn main() { bind("0.0.0.0:3000"); }'
    const { notes } = await createFrom(app(main))
    expect(notes.map(({ code }) => code)).toContain('SUBCOMMAND_UNKNOWN')
    const told = await createFrom(app(main), { start: 'app import' })
    expect(told.notes.map(({ code }) => code)).not.toContain('SUBCOMMAND_UNKNOWN')
  })

  test('what a macro compiles in is not needed beside the program', async () => {
    const main = 'static STYLE: &str = grass::include!("data/style.scss");\nfn main() {}'
    expect((await createFrom(app(main, { 'data/style.scss': 'a {}' }))).dockerfile).not.toContain(
      'style.scss',
    )
  })

  test('a file that is read unless an argument names another', async () => {
    const main = 'fn main() { let path = args().nth(1).unwrap_or_else(|| "config.toml".to_string()); }'
    const { dockerfile, candidate } = await createFrom(
      app(main, { 'config.toml': '[server]\nhost = "0.0.0.0"\nport = 8085\n' }),
    )
    expect(dockerfile).toContain('COPY config.toml ./config.toml')
    expect(candidate.facts.port?.value).toBe(8085)
  })

  test('a subcommand that may be left out is left out', async () => {
    const main =
      '#[derive(Subcommand)] enum Command { Serve }\nstruct A { #[command(subcommand)] c: Option<Command> }\nfn main() { bind("0.0.0.0:3000"); }'
    expect((await createFrom(app(main))).dockerfile).not.toMatch(/^CMD/m)
  })

  test('--start in exec form, with the program in its place', async () => {
    const { dockerfile } = await createFrom(app('fn main() {}'), { start: 'app --root "a b"' })
    expect(dockerfile).toContain('ENTRYPOINT ["/tini", "--", "/usr/local/bin/app"]\nCMD ["--root", "a b"]')
  })

  test("sqlx's queries, described and not", async () => {
    const main = 'fn main() { sqlx::query!("SELECT 1"); }'
    const described = await createFrom(app(main, { '.sqlx/query-1.json': '{}' }))
    expect(described.dockerfile).toContain('SQLX_OFFLINE=true')
    const { notes } = await createFrom(app(main))
    expect(notes.map(({ code }) => code)).toContain('SQLX_NOT_PREPARED')
  })

  test.each([
    ['leptos = "0.7"', 'FRONT_END_TOOL'],
    ['dioxus = "0.6"', 'FRONT_END_TOOL'],
    ['tauri = "2"', 'DESKTOP_APP'],
  ])('%s is a question', async (dependency, code) => {
    const [found] = await detectIn(app('fn main() {}', {}, dependency))
    expect(found?.questions.map(question => question.code)).toEqual([code])
  })
})

describe('what a build would stumble over', () => {
  const codes = async (files: Record<string, string>) =>
    (await createFrom(files)).notes.map(({ code }) => code)
  const lock = (version: string): string =>
    `[[package]]\nname = "app"\nversion = "1.0.0"\n[[package]]\nname = "axum"\nversion = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n`

  test('a lock file that fits is insisted on', async () => {
    const { dockerfile } = await createFrom(app('fn main() {}', { 'Cargo.lock': lock('0.8.4') }))
    expect(dockerfile).toContain('cargo build --release --locked')
  })

  test.each([['0.7.9'], ['0.9.0']])('one that has axum %s is brought up to date', async version => {
    const { dockerfile, notes } = await createFrom(app('fn main() {}', { 'Cargo.lock': lock(version) }))
    expect(dockerfile).not.toContain('--locked')
    expect(dockerfile).toContain('target=.,rw')
    expect(notes).toContainEqual(expect.objectContaining({ code: 'LOCKFILE_STALE', source: 'Cargo.lock' }))
  })

  test('the output of a front end that is not there', async () => {
    const embeds = '#[derive(RustEmbed)]\n#[folder = "web/dist/"]\nstruct Assets;\nfn main() {}'
    expect(await codes(app(embeds))).toContain('EMBEDDED_FILE_MISSING')
    expect(await codes(app(embeds, { 'web/dist/index.html': '' }))).not.toContain('EMBEDDED_FILE_MISSING')
  })

  test('a variable of the build, and a platform of its own', async () => {
    expect(await codes(app('const C: &str = env!("COMMIT");\nfn main() {}'))).toContain('BUILD_VARIABLE')
    expect(await codes(app('fn main() {}', {}, 'shuttle-runtime = "0.50"'))).toContain('HOSTED_RUNTIME')
  })
})

test('the output folder is left out, a module of that name is not', async () => {
  const { ignore } = await createFrom(app('mod target;\nfn main() {}', { 'src/target/mod.rs': '' }))
  expect(ignore).toContain('\ntarget\n**/target/debug\n')
  expect(ignore).not.toContain('**/target\n')
})
