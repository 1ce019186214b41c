import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Files = Record<string, string | object>
const argsOf = async (dependencies: readonly string[], files: Files) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'vite build' },
      dependencies: Object.fromEntries(dependencies.map(name => [name, '*'])),
    },
    'index.html': '',
    ...files,
  })
  return { args: [...dockerfile.matchAll(/^ARG (?!NODE_VERSION)(.*)$/gm)].map(match => match[1]), dockerfile }
}

describe('values that a build bakes in', () => {
  test.each<[string, string[], Files, string[]]>([
    ['of the code', ['vite'], { 'src/main.ts': 'fetch(import.meta.env.VITE_API_URL)' }, ['VITE_API_URL']],
    [
      "of webpack's plugin",
      ['webpack'],
      {
        'webpack.config.js':
          "module.exports = { plugins: [new webpack.EnvironmentPlugin([...flags(), 'HOST', 'PRODUCT']), new EnvironmentPlugin({ A: undefined, B: '1' })] }",
      },
      ['A=', 'HOST=', 'PRODUCT='],
    ],
    [
      'of a component',
      ['vite', 'vue'],
      {
        'src/App.vue':
          '<script setup lang="ts">\nconst url = import.meta.env.VITE_URL\n</script>\n<template>{{ url }}</template>',
      },
      ['VITE_URL'],
    ],
    [
      'destructured',
      ['vite'],
      { 'src/a.js': 'const { VITE_A, VITE_B: b } = import.meta.env' },
      ['VITE_A', 'VITE_B'],
    ],
    [
      'of Next.js',
      ['next'],
      { 'lib/api.ts': 'export const url = process.env.NEXT_PUBLIC_API' },
      ['NEXT_PUBLIC_API'],
    ],
    ['of Create React App', ['react-scripts'], { 'src/a.jsx': 'process.env.REACT_APP_X' }, ['REACT_APP_X']],
    [
      'of an Astro page',
      ['astro'],
      { 'src/pages/a.astro': '---\nconst a = import.meta.env.PUBLIC_A\n---\n<p/>' },
      ['PUBLIC_A'],
    ],
    [
      'the documented default stays, and no name comes twice',
      ['vite'],
      { '.env.production': 'VITE_A=1', 'src/a.ts': 'import.meta.env.VITE_A + import.meta.env.VITE_A' },
      ['VITE_A=1'],
    ],
    [
      "of the build's own mode",
      ['vite'],
      {
        'package.json': { scripts: { build: 'vite build --mode pro' }, dependencies: { vite: '*' } },
        '.env.pro': 'VITE_A=1',
        '.env.production': 'VITE_B=2',
      },
      ['VITE_A=1'],
    ],
    [
      'of a folder that the settings name',
      ['vite'],
      { 'vite.config.ts': "export default { envDir: './settings' }", 'settings/.env': 'VITE_A=1' },
      ['VITE_A=1'],
    ],
    [
      'of a folder for them, with a list as its value',
      ['vite'],
      { 'env/.env.production': 'VITE_PROXY = [["/api", "http://a:1"]]' },
      ['VITE_PROXY="[[\\"/api\\", \\"http://a:1\\"]]"'],
    ],
    [
      'without a prefix where the settings read all, but for secrets',
      ['vite'],
      {
        'vite.config.ts':
          "import { loadEnv } from 'vite'\nexport default ({ mode }) => ({ base: loadEnv(mode, process.cwd(), '').SITE })",
        '.env': 'SITE=/a/\nAPI_KEY=b\nSHELL_PART=$HOME\nNODE_ENV=development\nPATH=/bin',
      },
      ['SITE=/a/', 'SHELL_PART'],
    ],
    [
      'without a prefix where they are read by it alone',
      ['vite'],
      {
        'vite.config.ts':
          "import { loadEnv } from 'vite'\nexport default ({ mode }) => ({ base: loadEnv(mode, '.').VITE_SITE })",
        '.env': 'SITE=/a/\nVITE_SITE=/b/',
      },
      ['VITE_SITE=/b/'],
    ],
    ['that the server reads as it runs are none', ['next'], { 'lib/db.ts': 'process.env.DATABASE_URL' }, []],
    [
      'in comments and tests are none',
      ['vite'],
      { 'src/a.ts': '// import.meta.env.VITE_A', 'src/a.test.ts': 'import.meta.env.VITE_B' },
      [],
    ],
    [
      'that SvelteKit imports by name must be set',
      ['@sveltejs/kit', '@sveltejs/adapter-node'],
      { 'src/a.ts': "import { PUBLIC_A, PUBLIC_B as b } from '$env/static/public'" },
      ['PUBLIC_A=', 'PUBLIC_B='],
    ],
  ])('%s', async (_, dependencies, files, expected) => {
    expect((await argsOf(dependencies, files)).args).toEqual(expected)
  })

  test('a private one that SvelteKit imports by name is a secret, whatever it is called', async () => {
    const { args, dockerfile } = await argsOf(['@sveltejs/kit', '@sveltejs/adapter-node'], {
      'src/hooks.server.ts': "import { DATABASE_URL } from '$env/static/private'",
    })
    expect(args).toEqual([])
    expect(dockerfile).toContain('--mount=type=secret,id=DATABASE_URL,env=DATABASE_URL')
    expect(dockerfile).toContain('DATABASE_URL="${DATABASE_URL:-}" npm run build')
  })
})

