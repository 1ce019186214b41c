import { describe, expect, test } from 'vitest'
import { scan } from '../../../src/ecosystems/node/scan.ts'
import { createFrom, detectIn, projectFrom } from '../../support/project.ts'

type Files = Record<string, string | object>
const project = (manifest: object, files: Files = {}, packages: object = {}): Files => ({
  'package.json': { name: 'app', ...manifest },
  'package-lock.json': { lockfileVersion: 3, packages },
  ...files,
})
const COPIES = /^COPY (?:--from=\w+ )?(?:--\S+ )*.*$/gm
const copies = (dockerfile: string) =>
  [...dockerfile.slice(dockerfile.indexOf('AS runtime')).matchAll(COPIES)].map(([line]) =>
    line.replace(/^COPY |--from=\w+ |--exclude=\S+ /g, ''),
  )

describe('an app whose build is the whole app', () => {
  const adonis = (manifest: object, files: Files = {}) =>
    project(
      { type: 'module', dependencies: { '@adonisjs/core': '6' }, ...manifest },
      {
        'bin/server.ts': "new Ignitor().tap(app => app.listen('SIGTERM', () => app.terminate()))",
        'tsconfig.json': { compilerOptions: { rootDir: './', outDir: './build' } },
        ...files,
      },
    )

  test.each([
    ['started where it is', 'node bin/server.js'],
    ['started from outside', 'node build/bin/server.js'],
  ])('AdonisJS, %s', async (_, start) => {
    const { dockerfile, plan } = await createFrom(adonis({ scripts: { build: 'node ace build', start } }))
    expect(copies(dockerfile)).toEqual(['/app/node_modules ./node_modules', '/app/build ./'])
    expect(plan.view.runtime.command).toEqual(['bin/server.js'])
    expect(dockerfile).toContain('ENV HOST=0.0.0.0\nENV PORT=3333\n')
  })

  test.each([
    [
      'a database in tmp',
      'config/database.ts',
      "connection: { filename: app.tmpPath('db.sqlite3') }",
      true,
      true,
    ],
    [
      'files that it stores',
      'config/drive.ts',
      "services.fs({ location: app.makePath('storage') })",
      true,
      false,
    ],
    ['uploads', 'app/controllers/a.ts', "await file.move(app.makePath('public/uploads'))", true, false],
    [
      'only what it reads',
      'config/static.ts',
      "at(app.makePath('public'), app.makePath('resources/views'))",
      false,
      false,
    ],
    ['nothing of a test', 'tests/bootstrap.ts', "app.tmpPath('a')", false, false],
  ])('AdonisJS writes %s', async (_, path, code, own, made) => {
    const { dockerfile } = await createFrom(
      adonis({ scripts: { build: 'node ace build', start: 'node bin/server.js' } }, { [path]: code }),
    )
    expect(dockerfile.includes('COPY --from=build --chown=65532:65532 /app/build ./\n')).toBe(own)
    expect(dockerfile.includes('&& mkdir -p /writable/tmp\n')).toBe(made)
    expect(dockerfile.includes('COPY --from=build --chown=65532:65532 /writable ./\n')).toBe(made)
  })

  test("values for developers in a file of variables don't take the place of the image's", async () => {
    const example = 'NODE_ENV=development\nHOST=localhost\nPORT=3333\nAPP_KEY=\n'
    const { plan } = await createFrom(
      adonis(
        { scripts: { build: 'node ace build', start: 'node bin/server.js' } },
        { '.env.example': example },
      ),
    )
    expect(plan.runFlags).toBe('--env-file .env -e NODE_ENV=production -e HOST=0.0.0.0')
  })

  test('AdonisJS in a workspace keeps its folder', async () => {
    const { dockerfile } = await createFrom(
      {
        'package.json': { private: true, workspaces: ['apps/*'] },
        'package-lock.json': { lockfileVersion: 3, packages: {} },
        ...Object.fromEntries(
          Object.entries(adonis({ scripts: { build: 'node ace build', start: 'node bin/server.js' } }))
            .filter(([path]) => path !== 'package-lock.json')
            .map(([path, content]) => [`apps/api/${path}`, content]),
        ),
      },
      { app: 'app' },
    )
    expect(dockerfile).toContain('COPY --from=build /app/apps/api/build apps/api\n')
  })

  test('AdonisJS compiled by something else is a program like any other', async () => {
    const { dockerfile } = await createFrom(
      adonis({ scripts: { build: 'tsc', start: 'node build/bin/server.js' } }),
    )
    expect(copies(dockerfile)).toContain('/app/build ./build')
  })

  test('Medusa', async () => {
    const { dockerfile, plan } = await createFrom(
      project({
        scripts: { build: 'medusa build', start: 'medusa start' },
        dependencies: { '@medusajs/medusa': '2' },
      }),
    )
    expect(copies(dockerfile)).toEqual([
      '/app/node_modules ./node_modules',
      '--chown=65532:65532 /app/.medusa/server ./',
    ])
    expect(plan.view.runtime.command?.slice(-2)).toEqual(['node_modules/.bin/medusa', 'start'])
  })
})

