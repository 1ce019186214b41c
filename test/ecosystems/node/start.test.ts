import { describe, expect, test } from 'vitest'
import type { NodeFacts } from '../../../src/ecosystems/node/facts.ts'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>
const project = (manifest: object, files: Files = {}): Files => ({
  'package.json': { name: 'app', ...manifest },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  ...files,
})
const start = async (files: Files, options = {}) => (await detectIn(files, options))[0]?.facts.start?.value
const command = async (files: Files) => (await createFrom(files)).plan.view.runtime.command?.at(-1)

describe('the start command', () => {
  test.each<[string, object, Files, string]>([
    ['a script', { scripts: { start: 'node server.js' } }, { 'server.js': '' }, 'node server.js'],
    [
      'the script of a program beside what a package is imported by',
      { module: 'lib.js', main: 'lib.js', scripts: { 'start:node': 'node cli.js', test: 'jest' } },
      { 'lib.js': 'export default 1', 'cli.js': "import './lib.js'" },
      'node cli.js',
    ],
    [
      'the one start of another name',
      { scripts: { 'start:bot': 'node bot/main.js', 'start:docs': 'node docs/serve.js' } },
      { 'bot/main.js': '', 'docs/serve.js': '' },
      'node bot/main.js',
    ],
    [
      'a program whose output another one reads',
      {
        scripts: { start: 'npm run serve | pino-pretty', serve: 'node server.js 2>&1 | tee log' },
        dependencies: { 'pino-pretty': '11' },
      },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'options that a variable may hold, and that nothing sets',
      {
        scripts: {
          start: 'node $NODE_OPTIONS --trace-uncaught ${MORE} dist/server.js | bunyan',
          build: 'tsc',
        },
      },
      { 'server.ts': '' },
      'node --trace-uncaught dist/server.js',
    ],
    [
      'a server of tools for models, which a container has by HTTP',
      {
        scripts: { start: 'node server.js stdio', 'start:http': 'node server.js http' },
        dependencies: { '@modelcontextprotocol/sdk': '1' },
      },
      { 'server.js': '' },
      'node server.js http',
    ],
    [
      'such a server whose script for HTTP names what no source comes out as',
      {
        scripts: { start: 'node dist/index.js', 'start:http': 'node dist/http.js', build: 'tsc' },
        dependencies: { '@modelcontextprotocol/sdk': '1' },
      },
      { 'src/index.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } } },
      'node dist/index.js',
    ],
    [
      'what listens beside a main file that only exports',
      { main: 'src/index.js', devDependencies: { express: '5' } },
      {
        'src/index.js': "export * from './cards.js'",
        'src/cards.js': 'export const card = () => ""',
        'express.js': "import express from 'express'\nexpress().listen(9000)",
        'mock-server.js': "import express from 'express'\nexpress().listen(9000)",
      },
      'node express.js',
    ],
    [
      'one of several that are started at once, by the name of its script',
      { scripts: { start: 'concurrently yarn:serve "pnpm:watch"', serve: 'node server.js', watch: 'vite' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'what a package manager runs is no file of the project',
      { scripts: { start: 'nodemon --exec yarn serve', serve: 'node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a program that is told something',
      { scripts: { start: 'echo y | node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'by the variable that names the package manager',
      { scripts: { start: '$npm_execpath run serve', serve: 'node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a chain of scripts',
      { scripts: { start: 'npm run serve', serve: 'node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a script that goes to a folder, by another',
      { scripts: { start: 'npm run there', there: 'cd jobs && node run.js' } },
      { 'jobs/run.js': '' },
      'node jobs/run.js',
    ],
    [
      'what pm2 is given on its command line',
      {
        scripts: {
          start: 'nodemon a.js',
          'start:production': 'pm2 start --name x -i max server.js -- --quiet',
        },
      },
      { 'a.js': '', 'server.js': '' },
      'node server.js --quiet',
    ],
    [
      "Bun's own program in JavaScript, where its template named TypeScript",
      {
        module: 'index.ts',
        private: true,
        dependencies: { elysia: '1' },
        devDependencies: { '@types/bun': '1' },
      },
      { 'index.js': '', 'bun.lock': '{}' },
      'bun index.js',
    ],
    [
      "the source that Bun's developers run, where what its template named is gone",
      {
        module: 'src/index.js',
        scripts: { dev: 'bun run --watch src/http/index.ts' },
        dependencies: { elysia: '1' },
      },
      { 'src/http/index.ts': '', 'bun.lock': '{}' },
      'bun run src/http/index.ts',
    ],
    [
      'a script for production by another verb, after its build',
      {
        scripts: { 'run:prod': 'npm run build:prod && node dist/index.js', 'build:prod': 'tsc' },
      },
      { 'index.ts': '' },
      'node dist/index.js',
    ],
    [
      'a script for production in another spelling, after its build',
      {
        scripts: {
          start_production_server: 'npm run build_production && node dist/index.js',
          build_production: 'tsc',
          start: 'nodemon a.js',
        },
      },
      { 'a.js': '', 'index.ts': '' },
      'node dist/index.js',
    ],
    [
      'a part’s script for production, before its developers’',
      {
        scripts: {
          'server:dev': 'npm run migrate && nodemon --inspect server/index.js',
          'server:prod': 'npm run migrate && node --enable-source-maps server/index.js',
          migrate: 'sequelize db:migrate',
        },
      },
      { 'server/index.js': '' },
      'node --enable-source-maps server/index.js',
    ],
    [
      "pm2's settings, though no script starts pm2, and the output of another configuration",
      { scripts: { 'build:back': 'tsc -p back/tsconfig.json' }, devDependencies: { typescript: '5' } },
      {
        'ecosystem.config.js': "module.exports = { apps: [{ name: 'a', script: 'static/build/app.js' }] }",
        'back/tsconfig.json': { compilerOptions: { outDir: '../static/build' } },
        'back/app.ts': '',
      },
      'node static/build/app.js',
    ],
    [
      'a file that names its interpreter, with flags',
      { scripts: { start: './bin/server --port 80' }, dependencies: { esm: '3' } },
      { 'bin/server': '#!/usr/bin/env node -r esm\nimport x from "./x"\n' },
      'node -r esm ./bin/server --port 80',
    ],
    [
      'a script for the server in production, before one for its developers',
      { type: 'module', scripts: { server: 'vite-node server.ts', 'prod-server': 'node bin/server.js' } },
      { 'server.ts': '', 'bin/server.js': '' },
      'node bin/server.js',
    ],
    [
      'a main file whose source has an extension now',
      { main: 'bin/www', scripts: { build: 'tsc' }, devDependencies: { typescript: '5' } },
      {
        'bin/www.ts': "import '../src'",
        'src/index.ts': '',
        'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
      },
      'node dist/bin/www.js',
    ],
    [
      'a script for the developers of a server beside pages',
      {
        scripts: { build: 'vite build', 'backend:dev': 'cd backend && nodemon app.js' },
        dependencies: { express: '5' },
        devDependencies: { vite: '6' },
      },
      { 'index.html': '', 'backend/app.js': "require('express')().listen(80)" },
      'node backend/app.js',
    ],
    [
      'what is loaded before it by the environment',
      { scripts: { start: "NODE_OPTIONS='--import ./trace.js --max-old-space-size=4096' node server.js" } },
      { 'server.js': '', 'trace.js': '' },
      'node --import ./trace.js server.js',
    ],
    [
      'one of several commands, that of the name of the package',
      { bin: { 'app-setup': 'bin/setup.js', app: 'bin/app.js' } },
      { 'bin/setup.js': '', 'bin/app.js': '' },
      'node bin/app.js',
    ],
    [
      'one of several commands that serves',
      { bin: { app: 'bin/app.js', 'app-web': 'bin/web.js' }, dependencies: { express: '5' } },
      { 'bin/app.js': '', 'bin/web.js': "require('express')().listen(80)" },
      'node bin/web.js',
    ],
    [
      'a file that names Node.js alone',
      { scripts: { start: './bin/server' } },
      { 'bin/server': '#!/usr/bin/env node\n' },
      'node ./bin/server',
    ],
    [
      "a task of gulp's that runs a program in a folder",
      { scripts: { build: 'gulp build', start: 'gulp run' } },
      {
        'gulpfile.js':
          "const nodemon = require('gulp-nodemon')\nfunction run() { nodemon({ script: './server/server.js', cwd: './bin/', args: ['a'] }) }",
      },
      'node bin/server/server.js',
    ],
    [
      "a task of gulp's that runs a program",
      { main: 'server/server.js', scripts: { build: 'gulp build', start: 'gulp run' } },
      {
        'gulpfile.js':
          "const nodemon = require('gulp-nodemon')\nfunction run(done) { nodemon({ script: './bin/server/server.js', done }) }",
        'src/server/server.js': '',
      },
      'node bin/server/server.js',
    ],
    [
      'an entry by its usual name, where main is one that npm wrote and nothing makes',
      { main: 'index.js', scripts: { build: 'gulp build' }, dependencies: { express: '5' } },
      { 'app.js': "require('express')().listen(3000)" },
      'node app.js',
    ],
    [
      'the one for production',
      {
        scripts: { start: 'nest start', 'start:prod': 'node dist/main', build: 'nest build' },
        dependencies: { '@nestjs/core': '11' },
      },
      { 'src/main.ts': '' },
      'node dist/main',
    ],
    [
      'a program that another script is given, which sets the environment',
      {
        scripts: {
          start: 'npm run with:env -- cross-env A=b node server.js',
          'with:env': 'dotenv -e ../.env --',
        },
      },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      "a program of a package by pnpm's short form",
      { scripts: { start: 'pnpm tsx src/app.ts' }, dependencies: { tsx: '4' } },
      { 'src/app.ts': '', 'pnpm-lock.yaml': '' },
      'tsx src/app.ts',
    ],
    [
      'a script that has no usual name but says that it is the server',
      {
        main: 'index.js',
        scripts: { backend: 'nodemon backend/index.js', frontend: 'npm run dev --prefix frontend' },
      },
      { 'backend/index.js': '' },
      'node backend/index.js',
    ],
    [
      'of programs side by side the one that listens',
      {
        scripts: {
          start: 'concurrently "npm:server" "npm:client"',
          server: 'node server.js',
          client: 'node client.js',
        },
      },
      { 'server.js': 'app.listen(80)', 'client.js': '' },
      'node server.js',
    ],
    [
      'the script of the same name for Linux',
      { scripts: { start: 'run-script-os', 'start:win32': 'node a.js', 'start:default': 'node b.js' } },
      { 'a.js': '', 'b.js': '' },
      'node b.js',
    ],
    [
      "no program of another package's",
      { scripts: { start: 'concurrently "node ." "node ../other"' } },
      { 'index.js': '' },
      'node .',
    ],
    [
      'an environment in front',
      { scripts: { start: 'cross-env NODE_ENV=production PORT=8000 node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a restarting tool',
      { scripts: { dev: 'nodemon -L src/index.js' } },
      { 'src/index.js': '' },
      'node src/index.js',
    ],
    [
      'a process manager',
      { scripts: { start: 'pm2-runtime start server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a database first',
      { scripts: { start: 'prisma migrate deploy && node server.js' } },
      { 'server.js': '' },
      'node server.js',
    ],
    [
      'a build first',
      { scripts: { start: 'npm run build && node dist/start.js', build: 'tsc' } },
      { 'src/start.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } } },
      'node dist/start.js',
    ],
    ['a Procfile', {}, { Procfile: 'web: node web.js', 'web.js': '' }, 'node web.js'],
    ['main', { main: 'service.js' }, { 'service.js': '' }, 'node service.js'],
    [
      'main whose import acts',
      { main: 'server.js', dependencies: { express: '5' } },
      {
        'server.js': "module.exports = require('./own')",
        'own.js': "const server = require('express')().listen(3000)\nmodule.exports = server",
      },
      'node server.js',
    ],
    [
      'main that waits',
      { main: 'server.js', type: 'module' },
      { 'server.js': "import { up } from 'lib'\nexport const server = await up()" },
      'node server.js',
    ],
    [
      'main that runs by itself alone',
      { main: 'server.js', dependencies: { express: '5' } },
      {
        'server.js':
          "const up = () => require('express')().listen(3000)\nif (require.main === module) up()\nmodule.exports = up",
      },
      'node server.js',
    ],
    ['a usual name', {}, { 'server.js': '' }, 'node server.js'],
    ['bin/www', { dependencies: { express: '4' } }, { 'bin/www': '#!/usr/bin/env node' }, 'node bin/www'],
    [
      'a main that is not there',
      { main: 'index.js', scripts: { dev: 'nodemon src/app.js' } },
      { 'src/app.js': '' },
      'node src/app.js',
    ],
    [
      'two programs at once',
      { scripts: { start: 'concurrently "npm:watch" "node server.js"', watch: 'tsc -w' } },
      { 'server.js': '' },
      'node server.js',
    ],
  ])('%s', async (_, manifest, files, value) => {
    expect(await start(project(manifest, files))).toBe(value)
  })

  test.each([
    ['main', 'lib/serve.js'],
    ['a usual name', 'server.js'],
  ])('is none where the file only defines what others call: %s', async (_, path) => {
    const files = {
      [path]:
        "'use strict'\nconst express = require('express')\nconst own = require('./own')\nfunction createServer() { return express().listen(3000) }\nmodule.exports = { createServer, own }",
      'lib/own.js': 'exports.a = 1',
      'own.js': 'exports.a = 1',
    }
    expect(await start(project({ main: path, dependencies: { express: '5' } }, files))).toBeUndefined()
  })

  test('is none where the file of a usual name is for browsers', async () => {
    const files = { 'src/main.js': "import { html } from 'lit-html'\ndocument.title = 'a'" }
    const manifest = { scripts: { build: 'rollup -c' }, devDependencies: { rollup: '2', 'lit-html': '1' } }
    expect(await start(project(manifest, files))).toBeUndefined()
  })

  test.each([
    ['after a program that prepares', 'node fetch.js && vite', undefined],
    ['beside the program', 'node fetch.js & vite', 'node fetch.js'],
    ['beside it, by a tool', 'concurrently "node fetch.js" "vite"', 'node fetch.js'],
    ['beside it, by scripts', 'run-p one two', 'node fetch.js'],
    ['beside it, each by a script', 'npm run one & npm run two', 'node fetch.js'],
    ['after it, by scripts', 'run-s one two', undefined],
  ])('a development server %s', async (_, script, value) => {
    const files = project(
      {
        scripts: { start: script, one: 'node fetch.js', two: 'vite', build: 'vite build' },
        devDependencies: { vite: '7' },
      },
      { 'fetch.js': "require('http').createServer().listen(80)", 'index.html': '' },
    )
    expect(await start(files)).toBe(value)
  })

  test('what a flag says before the program counts', async () => {
    const files = project({}, { 'src/b.js': '' })
    const { dockerfile } = await createFrom(files, { start: 'cd src && MODE=b node b.js' })
    expect(dockerfile).toContain('MODE=b')
    expect(dockerfile).toContain('"src/b.js"]')
  })

  test('a flag wins', async () => {
    const files = project({ scripts: { start: 'node a.js' } }, { 'a.js': '', 'b.js': '' })
    expect(await start(files, { start: 'node b.js' })).toBe('node b.js')
  })

  test('nothing to start is a question, not a guess', async () => {
    const [found] = await detectIn(project({ dependencies: { express: '5' } }))
    expect(found?.questions[0]?.code).toBe('NO_START_COMMAND')
  })

  test('a generator that the build runs is no program', async () => {
    const files = project({ scripts: { build: 'node ./index.ts' }, private: true }, { 'index.ts': '' })
    expect(await start(files)).toBeUndefined()
    expect(await start(project({ scripts: { build: 'node make.ts' } }, { 'index.ts': '' }))).toBe(
      'node index.ts',
    )
  })

  test.each([
    [
      'a server, which listens',
      "import express from 'express'\nexpress().listen(3000)",
      'node dist/server.mjs',
    ],
    ['made for others to import', "import express from 'express'\nexport const app = express()", undefined],
  ])('what a manifest exports and its build makes is %s', async (_, source, started) => {
    const manifest = {
      main: 'dist/server.mjs',
      module: 'dist/server.mjs',
      scripts: { build: 'pkgroll' },
      dependencies: { express: '5' },
    }
    expect(await start(project(manifest, { 'src/server.ts': source }))).toBe(started)
  })

  test('a library has nothing to run', async () => {
    const [found] = await detectIn(
      project(
        { exports: './dist/index.mjs', scripts: { build: 'tsup', dev: 'vitest' } },
        { 'src/index.ts': '' },
      ),
    )
    expect(found?.facts.kind.value).toBe('library')
    expect(found?.questions[0]?.code).toBe('NOTHING_TO_RUN')
  })

  test.each<[string, object, Files]>([
    [
      'a package that is to be published',
      {
        main: 'dist/index.js',
        files: ['dist'],
        publishConfig: { access: 'public' },
        scripts: { build: 'tsc' },
        dependencies: { express: '5' },
      },
      { 'src/index.ts': "import express from 'express'\nexport class Adapter {}", 'tsconfig.json': { compilerOptions: { outDir: 'dist' } } },
    ],
    [
      'one whose start script builds it anew at each change',
      {
        module: 'dist/index.js',
        scripts: { start: 'npm run stamp && tsdown --watch', build: 'npm run stamp && tsdown', stamp: 'node bin/stamp.js' },
      },
      { 'bin/stamp.js': "require('fs').writeFileSync('src/version.ts', '')" },
    ],
  ])('nothing to run: %s', async (_, manifest, files) => {
    const [found] = await detectIn(project(manifest, files))
    expect(found?.facts.kind.value).toBe('library')
    expect(found?.facts.start).toBeUndefined()
  }) // biome-ignore format: one row a package

  test.each<[string, object, boolean]>([
    ['Deno', { start: 'NODE_ENV=production deno run -A src/serve.ts', dev: 'deno run -A --watch src/serve.ts' }, true],
    ['Node.js, and checked by Deno', { start: 'node src/serve.ts', check: 'deno check src/serve.ts' }, false],
  ])('a program that %s starts', async (_, scripts, asks) => {
    const [found] = await detectIn(
      project({ main: 'src/index.ts', scripts, dependencies: { hono: '4' } }, { 'src/index.ts': "import { Hono } from 'hono'\nexport default new Hono()", 'src/serve.ts': "import './index.ts'" }),
    )
    expect(found?.questions.map(({ message }) => /Deno/.test(message))).toEqual(asks ? [true] : [])
    expect(found?.facts.start?.value).toBe(asks ? undefined : 'node src/serve.ts')
  }) // biome-ignore format: one line a program

  test.each([
    ['node --env-file .env dist/index.js', 'node dist/index.js'],
    ['node --env-file=.env dist/index.js', 'node dist/index.js'],
    ['node --watch-path src --enable-source-maps dist/index.js', 'node --enable-source-maps dist/index.js'],
  ])('without what is for developers: %s', async (script, told) => {
    expect(await start(project({ scripts: { start: script } }, { 'dist/index.js': '' }))).toBe(told)
  })

  test.each([
    ['rimraf ./dist && tsc && tsc-alias', 'dist/app.js', true],
    ['tsc src/app.ts', 'src/app.js', false],
  ])('the output of a source that a script starts: %s', async (build, entry, moved) => {
    const { plan, notes } = await createFrom(
      project(
        { type: 'module', scripts: { build, start: 'node src/app.js' }, dependencies: { express: '5' }, devDependencies: { typescript: '5' } },
        { 'tsconfig.json': { compilerOptions: { module: 'NodeNext', outDir: 'dist' } }, 'src/app.ts': 'app.listen(3000)' },
      ),
    )
    expect(plan.view.runtime.command?.at(-1)).toBe(entry)
    expect(notes.find(({ code }) => code === 'START_MOVED')?.message.includes('src/app.ts is started')).toBe(moved || undefined)
  }) // biome-ignore format: one project

  test('a root that only starts packages in its folders is no app beside those', async () => {
    const found = await detectIn({
      'package.json': { scripts: { 'dev:api': 'cd api && npm run dev', dev: 'concurrently "npm run dev:api"' }, dependencies: { express: '5' } },
      'ecosystem.config.js': "module.exports = { apps: [{ name: 'api', cwd: './api', script: 'npm', args: 'start' }] }",
      'api/package.json': { name: 'api', scripts: { start: 'node server.js' }, dependencies: { express: '5' } },
      'api/server.js': 'app.listen(3000)',
    })
    expect(found.filter(({ fit }) => fit !== 'incidental').map(({ dir }) => dir)).toEqual(['api'])
  }) // biome-ignore format: one project

  test('a command that builds, and serves when it is told to, is a program', async () => {
    const scripts = { build: 'node cli.js build', start: 'node cli.js serve' }
    const files = {
      'cli.js': 'import(`./commands/${process.argv[2]}.js`)',
      'commands/serve.js': 'app.listen(3000)',
    }
    expect(await start(project({ bin: 'cli.js', scripts }, files))).toBe('node cli.js serve')
  })

  test('what a script for production starts is no stand-in, whatever its folder is called', async () => {
    const scripts = { build: 'sh build.sh', 'start:prod': './run.sh', storybook: 'storybook build' }
    const files = {
      'run.sh':
        '#!/bin/sh\nif [ -n "$DEBUG" ]; then\n  set -x\nfi\nexec env NODE_PATH=_build node _build/stubs/server.js',
      'build.sh': 'tsc',
    }
    expect(
      await start(project({ scripts, devDependencies: { storybook: '9', typescript: '5' } }, files)),
    ).toBe('node _build/stubs/server.js')
  })

  test.each([
    ["document.querySelector('p')", {}, 'library'],
    ["document.querySelector('p')", { jsdom: '26' }, 'worker'],
    ["console.log('done')", {}, 'worker'],
  ])('main of a package by what it has of a browser: %s beside %o → %s', async (code, dependencies, kind) => {
    const [found] = await detectIn({
      'package.json': { name: 'ui', main: 'dist/ui.js', dependencies },
      'dist/ui.js': code,
    })
    expect(found?.facts.kind.value).toBe(kind)
  })

  test.each([
    ["import { hc } from 'hono/client'\nexport default () => hc('')", 'library'],
    ["import { Hono } from 'hono'\nexport default new Hono()", 'web'],
  ])('main of a package by what it has of a server: %s → %s', async (code, kind) => {
    const [found] = await detectIn(
      project(
        {
          main: './dist/index.js',
          scripts: { build: 'tsc', dev: 'tsc --watch' },
          dependencies: { hono: '4' },
        },
        { 'src/index.ts': code, 'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } } },
      ),
    )
    expect(found?.facts.kind.value).toBe(kind)
  })

  test.each([
    ["import { createRoot } from 'react-dom/client'\ncreateRoot(document.getElementById('a')).render(app)", 'library'],
    ["import { renderToString } from 'react-dom/server'\nconsole.log(renderToString(app))", 'worker'],
    ["export * from './parse'\nexport { files } from './files'", 'library'],
    ["export * from './parse'\nrun()", 'worker'],
  ])('main of a private package that a build of its own makes: %s → %s', async (code, kind) => {
    const [found] = await detectIn(
      project(
        { private: true, main: 'dist/index.js', scripts: { build: 'node bundle.js' }, dependencies: { react: '19', 'react-dom': '19' } },
        { 'src/index.tsx': code, 'src/parse.ts': 'export const parse = () => 1', 'src/files.ts': 'export const files = []', 'bundle.js': '' },
      ),
    )
    expect(found?.facts.kind.value).toBe(kind)
  }) // biome-ignore format: one row a program

  test.each([
    ['.eslintrc.js', "module.exports = { root: true }\nconsole.log('a')"],
    ['.lintstagedrc.cjs', "console.log('a')"],
    ['index.cjs', "// settings\nmodule.exports = { extends: ['@commitlint/config-conventional'] }"],
  ])('settings of a tool are no program: main is %s', async (main, code) => {
    expect(
      await start(project({ private: true, main, dependencies: { a: '1' } }, { [main]: code })),
    ).toBeUndefined()
  })

  test('a command is an entry point that takes arguments', async () => {
    const { plan } = await createFrom(project({ bin: { tool: 'bin/tool.js' } }, { 'bin/tool.js': '' }))
    expect(plan.view.runtime).toMatchObject({ entrypoint: ['/nodejs/bin/node', 'bin/tool.js'] })
    expect(plan.view.runtime.port).toBeUndefined()
  })
})

test.each<[string, object, Files, string[] | undefined]>([
  ['read without a default', {}, { 'a.js': "connect(process.env.DB_URL, process.env.PORT, process.env.MODE ?? 'x')" }, ['DB_URL']],
  ['documented', {}, { 'a.js': 'process.env.DB_URL', '.env.example': '# the rest\nexport TOKEN="x"\nNODE_ENV=production\nVITE_A=1\n' }, ['DB_URL', 'TOKEN']],
  ['documented, of a framework', { dependencies: { next: '16' } }, { '.env.example': 'AUTH_SECRET=\nNEXT_PUBLIC_A=\n' }, ['AUTH_SECRET']],
  ['that modules throw without', { dependencies: { next: '16' } }, { 'lib/a.ts': 'new Pool(process.env.DB_URL!)\nf(process.env.camelCase)' }, ['DB_URL']],
  ['of a site, where nothing runs', { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }, { 'index.html': '', '.env.example': 'KEY=\n' }, undefined],
])('variables %s', async (_, manifest, files, names) => {
  const [found] = await detectIn(project({ scripts: { start: 'node a.js' }, ...manifest }, files))
  expect(found?.facts.env?.value).toEqual(names)
}) // biome-ignore format: one row a project

test('a program of Nx is read where its source lies, by the paths that all projects share', async () => {
  const files = project(
    {
      scripts: { build: 'nx build api', start: 'node dist/apps/api/main' },
      dependencies: { express: '5' },
      devDependencies: { nx: '22' },
    },
    {
      'tsconfig.base.json': {
        compilerOptions: { baseUrl: '.', paths: { '@a/common/*': ['libs/common/src/*'] } },
      },
      'apps/api/src/main.ts': "import { server } from '@a/common/server'",
      'libs/common/src/server.ts': 'app.listen(3377)',
    },
  )
  expect((await detectIn(files))[0]?.facts.port?.value).toBe(3377)
})

test('a submodule whose files are not here', async () => {
  const gitmodules = '[submodule "theme"]\n\tpath = theme\n\turl = https://example.com/theme.git\n'
  const files = project({ scripts: { start: 'node a.js' } }, { 'a.js': '', '.gitmodules': gitmodules })
  const codes = async (more: Files = {}) =>
    (await detectIn({ ...files, ...more }))[0]?.notes.map(({ code }) => code)
  expect(await codes()).toContain('GIT_SUBMODULES')
  expect(await codes({ 'theme/a.css': '' })).not.toContain('GIT_SUBMODULES')
})

test('a file of a package with dependencies of its own is no program of the root', async () => {
  const files = project(
    { main: 'web/index.js', scripts: { build: 'tool build' } },
    {
      'web/package.json': {
        name: 'web',
        scripts: { serve: 'node index.js' },
        dependencies: { express: '5' },
      },
      'web/index.js': "require('express')().listen(8081)",
    },
  )
  const found = await detectIn(files)
  expect(found.filter(({ fit }) => fit === 'exact').map(({ name }) => name)).toEqual(['web'])
})

describe('TypeScript', () => {
  const config = { compilerOptions: { outDir: 'build', rootDir: 'src' } }

  test('is run as compiled where a build makes it', async () => {
    const files = project(
      {
        scripts: { start: 'ts-node src/main.ts', build: 'tsc' },
        devDependencies: { typescript: '5', 'ts-node': '10' },
      },
      { 'src/main.ts': '', 'tsconfig.json': config },
    )
    expect(await command(files)).toBe('build/main.js')
  })

  test.each<[string, object, string]>([
    ['of all that is compiled', { exclude: ['src/test/**/*'] }, 'out/app.js'],
    ['of the sources with their tests', {}, 'out/api/app.js'],
  ])('without a rootDir the output keeps the folder %s', async (_, rest, entry) => {
    const files = project(
      {
        scripts: { start: 'ts-node src/api/app.ts', 'build-all': 'tsc' },
        devDependencies: { typescript: '5' },
      },
      {
        'src/api/app.ts': "import './routes/a'",
        'src/api/routes/a.ts': '',
        'src/test/b.ts': '',
        'tsconfig.json': { compilerOptions: { outDir: 'out' }, ...rest },
      },
    )
    expect(await command(files)).toBe(entry)
  })

  test.each([
    ['index.js', 'dist/index.js'],
    ['lib/index.js', 'lib/index.js'],
  ])('main is %s', async (main, entry) => {
    const files = project(
      {
        main,
        scripts: { start: 'ts-node src/index.ts', build: 'tsc' },
        devDependencies: { typescript: '5' },
      },
      {
        'src/index.ts': '',
        'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['./src/**/*.ts'] },
      },
    )
    expect(await command(files)).toBe(entry)
  })

  test('outDir is found through what the configuration extends', async () => {
    const files = project(
      { scripts: { start: 'tsx src/main.ts', build: 'tsc' }, devDependencies: { typescript: '5', tsx: '4' } },
      { 'src/main.ts': '', 'tsconfig.json': { extends: './base.json' }, 'base.json': config },
    )
    expect(await command(files)).toBe('build/main.js')
  })

  test('runs from its sources where production has the runner', async () => {
    const { plan, dockerfile } = await createFrom(
      project({ scripts: { start: 'tsx src/main.ts' }, dependencies: { tsx: '4' } }, { 'src/main.ts': '' }),
    )
    expect(plan.view.runtime.command?.slice(-3)).toEqual(['--import', 'tsx', 'src/main.ts'])
    expect(dockerfile).not.toContain('AS build')
  })

  test.each([
    [true, 1],
    [false, 0],
  ])(
    'keeps what ts-node compiles with, where a production install leaves that out: %s',
    async (dev, warned) => {
      const { dockerfile, notes } = await createFrom({
        ...project(
          {
            scripts: { start: 'ts-node main.ts' },
            dependencies: { 'ts-node': '10' },
            devDependencies: { typescript: '4' },
          },
          { 'main.ts': '' },
        ),
        'package-lock.json': {
          lockfileVersion: 3,
          packages: {
            '': {},
            'node_modules/ts-node': { version: '10.9.2' },
            'node_modules/typescript': { version: '4.9.5', dev },
          },
        },
      })
      expect(notes.filter(({ code }) => code === 'DEVELOPMENT_RUNNER')).toHaveLength(warned)
      expect(dockerfile.includes('--omit=dev')).toBe(!dev)
    },
  )

  test('of the output itself has no use for it', async () => {
    const { candidate, dockerfile } = await createFrom(
      project(
        {
          scripts: { build: 'tsc', start: 'tsx ./build/main.js' },
          devDependencies: { tsx: '4', typescript: '5' },
        },
        { 'src/main.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'build', rootDir: 'src' } } },
      ),
    )
    expect(candidate.facts.start?.value).toBe('node build/main.js')
    expect(dockerfile).toContain('COPY --from=build /app/build ./build')
  })

  test('keeps a runner for development where nothing else starts it, and says so', async () => {
    const { dockerfile, notes } = await createFrom(
      project(
        { scripts: { start: 'ts-node src/main.ts' }, devDependencies: { 'ts-node': '10' } },
        { 'src/main.ts': '' },
      ),
    )
    expect(notes.map(({ code }) => code)).toContain('DEVELOPMENT_RUNNER')
    expect(dockerfile).not.toContain('--omit=dev')
  })
})

test.each<[string, string, object, string | undefined, string | undefined]>([
  ['its file of settings', 'ts-node -T -P server/tsconfig.json server/index.ts', {}, 'TS_NODE_PROJECT=server/tsconfig.json', undefined],
  ['options of the compiler', `ts-node -O '{"module":"commonjs"}' server/index.ts`, {}, undefined, String.raw`TS_NODE_COMPILER_OPTIONS="{\"module\":\"commonjs\"}"`],
  ['the settings beside the program', 'ts-node server/index.ts', { 'server/tsconfig.json': {} }, 'TS_NODE_PROJECT=server/tsconfig.json', undefined],
  ['those of the folder alone', 'ts-node --cwd-mode server/index.ts', { 'server/tsconfig.json': {} }, undefined, undefined],
  ['what the script sets', 'TS_NODE_PROJECT=own.json ts-node server/index.ts', { 'server/tsconfig.json': {} }, 'TS_NODE_PROJECT=own.json', undefined],
])('ts-node is told %s', async (_, start, more, project, options) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'a', scripts: { start }, dependencies: { express: '5', 'ts-node': '10', typescript: '5' } },
    'tsconfig.json': {},
    'server/index.ts': 'app.listen(3000)',
    ...more,
  })
  expect(dockerfile).toContain('"server/index.ts"]')
  expect(/TS_NODE_PROJECT=\S+/.exec(dockerfile)?.[0]).toBe(project)
  expect(/TS_NODE_COMPILER_OPTIONS=\S+/.exec(dockerfile)?.[0]).toBe(options)
}) // biome-ignore format: one row a form

test.each(['tsx lib/db/migrate', 'node db/migrations/run.mjs', 'ts-node src/migrate.ts'])(
  'a build without its %s',
  async changes => {
    const { notes, dockerfile } = await createFrom(
      project({
        scripts: { build: `${changes} && next build`, start: 'next start' },
        dependencies: { next: '16', tsx: '4', 'ts-node': '10' },
      }),
    )
    expect(notes.find(({ code }) => code === 'MIGRATIONS_LEFT_OUT')?.message).toContain(` run ${changes}:`)
    expect(dockerfile).toContain('next build')
    expect(dockerfile).not.toContain('migrat')
  },
)

describe('what changes a database before the start', () => {
  test.each([
    ['directus', 'directus bootstrap && directus start', 'directus bootstrap'],
    ['@medusajs/medusa', 'medusa db:migrate && medusa start', 'medusa db:migrate'],
    [
      '@keystone-6/core',
      'keystone prisma migrate deploy && keystone start',
      'keystone prisma migrate deploy',
    ],
    ['next', 'payload migrate && next start', 'payload migrate'],
    ['next', 'node scripts/run-migrations.js && next start', 'node scripts/run-migrations.js'],
  ])('%s: is left out, and named', async (dependency, script, left) => {
    const { notes, dockerfile } = await createFrom(
      project({
        scripts: { build: `${dependency} build`, start: script },
        dependencies: { [dependency]: '*', payload: '3' },
      }),
    )
    expect(notes.find(({ code }) => code === 'MIGRATIONS_LEFT_OUT')?.message).toContain(` run ${left}:`)
    expect(dockerfile.split('AS runtime')[1]).not.toMatch(/bootstrap|migrate/)
  })
})

describe('the build', () => {
  test('knows the variables that a script gives to another', async () => {
    const { dockerfile } = await createFrom(
      project(
        {
          scripts: {
            build: 'DB=pg npm run generate && npm run migrate && tsc',
            generate: 'prisma generate --schema ./db/$DB/schema.prisma',
            migrate: 'prisma migrate deploy',
            start: 'node dist/a.js',
          },
          dependencies: { '@prisma/client': '6.0.0' },
          devDependencies: { prisma: '6.0.0', typescript: '5' },
        },
        {
          'src/a.ts': '',
          'db/pg/schema.prisma': 'generator client {\n}',
          'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
        },
      ),
    )
    expect(dockerfile).toContain(
      'COPY db/pg db/pg\nRUN DB=pg npx prisma generate --schema ./db/pg/schema.prisma\n',
    )
    expect(dockerfile).toContain('COPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\n')
  })

  test('draws no schema of Prisma', async () => {
    const { dockerfile } = await createFrom(
      project(
        {
          scripts: { start: 'node a.js' },
          dependencies: { '@prisma/client': '7.0.0' },
          devDependencies: { prisma: '7.0.0' },
        },
        {
          'a.js': '',
          'prisma/schema.prisma':
            'generator client {\n  provider = "prisma-client-js"\n}\ngenerator types {\n  provider = "prisma-zod"\n}\ngenerator erd {\n  provider = "prisma-erd-generator"\n}',
        },
      ),
    )
    expect(dockerfile).toContain('prisma generate --generator client --generator types\n')
  })

  test.each([
    ['7.0.0', 'provider = "prisma-client-js"', true],
    ['7.0.0', 'provider = "prisma-client-js"\n  output = "../src/generated"', false],
    ['7.0.0', 'provider = "prisma-client"\n  output = "../src/generated"', false],
    ['6.0.0', 'provider = "prisma-client-js"', true],
    ['6.0.0', 'provider = "prisma-client-js"\n  output = "../src/generated"', false],
    ['6.0.0', 'provider = "prisma-client-js"\n  output = "../node_modules/.prisma/client"', true],
  ])(
    "Prisma %s's client comes along from node_modules where it is: %s",
    async (version, generator, copied) => {
      const { dockerfile } = await createFrom(
        project(
          {
            scripts: { build: 'tsc', start: 'node dist/a.js' },
            dependencies: { '@prisma/client': version },
            devDependencies: { prisma: version, typescript: '5' },
          },
          {
            'src/a.ts': '',
            'prisma/schema.prisma': `generator client {\n  ${generator}\n}\ndatasource db {\n  provider = "postgresql"\n}`,
            'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
          },
        ),
      )
      expect(dockerfile.includes('/app/node_modules/.prisma ')).toBe(copied)
    },
  )

  test.each<[string, string, string]>([
    ['that a script names', 'src/db/schema.prisma', ' --schema src/db/schema.prisma'],
    ['that Prisma finds', 'prisma/schema.prisma', ''],
  ])('makes the client of a schema %s', async (_, schema, words) => {
    const { dockerfile } = await createFrom(
      project(
        {
          scripts: { postinstall: `prisma generate --schema=./${schema}`, start: 'node a.js' },
          dependencies: { '@prisma/client': '6.0.0', prisma: '6.0.0' },
        },
        { 'a.js': '', [schema]: 'generator client {\n}' },
      ),
    )
    expect(dockerfile).toContain(`RUN npx prisma generate${words}\n`)
  })

  test.each<[string, Record<string, string | object>, boolean]>([
    ['the only schema of a repository', {}, true],
    [
      "that of a package that isn't this one",
      { 'libs/db/package.json': { dependencies: { prisma: '6' } } },
      false,
    ],
    ['one of several', { 'libs/other/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n' }, false],
  ])('%s', async (_, files, made) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { build: 'tsc', start: 'node dist/a.js' },
        dependencies: { '@prisma/client': '6' },
        devDependencies: { prisma: '6', typescript: '5' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'libs/db/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n',
      ...files,
    })
    expect(dockerfile.includes('RUN npx prisma generate --schema libs/db/schema.prisma\n')).toBe(made)
  })

  test('never changes a database', async () => {
    const files = project(
      {
        scripts: { build: 'prisma migrate deploy && tsc', start: 'node dist/a.js' },
        devDependencies: { typescript: '5' },
      },
      { 'src/a.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist' } } },
    )
    const { dockerfile, notes } = await createFrom(files)
    expect(dockerfile).toContain('RUN npx tsc\n')
    expect(dockerfile).not.toContain('migrate')
    expect(notes.map(({ code }) => code)).toContain('MIGRATIONS_LEFT_OUT')
  })

  test.each<[string, object, string]>([
    ['without what only `build` can check', { 'build-docker': 'run-s compile', compile: 'vite build', build: 'node check-db.js && vite build' }, 'build-docker'],
    ['with a part of its own', { 'build:app:docker': 'cross-env A=1 vite build', build: 'vite build' }, 'build:app:docker'],
    ['that makes the image by a script', { 'build:docker': 'node env.js docker buildx build .', build: 'vite build' }, 'build'],
    ['that makes the image', { 'build:docker': 'npm run build && docker build -t app .', 'docker:build': './image.sh', build: 'vite build' }, 'build'],
  ])('for an image: %s', async (_, scripts, name) => {
    const files = project({ scripts, devDependencies: { vite: '7' } }, { 'index.html': '' })
    expect((await createFrom(files)).dockerfile).toContain(`RUN npm run ${name}\n`)
  }) // biome-ignore format: one row a project

  test('is made of its parts where no script is for all', async () => {
    const { dockerfile } = await createFrom(
      project(
        {
          scripts: {
            'build:frontend': 'vite build',
            'build:api': 'esbuild a.js --outdir=out',
            'build:image': 'docker build .',
            start: 'node app.js',
          },
          devDependencies: { vite: '7' },
        },
        { 'app.js': '' },
      ),
    )
    expect(dockerfile).toContain('RUN npx vite build \\\n    && npx esbuild a.js --outdir=out\n')
  })

  test.each([
    ['only checks types', 'tsc', false],
    ['only makes pages about it', 'npx @a/pages --folder ./docs --destination _site', false],
    ['makes what it shows of them', 'npx pages --folder ./docs --destination public', true],
    ['makes something', 'npx @a/pages --folder ./lib', true],
  ])('that %s is in the image: %s, %s', async (_, build, kept) => {
    const { dockerfile, notes } = await createFrom(
      project({ scripts: { build, start: 'node app.js' } }, { 'app.js': '' }),
    )
    expect(dockerfile.includes('AS build')).toBe(kept)
    expect(notes.some(({ code }) => code === 'PAGES_LEFT_OUT')).toBe(!kept && build !== 'tsc')
  })

  test.each([
    ["require('../dist')", true],
    ["require('../dist/app').listen()", true],
    ["import('../dist/app.js')", true],
    ["require('../lib/app')", false],
  ])('is kept where the program loads what it makes: %s', async (code, kept) => {
    const { dockerfile } = await createFrom(
      project(
        { scripts: { build: 'tsc --build', start: 'node bin/serve' }, devDependencies: { typescript: '5' } },
        {
          'bin/serve': code,
          'lib/app.js': '',
          'src/index.ts': '',
          'src/app.ts': '',
          'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src'] },
        },
      ),
    )
    expect(dockerfile.includes('RUN npm run build\n')).toBe(kept)
  })

  test.each(['node sync.js && ./node_modules/vite/bin/vite.js', 'node sync.js && npm run tool -- --host'])(
    'what prepares pages for a server of their developers is no program: %s',
    async start => {
      const { candidate } = await createFrom(
        project(
          {
            scripts: { start, build: 'vite build', tool: './node_modules/vite/bin/vite.js' },
            dependencies: { express: '5' },
            devDependencies: { vite: '7' },
          },
          { 'sync.js': "import fs from 'node:fs'", 'index.html': '' },
        ),
      )
      expect(candidate.facts).toMatchObject({ kind: { value: 'spa' } })
      expect(candidate.facts.start).toBeUndefined()
    },
  )

  test.each([
    ['nodemon --ignore docs server/index.js', 'node server/index.js'],
    ['nodemon cli/index.js', 'node cli/index.js'],
  ])('beside a command and pages about it, where developers run %s', async (dev, start) => {
    const { candidate } = await createFrom(
      project(
        {
          main: 'server/index.js',
          bin: { ctl: 'cli/index.js' },
          scripts: { 'dev:server': dev, 'docs:build': 'vitepress build docs' },
          dependencies: { express: '5' },
          devDependencies: { vitepress: '1' },
        },
        {
          'server/index.js': "const app = require('express')()\napp.listen(6989)",
          'cli/index.js': '',
          'docs/.vitepress/config.mts': '',
        },
      ),
    )
    expect(candidate.facts.start?.value).toBe(start)
  })

  test.each([
    ['an executable of another runtime', { 'build:bun': 'bun scripts/build.mjs' }, {}],
    ['pages about it', { docs: 'vitepress build docs' }, { vitepress: '1' }],
  ])('is none of a program that Node.js runs: %s', async (_, scripts, devDependencies) => {
    const { dockerfile } = await createFrom(
      project(
        { scripts: { start: 'node a.js', ...scripts }, dependencies: { express: '5' }, devDependencies },
        { 'a.js': 'app.listen(3000)', 'scripts/build.mjs': '', 'docs/.vitepress/config.mts': '' },
      ),
    )
    expect(dockerfile).not.toContain('AS build')
    expect(dockerfile).toContain('"a.js"]')
  })

  test("runs what lies among the host's own files", async () => {
    const scripts = { build: 'node .github/scripts/build.js', start: 'node a.js' }
    const files = { 'a.js': '', '.github/scripts/build.js': '' }
    expect((await createFrom(project({ scripts }, files))).ignore).toContain('\n!.github\n')
    expect((await createFrom(project({ scripts: { start: 'node a.js' } }, files))).ignore).not.toContain(
      '!.github',
    )
  })

  test("another package's own installer is no script of the project's", async () => {
    const scripts = { postinstall: 'node node_modules/puppeteer/install.js', start: 'node a.js' }
    expect((await createFrom(project({ scripts }, { 'a.js': '' }))).dockerfile).not.toContain('postinstall')
  })

  test.each(['vp config', 'acme-precommit-hooks-prepare', 'simple-git-hooks || exit 0'])(
    'hooks of git never run: %s',
    async prepare => {
      const scripts = { prepare, build: 'tsc', start: 'node dist/a.js' }
      const { dockerfile } = await createFrom(
        project({ scripts, devDependencies: { typescript: '5' } }, { 'a.ts': '' }),
      )
      expect(dockerfile).toContain('RUN npm run build\n')
    },
  )

  test('husky never runs, patches do', async () => {
    const husky = await createFrom(
      project({ scripts: { prepare: 'husky', start: 'node a.js' } }, { 'a.js': '' }),
    )
    expect(husky.dockerfile).not.toContain('prepare')
    const patched = await createFrom(
      project(
        { scripts: { postinstall: 'patch-package', start: 'node a.js' }, dependencies: { ms: '2' } },
        { 'a.js': '', 'patches/ms+2.1.3.patch': '' },
      ),
    )
    expect(patched.dockerfile).toContain('npm run postinstall')
    expect(patched.dockerfile).toContain('npm prune --omit=dev')
  })
})

test.each([
  ['a guess', 'app.listen(settings.port)', true],
  ['in the code', 'app.listen(4000)', false],
  ['set by the image', 'app.listen(process.env.API_PORT)', false],
])('a port that is %s', async (_, code, guessed) => {
  const { notes } = await createFrom(
    project({ scripts: { start: 'node app.js' }, dependencies: { express: '5' } }, { 'app.js': code }),
  )
  expect(notes.some(({ code: name }) => name === 'PORT_ASSUMED')).toBe(guessed)
})

test.each<[string, string, object, boolean]>([
  ['a published module', 'export const a = 1', {}, false],
  ['a module of CommonJS', 'exports.a = () => 1', {}, false],
  ['a private one may be a program', 'export const a = 1', { private: true }, true],
  ['one that listens is', "export default require('http').createServer().listen(80)", {}, true],
])('%s as main', async (_, code, members, started) => {
  const [app] = await detectIn({
    'package.json': { name: 'a', main: 'index.js', ...members },
    'index.js': code,
  })
  expect(app?.facts.start !== undefined).toBe(started)
})

test.each([
  ["import fastify from 'fastify'\nfastify().listen({ port: 3000 })", true],
  ["import fastify from 'fastify'\nfastify().listen({ port: 3000, host: '0.0.0.0' })", false],
  ["import fastify from 'fastify'\nfastify().listen(3000, '::')", false],
  ["import fastify from 'fastify'\nfastify().listen(options)", false],
  ["import fastify from 'fastify'\nfastify().listen(config.server)", false],
  ["import fastify from 'fastify'\nfastify().listen(getOptions())", false],
  ["import fastify from 'fastify'\nfastify().listen({ ...config, port: 3000 })", false],
  ["import fastify from 'fastify'\nfastify().listen({ port, host })", false],
  ["import fastify from 'fastify'\nfastify().listen()", false],
  [
    "import fastify from 'fastify'\nconst { host, port } = argv(yargs.option('host', { default: '127.0.0.1' }))\nfastify().listen({ port, host })",
    true,
  ],
  [
    "import { program } from 'commander'\nprogram.option('-H, --host <host>', 'where', 'localhost')\nserver.listen(opts.port, opts.host)",
    true,
  ],
  [
    "import { program } from 'commander'\nprogram.option('-H, --host <host>', 'where', '0.0.0.0')\nserver.listen(opts.port, opts.host)",
    false,
  ],
  ["import fastify from 'fastify'\nfastify().listen(config.port)", true],
  ["import fastify from 'fastify'\nfastify().listen(config.get('app.port'))", true],
  ["import fastify from 'fastify'\nfastify().listen({ port: 3000 }, error => exit(error))", true],
  ["import { FastifyAdapter } from '@nestjs/platform-fastify'\napp.listen(process.env.PORT ?? 3000)", true],
  ["import express from 'express'\nexpress().listen(3000)", false],
])('%s listens on localhost alone: %s', async (code, alone) => {
  const { notes, dockerfile } = await createFrom(
    project({ scripts: { start: 'node app.mjs' }, dependencies: { fastify: '5' } }, { 'app.mjs': code }),
  )
  expect(notes.some(({ code: name }) => name === 'LISTENS_ON_LOCALHOST')).toBe(alone)
  expect(dockerfile.includes('Server.prototype.listen=')).toBe(alone)
})

test.each<[string, object, boolean, string?]>([
  ['Node.js 20', { engines: { node: '20' } }, true],
  ['Node.js 18, which takes a module ahead since 18.18', { engines: { node: '18' } }, true],
  ['Node.js 16, which takes none', { engines: { node: '16' } }, false],
  ['a compiler that is required first', { scripts: { start: 'node -r ts-node/register app.mjs' } }, false],
  ['an address that is left as it is', {}, false, '::1'],
  ["the address of somebody's own machine", {}, true, '192.168.1.224'],
])(
  'a server on localhost is opened by the start command: %s',
  async (_, manifest, opened, address = '127.0.0.1') => {
    const { notes, dockerfile } = await createFrom(
      project(
        { scripts: { start: 'node app.mjs' }, dependencies: { express: '5', 'ts-node': '10' }, ...manifest },
        { 'app.mjs': `import express from 'express'\nexpress().listen(3000, '${address}')` },
      ),
    )
    expect(dockerfile.includes('Server.prototype.listen=')).toBe(opened)
    expect(notes.find(({ code }) => code === 'LISTENS_ON_LOCALHOST')?.level).toBe(opened ? 'info' : 'warning')
  },
)

describe('a site with a program beside it', () => {
  const server = "require('http').createServer().listen(80)"
  const files = (manifest: object, code = server) =>
    project(
      {
        scripts: { start: 'react-scripts start', build: 'react-scripts build' },
        dependencies: { 'react-scripts': '5' },
        ...manifest,
      },
      { 'go.js': code, 'public/index.html': '' },
    )

  test('is no program by `main` alone', async () => {
    const [found] = await detectIn(files({ main: 'go.js' }))
    expect(found?.facts).toMatchObject({ start: undefined, kind: { value: 'spa' } })
  })

  test('is a server where a script starts it', async () => {
    const [found] = await detectIn(files({ scripts: { start: 'node go.js', build: 'react-scripts build' } }))
    expect(found?.facts).toMatchObject({ start: { value: 'node go.js' }, kind: { value: 'web' } })
  })

  test.each([
    ['a helper that listens on nothing', "require('https').request({ port: 443 })", {}],
    ['a server of developers', `require('opn'); ${server}`, { devDependencies: { opn: '4' } }],
  ])('%s is no program', async (_, code, manifest) => {
    const scripts = { dev: 'node go.js dev & react-scripts start', build: 'react-scripts build' }
    const [found] = await detectIn(files({ ...manifest, scripts }, code))
    expect(found?.facts).toMatchObject({ start: undefined, kind: { value: 'spa' } })
  })
})

describe('pages that a build of its own makes', () => {
  const page = { 'build.js': '', 'src/index.pug': '', '.gitignore': 'node_modules\n/dist/\n' }
  const out = async (manifest: object, files: Files = page) => {
    const [found] = await detectIn(project({ scripts: { build: 'node build.js' }, ...manifest }, files))
    const { facts, notes } = { ...found, facts: found?.facts as NodeFacts | undefined }
    return {
      out: facts && 'out' in facts.deployment ? facts.deployment.out : undefined,
      assumed: notes?.some(({ code }) => code === 'OUTPUT_ASSUMED'),
    }
  }
  test.each<[string, object, Files | undefined, string | undefined, boolean]>([
    ['where git leaves the folder out', {}, page, 'dist', true],
    [
      'of two that git leaves out in the one that a command makes',
      { scripts: { build: 'mkdir -p ./_site/edit && node build.js' } },
      { ...page, '.gitignore': 'dist\n_site\n' },
      '_site',
      true,
    ],
    ['where they lie there', {}, { 'build.js': '', 'www/index.html': '' }, 'www', false],
    [
      'where a command copies the page to',
      {
        scripts: {
          html: 'cp ./src/index.html ./made',
          build: 'mkdir -p made && npm run html && tsx config/build.config.ts',
          dev: 'tsx config/dev.config.ts',
        },
      },
      { 'config/build.config.ts': '', 'config/dev.config.ts': '', 'src/index.html': '' },
      'made',
      false,
    ],
    [
      'beside the page that loads them',
      { scripts: { build: 'rollup -c' } },
      { 'index.html': '' },
      '.',
      false,
    ],
    [
      'where a script serves them',
      { scripts: { build: 'node build.js', 'start-prod': 'npm run build && ws -d target -s index.html' } },
      page,
      'target',
      false,
    ],
    [
      "though developers' own server starts",
      {
        scripts: { build: 'node build.js', start: 'npm run build && node scripts/start.js' },
        devDependencies: { 'browser-sync': '2' },
      },
      { ...page, 'scripts/start.js': "require('browser-sync').create().init()" },
      'dist',
      true,
    ],
    [
      'though the settings of a tool are its `main`',
      { main: 'gulpfile.js' },
      { ...page, 'gulpfile.js': '' },
      'dist',
      true,
    ],
    [
      'by a script for production, the tools of which wait for changes elsewhere',
      {
        scripts: {
          start: 'concurrently "to-scss a" "eleventy --serve"',
          production: 'to-scss a && eleventy',
        },
        dependencies: { '@11ty/eleventy': '3', 'to-scss': '1' },
      },
      {},
      '_site',
      false,
    ],
    ['not of a library', { main: 'lib/index.js' }, page, undefined, false],
    ['not without pages', {}, { 'build.js': '', '.gitignore': 'dist' }, undefined, false],
  ])('%s', async (_, manifest, files, value, assumed) => {
    expect(await out(manifest, files)).toEqual({ out: value, assumed })
  })
})

test('pages about a server are not built with it', async () => {
  const scripts = { start: 'node index.js', 'docs:build': 'cd docs && node generate' }
  const [found] = await detectIn(project({ scripts, dependencies: { express: '5' } }, { 'index.js': '' }))
  expect(found?.facts.build).toBeUndefined()
})

describe('variables of a start script, where no shell reads them', () => {
  const write = async (start: string) => {
    const { plan, dockerfile, candidate } = await createFrom(
      project(
        { scripts: { start }, dependencies: { express: '5' } },
        { 'server.js': "require('express')().listen(options.port)" },
      ),
    )
    const { command, port } = plan.view.runtime
    const lost = candidate.notes.find(({ code }) => code === 'OPTION_UNSET')?.message
    return { words: command?.slice(command.indexOf('server.js') + 1), port, dockerfile, lost }
  }

  test.each([
    ['a default', 'node server.js --port ${PORT:-9000}', ['--port', '9000'], 9000],
    ['a default that is set too', 'node server.js --port ${PORT:=9000}', ['--port', '9000'], 9000],
    ['the port', 'node server.js --port $PORT', ['--port', '3000'], 3000],
    ['the port in a word', 'node server.js --port=$PORT', ['--port=3000'], 3000],
    ['a default in quotes', "node server.js --level ${LEVEL:='*in fo*'}", ['--level', '*in fo*'], 3000],
    ['another one', 'node server.js --key $KEY --verbose', ['--verbose'], 3000],
    ['another one with a default', 'node server.js --level ${LEVEL-info}', ['--level', 'info'], 3000],
  ])('%s', async (_, start, words, port) => {
    expect(await write(start)).toMatchObject({ words, port })
  })

  test('what is left out is named', async () => {
    expect((await write('node server.js --key $KEY --verbose')).lost).toContain(' without --key ${KEY},')
    expect((await write('node server.js --port $PORT')).lost).toBeUndefined()
  })

  test('before the command', async () => {
    expect((await write('PORT=${PORT:-8081} node server.js')).port).toBe(8081)
    const { port, dockerfile } = await write('PORT=$PORT node server.js')
    expect(port).toBe(3000)
    expect(dockerfile).not.toContain('$PORT')
  })
})

test.each([
  ['an image, alone', 'docker build -t app .', undefined],
  ['an image, beside a compiler', 'tsc && docker build -t app .', 'tsc'],
  ['an installer', 'electron-builder --win', undefined],
  ['an executable, beside a compiler', 'tsc && pkg . --out-path dist', 'tsc'],
])('what packs the program for elsewhere is no part of the build: %s', async (_, build, line) => {
  const { dockerfile } = await createFrom(
    project(
      { scripts: { build, start: 'node server.js' }, devDependencies: { typescript: '5' } },
      { 'server.js': '' },
    ),
  )
  expect(dockerfile).not.toMatch(/RUN .*(docker|electron|pkg|npm run build)/)
  if (line) expect(dockerfile).toContain(line)
})

test.each([
  ['1.19.3', 'remix-serve build', 'build'],
  ['2.4.1', 'remix-serve build', 'build/index.js'],
  ['2.4.1', 'remix-serve ./build/', './build/index.js'],
  ['2.4.1', 'remix-serve build/server/index.js', 'build/server/index.js'],
])('remix-serve %s of %s', async (version, start, path) => {
  const { plan } = await createFrom(
    project({
      scripts: { build: 'remix build', start },
      dependencies: { '@remix-run/serve': version },
      devDependencies: { '@remix-run/dev': version },
    }),
  )
  expect(plan.view.runtime.command?.at(-1)).toBe(path)
})

test('what remix setup writes into its package is in the image', async () => {
  const { dockerfile } = await createFrom(
    project({
      scripts: { build: 'remix build', start: 'remix-serve build', postinstall: 'remix setup node' },
      dependencies: { remix: '1.0.6', '@remix-run/serve': '1.0.6' },
      devDependencies: { '@remix-run/dev': '1.0.6' },
    }),
  )
  expect(dockerfile).toContain('RUN npm run postinstall \\\n    && npm run build')
  expect(dockerfile).toContain('COPY --from=build /app/node_modules ./node_modules')
})

test('`main` beside a script that shows files is no program', async () => {
  const [found] = await detectIn(
    project(
      { main: 'index.js', scripts: { start: 'serve public -s & rollup -w -c', build: 'rollup -c' } },
      { 'index.js': 'addEventListener("fetch", () => {})', 'public/index.html': '' },
    ),
  )
  expect(found?.facts).toMatchObject({ kind: { value: 'spa' }, start: undefined })
})

test('an API that stands in for another one beside a site is no program', async () => {
  const scripts = { dev: 'vite', build: 'vite build', server: 'json-server --watch db.json --port 8000' }
  const files = project(
    { scripts, dependencies: { 'json-server': '1', vue: '3' }, devDependencies: { vite: '7' } },
    { 'index.html': '' },
  )
  expect((await detectIn(files))[0]?.facts.start).toBeUndefined()
})

test('a default chooses a script', async () => {
  const scripts = {
    build: 'npm run build:${TARGET:-here}',
    'build:here': 'vite build',
    'build:there': 'true',
  }
  const [found] = await detectIn(project({ scripts, devDependencies: { vite: '7' } }, { 'index.html': '' }))
  expect(found?.facts.kind.value).toBe('spa')
})

test.each([
  ['vite', 'vite', 'tsc && vite build'],
  ['parcel', 'parcel', 'parcel build index.html'],
  ['astro', 'astro', 'astro build'],
])(
  'a maker of sites among the dependencies of production serves nothing there: %s',
  async (name, start, build) => {
    const [found] = await detectIn(
      project({ scripts: { start, build }, dependencies: { [name]: '5' } }, { 'index.html': '' }),
    )
    expect(found?.facts.kind.value).not.toBe('web')
    expect(found?.facts.start).toBeUndefined()
  },
)

test.each<[string, string, string | undefined, string[]]>([
  ['npm links it', 'npm@11.0.0', undefined, ['node_modules/.bin/json-server', 'db.json']],
  ['pnpm writes a script of a shell', 'pnpm@10.0.0', '/tini', ['node_modules/.bin/json-server', 'db.json']],
])("a package's program as the manager puts it: %s", async (_, packageManager, init, command) => {
  const { plan } = await createFrom({
    'package.json': {
      name: 'app',
      packageManager,
      scripts: { start: 'json-server db.json' },
      dependencies: { 'json-server': '0.17.4' },
    },
    'db.json': '{}',
  })
  const { runtime } = plan.view
  expect(runtime.entrypoint?.[0]).toBe(init)
  expect(runtime.command?.slice(-2)).toEqual(command)
  if (init) expect(runtime.command).toHaveLength(2)
})

test("Nest without its own command line isn't built by it", async () => {
  const { dockerfile } = await createFrom(
    project(
      { scripts: { start: 'babel-node index.js' }, dependencies: { '@nestjs/core': '11' } },
      { 'index.js': '' },
    ),
  )
  expect(dockerfile).not.toContain('nest build')
})

test('what only the start script compiles is built beside the pages', async () => {
  const { dockerfile } = await createFrom(
    project(
      {
        scripts: {
          build: 'vite build',
          start: 'tsc -p server && concurrently "node server/dist/app.js" "vite"',
        },
        devDependencies: { vite: '7', typescript: '5' },
        dependencies: { express: '5' },
      },
      {
        'index.html': '',
        'tsconfig.json': { compilerOptions: { noEmit: true, outDir: 'build' } },
        'server/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: '.' } },
        'server/app.ts': 'app.listen(4000)',
      },
    ),
  )
  expect(dockerfile).toContain('npx vite build')
  expect(dockerfile).toContain('npx tsc -p server')
  expect(dockerfile).toContain('EXPOSE 4000')
})

test.each<[string, object, Files, string | undefined]>([
  ['that is there', {}, { 'dist/cli.js': '' }, undefined],
  ['that a script builds', { build: 'tsup' }, {}, undefined],
  ['that nothing makes', {}, {}, 'NO_BUILD_COMMAND'],
])("a package's command %s", async (_, scripts, files, code) => {
  const [found] = await detectIn(
    project({ bin: 'dist/cli.js', scripts, devDependencies: { tsup: '8' } }, files),
  )
  expect(found?.questions[0]?.code).toBe(code)
})

test.each([
  ['@babel/register', ['-r', '@babel/register', 'server.js']],
  ['babel-register', ['-r', 'babel-register', 'server.js']],
  ['sucrase/register', ['-r', 'sucrase/register', 'server.js']],
  ['esbuild-register', ['-r', 'esbuild-register', 'server.js']],
])('the hook %s is loaded by its whole name', async (hook, command) => {
  const name = hook === 'sucrase/register' ? 'sucrase' : hook
  const { plan } = await createFrom(
    project(
      { scripts: { start: `node -r ${hook} server.js` }, dependencies: { [name]: '1' } },
      { 'server.js': "process.on('SIGTERM', stop)" },
    ),
  )
  expect(plan.view.runtime.command).toEqual(command)
})

test.each<[string, object, string, string]>([
  [
    'sh start.sh',
    { scripts: { start: 'sh start.sh' } },
    '#!/bin/sh\nset -e\n# a comment\nnpx prisma migrate deploy\nexec node src/app.js "$@"\n',
    '"src/app.js"]',
  ],
  [
    './start.sh',
    { scripts: { start: './start.sh', serve: 'node src/app.js' } },
    '#!/usr/bin/env bash\nif [ -z "$A" ]; then\n  A=1\nfi\nnpm run serve\n',
    '"src/app.js"]',
  ],
  [
    'the command of a package',
    { bin: { tool: './start.sh' } },
    '#!/bin/sh\nenv node src/app.js $@',
    'ENTRYPOINT ["/nodejs/bin/node", "src/app.js"]',
  ],
])('a script of a shell is what it runs: %s', async (_, manifest, script, expected) => {
  const { dockerfile } = await createFrom(project(manifest, { 'src/app.js': '', 'start.sh': script }))
  expect(dockerfile).toContain(expected)
})

test.each([
  ['that only exports the server', 'module.exports = require("express")()', '"bin/www"]'],
  ['that listens itself', 'module.exports = require("express")().listen(80)', '"app.js"]'],
  ['that exports nothing', 'setInterval(() => {}, 1000)', '"app.js"]'],
])('a script runs a module %s', async (_, code, expected) => {
  const manifest = { scripts: { start: 'node app.js' }, dependencies: { express: '5' } }
  const www = "#!/usr/bin/env node\nrequire('http').createServer(require('../app')).listen(8080)"
  const { dockerfile, notes } = await createFrom(project(manifest, { 'app.js': code, 'bin/www': www }))
  expect(notes.some(({ code }) => code === 'SCRIPT_NOT_FOLLOWED')).toBe(expected.includes('www'))
  expect(dockerfile).toContain(expected)
})

test.each([
  ['is compiled', "NODE_OPTIONS='--import tsx' tsx server.ts", { build: 'tsc' }, '"dist/server.js"'],
  [
    'is translated as it is loaded',
    'NODE_OPTIONS="--no-warnings -r ts-node/register" node server.ts',
    {},
    '"server.ts"',
  ],
])(
  'what translates a program by the environment is none of the image where that %s',
  async (_, start, scripts, entry) => {
    const files = {
      'server.ts': 'enum Port { Own = 80 }\nrequire("http").createServer().listen(Port.Own)',
      'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
    }
    const devDependencies = { tsx: '4', 'ts-node': '10', typescript: '5' }
    const { dockerfile } = await createFrom(
      project({ scripts: { start, ...scripts }, devDependencies }, files),
    )
    expect(dockerfile).toContain(entry)
    expect(dockerfile).not.toMatch(/ENV NODE_OPTIONS.*(tsx|ts-node)/)
  },
)

test('a main file that nothing makes at the root of a workspace starts nothing', async () => {
  const found = await detectIn(
    project(
      {
        main: 'dist/index.js',
        workspaces: ['packages/*'],
        scripts: { build: 'npm run build --workspaces' },
        devDependencies: { typescript: '5' },
      },
      {
        'packages/cli/package.json': {
          name: 'cli',
          scripts: { build: 'tsc', start: 'node index.js' },
          dependencies: { express: '5' },
        },
        'packages/cli/index.js': "require('express')().listen(80)",
      },
    ),
  )
  expect(found[0]?.dir).toBe('packages/cli')
})

test('a member that only holds others is no app', async () => {
  const found = await detectIn({
    'package.json': { private: true },
    'pnpm-workspace.yaml': "packages: ['**/*']",
    'demo/package.json': { name: 'demo', scripts: { dev: 'pnpm run --filter "./packages/**" dev' }, dependencies: { express: '5' } },
    'demo/packages/api/package.json': { name: 'api', scripts: { start: 'node a.js' }, dependencies: { express: '5' } },
    'demo/packages/api/a.js': "require('express')().listen(3000)",
  }) // biome-ignore format: a small workspace
  const fits = new Map(found.map(({ dir, fit }) => [dir, fit]))
  expect(fits.get('demo')).toBe('incidental')
  expect(fits.get('demo/packages/api')).not.toBe('incidental')
})

test.each(['package.json', '__init__.py', 'theme.css'])('a main file %s starts nothing', async main => {
  const [found] = await detectIn(
    project(
      { private: true, main, scripts: { lint: 'eslint' }, dependencies: { express: '5' } },
      main === 'package.json' ? {} : { [main]: '' },
    ),
  )
  expect(found?.questions.map(({ code }) => code)).toEqual(['NO_START_COMMAND'])
})

test('a command that a shell runs as no program of Node.js starts nothing', async () => {
  const files = { 'bin/control.sh': '#!/bin/bash\nif [ "$1" = start ]; then\n  $BINARY\nfi\n' }
  const [found] = await detectIn(project({ bin: 'bin/control.sh', private: true }, files))
  expect(found?.questions.map(({ code }) => code)).toEqual(['NO_START_COMMAND'])
})

test('a script of a template, for which the monorepo of Nest makes no file, starts nothing', async () => {
  const app = (start: string) =>
    project(
      {
        scripts: { build: 'nest build', 'start:prod': start },
        dependencies: { '@nestjs/core': '10' },
        devDependencies: { '@nestjs/cli': '10', typescript: '5' },
      },
      {
        'nest-cli.json': {
          monorepo: true,
          root: 'apps/api',
          projects: {
            api: { type: 'application', root: 'apps/api', entryFile: 'main', sourceRoot: 'apps/api/src' },
            auth: { type: 'application', root: 'apps/auth', entryFile: 'main', sourceRoot: 'apps/auth/src' },
          },
        },
        'apps/api/src/main.ts': '',
        'apps/auth/src/main.ts': '',
      },
    )
  expect(await command(app('node dist/main'))).toBe('dist/apps/api/main.js')
  expect(await command(app('node dist/apps/auth/main'))).toBe('dist/apps/auth/main.js')
})

test('pages about a program make no server of it', async () => {
  const of = async (code: string) => {
    const files = project(
      {
        scripts: { start: 'node dist/index.js', build: 'tsc' },
        devDependencies: { vitepress: '1', typescript: '5' },
      },
      { 'src/index.ts': code, 'docs/index.md': '' },
    )
    return (await detectIn(files))[0]?.facts
  }
  expect(await of('await server.connect(new StdioServerTransport())')).toMatchObject({
    kind: { value: 'worker' },
  })
  expect(await of('http.createServer(answer).listen(8080)')).toMatchObject({ kind: { value: 'web' } })
})

describe('a start whose program only another script builds', () => {
  const start = async (scripts: Record<string, string>, files: Record<string, string | object> = {}) =>
    (
      await createFrom({
        'package.json': {
          name: 'app',
          scripts,
          dependencies: { express: '5' },
          devDependencies: { typescript: '5', nodemon: '3', gulp: '5' },
        },
        'package-lock.json': { lockfileVersion: 3, packages: {} },
        'src/index.ts': 'app.listen(3000)',
        'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
        ...files,
      })
    ).dockerfile

  test('is built by that', async () => {
    const dockerfile = await start({ gstart: 'gulp build && npm run start', start: 'node dist/index.js' })
    expect(dockerfile).toContain('RUN npx gulp build\n')
    expect(dockerfile).toContain('"dist/index.js"]')
  })

  test.each<[string, Record<string, string | object>]>([
    ['a file', { 'nodemon.json': { watch: ['src'], exec: 'npm run build && node --inspect dist/index.js' } }],
    ['another file', { 'nodemon.prod.json': { exec: 'npm run build && node dist/index.js' } }],
  ])('and the settings of nodemon name it: %s', async (_, files) => {
    const [path] = Object.keys(files)
    const scripts = { build: 'tsc', start: path === 'nodemon.json' ? 'nodemon' : `nodemon --config ${path}` }
    const dockerfile = await start(scripts, { ...files, 'other.js': '' })
    expect(dockerfile).toContain('"dist/index.js"]')
  })
})

describe('what a start script says beside its program', () => {
  const dockerfile = async (start: string, scripts: object, files: Record<string, string | object> = {}) =>
    (
      await createFrom({
        'package.json': {
          name: 'app',
          scripts: { start, ...scripts },
          dependencies: { express: '5' },
          devDependencies: { typescript: '5', 'ts-node': '10', 'tsconfig-paths': '4', nodemon: '3' },
        },
        'package-lock.json': { lockfileVersion: 3, packages: {} },
        'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
        'src/index.ts': 'app.listen(3000)',
        ...files,
      })
    ).dockerfile

  test.each([
    ['NODE_ENV=PRODUCTION node dist/index.js', 'PRODUCTION'],
    ['NODE_ENV=prod node dist/index.js', 'prod'],
    ['NODE_ENV=staging node dist/index.js', 'production'],
  ])('the spelling of its environment: %s', async (start, value) => {
    expect(await dockerfile(start, { build: 'tsc' })).toContain(`ENV NODE_ENV=${value}\n`)
  })

  test.each([
    'ts-node -r tsconfig-paths/register src/index.ts',
    'node -r ts-node/register -r tsconfig-paths/register src/index.ts',
    'nodemon --exec ./node_modules/.bin/ts-node -r tsconfig-paths/register src/index.ts',
  ])('what resolves its names of paths: %s', async start => {
    expect(await dockerfile(start, {})).toContain(
      '"ts-node/register/transpile-only", "-r", "tsconfig-paths/register", "src/index.ts"]',
    )
  })

  test.each([
    ["import { User } from './user'", '"-r", "ts-node/register", "src/index.ts"]'],
    ["import type { User } from './user'", '"-r", "ts-node/register/transpile-only", "src/index.ts"]'],
  ])('a compiler knows types where those alone are imported: %s', async (code, command) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { start: 'ts-node src/index.ts' },
        devDependencies: { 'ts-node': '10', typescript: '5' },
      },
      'src/index.ts': code,
      'src/user.d.ts': 'export interface User {}',
    })
    expect(dockerfile).toContain(command)
  })

  test('a compiler that is loaded before the output of another one', async () => {
    const text = await dockerfile('node -r tsconfig-paths/register -r ts-node/register dist/index.js', {
      build: 'tsc',
    })
    expect(text).toContain('RUN npm run build\n')
    expect(text).toContain('"tsconfig-paths/register", "dist/index.js"]')
  })

  test.each([
    ['tsx --import ./src/telemetry.ts src/index.ts', {}, '"--import", "tsx", "--import", "./src/telemetry.ts", "src/index.ts"]'],
    ['tsx --require=./src/telemetry.ts src/index.ts', {}, '"--import", "tsx", "-r", "./src/telemetry.ts", "src/index.ts"]'],
    ['tsx --import ./src/telemetry.ts src/index.ts', { build: 'tsc' }, '"--import", "./dist/telemetry.js", "dist/index.js"]'],
    ['tsx -r dotenv/config src/index.ts', { build: 'tsc' }, '"dist/index.js"]'],
  ])('what is loaded before it: %s, %o', async (start, scripts, command) => {
    expect(await dockerfile(start, scripts, { 'src/telemetry.ts': '' })).toContain(command)
  }) // biome-ignore format: one line a row

  test.each([
    ['ts-node --project tsconfig.server.json src/index.ts', 'TS_NODE_PROJECT=tsconfig.server.json'],
    ['ts-node-dev --respawn --project tsconfig.server.json src/index.ts', 'TS_NODE_PROJECT=tsconfig.server.json'],
    ['nodemon --exec "ts-node -P tsconfig.server.json" src/index.ts', undefined],
    ['tsx --tsconfig=tsconfig.server.json src/index.ts', 'TSX_TSCONFIG_PATH=tsconfig.server.json'],
    [`ts-node -O '{"module":"commonjs"}' src/index.ts`, 'TS_NODE_COMPILER_OPTIONS="{\\"module\\":\\"commonjs\\"}"'],
  ])('the settings of what translates it: %s', async (start, variable) => {
    const text = await dockerfile(start, {})
    if (variable) expect(text).toContain(`ENV ${variable}\n`)
    else expect(text).not.toContain('ENV TS')
    expect(text).toContain('"src/index.ts"]')
  }) // biome-ignore format: one line a row

  test.each([
    ['nodemon --delay 2 -r dotenv/config src/main.js', '"-r", "dotenv/config", "src/main.js"]'],
    ['nodemon --signal SIGTERM src/main.js', '"src/main.js"]'],
    ['ts-node-dev -r tsconfig-paths/register --ignore-watch dist src/index.ts', '"tsconfig-paths/register", "src/index.ts"]'],
  ])('what a tool that restarts it is told: %s', async (start, command) => {
    expect(await dockerfile(start, {}, { 'src/main.js': 'app.listen(3000)' })).toContain(command)
  }) // biome-ignore format: one line a row

  // https://typestrong.org/ts-node/docs/imports: modules that are required see no ES module.
  test.each([
    ['ts-node src/index.ts', 'module', '"--loader", "ts-node/esm/transpile-only", "src/index.ts"]'],
    ['node --loader ts-node/esm src/index.ts', 'module', '"--loader", "ts-node/esm/transpile-only", "src/index.ts"]'],
    ['ts-node src/index.cts', 'module', '"-r", "ts-node/register/transpile-only", "src/index.cts"]'],
    ['ts-node src/index.mts', 'commonjs', '"--loader", "ts-node/esm/transpile-only", "src/index.mts"]'],
    ['ts-node src/index.ts', 'commonjs', '"-r", "ts-node/register/transpile-only", "src/index.ts"]'],
  ])('ts-node translates modules of the kind that they are: %s, %s', async (start, type, command) => {
    const { dockerfile } = await createFrom({
      'package.json': { name: 'app', type, scripts: { start }, dependencies: { express: '5' }, devDependencies: { 'ts-node': '10' } },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      [start.split(' ').at(-1) ?? '']: 'app.listen(3000)',
    })
    expect(dockerfile).toContain(command)
  }) // biome-ignore format: one line a row

  // https://nodejs.org/api/module.html#enabling: its first file would be an ES module then.
  test.each<[string, boolean]>([
    ['ts-node src/index.ts', true],
    ['node -r @babel/register src/main.js', true],
    ['node --require=esm src/main.js', true],
    ['node -r ./tracing.js src/main.js', false],
    ['node src/main.js', false],
  ])('no --import before what translates the program: %s', async (start, hooked) => {
    const text = await dockerfile(start, {}, { 'src/main.js': 'app.listen(3000)', 'tracing.js': '' })
    expect(text.includes('ENTRYPOINT ["/tini", "--"]')).toBe(hooked)
    expect(text.includes('"--import"')).toBe(!hooked)
  })

  test.each([
    ['leaves them', 'rimraf dist && tsc', '"tsconfig-paths/register", "src/index.ts"]'],
    ['writes them out', 'tsc && tsc-alias', '"dist/index.js"]'],
  ])('a build that %s decides which program is started', async (_, build, expected) => {
    const start = 'ts-node -r tsconfig-paths/register src/index.ts'
    expect(await dockerfile(start, { build })).toContain(expected)
  })

  // Somebody has committed an older one.
  test('output of the compiler that is in the repository is built again', async () => {
    const files = { 'dist/index.js': 'app.listen(3000)' }
    expect(await dockerfile('npm run build && node dist/index.js', { build: 'tsc' }, files)).toContain(
      'RUN npm run build\n',
    )
  })
})

test("a manager's settings that only running them would tell start nothing", async () => {
  const scripts = {
    'start:prod': 'pm2 start ecosystem.config.js --env production',
    start: 'node src/main.js',
  }
  const files = {
    'ecosystem.config.js':
      "const { main } = require('./package')\nmodule.exports = { apps: [{ script: main }] }",
    'src/main.js': '',
  }
  expect(await start(project({ scripts }, files))).toBe('node src/main.js')
})

test('what clears the place before a start that builds clears nothing away that is built', async () => {
  const scripts = {
    build: 'tsc -p tsconfig.build.json',
    'prestart:prod': 'rimraf dist && npm run build',
    'start:prod': 'node dist/main.js',
  }
  const { dockerfile } = await createFrom(
    project({ scripts, devDependencies: { typescript: '5' } }, { 'src/main.ts': '' }),
  )
  expect(dockerfile).toContain('RUN npm run build\n')
})

describe('a start script of sources that have moved', () => {
  test.each<[string, string, object, string, string, Files?, string[]?]>([
    ['', 'src/server/index.ts', { rootDir: '.' }, 'tsc', 'node dist/src/server/index.js'],
    [' without a file of its name', 'src/server/main.ts', {}, 'rimraf dist && tsc', 'node dist/main.js'],
    [', which a file of its name may be', 'src/server/index.ts', {}, 'tsc', 'node dist/index.js'],
    [
      ', though a file deeper has its name',
      'src/app.ts',
      {},
      'tsc',
      'node dist/app.js',
      { 'src/routes/index.ts': '' },
    ],
    [
      ', whose folder stays where others are compiled too',
      'src/index.ts',
      {},
      'tsc',
      'node dist/src/index.js',
      { 'libs/a.ts': '' },
    ],
    [
      ', whose folder stays where it imports data from above',
      'src/index.ts',
      { resolveJsonModule: true },
      'tsc',
      'node dist/src/index.js',
      { 'src/lib/version.ts': "import { version } from '../../package.json'" },
    ],
    [
      ', whose folder goes where it requires data from above',
      'src/index.ts',
      {},
      'tsc',
      'node dist/index.js',
      { 'src/lib/version.ts': "const { version } = require('../../package.json')" },
    ],
    [
      ', whose folder goes where others are left out',
      'src/index.ts',
      {},
      'tsc',
      'node dist/index.js',
      { 'libs/a.ts': '' },
      ['libs'],
    ],
    [
      ', beside a bundler',
      'src/server/index.ts',
      { rootDir: '.' },
      'tsc && node pack.js',
      'node dist/index.js',
    ],
    [', where it names a source', 'src/index.ts', { rootDir: 'src' }, 'tsc', 'node dist/index.js'],
    [
      ', where the compiler only checks',
      'src/index.ts',
      { rootDir: 'src', noEmit: true },
      'tsc -p tsconfig.json',
      'node src/index.ts',
    ],
    [
      ', which nodemon is told to run',
      'src/main.ts',
      {},
      'tsc',
      'node dist/main.js',
      {
        'package.json': {
          scripts: {
            build: 'tsc',
            start: 'node dist/index.js',
            dev: 'nodemon --watch src --exec "ts-node src/main.ts" -e ts',
          },
          dependencies: { express: '5' },
          devDependencies: { typescript: '5' },
        },
      },
    ],
    [
      ', where other settings make the output',
      'src/index.ts',
      { rootDir: 'src', noEmit: true },
      'tsc -p tsconfig.build.json',
      'node dist/index.js',
    ],
  ])('%s', async (_, source, compiler, build, start, files = {}, exclude) => {
    const { candidate } = await createFrom(
      project(
        {
          scripts: { build, start: 'node dist/index.js', dev: `ts-node-dev --respawn ${source}` },
          dependencies: { express: '5' },
          devDependencies: { typescript: '5' },
        },
        {
          [source]: 'app.listen(4000)',
          'tsconfig.json': { compilerOptions: { outDir: 'dist', ...compiler }, ...(exclude && { exclude }) },
          ...files,
        },
      ),
    )
    expect(candidate.facts.start?.value).toBe(start)
    expect(candidate.notes.some(({ code }) => code === 'START_MOVED')).toBe(start !== 'node dist/index.js')
  })
})

test.each<[string, object, Files, string]>([
  ['settings of a tool beside the sources', { build: 'nest build' }, { 'drizzle.config.ts': '' }, 'dist/src/main.js'],
  ['settings in a folder of their own', { build: 'tsc' }, { 'settings/orm.config.ts': '' }, 'dist/src/main.js'],
  ['tests that nothing keeps from the compiler', { build: 'tsc' }, { 'tests/a.test.ts': '' }, 'dist/src/main.js'],
  ['what a dot hides', { build: 'tsc' }, { '.storybook/main.ts': '' }, 'dist/main.js'],
  ['settings, where a bundler is told its entry', { build: 'tsup src/main.ts' }, { 'tsup.config.ts': '' }, 'dist/main.js'],
  ['settings, where a bundler builds and the compiler checks', { build: 'tsup src/main.ts', 'start:prod': 'tsx src/main.ts', check: 'tsc' }, { 'tsup.config.ts': '' }, 'dist/main.js'],
  ['settings, where the compiler is told its files', { build: 'tsc' }, { 'drizzle.config.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist' }, files: ['src/main.ts'] } }, 'dist/main.js'],
])('the folders of the output, with %s', async (_, scripts, files, entry) => {
  const { plan } = await createFrom(
    project(
      { scripts: { 'start:prod': 'node dist/main', ...scripts }, dependencies: { express: '5' }, devDependencies: { typescript: '5', '@nestjs/cli': '11' } },
      { 'src/main.ts': 'app.listen(3000)', 'src/app.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist' } }, 'nest-cli.json': { sourceRoot: 'src' }, ...files },
    ),
  )
  expect(plan.view.runtime.command?.at(-1)).toBe(entry)
}) // biome-ignore format: one row a case

