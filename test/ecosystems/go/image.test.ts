import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const mod = (more = '', go = '1.26') => `module example.com/app\n\ngo ${go}\n${more}`
const main = (imports: string, body = '', top = '') =>
  `package main\n\nimport (\n${imports
    .split(' ')
    .filter(Boolean)
    .map(path => `\t"${path}"`)
    .join('\n')}\n)\n${top}\nfunc main() {\n${body}\n}\n`
const SERVE = 'http.ListenAndServe(":8080", nil)'
const server = (body = '', imports = '', top = '') => main(`net/http ${imports}`, `${body}\n${SERVE}`, top)
const codes = (notes: readonly { code: string }[]) => notes.map(({ code }) => code)

describe('the version', () => {
  test.each([
    ['a supported line as it stands', mod(), '1.26', []],
    ['a patch release by its line', mod('', '1.26.3'), '1.26', []],
    ['a larger toolchain', mod('toolchain go1.27.1\n', '1.26'), '1.27', []],
    ['an older line gives way to the newest', mod('', '1.21'), '1.27', ['VERSION_END_OF_LIFE']],
    ['no line at all', 'module example.com/app\n', '1.27', ['VERSION_ASSUMED']],
    ['a line that is not known yet', mod('', '1.40'), '1.40', []],
  ])('%s', async (_, file, version, expected) => {
    const { dockerfile, notes } = await createFrom({ 'go.mod': file, 'main.go': server() })
    expect(dockerfile).toContain(`ARG GO_VERSION=${version}\n`)
    expect(codes(notes)).toEqual(expected)
  })

  test('go.work rules its modules', async () => {
    const { candidate } = await createFrom({
      'go.work': 'go 1.27\nuse .\n',
      'go.mod': mod(),
      'main.go': server(),
    })
    expect(candidate.facts.runtimeVersion?.value).toBe('1.27')
  })

  test('--runtime-version wins, and an older suite comes with an older line', async () => {
    const files = { 'go.mod': mod('', '1.24'), 'main.go': server() }
    const { dockerfile, notes } = await createFrom(files, { runtimeVersion: '1.22' })
    expect(dockerfile).toContain('ARG GO_VERSION=1.22\n')
    expect(dockerfile).toContain('golang:${GO_VERSION}-bookworm')
    expect(codes(notes)).toContain('VERSIONS_DISAGREE')
  })
})

describe('modules', () => {
  const REQUIRE = 'require github.com/google/uuid v1.6.0\n'

  test('nothing is downloaded where nothing is required', async () => {
    const { dockerfile } = await createFrom({ 'go.mod': mod(), 'main.go': server() })
    expect(dockerfile).not.toContain('go mod download')
    expect(dockerfile).not.toContain('go.sum')
  })

  test('a vendored module is neither downloaded nor cached', async () => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(REQUIRE),
      'go.sum': 'x',
      'main.go': server(),
      'vendor/modules.txt': '# x',
    })
    expect(dockerfile).not.toContain('go mod download')
    expect(dockerfile).not.toContain('/go/pkg/mod')
  })

  test.each([
    ['git ignores it', { '.gitignore': 'vendor/\n' }, '1.26'],
    ['Go 1.13 does not look there', {}, '1.13'],
  ])('a vendor folder is no vendored module when %s', async (_, more, go) => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(REQUIRE, go),
      'go.sum': 'x',
      'main.go': server(),
      'vendor/modules.txt': '# x',
      ...more,
    })
    expect(dockerfile).toContain('go mod download')
  })

  test('a missing go.sum is made, and said', async () => {
    const { dockerfile, notes } = await createFrom({ 'go.mod': mod(REQUIRE), 'main.go': server() })
    expect(dockerfile).toContain('--mount=type=bind,target=.,rw')
    expect(dockerfile).toContain('go mod tidy -e \\\n    && GOOS')
    expect(codes(notes)).toContain('NO_LOCKFILE')
  })

  test('a missing go.mod too', async () => {
    const { dockerfile, notes } = await createFrom({ 'main.go': server() })
    expect(dockerfile).toContain('go mod init app')
    expect(codes(notes)).toContain('NO_MANIFEST')
  })

  test('replaced folders are part of the source', async () => {
    const files = {
      'services/api/go.mod':
        'module x/api\n\ngo 1.26\n\nrequire (\n\tx/common v0.0.0\n\tgithub.com/google/uuid v1.6.0\n)\n\nreplace x/common => ../common\n',
      'services/api/go.sum': 'x',
      'services/api/main.go': server('', 'x/common'),
      'services/common/go.mod': 'module x/common\n\ngo 1.26\n',
      'services/common/common.go': 'package common\n',
    }
    const { dockerfile, plan } = await createFrom(files)
    expect(plan.dir).toBe('services/api')
    expect(dockerfile).toContain('WORKDIR /src/api\n')
    expect(dockerfile).toContain('--mount=type=bind,source=services/common/go.mod,target=/src/common/go.mod')
    expect(dockerfile).toContain('--mount=type=bind,source=services,target=/src ')
  })
})

