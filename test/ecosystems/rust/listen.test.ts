import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const app = (main: string, files: Record<string, string> = {}, dependencies = 'axum = "0.8"') => ({
  'Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\n${dependencies}\n`,
  'Cargo.lock': '',
  'src/main.rs': main,
  ...files,
})
const inMain = (body: string): string => `async fn main() { ${body} }`

describe('the port', () => {
  const table: [what: string, main: string, port: number | undefined][] = [
    ['a socket address', inMain('TcpListener::bind("0.0.0.0:3001").await;'), 3001],
    ['a pair', inMain('server.bind(("0.0.0.0", 8_081))?;'), 8081],
    ['an array', inMain('let a = SocketAddr::from(([0, 0, 0, 0], 3030)); serve(a);'), 3030],
    ['names of addresses', inMain('let a = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 3031);'), 3031],
    [
      'a variable',
      inMain('let p = env::var("PORT").unwrap_or_else(|_| "4000".into()); bind(format!("0.0.0.0:{p}"));'),
      4000,
    ],
    ['a constant', 'const DEFAULT_PORT: u16 = 5050;\nfn main() {}', 5050],
    [
      "clap's derive",
      'struct Args { #[arg(short, long, default_value_t = 6060)] port: u16 }\nfn main() {}',
      6060,
    ],
    ["clap's builder", 'fn main() { Arg::new("port").long("port").default_value("7070"); }', 7070],
    [
      'a default of serde',
      '#[derive(Deserialize)] struct C { port: u16 }\nfn default_port() -> u16 { 8088 }\nfn main() {}',
      8088,
    ],
    [
      'impl Default',
      'impl Default for C { fn default() -> Self { Self { port: 9191 } } }\nfn main() {}',
      9191,
    ],
    [
      'lazy_static',
      'lazy_static! { static ref P: String = env::var("PORT").unwrap_or("4040".into()); }\nfn main() {}',
      4040,
    ],
    [
      "a function of the project's own that reads variables",
      inMain('let p = read_config("APP_PORT", "port").unwrap_or(String::from("4567"));'),
      4567,
    ],
    [
      'HTTP before another protocol',
      'struct A { #[arg(long, default_value_t = 6360)] port: u16, #[arg(long, default_value_t = 8383)] http_port: u16 }\nfn main() {}',
      8383,
    ],
    [
      'a range is no port',
      'struct A { #[arg(long, default_value_t = 1024)] min_port: u16 }\nconst CONTROL_PORT: u16 = 7835;\nfn main() {}',
      7835,
    ],
    ['a database is not served', inMain('let p = env::var("DB_PORT").unwrap_or("5432".into());'), undefined],
    ['a comment says nothing', '// TcpListener::bind("0.0.0.0:1234")\nfn main() {}', undefined],
    [
      'a test says nothing',
      'fn main() {}\n#[cfg(test)] mod tests { fn t() { TcpListener::bind("0.0.0.0:1234"); } }',
      undefined,
    ],
  ]
  test.each(table)('%s', async (_, main, port) => {
    const { candidate } = await createFrom(app(main))
    expect(candidate.facts.port?.value).toBe(port)
  })

  test('is told where the value stands', async () => {
    const { candidate } = await createFrom(app('fn main() {\n  bind("0.0.0.0:3001");\n}'))
    expect(candidate.facts.port?.source).toEqual({ from: 'file', path: 'src/main.rs', line: 2 })
  })

  test('unknown: no EXPOSE, no health check, a note', async () => {
    const { dockerfile, notes } = await createFrom(app('fn main() {}'))
    expect(dockerfile).not.toMatch(/EXPOSE|HEALTHCHECK/)
    expect(notes.map(({ code }) => code)).toContain('PORT_UNKNOWN')
  })

  test("Rocket's, and what makes it reachable", async () => {
    const files = { 'Rocket.toml': '[default]\nport = 8001\n' }
    const { dockerfile } = await createFrom(
      app('#[launch] fn rocket() -> _ { rocket::build() }', files, 'rocket = "0.5"'),
    )
    expect(dockerfile).toContain('ENV ROCKET_ADDRESS=0.0.0.0')
    expect(dockerfile).toContain('COPY Rocket.toml ./Rocket.toml')
    expect(dockerfile).toContain('EXPOSE 8001')
    expect(dockerfile).toContain('ENTRYPOINT ["/usr/local/bin/app"]')
  })

  test('--port reaches the program by the variable that it reads', async () => {
    const main = inMain('let p = env::var("PORT").unwrap_or("4000".into());')
    const { dockerfile } = await createFrom(app(main), { port: 4444 })
    expect(dockerfile).toContain('ENV PORT=4444')
    expect(dockerfile).toContain('CMD ["/healthcheck", "4444", "/"]')
  })
})

