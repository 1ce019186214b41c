import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const manifest = (scripts: object, ...names: readonly string[]) => ({
  'package.json': { name: 'app', scripts, dependencies: Object.fromEntries(names.map(name => [name, '*'])) },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'public/a.png': '',
})

test("what a framework's build makes has the public files in it", async () => {
  const { dockerfile } = await createFrom({
    ...manifest(
      { build: 'qwik build', serve: 'node server/entry.express' },
      '@builder.io/qwik-city',
      'express',
    ),
    'adapters/express/vite.config.ts': '',
  })
  expect(dockerfile).toContain('COPY --from=build /app/server ./server\n')
  expect(dockerfile).toContain('COPY --from=build /app/dist ./dist\n')
  expect(dockerfile).not.toContain('/app/public')
})

test('a program that is compiled reads them beside it', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript'),
    'src/server.ts': "import express from 'express'\nexpress().listen(3000)",
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  })
  expect(dockerfile).toContain('COPY --from=build /app/public ./public\n')
})

test.each([
  [
    'what variables are checked by',
    "import 'dotenv-safe/config'",
    { '.env.example': 'SECRET=' },
    './.env.example',
  ],
  [
    'data of a folder of tools that the code names whole',
    "import path from 'node:path'\nconst file = fileURLToPath(import.meta.url)\nread(path.resolve(path.dirname(file), '../scripts/api.json'))",
    { 'scripts/api.json': {}, 'scripts/release.js': '' },
    './scripts/api.json',
  ],
])('a program that is compiled has %s', async (_, code, files, path) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { 'dotenv-safe': '9' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/index.ts': code,
    ...files,
  })
  expect(dockerfile).toContain(`COPY --from=build /app/${path.slice(2)} ${path}\n`)
  expect(dockerfile).not.toContain('./scripts\n')
})

test.each([
  ['that the build makes anew', { build: 'rm -rf dist && tsc' }, 3000],
  ['that nothing builds', {}, 3001],
])('the port of an output that is committed, and %s', async (_, scripts, port) => {
  const { plan } = await createFrom({
    ...manifest({ ...scripts, start: 'node dist/index.js' }, 'express', 'typescript'),
    'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['api/index.ts'] },
    'api/index.ts': "import express from 'express'\nexpress().listen(3000)",
    'dist/index.js': "require('express')().listen(3001)",
  })
  expect(plan.view.runtime.port).toBe(port)
})

test('a folder of TypeScript that the package config loads is there as it is', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript', 'config'),
    'src/server.ts':
      "import config from 'config'\nimport express from 'express'\nexpress().listen(config.get('port'))",
    'config/default.ts': 'export default { port: 3000 }',
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  })
  expect(dockerfile).toContain('COPY --from=build /app/config ./config\n')
  expect(dockerfile).toContain('tsconfig.json ./tsconfig.json\n')
})

test.each([
  ["Multer's folder", "import multer from 'multer'\nconst upload = multer({ dest: './files' })", true],
  ["the folder of Nest's module", "import { MulterModule } from '@nestjs/platform-express'\nMulterModule.register({ dest: './files' })", true],
  ['the folder of a storage', "import { diskStorage } from 'multer'\nconst storage = diskStorage({ destination: 'files/photos' })", true],
  ['a storage elsewhere', "import { MulterModule } from '@nestjs/platform-express'\nMulterModule.register({ storage: cloud() })", false],
])('where uploads go to is its own: %s', async (_, code, writes) => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript', 'multer', '@nestjs/platform-express'),
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/server.ts': `import express from 'express'\n${code}\nexpress().use('/files', express.static('files')).listen(3000)`,
    'files/a.txt': '',
  })
  expect(dockerfile.includes('COPY --from=build --chown=65532:65532 /app/files ./files\n')).toBe(writes)
}) // biome-ignore format: one row a call

