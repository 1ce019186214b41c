import { describe, expect, test } from 'vitest'
import { scan } from '../../../src/ecosystems/node/scan.ts'
import { createFrom, projectFrom } from '../../support/project.ts'

const read = (code: string, others: Record<string, string> = {}) =>
  scan(projectFrom({ 'index.ts': code, ...others }), ['index.ts'])

test.each<[string, number | undefined]>([
  ['process.env.PORT ? Number(process.env.PORT) : 3000', 3000],
  ['process.env.PORT !== undefined ? process.env.PORT : undefined', undefined],
])('the port that another file decides: %s', (code, value) => {
  const { port } = read("import { PORT } from './const'\napp.listen(PORT)", {
    'const.ts': `export const PORT = ${code}`,
  })
  expect(port?.env).toBe('PORT')
  expect(port?.value).toBe(value)
})

test.each([
  ['a number', 'listen(app, 6969)', 6969],
  ['another file', "import { HOST_PORT } from './config'\nlisten(app, HOST_PORT)", 7000],
  ['nothing', 'listen(app)', undefined],
])("the port of Colyseus's own function: %s", (_, code, value) => {
  const { port, listens } = read(`import { listen } from '@colyseus/tools'\n${code}`, {
    'config.ts': 'export const HOST_PORT = 7000',
  })
  expect(listens).toBe(true)
  expect(port?.value).toBe(value)
})

test('the port of settings that are set one by one, and no other port of theirs', () => {
  const { port } = read("const config = require('./config')\napp.listen(normalizePort(config.serverPort))", {
    'config.js':
      'const config = {}\nconfig.mail = {}\nconfig.mail.port = process.env.SMTP_PORT\nconfig.serverPort = process.env.SHOP_PORT\nmodule.exports = config',
  })
  expect(port).toMatchObject({ env: 'SHOP_PORT' })
  expect(port?.value).toBeUndefined()
})

test('the port of a program whose only compiled folder lies deeper', async () => {
  const { candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'tsc', start: 'node dist/main' },
      dependencies: { express: '5' },
      devDependencies: { typescript: '5' },
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src/server/**/*'] },
    'src/server/main.ts': 'app.listen(3001)',
    'src/client/main.ts': '',
  })
  expect(candidate.facts.port?.value).toBe(3001)
})

test.each<[string, string, number | undefined]>([
  ['sends visitors on', 'redirecting.listen(80)\nserver.listen(settings.port)', undefined],
  ['is the only one', 'server.listen(80)', 80],
  ['talks by SSH', "import './ssh.js'\nhttp.createServer().listen(process.env.SHOP_PORT || 8080)", 8080],
  ['talks by SSH, without another', "import './ssh.js'", 2222],
])('the port of a program that listens twice: the one that %s', (_, code, value) => {
  const { port, listens } = read(code, {
    'ssh.js': "import { Server } from 'ssh2'\nnew Server({}).listen(process.env.PORT || 2222)",
  })
  expect(listens).toBe(true)
  expect(port?.value).toBe(value)
})

test.each<[string, number | undefined]>([
  ['DEFAULT_COLLECTOR_PORT', 8888],
  ['DEFAULT_REDIS_PORT', undefined],
])('the port that a function of another file falls back to: %s', (name, value) => {
  const { port } = read("import { portOf } from './port'\nconst chosen = portOf()\napp.listen(chosen)", {
    'port.ts': `const ${name} = 8888\nexport function portOf() { if (!('PICKED' in process.env)) return ${name}\nreturn Number(process.env.PICKED) }`,
  })
  expect(port?.value).toBe(value)
})

test.each(['default-config.json', 'config.json', 'config/web.json', 'server.config.yml'])(
  'the port that settings as data have: %s',
  async path => {
    const { candidate } = await createFrom({
      'package.json': { name: 'app', scripts: { start: 'node index.js' } },
      'index.js': `const settings = load('${path}')\nhttp.createServer(answer).listen(settings.port)`,
      [path]: path.endsWith('yml') ? 'port: 4200\n' : { port: 4200 },
    })
    expect(candidate.facts.port?.value).toBe(4200)
  },
)

