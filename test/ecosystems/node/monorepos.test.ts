import { describe, expect, test } from 'vitest'
import type { NodeFacts } from '../../../src/ecosystems/node/facts.ts'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Readonly<Record<string, string | object>>

const lock = { lockfileVersion: 3, packages: {} }
const root = { name: 'root', private: true, workspaces: ['apps/*', 'packages/*'] }
const api = {
  name: '@a/api',
  scripts: { build: 'tsc', start: 'node dist/server.js' },
  dependencies: { express: '5' },
}
/** A workspace with one app, whose manifest and other files a case changes. */
const workspace = (files: Files, own: object = {}, top: object = {}): Files => ({
  'package.json': { ...root, ...top },
  'package-lock.json': lock,
  'apps/api/package.json': { ...api, ...own },
  'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  'apps/api/src/server.ts': "process.on('SIGTERM', () => {})\napp.listen(4000)",
  'packages/ui/package.json': { name: '@a/ui', version: '1.2.0', exports: './index.js' },
  'packages/ui/index.js': '',
  ...files,
})
const needs = (range: string, name = '@a/ui') => ({ dependencies: { express: '5', [name]: range } })
const write = (files: Files) => createFrom(files, { app: '@a/api' })

test("a workspace's builds have the plugins of Yarn that its settings name", async () => {
  const { 'package-lock.json': _, ...files } = workspace({}, needs('workspace:^'))
  const { dockerfile } = await write({
    ...files,
    'yarn.lock': '__metadata:\n  version: 6\n',
    '.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs\n',
    '.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs': '',
  })
  expect(dockerfile).toMatch(
    /^COPY \.yarn\/plugins \.yarn\/plugins\nCOPY .*\n?[\s\S]*RUN yarn workspace @a\/api run build/m,
  )
})

describe('the closure of an app', () => {
  test.each<[string, Files, { deps: boolean; build: boolean }]>([
    ['a dependency', workspace({}, needs('^1.0.0')), { deps: true, build: true }],
    ['any version', workspace({}, needs('*')), { deps: true, build: true }],
    ['the workspace protocol', workspace({}, needs('workspace:^')), { deps: true, build: true }],
    ['a path', workspace({}, needs('workspace:../../packages/ui', 'other')), { deps: true, build: true }],
    ['a link', workspace({}, needs('link:../../packages/ui')), { deps: true, build: true }],
    ['an alias', workspace({}, needs('workspace:@a/ui@*', 'other')), { deps: true, build: true }],
    [
      'an optional one',
      workspace({}, { optionalDependencies: { '@a/ui': '*' } }),
      { deps: true, build: true },
    ],
    ['a peer', workspace({}, { peerDependencies: { '@a/ui': '*' } }), { deps: true, build: true }],
    [
      'a development dependency',
      workspace({}, { devDependencies: { '@a/ui': '*' } }),
      { deps: false, build: true },
    ],
    ["a release that the member isn't", workspace({}, needs('^0.9.0')), { deps: false, build: false }],
    ['an alias of the registry', workspace({}, needs('npm:other@1')), { deps: false, build: false }],
    ['nothing', workspace({}), { deps: false, build: false }],
    [
      'an import by a relative path',
      workspace({ 'apps/api/src/server.ts': "import '../../../packages/ui/index.js'" }),
      { deps: true, build: true },
    ],
    [
      "a component's import",
      workspace({
        'apps/api/src/A.vue': "<script setup>\nimport B from '../../../packages/ui/B.vue'\n</script>",
      }),
      { deps: true, build: true },
    ],
    [
      "a page's import of a file as text",
      workspace({ 'apps/api/src/a.mdx': "# A\n\nimport b from '../../../packages/ui/index.js?raw'\n" }),
      { deps: true, build: true },
    ],
    [
      'an import that a page shows',
      workspace({
        'apps/api/src/a.mdx': "# A\n\n```js\nimport b from '../../../packages/ui/index.js'\n```\n",
      }),
      { deps: false, build: false },
    ],
    [
      'an import in a comment',
      workspace({ 'apps/api/src/server.ts': "// import '../../../packages/ui/index.js'" }),
      { deps: false, build: false },
    ],
    [
      'an import by a name that only a tsconfig resolves',
      workspace({ 'apps/api/src/server.ts': "import { a } from '@a/ui/button'" }),
      { deps: true, build: true },
    ],
    [
      "a tool's configuration",
      workspace({ 'apps/api/vite.config.ts': "export { default } from '../../packages/ui/vite.js'" }),
      { deps: false, build: true },
    ],
    [
      'a test',
      workspace({ 'apps/api/src/a.test.ts': "import '../../../packages/ui/index.js'" }),
      { deps: false, build: false },
    ],
    [
      'what tsconfig.json extends by name',
      workspace({ 'apps/api/tsconfig.json': { extends: '@a/ui/tsconfig.json' } }),
      { deps: false, build: true },
    ],
    [
      'a project reference',
      workspace({ 'apps/api/tsconfig.build.json': { references: [{ path: '../../packages/ui' }] } }),
      { deps: false, build: true },
    ],
  ])('%s', async (_, files, expected) => {
    const { dockerfile } = await write(files)
    const [deps = '', build = ''] = dockerfile.split('FROM base AS build')
    expect({ deps: deps.includes('packages/ui'), build: build.includes('COPY packages/ui') }).toEqual(
      expected,
    )
  })

  test("another app's manifest is there without that app", async () => {
    const { dockerfile } = await write(
      workspace({
        'apps/api/vite.config.ts': "import pkg from '../web/package.json'",
        'apps/web/package.json': { name: '@a/web', scripts: { build: 'vite build' } },
        'apps/web/src/main.ts': '',
      }),
    )
    expect(dockerfile).toContain('COPY apps/web/package.json apps/web/package.json\n')
    expect(dockerfile).not.toMatch(/COPY apps\/web |apps\/web run build/)
  })

  test("a layer of Nuxt's that apps extend is none of them", async () => {
    const nuxt = (name: string, build: string, dependencies: object) => ({
      name,
      scripts: { build },
      dependencies,
    })
    const [first, second] = await detectIn({
      'package.json': root,
      'package-lock.json': lock,
      'packages/base/package.json': nuxt('base', 'nuxt prepare', { nuxt: '4' }),
      'packages/base/nuxt.config.ts': 'export default defineNuxtConfig({})',
      'apps/web/package.json': nuxt('web', 'nuxt build', { base: '*', nuxt: '4' }),
      'apps/web/nuxt.config.ts': "export default defineNuxtConfig({ extends: ['base'] })",
    })
    expect(first).toMatchObject({ name: 'web', fit: 'exact' })
    expect(second).toMatchObject({ name: 'base', fit: 'likely' })
  })

  test("the root's own members: an install reads their manifests, no stage has them", async () => {
    const { dockerfile, ignore } = await write(workspace({}, {}, { devDependencies: { '@a/ui': '*' } }))
    const [deps = '', build = ''] = dockerfile.split('FROM base AS build')
    expect(deps).not.toContain('packages/ui')
    expect(build).toContain('source=packages/ui/package.json')
    expect(build).not.toContain('COPY packages/ui')
    expect(ignore).toContain('\npackages/ui\n')
    expect(ignore).toContain('\n!packages/ui/package.json\n')
  })

  test("a folder and a file of the root that are nobody's", async () => {
    const { dockerfile } = await write(
      workspace({
        'apps/api/src/server.ts': "import '../../../proto/a.js'\nimport '../../../version.js'",
        'proto/a.ts': '',
        'version.js': '',
      }),
    )
    expect(dockerfile).toContain('COPY package.json package-lock.json version.js ./\nCOPY proto proto\n')
  })

  test('what sources import from the root is there when they run, and data when they are compiled', async () => {
    const files = {
      'apps/api/src/server.ts':
        "import { version } from '../../../package.json'\nimport '../../../proto/a.js'",
      'apps/api/vite.config.ts': "import '../../tools/a.js'",
      'proto/a.ts': '',
      'tools/a.js': '',
    }
    const compiled = (await write(workspace(files))).dockerfile.split('AS runtime')[1] ?? ''
    expect(compiled).toContain('COPY package.json ./package.json\n')
    expect(compiled).not.toMatch(/proto|tools/)
    const own = { scripts: { start: 'node src/server.ts' } }
    const run = (await write(workspace(files, own))).dockerfile.split('AS runtime')[1] ?? ''
    expect(run).toContain('COPY package.json ./package.json\nCOPY proto ./proto\n')
    expect(run).not.toContain('tools')
  })

  test('a folder of the root that a name of its TypeScript configuration means', async () => {
    const { dockerfile } = await write(
      workspace({
        'apps/api/tsconfig.json': {
          extends: '../../tsconfig.base.json',
          compilerOptions: { outDir: 'dist' },
        },
        'tsconfig.base.json': { compilerOptions: { baseUrl: '.', paths: { '@lib/*': ['libraries/*'] } } },
        'apps/api/src/server.ts': "import '@lib/db/client'",
        'libraries/db/client.ts': '',
      }),
    )
    expect(dockerfile).toContain('COPY libraries libraries')
  })

  test('what tests start is no choice beside what shows the project', async () => {
    const site = { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }
    const files = {
      'package.json': { ...root, workspaces: ['**/*'] },
      'package-lock.json': lock,
      'docs/package.json': { name: 'docs', ...site },
      'docs/index.html': '',
      'packages/ui/__e2e__/fixtures/a/package.json': { name: 'fixture', ...site },
      'packages/ui/__e2e__/fixtures/a/index.html': '',
    }
    expect((await createFrom(files)).candidate.name).toBe('docs')
  })

  test('a file and a folder that lie among the members', async () => {
    const { dockerfile } = await write(
      workspace({
        'apps/api/tsconfig.json': { extends: '../tsconfig.base.json' },
        'apps/tsconfig.base.json': {},
        'apps/api/src/server.ts': "import '../../../packages/presets/a.js'",
        'packages/presets/a.js': '',
      }),
    )
    expect(dockerfile).toContain(
      'COPY packages/presets packages/presets\nCOPY apps/tsconfig.base.json apps/tsconfig.base.json\n',
    )
  })

  test("values that the root's committed files give a site", async () => {
    const { dockerfile } = await write(
      workspace(
        {
          'apps/api/index.html': '',
          'apps/api/vite.config.ts': '',
          '.env.production': 'VITE_URL=https://a.example\n',
        },
        { scripts: { build: 'vite build' }, dependencies: {}, devDependencies: { vite: '7' } },
      ),
    )
    expect(dockerfile).toContain('ARG VITE_URL=https://a.example\n')
  })

  test.each<[string, object, string[]]>([
    ['a build that is an echo', { build: 'echo none' }, []],
    ['a build', { build: 'tsc' }, ['npm run build -w packages/ui']],
    ['Prisma after the install', { postinstall: 'prisma generate' }, ['npm run postinstall -w packages/ui']],
    ['hooks of git', { prepare: 'husky' }, []],
  ])('scripts of a member: %s', async (_, scripts, commands) => {
    const files = workspace(
      { 'packages/ui/package.json': { name: '@a/ui', main: 'index.js', scripts } },
      needs('*'),
    )
    const { dockerfile } = await write(files)
    expect([...dockerfile.matchAll(/npm run .* packages\/ui/g)].map(([text]) => text)).toEqual(commands)
  })

  test('a program without a build takes members from the repository, or from their build', async () => {
    const own = { scripts: { start: 'node a.js' }, ...needs('*') }
    const plain = await write(workspace({ 'apps/api/a.js': '' }, own))
    expect(plain.dockerfile).not.toContain('AS build')
    expect(plain.dockerfile).toContain('COPY packages/ui packages/ui\nCOPY apps/api apps/api\n')
    const built = await write(
      workspace(
        {
          'apps/api/a.js': '',
          'packages/ui/package.json': { name: '@a/ui', main: 'dist/a.js', scripts: { build: 'tsc' } },
        },
        own,
      ),
    )
    expect(built.dockerfile).toContain('COPY --from=build /app/packages/ui/dist packages/ui/dist')
    expect(built.dockerfile).toContain('COPY apps/api apps/api\nWORKDIR')
  })

  test('is taken whole where its main file lies in no folder: nothing says what the build makes', async () => {
    const { dockerfile } = await write(
      workspace(
        {
          'apps/api/a.js': '',
          'packages/ui/package.json': { name: '@a/ui', main: 'index.js', scripts: { build: 'tsc' } },
          'packages/ui/src/index.ts': '',
        },
        { ...needs('*'), scripts: { start: 'node a.js' } },
      ),
    )
    expect(dockerfile).toMatch(/COPY --from=build .*\/app\/packages\/ui packages\/ui\n/)
  })
})