describe('what the container is told', () => {
  const bot = (files: Readonly<Record<string, string>>) =>
    createFrom({
      ...manifest({ start: 'node index.js' }, 'discord.js'),
      'index.js': "require('discord.js')",
      ...files,
    })

  test.each<[string, Record<string, string>, string | undefined]>([
    ['names of an example', { '.env.example': 'TOKEN=\n' }, '--env-file .env'],
    ['of one with the words the other way round', { 'sample.env': 'TOKEN=\n' }, '--env-file .env'],
    ['what the code alone reads', { 'index.js': 'login(process.env.TOKEN)' }, undefined],
    ['what platforms set', { '.env.example': 'PORT=3000\n' }, undefined],
  ])('%s', async (_, files, flags) => {
    const { plan } = await bot(files)
    expect(plan.runFlags).toBe(flags)
  })

  test.each<[string, string, boolean]>([
    ['quotes', 'TOKEN="your token"\n', true],
    ['quotes, with a comment behind them,', 'TOKEN="your token" # from its page\n', true],
    ['none', 'TOKEN=your-token\n', false],
  ])('with %s around the values', async (_, content, told) => {
    const { candidate } = await bot({ '.env.example': content })
    expect(candidate.notes.some(({ code }) => code === 'ENV_FILE_QUOTES')).toBe(told)
  })

  test.each<[string, Record<string, string>, string | undefined]>([
    ['config.example.json', {}, '"$PWD/config.json:/app/config.json:ro"'],
    ['config.js.example', {}, '"$PWD/config.js:/app/config.js:ro"'],
    ['config/settings.sample.yml', {}, '"$PWD/config/settings.yml:/app/config/settings.yml:ro"'],
    ['example.config.json', {}, '"$PWD/config.json:/app/config.json:ro"'],
    ['feeds-example.json', { 'index.js': "read('./feeds.json')" }, '"$PWD/feeds.json:/app/feeds.json:ro"'],
    ['feeds-example.json', {}, undefined],
    [
      'config-sample.ini',
      { 'index.js': "fs.writeFileSync('config.ini', fs.readFileSync('config-sample.ini'))" },
      undefined,
    ],
    [
      'lib/app/config.template.js',
      { 'index.js': "require('./lib/app/main')", 'lib/app/main.js': "require('./config')" },
      '"$PWD/lib/app/config.js:/app/lib/app/config.js:ro"',
    ],
    ['lib/other/config.template.js', {}, undefined],
    [
      'config.template.js',
      {
        'package.json': JSON.stringify({
          scripts: {
            prestart: 'test -f config.js || cp config.template.js config.js',
            start: 'node index.js',
          },
          dependencies: { 'discord.js': '14' },
        }),
      },
      undefined,
    ],
    ['config/database.yaml.example', {}, '"$PWD/config/database.yaml:/app/config/database.yaml:ro"'],
    ['docs/database.yaml.example', {}, undefined],
    ['vite.config.example.js', {}, undefined],
    ['config.example.json', { 'config.json': '{}' }, undefined],
  ])('settings of %s with %o', async (template, files, mount) => {
    const { candidate } = await bot({ [template]: '', ...files })
    const told = candidate.notes.find(({ code }) => code === 'SETTINGS_NOT_COMMITTED')?.message
    if (mount === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(`docker run -v ${mount}`)
  })
})

describe('what a build leaves outside', () => {
  const qwik = (dependencies: object, devDependencies: object) =>
    createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'qwik build', serve: 'node server/entry.express' },
        dependencies,
        devDependencies,
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'adapters/express/vite.config.ts': '',
      'src/entry.express.tsx':
        "import 'dotenv/config'\nimport express from 'express'\nimport { createQwikCity } from '@builder.io/qwik-city/middleware/node'\nimport plan from '@qwik-city-plan'",
    })

  test('is in the image, though it is for development', async () => {
    const { candidate, dockerfile } = await qwik(
      { express: '4' },
      { '@builder.io/qwik-city': '1', dotenv: '16' },
    )
    expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain(
      'imports dotenv, undici,',
    )
    expect(dockerfile).toContain('COPY --from=build /app/node_modules ./node_modules')
    expect(dockerfile).not.toContain('--omit=dev')
  })

  test('leaves the others out where it is a dependency', async () => {
    const all = { express: '4', dotenv: '16', undici: '7' }
    const { candidate, dockerfile } = await qwik(all, { '@builder.io/qwik-city': '1' })
    expect(candidate.notes.map(({ code }) => code)).not.toContain('DEVELOPMENT_IMPORTS')
    expect(dockerfile).toContain('--omit=dev')
  })
})