test("the port that settings ask for in a way of their own, with its schema's default", () => {
  const { port } = read("import { app } from './config/app.config'\nhttp.listen(app.port)", {
    'config/app.config.ts':
      "class App extends Base { constructor() { super(); this.port = this.set<number>('SHOP_PORT', this.schema.number().allow(null, '').default(5656)) } }\nexport const app = new App()",
  })
  expect(port).toMatchObject({ env: 'SHOP_PORT', value: 5656 })
})

test('the port of a module of settings by the name of env', () => {
  const { port } = read("import { env } from './env'\nconst port = env.port\napp.listen(port)", {
    'env.ts': 'export const env = { port: Number(process.env.PORT || 12345) }',
  })
  expect(port).toMatchObject({ env: 'PORT', value: 12345 })
})

describe('the port', () => {
  test.each<[string, number | undefined, string | undefined]>([
    ['app.listen(3000)', 3000, undefined],
    ["app.listen('8080')", 8080, undefined],
    ['app.listen(process.env.PORT || 4000)', 4000, 'PORT'],
    ['const port = Number(process.env.PORT ?? 5000)\napp.listen(port)', 5000, 'PORT'],
    [
      "const { PORT = 3000 } = process.env\nconst port = parseInt(process.env.PORT || '7000', 10)\nserver.listen({ port, host: '0.0.0.0' })",
      7000,
      'PORT',
    ],
    ['app.listen(process.env.APP_PORT)', undefined, 'APP_PORT'],
    ['const config = { port: process.env.HTTP_PORT || 9000 }\napp.listen(config.port)', 9000, 'HTTP_PORT'],
    ['serve({ fetch: app.fetch, port: 8787 })', 8787, undefined],
    ['function start(port = 1337) { serve({ fetch: app.fetch, port }) }', 1337, undefined],
    ['start = (own = 1337) => serve({ fetch: app.fetch, port: own })', 1337, undefined],
    ['server.listen(url.port || 443, url.hostname)', undefined, undefined],
    ['server.listen(url.port || 443)\nconst DEFAULT_PORT = 8000', 8000, undefined],
    ['server.listen(process.env.PORT || 443)', 443, 'PORT'],
    [
      'const env = z.object({ PORT: z.coerce.number().default(9999) }).parse(process.env)\nserve({ port: env.PORT })',
      9999,
      'PORT',
    ],
    [
      'const env = cleanEnv(process.env, { PORT: port({ default: 6000 }) })\napp.listen(env.PORT)',
      6000,
      'PORT',
    ],
    [
      'const env = cleanEnv(process.env, { PORT: port({ devDefault: 6000 }) })\nconst port = env.PORT\napp.listen(port)',
      6000,
      'PORT',
    ],
    [
      'const { PORT } = z.object({ PORT: z.string().transform(Number) }).parse(process.env)\nserve({ port: PORT })',
      undefined,
      'PORT',
    ],
    [
      'const env = cleanEnv(process.env, { PORT: port() })\nserve({ port: settings.port })',
      undefined,
      'PORT',
    ],
    [
      'const env = check({ PORT: port() })\nserve({ port: process.env.HTTP_PORT ?? 8080 })',
      8080,
      'HTTP_PORT',
    ],
    [
      'const settings = { host: process.env.MQTTHOST, port: process.env.MQTTPORT }\nconst client = connect(settings)',
      undefined,
      undefined,
    ],
    ['const settings = { port: process.env.PGPORT || 3001 }', undefined, undefined],
    ["await app.listen(configService.get('PORT', 3333))", 3333, 'PORT'],
    [
      "const port = firstOf(flags.port, envInt('SHOP_PORT'), 4100)\nstart(port)\nconst start = port => app.listen(port)",
      4100,
      'SHOP_PORT',
    ],
    ['app.listen(orElse(process.env.PORT, 4200))', 4200, 'PORT'],
    ['app.listen({ port: app.config.WEB_PORT })', undefined, 'WEB_PORT'],
    ['app.listen({ port: config.PORT })\nconst own = process.env.APP_PORT || 4600', 4600, 'APP_PORT'],
    [
      'const env = { WEB_PORT: Type.Integer({ default: 4500 }) }\napp.listen({ port: app.config.WEB_PORT })',
      4500,
      'WEB_PORT',
    ],
    ["const { value } = resolve(flags.port, envInt('SHOP_PORT', 'PORT'), 4300)", 4300, 'SHOP_PORT'],
    ['app.listen(parse(process.env.PORT, 10))', undefined, 'PORT'],
    [
      "app.set('port', process.env.PORT || 3100)\nhttp.createServer(app).listen(app.get('port'))",
      3100,
      'PORT',
    ],
    ['// app.listen(1234)\napp.listen(4321)', 4321, undefined],
    ["const text = 'app.listen(1234)'", undefined, undefined],
    ['new WebSocketServer({ port: 8081 })', 8081, undefined],
    [
      'health.listen(9100)\nconst env = check(z.object({ PORT: z.string().default("9101") }))\napp.listen(env.PORT)',
      9101,
      'PORT',
    ],
    ['const DEFAULTS = { SSH_PORT: 22, LISTEN_PORT: 2222 }\nserver.listen(config.port)', 2222, undefined],
    [
      'const config = { ssh: { port: 22 }, db: { port: 5432 } }\nserver.listen(config.port)',
      undefined,
      undefined,
    ],
    ['server.listen(22)', 22, undefined],
    [
      "const argv = optimist.options('port', { default: '80' }).argv\nserver.listen(argv.port)",
      80,
      undefined,
    ],
    [
      'const argv = yargs(args).options({ port: { type: "number", default: 81 } }).argv\nserver.listen(argv.port)',
      81,
      undefined,
    ],
    ["yargs().option('port', { default: process.env.PORT || 82 })\nserver.listen(argv.port)", 82, 'PORT'],
    ["yargs().default('port', 83)\nserver.listen(argv.port)", 83, undefined],
    [
      "program.option('-p, --port <port>', 'where it listens', '84')\nserver.listen(options.port)",
      84,
      undefined,
    ],
    [
      "program.option('-p, --port <port>', 'where it listens', Number, 85)\nserver.listen(options.port)",
      85,
      undefined,
    ],
    [
      "program.option('-p, --proxy <port>', 'another', 86)\nserver.listen(options.port)",
      undefined,
      undefined,
    ],
    ['const argv = minimist(args, { default: { port: 87 } })\nserver.listen(argv.port)', 87, undefined],
    [
      "parser.add_argument('-p', '--port', { type: 'int', default: process.env.PORT ?? 88 })\nserver.listen(port)",
      88,
      'PORT',
    ],
    ["parser.addArgument(['-p', '--port'], { defaultValue: 1 })", undefined, undefined],
    ["parser.add_argument('-x', '--proxy', { default: 89 })", undefined, undefined],
    ["const config = { PORT: getNumericEnvVariable('PORT', 6688) }\nserve({ port })", 6688, 'PORT'],
    ['const start = (port = 90) => app.listen(port)', 90, undefined],
    ['function start(port = 90) { app.listen(port) }\nstart(process.env.PORT || 91)', 91, 'PORT'],
    [
      "import { port } from './config'\nexport const own = process.env.PORT\napp.listen(port)",
      undefined,
      'PORT',
    ],
    ['const { PORT } = process.env\napp.listen(PORT)', undefined, 'PORT'],
    ['const PORT = process.env.PORT | 4001\napp.listen(PORT)', 4001, 'PORT'],
    ['const { PORT = 4002 } = process.env\napp.listen(PORT)', 4002, 'PORT'],
    ['function start() { const { PORT: port = 4003 } = process.env; app.listen(port) }', 4003, 'PORT'],
    ['export const { HTTP_PORT = 4004 } = process.env\napp.listen(settings.port)', 4004, 'HTTP_PORT'],
    ['const settings = { http: 4005 }\nconst { http: port } = settings\napp.listen(port)', 4005, undefined],
    ['const { port = 4006 } = settings\napp.listen(port)', 4006, undefined],
    ['const { PORT } = process.env\napp.listen(92)', 92, undefined],
    [
      'class ServerConfig { @Param() port: number = 93; host = "x" }\nserver.listen(config.port)',
      93,
      undefined,
    ],
  ])('%s', (code, value, env) => {
    const { port } = read(code)
    expect({ value: port?.value, env: port?.env }).toEqual({ value, env })
  })

  test('is found in what the entry imports', () => {
    const { port } = read("import './config.js'\nimport { app } from '@/app'\n", {
      'config.ts': 'export const port = process.env.PORT || 3456',
    })
    expect(port).toMatchObject({ value: 3456, env: 'PORT', path: 'config.ts' })
  })
})