test('TypeScript that a script names among the output of the compiler', async () => {
  const { plan, notes } = await createFrom(
    project(
      { scripts: { build: 'tsc', start: 'npm run build && node dist/index.ts' }, devDependencies: { typescript: '5' } },
      { 'src/index.ts': '', 'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src'] } },
    ),
  )
  expect(plan.view.runtime.command?.at(-1)).toBe('dist/index.js')
  expect(notes.map(({ code }) => code)).toContain('START_MOVED')
}) // biome-ignore format: one project

// https://github.com/remy/nodemon#specify-default-executable
test.each<[string, string, object, string[]]>([
  ['what runs files of an ending', 'nodemon src/server.js', { execMap: { js: 'node -r sucrase/register' } }, ['-r', 'sucrase/register', 'src/server.js']],
  ['a place for the name of the file', 'nodemon src/server.js', { execMap: { js: 'node -r sucrase/register {{filename}} --live' } }, ['-r', 'sucrase/register', 'src/server.js', '--live']],
  ['what runs files of another ending', 'nodemon src/server.js', { execMap: { ts: 'ts-node' } }, ['src/server.js']],
  ['less than the command', 'nodemon --exec node src/server.js', { execMap: { js: 'node -r sucrase/register' } }, ['src/server.js']],
])('settings of nodemon say %s', async (_, dev, settings, words) => {
  const { plan } = await createFrom(
    project({ scripts: { dev }, devDependencies: { nodemon: '2', sucrase: '3' } }, { 'src/server.js': 'app.listen(3000)', 'nodemon.json': settings }),
  )
  expect(plan.view.runtime.command?.slice(-words.length)).toEqual(words)
  expect(plan.view.runtime.command?.join(' ').includes('sucrase')).toBe(words.length > 1)
}) // biome-ignore format: one row a case