test('what a decorator has injected is loaded, though it is named as a type alone', async () => {
  const { candidate } = await createFrom({
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'package.json': {
      name: 'app',
      scripts: { build: 'tsc', start: 'node dist/app.js' },
      dependencies: { express: '5', di: '1' },
      devDependencies: { typescript: '5', orm: '1', types: '1' },
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src', emitDecoratorMetadata: true } },
    'src/app.ts':
      "import express from 'express'\nimport { Users } from './users'\nnew Users()\nexpress().listen(3000)",
    'src/users.ts':
      "import { service } from 'di'\nimport type { T } from 'types'\nimport { Orm } from './orm'\n@service()\nexport class Users { constructor(private orm: Orm, private t: T) {} }",
    'src/orm.ts': "import { table } from 'orm'\n@table\nexport class Orm {}",
  })
  expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain(
    'imports orm,',
  )
})

test.each<[string, object, string]>([
  ['for development alone', { development: { dialect: 'mysql' } }, 'development'],
  ['for production too', { development: {}, production: {} }, 'production'],
])('settings of Sequelize %s', async (_, settings, environment) => {
  const { dockerfile, notes } = await createFrom({
    ...manifest({ start: 'node app.js' }, 'express', 'sequelize'),
    'app.js': "require('./models')\nrequire('express')().listen(3000)",
    'models/index.js':
      "const config = require(__dirname + '/../config/config.json')[process.env.NODE_ENV || 'development']",
    'config/config.json': settings,
  })
  expect(dockerfile).toContain(`NODE_ENV=${environment}\n`)
  expect(notes.some(({ code }) => code === 'SETTINGS_OF_DEVELOPMENT')).toBe(environment === 'development')
})

describe('a server that listens under a condition', () => {
  const env = async (code: string) => {
    const { dockerfile, notes } = await createFrom({
      ...manifest({ start: 'node app.js' }, 'express'),
      'app.js': `const app = require('express')()\n${code}\nmodule.exports = app`,
    })
    const told = notes.some(({ code }) => code === 'LISTENS_IN_DEVELOPMENT')
    return `${/NODE_ENV=(\w+)/.exec(dockerfile)?.[1]}${told ? ', told' : ''}`
  }

  test.each([
    ["if (process.env.NODE_ENV !== 'production') app.listen(3000)", 'development, told'],
    ["if (process.env.NODE_ENV !== 'production' && require.main === module) { app.listen(3000) }", 'development, told'],
    ["if (process.env.NODE_ENV === 'production') { warm() } else { app.listen(3000) }", 'development, told'],
    ["const isProduction = process.env.NODE_ENV === 'production'\nif (!isProduction) { app.listen(3000) }", 'development, told'],
    ["if (process.env.NODE_ENV !== 'test') app.listen(3000)", 'production'],
    ["if (process.env.NODE_ENV === 'production') app.listen(80)\nelse app.listen(3000)", 'production'],
    ["if (process.env.NODE_ENV !== 'production') debug()\napp.listen(3000)", 'production'],
  ])('%s', async (code, expected) => {
    expect(await env(code)).toBe(expected)
  }) // biome-ignore format: one row a condition
})

test.each([
  [
    'development dependencies',
    "if (process.env.NODE_ENV !== 'production') app.use(require('morgan')())",
    false,
  ],
  ['no others', '', true],
])('a server that listens for developers alone has what it loads for them: %s', async (_, code, left) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node app.js' },
      dependencies: { express: '5' },
      devDependencies: { morgan: '1' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'app.js': `const app = require('express')()\n${code}\nif (process.env.NODE_ENV !== 'production') app.listen(3000)`,
  })
  expect(dockerfile.includes('--omit=dev')).toBe(left)
})

test("a framework's own server is for production, whatever listens for developers beside it", async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'next build', start: 'next start' }, 'next', 'express'),
    'server.js': "if (process.env.NODE_ENV !== 'production') require('express')().listen(4000)",
    'pages/index.js': 'export default () => null',
  })
  expect(dockerfile).toContain('NODE_ENV=production')
})

