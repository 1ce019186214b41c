import { describe, expect, test } from 'vitest'
import { selected } from '../../../src/ecosystems/node/scripts.ts'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>
const express = (served: string) => `const app = require('express')()
app.use(require('express').static(${served}))
app.listen(process.env.PORT || 5000)`
const vite: Files = {
  'client/package.json': { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
  'client/index.html': '<div id="root"></div>',
}
const server = (served: string, scripts: object = {}): Files => ({
  'package.json': {
    name: 'app',
    scripts: { start: 'node server.js', ...scripts },
    dependencies: { express: '5' },
  },
  'server.js': express(served),
})

describe('a server and the pages that it gives out', () => {
  test.each<[string, string, object]>([
    ['one path names them', "'client/dist'", {}],
    ['a path is joined', "require('path').join(__dirname, 'client', 'dist')", {}],
    ['the build makes them', "require('./where')", { build: 'cd client && npm install && npm run build' }],
    [
      'by a prefix',
      "require('./where')",
      { 'heroku-postbuild': 'npm i --prefix client && npm run build --prefix client' },
    ],
    [
      'a script for production makes them first',
      "require('./where')",
      { client: 'cd client && npm ci && npm run build', prod: 'npm run client && npm ci && node server.js' },
    ],
  ])('%s', async (_, served, scripts) => {
    const { dockerfile } = await createFrom({ ...server(served, scripts), ...vite })
    expect(dockerfile).toContain('FROM base AS client\nWORKDIR /app/client\n')
    expect(dockerfile).toContain('COPY client .\nRUN npm run build\n')
    expect(dockerfile).toContain('COPY --exclude=client . .\n')
    expect(dockerfile).toContain('COPY --from=client /app/client/dist ./client/dist\n')
    expect(dockerfile).not.toMatch(/AS build|--prefix|cd client/)
  })

  test.each([
    ["fs.copyFileSync('logo.svg', 'client/dist/logo.svg')", '--chown=65532:65532 '],
    ['fs.writeFileSync(`${__dirname}/client/dist/config-${version}.js`, text)', '--chown=65532:65532 '],
    ["fs.writeFileSync('client/dist/uploads/' + name, text)", '--chown=65532:65532 '],
    ["fs.writeFileSync('client/distances.json', text)", ''],
    ["fs.writeFileSync('uploads/' + name, text)", ''],
  ])('whose the pages are beside %s', async (code, flag) => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'"),
      ...vite,
      'server.js': `const fs = require('fs')\n${express("'client/dist'")}\n${code}`,
    })
    expect(dockerfile).toContain(`COPY --from=client ${flag}/app/client/dist ./client/dist\n`)
  })

  test('a client whose packages need another Node.js is built with that', async () => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'"),
      ...vite,
      'client/package.json': {
        scripts: { build: 'vite build' },
        engines: { node: '22' },
        devDependencies: { vite: '7' },
      },
    })
    expect(dockerfile).toContain('FROM node:22-trixie-slim AS client\nWORKDIR /app/client\n')
  })

  describe('a folder of pages that nothing makes', () => {
    const code = `const app = require('express')()
app.get('/', (_, res) => res.sendFile(require('path').join(__dirname, 'public/index.html')))
app.listen(3000)`
    test('is what the client builds, with a warning', async () => {
      const { dockerfile, candidate } = await createFrom({
        ...server(''),
        'server.js': code,
        ...vite,
      })
      expect(dockerfile).toContain('COPY --from=client /app/client/dist ./public\n')
      expect(candidate.notes.find(({ code }) => code === 'CLIENT_INCLUDED')).toMatchObject({
        level: 'warning',
      })
    })

    test.each([
      ['made from one template', code.replace('3000', '3001'), false],
      ['of which it alone gives out pages', "require('express')().listen(3001)", true],
    ])('and several services %s', async (_, other, built) => {
      const { dockerfile } = await createFrom({
        ...server(''),
        'server.js': code,
        ...vite,
        'mail/package.json': { scripts: { start: 'node mail.js' }, dependencies: { express: '5' } },
        'mail/mail.js': other,
      })
      expect(dockerfile.includes('AS client')).toBe(built)
    })

    test.each([
      ['by the framework', "express.static('static')", './static'],
      ['beside its code', "express.static(__dirname + '/static')", './static'],
      ["by Koa's own package", "serve('static')", './static'],
      ["by Koa's own package, under a path", "mount('/static', serve('static'))", undefined],
      ['at the root', "'/', express.static('static')", './static'],
      ['under a path of its own', "'/static', express.static('static')", undefined],
      ['of what people send', "express.static('uploads')", undefined],
      ['that is there', "express.static('there')", undefined],
      ['with a mark of git alone', "express.static('empty')", './empty'],
    ])('given out %s', async (_, served, folder) => {
      const { dockerfile } = await createFrom({
        ...server(''),
        'server.js': `const express = require('express')\nconst app = express()\napp.use(${served})\napp.listen(3000)`,
        'there/index.html': '',
        'empty/.gitkeep': '',
        ...vite,
      })
      expect(/COPY --from=client \/app\/client\/dist (\S+)/.exec(dockerfile)?.[1]).toBe(folder)
    })

    test.each([
      ['pagesPath', './public'],
      ['pages', undefined],
    ])('given out by another file, that is told of it as %s', async (name, folder) => {
      const { dockerfile } = await createFrom({
        ...server(''),
        'server.js': `const path = require('path')\nconst start = () => {\n  const ${name} = path.join(__dirname, 'public')\n  require('./app')({ ${name} }).listen(3000)\n}\nstart()`,
        'app.js': `const express = require('express')\nmodule.exports = ({ ${name} }) => express().use(express.static(${name}))`,
        ...vite,
      })
      expect(/COPY --from=client \/app\/client\/dist (\S+)/.exec(dockerfile)?.[1]).toBe(folder)
    })

    test.each([
      ['front', true],
      ['packages/app-client', true],
      ['shop_frontend', true],
      ['admin', false],
    ])('is what a package in %s builds: %s', async (dir, taken) => {
      const { dockerfile } = await createFrom({
        ...server(''),
        'server.js': code,
        [`${dir}/package.json`]: vite['client/package.json'] ?? '',
        [`${dir}/index.html`]: '',
      })
      expect(dockerfile.includes('/dist ./public\n')).toBe(taken)
    })

    test.each<[string, Files]>([
      ['that is there', { 'public/index.html': '' }],
      ['and two clients', { 'web/package.json': vite['client/package.json'] ?? '', 'web/index.html': '' }],
    ])('%s is left alone', async (_, files) => {
      const { dockerfile } = await createFrom({ ...server(''), 'server.js': code, ...vite, ...files })
      expect(dockerfile).not.toContain('AS client')
    })
  })

  test('what else the build does stays, in a stage without the client', async () => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'", { build: 'tsc -p server && npm run build --prefix client' }),
      ...vite,
    })
    expect(dockerfile).toContain('COPY --exclude=client . .\nRUN npx tsc -p server\n')
  })

  test('a script of the install that makes them too is left with what else it does', async () => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'", {
        build: 'npm run pages && tsc',
        pages: 'cd client && npm run build',
        postinstall: 'cd client && npm install && cd .. && npm run pages && tsc && node seed.js',
      }),
      ...vite,
    })
    expect(dockerfile).toContain('COPY --exclude=client . .\nRUN node seed.js \\\n    && npx tsc ')
  })

  test('a server that is started above its folder finds them where its image starts it', async () => {
    const { dockerfile, candidate } = await createFrom({
      'package.json': { scripts: { start: 'node server/index.js', build: 'cd client && npm run build' } },
      'server/package.json': {
        name: 'server',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'server/index.js': `const path = require('path')
const here = path.resolve()
${express("path.join(here, '/client/dist')")}`,
      ...vite,
    })
    expect(candidate.dir).toBe('server')
    expect(dockerfile).toMatch(/COPY --from=client (--chown=\S+ )?\/client\/dist \.\/client\/dist\n/)
  })

  test.each([
    ['path.resolve()', "'../client/dist'"],
    ['path.dirname(fileURLToPath(import.meta.url))', "'../../client/dist'"],
  ])('a file may have a __dirname of its own: %s', async (own, served) => {
    const { dockerfile } = await createFrom({
      'server/package.json': {
        name: 'server',
        type: 'module',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '5' },
      },
      'server/src/index.js': `import express from 'express'\nconst __dirname = ${own}\nconst app = express()
app.use(express.static(path.join(__dirname, ${served})))\napp.listen(5000)`,
      ...vite,
    })
    expect(dockerfile).toContain('COPY --from=client /client/dist /client/dist\n')
  })

  test('the server in a folder of its own finds them beside it', async () => {
    const { dockerfile } = await createFrom({
      'server/package.json': {
        name: 'api',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'server/index.js': express("'../client/dist'"),
      ...vite,
    })
    expect(dockerfile).toContain('WORKDIR /client\n')
    expect(dockerfile).toContain('COPY --from=client /client/dist /client/dist\n')
  })

  test("a client may build into the server's folder", async () => {
    const { dockerfile } = await createFrom({
      'server/package.json': {
        name: 'api',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'server/index.js': express("'public'"),
      ...vite,
      'client/vite.config.js': "export default { build: { outDir: '../server/public' } }",
    })
    expect(dockerfile).toContain('COPY --from=client /app/public ./public\n')
  })

  test.each<[string, Files]>([
    ['the server has not', {}],
    ['its own manager has not', { 'client/pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }],
  ])('what its install calls for is in its stage where %s', async (_, lock) => {
    const { dockerfile, plan } = await createFrom({
      ...server("'client/dist'"),
      ...vite,
      'client/package.json': {
        scripts: { build: 'vite build' },
        devDependencies: { vite: '7', ui: 'git+ssh://git@git.acme.dev/ui.git' },
      },
      ...lock,
    })
    const [base = '', stage = ''] = dockerfile.split('AS client')
    expect(base).not.toMatch(/git|ssh/)
    expect(stage).toContain('ENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=yes"\n')
    expect(stage).toContain('apt-get install -y --no-install-recommends ca-certificates git openssh-client\n')
    expect(stage).toContain('--mount=type=ssh')
    expect(plan.buildFlags).toContain('--ssh default')
  })

  test('its own manager comes along', async () => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'"),
      ...vite,
      'client/pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    })
    expect(dockerfile).toMatch(/FROM node:\S+ AS client\nWORKDIR \/app\/client\nENV PNPM_HOME/)
  })

  test('pages that nobody gives out are an app of their own', async () => {
    const { dockerfile, candidate } = await createFrom({
      ...server("'public'"),
      'public/robots.txt': '',
      ...vite,
    })
    expect(dockerfile).not.toContain('AS client')
    expect(candidate.notes.map(({ code }) => code)).not.toContain('CLIENT_INCLUDED')
  })

  test("a route that is called as the documentation's folder is no client", async () => {
    const { dockerfile } = await createFrom({
      ...server("'docs', 'dist'"),
      'docs/package.json': { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
      'docs/index.html': '',
    })
    expect(dockerfile).not.toContain('AS docs')
  })

  test('names that the browser gets are arguments of the stage that needs them', async () => {
    const { dockerfile } = await createFrom({
      ...server("'client/dist'"),
      ...vite,
      'client/.env.example': 'VITE_API_URL=\n',
    })
    expect(dockerfile).toMatch(/AS client\n[\s\S]*ARG VITE_API_URL\n[\s\S]*AS runtime/)
  })
})

describe("a client that is a member of its server's workspace", () => {
  const workspace: Files = {
    'package.json': { name: 'root', workspaces: ['server', 'client', 'packages/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'server/package.json': {
      name: 'api',
      scripts: { start: 'node index.js' },
      dependencies: { express: '5' },
    },
    'server/index.js': express("require('path').join(__dirname, '../client/dist')"),
    'packages/ui/package.json': { name: 'ui' },
    'packages/ui/index.js': '',
    'packages/other/package.json': { name: 'other' },
    ...vite,
    'client/package.json': {
      name: 'web',
      scripts: { build: 'vite build' },
      dependencies: { ui: '*' },
      devDependencies: { vite: '7' },
    },
  }

  test('is built from the root, with the members that it needs', async () => {
    const { dockerfile, ignore } = await createFrom(workspace)
    expect(dockerfile).toContain('FROM base AS client\nRUN --mount')
    expect(dockerfile).toMatch(
      /AS client\n[\s\S]*COPY packages\/ui packages\/ui\nCOPY client client\nRUN npm run build -w client\n/,
    )
    expect(dockerfile).toContain('COPY --from=client /app/client/dist ./client/dist\nWORKDIR /app/server\n')
    const [deps] = dockerfile.split('AS client')
    expect(deps).not.toContain('client/package.json')
    expect(ignore).toContain('\npackages/other\n')
    expect(ignore).not.toMatch(/^(client|packages\/ui)$/m)
  })

  test.each([
    ['npm run build -w client'],
    ['npm run build --workspace=web'],
    ['npm run build -ws'],
    ['npm run build --prefix client'],
  ])('a server at the root builds it by %s: a stage does', async build => {
    const { dockerfile, candidate } = await createFrom({
      ...workspace,
      'package.json': {
        name: 'root',
        workspaces: ['client', 'packages/*'],
        scripts: { start: 'node server.js', build },
        dependencies: { express: '5' },
      },
      'server.js': express("require('./where')"),
    })
    expect(candidate.dir).toBe('.')
    expect(dockerfile).toContain('RUN npm run build -w client\n')
    expect(dockerfile).not.toContain('AS build')
    expect(dockerfile).toContain('COPY --exclude=client . .\n')
    expect(dockerfile).toContain('COPY --from=client /app/client/dist ./client/dist\n')
  })
})

test.each<[readonly string[], string | undefined]>([
  [['npm', 'run', 'build', '-w', 'web'], 'web'],
  [['npm', '--workspace=packages/web', 'run', 'build'], 'packages/web'],
  [['npm', 'run', 'build', '--', '-w', 'web'], undefined],
  [['yarn', 'workspace', 'web', 'build'], 'web'],
  [['yarn', 'workspaces', 'foreach', '-A', 'run', 'build'], '*'],
  [['pnpm', '--filter', './web...', 'build'], 'web'],
  [['pnpm', '-w', 'run', 'build'], undefined],
  [['bun', 'run', '--filter=web', 'build'], 'web'],
  [['vite', 'build', '-w', 'web'], undefined],
])('%j is for the member %s', (words, member) => {
  expect(selected(words)).toBe(member)
})

test('what the client imports beside its folder comes into its stage', async () => {
  const { dockerfile } = await createFrom({
    ...server("'client/dist'"),
    ...vite,
    'client/src/main.ts': "import { port } from '../../shared/port'",
    'shared/port.ts': 'export const port = 1',
  })
  expect(dockerfile).toContain('COPY shared /app/shared\nCOPY client .\n')
})

test("the root's script starts a server with packages of its own: that is the app", async () => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      name: 'root',
      scripts: { start: 'node server/index.js' },
      devDependencies: { concurrently: '9' },
    },
    'server/package.json': { name: 'api', dependencies: { express: '5' } },
    'server/index.js': express("'../client/dist'"),
    ...vite,
  })
  expect(candidate.dir).toBe('server')
  expect(dockerfile).toContain('source=server/package.json')
  expect(dockerfile).toContain('COPY --from=client /client/dist /client/dist\n')
})