describe("a workspace's root", () => {
  const build = { scripts: { build: 'tsc --build packages' } }
  const config = { compilerOptions: { outDir: 'dist', rootDir: 'src' } }

  test('that builds its members by their references: each is built where it is needed', async () => {
    const { dockerfile } = await write(
      workspace(
        {
          'packages/tsconfig.json': { files: [], references: [{ path: './ui' }, { path: '../apps/api' }] },
          'packages/ui/package.json': { name: '@a/ui', version: '1.0.0', main: 'dist/index.js' },
          'packages/ui/src/index.ts': '',
          'packages/ui/tsconfig.json': config,
        },
        { ...needs('*'), scripts: { start: 'node dist/server.js' } },
        build,
      ),
    )
    expect(dockerfile).toContain('RUN npx -w packages/ui tsc --build tsconfig.json')
    expect(dockerfile).toContain('COPY --from=build /app/packages/ui/dist packages/ui/dist')
    expect(dockerfile).toContain('RUN npx -w apps/api tsc --build tsconfig.json')
  })

  test.each<[string, object]>([
    ['what checks types alone', { compilerOptions: { noEmit: true } }],
    ['what no reference names', {}],
  ])('builds no member by %s', async (_, own) => {
    const files = { 'packages/tsconfig.json': own, 'packages/ui/tsconfig.json': config }
    expect((await write(workspace(files, needs('*'), build))).dockerfile).not.toContain('--build')
  })

  test('whose tool a member without dependencies runs', async () => {
    const [found] = await detectIn({
      'package.json': { ...root, dependencies: { next: '15', react: '19' } },
      'package-lock.json': lock,
      'apps/web/package.json': { name: 'web', scripts: { build: 'next build', start: 'next start' } },
      'apps/web/next.config.js': '',
    })
    expect([found?.name, found?.facts.framework?.value]).toEqual(['web', 'next'])
  })

  test('has files of usual names that are scripts', async () => {
    const found = await detectIn(
      workspace({ 'bin/server.js': "require('../dist/cli')" }, {}, { dependencies: { got: '14' } }),
    )
    expect(found[0]?.name).toBe('@a/api')
  })

  test.each([
    ['greets, as bun init left it', "console.log('Hello via Bun!')", '@a/api'],
    ['listens', 'Bun.serve({ port: 4000, fetch })', 'root'],
  ])("is the program where the file of Bun's template %s", async (_, code, name) => {
    const { 'package-lock.json': _lock, ...files } = workspace(
      { 'index.ts': code, 'bun.lock': '{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }' },
      {},
      { name: 'root', module: 'index.ts', devDependencies: { '@types/bun': 'latest' } },
    )
    const [found] = await detectIn(files)
    expect(found?.name).toBe(name)
  })

  test.each(['turbo run build', 'npm run build --workspaces', 'cd apps/api && npm run build'])(
    'builds nothing of its own by %s, so no output there is the program',
    async command => {
      const [found] = await detectIn(
        workspace(
          { Procfile: 'web: npm run build && node dist/seed.js' },
          {},
          { scripts: { build: command } },
        ),
      )
      expect(found?.name).toBe('@a/api')
    },
  )

  test("that starts a member's folder leaves the start to that member", async () => {
    const [found] = await detectIn(
      workspace({}, {}, { scripts: { start: 'cd apps/api/src && node server.js' } }),
    )
    expect(found?.name).toBe('@a/api')
  })
})

test('settings of a tool in a file of a usual name are no program: others ask for them', async () => {
  const found = await detectIn(
    workspace(
      {
        'packages/ui/package.json': {
          name: '@a/ui',
          version: '1.2.0',
          private: true,
          main: 'index.js',
          dependencies: { x: '1' },
        },
        'packages/ui/index.js': "import 'x'",
      },
      { devDependencies: { '@a/ui': '*' } },
    ),
  )
  expect(found.filter(({ fit }) => fit === 'exact').map(({ name }) => name)).toEqual(['@a/api'])
})

test('packages that Lerna alone installs stand alone, but for those that need each other', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'root', private: true, devDependencies: { lerna: '3' } },
    'package-lock.json': lock,
    'lerna.json': { packages: ['packages/*'] },
    'packages/api/package.json': { ...api, scripts: { start: 'node server.js' } },
    'packages/api/package-lock.json': lock,
    'packages/api/server.js': 'app.listen(80)',
  })
  expect(dockerfile).toContain('source=packages/api/package-lock.json,target=package-lock.json')
})

describe('Bun', () => {
  const bun = (version: string): Files => {
    const { 'package-lock.json': _, ...files } = workspace({}, {}, { packageManager: `bun@${version}` })
    return { ...files, 'bun.lock': '{ "packages": {} }' }
  }
  test('before 1.4 wants every manifest, which the ignore list lets in', async () => {
    const { dockerfile, ignore } = await write(bun('1.3.14'))
    expect(dockerfile).toContain('source=packages/ui/package.json')
    expect(dockerfile).toContain(
      'bun install --frozen-lockfile --production --ignore-scripts --filter @a/api',
    )
    expect(ignore).toContain('\n!packages/ui/package.json\n')
  })
  test.each([
    [{ ms: '2' }, '--filter @a/api --filter ./\n'],
    [{}, '--filter @a/api\n'],
  ])('before 1.4 has to be told of what the root lends, %o', async (dependencies, end) => {
    const { 'package-lock.json': _, ...files } = workspace(
      {},
      {},
      { packageManager: 'bun@1.3.14', dependencies },
    )
    const { dockerfile } = await write({ ...files, 'bun.lock': '{ "packages": {} }' })
    expect(dockerfile).toContain(`bun install --frozen-lockfile --production --ignore-scripts ${end}`)
  })

  test('since 1.4 the closure is enough', async () => {
    expect((await write(bun('1.4.5'))).dockerfile).not.toContain('packages/ui')
  })
})