// https://nodejs.org/api/esm.html#mandatory-file-extensions
test.each<[string, string, object, string[]]>([
  ['an ES module without its extension', "import { app } from './app'", {}, ['tsx', 'src/index.ts']],
  ['a name of a path', "import { app } from '@/app'", {}, ['tsx', 'src/index.ts']],
  ['an ES module by its name', "import { app } from './app.js'", {}, ['dist/index.js']],
  ['a type alone', "import type { App } from './app'", {}, ['dist/index.js']],
  ['a module of CommonJS', "import { app } from './app'", { type: 'commonjs' }, ['dist/index.js']],
  ['names that the build writes out', "import { app } from './app'", { scripts: { build: 'tsc && tsc-alias -f', start: 'node dist/index.js' } }, ['dist/index.js']],
  ['names of paths that the build writes out', "import { app } from '@/app.js'", { scripts: { build: 'tsc && tsc-alias', start: 'node dist/index.js' } }, ['dist/index.js']],
  ['names of paths that the build writes out without their extension', "import { app } from '@/app'", { scripts: { build: 'tsc && tsc-alias', start: 'node dist/index.js' } }, ['tsx', 'src/index.ts']],
  ['names that what is loaded before knows', "import { app } from './app'", { scripts: { build: 'tsc', start: 'node --import tsx dist/index.js' } }, ['dist/index.js']],
])('output that imports %s', async (_, code, manifest, command) => {
  const { plan, candidate } = await createFrom(
    project(
      { type: 'module', scripts: { build: 'tsc', start: 'node dist/index.js' }, dependencies: { tsx: '4' }, devDependencies: { typescript: '5' }, ...manifest },
      {
        'src/index.ts': `${code}\napp.listen(3000)`,
        'src/app.ts': 'export const app = 1',
        'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src', baseUrl: '.', paths: { '@/*': ['src/*'] } } },
      },
    ),
  )
  expect(plan.view.runtime.command?.slice(-command.length)).toEqual(command)
  expect(candidate.notes.some(({ code }) => code === 'START_MOVED')).toBe(command[0] === 'tsx')
}) // biome-ignore format: one row a case

