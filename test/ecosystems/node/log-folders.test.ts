import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Files = Record<string, string | object>

const LISTENS = "\nrequire('express')().listen(3000)"
const app = (code: string, more: Files = {}): Files => ({
  'package.json': { scripts: { start: 'node index.js' }, dependencies: { express: '5' } },
  'index.js': code + LISTENS,
  ...more,
})

/** What the image has of folders for logs, by what writes them. */
test.each<[string, string, readonly string[]]>([
  ['bunyan', "bunyan.createLogger({ streams: [{ path: './logs/a.log' }] })", ['/writable ./']],
  [
    'bunyan, elsewhere',
    "bunyan.createLogger({ streams: [{ path: '/var/log/shop/a.log' }] })",
    ['/var/log/shop /var/log/shop'],
  ],
  [
    'bunyan, which makes it',
    "bunyan.createLogger({ streams: [{ type: 'rotating-file', path: '/logs/a/b.log' }] })",
    ['/logs/a /logs/a'],
  ],
  ['pino', "pino(pino.destination('logs/a.log'))", ['/writable ./']],
  ['pino, which makes it', "pino(pino.destination({ dest: 'logs/a.log', mkdir: true }))", []],
  [
    "pino's worker",
    "pino({ transport: { target: 'pino/file', options: { destination: 'logs/a.log' } } })",
    ['/writable ./'],
  ],
  [
    "pino's worker to a stream",
    "pino({ transport: { target: 'pino/file', options: { destination: 1 } } })",
    [],
  ],
  [
    'a stream',
    "morgan('tiny', { stream: fs.createWriteStream(path.join(__dirname, 'logs', 'a.log')) })",
    ['/writable ./'],
  ],
  ['a stream into a folder that is made', "fs.mkdirSync('logs')\nfs.createWriteStream('logs/a.log')", []],
  ['a stream beside the program', "fs.createWriteStream('./a.log')", []],
  ['a stream of something else', "fs.createWriteStream('out/a.csv')", []],
  ['winston', "new winston.transports.File({ filename: 'logs/a.log' })", []],
  [
    'winston, elsewhere',
    "new winston.transports.File({ dirname: path.join('/var/log', 'shop'), filename: 'a.log' })",
    ['/var/log/shop /var/log/shop'],
  ],
  ['winston, where only root writes', "new winston.transports.File({ filename: '/var/log/a.log' })", []],
  [
    'log4js',
    "log4js.configure({ appenders: { all: { type: 'file', filename: '/srv/logs/a.log' } } })",
    ['/srv/logs /srv/logs'],
  ],
])('%s', async (_, code, copies) => {
  // biome-ignore format: a table
  const { dockerfile } = await createFrom(app(code))
  const found = dockerfile
    .split('\n')
    .flatMap(line => /^COPY --from=deps --chown=\S+ (.*)$/.exec(line)?.[1] ?? [])
  expect(found).toEqual(copies)
  expect(dockerfile.includes('mkdir -p')).toBe(copies.length > 0)
})

/** Whether the program owns its folder, where what it logs with makes its own. */
test.each([
  ["new File({ filename: 'logs/a.log' })", true],
  ["new File(['a'], 'a.txt')", false],
  ["new DailyRotateFile({ dirname: 'logs', filename: '%DATE%.log' })", true],
  [
    "pino({ transport: { targets: [{ target: 'pino-roll', options: { file: 'logs/a', mkdir: true } }] } })",
    true,
  ],
  ["pino({ transport: { target: 'pino-pretty' } })", false],
  ["play({ streams: [{ url: 'a' }] })", false],
])('%s', async (code, writes) => {
  const { dockerfile } = await createFrom(app(code))
  expect(dockerfile.includes('COPY --chown=65532:65532 . .')).toBe(writes)
})

test('a folder that git keeps is made by nothing else, and one among the sources lies where those come out', async () => {
  const kept = await createFrom(app("pino.destination('logs/a.log')", { 'logs/.gitkeep': '' }))
  expect(kept.dockerfile).not.toContain('/writable')
  const compiled = await createFrom({
    'package.json': {
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { express: '5' },
      devDependencies: { typescript: '5' },
    },
    'tsconfig.json': { compilerOptions: { rootDir: 'src', outDir: 'dist' } },
    'src/index.ts': `pino.destination(join(__dirname, 'logs', 'a.log'))${LISTENS}`,
  })
  expect(compiled.dockerfile).toContain('&& mkdir -p /writable/dist/logs')
  expect(compiled.dockerfile).toContain('COPY --from=build --chown=65532:65532 /writable ./\n')
})

test("a member's logs lie in its own folder", async () => {
  const { dockerfile } = await createFrom({
    'package.json': { workspaces: ['apps/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    ...Object.fromEntries(
      Object.entries(app("pino.destination('logs/a.log')")).map(([path, text]) => [`apps/api/${path}`, text]),
    ),
  })
  expect(dockerfile).toContain('/writable ./apps/api/\n')
})