describe('Turborepo', () => {
  const turbo = (config: object, files: Files = {}, top: object = {}) =>
    workspace(
      {
        'turbo.json': config,
        'packages/ui/package.json': {
          name: '@a/ui',
          main: 'dist/a.js',
          scripts: { build: 'tsc', codegen: 'node g.js' },
        },
        ...files,
      },
      needs('*'),
      { packageManager: 'npm@11.0.0', devDependencies: { turbo: '^2.5.0' }, ...top },
    )
  const run = 'TURBO_TELEMETRY_DISABLED=1 npx turbo run build --filter=@a/api --env-mode=loose\n'

  test.each<[string, object]>([
    ['^build alone', { tasks: { build: { dependsOn: ['^build'] } } }],
    ['checks', { tasks: { build: { dependsOn: ['^build', 'lint', '^typecheck'] } } }],
    [
      "another member's build",
      { tasks: { build: { dependsOn: ['^build'] }, '@a/api#build': { dependsOn: ['@a/ui#build'] } } },
    ],
    ['a task that no package here has', { tasks: { build: { dependsOn: ['^build', '^i18n'] } } }],
    ['a variable of the first versions', { pipeline: { build: { dependsOn: ['^build', '$CI'] } } }],
  ])("%s: the members' own scripts", async (_, config) => {
    const { dockerfile } = await write(turbo(config))
    expect(dockerfile).not.toContain('turbo')
    expect(dockerfile).toContain(
      'RUN npm run build -w packages/ui\nCOPY apps/api apps/api\nRUN npm run build -w apps/api',
    )
  })

  test.each<[string, object, Files?]>([
    ['generated code', { tasks: { build: { dependsOn: ['^build', 'codegen'] } } }],
    ["its members'", { tasks: { build: { dependsOn: ['^codegen'] } } }],
    ["one member's", { tasks: { build: { dependsOn: ['@a/ui#codegen'] } } }],
    ['about one member', { tasks: { build: {}, '@a/api#build': { dependsOn: ['^codegen'] } } }],
    [
      'in the file of a member',
      { tasks: { build: { dependsOn: ['^build'] } } },
      { 'apps/api/turbo.json': { extends: ['//'], tasks: { build: { dependsOn: ['^codegen'] } } } },
    ],
    ['in the syntax of before 2.0', { pipeline: { build: { dependsOn: ['^codegen'] } } }],
  ])('%s: Turborepo orders it', async (_, config, files) => {
    const { dockerfile } = await write(turbo(config, files))
    expect(dockerfile).toContain('COPY package.json package-lock.json turbo.json ./\n')
    expect(dockerfile).toContain(`COPY packages/ui packages/ui\nCOPY apps/api apps/api\nRUN ${run}`)
  })

  test('its cache is kept where tasks say what they make', async () => {
    const build = { dependsOn: ['^codegen'], outputs: ['dist/**'] }
    const { dockerfile } = await write(turbo({ tasks: { build } }))
    expect(dockerfile).toContain(`RUN --mount=type=cache,id=turbo,target=/app/.turbo/cache \\\n    ${run}`)
  })

  test("what the root runs after its install is run before the app's build", async () => {
    const scripts = { postinstall: 'husky && turbo run codegen' }
    const { dockerfile } = await write(turbo({ tasks: { build: {}, codegen: {} } }, {}, { scripts }))
    expect(dockerfile).toContain(`RUN TURBO_TELEMETRY_DISABLED=1 npx turbo run codegen \\\n    && ${run}`)
  })

  test('version 1 knows neither the option nor the folder', async () => {
    const config = { pipeline: { build: { dependsOn: ['^codegen'], outputs: ['dist/**'] } } }
    const { dockerfile } = await write(turbo(config, {}, { devDependencies: { turbo: '^1.10.0' } }))
    expect(dockerfile).toContain('target=/app/node_modules/.cache/turbo')
    expect(dockerfile).toContain('npx turbo run build --filter=@a/api\n')
  })

  test.each([
    ['1.4.3', 'apt-get install -y --no-install-recommends ca-certificates git\n'],
    ['1.4.4', undefined],
  ])('version %s: whether it asks git for the hashes of files', async (version, line) => {
    const config = { pipeline: { build: { dependsOn: ['^codegen'] } } }
    const lock = { lockfileVersion: 3, packages: { 'node_modules/turbo': { version } } }
    const { dockerfile } = await write(turbo(config, { 'package-lock.json': lock }))
    if (line) expect(dockerfile).toContain(line)
    else expect(dockerfile).not.toContain('git')
  })
})

describe('Nx', () => {
  const nx = (files: Files): Files => ({
    'package.json': {
      name: 'org',
      scripts: { build: 'nx build', start: 'nx serve' },
      dependencies: { express: '5', react: '19', fastify: '5' },
      devDependencies: { nx: '22' },
    },
    'package-lock.json': lock,
    'nx.json': { plugins: [{ plugin: '@nx/vite/plugin' }] },
    ...files,
  })
  const server = (build: object, main = "import e from 'express'\napp.listen(3333)"): Files => ({
    'apps/api/project.json': { name: 'api', projectType: 'application', targets: { build } },
    'apps/api/src/main.ts': main,
  })
  const options = { outputPath: 'dist/apps/api', main: 'apps/api/src/main.ts' }

  test.each<[string, object, string]>([
    ['@nx/webpack', { executor: '@nx/webpack:webpack', options }, 'dist/apps/api/main.js'],
    ['@nx/js:tsc', { executor: '@nx/js:tsc', options }, 'dist/apps/api/src/main.js'],
    ['@nx/esbuild', { executor: '@nx/esbuild:esbuild', options }, 'dist/apps/api/main.js'],
    [
      '@nx/esbuild for CommonJS',
      { executor: '@nx/esbuild:esbuild', options: { ...options, format: ['cjs'] } },
      'dist/apps/api/main.cjs',
    ],
    [
      'a configuration for production',
      { executor: '@nx/webpack:webpack', options, configurations: { production: { outputPath: 'out' } } },
      'out/main.js',
    ],
    [
      'outputs alone',
      { executor: '@nx/webpack:webpack', outputs: ['{workspaceRoot}/built/{projectName}'] },
      'built/api/main.js',
    ],
    ['a convention', { executor: '@nx/webpack:webpack' }, 'dist/apps/api/main.js'],
  ])('a server by %s', async (_, build, entry) => {
    const { candidate, dockerfile, files } = await createFrom(nx(server(build)))
    expect(files[0]?.path).toBe('apps/api/Dockerfile')
    expect(candidate.facts).toMatchObject({ framework: { value: 'express' }, port: { value: 3333 } })
    expect(dockerfile).toContain('COPY . .\nRUN NX_DAEMON=false npx nx build api')
    expect(dockerfile).toContain(`"${entry}"]`)
    expect(dockerfile).toContain('COPY --from=deps /app/node_modules ./node_modules\n')
  })

  test('a list at the root names other apps, whose settings stay in the context', async () => {
    const app = {
      projectType: 'application',
      targets: { build: { executor: '@nx/webpack:webpack', options } },
    }
    const { files } = await createFrom(
      {
        'package.json': { devDependencies: { nx: '14', typescript: '4' } },
        'package-lock.json': { lockfileVersion: 2, packages: {} },
        'nx.json': {},
        'angular.json': { version: 2, projects: { api: 'apps/api', web: 'apps/web', jobs: { root: 'apps/jobs', projectType: 'application' } } },
        'apps/api/project.json': app,
        'apps/api/src/main.ts': '',
        'apps/web/project.json': app,
        'apps/web/src/main.ts': '',
      },
      { app: 'api' },
    ) // biome-ignore format: one project
    const ignored = files.find(({ path }) => path.endsWith('dockerignore'))?.content.split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['apps/web', 'apps/jobs', '!apps/web/project.json']))
    expect(ignored).not.toContain('!apps/jobs/project.json')
  })

  test.each<[string, Files]>([
    [
      'workspace.json',
      {
        'workspace.json': {
          version: 2,
          projects: {
            shop: {
              root: 'apps/api',
              projectType: 'application',
              targets: { build: { executor: '@nrwl/node:webpack', options } },
            },
          },
        },
      },
    ],
    [
      'angular.json',
      {
        'angular.json': {
          version: 1,
          projects: {
            shop: {
              root: 'apps/api',
              projectType: 'application',
              architect: { build: { builder: '@nrwl/node:build', options } },
            },
          },
        },
      },
    ],
    [
      'workspace.json, by its folder',
      {
        'workspace.json': { version: 2, projects: { shop: 'apps/api' } },
        'apps/api/project.json': {
          projectType: 'application',
          targets: { build: { executor: '@nrwl/node:webpack', options } },
        },
      },
    ],
  ])('a server that is named in %s', async (_, files) => {
    const { candidate, dockerfile } = await createFrom(
      nx({ 'apps/api/src/main.ts': "import e from 'express'\napp.listen(3333)", ...files }),
    )
    expect(candidate).toMatchObject({ name: 'shop', dir: 'apps/api' })
    expect(dockerfile).toContain('nx build shop')
    expect(dockerfile).toContain('dist/apps/api/main.js')
  })

  test.each<[string, object, string]>([
    [
      "Angular's application",
      { executor: '@angular/build:application', options: { outputPath: 'dist/web' } },
      'dist/web/browser',
    ],
    [
      'Angular without the folder',
      { executor: '@nx/angular:application', options: { outputPath: { base: 'dist/web', browser: '' } } },
      'dist/web',
    ],
    [
      'webpack, with a page elsewhere',
      {
        executor: '@nx/webpack:webpack',
        options: {
          outputPath: 'dist/pages',
          index: 'apps/web/public/index.html',
          main: 'apps/web/src/index.tsx',
        },
      },
      'dist/pages',
    ],
    ['Vite', { executor: '@nx/vite:build', options: { outputPath: 'dist/web' } }, 'dist/web'],
  ])('a site by %s', async (_, build, out) => {
    const { dockerfile, files } = await createFrom(
      nx({
        'apps/web/project.json': { projectType: 'application', targets: { build } },
        ...(out === 'dist/pages' ? {} : { 'apps/web/src/index.html': '' }),
      }),
    )
    expect(files.map(({ path }) => path)).toContain('apps/web/nginx.conf')
    expect(dockerfile).toContain('npx nx build web\n')
    expect(dockerfile).toContain(`COPY --from=build /app/${out} /usr/share/nginx/html`)
  })

  test.each([
    [{ configurations: { production: {} } }, 'npx nx build api --configuration=production\n'],
    [{ configurations: { production: {} }, defaultConfiguration: 'production' }, 'npx nx build api\n'],
  ])('%j is built for production', async (build, command) => {
    const { dockerfile } = await createFrom(nx(server({ executor: '@nx/webpack:webpack', ...build })))
    expect(dockerfile).toContain(command)
  })

  test('a build that a plugin infers', async () => {
    const { candidate } = await createFrom(
      nx({ 'apps/web/project.json': {}, 'apps/web/vite.config.ts': '', 'apps/web/index.html': '' }),
    )
    expect(candidate).toMatchObject({ name: 'web', facts: { framework: { value: 'vite' } } })
  })

  test('several are a choice; tests, libraries and the root are none', async () => {
    const build = { executor: '@nx/webpack:webpack' }
    const files = nx({
      ...server(build),
      'apps/feed/project.json': { projectType: 'application', targets: { build } },
      'apps/feed/src/main.ts': "import { fastify } from 'fastify'\nfastify().listen({ port: 1 })",
      'apps/api-e2e/project.json': { projectType: 'application', targets: { build } },
      'libs/a/project.json': { projectType: 'library', targets: { build } },
      'libs/a/package.json': { name: '@a/a', dependencies: { x: '1' } },
      'libs/a/src/index.ts': "import 'x'",
    })
    const several = /several apps are here: api \(apps\/api\), feed \(apps\/feed\)(?!,)/
    await expect(createFrom(files)).rejects.toThrow(several)
    // Nor are members of a workspace that Nx calls libraries.
    const manifest = { ...(files['package.json'] as object), workspaces: ['libs/*'] }
    const own = {
      'libs/a/package.json': { name: '@a/a' },
      'libs/a/src/index.ts': "export * from './b'",
      'libs/a/src/b.ts': "import { messages } from 'intl'\nexport default messages({ a: 1 })",
    }
    await expect(createFrom({ ...files, 'package.json': manifest, ...own })).rejects.toThrow(several)
    const { ignore } = await createFrom(files, { app: 'api' })
    expect(ignore).toMatch(/^# Workspace members that apps\/api doesn't use\napps\/api-e2e\napps\/feed\n\n/m)
  })

  test('what a project that stays needs by name stays too', async () => {
    const build = { executor: '@nx/webpack:webpack' }
    const { ignore } = await createFrom(
      nx({
        ...server(build),
        'apps/feed/project.json': { projectType: 'application', targets: { build } },
        'apps/feed/src/main.ts': "import { fastify } from 'fastify'\nfastify().listen({ port: 1 })",
        'apps/shop/project.json': { projectType: 'application', targets: { build } },
        'apps/feed-e2e/project.json': { implicitDependencies: ['shop'] },
        'docs/project.json': { implicitDependencies: ['feed'] },
      }),
      { app: 'api' },
    )
    expect(ignore).toMatch(/^# Workspace members that apps\/api doesn't use\napps\/feed-e2e\napps\/shop\n\n/m)
  })

  test("what is built for Cloudflare's runtime is none", async () => {
    const { candidate } = await createFrom(
      nx({
        ...server({ executor: '@nx/webpack:webpack' }),
        'apps/bff/project.json': {
          projectType: 'application',
          targets: { build: { executor: '@naxodev/nx-cloudflare:build' } },
        },
        'apps/bff/src/main.ts': "import e from 'express'\nexport default e()",
      }),
    )
    expect(candidate.dir).toBe('apps/api')
  })

  test('its source is where the defaults of its executor say', async () => {
    const main = 'apps/api/src/serve.ts'
    const { dockerfile } = await createFrom(
      nx({
        ...server({ executor: '@nx/webpack:webpack' }),
        'nx.json': { targetDefaults: { '@nx/webpack:webpack': { options: { main } } } },
        [main]: 'app.listen(3333)',
      }),
    )
    expect(dockerfile).toContain('"dist/apps/api/serve.js"')
  })

  test('what a command of JavaScript builds is one', async () => {
    const command = { executor: 'nx:run-commands', options: { command: 'node build.js' } }
    const files = nx({
      ...server({ executor: '@nx/webpack:webpack' }),
      'apps/jobs/project.json': { projectType: 'application', targets: { build: command } },
      'apps/jobs/build.js': '',
    })
    const { candidate } = await createFrom(files, { app: 'jobs' })
    expect(candidate.dir).toBe('apps/jobs')
  })

  test('what a command of another language builds is none', async () => {
    const command = { executor: 'nx:run-commands', options: { command: 'go build .' } }
    const { candidate } = await createFrom(
      nx({
        ...server({ executor: '@nx/webpack:webpack' }),
        'apps/jobs/project.json': { projectType: 'application', targets: { build: command } },
      }),
    )
    expect(candidate.name).toBe('api')
  })

  test("a package with scripts of its own is any workspace's member", async () => {
    const { dockerfile } = await createFrom(
      { ...workspace({ 'nx.json': {}, 'apps/api/project.json': { name: 'api' } }) },
      { app: '@a/api' },
    )
    expect(dockerfile).toContain('npm run build -w apps/api')
  })
})