describe('scripts of nps', () => {
  const scripts = `const { series, crossEnv } = require('nps-utils')
module.exports = { scripts: {
  default: 'nps start.prod',
  start: { default: 'nodemon app.js', prod: { script: crossEnv('MODE=live node dist/app.js'), description: 'x' } },
  server: 'node dist/server.js',
  buildAll: series(lint('src'), series.nps('compile')),
  compile: { default: { script: \`tsc\` } },
} }`
  test.each<[string, object, string, Files]>([
    ['the default one', { start: 'nps', build: 'nps build-all' }, 'node dist/app.js', {}],
    ['one by its name', { start: 'nps start.prod', build: 'nps build-all' }, 'node dist/app.js', {}],
    [
      'one that npm gives on',
      { run: 'nps', start: 'npm run run server', build: 'npm run run buildAll' },
      'node dist/server.js',
      {},
    ],
    [
      'of a list in YAML',
      { start: 'nps', build: 'tsc' },
      'node dist/yaml.js',
      { 'package-scripts.js': '', 'package-scripts.yml': 'scripts:\n  default: node dist/yaml.js\n' },
    ],
  ])('%s', async (_, own, started, files) => {
    const all: Files = { 'package-scripts.js': scripts, ...files }
    const { candidate, dockerfile } = await createFrom(
      project(
        { scripts: own, dependencies: { express: '5' }, devDependencies: { typescript: '5', nps: '5' } },
        Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')),
      ),
    )
    expect(candidate.facts.start?.value).toBe(started)
    expect(dockerfile).toContain('npm run build')
    expect(dockerfile.includes('ENV MODE=live')).toBe(started === 'node dist/app.js')
  })
})