describe('a CMS', () => {
  test('is found beside the framework of its pages', async () => {
    const dependencies = { '@keystone-6/core': '8', next: '16' }
    const [alone] = await detectIn(
      project({ scripts: { build: 'keystone build', start: 'keystone start' }, dependencies }),
    )
    expect(alone?.facts.framework?.value).toBe('keystone')
    const [inside] = await detectIn(
      project({
        scripts: { build: 'keystone build --no-ui && next build', start: 'next start' },
        dependencies,
      }),
    )
    expect(inside?.facts.framework?.value).toBe('next')
  })

  test.each<[string, object]>([
    ['uploads', { '@strapi/strapi': '5' }],
    [
      'a database in a file, of a driver that no import names',
      { '@keystone-6/core': '8', 'better-sqlite3': '12' },
    ],
  ])('owns its folder for %s', async (_, dependencies) => {
    const name = Object.keys(dependencies)[0]?.includes('strapi') ? 'strapi' : 'keystone'
    const { dockerfile } = await createFrom(
      project({ scripts: { build: `${name} build`, start: `${name} start` }, dependencies }),
    )
    expect(dockerfile).toMatch(/COPY --from=build --chown=65532:65532 --exclude=node_modules \/app \.\//)
  })
})

test.each([
  ['strapi', '@strapi/strapi', '1337}/_health'],
  ['directus', 'directus', '8055}/server/ping'],
  ['medusa', '@medusajs/medusa', '9000}/health'],
])('%s tells its health by a route of its own', async (name, dependency, route) => {
  const { dockerfile } = await createFrom(
    project({ scripts: { start: `${name} start` }, dependencies: { [dependency]: '*' } }),
  )
  expect(dockerfile).toContain(`${route}\``)
  expect(dockerfile).toContain('process.exit(r.ok ?')
})

describe('a server that a program of a dependency starts', () => {
  const fastify = (start: string) =>
    project(
      {
        scripts: { build: 'tsc', start },
        dependencies: { fastify: '5', 'fastify-cli': '8' },
        devDependencies: { typescript: '5' },
      },
      {
        'src/app.ts': "app.get('/healthz', ok)",
        'public/a.css': '',
        'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      },
    )

  test('comes without its sources, by the file that it is given', async () => {
    const { dockerfile, plan } = await createFrom(fastify('fastify start -l info dist/app.js'))
    expect(copies(dockerfile)).toEqual([
      '/app/node_modules ./node_modules',
      '/app/dist ./dist',
      '/app/public ./public',
      'package.json ./',
    ])
    expect(plan.view.runtime.command?.[0]).toBe('node_modules/.bin/fastify')
    expect(dockerfile).toContain(`process.env.PORT || 3000}/healthz`)
  })

  test('has the port of its command', async () => {
    const { dockerfile, plan } = await createFrom(fastify('fastify start -p 8080 dist/app.js'))
    expect(plan.view.runtime.port).toBe(8080)
    expect(dockerfile).toContain('127.0.0.1:8080/healthz')
  })

  test.each([
    ['egg-scripts', 'egg-scripts'],
    ['eggctl', '@eggjs/scripts'],
  ])(
    "Egg's %s stays in the foreground, with a shell's path and folders of its own",
    async (program, name) => {
      const { dockerfile, plan } = await createFrom(
        project({
          scripts: { start: `${program} start --daemon --title=app` },
          dependencies: { egg: '3', [name]: '2' },
        }),
      )
      expect(plan.view.runtime.command).toEqual([
        'node',
        `node_modules/.bin/${program}`,
        'start',
        '--title=app',
      ])
      expect(plan.view.runtime.port).toBe(7001)
      expect(dockerfile).toContain('COPY --chown=1000:1000 . .\n')
    },
  )

  test.each<[string, object, string, number, Record<string, string>]>([
    ['Colyseus', { '@colyseus/tools': '0.16', express: '5' }, "import { listen } from '@colyseus/tools'\nlisten(app)", 2567, {}],
    ['Apostrophe', { apostrophe: '4' }, "require('apostrophe')({})", 3000, {}],
    ['Probot', { probot: '13' }, "import { run } from 'probot'\nrun(app)", 3000, { HOST: '0.0.0.0' }],
    ['AdonisJS 4', { '@adonisjs/framework': '5' }, "new Ignitor(fold).fireHttpServer()", 3333, { HOST: '0.0.0.0', ENV_SILENT: 'true', PORT: '3333' }],
  ])('%s has a port of its own', async (_, dependencies, code, port, env) => {
    const files = project({ scripts: { start: 'node a.mjs' }, dependencies }, { 'a.mjs': code })
    const { candidate, notes } = await createFrom(files)
    expect(candidate.facts).toMatchObject({ kind: { value: 'web' }, port: { value: port }, program: { portVariable: 'PORT', env } })
    expect(notes.map(note => note.code)).not.toContain('PORT_ASSUMED')
  }) // biome-ignore format: one row a framework

  test('the port of settings that are loaded by a name', async () => {
    const port = async (files: Files) =>
      (await detectIn(project({ scripts: { start: 'node a.js' }, dependencies: { express: '5' } }, { 'a.js': "const config = require('./config/' + mode)\napp.listen(config.port)", ...files })))[0]?.facts.port?.value
    const all = { 'config/production.js': 'module.exports = { port: process.env.PORT || 4000 }', 'config/test.js': 'module.exports = { port: 1 }' }
    expect(await port(all)).toBe(4000)
    expect(await port({ ...all, 'config/staging.js': 'module.exports = { port: process.env.PORT || 5000 }' })).toBe(3000)
  }) // biome-ignore format: short rows

  test.each<[string, Files, number]>([
    ['settings as data', { 'configs/dev/service.yml': 'port: 8000', 'configs/dev/system.yml': 'log: true' }, 8000],
    ['those for production before others', { 'config/app.json': '{ "server": { "port": 1 } }', 'config/dev/app.json': '{ "port": 2 }' }, 1],
    ['several that differ', { 'config/a.json': '{ "port": 1 }', 'config/b.json': '{ "port": 2 }' }, 3000],
    ["a database's", { 'config/database.yml': 'port: 5433' }, 3000],
    ['a file that is broken', { 'config/a.json': '{' }, 3000],
    ['the example of a variable', { 'a.js': 'app.listen(process.env.PORT)', '.env.example': 'PORT=4100' }, 4100],
  ])('the port of %s', async (_, files, port) => {
    const { dockerfile, candidate } = await createFrom(project({ scripts: { start: 'node a.js' }, dependencies: { express: '5' } }, { 'a.js': 'app.listen(config.port)', ...files }))
    expect(candidate.facts.port?.value).toBe(port)
    expect(dockerfile.includes(`ENV PORT=${port}`)).toBe('a.js' in files)
  }) // biome-ignore format: short rows

  test.each([
    ['the example', 'export const SERVER_PORT = process.env.SERVER_PORT', { '.env.example': 'SERVER_PORT=4100' }, 4100, true],
    ['nothing', 'export const SERVER_PORT = process.env.SERVER_PORT', {}, 3000, true],
    ['the module itself', 'export const SERVER_PORT = 4200', {}, 4200, false],
    ['nobody here', "export const SERVER_PORT = load('settings').port", {}, 3000, false],
  ])('a port that another module names after its variable, and %s says', async (_, code, files, port, set) => {
    const { dockerfile, notes } = await createFrom(project({ type: 'module', scripts: { start: 'node a.js' }, dependencies: { express: '5' } }, { 'a.js': "import { SERVER_PORT } from './env.js'\napp.listen(SERVER_PORT)", 'env.js': code, ...files }))
    expect(dockerfile).toContain(`EXPOSE ${port}\n`)
    expect(dockerfile.includes(`ENV SERVER_PORT=${port}\n`)).toBe(set)
    expect(notes.some(item => item.code === 'PORT_ASSUMED')).toBe(code.includes('load'))
  }) // biome-ignore format: short rows

  test.each<[string, object, Files]>([
    ['module-alias', { _moduleAliases: { '@root': '.', '@src': 'src/' } }, { 'a.js': "require('@src/web')", 'src/web.js': "require('@root/other')", 'other.js': 'app.listen(4321)' }],
    ['the manifest', { imports: { '#web/*': './src/*.js' } }, { 'a.js': "import '#web/server'", 'src/server.js': 'app.listen(4321)' }],
    ['the manifest, of one file', { imports: { '#web': { default: './src/server.js' } } }, { 'a.js': "import '#web'", 'src/server.js': 'app.listen(4321)' }],
    ['TypeScript, of one module', {}, { 'a.js': "import '@libs/web'", 'libs/web/src/index.ts': 'app.listen(4321)', 'tsconfig.json': { compilerOptions: { paths: { '@libs/web': ['./libs/web/src'] } } } }],
  ])("the port behind a name of %s", async (_, manifest, files) => {
    const [found] = await detectIn(project({ scripts: { start: 'node a.js' }, dependencies: { express: '5' }, ...manifest }, files))
    expect(found?.facts.port?.value).toBe(4321)
  }) // biome-ignore format: short rows

  test('Moleculer listens where its gateway is there', async () => {
    const found = async (dependencies: object) =>
      (await detectIn(project({ scripts: { start: 'moleculer-runner services' }, dependencies })))[0]?.facts
    expect(await found({ moleculer: '0.15', 'moleculer-web': '0.11' })).toMatchObject({
      kind: { value: 'web' },
      port: { value: 3000 },
    })
    const alone = await found({ moleculer: '0.15' })
    expect(alone?.kind.value).toBe('worker')
    expect(alone?.port).toBeUndefined()
  })
})

describe("Bun's templates", () => {
  const bun = (manifest: object, path: string): Files => ({
    'package.json': { name: 'app', devDependencies: { 'bun-types': 'latest' }, ...manifest },
    'bun.lock': '{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }',
    [path]: 'new Elysia().listen(3000)',
  })

  test.each<[string, object, string]>([
    ['names the built file', { module: 'src/index.js', dependencies: { elysia: '1' } }, 'src/index.ts'],
    ['names the source', { module: 'index.ts', private: true }, 'index.ts'],
    ['names nothing', {}, 'index.ts'],
  ])('the manifest %s', async (_, manifest, path) => {
    const { plan } = await createFrom(bun(manifest, path))
    expect(plan.view.runtime.command).toEqual(['bun', path])
  })

  test.each<[string, string, number | undefined]>([
    ['an object with fetch', 'const port = +(process.env.PORT ?? 4000)\nexport default { port, fetch: app.fetch }', 4000],
    ['one by a name', 'const server = { fetch(request: Request) { return new Response() } }\nexport default server', 3000],
    ['one whose default is among the settings', 'const env = check({ PORT: z.coerce.number().default(5000) })\nexport default { port: env.PORT, fetch: app.fetch }', 5000],
    ['something else', 'export default { port: 4000, handle: app.handle }', undefined],
  ])('Bun serves what the entry exports: %s', async (_, code, port) => {
    const [found] = await detectIn({ ...bun({ module: 'index.ts', private: true }, 'index.ts'), 'index.ts': code })
    const facts = found?.facts
    expect(facts?.kind.value).toBe(port === undefined ? 'worker' : 'web')
    expect(facts?.port?.value).toBe(port)
  }) // biome-ignore format: one row a program

  test.each<[string, string, string, string | undefined]>([
    ['watches, and Bun serves', 'bun --watch run src/index.ts', 'const app = new Hono()\nexport default app', 'bun run src/index.ts'],
    ['reloads, and that listens', 'bun run --hot src/index.ts', 'Bun.serve({ port: 3000, fetch })', 'bun run --hot src/index.ts'],
    ['tries', 'bun --watch run src/index.ts', 'export const a = 1', undefined],
  ])('a package whose types others take is what its developer %s', async (_, dev, code, start) => {
    const [found] = await detectIn({
      ...bun({ main: 'dist/index.js', types: 'dist/index.d.ts', scripts: { dev, build: 'tsc' }, dependencies: { hono: '4' } }, 'a.ts'),
      'src/index.ts': code,
    })
    expect(found?.facts.start?.value).toBe(start)
  }) // biome-ignore format: one row a program

  test('a package with exports stays a library', async () => {
    const [found] = await detectIn(bun({ module: 'index.ts', exports: './index.ts' }, 'index.ts'))
    expect(found?.questions[0]?.code).toBe('NOTHING_TO_RUN')
  })
})

test('an address for a browser, by which the program listens, gives way', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'a', scripts: { start: 'node a.js' }, dependencies: { fastify: '5' } },
    'a.js':
      "const HOST = process.env.HOST || 'http://127.0.0.1'\nrequire('fastify')().listen({ port: 4000, host: HOST })",
  })
  expect(dockerfile).toContain('ENV HOST=0.0.0.0\n')
})

