import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>
const LOCK = { 'package-lock.json': { lockfileVersion: 3, packages: {} } }
const app = (scripts: object, names: readonly string[], files: Files, more: object = {}): Files => ({
  'package.json': {
    name: 'app',
    private: true,
    scripts,
    dependencies: Object.fromEntries(names.map(name => [name, '*'])),
    ...more,
  },
  ...LOCK,
  ...files,
})
const site = async (files: Files) => {
  const { dockerfile, candidate } = await createFrom(files)
  const [, out] = /^COPY --from=build \/app\/(\S+) \/usr\/share\/nginx\/html/m.exec(dockerfile) ?? []
  return { out, build: candidate.facts.build?.value, dockerfile }
}
const index = { 'index.html': '' }

describe("a usual name that is the pages' own", () => {
  test.each<[string, object, readonly string[], Files, string]>([
    [
      'of a template of Svelte, with packages for browsers',
      { build: 'rollup -c', start: 'sirv public --single' },
      ['rollup', 'svelte', 'd3'],
      { 'public/index.html': '', 'src/main.js': "import { onMount } from 'svelte'\nimport 'd3'" },
      'public',
    ],
    [
      'in TypeScript',
      { build: 'rollup -c', start: 'sirv public' },
      ['rollup', 'typescript'],
      { 'public/index.html': '', 'src/main.ts': "import { onMount } from 'svelte'" },
      'public',
    ],
    [
      'beside a library for servers, which a window of Electron has',
      { build: 'vue-cli-service build', serve: 'vue-cli-service serve' },
      ['@vue/cli-service', 'express', 'electron'],
      { 'src/main.js': "import { createApp } from 'vue'" },
      'dist',
    ],
    [
      'beside a server that answers for one which is elsewhere, whatever library it has',
      {
        build: 'vue-cli-service build',
        serve: 'concurrently "npm:mock" "vue-cli-service serve"',
        mock: 'cd mock && ts-node-dev mock-server.ts',
      },
      ['@vue/cli-service', 'express', 'ts-node-dev'],
      { 'mock/mock-server.ts': "import express from 'express'\nexpress().listen(9528)" },
      'dist',
    ],
  ])('%s', async (_, scripts, names, files, out) => {
    expect((await site(app(scripts, names, files))).out).toBe(out)
  })

  test.each([
    ['prepares', "spawn('vite', ['dev'])", 'node build'],
    [
      'is a server around it',
      "import { createServer } from 'node:http'\ncreateServer().listen(3000)",
      'node ./scripts/dev.js',
    ],
  ])("a script for a framework's developers that %s", async (_, code, start) => {
    const [found] = await detectIn(
      app(
        { dev: 'node ./scripts/dev.js', build: 'vite build' },
        ['@sveltejs/kit', '@sveltejs/adapter-node'],
        {
          'svelte.config.js':
            "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
          'scripts/dev.js': code,
        },
      ),
    )
    expect(found?.facts.start?.value).toBe(start)
  })

  test('a server beside the maker of a site stays one', async () => {
    const files = { ...index, 'server.js': "require('express')().listen(3000)" }
    const [found] = await detectIn(app({ build: 'vite build', dev: 'vite' }, ['vite', 'express'], files))
    expect(found?.facts.kind.value).toBe('web')
  })
})

describe('the script that makes a site', () => {
  test.each<[string, object, readonly string[], string, string]>([
    [
      'pages about a library, which the usual script builds',
      { build: 'node scripts/build.js', 'docs:build': 'vitepress build docs', docs: 'vitepress dev docs' },
      ['vitepress'],
      'npm run docs:build',
      'docs/.vitepress/dist',
    ],
    [
      'where there is no usual one',
      { start: 'webpack serve', 'build:docs': 'rimraf dist && webpack --mode production' },
      ['webpack', 'html-webpack-plugin'],
      'npm run build:docs',
      'dist',
    ],
    [
      'not one that shows or publishes it',
      { build: 'make', 'deploy:docs': 'vitepress build docs', 'docs:preview': 'vitepress build docs' },
      ['vitepress'],
      'npm run build',
      '.vitepress/dist',
    ],
  ])('%s', async (_, scripts, names, build, out) => {
    expect(await site(app(scripts, names, {}))).toMatchObject({ build, out })
  })
})