test('a program that starts what it is given listens and writes as that does', async () => {
  const { candidate } = await createFrom(
    project(
      { scripts: { start: 'node with-database.js node src/server.js' }, dependencies: { express: '5' } },
      {
        'with-database.js': "require('child_process').spawn(process.argv[2], process.argv.slice(3))",
        'src/server.js': "require('make-dir')('data')\nrequire('express')().listen(4321)",
      },
    ),
  )
  expect(candidate.facts).toMatchObject({ port: { value: 4321 }, program: { writes: true } })
})

describe('folders that a program reads', () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`src/part${index}.ts`, `import './part${index + 1}'`]),
  )
  test.each([
    ['of sounds', { 'audio/ping.wav': '' }, true],
    ['of code', { 'audio/ping.ts': '', 'audio/index.html': '' }, false],
  ])('%s, named far from its entry', async (_, files, held) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { build: 'tsc', start: 'node dist/index.js' },
        dependencies: { express: '5' },
        devDependencies: { typescript: '5' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      'src/index.ts': "import './part0'\napp.listen(3000)",
      ...many,
      'src/part60.ts': "const sounds = path.resolve(process.cwd(), 'audio')",
      ...files,
    })
    expect(dockerfile.includes('/app/audio ./audio\n')).toBe(held)
  })
})