test.each<[string, string, Record<string, string>, number | undefined]>([
  [
    "a database's is none of the server's",
    "import './db'\napp.listen(settings.port)",
    { 'db.ts': 'export const port = Number(process.env.DATABASE_PORT || 5432)' },
    undefined,
  ],
  [
    'a configuration knows it better than a model',
    "import './model'\nimport './config/app'\napp.listen(settings.port)",
    { 'model.ts': 'const irc = { port: 6667 }', 'config/app.ts': 'export default { port: 9000 }' },
    9000,
  ],
  [
    'a file that is loaded by its place',
    "const defaults = require(path.join(__dirname, 'defaults', 'config.js'))\napp.listen(defaults.port)",
    { 'defaults/config.js': 'module.exports = { port: 9000 }' },
    9000,
  ],
  [
    'the files of the package config',
    "const config = require('config')\napp.listen(config.get('server.port'))",
    { 'config/default.yml': 'server:\n  port: 4100\n', 'config/production.yml': 'server: { port: 4200 }\n' },
    4200,
  ],
  [
    'a function that reads variables',
    "const repl = { port: envNumber('REPL_PORT', 2580) }\nconst http = { port: envNumber('PORT', 3100) }\nserver.listen(settings.http.port)",
    {},
    3100,
  ],
  [
    'a file whose place is put together',
    "const config = require(__dirname + '/../settings/all')\napp.listen(config.port)",
    { 'settings/all.js': 'module.exports = { port: process.env.PORT || 4000 }' },
    4000,
  ],
  [
    'the worker of a cluster, before it is compiled',
    "cluster.setupMaster({ exec: path.join(__dirname, 'scripts/worker.js') })",
    { 'scripts/worker.ts': 'app.listen(8080)' },
    8080,
  ],
  [
    'a schema of convict',
    "const config = convict({ redis: { default: 6379, env: 'REDIS_PORT' }, listen_port: { format: 'port', default: 1443, env: 'PORT' } })\napp.listen(config.get('listen_port'))",
    {},
    1443,
  ],
  [
    'a list of settings',
    "export default [{ key: 'db', envVar: 'DB_PORT', default: 5433 }, { key: 'port', envVar: 'APP_PORT', default: 81 }]\napp.listen(config.get('port'))",
    {},
    81,
  ],
  [
    'the template of settings that are in no repository',
    "const config = require('./config')\nserver.listen(config.server.port)",
    { 'config.template.js': 'module.exports = { server: { port: process.env.PORT || 4300 } }' },
    4300,
  ],
  [
    'a harbour on a map',
    "import { maps } from './maps'\nBun.serve({ port: Config.port })",
    { 'maps.ts': 'export const maps = { main: { buildings: { port: 1, crane: 2 } } }' },
    undefined,
  ],
  [
    'a request to somebody else',
    "https.request({ host: 'api.example.com', port: 443, path: '/ping', method: 'POST' })\napp.listen(settings.x)",
    {},
    undefined,
  ],
  [
    'a program that is compiled first',
    "require('./dist/server')",
    { 'server/index.ts': 'app.listen(9001)' },
    9001,
  ],
])('%s', (_, code, files, port) => {
  expect(read(code, files).port?.value).toBe(port)
})