describe('what the program loads', () => {
  const program = (source: string) =>
    createFrom({
      'package.json': {
        name: 'app',
        scripts: { start: 'node index.js' },
        dependencies: { express: '4' },
        devDependencies: { morgan: '1', helmet: '8', assert: '2' },
      },
      'index.js': `${source}\nrequire('express')().listen(3000)`,
      'lib/log.js': "require('morgan')\nconst { x } = require('helmet')",
    })

  test.each([
    ['a require', "const morgan = require('morgan')", 'imports morgan,'],
    ['a call of it', "require('morgan')('dev')", 'imports morgan,'],
    ['an import', "import morgan from 'morgan'", 'imports morgan,'],
    ['an export of another', "export { default } from 'morgan'", 'imports morgan,'],
    ['those of a file that it loads', "require('./lib/log')", 'imports morgan, helmet,'],
  ])('%s of a development dependency keeps those in the image', async (_, source, message) => {
    const { candidate, dockerfile } = await program(source)
    expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain(message)
    expect(dockerfile).not.toContain('--omit=dev')
  })

  test.each([
    ['under a condition', "if (process.env.DEBUG) app.use(require('morgan')())"],
    ['behind an operator', "process.env.DEBUG && require('morgan')"],
    ['where failing is allowed', "try { require('morgan') } catch {}"],
    ['in a function', "function log() { return require('morgan') }"],
    ['in a method', "const tools = { log() { return require('morgan') } }"],
    ['when it is asked for', "const log = async () => (await import('morgan')).default"],
    ['of a package that production has', "require('express')"],
    ['of a module of Node.js itself', "require('assert')\nrequire('node:assert')"],
  ])('%s doesn’t', async (_, source) => {
    const { candidate, dockerfile } = await program(source)
    expect(candidate.notes.map(({ code }) => code)).not.toContain('DEVELOPMENT_IMPORTS')
    expect(dockerfile).toContain('--omit=dev')
  })

  test('a package that another dependency brings is there', async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { start: 'node index.js' },
        dependencies: { express: '4' },
        devDependencies: { 'body-parser': '1' },
      },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/body-parser': { version: '1.20.0' } },
      },
      'index.js': "require('body-parser')\nrequire('express')().listen(3000)",
    })
    expect(dockerfile).toContain('--omit=dev')
  })

  const compiled = (source: string, build = 'tsc') =>
    createFrom({
      'package.json': {
        name: 'app',
        scripts: { build, start: 'node dist/index.js' },
        dependencies: { express: '4' },
        devDependencies: { typescript: '5', morgan: '1' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      'src/index.ts': `import express from 'express'\n${source}\nexpress().listen(3000)`,
    })

  test.each([
    ['a value', "import morgan from 'morgan'\nexport const log = morgan('dev')", 'tsc', true],
    ['for its effect', "import 'morgan'", 'tsc', true],
    ['a type by its word', "import type { Log } from 'morgan'", 'tsc', false],
    ['a type by its word in braces', "import { type Log } from 'morgan'", 'tsc', false],
    ['a type by its use', "import { Log } from 'morgan'\nexport const log = (by: Log) => 1", 'tsc', false],
    ['what a bundler packs', "import morgan from 'morgan'\nmorgan('dev')", 'tsup src/index.ts', false],
  ])('compiled: %s', async (_, source, build, kept) => {
    const { dockerfile } = await compiled(source, build)
    expect(dockerfile.includes('--omit=dev')).toBe(!kept)
  })
})

test.each([
  ['a port that a condition decides', 'process.env.PORT || (process.env.IN_DOCKER ? 4000 : 8080)', true],
  ['a port by the mode', "process.env.PORT || (process.env.NODE_ENV === 'production' ? 8080 : 4000)", false],
  ['a port with a default', 'process.env.PORT || 8080', false],
])('%s: whether the image sets it', async (_, port, set) => {
  const { dockerfile } = await createFrom({
    ...manifest({ start: 'node index.js' }, 'express'),
    'index.js': `const port = ${port}\nrequire('express')().listen(port)`,
  })
  expect(dockerfile).toContain('EXPOSE 8080\n')
  expect(dockerfile.includes('ENV PORT=8080\n')).toBe(set)
})

test('a port of settings, whatever they come from, is the variable of that name', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ start: 'node index.js' }, 'express'),
    'index.js': "const port = settings.PORT || 8080\nrequire('express')().listen(port)",
  })
  expect(dockerfile).toContain('EXPOSE 8080\n')
  expect(dockerfile).toContain('process.env.PORT || 8080')
})

test.each<[string, object, object | undefined, string, boolean]>([
  ['locked', {}, { 'node_modules/v8-compile-cache': { version: '2.3.0' } }, '24', true],
  ['not locked', {}, { 'node_modules/webpack-cli': { version: '6.0.1' } }, '24', false],
  ['an old webpack-cli, nothing locked', { 'webpack-cli': '^3.0.8' }, undefined, '24', true],
  ['an old Node.js', { 'webpack-cli': '^3.0.8' }, undefined, '20', false],
  ['a new webpack-cli, nothing locked', { 'webpack-cli': '^5' }, undefined, '24', false],
])('v8-compile-cache: %s', async (_, devDependencies, packages, version, off) => {
  const { dockerfile } = await createFrom(
    {
      'package.json': {
        name: 'app',
        scripts: { build: 'webpack', start: 'node index.js' },
        devDependencies: { webpack: '4', ...devDependencies },
      },
      'index.js': "require('http').createServer().listen(3000)",
      'webpack.config.js': 'module.exports = {}',
      ...(packages && { 'package-lock.json': { lockfileVersion: 3, packages } }),
    },
    { runtimeVersion: version },
  )
  expect(dockerfile.includes('DISABLE_V8_COMPILE_CACHE=1')).toBe(off)
})

test('a file that is loaded before the program is there, with what it reads and loads', async () => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: {
        build: 'tsc',
        'start:production': 'pm2 start --name a node -- -r ./paths.js build/index.js',
      },
      dependencies: { express: '5' },
      devDependencies: { 'tsconfig-paths': '4', typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'paths.js': "require('tsconfig-paths').register(require('./tsconfig.json'))",
    'src/index.ts': "import express from 'express'\nexpress().listen(3000)",
    'tsconfig.json': { compilerOptions: { outDir: 'build', rootDir: 'src' } },
  })
  for (const file of ['paths.js', 'tsconfig.json'])
    expect(dockerfile).toContain(`COPY --from=build /app/${file} ./${file}\n`)
  expect(dockerfile).toContain('"-r", "./paths.js", "build/index.js"]')
  expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain(
    'tsconfig-paths',
  )
})