describe('cgo', () => {
  const SQLITE = 'require github.com/mattn/go-sqlite3 v1.14.32\n'
  const files = (imports: string) => ({
    'go.mod': mod(SQLITE),
    'go.sum': 'x',
    'main.go': server('', imports),
  })

  test('an entry of go.mod alone is no reason', async () => {
    const { candidate, dockerfile } = await createFrom(files(''))
    expect(candidate.facts.cgo?.value).toBe(false)
    expect(dockerfile).toContain('ENV CGO_ENABLED=0')
  })

  test('SQLite is linked statically', async () => {
    const { candidate, dockerfile } = await createFrom(files('github.com/mattn/go-sqlite3'))
    expect(candidate.facts.cgo).toMatchObject({ value: true, source: { path: 'main.go' } })
    expect(dockerfile).toContain('-extldflags=-static')
    expect(dockerfile).not.toContain('BUILDPLATFORM')
    expect(dockerfile).toContain('gcr.io/distroless/static-debian13:nonroot AS runtime')
  })

  test.each([
    ['github.com/confluentinc/confluent-kafka-go/v2/kafka', 'gcr.io/distroless/base-nossl-debian13:nonroot'],
    ['github.com/marcboeker/go-duckdb/v2', 'gcr.io/distroless/cc-debian13:nonroot'],
    ['github.com/davidbyttow/govips/v2/vips', 'debian:trixie-slim'],
  ])('%s runs on %s', async (path, image) => {
    expect((await createFrom(files(path))).plan.images.runtime).toBe(image)
  })

  test('own C code brings the libraries that it names', async () => {
    const { dockerfile } = await createFrom({
      ...files('example.com/app/capture'),
      'capture/c.go':
        'package capture\n\n// #cgo LDFLAGS: -lpcap -lm\n// #cgo windows LDFLAGS: -lwpcap\n// #include <pcap.h>\nimport "C"\n',
    })
    expect(dockerfile).toContain('apt-get install -y --no-install-recommends libpcap-dev\n')
    expect(dockerfile).toContain('apt-get install -y --no-install-recommends ca-certificates libpcap0.8t64\n')
  })

  test('a package that is not linked is no reason', async () => {
    const { candidate } = await createFrom({
      ...files(''),
      'capture/c.go': 'package capture\n\nimport "C"\n',
    })
    expect(candidate.facts.cgo?.value).toBe(false)
  })
})