describe('what stands before the program', () => {
  const started = (start: string, manifest: object = {}, packages: object = {}) =>
    createFrom(project({ scripts: { start }, ...manifest }, { 'index.js': '' }, packages))

  test.each([
    [
      'source maps are what Node.js can itself',
      'source-map-support/register',
      ['--enable-source-maps', 'index.js'],
    ],
    ['variables come from the container', 'dotenv/config', ['index.js']],
  ])('%s', async (_, module, words) => {
    const name = module.split('/')[0] ?? ''
    const { plan, dockerfile } = await started(`node -r ${module} .`, { devDependencies: { [name]: '1' } })
    expect(plan.view.runtime.command?.slice(2)).toEqual(words)
    expect(dockerfile).not.toContain('AS build')
  })

  test.each<[string, object, object]>([
    ['a dependency', { dependencies: { dotenv: '1' } }, {}],
    [
      'what another dependency brings',
      { devDependencies: { dotenv: '1' } },
      { 'node_modules/dotenv': { version: '1.0.0' } },
    ],
  ])('%s is loaded', async (_, manifest, packages) => {
    const { plan } = await started('node -r dotenv/config index.js', manifest, packages)
    expect(plan.view.runtime.command?.slice(2)).toEqual(['-r', 'dotenv/config', 'index.js'])
  })

  test('what nothing replaces keeps the development dependencies, and says so', async () => {
    const { notes, dockerfile } = await started('node --require=tsconfig-paths/register index.js', {
      devDependencies: { 'tsconfig-paths': '4' },
    })
    expect(notes.map(({ code }) => code)).toContain('DEVELOPMENT_PRELOAD')
    expect(dockerfile).not.toContain('--omit=dev')
    expect(dockerfile).toContain('"--require=tsconfig-paths/register"')
  })
})