test.each<[string, object, boolean]>([
  ['npm 10 runs them all the same', { packageManager: 'npm@10.9.0' }, true],
  ['so does that of Node.js 22', { engines: { node: '22' } }, true],
  ['npm 11 does not', { packageManager: 'npm@11.6.0' }, false],
])("members' own prepare is not run by an install: %s", async (_, top, told) => {
  const ui = {
    'packages/ui/package.json': { name: '@a/ui', version: '1.2.0', scripts: { prepare: 'tsc' } },
  }
  const { dockerfile } = await write(workspace(ui, needs('*'), top))
  const installs = dockerfile.match(/npm ci .*/g) ?? []
  expect(installs).toHaveLength(2)
  for (const line of installs) expect(line.includes('--ignore-scripts --script-shell=/bin/true')).toBe(told)
})

test.each([
  ['npm@8.19.4', 'npm --prefix apps/api run build'],
  ['npm@9.9.4', 'npm run build -w apps/api'],
])('%s builds a member so that a failure is one', async (packageManager, line) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'root', packageManager, workspaces: ['apps/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/api/package.json': { name: 'api', scripts: { build: 'tsc', start: 'node dist/a.js' }, dependencies: { express: '5' }, devDependencies: { typescript: '5' } },
    'apps/api/src/a.ts': '',
    'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  })
  expect(dockerfile).toContain(`RUN ${line}\n`)
}) // biome-ignore format: one row a manifest