describe('the runtime image', () => {
  const files = { 'go.mod': mod(), 'main.go': server('', 'os/exec', 'var _ = exec.Command("git", "log")\n') }

  test('a program that runs others gets them', async () => {
    const { dockerfile, notes } = await createFrom(files)
    expect(dockerfile).toContain('FROM debian:trixie-slim AS runtime')
    expect(dockerfile).toContain('ca-certificates git\n')
    expect(codes(notes)).toContain('RUNTIME_SLIM')
  })

  test('unless distroless is asked for', async () => {
    expect((await createFrom(files, { runtime: 'distroless' })).plan.images.runtime).toContain(
      'distroless/static',
    )
  })

  test('Alpine asks the health route by wget', async () => {
    const { dockerfile } = await createFrom(
      { 'go.mod': mod(), 'main.go': server('http.HandleFunc("GET /healthz", ok)') },
      { runtime: 'alpine' },
    )
    expect(dockerfile).toContain('FROM alpine:')
    expect(dockerfile).toContain('http://127.0.0.1:8080/healthz')
  })

  test('Alpine is refused for what needs glibc', async () => {
    const kafka = {
      'go.mod': mod(),
      'main.go': server('', 'github.com/confluentinc/confluent-kafka-go/kafka'),
    }
    await expect(createFrom(kafka, { runtime: 'alpine' })).rejects.toMatchObject({
      code: 'RUNTIME_IMPOSSIBLE',
    })
  })
})

describe('beside the program', () => {
  test.each([
    ['templates', 'template.ParseGlob("templates/*.html")', 'templates/a.html', 'COPY templates ./templates'],
    ['a folder in one word', 'http.FileServer(http.Dir("static"))', 'static/a.css', 'COPY static ./static'],
    [
      'migrations',
      'migrate.New("file://db/migrations", url)',
      'db/migrations/1.sql',
      'COPY db/migrations ./db/migrations',
    ],
    ['a joined path', 'os.ReadFile(filepath.Join("conf", "app.toml"))', 'conf/app.toml', 'COPY conf ./conf'],
    ['a file at the root', 'os.ReadFile("config.yaml")', 'config.yaml', 'COPY config.yaml ./'],
  ])('%s', async (_, body, file, line) => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(),
      'main.go': server(body, 'path/filepath os html/template'),
      [file]: 'x',
    })
    expect(dockerfile).toContain(`${line}\n`)
  })

  test.each([
    ['a word that only looks like a folder', 'log.Print("static")', 'static/a.css'],
    ['a secret', 'os.ReadFile(".env")', '.env'],
    ['a key', 'tls.LoadX509KeyPair("certs/a.pem", "certs/a.key")', 'certs/a.key'],
    ['a path out of the project', 'os.ReadFile("../../etc/passwd")', 'etc/passwd'],
    ['Go source', 'os.ReadFile("main.go")', 'x.txt'],
  ])('not %s', async (_, body, file) => {
    const { dockerfile } = await createFrom({ 'go.mod': mod(), 'main.go': server(body, 'os'), [file]: 'x' })
    expect(dockerfile).not.toMatch(/^COPY (?!--from)/m)
  })

  test('data beside Go files comes without them', async () => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(),
      'main.go': server('viper.AddConfigPath("config")', 'example.com/app/config'),
      'config/config.go': 'package config\n',
      'config/config.yml': 'a: 1\n',
    })
    expect(dockerfile).toContain('COPY config/config.yml ./config/\n')
  })

  test('what is embedded is compiled in', async () => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(),
      'main.go': server(
        'template.ParseFS(files, "views/a.html")',
        'embed html/template',
        '//go:embed views\nvar files embed.FS\n',
      ),
      'views/a.html': 'x',
    })
    expect(dockerfile).not.toContain('COPY views')
  })

  test('an embedded file that rules against secrets would take is kept', async () => {
    const { ignore } = await createFrom({
      'go.mod': mod(),
      'main.go': server('', 'embed', '//go:embed ca.pem\nvar ca []byte\n'),
      'ca.pem': 'x',
    })
    expect(ignore).toContain('\n!ca.pem\n')
  })

  test('embed behind a build tag that is not set does not count', async () => {
    const { dockerfile, notes } = await createFrom({
      'go.mod': mod(),
      'main.go': server('http.Dir("static")'),
      'bundle.go':
        '//go:build bundle\n\npackage main\n\nimport "embed"\n\n//go:embed static gone\nvar files embed.FS\n',
      'static/a.css': 'x',
    })
    expect(dockerfile).toContain('COPY static ./static')
    expect(codes(notes)).toEqual([])
  })
})