test('a file that a wrapper of the build reads is none of the image: its variables are arguments', async () => {
  const { args, dockerfile } = await argsOf(['react-scripts'], {
    'package.json': {
      scripts: { build: 'env-cmd -f ./.env.stage react-scripts build' },
      dependencies: { 'react-scripts': '5' },
    },
    '.env.stage': 'REACT_APP_A=1\nSITE=b c\nDB_PASSWORD=d',
  })
  expect(args).toEqual(['REACT_APP_A=1', 'SITE="b c"'])
  expect(dockerfile).toContain('RUN npx react-scripts build')
  expect(dockerfile).not.toContain('env-cmd')
})

test.each([
  [`VITE_A="What it is" # shown above`, 'VITE_A="What it is"'],
  [`VITE_A="What it is"# shown above`, 'VITE_A="What it is"'],
  [`VITE_A="No #1"`, 'VITE_A="No #1"'],
  [`VITE_A='What it is'`, 'VITE_A="What it is"'],
  [`VITE_A=what # shown above`, 'VITE_A=what'],
])('a committed value without its quotes and its comment: %s', async (line, expected) => {
  const { args } = await argsOf(['vite'], { '.env': line, 'src/a.js': 'import.meta.env.VITE_A' })
  expect(args).toEqual([expected])
})

test("a secret that webpack's plugin asks for is mounted, and set where it isn't given", async () => {
  const { args, dockerfile } = await argsOf(['webpack'], {
    'webpack.config.js': "module.exports = { plugins: [new webpack.EnvironmentPlugin(['API_KEY'])] }",
  })
  expect(args).toEqual([])
  expect(dockerfile).toContain('--mount=type=secret,id=API_KEY,env=API_KEY')
  expect(dockerfile).toContain('API_KEY="${API_KEY:-}" npm run build')
})

test.each([
  [['@vue/cli-service', 'vue'], 'VUE_APP_COLOR', ['VUE_APP_COLOR="#409eff"']],
  [['vite'], 'VITE_COLOR', ['VITE_COLOR']],
])('a colour is a comment but to an older dotenv: %j', async (packages, name, expected) => {
  const files = { '.env': `${name}=#409eff\n`, 'src/a.js': '', 'public/index.html': '' }
  expect((await argsOf(packages, files)).args).toEqual(expected)
})

describe('what a committed variable decides of the pages', () => {
  const files = {
    'package.json': { scripts: { build: 'vite build --mode pro' }, dependencies: { vite: '*' } },
    '.env': 'VITE_BASE=/',
    '.env.pro': 'VITE_BASE=/shop/\nVITE_OUT=dist-pro',
  }
  test.each([
    [
      'a name of its own',
      'const own = loadEnv(mode, process.cwd())\n return { base: own.VITE_BASE, build: { outDir: own.VITE_OUT } }',
    ],
    [
      'a default',
      "const env = loadEnv(mode, process.cwd())\n return { base: env.VITE_BASE || '/', build: { outDir: env.VITE_OUT ?? 'dist' } }",
    ],
  ])('by %s', async (_, body) => {
    const { dockerfile, files: written } = await createFrom({
      ...files,
      'index.html': '',
      'vite.config.ts': `import { loadEnv } from 'vite'\nexport default ({ mode }) => {\n ${body}\n}`,
    })
    expect(dockerfile).toContain('COPY --from=build /app/dist-pro /usr/share/nginx/html')
    expect(written.find(({ path }) => path === 'nginx.conf')?.content).toContain('/shop/')
  })

  test('of Vue CLI too', async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { build: 'vue-cli-service build --mode stage' },
        devDependencies: { '@vue/cli-service': '5' },
      },
      'vue.config.js': "module.exports = { outputDir: process.env.VUE_APP_OUT || 'dist' }",
      '.env.stage': "VUE_APP_OUT='stage'",
    })
    expect(dockerfile).toContain('COPY --from=build /app/stage ')
  })
})

test("what Docusaurus's settings read are arguments, with a value where the build ends without one", async () => {
  const { dockerfile, notes } = await createFrom({
    'package.json': { scripts: { build: 'docusaurus build' }, dependencies: { '@docusaurus/core': '3' } },
    'docusaurus.config.js': `export default {
      url: process.env.SITE_URL || 'https://example.com',
      customFields: { api: process.env.API_URL, token: process.env.SOME_TOKEN },
      themeConfig: {
        algolia: { appId: process.env.ALGOLIA_APP_ID, apiKey: process.env.ALGOLIA_API_KEY, indexName: 'a' },
      },
      presets: [['classic', { ...(process.env.GTAG && { gtag: { trackingID: process.env.GTAG } }) }]],
    }`,
  })
  expect(dockerfile).toContain('ARG ALGOLIA_APP_ID=unknown-while-the-image-is-built-000\n')
  expect(dockerfile).toContain('ARG API_URL\n')
  expect(dockerfile).toContain('ARG GTAG\n')
  expect(dockerfile).toContain('--mount=type=secret,id=ALGOLIA_API_KEY,env=ALGOLIA_API_KEY')
  expect(dockerfile).toContain('ALGOLIA_API_KEY="${ALGOLIA_API_KEY:-unknown-while-the-image-is-built-000}"')
  expect(dockerfile).not.toMatch(/SITE_URL|SOME_TOKEN/)
  expect(notes.find(({ code }) => code === 'BUILD_ARG_DEFAULT')?.message).toContain(
    'ALGOLIA_APP_ID, ALGOLIA_API_KEY',
  )
})
