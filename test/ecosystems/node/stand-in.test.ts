import { describe, expect, test } from 'vitest'
import { adapterFor } from '../../../src/knowledge/node-adapters.ts'
import { createFrom, detectIn } from '../../support/project.ts'

const kit = (adapter: string, files: object = {}, manifest: object = {}) => ({
  'package.json': {
    name: 'app',
    type: 'module',
    scripts: { build: 'vite build' },
    devDependencies: { '@sveltejs/kit': '^2.20.0', [adapter]: '*', vite: '7' },
    ...manifest,
  },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'svelte.config.js': `import adapter from '${adapter}'\nexport default { kit: { adapter: adapter() } }`,
  ...files,
})

test.each([
  ['3.2.0', '6.0.1'],
  ['2.4.3', '5.5.7'],
  ['^2.0.0', '5.5.7'],
  ['2.3.0', '3.0.3'],
  ['1.30.4', '1.3.1'],
  ['latest', '6.0.1'],
  ['1.0.0-next.480', '1.0.0-next.96'],
  ['1.0.0-next.380', undefined],
])('SvelteKit %s has its adapter in %s', (version, adapter) => {
  expect(adapterFor('@sveltejs/adapter-node', version)).toBe(adapter)
})

test("SvelteKit's settings are told which of several adapters to take", async () => {
  const { dockerfile } = await createFrom(
    kit('@sveltejs/adapter-node', {
      'svelte.config.js': `import auto from '@sveltejs/adapter-auto'
import cloudflare from '@sveltejs/adapter-cloudflare'
import node from '@sveltejs/adapter-node'
const { env } = process
export default { kit: { adapter: env.ADAPTER == 'node' ? node() : env.CF_PAGES ? cloudflare() : auto() } }`,
    }),
  )
  expect(dockerfile).toMatch(/^ENV ADAPTER=node$/m)
  expect(dockerfile).not.toContain('npm install --global --legacy-peer-deps')
})

test('and the script that builds may say another one', async () => {
  const config = `import node from '@sveltejs/adapter-node'
import files from '@sveltejs/adapter-static'
export default { kit: { adapter: process.env.ADAPTER === 'node' ? node() : files() } }`
  const scripts = { build: 'ADAPTER=static vite build' }
  const { dockerfile } = await createFrom(
    kit('@sveltejs/adapter-static', { 'svelte.config.js': config }, { scripts }),
  )
  expect(dockerfile).not.toContain('ADAPTER=node')
})

test("SvelteKit's adapter for Bun stays where Bun starts what it makes", async () => {
  const scripts = { build: 'vite build', start: 'bun build/index.js' }
  const { dockerfile } = await createFrom(kit('svelte-adapter-bun', {}, { scripts }))
  expect(dockerfile).not.toContain('adapter-node')
  expect(dockerfile).toContain('"build/index.js"]')
})