describe('a lock file that lacks what a member asks for', () => {
  const locked = { name: 'api', dependencies: { express: '5' } }
  const packages = { '': {}, 'apps/api': locked, 'node_modules/express': { version: '5.1.0' } }
  const pnpm = (range: string) =>
    `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/api:\n    dependencies:\n      express:\n        specifier: '${range}'\n        version: 5.1.0\n`
  const bun = (range: string) => ({
    lockfileVersion: 1,
    workspaces: { '': {}, 'apps/api': { dependencies: { express: range } } },
    packages: {},
  })
  const pnpmSpace = { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n' }
  test.each<[string, Files, object, string | undefined]>([
    ['npm', { 'package-lock.json': { lockfileVersion: 3, packages } }, { ms: '2.1.3' }, 'ms@2.1.3 of apps/api'],
    ['npm, in step', { 'package-lock.json': { lockfileVersion: 3, packages } }, {}, undefined],
    ['npm, a copy of its own', { 'package-lock.json': { lockfileVersion: 3, packages: { ...packages, 'apps/api/node_modules/ms': { version: '2.1.3' } } } }, { ms: '2.1.3' }, undefined],
    ['pnpm', { ...pnpmSpace, 'pnpm-lock.yaml': pnpm('4') }, {}, 'express@5 of apps/api'],
    ['pnpm, in step', { ...pnpmSpace, 'pnpm-lock.yaml': pnpm('5') }, {}, undefined],
    ['pnpm, with what departed', { ...pnpmSpace, 'pnpm-lock.yaml': `${pnpm('5')}      gone:\n        specifier: '1'\n        version: 1.0.0\n` }, {}, 'the removal of gone of apps/api'],
    ['Bun', { 'bun.lock': bun('4') }, {}, 'express@5 of apps/api'],
    ['Bun, in step', { 'bun.lock': bun('5') }, {}, undefined],
    ['Bun, a tag', { '.bun-version': '1.4.3', 'bun.lock': bun('latest') }, { express: 'latest' }, 'the version of express@latest of apps/api'],
    ['Bun, a tag since it locks those', { '.bun-version': '1.4.4', 'bun.lock': bun('latest') }, { express: 'latest' }, undefined],
    ['Bun, with a hole', { 'bun.lock': { ...bun('5'), packages: { '@a/b': ['@a/b@1.0.0', '', { dependencies: { c: '1', d: '1' } }], '@a/b/c': ['c@1.0.0', '', {}] } } }, {}, 'd of @a/b'],
    ['Yarn 3', { 'yarn.lock': '__metadata:\n  version: 6\n\n"express@npm:4":\n  version: 4.1.0\n' }, {}, 'express@5 of apps/api'],
    ['Yarn 4, which completes it', { 'yarn.lock': '__metadata:\n  version: 8\n\n"express@npm:4":\n  version: 4.1.0\n' }, {}, undefined],
  ])('%s', async (_, files, more, lacks) => {
    const { 'package-lock.json': __, ...rest } = workspace({}, { dependencies: { express: '5', ...more }, devDependencies: {} }, { devDependencies: {} })
    const { notes } = await write({ ...rest, ...files })
    const stale = notes.find(({ code }) => code === 'LOCKFILE_STALE')
    expect(stale?.message.includes(`lacks ${lacks},`)).toBe(lacks === undefined ? undefined : true)
  }) // biome-ignore format: one row a lock file

  test.each([
    ['in step', '5', 1],
    ['behind', '4', 2],
    ['not there', undefined, 2],
  ])(
    '%s: production sees the members among development dependencies where that is resolved anew',
    async (_, range, times) => {
      const { dockerfile } = await createFrom(
        {
          ...pnpmSpace,
          'package.json': { name: 'root' },
          ...(range && { 'pnpm-lock.yaml': pnpm(range) }),
          'apps/api/package.json': {
            ...locked,
            scripts: { start: 'node server.js', build: 'tool' },
            devDependencies: { '@a/tool': 'workspace:*' },
          },
          'apps/api/server.js': 'app.listen(3000)',
          'packages/tool/package.json': { name: '@a/tool', bin: { tool: 'index.js' } },
          'packages/tool/index.js': '',
        },
        { app: 'api' },
      )
      expect(dockerfile.match(/source=packages\/tool\/package\.json/g)).toHaveLength(times)
    },
  )
})

describe("Yarn's installs run no scripts, though its setting stops only those of dependencies", () => {
  const yarn = (files: Files, own: object, top: object): Files => {
    const { 'package-lock.json': _, ...rest } = workspace(files, own, top)
    return { ...rest, 'yarn.lock': '__metadata:\n  version: 8\n' }
  }
  test('those that the manifest names', async () => {
    const { dockerfile } = await write(yarn({}, {}, { dependenciesMeta: { cypress: { built: true } } }))
    expect(dockerfile).toContain('source=package.json,target=package.json,rw ')
    expect(dockerfile).toContain('npm pkg delete dependenciesMeta \\\n    && yarn workspaces focus --all')
  })
  test('the whole install of a package alone sees it as its lock file does', async () => {
    const { dockerfile } = await createFrom({
      'package.json': { ...api, dependenciesMeta: { a: { built: true } } },
      'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
      'server.ts': 'app.listen(1)',
      'yarn.lock': '__metadata:\n  version: 8\n',
    })
    const [deps = '', build = ''] = dockerfile.split('FROM base AS build')
    expect(deps).toContain('npm pkg delete dependenciesMeta')
    expect(build).not.toContain('pkg delete')
  })
  test("the root's and its members' own", async () => {
    const scripts = { postinstall: 'prisma generate' }
    const ui = { 'packages/ui/package.json': { name: '@a/ui', main: 'index.js', scripts } }
    const { dockerfile } = await write(
      yarn(
        ui,
        { devDependencies: { '@a/ui': '*' } },
        { scripts: { preinstall: 'a', postinstall: 'b', build: 'c' } },
      ),
    )
    const [deps = '', build = ''] = dockerfile.split('FROM base AS build')
    expect(deps).toContain('npm pkg delete scripts \\\n')
    expect(deps).not.toContain('packages/ui')
    expect(build).toContain('target=packages/ui/package.json,rw ')
    expect(build).toContain('&& npm pkg delete scripts --prefix packages/ui \\\n')
  })
})

test("secrets of the root's .npmrc reach the install of a member", async () => {
  const npmrc = '//npm.example.com/:_authToken=${NPM_TOKEN}\n'
  const { dockerfile } = await write(workspace({ '.npmrc': npmrc }))
  expect(dockerfile).toContain('--mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN')
})

test("patches of the root reach the build's modules, and the image takes those", async () => {
  const { dockerfile } = await write(
    workspace({ 'patches/express+5.0.0.patch': '' }, {}, { scripts: { postinstall: 'patch-package' } }),
  )
  expect(dockerfile).toContain('COPY patches patches\nRUN npx patch-package\n')
  expect(dockerfile).toContain('npm prune --omit=dev')
  expect(dockerfile).toContain('COPY --from=build /app ./\n')
})

test('a member that others take code from is no app, unless it is a server', async () => {
  const ui = {
    'packages/ui/package.json': {
      name: '@a/ui',
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    'packages/ui/index.html': '',
    'apps/web/package.json': { name: '@a/web', dependencies: { '@a/api': '*' } },
  }
  const fits = async (own: object) =>
    (await detectIn(workspace(ui, own), { app: 'api' })).map(({ name, fit }) => `${name} ${fit}`)
  expect(await fits({})).toEqual(expect.arrayContaining(['@a/api exact', '@a/ui exact']))
  expect(await fits(needs('*'))).toEqual(expect.arrayContaining(['@a/api exact', '@a/ui likely']))
})

test.each<[string, object, object]>([
  ['a Storybook', { scripts: { build: 'storybook build' }, devDependencies: { storybook: '9' } }, {}],
  [
    "Electron's window",
    { main: 'main.js', dependencies: { 'electron-store': '8' } },
    { 'apps/x/main.js': '' },
  ],
])('%s beside an app is no other choice', async (_, manifest, files) => {
  const apps = await detectIn(workspace({ 'apps/x/package.json': { name: 'x', ...manifest }, ...files }))
  expect(apps.filter(({ fit }) => fit === 'exact').map(({ name }) => name)).toEqual(['@a/api'])
})

test.each<[string, object]>([
  ['nothing else', {}],
  ['things of its own', { clsx: '2' }],
])("a member that asks for %s runs with the root's framework", async (_, dependencies) => {
  const [app] = await detectIn({
    'package.json': { private: true, workspaces: ['sites/*'], dependencies: { next: '15' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'sites/blog/package.json': {
      name: 'blog',
      scripts: { build: 'next build', start: 'next start' },
      dependencies,
    },
    'sites/blog/pages/index.js': '',
  })
  expect(app?.facts.framework?.value).toBe('next')
})

test('an app for phones is none, whatever types it takes from a server', async () => {
  const apps = await detectIn({
    'package.json': {
      main: 'index.ts',
      scripts: { start: 'expo start' },
      dependencies: { expo: '54', '@trpc/server': '11' },
    },
    'index.ts': '',
  })
  expect(apps).toEqual([])
})

test('of very many members the one that is asked for is found, and none stands alone', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [
      `apps/a${index}/package.json`,
      { name: `@a/a${index}`, scripts: { start: 'node server.js' }, dependencies: { express: '5' } },
    ]),
  )
  const files = { 'package.json': root, 'package-lock.json': lock, ...many, 'apps/a9/server.js': '' }
  const { dockerfile } = await createFrom(files, { app: '@a/a9' })
  expect(dockerfile).toContain('apps/a9')
  expect((await detectIn(files)).every(({ facts }) => facts.packageManager?.source.from === 'file')).toBe(
    true,
  )
})

test('of very many members those that a script starts are looked at first', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [
      `apps/a${index}/package.json`,
      { name: `@a/a${index}`, exports: './index.js' },
    ]),
  )
  const { candidate } = await createFrom({ ...workspace({}), ...many, 'apps/api/package.json': api })
  expect(candidate.name).toBe('@a/api')
})

describe("pnpm's commands that look at the root alone", () => {
  const { 'package-lock.json': _, ...files } = workspace({}, needs('workspace:*'))
  const pnpm = (locked: string, own: object = {}) => ({
    ...files,
    'apps/api/package.json': { ...api, ...own },
    'package.json': { name: 'root', private: true, packageManager: 'pnpm@9.15.9' },
    'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\n",
    'pnpm-lock.yaml': locked,
  })
  const bcrypt = { dependencies: { bcrypt: '^5.1.0' } }

  test.each<[string, string]>([
    [
      'version 9',
      "lockfileVersion: '9.0'\nimporters:\n\n  apps/api:\n    dependencies:\n      bcrypt:\n        specifier: ^5.1.0\n        version: 5.1.1\n\npackages:\n\n  bcrypt@5.1.1:\n    resolution: {integrity: sha512-a}\n\nsnapshots:\n\n  bcrypt@5.1.1:\n    hasBin: true\n",
    ],
    [
      'version 6',
      "lockfileVersion: '6.0'\nimporters:\n\n  apps/api:\n    dependencies:\n      bcrypt:\n        specifier: ^5.1.0\n        version: 5.1.1\n\npackages:\n\n  /bcrypt@5.1.1:\n    requiresBuild: true\n",
    ],
    [
      'version 5',
      'lockfileVersion: 5.4\nimporters:\n\n  apps/api:\n    specifiers:\n      bcrypt: ^5.1.0\n    dependencies:\n      bcrypt: 5.1.1\n\npackages:\n\n  /bcrypt/5.1.1:\n    requiresBuild: true\n',
    ],
  ])('rebuild what a member asks for: lock file of %s', async (_, locked) => {
    expect((await write(pnpm(locked, bcrypt))).dockerfile).toContain('pnpm --recursive rebuild bcrypt')
    // Another member's.
    const other = locked.replace('apps/api', 'packages/ui')
    expect((await write(pnpm(other))).dockerfile).not.toContain('rebuild')
  })

  test("an install prunes, for pnpm's own prune empties the folders of members", async () => {
    const own = { scripts: { ...api.scripts, postinstall: 'patch-package' }, ...needs('workspace:*') }
    const { dockerfile } = await write(pnpm("lockfileVersion: '9.0'\n", own))
    expect(dockerfile).toContain(
      'CI=true pnpm install --frozen-lockfile --prod --ignore-scripts --config.modules-cache-max-age=0',
    )
  })
})