test('a server in a folder, with elements in it', () => {
  const { port } = read("export * from './server'", {
    'server/index.tsx': 'app.listen(process.env.HOST_PORT || 4400)',
  })
  expect(port).toMatchObject({ value: 4400, env: 'HOST_PORT' })
})

test('what a file hands on beside its types is read', () => {
  const { port } = read("export {\n  start,\n  type Settings,\n  type Port as Other,\n} from './server'", {
    'server.ts': 'export const start = () => app.listen(process.env.PORT || 4700)',
  })
  expect(port).toMatchObject({ value: 4700, env: 'PORT' })
})

test('a default that another file has', () => {
  const code =
    "import { DEFAULT_PORT } from './config'\nconst start = async () => {\n  const PORT = config.get<number>('PORT') || DEFAULT_PORT\n  await app.listen(PORT)\n}"
  expect(read(code, { 'config.ts': 'export const DEFAULT_PORT = 3333' }).port).toMatchObject({
    value: 3333,
    env: 'PORT',
  })
})

test.each([
  ["import { Database } from 'bun:sqlite'", true],
  ["import { Database } from 'bun:sqlite'\nnew Database(':memory:')", false],
  ["import { drizzle } from 'drizzle-orm/bun-sqlite'", true],
  ["import { drizzle } from 'drizzle-orm/node-postgres'", false],
])('%s: writes beside itself is %s', (code, writes) => {
  expect(read(code).writes).toBe(writes)
})