describe('the entry', () => {
  const built = (start: string, source: string) =>
    createFrom(
      project(
        { scripts: { build: 'tsc', start }, devDependencies: { typescript: '5' } },
        {
          [source]: 'app.listen(process.env.PORT || 3000)',
          'tsconfig.json': { compilerOptions: { outDir: 'lib', rootDir: 'src' } },
        },
      ),
    )
  test.each([
    ['node lib/', 'src/index.ts', 'lib/index.js'],
    ['node lib/main', 'src/main.ts', 'lib/main.js'],
    ['node lib/api', 'src/api/index.ts', 'lib/api/index.js'],
  ])('%s', async (start, source, entry) => {
    const { plan, dockerfile } = await built(start, source)
    expect(plan.view.runtime.command?.at(-1)).toBe(entry)
    expect(copies(dockerfile)).toContain('/app/lib ./lib')
  })

  test('a program without an extension is read', async () => {
    const { dockerfile } = await createFrom(
      project(
        { scripts: { start: 'node ./bin/www' }, dependencies: { express: '4' } },
        {
          'bin/www':
            "#!/usr/bin/env node\nvar port = normalizePort(process.env.PORT || '3001')\nserver.listen(port)",
        },
      ),
    )
    expect(dockerfile).toContain('process.env.PORT || 3001}')
  })
})

test("what a framework's server reads and writes beside its output", async () => {
  const { dockerfile } = await createFrom(
    project(
      {
        scripts: { build: 'vite build' },
        devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5', vite: '7' },
      },
      {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
        'src/lib/server/mail.ts':
          "import { readFile, createWriteStream } from 'node:fs'\nreadFile('templates/invite.html', f)\ncreateWriteStream(`uploads/${name}`)",
        'src/lib/words.ts': "export const words = ['notes', 'static']",
        'templates/invite.html': '',
        'notes/a.md': '',
        'static/a.css': '',
      },
    ),
  )
  expect(copies(dockerfile)).toEqual([
    '--chown=65532:65532 /app/build ./build',
    '--chown=65532:65532 /app/templates ./templates',
    'package.json ./',
  ])
})

