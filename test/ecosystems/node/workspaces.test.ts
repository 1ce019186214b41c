import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const lock = { lockfileVersion: 3, packages: {} }
const workspace = {
  'package.json': {
    name: 'root',
    private: true,
    workspaces: ['apps/*', 'packages/*'],
    devDependencies: { typescript: '5' },
  },
  'package-lock.json': lock,
  'tsconfig.base.json': {},
  'apps/api/package.json': {
    name: '@a/api',
    scripts: { build: 'tsc', start: 'node dist/server.js' },
    dependencies: { '@a/shared': '*', express: '5' },
    devDependencies: { '@a/config': '*' },
  },
  'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  'apps/api/src/server.ts': "process.on('SIGTERM', () => {})\napp.listen(4000)",
  'apps/web/package.json': {
    name: '@a/web',
    scripts: { build: 'vite build' },
    dependencies: { vite: '7', '@a/ui': '*' },
  },
  'apps/web/index.html': '',
  'packages/shared/package.json': {
    name: '@a/shared',
    exports: './dist/index.js',
    scripts: { build: 'tsc' },
    dependencies: { '@a/base': '*' },
  },
  'packages/base/package.json': { name: '@a/base', exports: './index.js' },
  'packages/base/index.js': '',
  'packages/config/package.json': { name: '@a/config' },
  'packages/ui/package.json': { name: '@a/ui', exports: './src/index.ts' },
}

/** The same files in a folder, and what stands beside it. */
const below = (
  dir: string,
  files: Record<string, string | object>,
  others: Record<string, string | object>,
) => ({
  ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`${dir}/${path}`, content])),
  ...others,
})

describe('a workspace in a folder of the repository', () => {
  test('is one all the same, and its members are copied from there', async () => {
    const { candidate, dockerfile, plan } = await createFrom(
      below('web', workspace, { 'README.md': '', 'go.txt': '' }),
    )
    expect(candidate.dir).toBe('web/apps/api')
    expect(plan.dir).toBe('web/apps/api')
    expect(dockerfile).toContain(
      'source=web/packages/shared/package.json,target=packages/shared/package.json',
    )
    expect(dockerfile).toContain('COPY web/package.json web/package-lock.json web/tsconfig.base.json ./\n')
    expect(dockerfile).toContain('COPY web/packages/shared packages/shared\n')
    expect(dockerfile).toContain('COPY web/apps/api apps/api\n')
    expect(dockerfile).toContain('COPY web/packages/base packages/base\n')
    expect(dockerfile).toContain('COPY web/apps/api/package.json apps/api/\n')
    expect(plan.ignore.sections[0]?.patterns).toContain('web/apps/web')
  })

  test('has libraries, which are no apps', async () => {
    const found = await detectIn(below('web', workspace, { 'docs/README.md': '' }))
    expect(found.filter(({ fit }) => fit === 'exact').map(({ dir }) => dir)).toEqual(['web/apps/api'])
  })

  test('that nobody can read ends nothing beside it', async () => {
    const [found] = await detectIn(
      below(
        'web',
        { ...workspace, 'packages/ui/package.json': '{' },
        { 'package.json': { name: 'root', scripts: { start: 'node a.js' } }, 'a.js': 'app.listen(3000)' },
      ),
    )
    expect(found?.dir).toBe('.')
  })
})