describe('the folder that a hoster of pages is told to take', () => {
  test.each<[string, Files, string]>([
    ['Vercel', { 'vercel.json': { outputDirectory: 'packages/studio/dist' } }, 'packages/studio/dist'],
    ['Netlify', { 'netlify.toml': '[build]\npublish = "./public_html/"' }, 'public_html'],
    [
      'not where it builds by another script',
      { 'netlify.toml': '[build]\ncommand = "yarn build:docs"\npublish = "docs/dist"' },
      '.tmp/static',
    ],
    [
      'not where a plugin of the platform takes a server apart',
      { 'netlify.toml': '[build]\npublish = "web/.next"' },
      '.tmp/static',
    ],
    ['Firebase', { 'firebase.json': { hosting: { public: 'build' } } }, 'build'],
  ])('%s', async (_, files, out) => {
    const made = app({ build: 'node make.js', serve: 'http-server .tmp/static' }, [], {
      'make.js': '',
      ...files,
    })
    expect((await site(made)).out).toBe(out)
  })
})

test('a platform that is told to build a member is told of that one', async () => {
  const [found] = await detectIn({
    'package.json': { private: true, scripts: { build: 'pnpm -r build' }, packageManager: 'pnpm@10.0.0' },
    'pnpm-workspace.yaml': 'packages: [web, stories]',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'",
    'vercel.json': { buildCommand: 'pnpm --filter web run build', outputDirectory: 'web/dist' },
    'web/package.json': { name: 'web', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
    'web/index.html': '',
    'stories/package.json': { name: 'stories', scripts: { build: 'node make.js' } },
    'stories/make.js': '',
  })
  expect(found).toMatchObject({ dir: 'web', facts: { framework: { value: 'vite' } } })
})

describe('what Vite builds by a plugin of a framework', () => {
  test('Remix, whose plugin has no path of its own', async () => {
    const [found] = await detectIn(
      app(
        { build: 'vite build && vite build --ssr', start: 'remix-serve ./build/server/index.js' },
        ['@remix-run/dev', '@remix-run/serve', 'vite'],
        { 'vite.config.mjs': "import { vitePlugin as remix } from '@remix-run/dev'" },
      ),
    )
    expect(found?.facts).toMatchObject({ framework: { value: 'remix' }, kind: { value: 'web' } })
  })
  test("Eleventy's settings are where its command says", async () => {
    const files = { 'config/eleventy.js': "module.exports = () => ({ dir: { output: 'made' } })" }
    const built = app({ build: 'eleventy --config=config/eleventy.js' }, ['@11ty/eleventy'], files)
    expect((await site(built)).out).toBe('made')
  })
})

describe('pages of Vite', () => {
  const built = (config: string, files: Files, more: object = {}) =>
    app({ build: 'vite build', ...more }, ['vite'], {
      'vite.config.ts': `export default defineConfig(${config})`,
      ...files,
    })

  test.each<[string, string, Files, object, string]>([
    ['no library after all', '{ build: { lib: false } }', index, {}, 'dist'],
    [
      'shown from where something beside it puts them',
      "{ build: { lib: { entry: 'a.js' } } }",
      {},
      { 'start:built': 'vite preview --outDir dist/editor' },
      'dist/editor',
    ],
  ])('%s', async (_, config, files, more, out) => {
    expect((await site(built(config, files, more))).out).toBe(out)
  })

  test.each([
    ["{ build: { rollupOptions: { input: { main: resolve(__dirname, 'pages/main.html') } } } }"],
    ["{ build: { rolldownOptions: { input: ['pages/main.html'] } } }"],
    ["{ build: { rollupOptions: { input: './pages/main.html' } } }"],
  ])('below a folder, which they keep: %s', async config => {
    const { files } = await createFrom(built(config, { 'pages/main.html': '' }))
    const nginx = files.find(({ path }) => path === 'nginx.conf')?.content
    expect(nginx).toContain('location = / { return 302 /pages/main.html; }')
  })

  test('a library has none', async () => {
    const [found] = await detectIn(built("{ build: { lib: { entry: 'a.js' } } }", index))
    expect(found?.facts.framework?.value).not.toBe('vite')
  })
})

describe('pages outside of the folder of their site', () => {
  const copies = async (files: Files, flags: object) =>
    (await createFrom(files, flags)).dockerfile.match(/^COPY (?!--from).*$/gm)
  const docs = (dependency: string, files: Files): Files => ({
    'website/package.json': {
      name: 'site',
      scripts: { build: 'docusaurus build' },
      dependencies: { [dependency]: '*' },
    },
    'docs/a.md': '',
    ...files,
  })
  const config = `export default {
    presets: [['classic', { docs: { path: '../docs' }, blog: { path: '../nowhere' } }]],
    staticDirectories: ['../lib'],
  }`

  test('of Docusaurus', async () => {
    const files = docs('@docusaurus/core', { 'website/docusaurus.config.js': config, 'lib/a.png': '' })
    expect(await copies(files, { app: 'site' })).toEqual([
      'COPY docs /docs',
      'COPY website .',
      'COPY website/nginx.conf /etc/nginx/conf.d/default.conf',
    ])
  })
  test('of a member of a workspace', async () => {
    const files = docs('@docusaurus/core', {
      'website/docusaurus.config.js': config,
      'package.json': { private: true, workspaces: ['website'] },
      ...LOCK,
    })
    expect(await copies(files, { app: 'site' })).toContain('COPY docs docs')
  })
  test("of Docusaurus's first release, which names its output after the project", async () => {
    const files = docs('docusaurus', {
      'website/siteConfig.js': "module.exports = { projectName: 'reason', baseUrl: '/' }",
    })
    const { dockerfile } = await createFrom(files, { app: 'site' })
    expect(dockerfile).toContain('COPY docs /docs\n')
    expect(dockerfile).toContain('COPY --from=build /app/build/reason /usr/share/nginx/html\n')
  })
})

describe('which of several apps', () => {
  const member = (name: string, files: Files = {}): Files => ({
    [`packages/${name}/package.json`]: {
      name,
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    [`packages/${name}/index.html`]: '',
    ...files,
  })
  const workspace = (scripts: object): Files => ({
    'package.json': { private: true, workspaces: ['packages/*'], scripts },
    ...LOCK,
    ...member('web'),
    ...member('admin'),
  })

  test.each<[string, object]>([
    ['by name', { build: 'npm run build -w web' }],
    ['of Yarn', { build: 'yarn workspace web build', dev: 'yarn workspace web dev' }],
    ['by its folder', { start: 'cd packages/web && npm start' }],
    ['by Turborepo', { build: 'turbo run build --filter=web' }],
    ['by Lerna', { build: 'lerna run build --scope web' }],
  ])("the one that the root's scripts name, %s", async (_, scripts) => {
    const { candidate } = await createFrom(workspace(scripts))
    expect(candidate.dir).toBe('packages/web')
    expect(candidate.notes.map(({ code }) => code)).toContain('OTHER_APPS')
  })
  test('which beside a command is what is served', async () => {
    const files = {
      ...workspace({ dev: 'npm -C packages/cli run stub && turbo run dev --filter=web' }),
      'packages/cli/package.json': { name: 'cli', bin: 'a.js' },
      'packages/cli/a.js': '',
    }
    expect((await createFrom(files)).candidate.dir).toBe('packages/web')
  })
  test('not where they name both', async () => {
    const found = await detectIn(
      workspace({ build: 'yarn workspace web build && yarn workspace admin build' }),
    )
    expect(found.filter(({ fit }) => fit === 'exact')).toHaveLength(2)
  })

  test("other people's code is none", async () => {
    const files = { ...member('web'), 'third_party/tone/package.json': { scripts: { start: 'node a.js' } } }
    expect((await detectIn(files)).map(({ dir }) => dir)).toEqual(['packages/web'])
  })
  test("what is for Cloudflare's runtime steps back", async () => {
    const found = await detectIn({
      ...member('web'),
      'api/package.json': {
        name: 'api',
        scripts: { start: 'wrangler dev', deploy: 'wrangler deploy' },
        dependencies: { hono: '4' },
      },
      'api/wrangler.toml': '',
      'api/src/index.ts': '',
    })
    expect(found.map(({ name, fit }) => [name, fit])).toEqual([
      ['web', 'exact'],
      ['api', 'incidental'],
    ])
  })
})
