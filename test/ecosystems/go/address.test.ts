import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const GO_MOD = 'module example.com/app\n\ngo 1.26\n'

/** A program with these statements in main, and more files beside it. */
const from = (imports: string, body: string, files: Record<string, string> = {}) =>
  createFrom({
    'go.mod': GO_MOD,
    'main.go': `package main\n\nimport (\n${imports
      .split(' ')
      .map(path => `\t"${path}"`)
      .join('\n')}\n)\n\nfunc main() {\n${body}\n}\n`,
    ...files,
  })

describe('the port', () => {
  test.each([
    ['a literal', 'net/http', 'http.ListenAndServe(":3000", nil)', 3000],
    ['with a host', 'net/http', 'log.Fatal(http.ListenAndServe("0.0.0.0:3001", nil))', 3001],
    ['a server literal', 'net/http', 's := &http.Server{Addr: ":3002"}\ns.ListenAndServe()', 3002],
    ['a field set later', 'net/http', 's := http.Server{}\ns.Addr = ":3003"\ns.ListenAndServe()', 3003],
    [
      'an option',
      'net/http flag',
      'addr := flag.String("addr", ":3004", "")\nhttp.ListenAndServe(*addr, nil)',
      3004,
    ],
    [
      'an option of a number',
      'net/http flag fmt',
      'port := flag.Int("p", 3005, "")\nhttp.ListenAndServe(fmt.Sprintf(":%d", *port), nil)',
      3005,
    ],
    [
      'a variable with a fallback',
      'net/http os',
      'port := os.Getenv("PORT")\nif port == "" {\n\tport = "3006"\n}\nhttp.ListenAndServe(":"+port, nil)',
      3006,
    ],
    ['a helper with a fallback', 'net/http', 'http.ListenAndServe(":"+getEnv("PORT", "3007"), nil)', 3007],
    ['cmp.Or', 'net/http os cmp', 'http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "3008"), nil)', 3008],
    ['a socket', 'net', 'l, _ := net.Listen("tcp", "localhost:3009")\n_ = l', 3009],
    ['host and port', 'net/http net', 'http.ListenAndServe(net.JoinHostPort("", "3010"), nil)', 3010],
    ['gin', 'github.com/gin-gonic/gin', 'r := gin.Default()\nr.Run(":3011")', 3011],
    ['gin by default', 'github.com/gin-gonic/gin', 'r := gin.Default()\nr.Run()', 8080],
    ['echo', 'github.com/labstack/echo/v4', 'e := echo.New()\ne.Logger.Fatal(e.Start(":3012"))', 3012],
    ['fiber', 'github.com/gofiber/fiber/v2', 'app := fiber.New()\nlog.Fatal(app.Listen(":3013"))', 3013],
    [
      'viper with a default',
      'net/http github.com/spf13/viper',
      'viper.SetDefault("port", 3014)\nhttp.ListenAndServe(fmt.Sprintf(":%d", viper.GetInt("port")), nil)',
      3014,
    ],
    [
      'not the one for metrics',
      'net/http',
      'go http.ListenAndServe(getEnv("METRICS_ADDR", ":9100"), nil)\nhttp.ListenAndServe(getEnv("ADDR", ":3015"), nil)',
      3015,
    ],
  ])('%s', async (_, imports, body, port) => {
    const { candidate, dockerfile } = await from(imports, body)
    expect(candidate.facts.kind.value).toBe('web')
    expect(candidate.facts.port?.value).toBe(port)
    expect(dockerfile).toContain(`EXPOSE ${port}\n`)
  })

  test('through packages: a struct tag, a field, a parameter', async () => {
    const { candidate } = await from(
      'example.com/app/config example.com/app/server',
      'server.Run(config.Load().HTTP.Port)',
      {
        'config/config.go':
          'package config\n\ntype HTTP struct {\n\tPort string `env:"HTTP_PORT" env-default:"3016"`\n}\n\ntype Config struct{ HTTP HTTP }\n\nfunc Load() Config { return Config{} }\n',
        'server/server.go':
          'package server\n\nimport "net/http"\n\nfunc Run(port string) {\n\thttp.ListenAndServe(":"+port, nil)\n}\n',
      },
    )
    expect(candidate.facts.port?.value).toBe(3016)
    expect(candidate.facts.port?.source).toMatchObject({ from: 'file', path: 'server/server.go' })
  })

  test('a configuration file, where the source has no default', async () => {
    const { candidate, dockerfile } = await from(
      'net/http github.com/spf13/viper',
      'viper.SetConfigName("app")\nviper.AddConfigPath("./conf")\nhttp.ListenAndServe(":"+viper.GetString("server.port"), nil)',
      { 'conf/app.yaml': 'database:\n  port: 5432\nserver:\n  port: 3017\n' },
    )
    expect(candidate.facts.port?.value).toBe(3017)
    expect(dockerfile).toContain('COPY conf ./conf\n')
  })

  test('a variable without a default is set, and a sample says to what', async () => {
    const { dockerfile } = await from('net/http os', 'http.ListenAndServe(":"+os.Getenv("PORT"), nil)', {
      '.env.example': '# local\nDB_PORT=5432\nPORT=3018\n',
    })
    expect(dockerfile).toContain('ENV PORT=3018\n')
    expect(dockerfile).toContain('EXPOSE 3018\n')
  })

  test('nothing says it: assumed, and said', async () => {
    const { notes, dockerfile } = await from(
      'net/http example.com/elsewhere github.com/go-chi/chi/v5',
      'http.ListenAndServe(elsewhere.Address(), nil)',
    )
    expect(notes.map(({ code }) => code)).toContain('PORT_ASSUMED')
    expect(dockerfile).toContain('EXPOSE 8080\n')
  })

  test('--port wins', async () => {
    const files = {
      'go.mod': GO_MOD,
      'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":1", nil) }\n',
    }
    expect((await createFrom(files, { port: 4000 })).dockerfile).toContain('EXPOSE 4000\n')
  })
})

describe('a default that only the container reaches', () => {
  test('an option is given', async () => {
    const { dockerfile } = await from(
      'net/http flag',
      'addr := flag.String("listen", "127.0.0.1:3000", "")\nhttp.ListenAndServe(*addr, nil)',
    )
    expect(dockerfile).toContain('CMD ["-listen", "0.0.0.0:3000"]')
  })

  test('a variable is set', async () => {
    const { dockerfile } = await from(
      'net/http',
      'http.ListenAndServe(getEnv("HOST", "localhost")+":"+getEnv("PORT", "3000"), nil)',
    )
    expect(dockerfile).toContain('ENV HOST=0.0.0.0\n')
  })

  test('a literal is said', async () => {
    const { notes } = await from('net/http', 'http.ListenAndServe("localhost:3000", nil)')
    expect(notes.map(({ code }) => code)).toContain('LISTENS_ON_LOOPBACK')
  })
})

describe('what it is', () => {
  test.each([
    ['a worker', 'os/signal', 'signal.Notify(c)', 'worker'],
    ['a tool', 'fmt', 'fmt.Println("hi")', 'cli'],
  ])('%s', async (_, imports, body, kind) => {
    const { candidate, dockerfile } = await from(imports, body)
    expect(candidate.facts.kind.value).toBe(kind)
    expect(dockerfile).not.toContain('EXPOSE')
  })
})