test("a framework's own server is the program, and the others that a script starts with it are named", async () => {
  const { dockerfile, notes, candidate } = await createFrom(
    project(
      {
        scripts: { build: 'next build', start: 'concurrently "next start" "node api-server"' },
        dependencies: { next: '16', express: '5', concurrently: '9' },
      },
      { 'api-server.js': "require('express')().listen(3001)", 'app/page.jsx': '' },
    ),
  )
  expect(candidate.facts.start?.value).toContain('next start')
  expect(dockerfile).toContain('CMD ["server.js"]')
  expect(notes.find(({ code }) => code === 'PROGRAMS_BESIDE')?.message).toContain('node api-server')
})

test.each<[string, boolean]>([
  ["'RENDER' in process.env ? '0.0.0.0' : 'localhost'", true],
  ["process.env.DOCKER === 'true' ? '0.0.0.0' : '127.0.0.1'", true],
  ["process.env.HERE !== 'yes' ? '0.0.0.0' : '127.0.0.1'", false],
  ["!process.env.HERE ? '0.0.0.0' : '127.0.0.1'", false],
  ["process.env.HOST ? process.env.HOST : 'localhost'", false],
])('an address that a variable decides is the one without it: %s', async (host, opened) => {
  const { notes, dockerfile } = await createFrom(
    project(
      { scripts: { start: 'node app.js' }, dependencies: { fastify: '5' } },
      { 'app.js': `const host = ${host}\nrequire('fastify')().listen({ host: host, port: 3000 })` },
    ),
  )
  expect(dockerfile.includes('Server.prototype.listen=')).toBe(opened)
  expect(dockerfile).not.toMatch(/ENV (RENDER|DOCKER|HERE)/)
  expect(notes.some(({ code }) => code === 'LISTENS_ON_LOCALHOST')).toBe(opened)
})