test("Payload's admin panel comes along with the server, which serves it from the working folder", async () => {
  const { dockerfile } = await createFrom(
    project(
      {
        scripts: {
          build: 'cross-env NODE_ENV=production npm run build:payload && npm run build:server',
          'build:payload': 'cross-env PAYLOAD_CONFIG_PATH=src/payload.config.ts payload build',
          'build:server': 'tsc',
          serve:
            'cross-env PAYLOAD_CONFIG_PATH=dist/payload.config.js NODE_ENV=production node dist/server.js',
        },
        dependencies: { express: '4', payload: '^2.0.0' },
        devDependencies: { typescript: '5' },
      },
      {
        'src/server.ts': "import payload from 'payload'\napp.listen(3000)",
        'src/payload.config.ts': 'export default buildConfig({})',
        'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      },
    ),
  )
  expect(copies(dockerfile)).toContain('/app/build ./build')
})

describe('what the code reads and writes', () => {
  const read = (code: string) => scan(projectFrom({ 'src/index.ts': code }), ['src/index.ts'])

  test.each([
    ["forRoot({ autoSchemaFile: join(process.cwd(), 'src/schema.gql') })", true],
    ['forRoot({ autoSchemaFile: true })', false],
  ])('%s', (code, writes) => {
    expect(read(code).writes).toBe(writes)
  })

  test('an address that only a variable of the program itself changes', () => {
    expect(read("start({ rest: { host: process.env.HOST || '127.0.0.1' } })").host).toMatchObject({
      env: 'HOST',
    })
    expect(read("connect({ host: process.env.REDIS_HOST || '127.0.0.1' })").host).toBeUndefined()
    expect(read("const h = process.env.HOST || 'x'\napp.listen(1, '127.0.0.1')").host).toMatchObject({
      value: '127.0.0.1',
    })
  })

  test.each([
    [
      "readFileSync('src/schema.graphql')",
      ['/app/dist ./dist', '/app/src/schema.graphql ./src/schema.graphql'],
    ],
    ["loadFiles('src/graphql/**/*.graphql')", ['/app/dist ./dist', '/app/src/graphql ./src/graphql']],
    [
      "readdirSync(path.join(process.cwd(), 'src', 'graphql'))",
      ['/app/dist ./dist', '/app/src/graphql ./src/graphql'],
    ],
    ["path.join(folder, 'src', name, 'graphql')", ['/app/dist ./dist']],
    ["import('src/other')", ['/app/dist ./dist']],
    // The .dockerignore leaves environment files out, so a COPY of one would end the build.
    ["require('dotenv').config({ path: './src/config/.env' })", ['/app/dist ./dist']],
    ["send('a.html', { root: path.resolve(__dirname, '../src') })", ['/app/dist ./dist', '/app/src ./src']],
    ["send('a.html', { root: path.resolve(__dirname, '../other') })", ['/app/dist ./dist']],
    ["migrate(db, { migrationsFolder: './drizzle' })", ['/app/dist ./dist', '/app/drizzle ./drizzle']],
  ])('%s', async (code, expected) => {
    const { dockerfile } = await createFrom(
      project(
        { scripts: { build: 'tsc', start: 'node dist/index.js' }, devDependencies: { typescript: '5' } },
        {
          'src/index.ts': code,
          'src/other.ts': '',
          'src/schema.graphql': '',
          'src/graphql/a.graphql': '',
          'src/config/.env': 'PORT=5000',
          ...(code.startsWith('migrate') && { 'drizzle/0.sql': '' }),
          'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
        },
      ),
    )
    expect(copies(dockerfile).slice(0, -1)).toEqual(expected)
  })
})

describe('add-ons', () => {
  const locked = (version: string) =>
    createFrom(
      project(
        { dependencies: { sqlite3: '5' }, scripts: { start: 'node index.js' } },
        { 'index.js': '' },
        {
          'node_modules/node-gyp': { version },
          'node_modules/sqlite3': { version: '5.1.7' },
          'node_modules/a/node_modules/sqlite3': { version: '5.1.6' },
        },
      ),
    )

  test('a node-gyp that wants distutils gets it', async () => {
    expect((await locked('8.4.1')).dockerfile).toContain('g++ make python3 python3-setuptools\n')
    expect((await locked('11.0.0')).dockerfile).toContain('g++ make python3\n')
  })

  test.each([
    ['npm@9.5.0', true],
    ['npm@10.9.2', false],
  ])('so does that of %s', async (packageManager, lacks) => {
    const { dockerfile } = await createFrom(
      project(
        { packageManager, dependencies: { sqlite3: '5' }, scripts: { start: 'node index.js' } },
        { 'index.js': '' },
        { 'node_modules/sqlite3': { version: '5.1.7' } },
      ),
    )
    expect(dockerfile).toContain('g++ make python3')
    expect(dockerfile.includes('python3-setuptools')).toBe(lacks)
  })

  test('so does one that nobody knows, where no lock file tells', async () => {
    const { dockerfile } = await createFrom({
      'package.json': { dependencies: { sqlite3: '5' }, scripts: { start: 'node index.js' } },
      'index.js': '',
    })
    expect(dockerfile).toContain('g++ make python3 python3-setuptools\n')
  })

  test('what one leaves behind is removed once, however often it is locked', async () => {
    expect((await locked('11.0.0')).dockerfile.match(/sqlite3\/deps/g)).toHaveLength(1)
  })
})

describe('a file of pm2', () => {
  const pm2 = (settings: string, start = 'pm2-runtime start ecosystem.config.js', more: object = {}) =>
    createFrom(
      project(
        { scripts: { start, ...more }, dependencies: { express: '5' } },
        {
          'src/server.js': 'app.listen(process.env.PORT)',
          'ecosystem.config.js': `module.exports = ${settings}`,
        },
      ),
    )

  test('names the program, its options and its environment, and no secret of it', async () => {
    const { plan, dockerfile } = await pm2(
      "{ apps: [{ script: './src/server.js', args: '--all', node_args: ['--max-old-space-size=512'], env: { PORT: 4100, API_TOKEN: 'x' }, env_production: { NODE_ENV: 'production', PORT: 4200, MODE: 'live' } }] }",
    )
    expect(plan.view.runtime.command?.slice(2)).toEqual([
      '--max-old-space-size=512',
      'src/server.js',
      '--all',
    ])
    expect(plan.view.runtime.port).toBe(4200)
    expect(dockerfile).toContain('ENV PORT=4200\nENV MODE=live\n')
    expect(dockerfile).not.toContain('API_TOKEN')
  })

  test.each([
    ['a script of the manifest', "{ apps: [{ script: 'npm', args: 'run serve' }] }", 'pm2 start ecosystem.config.js'],
    ["a package's program by npx", "{ apps: [{ script: 'npx', args: 'tsx src/server.js' }] }", 'pm2 start ecosystem.config.js'],
    ['a folder', "{ apps: [{ script: 'server.js', cwd: './src' }] }", 'pm2 start ecosystem.config.js'],
    ['one of several', "{ apps: [{ name: 'a', script: 'a.js' }, { name: 'b', script: 'src/server.js' }] }", 'pm2 start ecosystem.config.js --only b'],
  ])('names %s', async (_, settings, start) => {
    const { plan } = await pm2(settings, start, { serve: 'node src/server.js' })
    expect(plan.view.runtime.command?.at(-1)).toBe('src/server.js')
  }) // biome-ignore format: one row a file
})

describe('packages of the repository itself and of git', () => {
  const dependencies = { ms: '2' }

  test('an install sees what it takes by a path', async () => {
    const { dockerfile } = await createFrom(
      project(
        {
          scripts: { build: 'tsc', start: 'node dist/index.js' },
          dependencies: { a: 'file:./vendor/a', b: 'file:b-1.0.0.tgz', c: 'file:../c', d: 'file:/d' },
          overrides: { x: { y: 'link:forks/y' } },
          devDependencies: { typescript: '5', e: 'file:tools/e' },
        },
        { 'src/index.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } } },
      ),
    )
    const mounted = new Set([...dockerfile.matchAll(/type=bind,source=(\S+?),/g)].map(match => match[1]))
    expect([...mounted]).toEqual([
      'package.json',
      'package-lock.json',
      'vendor/a',
      'b-1.0.0.tgz',
      'tools/e',
      'forks/y',
    ])
    expect(copies(dockerfile)).toEqual([
      '/app/node_modules ./node_modules',
      '/app/dist ./dist',
      '/app/vendor/a ./vendor/a',
      '/app/forks/y ./forks/y',
      'package.json ./',
    ])
  })

  test.each<[string, object, object]>([
    ['by its shorthand', { a: 'github:b/a' }, {}],
    ['by an address', { a: 'https://git.example.com/b/a.git#v1' }, {}],
    [
      'of a dependency',
      { a: '1' },
      { 'node_modules/b': { version: '1.0.0', resolved: 'git+ssh://git@github.com/b/b.git#0' } },
    ],
  ])('git is there for one that lies there, %s', async (_, others, packages) => {
    const { dockerfile } = await createFrom(
      project({ scripts: { start: 'node index.js' }, dependencies: others }, { 'index.js': '' }, packages),
    )
    const [, base = ''] = /AS base([\s\S]*?)\nFROM /.exec(dockerfile) ?? []
    expect(base).toContain('install -y --no-install-recommends ca-certificates git\n')
  })

  test('without one there is no git', async () => {
    const { dockerfile } = await createFrom(
      project({ scripts: { start: 'node index.js' }, dependencies }, { 'index.js': '' }),
    )
    expect(dockerfile).not.toContain('apt-get')
  })
})

describe('code beside the sources', () => {
  const knex = (build: string) =>
    createFrom(
      project(
        { scripts: { build, start: 'node dist/index.js' }, devDependencies: { typescript: '5' } },
        {
          'src/index.ts':
            "require('../knexfile')\nimport data from '../seed/data.json'\nimport '../shared/types'",
          'knexfile.js': "module.exports = { migrations: { directory: './db/migrations' } }",
          'seed/data.json': '{}',
          'shared/types.ts': '',
          'db/migrations/1.js': '',
          'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
        },
      ),
    )

  test('is there where the program imports it and no compiler moves it', async () => {
    expect(copies((await knex('tsc')).dockerfile)).toEqual([
      '/app/dist ./dist',
      '/app/db ./db',
      '/app/knexfile.js ./knexfile.js',
      '/app/seed/data.json ./seed/data.json',
      'package.json ./',
    ])
  })

  test('is in the output of a bundler', async () => {
    expect(copies((await knex('esbuild src/index.ts')).dockerfile)).not.toContain(
      '/app/knexfile.js ./knexfile.js',
    )
  })
})

test.each([
  ['13.4.4', true],
  ['13.3.4', true],
  ['13.2.4', false],
  ['13.5.6', false],
])('Next.js %s asks its workers on the address that they have', async (version, needed) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: version },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/a/node_modules/next': { version: '13.1.6' },
        'node_modules/next': { version },
      },
    },
    'app/page.js': '',
  })
  expect(dockerfile.includes('ENV NODE_OPTIONS=--dns-result-order=ipv4first\n')).toBe(needed)
})