describe('the address', () => {
  test('a variable whose default is the loopback address is set', async () => {
    const main = inMain(
      'let h = env::var("HOST").unwrap_or("127.0.0.1".into()); let p = env::var("PORT").unwrap_or("80".into());',
    )
    expect((await createFrom(app(main))).dockerfile).toContain('ENV HOST=0.0.0.0\n')
  })

  test("a command's address is the one that it calls", async () => {
    const main = 'struct Args { #[arg(long, default_value = "127.0.0.1:80")] address: String }\nfn main() {}'
    const { dockerfile, notes } = await createFrom(app(main, {}, 'clap = "4"'))
    expect(dockerfile).not.toContain('0.0.0.0')
    expect(notes.map(({ code }) => code)).not.toContain('LISTENS_ON_LOCALHOST')
  })

  test('a flag is given', async () => {
    const main =
      'struct Args { #[clap(long, default_value = "::1")] listen: IpAddr, #[clap(long, default_value_t = 8051)] port: u16 }\nfn main() {}'
    const { dockerfile, candidate } = await createFrom(app(main))
    expect(dockerfile).toContain('CMD ["--listen", "::"]')
    expect(candidate.facts.start?.value).toBe('app --listen ::')
  })

  test('an address that has a position is given there', async () => {
    const main =
      'struct Args { #[argh(positional, default = "SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 1)), 8820)")] bind_addr: SocketAddr }\nfn main() {}'
    const { dockerfile } = await createFrom(app(main))
    expect(dockerfile).toContain('EXPOSE 8820')
    expect(dockerfile).toContain('CMD ["0.0.0.0:8820"]')
  })

  test('a flag comes before a settings file', async () => {
    const main = 'fn main() { Arg::new("host").long("host"); File::open("app.json"); }'
    const { dockerfile, notes } = await createFrom(
      app(main, { 'app.json': '{ "server": { "host": "127.0.0.1:1337" } }' }),
    )
    expect(dockerfile).toContain('CMD ["--host", "0.0.0.0:1337"]')
    expect(notes.map(({ code }) => code)).not.toContain('LISTENS_ON_LOCALHOST')
  })

  test('where HTTP leads to HTTPS is no address that it listens on', async () => {
    const main =
      'struct A { #[arg(long, env = "HOST", default_value = "::")] host: String, #[arg(long, env = "REDIRECT_HOST", default_value = "localhost")] redirect_host: String }\nfn main() {}'
    expect((await createFrom(app(main))).dockerfile).not.toContain('0.0.0.0')
  })

  test('a key of a settings file is overridden by the variable that the program reads', async () => {
    const main =
      'fn main() { Config::builder().add_source(File::with_name("config/default")).add_source(Environment::with_prefix("APP").separator("__")); }'
    const { dockerfile } = await createFrom(
      app(main, {
        'config/default.toml':
          '[server]\nhost = "127.0.0.1"\nport = 8123\n[database]\nhost = "localhost"\nport = 5432\n',
      }),
    )
    expect(dockerfile).toContain('ENV APP__SERVER__HOST=0.0.0.0\n')
    expect(dockerfile).toContain('EXPOSE 8123')
    expect(dockerfile).toContain('COPY config/default.toml ./config/default.toml')
  })

  test('what nothing can change is a note', async () => {
    const { notes } = await createFrom(app(inMain('TcpListener::bind("127.0.0.1:3000").await;')))
    expect(notes).toContainEqual(
      expect.objectContaining({ code: 'LISTENS_ON_LOCALHOST', source: 'src/main.rs:1' }),
    )
  })

  test("another server's address is no address of the program", async () => {
    const main = inMain(
      'let d = env::var("REDIS_HOST").unwrap_or("localhost".into()); TcpListener::bind("0.0.0.0:3000").await;',
    )
    const { dockerfile, notes } = await createFrom(app(main))
    expect(dockerfile).not.toContain('REDIS_HOST')
    expect(notes.map(({ code }) => code)).not.toContain('LISTENS_ON_LOCALHOST')
  })
})

describe('SIGTERM', () => {
  const table: [what: string, main: string, dependencies: string, expected: string[]][] = [
    ['no handler: an init', 'fn main() {}', '', ['ENTRYPOINT ["/tini", "--", "/usr/local/bin/app"]']],
    [
      'a handler',
      inMain('signal(SignalKind::terminate()).recv().await;'),
      'tokio = "1"',
      ['ENTRYPOINT ["/usr/local/bin/app"]'],
    ],
    [
      'inside select!',
      inMain('tokio::select! { _ = term.recv() => {}, _ = signal(SignalKind::terminate()) => {} }'),
      'tokio = "1"',
      ['ENTRYPOINT ["/usr/local/bin/app"]'],
    ],
    [
      'Ctrl-C alone',
      inMain('tokio::signal::ctrl_c().await;'),
      'tokio = "1"',
      ['STOPSIGNAL SIGINT', 'ENTRYPOINT ["/usr/local/bin/app"]'],
    ],
    [
      'signal-hook',
      inMain('Signals::new(&[SIGTERM, SIGINT]);'),
      'signal-hook = "0.3"',
      ['ENTRYPOINT ["/usr/local/bin/app"]'],
    ],
    [
      'a signal to a child is no handler',
      inMain('kill(child, SIGTERM);'),
      '',
      ['ENTRYPOINT ["/tini", "--", "/usr/local/bin/app"]'],
    ],
    [
      'actix-web stops by itself',
      inMain('HttpServer::new(app).run().await;'),
      'actix-web = "4"',
      ['ENTRYPOINT ["/usr/local/bin/app"]'],
    ],
    [
      'unless it is told not to',
      inMain('HttpServer::new(app).disable_signals().run().await;'),
      'actix-web = "4"',
      ['ENTRYPOINT ["/tini", "--", "/usr/local/bin/app"]'],
    ],
    [
      'Rocket 0.4 does not',
      'fn main() {}',
      'rocket = "0.4"',
      ['ENTRYPOINT ["/tini", "--", "/usr/local/bin/app"]'],
    ],
  ]
  test.each(table)('%s', async (_, main, dependencies, expected) => {
    const { dockerfile } = await createFrom(app(main, {}, dependencies))
    const lines = dockerfile.split('\n').filter(line => /^(STOPSIGNAL|ENTRYPOINT)/.test(line))
    expect(lines).toEqual(expected)
    expect(dockerfile.includes('AS init')).toBe(expected.some(line => line.includes('/tini')))
  })
})