test('a member that pnpm copies before it is built is told, not built wrongly', async () => {
  const { 'package-lock.json': _, ...files } = workspace({}, needs('workspace:*'))
  const pnpm = (version: string) => ({
    ...files,
    'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\ninjectWorkspacePackages: true\n",
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n\n  apps/api:\n    dependencies:\n      '@a/ui':\n        specifier: workspace:*\n        version: ${version}\n`,
  })
  await expect(write(pnpm('file:packages/ui'))).rejects.toThrow('@a/ui is injected')
  expect((await write(pnpm('link:../../packages/ui'))).dockerfile).toContain('packages/ui')
})

describe("Prisma's client, which version 6 writes into node_modules", () => {
  const plain = { start: 'node server.js' }
  const schema = 'generator client {\n  provider = "prisma-client-js"\n}\n'
  const db = {
    'packages/ui/package.json': {
      name: '@a/ui',
      main: 'index.js',
      scripts: { postinstall: 'prisma generate' },
      dependencies: { '@prisma/client': '^6.0.0' },
    },
    'packages/ui/prisma/schema.prisma': schema,
  }
  const client = 'COPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\n'

  test("an app's own", async () => {
    const own = { ...needs('*'), dependencies: { express: '5', '@prisma/client': '^6.0.0' } }
    const { dockerfile } = await write(workspace({ 'apps/api/prisma/schema.prisma': schema }, own))
    expect(dockerfile).toContain(`COPY --from=deps /app ./\n${client}`)
  })

  test("a member's", async () => {
    const { dockerfile } = await write(workspace(db, needs('*')))
    expect(dockerfile).toContain('COPY packages/ui packages/ui\nRUN npm run postinstall -w packages/ui\n')
    expect(dockerfile).toContain(client)
  })

  test('pnpm keeps it where nobody knows: all modules of the build', async () => {
    const { 'package-lock.json': _, ...files } = workspace(db, needs('workspace:*'))
    const pnpm = {
      'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\n",
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    }
    const { dockerfile } = await write({ ...files, ...pnpm })
    expect(dockerfile).toContain('COPY --from=build /app ./\n')
  })

  test('one that goes where the schema says is built like any source', async () => {
    const output = schema.replace('}', '  output = "../generated"\n}')
    const { dockerfile } = await write(
      workspace({ ...db, 'packages/ui/prisma/schema.prisma': output }, needs('*')),
    )
    expect(dockerfile).not.toContain('.prisma ')
  })

  test('one that an install makes beside the sources comes from where it was made, though nothing else is built', async () => {
    const output = schema.replace('}', '  output = "../generated"\n}')
    const { dockerfile } = await write({
      ...workspace({ ...db, 'packages/ui/prisma/schema.prisma': output }, { ...needs('*'), scripts: plain }),
      'apps/api/server.js': "require('express')().listen(4000)",
    })
    expect(dockerfile).toContain('RUN npm run postinstall -w packages/ui\n')
    expect(dockerfile).toContain(
      'COPY --from=build --exclude=node_modules /app/packages/ui packages/ui\nCOPY apps/api apps/api\n',
    )
  })

  test.each<[string, object, Files, string | undefined]>([
    ['that is called by hand', { scripts: { 'db:generate': 'prisma generate' } }, {}, ''],
    [
      'of a schema that the script names',
      { scripts: { gen: 'bunx --bun prisma generate --schema=db/a.prisma' } },
      {},
      ' --schema db/a.prisma',
    ],
    ['that no script calls', {}, {}, ''],
    ['that the build makes', { scripts: { build: 'prisma generate && tsc' } }, {}, undefined],
    ['that is in the repository', {}, { 'packages/ui/generated/client.ts': '' }, undefined],
    ['without the tool for it', { devDependencies: {} }, {}, undefined],
    ['without a schema where Prisma looks', {}, { 'packages/ui/db/a.prisma': schema }, undefined],
  ])('a member has one %s', async (_, own, files, words) => {
    const output = schema.replace('}', '  output = "../generated"\n}')
    const { dockerfile } = await write(
      workspace(
        {
          'packages/ui/package.json': { name: '@a/ui', exports: './src/index.ts', dependencies: { '@prisma/client': '^6.0.0' }, devDependencies: { prisma: '^6.0.0' }, ...own },
          ...(Object.keys(files).some(path => path.endsWith('.prisma')) ? {} : { 'packages/ui/prisma/schema.prisma': output }),
          ...files,
        },
        needs('*'),
      ),
    ) // biome-ignore format: a table
    expect(/RUN npx -w packages\/ui prisma generate(.*)\n/.exec(dockerfile)?.[1]).toBe(words)
    expect(dockerfile.includes('/app/packages/ui packages/ui')).toBe(words !== undefined)
  })

  test('release 7 is told an address that nothing connects to', async () => {
    const { dockerfile } = await write(
      workspace(
        {
          'packages/ui/package.json': { name: '@a/ui', exports: './src/index.ts', devDependencies: { prisma: '^7.0.0' } },
          'packages/ui/prisma.config.ts': "export default defineConfig({ schema: 'db', datasource: { url: env('DB_URL') } })",
          'packages/ui/db/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\ngenerator client {\n  provider = "prisma-client"\n  output = "../src/client"\n}\n',
        },
        needs('*'),
      ),
    ) // biome-ignore format: a project
    expect(dockerfile).toContain(
      'RUN DB_URL=postgresql://none PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx -w packages/ui prisma generate\n',
    )
  })
})

describe('Moon', () => {
  const workspace: Record<string, string | object> = {
    'package.json': { name: 'root', packageManager: 'pnpm@10.1.0' },
    'pnpm-workspace.yaml': 'packages: [apps/*, packages/*]\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    '.moon/workspace.yml': 'projects: [apps/*, packages/*]\n',
    '.moon/toolchain.yml': "node:\n  version: '22.3.0'\n",
    '.moon/tasks/node-library.yml': 'tasks:\n  build:\n    command: [tsc, --outDir, lib]\n',
    'apps/web/package.json': {
      name: 'web',
      dependencies: { lib: 'workspace:*' },
      devDependencies: { vite: '7' },
    },
    'apps/web/index.html': '',
    'apps/web/moon.yml':
      'type: application\ntasks:\n  codegen: { command: "node gen.js" }\n  build: { command: vite build, args: [--mode, live], deps: [codegen, "^:build"] }\n',
    'apps/api/package.json': { name: 'api', dependencies: { express: '5' } },
    'apps/api/moon.yml': 'tasks:\n  start: { command: node server.js }\n',
    'apps/api/server.js': "require('express')().listen(3000)",
    'packages/lib/package.json': { name: 'lib', main: 'lib/index.js' },
    'packages/lib/moon.yml': 'type: library\n',
    'packages/lib/index.ts': '',
  }

  test('its tasks build an app and the libraries that it needs, in their folders', async () => {
    const { dockerfile, candidate } = await createFrom(workspace, { app: 'web' })
    expect(candidate.facts.build).toMatchObject({
      value: 'node gen.js && vite build --mode live',
      source: { path: 'moon.yml', detail: 'tasks.build' },
    })
    expect(dockerfile).toContain('RUN pnpm -C packages/lib exec tsc --outDir lib\n')
    expect(dockerfile).toContain(
      'RUN pnpm -C apps/web exec node gen.js \\\n    && pnpm -C apps/web exec vite build --mode live\n',
    )
    expect(candidate.facts.runtimeVersion).toMatchObject({ value: '22', stated: '22.3.0' })
  })

  test.each([
    ['every project, without conditions', '', true],
    ['a toolchain', 'inheritedBy: { toolchains: [rust, node] }\n', true],
    ['a toolchain that is none of Node.js', 'inheritedBy: { toolchain: rust }\n', false],
    [
      'one of two and not a third',
      'inheritedBy: { toolchains: { or: [javascript, bun], not: rust } }\n',
      true,
    ],
    ['both of two', 'inheritedBy: { toolchains: { and: [node, bun] } }\n', false],
    ['a layer and a language', 'inheritedBy: { layers: library, language: javascript }\n', true],
    ['a layer, but another language', 'inheritedBy: { layers: library, language: ruby }\n', false],
    ['a tag', 'inheritedBy: { tags: compiled }\n', true],
    ['a file', 'inheritedBy: { files: [Cargo.toml] }\n', false],
  ])('Moon 2: tasks are inherited by %s', async (_, conditions, inherits) => {
    const { '.moon/toolchain.yml': _old, '.moon/tasks/node-library.yml': tasks, ...others } = workspace
    const { dockerfile } = await createFrom(
      {
        ...others,
        '.moon/toolchains.yml': "node:\n  version: '22.3.0'\n",
        '.moon/tasks/libraries/compiled.yml': `${conditions}${tasks}`,
        'packages/lib/moon.yml': 'layer: library\ntags: [compiled]\n',
      },
      { app: 'web' },
    )
    expect(dockerfile.includes('exec tsc --outDir lib')).toBe(inherits)
  })

  test('Moon 2: what asks for more comes last, unless an order says otherwise', async () => {
    const { '.moon/tasks/node-library.yml': _, ...others } = workspace
    const build = (command: string) => `tasks:\n  build: { command: ${command} }\n`
    const files = {
      ...others,
      '.moon/tasks/a.yml': `inheritedBy: { layer: library }\n${build('nearest')}`,
      '.moon/tasks/b.yml': `inheritedBy: { language: javascript }\n${build('general')}`,
    }
    const { dockerfile } = await createFrom(files, { app: 'web' })
    expect(dockerfile).toContain('exec nearest')
    const ordered = { ...files, '.moon/tasks/b.yml': `order: 200\n${files['.moon/tasks/b.yml']}` }
    expect((await createFrom(ordered, { app: 'web' })).dockerfile).toContain('exec general')
  })

  test('and start one', async () => {
    const { candidate } = await createFrom(workspace, { app: 'api' })
    expect(candidate.facts.start).toMatchObject({ value: 'node server.js' })
  })

  test('what Moon fills in is no command', async () => {
    const { candidate } = await createFrom(
      { ...workspace, 'apps/web/moon.yml': 'tasks:\n  build: { command: "vite build $projectRoot" }\n' },
      { app: 'web' },
    )
    expect(candidate.facts.build).toMatchObject({ value: 'vite build', source: { from: 'convention' } })
  })
})

test.each([
  ['npm', { 'package-lock.json': { lockfileVersion: 3, packages: {} } }, 'npx -w web vite build'],
  [
    'pnpm',
    { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'pnpm-workspace.yaml': 'packages: [web]\n' },
    'pnpm -C web exec vite build',
  ],
  ['Yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, 'yarn --cwd web run vite build'],
  ['Bun', { 'bun.lock': { lockfileVersion: 1, packages: {} } }, '(cd web && bunx vite build)'],
])("%s: a member's build by its framework's own command runs in its folder", async (_, lock, command) => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { name: 'root', workspaces: ['web'] },
      ...lock,
      'web/package.json': { name: 'web', devDependencies: { vite: '7' } },
      'web/index.html': '',
    },
    { app: 'web' },
  )
  expect(dockerfile).toContain(`RUN ${command}\n`)
})

test('a member that asks for another one is built after it, though that takes a source of it', async () => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { name: 'root', workspaces: ['sites/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'sites/shop/package.json': {
        name: 'shop',
        scripts: { build: 'vite build' },
        dependencies: { shared: '*' },
        devDependencies: { vite: '7' },
      },
      'sites/shop/index.html': '',
      'sites/blog/package.json': {
        name: 'blog',
        main: 'dist/index.js',
        scripts: { build: 'vite build' },
        dependencies: { shared: '*' },
        devDependencies: { vite: '7' },
      },
      'sites/blog/theme.js': '',
      'sites/shared/package.json': { name: 'shared' },
      'sites/shared/index.js': "import '../blog/theme.js'; import '../news/logo.js'",
      'sites/news/package.json': {
        name: 'news',
        scripts: { build: 'astro build' },
        devDependencies: { astro: '5' },
      },
      'sites/news/logo.js': '',
    },
    { app: 'shop' },
  )
  expect(dockerfile).toContain('npm run build -w sites/blog')
  // A site that nobody asks for by name gives sources alone.
  expect(dockerfile).not.toContain('-w sites/news')
  const copied = [...dockerfile.matchAll(/^COPY sites\/(\w+) /gm)].map(match => match[1])
  expect(copied).toEqual(['news', 'shared', 'blog', 'shop'])
})

test('a member that the root builds is installed with all that it needs, declared or only imported', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'root',
      workspaces: ['web', 'packages/*'],
      packageManager: 'yarn@1.22.22',
      scripts: { build: 'yarn --cwd ./web build', start: 'yarn --cwd ./web start' },
    },
    'yarn.lock': '# yarn lockfile v1\n',
    'vercel.json': { outputDirectory: 'web/dist' },
    'web/package.json': {
      name: 'web',
      scripts: { build: 'vite build', start: 'vite' },
      dependencies: { '@a/ui': '*' },
      devDependencies: { vite: '7' },
    },
    'web/index.html': '',
    'web/main.js': "import '@a/core'",
    'packages/ui/package.json': { name: '@a/ui' },
    'packages/core/package.json': { name: '@a/core', dependencies: { ms: '2' } },
    'packages/other/package.json': { name: '@a/other' },
  })
  const bound = [...dockerfile.matchAll(/source=([\w/]+)\/package\.json/g)].map(match => match[1])
  expect(bound).toEqual(['packages/ui', 'packages/core', 'web'])
})

test("what a build tool's settings name outside of a member comes into its build", async () => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { name: 'root', workspaces: ['web'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'web/package.json': { name: 'web', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
      'web/index.html': '',
      'web/vite.config.js':
        "export default { build: { outDir: '../made' }, plugins: [copy({ src: '../locales/*.json' })] }",
      'locales/en.json': '{}',
    },
    { app: 'web' },
  )
  expect(dockerfile).toContain('COPY locales locales\n')
})

test("a program outside of a member that its build's command names comes into its build", async () => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { name: 'root', workspaces: ['packages/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'packages/web/package.json': {
        name: 'web',
        scripts: {
          build: 'npm run build:ui',
          'build:ui': 'node ../../scripts/build.js ./src ../../made',
          start: 'node server.js',
        },
        dependencies: { express: '5' },
      },
      'packages/web/server.js': 'app.listen(3000)',
      'scripts/build.js': '',
      'scripts/release.js': '',
    },
    { app: 'packages/web' },
  )
  expect(dockerfile).toContain('COPY scripts/build.js scripts/build.js\n')
  expect(dockerfile).not.toContain('made')
})

test("names that the settings of a runner of tests have for members' sources turn no order around", async () => {
  const member = (name: string, dependencies: object) => ({
    name,
    main: 'dist/index.js',
    scripts: { build: 'tsc' },
    dependencies,
  })
  const { dockerfile } = await createFrom(
    {
      'package.json': { private: true, workspaces: ['packages/*', 'api'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'api/package.json': {
        name: 'api',
        scripts: { build: 'tsc', start: 'node dist/index.js' },
        dependencies: { utils: '*', express: '5' },
      },
      'api/src/index.ts': 'app.listen(3000)',
      'packages/utils/package.json': member('utils', {}),
      'packages/utils/src/index.ts': '',
      'packages/utils/vitest.config.ts': "export default { alias: { core: '../core/src/index.ts' } }",
      'packages/core/package.json': member('core', { utils: '*' }),
      'packages/core/src/index.ts': '',
    },
    { app: 'api' },
  )
  expect(dockerfile).not.toContain('packages/core')
})

test('a peer that asks for what works with it is built after that', async () => {
  const member = (name: string, more: object) => ({ name, main: 'dist/index.js', scripts: { build: 'tsc' }, ...more })
  const { dockerfile } = await createFrom(
    {
      'package.json': { private: true, workspaces: ['packages/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'packages/cli/package.json': { name: 'cli', scripts: { build: 'tsc', start: 'node dist/index.js' }, dependencies: { api: '*', express: '5' } },
      'packages/cli/src/index.ts': 'app.listen(3000)',
      'packages/api/package.json': member('api', { peerDependencies: { ui: '*' } }),
      'packages/ui/package.json': member('ui', { dependencies: { api: '*' } }),
    },
    { app: 'cli' },
  )
  const built = [...dockerfile.matchAll(/RUN npm run build -w packages\/(\w+)/g)].map(([, name]) => name)
  expect(built).toEqual(['api', 'ui', 'cli'])
}) // biome-ignore format: one line a member

test('beside a build a script like it says nothing of what a member is', async () => {
  const { candidate } = await createFrom({
    'package.json': { private: true, workspaces: ['apps/*'], devDependencies: { storybook: '9', typescript: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/api/package.json': { name: 'api', scripts: { build: 'tsc', 'build-storybook': 'storybook build', start: 'node dist/index.js' }, dependencies: { express: '5' } },
    'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'apps/api/src/index.ts': 'app.listen(3000)',
  })
  expect(candidate.facts.framework?.value).toBe('express')
  expect(candidate.facts.kind.value).toBe('web')
}) // biome-ignore format: one line a member

test('what a member exports beside its build comes along with it', async () => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { private: true, workspaces: ['packages/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'packages/web/package.json': { name: 'web', scripts: { start: 'node a.js' }, dependencies: { kit: '*', express: '5' } },
      'packages/web/a.js': "require('kit/adapter')\napp.listen(3000)",
      'packages/kit/package.json': {
        name: 'kit',
        exports: { '.': { source: './src/index.ts', default: './dist/index.js' }, './adapter': './adapter.js' },
        files: ['dist', '*.js'],
        scripts: { build: 'tsc' },
      },
      'packages/kit/adapter.js': '',
      'packages/kit/src/index.ts': '',
    },
    { app: 'web' },
  )
  expect(dockerfile).toMatch(/COPY .*packages\/kit\/adapter\.js/)
  expect(dockerfile).not.toMatch(/COPY --from=build .*packages\/kit\/src/)
}) // biome-ignore format: one line a member

test.each<[string, object, string, boolean]>([
  ['has what the root alone asks for', {}, 'yarn@4.9.2', true],
  ['asks for it itself', { typescript: '5' }, 'yarn@4.9.2', false],
  ['has what the root alone asks for, by Yarn 1', {}, 'yarn@1.22.22', false],
])("Yarn finds a member's program that %s", async (_, devDependencies, packageManager, told) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      private: true,
      packageManager,
      workspaces: ['apps/*'],
      devDependencies: { typescript: '5' },
    },
    'yarn.lock': packageManager.startsWith('yarn@1')
      ? '# yarn lockfile v1\n'
      : '__metadata:\n  version: 8\n"typescript@npm:5":\n  version: 5.9.3\n',
    'apps/api/package.json': {
      name: 'api',
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { express: '5' },
      devDependencies,
    },
    'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'apps/api/src/index.ts': 'app.listen(3000)',
  })
  expect(dockerfile.includes('ENV PATH=$PATH:/app/node_modules/.bin\n')).toBe(told)
})

test('a member is built by the tool that the root has, under whatever name', async () => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': { private: true, workspaces: ['apps/*'], devDependencies: { vite: '7' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/web/package.json': {
      name: 'web',
      scripts: { dev: 'vite', 'build-self': 'vite build --mode self', preview: 'vite preview' },
    },
    'apps/web/index.html': '<script type="module" src="/src/main.ts"></script>',
    'apps/web/src/main.ts': '',
  })
  expect(candidate.facts.framework?.value).toBe('vite')
  expect(dockerfile).toContain('npm run build-self -w apps/web')
})

test('of a course, what it comes to is the app, and no step on the way', async () => {
  const app = (name: string) => ({ name, scripts: { start: 'node app.js' }, dependencies: { express: '5' } })
  const steps = ['book/1-begin', 'book/1-end', 'book/chapter-2'].flatMap(dir => [
    [`${dir}/package.json`, app(dir.replace('/', '-'))],
    [`${dir}/app.js`, 'app.listen(3000)'],
  ])
  const { candidate } = await createFrom({
    'shop/package.json': app('shop'),
    'shop/package-lock.json': { lockfileVersion: 3, packages: {} },
    'shop/app.js': 'app.listen(3000)',
    ...Object.fromEntries(steps),
  })
  expect(candidate.name).toBe('shop')
})

describe('of several members that serve', () => {
  const member = (name: string, more: object = {}) => ({
    name,
    scripts: { build: 'tsc', start: 'node dist/index.js' },
    dependencies: { hono: '4' },
    ...more,
  })
  const files = (root: string, more: Files = {}): Files => ({
    'package.json': { name: root, private: true, scripts: { build: 'npm run build -ws' }, workspaces: ['apps/*', 'packages/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/shop/package.json': member('shop'),
    'apps/shop/src/index.ts': 'app.listen(3000)',
    ...more,
  }) // biome-ignore format: one row a file

  test('the one by the name of the repository is its app', async () => {
    const other = { 'apps/api/package.json': member('api'), 'apps/api/src/index.ts': 'app.listen(3001)' }
    expect((await createFrom(files('shop', other))).candidate.name).toBe('shop')
    await expect(createFrom(files('other', other))).rejects.toThrow('several apps are here')
  })

  test('one that others take code from, and that nothing starts, is a library', async () => {
    const { candidate } = await createFrom(
      files('other', {
        'apps/shop/package.json': member('shop', { dependencies: { hono: '4', routes: '*' } }),
        'packages/routes/package.json': {
          name: 'routes',
          scripts: { test: 'vitest' },
          dependencies: { hono: '4' },
        },
        'packages/routes/index.ts': 'export const app = new Hono()',
      }),
    )
    expect(candidate.name).toBe('shop')
  })

  test.each<[string, Files]>([
    [
      'one that works behind the others',
      { 'apps/job-server/package.json': member('jobs'), 'apps/job-server/src/index.ts': 'app.listen(3001)' },
    ],
    [
      'one about the product',
      { 'apps/landing/package.json': { name: 'landing', scripts: { build: 'next build' }, dependencies: { next: '16' } }, 'apps/landing/app/page.tsx': '' },
    ],
  ])('%s is not the app', async (_, other) => {
    expect((await createFrom(files('other', other))).candidate.name).toBe('shop')
  }) // biome-ignore format: one row an app

  test('one that works behind the others is the app where it is alone, and by its name', async () => {
    const jobs = { 'apps/jobs/package.json': member('jobs'), 'apps/jobs/src/index.ts': 'app.listen(3001)' }
    expect((await createFrom(files('other', jobs), { app: 'jobs' })).candidate.name).toBe('jobs')
    const { 'apps/shop/package.json': _, 'apps/shop/src/index.ts': __, ...alone } = files('other', jobs)
    expect((await createFrom(alone)).candidate.name).toBe('jobs')
  })

  test.each([
    ['a command and a worker', 'cli', 'shop'],
    ['an extension of a browser', 'extension', 'shop'],
    ['other pages', 'spa', undefined],
  ])('pages that a server renders, beside %s', async (_, kind, chosen) => {
    const next = { name: 'shop', scripts: { build: 'next build' }, dependencies: { next: '16' } }
    const beside: Files =
      kind === 'cli'
        ? {
            'apps/tool/package.json': { name: 'tool', bin: 'index.js', dependencies: { commander: '14' } },
            'apps/tool/index.js': '',
            'apps/bot/package.json': { name: 'bot', scripts: { start: 'node index.js' }, dependencies: { 'discord.js': '14' } },
            'apps/bot/index.js': "require('discord.js')",
          }
        : {
            'apps/admin/package.json': { name: 'admin', scripts: { build: 'vite build' }, devDependencies: { vite: '7', ...(kind === 'extension' && { '@crxjs/vite-plugin': '2' }) } },
            'apps/admin/index.html': '',
          } // biome-ignore format: one row a file
    const made = createFrom(
      files('other', { 'apps/shop/package.json': next, 'apps/shop/app/page.tsx': '', ...beside }),
    )
    if (chosen === undefined) await expect(made).rejects.toThrow('several apps are here')
    else {
      const { candidate } = await made
      expect(candidate.name).toBe(chosen)
      expect(candidate.notes.some(({ code }) => code === 'OTHER_APPS')).toBe(kind === 'cli')
    }
  })
})

test.each([
  ['a folder that git keeps and the program names', { 'var/.gitignore': 'app.db' }, true],
  ['one with something in it', { 'var/app.json': '{}' }, false],
])('a member has %s at the root: %s', async (_, more, there) => {
  const { dockerfile } = await createFrom(
    {
      'package.json': { private: true, workspaces: ['src'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'src/package.json': {
        name: 'app',
        scripts: { start: 'node server.js' },
        dependencies: { express: '5' },
      },
      'src/server.js':
        "fs.writeFileSync(path.join(settings.root, 'var/installed.json'), '')\nrequire('express')().listen(3000)",
      ...more,
    },
    { runtime: 'slim' },
  )
  expect(dockerfile.includes('COPY --chown=1000:1000 var ./var\n')).toBe(there)
})

describe('a server that lies in another member', () => {
  const code = {
    'apps/api/src/server.ts': "import { start } from '@a/ui'\nstart()",
    'packages/ui/package.json': { name: '@a/ui', main: './dist/index.js' },
    'packages/ui/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'packages/ui/src/index.ts': "export * from './listen.js'",
    'packages/ui/src/listen.ts':
      "process.on('SIGTERM', stop)\nexport const start = () => app.listen(process.env.UI_PORT ?? 1080)",
  }
  test.each<[string, Files, number | undefined, string | undefined]>([
    ['is read there', workspace(code, needs('*')), 1080, 'UI_PORT'],
    [
      'by a name below',
      workspace(
        {
          ...code,
          'apps/api/src/server.ts': "import { start } from '@a/ui/server'\nstart()",
          'packages/ui/package.json': {
            name: '@a/ui',
            exports: { './server': { types: './dist/listen.d.ts', import: './dist/listen.js' } },
          },
        },
        needs('*'),
      ),
      1080,
      'UI_PORT',
    ],
    [
      'is asked to listen',
      workspace(
        { ...code, 'apps/api/src/server.ts': "import { Api } from '@a/ui'\nnew Api().listen()" },
        needs('*'),
      ),
      1080,
      'UI_PORT',
    ],
    [
      'is nothing to a program that listens itself',
      workspace({ ...code, 'apps/api/src/server.ts': "import '@a/ui'\napp.listen(4000)" }, needs('*')),
      4000,
      undefined,
    ],
    [
      'is nothing to types',
      workspace({ ...code, 'apps/api/src/server.ts': "import type { A } from '@a/ui'" }, needs('*')),
      3000,
      undefined,
    ],
  ])('%s', async (_, files, port, variable) => {
    const { candidate } = await write(files)
    const facts = candidate.facts as NodeFacts
    expect(facts.port?.value).toBe(port)
    expect(facts.program?.portVariable).toBe(variable)
  })
})

test.each<[string, object, object, string | undefined]>([
  [
    'in its folder',
    { start: 'cd apps/api && cross-env NODE_ENV=production node ./dist/apps/api/main.js' },
    {},
    'node ./dist/apps/api/main.js',
  ],
  ['by its path', { start: 'node apps/api/dist/main.js' }, {}, 'node ./dist/main.js'],
  [
    'where it has no script of its own',
    { start: 'cd apps/api && node dist/main.js' },
    { start: 'node dist/own.js' },
    'node dist/own.js',
  ],
])('a member that the root starts %s', async (_, scripts, own, start) => {
  const { candidate } = await write(
    workspace(
      {
        'apps/api/main.ts': "import '../../shared/a.js'\napp.listen(4100)",
        'apps/api/src/own.ts': 'app.listen(4100)',
      },
      { scripts: { build: 'tsc', ...own } },
      { scripts },
    ),
  )
  expect(candidate.facts).toMatchObject({ start: { value: start }, port: { value: 4100 } })
})

test.each([
  ['whose settings are there for the editor alone', {}, false],
  ['of pages', { 'packages/ui/src/app/page.tsx': '' }, true],
])("a member with Next.js's components %s", async (_, files, isApp) => {
  const found = await detectIn(
    workspace({
      'packages/ui/package.json': {
        name: '@a/ui',
        exports: { './*': './src/*.tsx' },
        scripts: { build: 'tailwindcss -o dist/a.css' },
        dependencies: { next: '15', react: '19' },
      },
      'packages/ui/next.config.ts': 'export default {}',
      ...files,
    }),
  )
  expect(found.some(({ dir, fit }) => dir === 'packages/ui' && fit === 'exact')).toBe(isApp)
})