test.each<[string, Record<string, string>, boolean]>([
  ['a package for development', { 'app/routes/_index.tsx': "import sql from 'postgres'\nexport const loader = () => sql`select 1`" }, true],
  ['one that Vite is told to pack', { 'app/db.server.ts': "import sql from 'postgres'\nsql``", 'vite.config.ts': "export default { plugins: [remix()], ssr: { noExternal: ['postgres'] } }" }, false],
  ['a type of it alone', { 'app/db.server.ts': "import { Sql } from 'postgres'\nlet sql: Sql" }, false],
  ['it in the browser', { 'app/db.client.ts': "import sql from 'postgres'\nsql``" }, false],
  ['it in a test', { 'app/db.test.ts': "import sql from 'postgres'\nsql``" }, false],
  ['a style of it', { 'app/root.tsx': "import 'postgres/a.css'" }, false],
  ['what lists the routes', { 'app/routes.ts': "import { flatRoutes } from '@react-router/fs-routes'\nexport default flatRoutes()" }, false],
])('what the server of Remix imports and no production install has: %s', async (_, files, lacks) => {
  const { notes } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'remix vite:build', start: 'remix-serve ./build/server/index.js' },
      dependencies: { '@remix-run/serve': '2' },
      devDependencies: { '@remix-run/dev': '2', '@react-router/fs-routes': '7', postgres: '3', vite: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'vite.config.ts': 'export default { plugins: [remix()] }',
    ...files,
  })
  expect(notes.some(({ code }) => code === 'DEVELOPMENT_IMPORTS')).toBe(lacks)
}) // biome-ignore format: one row an import

test.each<[string, object, Record<string, string>, readonly string[]]>([
  ['by a server of its own, which is not here', {}, {}, ['ADAPTER_MISSING']],
  ['by a server of its own', {}, { 'server.js': "import express from 'express'\nexpress().listen(3000)" }, []],
  ['by what is there for that', { '@remix-run/serve': '2' }, {}, []],
])('Remix is started %s', async (_, dependencies, files, codes) => {
  const [found] = await detectIn({
    'package.json': {
      name: 'app',
      type: 'module',
      scripts: { build: 'remix vite:build', start: 'node ./server.js' },
      dependencies: { '@remix-run/express': '2', express: '5', ...dependencies },
      devDependencies: { '@remix-run/dev': '2', vite: '5' },
    },
    'vite.config.ts': 'export default defineConfig({ plugins: [remix()] })',
    ...files,
  })
  expect(found?.questions.map(({ code }) => code)).toEqual(codes)
}) // biome-ignore format: one row a start

test("SvelteKit's adapter by somebody else is in the lock file, and is no adapter-auto", async () => {
  const [found] = await detectIn({
    'package.json': {
      name: 'app',
      scripts: { build: 'vite build', start: 'node build' },
      dependencies: { 'svelte-adapter-uws': '1' },
      devDependencies: { '@sveltejs/kit': '2', vite: '7' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'svelte.config.js':
      "import adapter from 'svelte-adapter-uws'\nexport default { kit: { adapter: adapter() } }",
  })
  expect(found?.questions).toEqual([])
})

test.each<[string, string, object, string[]]>([
  ['exports.handler = ', 'exports.handler = server.createHandler()', {}, ['NO_START_COMMAND']],
  [
    'export const handler',
    'export const handler = async event => ({ statusCode: 200 })',
    {},
    ['NO_START_COMMAND'],
  ],
  ['a function', 'export async function handler(event) {}', {}, ['NO_START_COMMAND']],
  [
    'one that listens too',
    'exports.handler = serverless(app)\nif (process.env.LOCAL) app.listen(3000)',
    {},
    [],
  ],
  ['one that a script starts', 'exports.handler = async () => {}', { start: 'node index.js' }, []],
  ['another export', 'exports.server = run()', {}, []],
])('what a platform calls is no program: %s', async (_, code, scripts, questions) => {
  const [found] = await detectIn({
    'package.json': { name: 'a', private: true, main: 'index.js', scripts, dependencies: { express: '4' } },
    'index.js': code,
  })
  expect(found?.questions.map(question => question.code)).toEqual(questions)
})

test("what Azure's host loads is no program", async () => {
  const [found] = await detectIn({
    'package.json': {
      name: 'a',
      main: 'dist/src/functions/*.js',
      scripts: { build: 'tsc', start: 'func start' },
      dependencies: { '@azure/functions': '4' },
    },
    'src/functions/todos.ts': "import { app } from '@azure/functions'\napp.http('todos', {})",
  })
  expect(found?.questions).toMatchObject([{ code: 'NO_START_COMMAND', option: 'start' }])
})

test.each<[string, Record<string, string | object>, string]>([
  ['functions for Vercel', { 'vercel.json': {}, 'api/hook.js': 'module.exports = (req, res) => res.end()' }, 'which Vercel calls'],
  ['scripts alone', { 'scripts/report.js': '' }, 'no script or file of jobs says'],
])('an index.js that only npm init named makes no library of %s', async (_, files, message) => {
  const [found] = await detectIn({ 'package.json': { name: 'jobs', main: 'index.js', dependencies: { dotenv: '16' } }, ...files })
  expect(found?.questions).toMatchObject([{ code: 'NO_START_COMMAND', option: 'start' }])
  expect(found?.questions[0]?.message).toContain(message)
}) // biome-ignore format: one row a project

test('beside an app, what the Serverless Framework deploys is no second one', async () => {
  const found = await detectIn({
    'api/package.json': { name: 'api', scripts: { start: 'node index.js' }, dependencies: { express: '5' } },
    'api/index.js': 'app.listen(4000)',
    'lambda/package.json': { name: 'lambda', scripts: { lint: 'eslint .' }, dependencies: { express: '5' } },
    'lambda/handler.js': 'export const handler = async () => {}',
    'lambda/serverless.yml': 'service: a\n',
  })
  expect(found.map(({ name, fit }) => [name, fit])).toEqual([
    ['api', 'exact'],
    ['lambda', 'incidental'],
  ])
})

describe('whether a program is a server', () => {
  const kind = async (code: string, ...names: readonly string[]) => {
    const [candidate] = await detectIn({
      'package.json': {
        scripts: { start: 'node index.js' },
        dependencies: Object.fromEntries(names.map(name => [name, '*'])),
      },
      'index.js': code,
    })
    return candidate?.facts.kind.value
  }
  const bot = "require('discord.js')\nconst app = require('express')()\n"

  test.each<[string, string, readonly string[], string]>([
    [
      'a client of web sockets',
      "const WebSocket = require('ws')\nnew WebSocket('wss://a.example')",
      ['ws'],
      'worker',
    ],
    [
      'a server of web sockets',
      "const { WebSocketServer } = require('ws')\nnew WebSocketServer({ port: settings.port })",
      ['ws'],
      'web',
    ],
    [
      'a bot with a dashboard by a variable',
      `${bot}if (process.env.DASHBOARD === 'true') {\n  app.listen(3000)\n}`,
      ['discord.js', 'express'],
      'worker',
    ],
    [
      'a bot with a dashboard by its settings',
      `${bot}if (config.dashboard.enabled) app.listen(3000)`,
      ['discord.js', 'express'],
      'worker',
    ],
    ['a bot with one', `${bot}app.listen(3000)`, ['discord.js', 'express'], 'web'],
    [
      'a bot with one of two kinds',
      `${bot}if (process.env.TLS) https.listen(443)\nelse app.listen(3000)`,
      ['discord.js', 'express'],
      'web',
    ],
    [
      'a bot that tests leave silent',
      `${bot}if (process.env.NODE_ENV !== 'test') app.listen(3000)`,
      ['discord.js', 'express'],
      'web',
    ],
    [
      'a server by a variable',
      "const app = require('express')()\nif (process.env.LISTEN) app.listen(3000)",
      ['express'],
      'web',
    ],
  ])('%s', async (_, code, names, expected) => {
    expect(await kind(code, ...names)).toBe(expected)
  })
})

test('what a compiler makes of a source is started though only its watching is a script', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'nodemon dist/server.js', watch: 'tsc -w' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5', nodemon: '3' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: './dist', rootDir: './src' } },
    'src/server.ts':
      "import express from 'express'\nimport { schema } from './schema'\nexpress().listen(3000)",
    'src/schema.ts': '',
  })
  expect(dockerfile).toContain('RUN npx tsc\n')
  expect(dockerfile).toContain('"dist/server.js"]')
})