describe('a workspace', () => {
  test('its server is chosen, its front end named', async () => {
    const { candidate, notes } = await createFrom(workspace)
    expect(candidate.name).toBe('@a/api')
    expect(notes.find(({ code }) => code === 'OTHER_APPS')?.message).toContain('@a/web')
  })

  test("a folder of the root's for a hoster is none of its pages, whose members build", async () => {
    const { candidate } = await createFrom({
      ...workspace,
      'package.json': { ...workspace['package.json'], scripts: { build: 'npm run build --workspaces' } },
      'vercel.json': { outputDirectory: 'public' },
      'public/index.html': '',
    })
    expect(candidate.name).toBe('@a/api')
  })

  test.each<[string, object, object, boolean]>([
    ['components of a framework', { exports: './index.ts', dependencies: { next: '15' } }, {}, false],
    ['pages in a library too', { exports: './index.ts', dependencies: { next: '15' } }, { 'packages/x/app/page.tsx': '' }, true],
    ['a library with a script that starts', { main: 'a.js', scripts: { dev: 'next dev' }, dependencies: { next: '15' } }, {}, true],
    ['a published module', { main: 'index.js', dependencies: { micromatch: '4' }, publishConfig: {} }, { 'packages/x/index.js': "const m = require('micromatch')\nmodule.exports = () => m" }, false],
    ['tests of the whole', { scripts: { start: 'node a.js' }, dependencies: { express: '5' } }, { 'packages/x/a.js': '' }, true],
  ])('%s', async (_, manifest, files, found) => {
    const all = await detectIn({ ...workspace, 'packages/x/package.json': { name: '@a/x', ...manifest }, ...files })
    expect(all.some(({ name, fit }) => name === '@a/x' && fit === 'exact')).toBe(found)
  }) // biome-ignore format: a table

  test.each<[string, Record<string, string | object>]>([
    ['a broken manifest that a test reads', { 'test/broken/package.json': '{' }],
    ["an editor's copy of a tool", { '.yarn/sdks/vite/package.json': { scripts: { start: 'vite' }, dependencies: { vite: '7' } } }],
    ['a server that tests ask', { 'apps/api-tests/package.json': { scripts: { start: 'node a.js' }, dependencies: { express: '5' } }, 'apps/api-tests/a.js': '' }],
    ["settings of pm2 and a framework among the root's tools", { 'package.json': { ...workspace['package.json'], scripts: { build: 'turbo run build', dev: 'node tools/dev.js' }, dependencies: { next: '15' } }, 'ecosystem.config.js': '', 'tools/dev.js': '' }],
    ["a member's pages that the root serves", { 'package.json': { ...workspace['package.json'], scripts: { build: 'npm run build -ws', start: 'http-server apps/web/dist' } } }],
  ])('%s is no app', async (_, files) => {
    const { candidate } = await createFrom({ ...workspace, ...files })
    expect(candidate.name).toBe('@a/api')
  }) // biome-ignore format: a table

  test('libraries are no apps', async () => {
    const names = (await detectIn(workspace, { app: 'api' }))
      .filter(({ facts }) => facts.kind.value !== 'library')
      .map(({ name }) => name)
    expect(names).toEqual(['@a/api', '@a/web'])
  })

  test.each([
    ['those of the lock file, where pnpm is told of none', '', true],
    ['none, where the lock file has none', 'overrides:\n  a: 1\n', false],
  ])('its members are %s', async (_, settings, isMember) => {
    const member =
      '\n  api:\n    dependencies:\n      express:\n        specifier: 5\n        version: 5.0.0\n'
    const { dockerfile } = await createFrom({
      'package.json': { name: 'root', private: true, scripts: { start: 'pnpm --filter api start' } },
      'pnpm-workspace.yaml': settings,
      'pnpm-lock.yaml': `lockfileVersion: '6.0'\n\nimporters:\n\n  .: {}\n${isMember ? member : ''}`,
      'api/package.json': {
        name: 'api',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'api/index.js': "require('express')().listen(3000)",
    })
    expect(dockerfile.includes('source=api/package.json,target=api/package.json')).toBe(isMember)
  })

  test("an app's files stand in its folder and are built from the root", async () => {
    const { files } = await createFrom(workspace, { app: 'api' })
    expect(files.map(({ path }) => path)).toEqual(['apps/api/Dockerfile', 'apps/api/Dockerfile.dockerignore'])
  })

  test("a member's archives are there for the install", async () => {
    const { dockerfile } = await createFrom(
      {
        ...workspace,
        'apps/api/package.json': {
          ...(workspace['apps/api/package.json'] as object),
          optionalDependencies: { peer: 'file:libs/peer-1.0.6.tgz' },
        },
      },
      { app: 'api' },
    )
    expect(dockerfile).toContain('source=apps/api/libs/peer-1.0.6.tgz,target=apps/api/libs/peer-1.0.6.tgz')
  })

  test('the members that it needs are written out, for the build and for production apart', async () => {
    const { dockerfile, ignore } = await createFrom(workspace, { app: 'api' })
    const [deps = '', build = ''] = dockerfile.split('FROM base AS build')
    expect(deps).toContain('source=packages/shared/package.json')
    expect(deps).toContain('source=packages/base/package.json')
    expect(deps).not.toContain('packages/config')
    expect(build).toContain('source=packages/config/package.json')
    expect(dockerfile).not.toMatch(/apps\/web|packages\/ui/)
    expect(build.indexOf('COPY packages/base')).toBeLessThan(build.indexOf('COPY packages/shared'))
    expect(build).toContain('RUN npm run build -w packages/shared\n')
    expect(build).toContain('COPY --from=build /app/packages/shared/dist packages/shared/dist')
    expect(ignore).toContain('apps/web\npackages/ui')
  })

  test.each<[string, Record<string, string | object>, string, string]>([
    [
      'pnpm',
      {
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      },
      'pnpm install --frozen-lockfile --prod',
      'pnpm --filter ./packages/shared run build',
    ],
    [
      'yarn 1',
      { 'yarn.lock': '# yarn lockfile v1\n' },
      'yarn install --frozen-lockfile --production',
      'yarn --cwd packages/shared run build',
    ],
    [
      'yarn 4',
      { 'yarn.lock': '__metadata:\n  version: 8\n' },
      'yarn workspaces focus --production @a/api',
      'yarn --cwd packages/shared run build',
    ],
    [
      'yarn 3',
      { 'yarn.lock': '__metadata:\n  version: 6\n' },
      'npm pkg delete devDependencies --prefix packages/shared \\\n    && npm pkg delete dependencies devDependencies --prefix apps/web \\\n    && npm pkg delete dependencies devDependencies --prefix packages/ui \\\n    && yarn install --no-immutable --mode=skip-build',
      'yarn workspace @a/shared run build',
    ],
    [
      'yarn 3 with the plugin for single members',
      {
        'yarn.lock': '__metadata:\n  version: 6\n',
        '.yarnrc.yml':
          'plugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs\n    spec: "@yarnpkg/plugin-workspace-tools"\n',
      },
      'yarn workspaces focus --production @a/api',
      'yarn workspace @a/shared run build',
    ],
    [
      'bun',
      { 'bun.lock': '{ "packages": {} }' },
      'bun install --frozen-lockfile --production',
      'bun --cwd=packages/shared run build',
    ],
  ])('%s installs and builds it', async (_, files, install, build) => {
    const { 'package-lock.json': __, ...rest } = workspace
    const { dockerfile } = await createFrom({ ...rest, ...files }, { app: '@a/api' })
    expect(dockerfile).toContain(install)
    expect(dockerfile).toContain(build)
  })

  test.each([
    [6, "production's install, of manifests without development dependencies, resolves a stale yarn.lock"],
    [8, 'yarn workspaces focus resolves a stale yarn.lock'],
  ])('a lock file of version %i that Yarn completes is told of', async (version, message) => {
    const { 'package-lock.json': _, ...rest } = workspace
    const files = { ...rest, 'yarn.lock': `__metadata:\n  version: ${version}\n` }
    const { notes } = await createFrom(files, { app: '@a/api' })
    expect(notes.find(({ code }) => code === 'LOCKFILE_UNCHECKED')?.message).toContain(message)
  })

  test('a front end of it is a site', async () => {
    const { dockerfile, files } = await createFrom(workspace, { app: 'web' })
    expect(dockerfile).toContain('COPY --from=build /app/apps/web/dist /usr/share/nginx/html')
    expect(files[1]?.path).toBe('apps/web/nginx.conf')
  })

  test('two servers are a choice', async () => {
    const two = {
      ...workspace,
      'apps/admin/package.json': {
        name: 'admin',
        scripts: { start: 'node a.js' },
        dependencies: { koa: '3' },
      },
      'apps/admin/a.js': 'app.listen(1)',
    }
    await expect(createFrom(two)).rejects.toThrow(/@a\/api.*admin|admin.*@a\/api/)
  })
})

describe('packages without a workspace', () => {
  test('a server in a folder is built from the root', async () => {
    const { dockerfile, files } = await createFrom({
      'backend/package.json': {
        name: 'backend',
        scripts: { start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'backend/package-lock.json': lock,
      'backend/index.js': 'app.listen(3000)',
      'frontend/package.json': {
        name: 'frontend',
        scripts: { build: 'vite build' },
        devDependencies: { vite: '7' },
      },
      'frontend/index.html': '',
    })
    expect(files[0]?.path).toBe('backend/Dockerfile')
    expect(dockerfile).toContain('source=backend/package-lock.json,target=package-lock.json')
    expect(dockerfile).toContain('COPY backend .\n')
  })

  test('what the root installs from a folder is no app', async () => {
    const found = await detectIn({
      'package.json': { private: true, dependencies: { types: 'file:types' } },
      'types/package.json': { name: 'types', version: '1.0.0' },
      'types/index.ts': 'export {}',
    })
    expect(found.map(({ dir }) => dir)).not.toContain('types')
  })

  test('the folder of a server with extensions that are packages is the app, and no root that names a missing file', async () => {
    const [first, ...others] = await detectIn({
      'package.json': {
        main: 'index.js',
        scripts: { start: 'run-p start:server', 'start:server': 'cd server && npm start', build: 'shx ls' },
        devDependencies: { shx: '0.3' },
      },
      'server/package.json': {
        scripts: { start: 'nodemon index.js', 'start:prod': 'node index.js' },
        dependencies: { express: '5' },
      },
      'server/index.js': 'app.listen(1443)',
      'server/services/mail/package.json': { main: 'index.js', dependencies: { nodemailer: '7' } },
      'server/services/mail/index.js': 'module.exports = {}',
      'server/services/radio/package.json': {
        scripts: { start: 'node index.js' },
        dependencies: { ws: '8' },
      },
      'server/services/radio/index.js': "new (require('ws'))('ws://a.example')",
    })
    expect(first?.dir).toBe('server')
    expect(others.filter(({ fit }) => fit === 'exact')).toEqual([])
  })

  test('examples and docs never outrank the app', async () => {
    const [first] = await detectIn({
      'package.json': { private: true },
      'examples/a/package.json': { scripts: { start: 'node a.js' }, dependencies: { express: '5' } },
      'examples/a/a.js': 'app.listen(1)',
      'server/package.json': { scripts: { start: 'node b.js' }, dependencies: { express: '5' } },
      'server/b.js': 'app.listen(2)',
    })
    expect(first?.dir).toBe('server')
  })
})

test.each([
  ['that others are members beside', ['e2e'], 'yarn workspaces focus --all'],
  ['alone', undefined, 'yarn install --immutable --mode=skip-build'],
])(
  "Yarn installs an app at the root %s, whose manifests the build doesn't see",
  async (_, workspaces, line) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        name: 'app',
        packageManager: 'yarn@4.9.2',
        scripts: { build: 'vite build' },
        devDependencies: { vite: '7' },
        workspaces,
      },
      'e2e/package.json': { name: 'e2e', devDependencies: { playwright: '1' } },
      'index.html': '',
      'vite.config.ts': 'export default {}',
      'yarn.lock': '__metadata:\n  version: 8\n"vite@npm:7":\n  version: 7.1.0\n',
    })
    expect(dockerfile).toContain(`    ${line}\n`)
  },
)