describe("SvelteKit's adapter for a platform", () => {
  test.each([
    '@sveltejs/adapter-vercel',
    '@sveltejs/adapter-netlify',
    '@sveltejs/adapter-cloudflare',
    '@sveltejs/adapter-cloudflare-workers',
    '@sveltejs/adapter-auto',
    'svelte-adapter-azure-swa',
    'sveltekit-adapter-aws',
    '@yarbsemaj/adapter-lambda',
    'svelte-adapter-bun',
  ])('%s gives way', async adapter => {
    const { dockerfile, plan, candidate } = await createFrom(kit(adapter))
    expect(dockerfile).toContain(
      [
        `# What ${adapter} makes runs on its platform alone: the build finds the adapter for Node.js in its place`,
        'RUN --mount=type=cache,target=/root/.npm \\',
        '    npm install --global --legacy-peer-deps --ignore-scripts @sveltejs/adapter-node@5.5.7 \\',
        `    && rm -rf node_modules/${adapter} \\`,
        `    && mkdir -p ${`node_modules/${adapter}`.replace(/\/[^/]+$/, '')} \\`,
        `    && cp -R /usr/local/lib/node_modules/@sveltejs/adapter-node node_modules/${adapter}`,
        'COPY . .',
      ].join('\n'),
    )
    expect(candidate.notes.find(({ code }) => code === 'ADAPTER_REPLACED')).toMatchObject({
      level: 'warning',
      message: expect.stringContaining(`${adapter} makes nothing that Node.js could start`),
    })
    expect(plan.view.runtime.command).toEqual(['build'])
  })

  test.each(['@sveltejs/adapter-node', '@sveltejs/adapter-static', 'svelte-adapter-uws'])(
    '%s stays',
    async adapter => {
      const { dockerfile } = await createFrom(kit(adapter))
      expect(dockerfile).not.toContain('npm install --global')
    },
  )

  test('each of several that the configuration chooses from gives way', async () => {
    const { dockerfile } = await createFrom(
      kit('@sveltejs/adapter-vercel', {
        'svelte.config.js':
          "import vercel from '@sveltejs/adapter-vercel'\nimport netlify from '@sveltejs/adapter-netlify'\nexport default { kit: { adapter: process.env.NETLIFY ? netlify() : vercel() } }",
      }),
    )
    expect(dockerfile).toContain('adapter-node node_modules/@sveltejs/adapter-netlify')
    expect(dockerfile).toContain('adapter-node node_modules/@sveltejs/adapter-vercel')
  })

  test("a member's own folder has what stands in", async () => {
    const { dockerfile } = await createFrom({
      'package.json': { name: 'root', private: true, workspaces: ['apps/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      ...Object.fromEntries(
        Object.entries(kit('@sveltejs/adapter-vercel'))
          .filter(([path]) => path !== 'package-lock.json')
          .map(([path, content]) => [`apps/web/${path}`, content]),
      ),
    })
    expect(dockerfile).toContain('adapter-node apps/web/node_modules/@sveltejs/adapter-vercel\n')
    // What it makes holds its modules: nothing else of the workspace is in the image.
    expect(dockerfile).toContain('COPY --from=build /app/apps/web/build apps/web/build\n')
    expect(dockerfile).not.toContain('COPY --from=build /app ./')
  })

  test('an older one needs a listener for SIGTERM', async () => {
    const manifest = { devDependencies: { '@sveltejs/kit': '1.30.4', '@sveltejs/adapter-vercel': '3' } }
    const { dockerfile, plan } = await createFrom(kit('@sveltejs/adapter-vercel', {}, manifest))
    expect(dockerfile).toContain('@sveltejs/adapter-node@1.3.1')
    expect(plan.view.runtime.command?.[0]).toBe('--import')
  })

  test('Bun runs what npm has fetched the adapter for', async () => {
    const { 'package-lock.json': _, ...files } = kit(
      '@sveltejs/adapter-vercel',
      { 'bun.lock': '{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }' },
      {
        scripts: { build: 'vite build', start: 'bun build/index.js' },
        devDependencies: { '@sveltejs/kit': '2.30.0', '@sveltejs/adapter-vercel': '5' },
      },
    )
    const { dockerfile } = await createFrom(files)
    expect(dockerfile).toContain('npm install --global --legacy-peer-deps')
    expect(dockerfile).not.toContain('FROM oven/bun:${BUN_VERSION}-slim AS base')
  })

  test('one from long before the first release has none', async () => {
    const [found] = await detectIn(
      kit(
        '@sveltejs/adapter-vercel',
        {},
        {
          devDependencies: { '@sveltejs/kit': '1.0.0-next.380', '@sveltejs/adapter-vercel': '1.0.0-next.57' },
        },
      ),
    )
    expect(found?.questions.map(({ code }) => code)).toEqual(['ADAPTER_MISSING'])
  })
})

test.each([
  ['src/routes/+page.server.ts', 'export const load = ({ platform }) => platform.env.DB.prepare(q)', true],
  ['src/routes/+page.server.ts', 'export const load = ({ platform }) => open(platform?.env?.DB)', true],
  ['src/hooks.server.ts', 'event.locals.db = drizzle(event.platform!.env.DB)', true],
  ['src/hooks.server.js', 'const { env } = event.platform\nenv.KV.get(key)', true],
  ['src/lib/db.ts', "import { env } from 'cloudflare:workers'", true],
  ['src/hooks.server.ts', 'if (!event.platform?.env) throw error(500)', true],
  ['src/hooks.server.ts', 'const url = platform?.env?.URL ?? env.URL', false],
  ['src/hooks.server.ts', 'if (platform?.env) { store = platform.env.KV } else { store = files() }', false],
  ['src/hooks.server.ts', 'const db = event.platform?.env ? event.platform.env.DB : local', false],
  [
    'src/app.d.ts',
    'declare global { namespace App { interface Platform { env: { DB: D1Database } } } }',
    false,
  ],
  ['src/hooks.server.ts', 'platform?.context.waitUntil(work)', false],
])('%s: `%s` is for Cloudflare alone: %s', async (path, code, asked) => {
  const [found] = await detectIn(kit('@sveltejs/adapter-cloudflare', { [path]: code }))
  expect(found?.questions.some(({ code: name }) => name === 'PLATFORM_BINDINGS')).toBe(asked)
})

const site = (adapter: string, output: string, files: object = {}, astro = '5.18.0') => ({
  'package.json': {
    name: 'app',
    scripts: { build: 'astro build' },
    dependencies: { astro, [adapter.split('/').slice(0, 2).join('/')]: '*' },
  },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'astro.config.mjs': `import adapter from '${adapter}'\nexport default { ${output && `output: '${output}', `}adapter: adapter() }`,
  'src/pages/index.astro': '<h1>Home</h1>',
  ...files,
})
const late = { 'src/pages/now.astro': '---\nexport const prerender = false\n---\n<p>Now</p>' }

describe("Astro's adapter for a platform", () => {
  test('has its modules where the command puts the server', async () => {
    const files = site('@astrojs/vercel', 'server')
    const scripts = { build: 'astro build --outDir site' }
    const { dockerfile, plan } = await createFrom({
      ...files,
      'package.json': { ...files['package.json'], scripts },
    })
    expect(dockerfile).toContain('@astrojs/node/node_modules site/server/')
    expect(plan.view.runtime.command?.at(-1)).toBe('site/server/entry.mjs')
  })

  test('gives way to one that stands alone, with its modules beside the server', async () => {
    const { dockerfile, plan } = await createFrom(site('@astrojs/vercel/serverless', 'server'))
    expect(dockerfile).toContain(
      [
        '    npm install --global --legacy-peer-deps --ignore-scripts @astrojs/node@9.5.5 \\',
        '    && rm -rf node_modules/@astrojs/node \\',
        '    && mkdir -p node_modules/@astrojs \\',
        '    && cp -R /usr/local/lib/node_modules/@astrojs/node node_modules/@astrojs/node \\',
        '    && rm -rf node_modules/@astrojs/vercel \\',
        '    && mkdir -p node_modules/@astrojs/vercel \\',
        `    && echo '{"type":"module","exports":{".":"./index.js","./*":"./index.js"}}' > node_modules/@astrojs/vercel/package.json \\`,
        "    && echo 'export default function adapter(options?: any): any' > node_modules/@astrojs/vercel/index.d.ts \\",
        `    && echo 'import node from "@astrojs/node"; export default () => node({ mode: "standalone" })' > node_modules/@astrojs/vercel/index.js`,
        'COPY . .',
        'RUN npm run build \\',
        '    && cp -R /usr/local/lib/node_modules/@astrojs/node/node_modules dist/server/',
      ].join('\n'),
    )
    expect(plan.view.runtime.command?.at(-1)).toBe('dist/server/entry.mjs')
    expect(dockerfile).toContain('ENV HOST=0.0.0.0')
  })

  test.each<[string, ReturnType<typeof site>, 'program' | 'files']>([
    ['a page that is made when it is asked for', site('@astrojs/netlify', '', late), 'program'],
    ['actions', site('@astrojs/netlify', 'static', { 'src/actions/index.ts': 'export const server = {}' }), 'program'],
    ['hybrid output', site('@astrojs/cloudflare', 'hybrid', late, '4.16.0'), 'program'],
    ['pages that are files', site('@astrojs/vercel', 'static'), 'files'],
    ['a page of a release that made files alone', site('@astrojs/vercel/static', 'static', late, '4.16.0'), 'files'],
  ])('%s', async (_, files, is) => {
    const { dockerfile } = await createFrom(files)
    expect(dockerfile.includes('npm install --global')).toBe(is === 'program')
    expect(dockerfile.includes('/usr/share/nginx/html')).toBe(is === 'files')
  }) // biome-ignore format: one row a project

  test('stays where the configuration has the one for Node.js too', async () => {
    const files = site('@astrojs/vercel', 'server', {
      'astro.config.mjs':
        "import vercel from '@astrojs/vercel'\nimport node from '@astrojs/node'\nexport default { output: 'server', adapter: process.env.VERCEL ? vercel() : node({ mode: 'standalone' }) }",
    })
    const manifest = { ...files['package.json'], dependencies: { astro: '5.18.0', '@astrojs/node': '9.5.0' } }
    const { dockerfile } = await createFrom({ ...files, 'package.json': manifest })
    expect(dockerfile).not.toContain('npm install --global')
  })

  test.each([
    ['const { env } = Astro.locals.runtime', true],
    ['const rows = await Astro.locals.runtime.env.DB.prepare(q).all()', true],
    ['const key = Astro.locals.runtime?.env?.KEY ?? import.meta.env.KEY', false],
  ])('%s is for Cloudflare alone: %s', async (code, asked) => {
    const page = `---\n${code}\n---\n<p />`
    const [found] = await detectIn(site('@astrojs/cloudflare', 'server', { 'src/pages/rows.astro': page }))
    expect(found?.questions.map(item => item.code)).toEqual(asked ? ['PLATFORM_BINDINGS'] : [])
  })

  test('is asked about where no release stands in', async () => {
    const [found] = await detectIn(site('@astrojs/vercel/serverless', 'server', {}, '1.9.2'))
    expect(found?.questions.map(item => item.code)).toEqual(['ADAPTER_MISSING'])
  })
})

test.each([
  ['@cloudflare/vite-plugin', '{ cloudflare }'],
  ['@netlify/vite-plugin-tanstack-start', 'netlify'],
])('TanStack Start is built without %s', async (plugin, name) => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'vite build' },
      dependencies: { '@tanstack/react-start': '1.160.0', [plugin]: '1', vite: '7' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/srvx': { version: '0.11.22', bin: { srvx: 'bin/srvx.mjs' } } },
    },
    'vite.config.ts': `import ${name} from '${plugin}'\nexport default {}`,
  })
  expect(dockerfile).toContain(
    `# What ${plugin} makes runs on its platform alone: the build finds nothing in its place\nRUN rm -rf node_modules/${plugin} \\\n`,
  )
  expect(dockerfile).toContain(
    `echo 'export const cloudflare = () => []; export default cloudflare' > node_modules/${plugin}/index.js\n`,
  )
  expect(dockerfile).not.toContain('npm install --global')
  expect(candidate.questions).toEqual([])
  expect(candidate.facts.start?.value).toBe('srvx --prod -s ../client dist/server/server.js')
  expect(candidate.notes.find(({ code }) => code === 'ADAPTER_REPLACED')?.message).toContain('goes without')
})