test('what writes migrations is no build', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ generate: 'drizzle-kit generate', start: 'node server.js' }, 'express', 'drizzle-kit'),
    'server.js': "require('express')().listen(3000)",
  })
  expect(dockerfile).not.toContain('drizzle')
})

test('a key beside what is compiled is copied by nothing', async () => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript'),
    'src/server.ts': "fs.readFileSync('app.key')\nfs.readFileSync('about.txt')\napp.listen(3000)",
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'app.key': '',
    'about.txt': '',
  })
  expect(dockerfile).toContain('COPY --from=build /app/about.txt ./about.txt\n')
  expect(dockerfile).not.toContain('app.key')
})

test('a program that runs from its sources loads its own modules, though a bundler makes its pages', async () => {
  const { candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'vite build', start: 'node server.js' },
      dependencies: { express: '5' },
      devDependencies: { vite: '7', morgan: '1' },
    },
    'server.js': "require('morgan')\nrequire('express')().listen(3000)",
  })
  expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain('morgan')
})

test.each([
  ['tsc && vite build client', 'dist', true],
  ['tsc && vite build --ssr src/index.ts', 'types', false],
])('%s, of a program in dist: what only development installs', async (build, outDir, found) => {
  const { candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build, start: 'node dist/index.js' },
      dependencies: { express: '5' },
      devDependencies: { vite: '7', typescript: '5', morgan: '1' },
    },
    'tsconfig.json': { compilerOptions: { outDir, rootDir: 'src' } },
    'src/index.ts':
      "import morgan from 'morgan'\nimport express from 'express'\nexpress().use(morgan('tiny')).listen(3000)",
  })
  expect(candidate.notes.some(({ code }) => code === 'DEVELOPMENT_IMPORTS')).toBe(found)
})

test.each<[string, Record<string, object>, string, boolean]>([
  [
    'polyfills',
    { '.babelrc': { presets: [['@babel/preset-env', { useBuiltIns: 'usage' }]] } },
    'core-js',
    true,
  ],
  ['none', { '.babelrc': { presets: ['@babel/preset-env'] } }, 'core-js', false],
  [
    'helpers',
    { 'babel.config.json': { plugins: ['@babel/plugin-transform-runtime'] } },
    '@babel/runtime',
    true,
  ],
])(
  'what Babel has a program load, where only development installs it: %s',
  async (_, settings, name, found) => {
    const { candidate } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'babel src -d dist', start: 'node dist/index.js' },
        dependencies: { express: '5' },
        devDependencies: { '@babel/cli': '7' },
      },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { [`node_modules/${name}`]: { version: '3.0.0', dev: true } },
      },
      'src/index.js': "import express from 'express'\nexpress().listen(3000)",
      ...settings,
    })
    expect(
      candidate.notes.some(({ code, message }) => code === 'DEVELOPMENT_IMPORTS' && message.includes(name)),
    ).toBe(found)
  },
)

test.each(["{ presets: ['@babel/preset-env'] }", '{ broken'])(
  'settings that no JSON parser reads are for Babel to judge: %s',
  async text => {
    const { dockerfile } = await createFrom({
      'package.json': { name: 'app', scripts: { build: 'babel src -d dist', start: 'node dist/index.js' } },
      'src/index.js': "require('http').createServer().listen(3000)",
      '.babelrc': text,
    })
    expect(dockerfile).toContain('"dist/index.js"]')
  },
)

test('a key that the program reads stays out, and is named', async () => {
  const { candidate } = await createFrom({
    'package.json': { name: 'app', scripts: { start: 'node index.js' }, dependencies: { express: '5' } },
    'index.js':
      "require('https').createServer({ key: require('fs').readFileSync('./ssl/key.pem') }).listen(3000)",
    'ssl/key.pem': 'a key',
    'app/ssl/key.pem': 'a key of a module beside that folder',
    'ssl/other.pem': 'not named',
  })
  expect(candidate.notes.find(({ code }) => code === 'KEY_FILE')?.message).toMatch(
    / -v .\/app\/ssl\/key.pem:\/app\/app\/ssl\/key.pem:ro -v .\/ssl\/key.pem:\/app\/ssl\/key.pem:ro$/,
  )
})