test('the variables that a program does not go without', () => {
  const { variables } = read(
    "connect(process.env.A!)\nif (!process.env['B']) throw 1\nconst { C, D = 'x' } = process.env\n" +
      "f((process.env.E as string) ?? 'x', process.env.F || 1, x || process.env.G)\n" +
      "process.env.H ? 1 : 2\nif (process.env.I === 'x' || (process.env.J && y)) z()\nimport './b.js'",
    { 'b.ts': 'export const k = `${Bun.env.K}`' },
  )
  expect([...variables]).toEqual([
    ['A', 'index.ts'],
    ['B', 'index.ts'],
    ['C', 'index.ts'],
    ['G', 'index.ts'],
    ['K', 'b.ts'],
  ])
})

test.each<[string, number | undefined, string | undefined]>([
  ["export const port = getEnvironmentVariable('PORT', '4000')", 4000, 'PORT'],
  ["export const port = env.int('API_PORT', 4001)", 4001, 'API_PORT'],
  ["export const port = getEnv('REDIS_PORT', '6379')", undefined, undefined],
  ["export const port = translate('PORT', 4000)", undefined, undefined],
])('a default that a function of its own takes, in another file: %s', (code, value, env) => {
  const { port } = read("import { port } from './b'\napp.listen(port)", { 'b.ts': code })
  expect([port?.value, port?.env]).toEqual([value, env])
})