test('a build leaves out what puts its output on record', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node dist/index.js', build: 'rm -rf dist && babel src --out-dir dist && git add .' },
      dependencies: { express: '4' },
      devDependencies: { '@babel/cli': '7' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'src/index.js': 'require("express")().listen(3000)',
  })
  expect(dockerfile).toContain('npx babel src --out-dir dist')
  expect(dockerfile).not.toContain('git add')
})

test("a build leaves out what compares types with Cloudflare's variables", async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node dist/index.js', build: 'wrangler types --check && tsc' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5', wrangler: '4' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/index.ts': "import express from 'express'\nexpress().listen(3000)",
  })
  expect(dockerfile).toContain('RUN npx tsc\n')
  expect(dockerfile).not.toContain('wrangler')
})

describe('TypeScript that no script compiles or runs', () => {
  const bot = (source: string, devDependencies: object, files: Files = {}) =>
    createFrom(
      project(
        { dependencies: { telegraf: '4' }, devDependencies },
        {
          'src/index.ts': source,
          'src/a.ts': '',
          'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
          ...files,
        },
      ),
    )

  test.each<[string, string, object, string]>([
    ['is run as it is where Node.js can', "import './a.ts'", { typescript: '5' }, '"src/index.ts"]'],
    ['is compiled where an import lacks its ending', "import './a'", { typescript: '5' }, '"dist/index.js"]'],
    [
      'is compiled where an import has the ending of the output',
      "import './a.js'",
      { typescript: '5' },
      '"dist/index.js"]',
    ],
    ['is compiled where it has more than types', 'enum A { B }', { typescript: '5' }, '"dist/index.js"]'],
    ['is run by what the project has for that', "import './a'", { tsx: '4' }, 'tsx'],
  ])('%s', async (_, source, tools, command) => {
    const { dockerfile, candidate } = await bot(source, tools)
    expect(dockerfile.slice(dockerfile.lastIndexOf('CMD'))).toContain(command)
    expect(candidate.notes.map(({ code }) => code)).not.toContain('TYPESCRIPT_NOT_COMPILED')
  })

  test.each([
    ['brings ts-node along', {}, '"ts-node/register/transpile-only", "src/index.ts"]'],
    ['does so for pnpm out of reach', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }, '"src/index.ts"]'],
  ])('a restarter of ts-node %s', async (_, files, command) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { dev: 'ts-node-dev --respawn src/index.ts' },
        dependencies: { express: '4' },
        devDependencies: { 'ts-node-dev': '2', typescript: '5' },
      },
      'tsconfig.json': {},
      'src/index.ts': "import express from 'express'\nimport './a'\nexpress().listen(3000)\n",
      'src/a.ts': '',
      ...files,
    })
    expect(dockerfile.slice(dockerfile.lastIndexOf('CMD'))).toContain(command)
  })

  test.each([
    ['its tests alone', "import './a'", false],
    ['the program too', "import 'sqlite3'\nimport './a'", true],
  ])('native code of development is built for what loads it: %s', async (_, source, rebuilt) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { start: 'ts-node index.ts' },
        devDependencies: { sqlite3: '5', 'ts-node': '10', typescript: '5' },
      },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/sqlite3': { version: '5.1.7', dev: true, hasInstallScript: true } },
      },
      'index.ts': source,
      'a.ts': '',
    })
    expect(dockerfile.includes('npm rebuild sqlite3')).toBe(rebuilt)
    expect(dockerfile.includes('g++')).toBe(rebuilt)
  })

  test('native code of development that the program loads has its libraries in the image', async () => {
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { start: 'node index.js' }, devDependencies: { sharp: '0.32.6' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/sharp': { version: '0.32.6', dev: true, hasInstallScript: true } },
      },
      'index.js': "require('sharp')",
    })
    expect(dockerfile.slice(dockerfile.indexOf('AS runtime'))).toContain('libvips42t64')
  })

  const locked = (name: string) => ({
    'package-lock.json': { lockfileVersion: 3, packages: { [`node_modules/${name}`]: { version: '5.8.0' } } },
  })

  test.each<[string, object, string]>([
    ['where no manifest names the compiler', {}, 'tsc'],
    ['where a script calls it', { scripts: { build: 'tsc -p .', start: 'node dist/index.js' } }, 'tsc -p .'],
  ])('is compiled by one of our choice %s', async (_, manifest, line) => {
    const files = {
      ...locked('telegraf'),
      'package.json': { name: 'app', dependencies: { telegraf: '4' }, ...manifest },
    }
    const { candidate, dockerfile } = await bot("import './a'", {}, files)
    expect(dockerfile).toContain(`RUN npx --yes --package=typescript@5.9.3 ${line}\n`)
    expect(dockerfile).toContain('"dist/index.js"]')
    expect(candidate.notes.map(({ code }) => code)).toContain('COMPILER_CHOSEN')
    expect(candidate.notes.map(({ code }) => code)).not.toContain('TYPESCRIPT_NOT_COMPILED')
  })

  test('is told of no compiler where nothing is compiled', async () => {
    const manifest = {
      name: 'app',
      dependencies: { telegraf: '4' },
      scripts: { build: 'tsc', start: 'node a.js' },
    }
    const { notes } = await createFrom({ ...locked('telegraf'), 'package.json': manifest, 'a.js': '' })
    expect(notes.map(({ code }) => code)).not.toContain('COMPILER_CHOSEN')
  })

  test('is compiled by the one that a package brings', async () => {
    const scripts = { build: 'tsc', start: 'node dist/index.js' }
    const files = {
      ...locked('typescript'),
      'package.json': { name: 'app', dependencies: { telegraf: '4' }, scripts },
    }
    const { dockerfile } = await bot("import './a'", {}, files)
    expect(dockerfile).toContain('RUN npm run build\n')
  })

  test('is told of where nothing is there for it', async () => {
    const { candidate } = await bot("import './a'", {}, { 'tsconfig.json': {} })
    expect(candidate.notes.map(({ code }) => code)).toContain('TYPESCRIPT_NOT_COMPILED')
  })
})