describe('programs that the code starts', () => {
  const write = async (code: string, dependencies: Record<string, string> = {}) => {
    const { dockerfile, candidate } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5', ...dependencies },
      },
      'index.js': `const { spawn, exec, execFile } = require('child_process')\n${code}\nrequire('express')().listen(3000)`,
    })
    const lines = dockerfile.split(' AS runtime')[1] ?? ''
    return {
      packages: /--no-install-recommends ([^\\\n]+)/.exec(lines)?.[1]?.trim().split(' ') ?? [],
      candidate,
    }
  }

  test.each([
    ["spawn('ffmpeg', ['-i', file])", ['ffmpeg']],
    ['exec(`convert ${from} ${to}`)', ['imagemagick']],
    ["execFile('/usr/bin/pdftotext', [file])", ['poppler-utils']],
    ["exec('git clone ' + url + ' x')", ['git']],
    ["exec('git clone https://git.example/a.git')", ['git']],
    ["spawn('git', ['pull'])\nexec('ffprobe -version')", ['ffmpeg', 'git']],
    ["exec('git rev-parse HEAD')", []],
    ["spawn('git', ['log', '-1'])", []],
    ["spawn(process.execPath, ['worker.js'])", []],
    ['exec(`${tool} convert`)', []],
    ["const match = /convert/.exec('convert')", []],
    ["require('child_process').execSync('unzip a.zip')", ['unzip']],
    ["cp.execSync('unzip a.zip')", ['unzip']],
  ])('%s', async (code, packages) => {
    expect((await write(code)).packages).toEqual(packages)
  })

  test.each([
    [{ 'fluent-ffmpeg': '2' }, ['ffmpeg']],
    [{ 'fluent-ffmpeg': '2', 'ffmpeg-static': '5' }, []],
    [{ 'simple-git': '3' }, ['git']],
  ])('by a package: %j', async (dependencies, packages) => {
    expect((await write('', dependencies)).packages).toEqual(packages)
  })
})

test('pages that a step of the build makes among the sources are there', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'nest build && cd src/client && vite build', 'start:prod': 'node dist/main' },
      dependencies: { '@nestjs/core': '11' },
      devDependencies: { '@nestjs/cli': '11', typescript: '5', vite: '7' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'nest-cli.json': { sourceRoot: 'src/server' },
    'src/server/main.ts': "import './app.module'",
    'src/server/app.module.ts':
      "ServeStaticModule.forRoot({ rootPath: join(process.cwd(), 'src', 'client', 'dist'), serveRoot: config.get('basePath') })\nServeStaticModule.forRoot({ rootPath: 'src/client/other', serveRoot: '/other' })",
    'src/client/index.html': '',
    'tsconfig.json': { compilerOptions: { outDir: './dist', rootDir: 'src/server' } },
  })
  expect(dockerfile).toContain('COPY --from=build /app/src/client/dist ./src/client/dist\n')
  expect(dockerfile).not.toContain('src/client/other')
})

describe('settings that Next.js reads as a server around it starts', () => {
  const server = (config: string, rest: Record<string, string> = {}, development: object = {}) =>
    createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'next build && tsc', start: 'node dist/index.js' },
        dependencies: { next: '14.0.0', express: '*' },
        devDependencies: { typescript: '*', ...development },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'server/index.ts':
        "import next from 'next'\nimport express from 'express'\nnext({}).prepare().then(() => express().listen(3000))",
      'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'server' } },
      'next.config.js': config,
      ...rest,
    })

  test('are there, with what they load', async () => {
    const { dockerfile } = await server("module.exports = { redirects: require('./redirects') }", {
      'redirects.js': 'module.exports = async () => []',
    })
    for (const path of ['next.config.js', 'redirects.js', '.next', 'dist'])
      expect(dockerfile).toContain(`COPY --from=build /app/${path} ./${path}\n`)
  })

  test('and what only development installs, where they load it', async () => {
    const { dockerfile, notes } = await server(
      "const analyze = require('@next/bundle-analyzer')\nmodule.exports = analyze()({})",
      {},
      { '@next/bundle-analyzer': '*' },
    )
    expect(dockerfile).not.toContain('--omit=dev')
    expect(notes.map(({ code }) => code)).toContain('DEVELOPMENT_IMPORTS')
  })
})

test.each([
  ['sqlite://./database/app.db', true],
  ['file:database/app.sqlite', true],
  ['https://database/app.html', false],
])('the folder of a database at %s is in the image: %s', async (address, there) => {
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc', start: 'node dist/server.js' }, 'express', 'typescript'),
    'src/server.ts': `const url = process.env.DATABASE_URL || '${address}'\nexpress().listen(3000)`,
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'database/.keep': '',
  })
  expect(dockerfile.includes('/app/database ./database\n')).toBe(there)
})