describe('.gitignore', () => {
  test('a pattern for the built program does not take its source from the build', async () => {
    const { ignore, candidate } = await createFrom({
      'go.mod': mod(),
      '.gitignore': '# built\nserver\n*db\n/cmd/tool\n!keep\n',
      'cmd/server/main.go': server('', 'example.com/app/pkg/db example.com/app/pkg/ui'),
      'pkg/db/db.go': 'package db\n',
      'pkg/ui/ui.go': 'package ui\n',
    })
    expect(candidate.facts.mainPackages?.value).toEqual(['cmd/server'])
    expect(ignore).toContain('\n!cmd/server\n!pkg/db\n')
    expect(ignore).not.toContain('!pkg/ui')
  })
})

describe('what the program writes', () => {
  const files = (body: string, more = '') => ({
    'go.mod': mod(),
    'main.go': server(body, `modernc.org/sqlite os flag database/sql ${more}`),
  })

  test('a database by its variable', async () => {
    const { dockerfile } = await createFrom(files('sql.Open("sqlite", getEnv("DB_PATH", "app.db"))'))
    expect(dockerfile).toContain('ENV DB_PATH=/data/app.db\n')
    expect(dockerfile).toContain('COPY --from=build --chown=65532:65532 /out/state /data\n')
    expect(dockerfile).toContain('VOLUME /data\n')
  })

  test('by its option', async () => {
    const { dockerfile } = await createFrom(
      files('p := flag.String("db", "./app.db", "")\nsql.Open("sqlite", *p)'),
    )
    expect(dockerfile).toContain('CMD ["-db", "/data/app.db"]')
  })

  test('in its own folder', async () => {
    const { dockerfile } = await createFrom(files('sql.Open("sqlite", "file:./data/app.db?cache=shared")'))
    expect(dockerfile).toContain('VOLUME /app/data\n')
  })

  test('in its working directory', async () => {
    const { dockerfile } = await createFrom(files('sql.Open("sqlite", "app.db")'))
    expect(dockerfile).toContain('WORKDIR /data\n')
    expect(dockerfile).toContain('COPY --from=build /out/app /app/\n')
    expect(dockerfile).toContain('ENTRYPOINT ["/app/app"]')
  })

  test('a folder that it makes', async () => {
    const { dockerfile } = await createFrom({
      'go.mod': mod(),
      'main.go': server('os.MkdirAll("./uploads", 0o755)', 'os'),
    })
    expect(dockerfile).toContain('VOLUME /app/uploads\n')
  })
})

describe('how it is started', () => {
  const cobra = (root: string) =>
    main(
      'github.com/spf13/cobra',
      'root := &cobra.Command{Use: "app", ' +
        root +
        '}\nroot.AddCommand(&cobra.Command{Use: "serve [flags]", RunE: serve}, &cobra.Command{Use: "migrate", Run: x})\nroot.Execute()',
    )

  test.each([
    ['cobra', cobra(''), 'app serve'],
    [
      'cobra with an action that only helps',
      cobra('Run: func(cmd *cobra.Command, args []string) { cmd.Help() }'),
      'app serve',
    ],
    ['cobra with an action of its own', cobra('RunE: run'), 'app'],
    [
      'urfave/cli',
      main(
        'github.com/urfave/cli/v2',
        'app := &cli.App{Commands: []*cli.Command{{Name: "up"}, {Name: "start", Action: start}}}\napp.Run(os.Args)',
      ),
      'app start',
    ],
    [
      'by hand',
      main('os', 'switch os.Args[1] {\ncase "worker":\n\twork()\ncase "server":\n\tserve()\n}'),
      'app server',
    ],
    [
      'a switch on something else',
      main('os', 'switch os.Getenv("MODE") {\ncase "server":\n\tserve()\n}'),
      'app',
    ],
  ])('%s', async (_, text, start) => {
    const [only] = await detectIn({ 'go.mod': mod(), 'main.go': text })
    expect(only?.facts.start?.value).toBe(start)
  })

  test('the program, its arguments apart', async () => {
    const { dockerfile } = await createFrom({ 'go.mod': mod(), 'main.go': cobra('') })
    expect(dockerfile).toContain('ENTRYPOINT ["/app/app"]\nCMD ["serve"]')
  })

  test('--start', async () => {
    const { dockerfile } = await createFrom(
      { 'go.mod': mod(), 'main.go': server() },
      { start: './app --config "a b.yml"' },
    )
    expect(dockerfile).toContain('CMD ["--config", "a b.yml"]')
  })

  test('--build', async () => {
    const { dockerfile } = await createFrom(
      { 'go.mod': mod(), 'main.go': server() },
      { build: 'go build -tags x .' },
    )
    expect(dockerfile).toContain('go build -o /out/app -tags x .')
  })

  test("the program's own health check", async () => {
    const flag = { 'go.mod': mod(), 'main.go': server('h := flag.Bool("healthcheck", false, "")', 'flag') }
    expect((await createFrom(flag)).dockerfile).toContain('CMD ["/app/app", "-healthcheck"]')
  })

  test('a version that the linker can set', async () => {
    const set = async (top: string) =>
      (await createFrom({ 'go.mod': mod(), 'main.go': server('', '', top) })).dockerfile
    expect(await set('var version = "dev"\n')).toContain('-X main.version=${VERSION}')
    expect(await set('const version = "dev"\n')).not.toContain('VERSION}"')
    expect(await set('var version = read()\n')).not.toContain('-X')
  })
})