describe('what Nitro packs', () => {
  const nuxt = (scripts: object, files: Files = {}, dependencies: object = {}) =>
    createFrom(project({ scripts, dependencies: { nuxt: '4', ...dependencies } }, files))

  test.each([
    ['in the command', { build: 'nuxt build --preset bun' }, {}],
    ['in the settings', { build: 'nuxt build' }, { 'nuxt.config.ts': "export default { nitro: { preset: 'bun' } }" }],
    ['by a variable', { build: 'NITRO_PRESET=bun nuxt build', start: 'bun run .output/server/index.mjs' }, {}],
  ])('for Bun runs in its image: %s', async (_, scripts, files) => {
    const { dockerfile, plan } = await nuxt(scripts, files)
    expect(plan.images.runtime).toContain('oven/bun')
    expect(plan.view.runtime.command).toEqual(['bun', '.output/server/index.mjs'])
    expect(copies(dockerfile)).toEqual(['/app/.output ./.output', 'package.json ./'])
  }) // biome-ignore format: one row a place

  test('finds what it reads where it is started', async () => {
    const { dockerfile } = await nuxt(
      { build: 'nuxt build' },
      {
        'server/plugins/db.ts':
          "import { migrate } from 'drizzle-orm/libsql/migrator'\nexport default () => migrate(db, { migrationsFolder: './server/db/migrations' })",
        'server/db/migrations/0.sql': '',
        'server/api/invite.ts':
          "import { readFile } from 'node:fs/promises'\nexport default () => readFile('letters/invite.html')",
        'letters/invite.html': '',
        'scripts/migrate.ts': "migrate(db, { migrationsFolder: 'old' })",
        'old/0.sql': '',
      },
    )
    expect(copies(dockerfile)).toEqual([
      '/app/.output ./',
      '/app/server/db/migrations ./server/db/migrations',
      '/app/letters ./letters',
    ])
  })

  test.each<[string, Files, boolean, readonly string[]]>([
    ['a program of a shell', { 'server/utils/cmd.ts': "import childProcess from 'child_process'\nexport const run = (command: string) => childProcess.exec(command)" }, false, []],
    ['a known program', { 'server/api/clip.ts': "import { execFile } from 'node:child_process'\nexport default () => execFile('ffmpeg', ['-i', 'a'])" }, false, ['ffmpeg']],
    ['a script for a person', { 'server/scripts/dump.ts': "import { execFile } from 'node:child_process'\nexecFile('pg_dump', [])" }, true, []],
    ['what a script of its own runs', { 'server/db/dump.ts': "import { execFile } from 'node:child_process'\nexecFile('pg_dump', [])" }, true, []],
    ['a name alone', { 'server/api/a.ts': "// 'child_process' is not used\nexport default () => 1" }, true, []],
  ])('has what it starts: %s', async (_, files, distroless, packages) => {
    const { dockerfile, plan } = await nuxt({ build: 'nuxt build', dump: 'npx tsx ./server/db/dump.ts' }, files)
    expect(plan.images.runtime?.includes('distroless')).toBe(distroless)
    for (const name of ['ffmpeg', 'postgresql-client']) expect(dockerfile.includes(name)).toBe(packages.includes(name))
  }) // biome-ignore format: one row a file

  test("SvelteKit's server finds the migrations among its sources", async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { build: 'vite build' },
        devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5', vite: '7' },
      },
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
      'src/lib/server/db.ts': "migrate(db, { migrationsFolder: './src/lib/server/migrations' })",
      'src/lib/server/migrations/0.sql': '',
    })
    expect(copies(dockerfile)).toContain('/app/src/lib/server/migrations ./src/lib/server/migrations')
  })

  test("Next.js's server finds the migrations beside it too, in its own folder", async () => {
    const { dockerfile } = await createFrom({
      'package.json': { private: true, workspaces: ['apps/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'apps/web/package.json': {
        name: 'web',
        scripts: { build: 'next build' },
        dependencies: { next: '16' },
      },
      'apps/web/src/instrumentation.ts':
        "export const register = () => migrate(db, { migrationsFolder: join(process.cwd(), 'drizzle') })",
      'apps/web/drizzle/0.sql': '',
    })
    expect(copies(dockerfile)).toContain('/app/apps/web/drizzle ./apps/web/drizzle')
  })
})