test.each([
  ['shop', 'SHOP_PORT', true],
  ['@acme/my-shop', 'MY_SHOP_PORT', true],
  ['shop', 'METRICS_PORT', false],
])('the port of %s is set by %s, where nothing says another one: %s', async (name, variable, set) => {
  const { dockerfile } = await createFrom({
    'package.json': { name, scripts: { start: 'node index.js' }, dependencies: { express: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'index.js': `const settings = require('./settings')\nlet port\nif (process.env.${variable}) port = Number(process.env.${variable})\nelse port = settings.port\nrequire('express')().listen(port)`,
  })
  expect(dockerfile.includes(`ENV ${variable}=3000\n`)).toBe(set)
})

test.each([
  ['http', '4321'],
  ['mail', '3000'],
])('the port of settings for %s', async (name, port) => {
  const { dockerfile } = await createFrom({
    ...manifest({ start: 'node src/index.js' }, 'express'),
    'src/index.js': "require('express')().listen(process.env.PORT)",
    [`src/config/${name}.js`]: 'module.exports = { host: "a.example", port: 4321 }',
  })
  expect(dockerfile).toContain(`EXPOSE ${port}\n`)
})

test.each([
  ['an extension that is loaded', { main: 'index.js' }, false],
  ['pages that are built', { main: 'index.js', scripts: { build: 'vite build' } }, true],
])('the modules of %s are left out: %s', async (_, own, out) => {
  const { dockerfile } = await createFrom({
    ...manifest({ start: 'node index.js', postinstall: 'node install.js' }, 'express'),
    'index.js': 'express().listen(3000)',
    'install.js': '',
    'services/mail/package.json': { ...own, dependencies: { nodemailer: '7' } },
    'services/mail/index.js': '',
  })
  expect(dockerfile.includes('--exclude=services/mail/node_modules')).toBe(out)
})

test('names of the sources are found where the configuration of the build leads into its output', async () => {
  const paths = (target: string) => ({
    compilerOptions: { outDir: 'dist', rootDir: 'src', baseUrl: '.', paths: { '@/*': [target] } },
  })
  const { dockerfile } = await createFrom({
    ...manifest({ build: 'tsc -p tsconfig.build.json', start: 'node dist/main.js' }, 'express', 'typescript'),
    'src/main.ts': "import { app } from '@/app'\napp.start()",
    'src/app.ts': "import express from 'express'\nexport const app = { start: () => express().listen(4321) }",
    'tsconfig.json': paths('src/*'),
    'tsconfig.build.json': paths('dist/*'),
  })
  expect(dockerfile).toContain('EXPOSE 4321\n')
})

test.each([
  ['beside the sources', 'prisma-client-js', '../generated/prisma', true],
  ['among them', 'prisma-client-js', '../src/generated', false],
  ['in node_modules', 'prisma-client-js', '../node_modules/.prisma/own', false],
  ['as code that is compiled', 'prisma-client', '../generated/prisma', false],
])("Prisma's client %s", async (_, provider, output, copied) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'tsc', start: 'node dist/main.js' },
      dependencies: { '@prisma/client': '6.1.0' },
      devDependencies: { prisma: '6.1.0', typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/main.ts': "import { PrismaClient } from '@generated/prisma'\nnew PrismaClient()",
    'prisma/schema.prisma': `generator client {\n  provider = "${provider}"\n  output = "${output}"\n}\n`,
  })
  expect(dockerfile.includes('COPY --from=build /app/generated ./generated\n')).toBe(copied)
})

test('a command of oclif is read, though nothing imports it', async () => {
  const { candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'tsc', start: 'node bin/run start' },
      oclif: { commands: './dist/commands' },
      dependencies: { express: '5', '@oclif/core': '4' },
      devDependencies: { typescript: '5' },
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'bin/run': "#!/usr/bin/env node\nrequire('@oclif/core').run()",
    'src/commands/start.ts': "import '../server'",
    'src/commands/stop.ts': 'app.listen(1)',
    'src/server.ts': 'app.listen(process.env.PORT || 4100)',
  })
  expect(candidate.facts).toMatchObject({ kind: { value: 'web' }, port: { value: 4100 } })
})

test.each([
  ['a command', { bin: { tool: 'bin/tool.js' } }, true],
  ['a server', { scripts: { start: 'node bin/tool.js', build: 'rollup -c' } }, false],
])('%s has what its package is published with: %o', async (_, manifest, kept) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'tool', scripts: { build: 'rollup -c' }, files: ['bin', 'lib', 'src', '*.md'], ...manifest },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'lib/index.js': 'module.exports = 1',
    'src/tool.js': "require('../lib')",
  })
  expect(/COPY --from=build .*\/app\/lib \.\/lib/.test(dockerfile)).toBe(kept)
  expect(dockerfile).not.toContain('/app/src')
}) // biome-ignore format: one line a file