describe('made before the build', () => {
  const web = (script: string) => ({ scripts: { build: script }, packageManager: 'pnpm@9.1.0' })
  const files = {
    'go.mod': mod(),
    'main.go': server('', 'example.com/app/ui'),
    'ui/ui.go': 'package ui\n\nimport "embed"\n\n//go:embed all:dist\nvar Files embed.FS\n',
  }

  test('a front end above the embedded folder', async () => {
    const { dockerfile, notes, ignore } = await createFrom({
      ...files,
      'ui/package.json': web('vite build'),
      'ui/pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    })
    expect(dockerfile).toContain('RUN npm install --global pnpm@9.1.0\n')
    expect(dockerfile).toContain('pnpm install --frozen-lockfile\n')
    expect(dockerfile).toContain('--mount=type=bind,from=assets,source=/assets/ui/dist,target=/src/ui/dist')
    expect(dockerfile).toContain('--mount=type=bind,target=.,rw')
    expect(ignore).toContain('\nui/dist\n')
    expect(codes(notes)).toEqual([])
  })

  test('browsers of its tests are not downloaded', async () => {
    const { dockerfile } = await createFrom({
      ...files,
      'ui/package.json': {
        ...web('vite build'),
        devDependencies: { cypress: '^15.0.0', playwright: '^1.60.0', '@playwright/test': '^1.60.0' },
      },
    })
    expect(dockerfile).toContain('ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1\nENV CYPRESS_INSTALL_BINARY=0\nRUN ')
  })

  test('one elsewhere that names the folder', async () => {
    const { dockerfile } = await createFrom({
      ...files,
      'web/package.json': web('vite build --outDir=../ui/dist'),
    })
    expect(dockerfile).toContain('WORKDIR /assets/web\n')
    expect(dockerfile).toContain('source=/assets/ui/dist')
  })

  test('templ, in the version of go.mod', async () => {
    const { dockerfile } = await createFrom({
      ...files,
      'go.mod': mod('require github.com/a-h/templ v0.3.943\n'),
      'go.sum': 'x',
      'ui/dist/index.html': 'x',
      'ui/page.templ': 'package ui\n',
    })
    expect(dockerfile).toContain('go run github.com/a-h/templ/cmd/templ@v0.3.943 generate \\\n    && GOOS')
  })

  test('what nobody makes is said', async () => {
    const { notes } = await createFrom({
      ...files,
      'main.go': server('', 'example.com/app/ui example.com/app/gone'),
    })
    expect(codes(notes)).toEqual(['GENERATED_MISSING', 'GENERATED_MISSING'])
  })
})