test('what Electron opens its window by is no server beside pages', async () => {
  const [found] = await detectIn(
    project(
      {
        main: 'dist-electron/main.js',
        scripts: { dev: 'vite', build: 'vite build' },
        dependencies: { hono: '4', ws: '8' },
        devDependencies: { electron: '43', vite: '7', typescript: '5' },
      },
      {
        'index.html': '',
        'src/main.jsx': '',
        'tsconfig.electron.json': { compilerOptions: { outDir: 'dist-electron' } },
        'electron/main.ts': "import { app } from 'electron'\nimport './ws-server'",
        'electron/ws-server.ts': 'new Server().listen(7892)',
      },
    ),
  )
  expect(found?.facts).toMatchObject({ kind: { value: 'spa' }, start: undefined })
})

test.each(['src/index.js', 'index.js'])(
  '`main` that names a source as if the compiler put its output beside it: %s',
  async main => {
    const [found] = await detectIn(
      project(
        {
          main,
          scripts: { build: 'tsc', dev: 'nodemon dist/index.js' },
          devDependencies: { typescript: '5' },
        },
        {
          'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src/**/*'] },
          'src/index.ts': 'setInterval(() => {}, 1000)',
        },
      ),
    )
    expect(found?.facts.start?.value).toBe('node dist/index.js')
  },
)