const MODE = "const isProd = process.env.NODE_ENV === 'production'\n"
test.each<[string, string, boolean]>([
  ['in production', `${MODE}if (isProd) app.use((await import('gz')).default())`, true],
  ['but for developers', `${MODE}if (!isProd) { vite() } else { app.use(require('gz')()) }`, true],
  [
    'unless a variable is set',
    "const boxed = process.env.BOXED\nif (!boxed && !process.env.CLOUD) { (async () => { await import('gz') })() }",
    true,
  ],
  ['where a variable is set', "if (process.env.CLOUD) { await import('gz') }", false],
  [
    'when it is asked for, unless a variable is set',
    "if (!process.env.CLOUD) { app.get('/', async () => { await import('gz') }) }",
    false,
  ],
  ['for developers', `${MODE}if (!isProd) app.use(require('gz')())`, false],
  ['where a setting says so', 'if (process.env.GZ) app.use(require("gz")())', false],
  ['for developers of what is in production', `${MODE}if (isProd) { if (!isProd) require('gz') }`, false],
])('what a program loads %s is in its image', async (_, code, kept) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      type: 'module',
      scripts: { start: 'node a.js' },
      dependencies: { express: '5' },
      devDependencies: { gz: '1' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'a.js': `import express from 'express'\nconst app = express()\n${code}\napp.listen(3000)`,
  })
  expect(dockerfile.includes('--omit=dev')).toBe(!kept)
})

test.each([
  ['config/default.ts', true],
  ['config/default.json', false],
])('node-config reads %s, and what for', async (path, keeps) => {
  const { candidate } = await createFrom({
    'package.json': {
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { config: '3' },
      devDependencies: { 'ts-node': '10', typescript: '5' },
    },
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    'src/index.ts': "import config from 'config'\nconfig.get('a')",
    [path]: '{}',
  })
  const said = candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')
  expect(said?.message.includes('imports ts-node') ?? false).toBe(keeps)
})

test("a framework's server wants the variables that its code reads, wherever that lies", async () => {
  const { candidate } = await createFrom({
    'package.json': { scripts: { build: 'next build', start: 'next start' }, dependencies: { next: '15' } },
    'lib/client.ts':
      'export const url = `${process.env.MOVIES_URL}/list`\nconst { MOVIES_KEY } = process.env',
    'lib/defaults.ts':
      "export const a = process.env.PAGE_SIZE ?? '10'\nexport const b = process.env.NEXT_PUBLIC_NAME",
    'lib/client.test.ts': 'process.env.OF_TESTS.trim()',
    'next.config.mjs': 'export default { env: { a: process.env.OF_THE_BUILD } }',
    'app/page.tsx': 'export default () => null',
  })
  expect(candidate.facts.env).toMatchObject({ value: ['MOVIES_KEY', 'MOVIES_URL'] })
})

test('what resolves names of paths as the program imports it reads the settings of the compiler', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { express: '5', 'tsconfig-paths': '4' },
      devDependencies: { typescript: '5' },
    },
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    'src/index.ts': "import 'tsconfig-paths/register'\nimport express from 'express'\nexpress().listen(3000)",
  })
  expect(dockerfile).toContain('COPY --from=build /app/tsconfig.json ./tsconfig.json\n')
})

test("of what Bun's own bundler makes the output alone is in the image", async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'bun build src/index.ts --target=bun --outdir=dist', start: 'bun dist/index.js' },
      dependencies: { hono: '4' },
    },
    'bun.lock': '{ "lockfileVersion": 1, "packages": { "hono": ["hono@4.6.3", "", {}, "sha512-x"] } }',
    'src/index.ts': "import { Hono } from 'hono'\nexport default new Hono()",
  })
  expect(dockerfile).toContain('RUN bun run build\n')
  expect(dockerfile).toContain('COPY --from=build /app/dist ./dist\n')
  expect(dockerfile).not.toContain('--exclude')
})

test('the source of what a compiler makes in a folder of its own is read', async () => {
  const { candidate } = await createFrom({
    'package.json': {
      scripts: { build: 'cd server/ && tsc', start: 'node server/dist/index.js' },
      dependencies: { express: '4' },
      devDependencies: { dotenv: '16', typescript: '5' },
    },
    'server/tsconfig.json': '{ "compilerOptions": { "outDir": "./dist", "rootDir": "./" } }',
    'server/index.ts': "import 'dotenv/config'\nimport express from 'express'\nexpress().listen(8000)",
  })
  expect(candidate.facts.port?.value).toBe(8000)
  expect(candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message).toContain('dotenv')
})