test('what runs TypeScript as it is has the configurations that its own one extends', async () => {
  const files = (start: string) => ({
    'package.json': { private: true, workspaces: ['apps/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { extends: './tsconfig.base' },
    'tsconfig.base.json': { compilerOptions: { paths: { '@api/*': ['apps/api/src/*'] } } },
    'apps/api/package.json': {
      name: 'api',
      scripts: { start },
      dependencies: { hono: '4', tsx: '4', typescript: '5' },
    },
    'apps/api/tsconfig.json': { extends: '../../tsconfig.json' },
    'apps/api/src/index.ts': 'app.listen(3000)',
    'apps/api/index.js': 'app.listen(3000)',
  })
  const { dockerfile } = await createFrom(files('tsx src/index.ts'))
  const runtime = dockerfile.slice(dockerfile.indexOf('AS runtime'))
  for (const path of ['tsconfig.json', 'tsconfig.base.json'])
    expect(runtime).toContain(`COPY ${path} ./${path}\n`)
  expect((await createFrom(files('node index.js'))).dockerfile).not.toContain('tsconfig.base.json')
})

/** What a member that only names a command is. */
test.each<[string, string, string, string]>([
  ['a server', "require('express')().listen(process.env.PORT || 8080)", 'web', 'exact'],
  ['a server without a library', "require('node:http').createServer().listen(8080)", 'web', 'exact'],
  [
    'a server that is asked for',
    "if (process.argv[2] === 'serve') require('express')().listen(8080)",
    'cli',
    'likely',
  ],
  [
    'commands, one of which serves',
    "program.command('serve').action(() => require('express')().listen(8080))",
    'cli',
    'likely',
  ],
  ['a helper of editors', "require('vscode-languageserver').createConnection().listen()", 'cli', 'likely'],
  ['a command', "require('node:fs').readFileSync('a')", 'cli', 'likely'],
])('%s', async (_, code, kind, fit) => {
  // biome-ignore format: a table
  const found = await detectIn({
    'package.json': { workspaces: ['packages/*'] },
    'packages/tool/package.json': { name: 'tool', bin: './bin.js', dependencies: { express: '5' } },
    'packages/tool/bin.js': `#!/usr/bin/env node\n${code}\n`,
  })
  const tool = found.find(({ name }) => name === 'tool')
  expect([tool?.facts.kind.value, tool?.fit]).toEqual([kind, fit])
})

/** What a script at the root starts that the members are developed by, and which app is the repository's. */
test.each([
  ['packages by their manager', "require('child_process').spawn('yarn', ['workspace', 'api', 'dev'])", 'api'],
  ['the same on Windows', "spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', 'dev'])", 'api'],
  ['several at once', "require('concurrently')(['yarn workspace api dev'])", 'api'],
  ['what it fetches', "setInterval(() => fetch('https://example.com'), 1000)", 'root'],
  [
    'a server that runs a manager too',
    "app.listen(3000)\nrequire('child_process').exec('npm view x')",
    'root',
  ],
])('a start that runs %s', async (_, code, name) => {
  const { candidate } = await createFrom({
    'package.json': { name: 'root', workspaces: ['packages/*'], scripts: { start: 'node start.js' } },
    'start.js': code,
    'packages/api/package.json': {
      name: 'api',
      scripts: { start: 'node index.js' },
      dependencies: { express: '5' },
    },
    'packages/api/index.js': "require('express')().listen(4000)",
  })
  expect(candidate.name).toBe(name)
})

/** Which apps below pages at the root a note names. */
test.each<[string, object, string | undefined]>([
  [
    'a server',
    {
      'server/package.json': { name: 'api', main: 'a.js', dependencies: { express: '5' } },
      'server/a.js': 'app.listen(4000)',
    },
    'api (server)',
  ],
  [
    'a member that serves',
    {
      'apps/api/package.json': { name: 'api', main: 'a.js', dependencies: { express: '5' } },
      'apps/api/a.js': 'app.listen(4000)',
    },
    'api (apps/api)',
  ],
  [
    'a library',
    { 'apps/api/package.json': { name: 'api', exports: './a.js' }, 'apps/api/a.js': '' },
    undefined,
  ],
  ['what nobody can read', { 'server/package.json': '{{ name }}' }, undefined],
  [
    'an example',
    {
      'examples/a/package.json': { main: 'a.js', dependencies: { express: '5' } },
      'examples/a/a.js': 'app.listen(4000)',
    },
    undefined,
  ],
])('pages at the root and %s below', async (_, files, named) => {
  // biome-ignore format: a table
  const { candidate, notes } = await createFrom({
    'package.json': {
      name: 'root',
      workspaces: ['apps/*'],
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    'index.html': '<script type="module" src="/a.js"></script>',
    'a.js': '',
    ...files,
  })
  expect(candidate.name).toBe('root')
  const note = notes.find(({ code }) => code === 'OTHER_APPS')?.message
  expect(note?.split(': ')[1]).toBe(named)
})

describe('a member that writes beside its code', () => {
  const { 'apps/api/src/server.ts': _, ...others } = workspace
  const writing = (file: string, more: object) => ({
    ...others,
    'apps/api/package.json': { name: '@a/api', dependencies: { express: '5' }, ...more },
    [`apps/api/${file}`]:
      "import fs from 'fs'\nimport express from 'express'\nfs.mkdirSync('uploads', { recursive: true })\nexpress().listen(4000)",
  })

  test('owns the folder that the install has made too', async () => {
    const { dockerfile } = await createFrom(writing('server.mjs', { scripts: { start: 'node server.mjs' } }))
    expect(dockerfile).toContain('&& install -d -o 65532 -g 65532 apps/api\n')
    expect(dockerfile).toContain('COPY --chown=65532:65532 apps/api apps/api\n')
  })

  test('owns it where all modules come from the build', async () => {
    const devDependencies = { 'ts-node': '10', typescript: '5' }
    const { dockerfile } = await createFrom(
      writing('server.ts', { scripts: { start: 'ts-node server.ts' }, devDependencies }),
    )
    expect(dockerfile).toContain('COPY --from=build --exclude=apps/api /app ./\n')
    expect(dockerfile).toContain('COPY --from=build --chown=65532:65532 /app/apps/api apps/api\n')
  })

  test('nothing is its own where it writes nothing', async () => {
    expect((await createFrom(workspace)).dockerfile).not.toContain('install -d')
  })
})