test.each([
  ['writes pages', 'scripts/build.js', "require('fs').writeFileSync('build/index.html', '')", undefined],
  ['listens', 'scripts/build.js', 'require("http").createServer().listen(3000)', 'node scripts/build.js'],
  ['is called as programs are', 'bot.js', 'setInterval(poll, 1000)', 'node bot.js'],
])('what the build runs too, and which %s', async (_, file, code, start) => {
  const [found] = await detectIn(
    project(
      {
        private: true,
        scripts: { start: `nodemon ${file} --dev`, build: `node ${file}` },
        devDependencies: { nodemon: '3' },
      },
      { [file]: code },
    ),
  )
  expect(found?.facts.start?.value).toBe(start)
})

test("what a workspace's members make is no folder of pages at its root", async () => {
  const found = await detectIn(
    project(
      {
        private: true,
        scripts: { build: "pnpm --recursive --filter '!docs' run build" },
        devDependencies: { prettier: '2' },
      },
      {
        '.gitignore': 'dist\n',
        'pnpm-workspace.yaml': "packages: ['packages/*']\n",
        'packages/app/package.json': {
          name: 'app',
          scripts: { build: 'vite build' },
          devDependencies: { vite: '7' },
        },
        'packages/app/index.html': '',
      },
    ),
  )
  expect(found.filter(({ fit }) => fit === 'exact').map(({ dir }) => dir)).toEqual(['packages/app'])
})