describe('commands in other folders', () => {
  test.each<[string, string, Files]>([
    ['a folder of sources', 'cd src && node app.js', { 'src/app.js': '' }],
    ['a group', '(cd src && echo x) && node app.js', { 'app.js': '', 'src/x': '' }],
  ])('%s', async (_, start, files) => {
    const [found] = await detectIn({ 'package.json': { scripts: { start } }, ...files })
    expect(found?.facts.start?.value).toBe(`node ${start.includes('(') ? 'app.js' : 'src/app.js'}`)
  })
})

describe("a build of the server's that puts the pages elsewhere", () => {
  const make = 'cd client && npm ci && npm run build && cd ..'
  test.each<[string, string, string, Files]>([
    ['cp -r client/dist public', 'public', 'COPY --from=client /app/client/dist ./public\n', {}],
    [
      'rm -rf public && mv client/dist public',
      'public',
      'COPY --from=client /app/client/dist ./public\n',
      { 'public/a.txt': '' },
    ],
    [
      'cp -r client/dist/* public/',
      'public',
      'COPY --from=client /app/client/dist ./public\n',
      { 'public/a.txt': '' },
    ],
    [
      'mkdir -p out && shx cp -R ./client/dist out',
      'out/dist',
      'COPY --from=client /app/client/dist ./out/dist\n',
      {},
    ],
  ])('%s', async (copying, served, line, files) => {
    const { dockerfile, candidate } = await createFrom({
      ...server(`'${served}'`, { build: `${make} && ${copying}` }),
      ...vite,
      ...files,
    })
    expect(dockerfile).toContain(line)
    expect(dockerfile).not.toMatch(/(cp|mv) .*client\/dist/)
    expect(candidate.notes.find(({ code }) => code === 'CLIENT_INCLUDED')?.level).toBe('info')
  })

  test('by hand, of the one client that the build makes', async () => {
    const { dockerfile, candidate } = await createFrom({
      ...server('`${__dirname}/build`', { build: 'cd client && npm run build' }),
      ...vite,
      'web/package.json': { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
      'web/index.html': '',
    })
    expect(dockerfile).toContain('COPY --from=client /app/client/dist ./build\n')
    expect(candidate.notes.find(({ code }) => code === 'CLIENT_INCLUDED')?.level).toBe('warning')
  })

  test('from a folder beside it', async () => {
    const { dockerfile } = await createFrom(
      Object.fromEntries([
        ...Object.entries(
          server("'public'", { build: 'cd ../client && npm run build && cp -r dist ../api/public' }),
        ).map(([path, content]) => [`api/${path}`, content]),
        ...Object.entries(vite),
      ]),
      { app: 'api' },
    )
    expect(dockerfile).toContain('COPY --from=client /client/dist ./public\n')
  })
})

describe('pages beside the folder of the server that no package makes', () => {
  const root = { 'client/index.html': '<p>Hi</p>', 'client/app.js': '' }
  const api = (code: string, file = 'index.js'): Files => ({
    'server/package.json': {
      name: 'server',
      scripts: { start: `node ${file}` },
      dependencies: { express: '5' },
    },
    [`server/${file}`]: `const path = require('path')\nconst app = express()\n${code}\napp.listen(3000)`,
  })
  const copied = 'COPY client /client\n'
  test.each<[string, Files, string | undefined]>([
    ['by a path from where it is started', api("app.use(express.static('../client'))"), copied],
    [
      'by a path from its own folder',
      api("app.use(express.static(path.join(__dirname, '../../client')))", 'src/index.js'),
      copied,
    ],
    [
      'under a path of their own',
      api("app.use('/app', express.static(path.resolve(__dirname, '..', 'client')))"),
      copied,
    ],
    [
      'one page of them',
      api("app.get('/', (_, res) => res.sendFile(path.join(__dirname, '../client/index.html')))"),
      'COPY client/index.html /client/index.html\n',
    ],
    ['as templates', api("app.set('views', path.join(__dirname, '../client'))"), copied],
    ['that are not here', api("app.use(express.static('../pages'))"), undefined],
    ['that are the whole repository', api("app.use(express.static('..'))"), undefined],
  ])('given out %s', async (_, files, line) => {
    const { dockerfile } = await createFrom({ ...root, ...files })
    if (line) expect(dockerfile).toContain(line)
    else expect(dockerfile).not.toMatch(/COPY (client|\.\.)/)
  })

  test('of a program that is compiled into a folder below come from its own', async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'tsc', start: 'node dist/index.js' },
        dependencies: { express: '5' },
        devDependencies: { typescript: '5' },
      },
      'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
      'index.ts': "app.set('views', path.join(__dirname, '../views'))\napp.listen(3000)",
      'views/home.ejs': '',
    })
    expect(dockerfile).toContain('COPY --from=build /app/views ./views\n')
    expect(dockerfile).not.toContain('COPY views')
  })

  test.each<[string, Files]>([
    ['', {}],
    [' of another member', { 'pages/package.json': { name: 'pages', version: '1.0.0' } }],
  ])('of a workspace: templates%s', async (_, files) => {
    const { dockerfile, ignore } = await createFrom(
      {
        'package.json': { workspaces: ['server', 'pages'] },
        'pages/home.ejs': '',
        ...api("app.set('views', '../pages')"),
        ...files,
      },
      { app: 'server' },
    )
    expect(dockerfile).toContain('COPY pages ./pages\n')
    expect(ignore).not.toMatch(/^\/?pages/m)
  })
})
