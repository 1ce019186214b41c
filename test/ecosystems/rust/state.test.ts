import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const app = (main: string, files: Record<string, string> = {}, more = '') => ({
  'Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\naxum = "0.8"\n${more}`,
  'Cargo.lock': '',
  'src/main.rs': `${main}\nfn serve() { TcpListener::bind("0.0.0.0:3000"); }`,
  ...files,
})
/** The lines that make a place for what is written. */
const places = (dockerfile: string): string[] =>
  dockerfile
    .slice(dockerfile.indexOf('AS runtime'))
    .split('\n')
    .filter(line => /^(WORKDIR|VOLUME|ENV|CMD)|\/out\/state/.test(line))

const STATE = 'COPY --from=build --chown=65532:65532 /out/state'

describe('what the program writes', () => {
  const table: [what: string, main: string, lines: string[]][] = [
    ['nothing', 'fn main() {}', ['WORKDIR /app']],
    [
      'a folder that it makes',
      'fn main() { fs::create_dir_all("./uploads/images").unwrap(); }',
      [`${STATE} /app/uploads/images`, 'WORKDIR /app', 'VOLUME /app/uploads/images'],
    ],
    [
      'a folder that a variable names',
      'fn main() { let d = env::var("DATA_DIR").unwrap_or("data".into()); fs::create_dir_all(&d); }',
      [`${STATE} /data`, 'WORKDIR /app', 'ENV DATA_DIR=/data', 'VOLUME /data'],
    ],
    [
      'a folder that a variable names, and that is only read',
      'fn main() { let d = env::var("DATA_DIR").unwrap_or("data".into()); read(&d); }',
      ['WORKDIR /app'],
    ],
    [
      'a folder that a flag names',
      'struct A { #[arg(long, default_value = "data")] data_dir: PathBuf }\nfn main() { create_dir_all(a.data_dir); }',
      [`${STATE} /data`, 'WORKDIR /app', 'VOLUME /data', 'CMD ["--data-dir", "/data"]'],
    ],
    [
      'a database that a variable names',
      'fn main() { let u = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite:todos.db".into()); }',
      [`${STATE} /data`, 'WORKDIR /app', 'ENV DATABASE_URL=sqlite:///data/todos.db?mode=rwc', 'VOLUME /data'],
    ],
    [
      'a database in its working directory',
      'fn main() { SqlitePool::connect("sqlite://todos.db?mode=rwc"); }',
      [`${STATE} /data`, 'WORKDIR /data', 'VOLUME /data'],
    ],
    [
      'a database in a folder',
      'fn main() { Connection::open("./state/app.db"); }',
      [`${STATE} /app/state`, 'WORKDIR /app', 'VOLUME /app/state'],
    ],
    [
      'an absolute path',
      'const DATABASE: &str = "/data/urls.sqlite";\nfn main() { Connection::open("/data/urls.sqlite"); }',
      [`${STATE} /data`, 'WORKDIR /app', 'VOLUME /data'],
    ],
    ['a database in memory', 'fn main() { SqlitePool::connect("sqlite::memory:"); }', ['WORKDIR /app']],
    ['a place for what lives no longer', 'fn main() { File::create("/tmp/a.log"); }', ['WORKDIR /app']],
    [
      'a name of a variable is no path',
      'const DATABASE_PATH: &str = "APP_DATABASE_PATH";\nfn main() { create_dir_all(x); }',
      ['WORKDIR /app'],
    ],
    [
      "a server's name is no path",
      'const DB_URL: &str = "db";\nfn main() { create_dir_all(x); }',
      ['WORKDIR /app'],
    ],
    ['a number is no path', 'fn main() { Connection::open(0); }', ['WORKDIR /app']],
    ['what is written is no place', 'fn main() { fs::write(path, "1"); }', ['WORKDIR /app']],
    ['another database', 'const DATABASE_URL: &str = "postgres://db/app";\nfn main() {}', ['WORKDIR /app']],
  ]
  test.each(table)('%s', async (_, main, lines) => {
    expect(places((await createFrom(app(main))).dockerfile)).toEqual(lines)
  })

  test('two places, by variables', async () => {
    const main =
      'fn main() { let d = env::var("UPLOAD_DIR").unwrap_or("uploads".into()); create_dir_all(d); let u = env::var("DATABASE_URL").unwrap_or("sqlite:a.db".into()); }'
    const { dockerfile } = await createFrom(app(main))
    expect(dockerfile).toContain('mkdir -p /out/state /out/state/uploads\n')
    expect(places(dockerfile)).toContain(
      'ENV DATABASE_URL=sqlite:///data/a.db?mode=rwc UPLOAD_DIR=/data/uploads',
    )
  })

  test("the example of the environment tells the database's place", async () => {
    const main = 'fn main() { env::var("DATABASE_URL").expect("a database"); }'
    const { dockerfile, notes } = await createFrom(
      app(main, { '.env.example': 'DATABASE_URL=sqlite://data.db' }),
    )
    expect(places(dockerfile)).toContain('ENV DATABASE_URL=sqlite:///data/data.db?mode=rwc')
    expect(notes.find(({ code }) => code === 'WRITES_DATA')?.source).toBe('.env.example:1')
  })

  const drivers: [what: string, dependency: string, env: string | undefined][] = [
    ['SQLite by sqlx', 'sqlx = { version = "0.8", features = ["sqlite"] }', 'sqlite:///data/app.db?mode=rwc'],
    ['SQLite by diesel', 'diesel = { version = "2", features = ["sqlite"] }', '/data/app.db'],
    ['either', 'sqlx = { version = "0.8", features = ["sqlite", "postgres"] }', undefined],
    ['PostgreSQL', 'sqlx = { version = "0.8", features = ["postgres"] }', undefined],
  ]
  test.each(drivers)('a database whose place nothing tells: %s', async (_, dependency, env) => {
    const main = 'fn main() { env::var("DATABASE_URL").expect("a database"); }'
    const { dockerfile } = await createFrom(app(main, {}, `${dependency}\n`))
    expect(/^ENV DATABASE_URL=(.*)$/m.exec(dockerfile)?.[1]).toBe(env)
  })

  test('a name that only a file database has', async () => {
    const main = 'fn main() { let (old, new) = ("/urls.sqlite", "/data/urls.sqlite"); }'
    expect(places((await createFrom(app(main, {}, 'rusqlite = "0.37"\n'))).dockerfile)).toContain(
      'VOLUME /data',
    )
    expect(places((await createFrom(app(main))).dockerfile)).toEqual(['WORKDIR /app'])
  })

  test('a database that the program does without', async () => {
    const main = 'fn main() { if let Ok(url) = env::var("DATABASE_URL") { open(url) } }'
    const { dockerfile } = await createFrom(
      app(main, {}, 'sqlx = { version = "0.8", features = ["sqlite"] }\n'),
    )
    expect(places(dockerfile)).toEqual(['WORKDIR /app'])
  })

  test('a key of a settings file, by the variable that overrides it', async () => {
    const main =
      'fn main() { Config::builder().add_source(File::with_name("config")).add_source(Environment::default().separator("__")); create_dir_all(c.upload_path); }'
    const files = { 'config.toml': '[server]\nupload_path = "./upload"\n' }
    expect(places((await createFrom(app(main, files))).dockerfile)).toContain('ENV SERVER__UPLOAD_PATH=/data')
  })

  test('what is shipped keeps its place', async () => {
    const main =
      'fn main() { ServeDir::new("static"); Connection::open("app.db"); create_dir("static/cache"); }'
    const { dockerfile } = await createFrom(app(main, { 'static/a.css': 'a {}' }))
    expect(places(dockerfile)).toEqual([`${STATE} /app`, 'WORKDIR /app'])
  })
})