describe('signals, addresses and the rest', () => {
  test.each([
    ["process.on('SIGTERM', stop)", true],
    ["process.once('SIGTERM', stop)", true],
    ["for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)", true],
    ["['SIGINT', 'SIGTERM'].forEach(signal => process.on(signal, stop))", true],
    ['app.enableShutdownHooks()', true],
    ["import closeWithGrace from 'close-with-grace'", true],
    ["process.on('SIGINT', stop)", false],
    ["// process.on('SIGTERM', stop)", false],
  ])('%s', (code, handles) => {
    expect(read(code).handlesSigterm).toBe(handles)
  })

  test.each([
    "tunnel.listen({ port: 0, host: '127.0.0.1' })\napp.listen({ port: 3000 })",
    "tunnel.listen(0, '127.0.0.1')\napp.listen(3000)",
  ])('any port that is free is not the one that others ask: %s', code => {
    expect(read(code)).toMatchObject({ host: undefined, listens: true, port: { value: 3000 } })
  })

  test('an address that only the machine itself reaches', () => {
    expect(read("app.listen(3000, 'localhost')").host).toMatchObject({ value: 'localhost' })
    expect(read("app.listen({ port: 1, host: process.env.HOST || '127.0.0.1' })").host).toMatchObject({
      value: '127.0.0.1',
      env: 'HOST',
    })
  })

  test.each<[string, string | undefined]>([
    ["const site = { host: process.env.SITE || 'localhost', port: process.env.PORT || 1 }", 'SITE'],
    ["run({ port: int(process.env.OWN_PORT) ?? 1, listenhost: str(process.env.OWN) ?? 'localhost' })", 'OWN'],
    [
      "const db = { host: process.env.DB || 'localhost', port: process.env.DB_PORT || 5 }\nrun({ port: process.env.PORT || 1 })",
      undefined,
    ],
    [
      "const env = z.object({ PORT: z.coerce.number().default(1), HOST: z.string().default('localhost') })",
      'HOST',
    ],
    [
      "const env = { SERVER_PORT: Type.Number({ default: 1 }), SERVER_ADDRESS: Type.String({ default: '::1' }) }",
      'SERVER_ADDRESS',
    ],
    ["const env = { PORT: num({ default: 1 }), DB_HOST: str({ default: 'localhost' }) }", undefined],
    ["const ip = params.BIND_IP ?? '127.0.0.1'", undefined],
    ["export const host = getEnv('APP_HOST', 'localhost')", 'APP_HOST'],
    ["export const host = process.env.HOST || 'http://localhost'", undefined],
    ['app.listen({ port: app.config.WEB_PORT, host: app.config.WEB_ADDRESS })', 'WEB_ADDRESS'],
    [
      "app.listen({ port: settings.PORT, host: settings.HOST })\nconst host = process.env.APP_HOST || 'localhost'",
      'APP_HOST',
    ],
    [
      "const port = resolve(flags.port, envInt('SHOP_PORT'), 1)\nconst host = resolve(flags.host, envStr('SHOP_HOST'), '127.0.0.1')",
      'SHOP_HOST',
    ],
    [
      "const host = process.env.WS_HOST || '127.0.0.1'\nexport const port = parseInt(process.env.WS_PORT || '5000')",
      'WS_HOST',
    ],
    [
      "const host = process.env.GAME_HOST || '127.0.0.1'\nexport const port = parseInt(process.env.WS_PORT || '5000')",
      undefined,
    ],
    ["const params = { BIND_IP: process.env.BIND_IP }\nconst ip = params.BIND_IP ?? '127.0.0.1'", 'BIND_IP'],
  ])('the address that stands beside the port: %s', (code, env) => {
    expect(read(`${code}\nserver.listen(settings.port, settings.host)`).host?.env).toBe(env)
  })

  test.each([
    ["new winston.transports.File({ filename: 'logs/a.log' })", true],
    ['new winston.transports.Console()', false],
    ["pino.destination({ dest: 'logs/a.log' })", true],
    ['pino.destination(1)', false],
    ["log4js.configure({ appenders: { all: { type: 'dateFile', filename: 'logs/a.log' } } })", true],
    ["upload({ type: 'file', name: 'a' })", false],
    ["fs.cpSync('defaults', './user')", true],
    ['await mkdirp(config.prefix)', true],
    ["mkdirp.sync('data')", true],
    ['board.move(piece)', false],
  ])('%s', (code, writes) => {
    expect(read(code).writes).toBe(writes)
  })

  test('what is compiled to the folder of tsconfig.json is read before it is there', () => {
    const { port } = read("require('./server')", {
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "./src", "outDir": "./server" } }',
      'src/index.ts': 'app.listen(9527)',
    })
    expect(port?.value).toBe(9527)
  })

  test.each([
    ["spawn('node', ['built/server.js'])", 4100],
    ["child_process.fork('built/server')", 4100],
    ["fork(__dirname + '/server.ts')", 4100],
    ["spawn('python3', ['built/server.js'])", undefined],
    ["spawn('node', ['--version'])", undefined],
  ])('a program of its own that it starts is a part of it: %s', (code, value) => {
    const found = scan(
      projectFrom({
        'tsconfig.json': '{ "compilerOptions": { "rootDir": "./src", "outDir": "./built" } }',
        'src/index.ts': code,
        'src/server.ts': 'app.listen(4100)',
      }),
      ['src/index.ts'],
    )
    expect(found.port?.value).toBe(value)
  })

  test('a health route of the app, not of a router', () => {
    expect(read("app.get('/healthz', ok)").health).toBe('/healthz')
    expect(read("if (req.url === '/healthz') ok()").health).toBe('/healthz')
    expect(read("if (name === '/healthz') ok()").health).toBeUndefined()
    expect(read("router.get('/health', ok)").health).toBeUndefined()
  })

  test('programs that it starts, variables that it reads', () => {
    const found = read(
      "import { spawn } from 'node:child_process'\nconst url = process.env.DATABASE_URL\nconst key = process.env['API_KEY']",
    )
    expect(found.spawns).toBe(true)
    expect([...found.variables.keys()].sort()).toEqual(['API_KEY', 'DATABASE_URL'])
  })
})
