import { describe, expect, test } from 'vitest'
import { FRAMEWORKS } from '../../../src/ecosystems/node/frameworks.ts'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>
const project = (
  dependencies: readonly string[],
  scripts: object,
  files: Files = {},
  members: object = {},
): Files => ({
  'package.json': {
    name: 'app',
    scripts,
    dependencies: Object.fromEntries(dependencies.map(name => [name, '*'])),
    ...members,
  },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  ...files,
})
const nitroFor = (preset: string): string =>
  `import { nitro } from 'nitro/vite'\nexport default { plugins: [nitro({ preset: '${preset}' })] }`
const html = { 'index.html': '<div id="root"></div>' }

describe('every framework', () => {
  test.each(FRAMEWORKS)(
    '$name is known by each of its packages',
    async ({ name, packages, tier, build, scripts: own }) => {
      for (const item of packages) {
        const files = project(
          [item],
          {
            ...(build && { build }),
            ...(name === 'gulp' && { build: 'gulp' }),
            ...(own?.[0] !== undefined && { [own[0]]: build ?? '' }),
            ...(tier === 'files' ? {} : { start: 'node server.js' }),
          },
          {
            ...html,
            'server.js': '',
            'angular.json': { projects: { app: { architect: { build: {} } } } },
            ...(name === 'gulp' && { 'gulpfile.js': "gulp.src('*.html').pipe(gulp.dest('dist'))" }),
            ...(name === 'docusaurus 1' && { 'siteConfig.js': "module.exports = { projectName: 'site' }" }),
            ...(name === 'meteor' && { '.meteor/release': '' }),
            ...(name === 'stencil' && {
              'stencil.config.ts': "export const config = { outputTargets: [{ type: 'www' }] }",
            }),
            ...(name === 'vike' && { 'pages/+config.ts': 'export default { prerender: true }' }),
          },
        )
        const [found] = await detectIn(files)
        expect.soft(found?.facts.framework?.value, item).toBe(name)
      }
    },
  )
})

describe('sites', () => {
  test.each<[string, string[], object, Files, string]>([
    ['Vite', ['vite'], { build: 'vite build' }, html, 'dist'],
    [
      'Vite with an outDir',
      ['vite'],
      { build: 'vite build' },
      {
        ...html,
        'vite.config.ts': "export default defineConfig(({ mode }) => ({ build: { outDir: 'build' } }))",
      },
      'build',
    ],
    [
      'Vite with an outDir by flag',
      ['vite'],
      { build: 'tsc && vite build --outDir public_html' },
      html,
      'public_html',
    ],
    [
      'Vite with a root',
      ['vite'],
      { build: 'vite build' },
      { 'web/index.html': '', 'vite.config.js': "const config = { root: 'web' }\nexport default config" },
      'web/dist',
    ],
    ['Create React App', ['react-scripts'], { build: 'react-scripts build' }, {}, 'build'],
    [
      'Vue CLI',
      ['@vue/cli-service'],
      { build: 'vue-cli-service build' },
      { 'vue.config.js': "module.exports = { outputDir: 'out' }" },
      'out',
    ],
    [
      'Angular, application builder',
      ['@angular/core'],
      { build: 'ng build' },
      {
        'angular.json': {
          projects: {
            shop: {
              projectType: 'application',
              architect: {
                build: { builder: '@angular/build:application', options: { outputPath: 'dist/shop' } },
              },
            },
          },
        },
      },
      'dist/shop/browser',
    ],
    [
      'Angular, older builder',
      ['@angular/core'],
      { build: 'ng build' },
      {
        'angular.json': {
          projects: {
            shop: {
              architect: {
                build: { builder: '@angular-devkit/build-angular:browser', options: { outputPath: 'dist' } },
              },
            },
          },
        },
      },
      'dist',
    ],
    [
      'Angular without outputPath',
      ['@angular/core'],
      { build: 'ng build' },
      {
        'angular.json': {
          projects: {
            shop: { architect: { build: { builder: '@angular/build:application', options: {} } } },
          },
        },
      },
      'dist/shop/browser',
    ],
    ['Astro', ['astro'], { build: 'astro build', start: 'astro dev' }, {}, 'dist'],
    ['Gatsby', ['gatsby'], { build: 'gatsby build', start: 'gatsby develop' }, {}, 'public'],
    [
      'Gridsome, with the main file of its pages',
      ['gridsome'],
      { build: 'gridsome build' },
      {
        'gridsome.config.js': "module.exports = { outputDir: 'public' }",
        'src/main.js': 'export default Vue => {}',
      },
      'public',
    ],
    [
      'Preact CLI, with a server of files for those who try it',
      ['preact-cli'],
      { build: 'preact build --dest out', serve: 'preact build && preact serve' },
      {},
      'out',
    ],
    [
      'react-static',
      ['react-static'],
      { build: 'react-static build', start: 'react-static start' },
      {},
      'dist',
    ],
    [
      'Stencil with a folder of its own for pages',
      ['@stencil/core'],
      { build: 'stencil build', start: 'stencil build --dev --watch --serve' },
      {
        'stencil.config.ts':
          "export const config: Config = { outputTargets: [{ type: 'dist' }, { type: 'www', dir: 'web' }] }",
      },
      'web',
    ],
    [
      'Snowpack by the manifest, with a page to mount',
      ['snowpack'],
      { build: 'snowpack build', start: 'snowpack dev' },
      { 'public/index.html': '', 'snowpack.config.json': { buildOptions: { out: 'site' } } },
      'site',
    ],
    ['Vocs', ['vocs'], { build: 'vocs build', preview: 'vocs preview' }, {}, 'docs/dist'],
    [
      'Vike that renders before',
      ['vike', 'vite'],
      { build: 'vike build', preview: 'vike preview' },
      { 'vite.config.ts': 'export default { plugins: [vike({ prerender: true })] }' },
      'dist/client',
    ],
    ['ice.js', ['ice.js'], { build: 'icejs build', start: 'icejs start' }, { 'src/app.ts': '' }, 'build'],
    ['Farm', ['@farmfe/core'], { build: 'farm build', start: 'farm start' }, { 'src/index.ts': '' }, 'dist'],
    [
      'uni-app for browsers, of builds for several platforms',
      ['@dcloudio/uni-h5', 'vite'],
      { 'build:mp-weixin': 'uni build -p mp-weixin', 'build:h5': 'uni build' },
      html,
      'dist/build/h5',
    ],
    [
      'Taro for browsers, with the platform in the name of the folder',
      ['@tarojs/cli'],
      { 'build:weapp': 'taro build --type weapp', 'build:h5': 'taro build --type h5' },
      { 'config/index.js': 'module.exports = { outputRoot: `dist/${process.env.TARO_ENV}` }' },
      'dist/h5',
    ],
    ['Sapper, exported', ['sapper'], { build: 'sapper export' }, {}, '__sapper__/export'],
    [
      'Analog with pages alone',
      ['@analogjs/platform', '@angular/core', 'vite'],
      { build: 'vite build', start: 'vite' },
      { ...html, 'vite.config.ts': 'export default { plugins: [analog({ static: true })] }' },
      'dist/analog/public',
    ],
    [
      'a runner of scripts by the environment, for developers alone',
      ['@docusaurus/core', 'by-node-env'],
      { build: 'docusaurus build', start: 'by-node-env', 'start:development': 'docusaurus start' },
      {},
      'build',
    ],
    [
      'Docusaurus',
      ['@docusaurus/core'],
      { build: 'docusaurus build', start: 'docusaurus start' },
      {},
      'build',
    ],
    [
      'VitePress in a folder',
      ['vitepress'],
      { 'docs:build': 'vitepress build docs' },
      {},
      'docs/.vitepress/dist',
    ],
    ['Eleventy', ['@11ty/eleventy'], { build: 'eleventy' }, {}, '_site'],
    [
      'Next.js as files',
      ['next'],
      { build: 'next build' },
      { 'next.config.mjs': "const nextConfig = { output: 'export' }\nexport default withMDX(nextConfig)" },
      'out',
    ],
    ['Nuxt as files', ['nuxt'], { build: 'nuxt generate' }, {}, '.output/public'],
    [
      'SvelteKit as files',
      ['@sveltejs/kit', '@sveltejs/adapter-static'],
      { build: 'vite build' },
      {},
      'build',
    ],
    [
      'React Router as files',
      ['@react-router/dev'],
      { build: 'react-router build' },
      { 'react-router.config.ts': 'export default { ssr: false } satisfies Config' },
      'build/client',
    ],
  ])('%s', async (_, dependencies, scripts, files, out) => {
    const { dockerfile, candidate } = await createFrom(project(dependencies, scripts, files))
    expect(dockerfile).toContain(`COPY --from=build /app/${out} /usr/share/nginx/html\n`)
    expect(candidate.facts.port?.value).toBe(8080)
    expect(candidate.facts.start).toBeUndefined()
  })

  test('only a client router gets the paths that are no files', async () => {
    const nginx = async (dependencies: string[]) =>
      (await createFrom(project(dependencies, { build: 'vite build' }, html))).files.find(
        ({ path }) => path === 'nginx.conf',
      )?.content
    expect(await nginx(['vite', 'react-router-dom'])).toContain('try_files $uri $uri/index.html /index.html;')
    const plain = await nginx(['vite'])
    expect(plain).toContain('=404;')
    expect(plain).not.toContain('/index.html;\n    }\n}\n /index.html')
  })

  test('a base path is a folder of the site', async () => {
    const { dockerfile, files } = await createFrom(
      project(
        ['vite'],
        { build: 'vite build' },
        { ...html, 'vite.config.js': "export default { base: '/docs/' }" },
      ),
    )
    expect(dockerfile).toContain('COPY --from=build /app/dist /usr/share/nginx/html/docs\n')
    expect(files.map(({ content }) => content).join('')).toContain('"~^/docs/assets/"')
  })

  test("a web server's file of the project's own stays", async () => {
    const { files } = await createFrom(
      project(['vite'], { build: 'vite build' }, { ...html, 'nginx.conf': 'worker_processes 1;' }),
    )
    expect(files.map(({ path }) => path)).toEqual(['Dockerfile', 'nginx.site.conf', '.dockerignore'])
  })

  test('names that the browser gets become arguments, secrets by their look a mount', async () => {
    const { dockerfile } = await createFrom(
      project(
        ['vite'],
        { build: 'vite build' },
        {
          ...html,
          '.env.example': 'VITE_API_URL=\nVITE_MAPS_KEY=\nDATABASE_PASSWORD=x\n',
          '.env.production': 'VITE_TITLE=Harbour\nSECRET=1\n',
        },
      ),
    )
    expect(dockerfile).toContain('ARG VITE_API_URL\n')
    expect(dockerfile).toContain('ARG VITE_TITLE=Harbour\n')
    expect(dockerfile).toContain('--mount=type=secret,id=VITE_MAPS_KEY,env=VITE_MAPS_KEY')
    expect(dockerfile).not.toMatch(/DATABASE_PASSWORD|SECRET/)
  })
})

describe('servers of frameworks', () => {
  test('Next.js is made standalone where its configuration names no output', async () => {
    const { dockerfile } = await createFrom(
      project(['next'], { build: 'next build', start: 'next start' }, { 'public/a.png': '' }),
    )
    expect(dockerfile).toContain('NEXT_PRIVATE_STANDALONE=true npm run build')
    expect(dockerfile).toContain('COPY --from=build /app/public ./public')
    expect(dockerfile).toContain('ENV HOSTNAME=0.0.0.0')
  })

  test('Next.js with the output set needs no variable, and no public folder is copied that is not there', async () => {
    const { dockerfile } = await createFrom(
      project(
        ['next'],
        { build: 'next build' },
        { 'next.config.ts': "const config: NextConfig = { output: 'standalone' }\nexport default config" },
      ),
    )
    expect(dockerfile).not.toMatch(/NEXT_PRIVATE_STANDALONE|\/public/)
  })

  test('a commented output is no output', async () => {
    const { dockerfile } = await createFrom(
      project(
        ['next'],
        { build: 'next build' },
        { 'next.config.js': "module.exports = {\n  // output: 'export',\n}" },
      ),
    )
    expect(dockerfile).toContain('NEXT_PRIVATE_STANDALONE')
  })

  test.each([
    ['Prisma', { prisma: '6', '@prisma/client': '6' }, '/data', false],
    ['Payload', { payload: '3', '@payloadcms/db-sqlite': '3' }, '/data', true],
    ['libSQL without an example', { '@libsql/client': '0.15' }, undefined, true],
    ['none', {}, undefined, false],
  ])(
    'a standalone server with a database in a file has a place for it: %s',
    async (name, packages, volume, owns) => {
      const files = {
        'package.json': {
          name: 'app',
          scripts: { build: 'next build' },
          dependencies: { next: '16', ...packages },
        },
        'package-lock.json': { lockfileVersion: 3, packages: {} },
        'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n  url = env("DATABASE_URL")\n}\n',
        ...(name === 'Payload' && { '.env.example': 'SECRET=x\nDATABASE_URL=file:./payload.db\n' }),
      }
      const { dockerfile, plan } = await createFrom(files)
      const owned = `--chown=${plan.view.runtime.user} `
      expect(plan.view.runtime.volume).toBe(volume)
      expect(dockerfile.includes(`COPY --from=build ${owned}/data /data\n`)).toBe(volume !== undefined)
      expect(dockerfile.includes('    && mkdir /data\n')).toBe(volume !== undefined)
      expect(dockerfile.includes('ENV DATABASE_URL=file:/data/app.db\n')).toBe(volume !== undefined)
      expect(
        dockerfile.includes(`COPY --from=build ${owned}--exclude=node_modules /app/.next/standalone ./\n`),
      ).toBe(owns)
      const slim = await createFrom(files, { runtime: 'slim' })
      expect(slim.dockerfile.includes('USER 1000:1000\nWORKDIR /app\n')).toBe(owns)
    },
  )

  test.each([
    ['pages/api/notes.ts', true],
    ['app/actions/notes.ts', true],
    ['scripts/notes.ts', false],
    ['lib/setup.ts', false],
  ])('a standalone server that writes files owns its folder: %s', async (path, owns) => {
    const { dockerfile } = await createFrom(
      project(
        ['next'],
        { build: 'next build', setup: 'tsx lib/setup.ts' },
        { [path]: "import fs from 'fs/promises'\nexport const save = () => fs.mkdir('data/notes')" },
      ),
      { runtime: 'slim' },
    )
    expect(dockerfile.includes('USER 1000:1000\nWORKDIR /app\n')).toBe(owns)
  })

  test.each<[string, string, boolean]>([
    ['a file of its own', 'astro check && astro build', true],
    ['a remote one', 'astro build --remote', false],
  ])('the database of Astro DB: %s', async (_, build, own) => {
    const { plan, dockerfile, candidate } = await createFrom(
      project(
        ['astro', '@astrojs/node', '@astrojs/db'],
        { build },
        {
          'astro.config.mjs':
            "import node from '@astrojs/node'\nimport db from '@astrojs/db'\nexport default defineConfig({ output: 'server', adapter: node({ mode: 'standalone' }), integrations: [db()] })",
        },
      ),
    )
    expect(plan.view.runtime.volume).toBe(own ? '/data' : undefined)
    expect(candidate.facts.env).toBeUndefined()
    expect(/mkdir \/data\b.*\n.*ASTRO_DATABASE_FILE=file:\/data\/app.db npm run build/.test(dockerfile)).toBe(
      own,
    )
    expect(dockerfile.includes(`COPY --from=build --chown=${plan.view.runtime.user} /data /data\n`)).toBe(own)
  })

  test.each([
    ['a file', 'file:./local.db', '/data'],
    ['a file by its path', 'file:/srv/app/local.sqlite', '/data'],
    ['a server', 'postgres://localhost/app', undefined],
    ['a server of libSQL', 'libsql://local.db', undefined],
    ['nothing', '', undefined],
  ])('the example of a database says %s', async (_, value, volume) => {
    const files = {
      'package.json': {
        name: 'app',
        scripts: { build: 'tsc', start: 'node dist/a.js' },
        devDependencies: { typescript: '5' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      'src/a.ts': '',
      '.env.example': `DB_URL=${value}\n`,
    }
    const { plan, dockerfile } = await createFrom(files)
    expect(plan.view.runtime.volume).toBe(volume)
    expect(dockerfile.includes('ENV DB_URL=file:/data/app.db\n')).toBe(volume !== undefined)
    // Without a build nothing makes the folder.
    const plain = await createFrom({
      ...files,
      'package.json': { name: 'app', scripts: { start: 'node a.js' } },
      'a.js': '',
    })
    expect(plain.dockerfile).not.toContain('/data')
  })

  test.each([
    [
      'that a variable moves',
      "process.env.SQLITE || '/etc/todos/todo.db'",
      '/etc/todos',
      'mkdir -p /etc/todos',
    ],
    ['at the top', "'/config/app.sqlite'", '/config', 'mkdir /config'],
    ['that the image has', "'/etc/app.db'", undefined, undefined],
    ['for the time being', "'/tmp/cache/app.db'", undefined, undefined],
    ['beside the program', "'data/app.db'", undefined, undefined],
  ])('a database by its path, a folder %s', async (_, path, volume, made) => {
    const { plan, dockerfile } = await createFrom(
      project(
        ['sqlite3'],
        { start: 'node server.js' },
        {
          'server.js': `const { Database } = require('sqlite3')\nnew Database(${path})\nrequire('http').createServer().listen(80)`,
        },
      ),
    )
    expect(plan.view.runtime.volume).toBe(volume)
    if (made === undefined) return expect(dockerfile).not.toContain('mkdir')
    expect(dockerfile).toContain(`    && ${made}\n`)
    expect(dockerfile).toContain(`COPY --from=deps --chown=${plan.view.runtime.user} ${volume} ${volume}\n`)
  })

  test("Next.js behind the project's own server keeps that server", async () => {
    const { plan } = await createFrom(
      project(
        ['next', 'express'],
        { build: 'next build', start: 'node server.js' },
        { 'server.js': "require('express')().listen(4000)" },
      ),
    )
    expect(plan.template).toBe('node/server')
    expect(plan.view.runtime).toMatchObject({ port: 4000 })
  })

  test('Nuxt ships its output alone', async () => {
    const { dockerfile, plan } = await createFrom(
      project(['nuxt'], { build: 'nuxt build', postinstall: 'nuxt prepare' }),
    )
    expect(dockerfile).toContain('COPY --from=build /app/.output ./\n')
    expect(dockerfile).not.toMatch(/postinstall|AS deps/)
    expect(plan.view.runtime.command).toEqual(['server/index.mjs'])
  })

  test('SvelteKit without dependencies ships no modules', async () => {
    const files = project(
      [],
      { build: 'vite build' },
      {},
      { devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5.2.0' } },
    )
    const { dockerfile, plan } = await createFrom(files)
    expect(dockerfile).not.toContain('/app/node_modules')
    expect(plan.view.runtime.command).toEqual(['build'])
  })

  test("SvelteKit's older adapter doesn't end on SIGTERM", async () => {
    const files = project(
      [],
      { build: 'vite build' },
      {},
      { devDependencies: { '@sveltejs/kit': '1', '@sveltejs/adapter-node': '1.2.3' } },
    )
    expect((await createFrom(files)).plan.view.runtime.command?.[0]).toBe('--import')
  })

  test('SvelteKit takes the values that it imports by name from the example', async () => {
    const files = project(
      [],
      { build: 'vite build' },
      { '.env.example': 'PUBLIC_NAME=Harbour Office\n' },
      { devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5.2.0' } },
    )
    expect((await createFrom(files)).dockerfile).toContain('ARG PUBLIC_NAME="Harbour Office"\n')
  })

  test('Astro with its Node adapter is started with an address that is reachable', async () => {
    const { dockerfile, plan } = await createFrom(
      project(['astro', '@astrojs/node'], { build: 'astro build', start: 'astro dev' }),
    )
    expect(dockerfile).toContain('ENV HOST=0.0.0.0')
    expect(plan.view.runtime.command?.at(-1)).toBe('dist/server/entry.mjs')
    expect(plan.view.runtime.port).toBe(4321)
  })

  test.each([
    ['its first releases', '^2.1.0', '', 3000],
    ['its settings', '5.1.0', 'server: { port: 4000 }, ', 4000],
  ])("Astro's server listens on the port of %s", async (_, astro, server, port) => {
    const { plan } = await createFrom(
      project(
        [],
        { build: 'astro build' },
        {
          'astro.config.mjs': `import node from '@astrojs/node'\nexport default { ${server}output: 'server', adapter: node({ mode: 'standalone' }) }`,
        },
        { dependencies: { astro, '@astrojs/node': '*' } },
      ),
    )
    expect(plan.view.runtime.port).toBe(port)
  })

  test('React Router is served by its own program', async () => {
    const { plan } = await createFrom(
      project(
        ['@react-router/serve', 'react-router'],
        { build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
        {},
        { devDependencies: { '@react-router/dev': '7' } },
      ),
    )
    expect(plan.view.runtime.command?.slice(-2)).toEqual([
      'node_modules/.bin/react-router-serve',
      './build/server/index.js',
    ])
  })
})

test.each<[string, Record<string, string>, string, string, number]>([
  ['Sails', { sails: '1', 'node-cron': '3' }, 'node app.js', "const sails = require('sails')\nsails.lift(require('sails/accessible/rc')('sails'))", 1337],
  ['Total.js, with its port as an argument', { total5: '*' }, 'node app.js 8001', "require('total5')\nF.run({})", 8001],
])('a server that is told to start by another name: %s', async (_, dependencies, start, code, port) => {
  const [app] = await detectIn({
    'package.json': { name: 'app', scripts: { start }, dependencies },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'app.js': code,
  })
  expect(app?.facts).toMatchObject({ kind: { value: 'web' }, port: { value: port } })
}) // biome-ignore format: one row a framework

describe('kinds', () => {
  test.each<[string, string[], string, string]>([
    ['a bot', ['discord.js'], 'client.login(process.env.TOKEN)', 'worker'],
    ['a server', ['express'], 'app.listen(3000)', 'web'],
    [
      'a plain server with a schedule',
      ['node-schedule'],
      "require('http').createServer().listen(8000)",
      'web',
    ],
    ['a schedule', ['node-schedule'], "schedule('* * * * *', job)", 'worker'],
    ['a plain server', [], "require('http').createServer().listen(8000)", 'web'],
    [
      'a queue worker with a library for servers',
      ['express', 'bullmq'],
      "new Worker('queue', job)",
      'worker',
    ],
  ])('%s', async (_, dependencies, code, kind) => {
    const [found] = await detectIn(project(dependencies, { start: 'node index.js' }, { 'index.js': code }))
    expect(found?.facts.kind.value).toBe(kind)
  })

  test('tools beside another language are incidental', async () => {
    const [found] = await detectIn({
      'package.json': { devDependencies: { prettier: '3' }, scripts: { format: 'prettier .' } },
      Gemfile: '',
    })
    expect(found?.fit).toBe('incidental')
  })

  test('what the build runs decides between two frameworks', async () => {
    const [app] = await detectIn(
      project(['next', 'parcel'], { build: 'parcel build' }, { 'src/index.html': '' }),
    )
    expect(app?.facts).toMatchObject({ kind: { value: 'spa' }, framework: { value: 'parcel' } })
  })

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['pages', {}, { 'nx.json': '{}', 'pages/index.js': '' }, 'next'],
    ['a script', { build: 'next build web' }, { 'nx.json': '{}' }, 'next'],
    ['no other app', {}, {}, 'next'],
    ['nothing of it', {}, { 'nx.json': '{}' }, 'express'],
  ])('a listed Next.js with %s', async (_, scripts, files, framework) => {
    const [app] = await detectIn(
      project(
        ['next', 'express'],
        { start: 'node server.js', ...scripts },
        { 'server.js': 'app.listen(1)', ...files },
      ),
    )
    expect(app?.facts.framework?.value).toBe(framework)
  })

  test('a script that serves the output tells where it is, whatever runs before', async () => {
    const { dockerfile, candidate } = await createFrom(
      project(
        ['react-scripts'],
        {
          build: 'node banner.js; react-scripts build && mv build _static',
          start: 'node banner.js; serve -s _static -n',
        },
        { 'banner.js': '' },
      ),
    )
    expect(candidate.facts.kind.value).toBe('spa')
    expect(dockerfile).toContain('COPY --from=build /app/_static /usr/share/nginx/html\n')
  })

  test.each<[string, object, string | undefined]>([
    ['its pages are made and shown alone', { build: 'vite build', start: 'vite' }, 'spa'],
    ['its pages are shown by it alone', { build: 'vite build', start: 'electron .' }, undefined],
    [
      'a script for development shows them',
      { build: 'vite build', start: 'electron .', 'start:dev': 'vite' },
      'spa',
    ],
    ['something runs before', { build: 'vite build', dev: 'node banner.js && vite' }, 'spa'],
    ['it shows them as well', { build: 'vite build', dev: 'vite & electron .' }, undefined],
    ['its build packs the window', { build: 'vite build && electron-builder', dev: 'vite' }, undefined],
  ])('a desktop app of Electron: %s', async (_, scripts, kind) => {
    const [app] = await detectIn(project(['vite', 'electron'], scripts, { 'index.html': '' }))
    expect(app?.facts.kind.value).toBe(kind)
    expect(app?.notes.some(({ code }) => code === 'WINDOW_LEFT_OUT')).toBe(kind && true)
  })

  test("a framework's server is an app, whatever window shows its pages too", async () => {
    const scripts = { build: 'remix vite:build', dev: 'remix vite:dev', electron: 'electron .' }
    const [app] = await detectIn(project(['vite', 'electron', '@remix-run/dev', '@remix-run/serve'], scripts))
    expect(app?.facts).toMatchObject({ kind: { value: 'web' }, framework: { value: 'remix' } })
  })

  test("what Next.js's compiler keeps is in no image of a program around it", async () => {
    const { dockerfile } = await createFrom(
      project(
        ['next', 'express'],
        { build: 'next build', start: 'node server.js' },
        {
          'pages/index.js': '',
          'server.js': "const app = require('next')({})\nrequire('express')().listen(process.env.PORT)",
        },
      ),
    )
    expect(dockerfile).toContain('target=/app/.next/cache,sharing=locked \\\n    npm run build\n')
  })

  test('a command whose page a bundler makes is a command, and its build is what is run before it is packed', async () => {
    const manifest = {
      name: 'draw',
      bin: './src/cli.js',
      scripts: { prepare: 'tsc && vite build', test: 'vitest' },
      devDependencies: { vite: '7', typescript: '5' },
    }
    const [app] = await detectIn({ 'package.json': manifest, 'index.html': '', 'src/cli.js': '' })
    expect(app?.facts).toMatchObject({
      kind: { value: 'cli' },
      start: { value: 'node src/cli.js' },
      build: { value: 'npm run prepare' },
    })
  })

  test('an extension of an editor is no candidate', async () => {
    const manifest = {
      name: 'a',
      engines: { vscode: '^1.90.0' },
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    }
    expect(await detectIn({ 'package.json': manifest, 'index.html': '' })).toEqual([])
  })

  test('a server that a desktop app is made of too is one', async () => {
    const [app] = await detectIn(
      project(['next', '@tauri-apps/cli'], { build: 'next build', start: 'next start' }),
    )
    expect(app?.facts).toMatchObject({ kind: { value: 'web' }, start: { value: 'next start' } })
    const adapter = (name: string) => ({
      'svelte.config.js': `import adapter from '${name}'\nexport default { kit: { adapter: adapter() } }`,
    })
    const kit = (name: string) =>
      detectIn(
        project(
          ['@sveltejs/kit', name, '@tauri-apps/cli', '@tauri-apps/api'],
          { build: 'vite build' },
          adapter(name),
        ),
      )
    expect((await kit('@sveltejs/adapter-node'))[0]?.facts.kind.value).toBe('web')
    expect(await kit('@sveltejs/adapter-static')).toEqual([])
    const desktop = ['vite', '@tauri-apps/cli', '@tauri-apps/plugin-dialog']
    expect(await detectIn(project(desktop, { build: 'vite build' }))).toEqual([])
    const pages = project(['vite', '@tauri-apps/cli'], { build: 'vite build' }, { 'index.html': '' })
    expect((await detectIn(pages))[0]?.facts.kind.value).toBe('spa')
    const installed = project([...desktop, 'vite-plugin-pwa'], { build: 'vite build' }, { 'index.html': '' })
    const [site] = await detectIn(installed)
    expect(site?.facts.kind.value).toBe('spa')
    expect(site?.notes.find(({ code }) => code === 'WINDOW_LEFT_OUT')?.message).toContain("Tauri's window")
  })

  test('an app for phones is no candidate', async () => {
    expect(await detectIn(project(['expo', 'react-native'], { start: 'expo start' }))).toEqual([])
  })
})

describe('sites without a framework', () => {
  const copied = async (files: Files) => {
    const { dockerfile, plan } = await createFrom(files)
    return `${plan.template}: ${/^COPY (.*) \/usr\/share\/nginx\/html$/m.exec(dockerfile)?.[1]}`
  }

  test('a bundle beside its page, served while it is made', async () => {
    const files = {
      'package.json': {
        name: 'a',
        main: 'public/index.js',
        scripts: { start: 'serve public -l 5000 -s & rollup -w -c', build: 'rollup -c' },
        devDependencies: { rollup: '4', serve: '14' },
      },
      'public/index.html': '',
      'src/index.js': '',
    }
    expect(await copied(files)).toBe('node/site: --from=build /app/public')
  })
  test.each<[string, object, Files, string]>([
    [
      'pages as they are',
      {},
      html,
      'node/plain: --exclude=nginx.conf --exclude=package.json --exclude=*.md .',
    ],
    [
      'pages with a script of theirs',
      { scripts: { start: 'live-server' } },
      { ...html, 'app.js': "document.querySelector('#root')" },
      'node/plain: --exclude=nginx.conf --exclude=package.json --exclude=*.md .',
    ],
    [
      'a folder that a script serves',
      { scripts: { start: 'serve public' } },
      { 'public/index.html': '' },
      'node/plain: public',
    ],
    [
      'what a build makes, and a script serves',
      { scripts: { build: 'node build.mjs', start: 'serve -s out' } },
      { 'build.mjs': '' },
      'node/site: --from=build /app/out',
    ],
    ...['serve -p 3000 -s -n out', 'serve -l tcp://0.0.0.0:80 out', 'http-server -a 0.0.0.0 -p 8080 out'].map<
      [string, object, Record<string, string>, string]
    >(start => [
      `the folder, not the port of ${start}`,
      { scripts: { build: 'node build.mjs', start } },
      { 'build.mjs': '' },
      'node/site: --from=build /app/out',
    ]),
    [
      'the page that main names, made by a task, beside a command',
      { main: './dest/prod/index.html', bin: 'cli.js', devDependencies: { grunt: '1' } },
      { 'cli.js': '', 'Gruntfile.js': "module.exports = grunt => grunt.registerTask('build', ['copy'])" },
      'node/site: --from=build /app/dest/prod',
    ],
    [
      'styles that a tool puts beside the pages',
      { scripts: { build: 'sass css' } },
      html,
      'node/site: --from=build --exclude=node_modules --exclude=package.json --exclude=*.md /app',
    ],
  ])('%s', async (_, manifest, files, expected) => {
    expect(await copied({ 'package.json': { private: true, ...manifest }, ...files })).toBe(expected)
  })

  test('a program beside a page stays one', async () => {
    const [found] = await detectIn({
      'package.json': {},
      ...html,
      'server.js': "require('http').createServer().listen(80)",
    })
    expect(found?.facts.kind.value).toBe('web')
  })
})

/** How a project comes into its image: the template, what it takes from the build, the command. */
const shape = async (files: Files) => {
  const { dockerfile, plan } = await createFrom(files)
  const taken = [...dockerfile.matchAll(/^COPY --from=build (?:--\S+ )*\/app\/(\S+) /gm)].map(
    match => match[1],
  )
  const { entrypoint, command } = plan.view.runtime
  const words = (command ?? entrypoint ?? []).filter(
    word => !/^(--import|data:.*|node|\/nodejs\/bin\/node)$/.test(word),
  )
  return [plan.template.replace('node/', ''), taken.join(' '), words.join(' ')].filter(Boolean).join(' | ')
}
const angular = (options: object, builder = '@angular/build:application', more: object = {}) => ({
  'angular.json': {
    projects: {
      lib: { projectType: 'library' },
      shop: { architect: { build: { builder, options }, ...more } },
    },
  },
})

describe('what each framework puts into its image', () => {
  test.each<[string, string[], object, Files, string]>([
    ['Angular with a server', ['@angular/core', 'express'], { build: 'ng build', start: 'ng serve' }, { ...angular({ outputPath: 'dist/shop', ssr: { entry: 'src/server.ts' }, server: 'src/main.server.ts' }), 'src/server.ts': '' }, 'server | dist | dist/shop/server/server.mjs'],
    ['Angular, prerendered', ['@angular/core'], { build: 'ng build' }, angular({ outputMode: 'static', ssr: true }), 'site | dist/shop/browser'],
    ['Angular without a folder for the browser', ['@angular/core'], { build: 'ng build' }, angular({ outputPath: { base: 'out', browser: '' } }), 'site | out'],
    ['Angular with a folder for the browser by another name', ['@angular/core'], { build: 'ng build' }, angular({ outputPath: { base: 'out', browser: 'www' } }), 'site | out/www'],
    ['Angular with a base alone', ['@angular/core'], { build: 'ng build' }, angular({ outputPath: { base: 'out' } }), 'site | out/browser'],
    ['Angular, browser-esbuild', ['@angular/core'], { build: 'ng build' }, angular({ outputPath: 'dist/shop' }, '@angular-devkit/build-angular:browser-esbuild'), 'site | dist/shop'],
    ['Angular with a server target', ['@angular/core', 'express'], { build: 'ng build', 'build:ssr': 'ng build && ng run shop:server' }, angular({ outputPath: 'dist/shop/browser' }, '@angular-devkit/build-angular:browser', { server: { options: { outputPath: 'dist/shop/server' } } }), 'server | dist | dist/shop/server/main.js'],
    ['Angular before version 6', ['@angular/core'], { build: 'ng build --prod' }, { '.angular-cli.json': { apps: [{ root: 'src', outDir: 'public/app' }] } }, 'site | public/app'],
    ['Angular by itself in a repository of Nx', ['@angular/core', 'nx'], { build: 'nx build', start: 'nx serve' }, { 'nx.json': {}, 'project.json': { name: 'shop', targets: { build: { executor: '@angular/build:application', options: { outputPath: 'dist/shop' } } } }, 'src/main.ts': '', 'wrangler.toml': 'pages_build_output_dir = "dist"' }, 'site | dist/shop/browser'],
    ['Angular 2, with its usual output', ['@angular/core'], { build: 'ng build' }, { 'angular-cli.json': { apps: [{}] } }, 'site | dist'],
    ['Angular, the project that the command names', ['@angular/core'], { build: 'ng build b' }, { 'angular.json': { projects: { a: { architect: { build: {} } }, b: { architect: { build: { builder: 'x:application' } } } } } }, 'site | dist/b/browser'],
    ['Next.js in a folder of its own', ['next'], { build: 'next build' }, { 'next.config.js': "module.exports = { distDir: 'out/next' }" }, 'next | out/next/standalone/node_modules out/next/standalone out/next/static | server.js'],
    ['Next.js as files where a variable says so', ['next'], { build: 'next build' }, { 'next.config.mjs': "export default { output: process.env.PAGES ? 'export' : undefined }" }, 'next | .next/standalone/node_modules .next/standalone .next/static | server.js'],
    ['Next.js as files in production', ['next'], { build: 'next build' }, { 'next.config.mjs': "export default { output: process.env.NODE_ENV === 'production' ? 'export' : undefined }" }, 'site | out'],
    ['SvelteKit 3, its adapter among the plugins', ['@sveltejs/kit', '@sveltejs/adapter-static'], { build: 'vite build' }, { 'vite.config.ts': "import adapter from '@sveltejs/adapter-static'\nexport default defineConfig({ plugins: [sveltekit({ adapter: adapter({ pages: 'site' }) })] })" }, 'site | site'],
    ['SvelteKit, the adapter that is imported', ['@sveltejs/kit', '@sveltejs/adapter-static', '@sveltejs/adapter-node'], { build: 'vite build' }, { 'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter({ out: 'srv' }) } }" }, 'server | srv | srv'],
    ['Astro without the adapter that is installed', ['astro', '@astrojs/node'], { build: 'astro build' }, { 'astro.config.mjs': 'export default {}' }, 'site | dist'],
    ['Remix by its own compiler', ['@remix-run/serve', '@remix-run/dev'], { build: 'remix build', start: 'remix-serve build' }, { 'remix.config.js': 'module.exports = {}' }, 'server | build public/build | node_modules/.bin/remix-serve build'],
    ['Remix as files', ['@remix-run/dev'], { build: 'remix vite:build' }, { 'vite.config.ts': 'export default defineConfig({ plugins: [remix({ ssr: false })] })' }, 'site | build/client'],
    ['React Router for a platform and for Node.js', ['@react-router/dev', '@react-router/serve', '@react-router/architect'], { build: 'react-router build', start: 'react-router-serve build/server/index.js' }, {}, 'server | build | node_modules/.bin/react-router-serve build/server/index.js'],
    ['React Router as files, on a platform', ['@react-router/dev', '@react-router/cloudflare'], { build: 'react-router build' }, { 'react-router.config.ts': 'export default { ssr: false }' }, 'site | build/client'],
    ['Qwik with Express', ['@builder.io/qwik', 'express'], { build: 'qwik build', serve: 'node server/entry.express' }, { 'adapters/express/vite.config.ts': '' }, 'server | server dist | server/entry.express'],
    ['Qwik as files', ['@builder.io/qwik'], { build: 'qwik build' }, { 'adapters/static/vite.config.ts': '' }, 'site | dist'],
    ['NestJS with an entry of its own, and pages of Next.js', ['@nestjs/core', 'next'], { build: 'nest build' }, { 'nest-cli.json': { entryFile: 'index' }, 'src/index.ts': 'app.listen(4200)' }, 'server | dist | dist/index.js'],
    ['NestJS in monorepo mode, unbundled', ['@nestjs/core'], { build: 'nest build api' }, { 'nest-cli.json': { compilerOptions: { webpack: false, tsConfigPath: 'apps/api/tsconfig.app.json' }, projects: { api: { type: 'application', root: 'apps/api', sourceRoot: 'apps/api/src' } } }, 'apps/api/tsconfig.app.json': { compilerOptions: { outDir: '../../dist/apps/api', paths: { '@app/lib': ['../../libs/lib/src'] } } }, 'libs/lib/src/index.ts': 'export const a = 1', 'apps/api/src/main.ts': "import '@app/lib'\napp.listen(4200)" }, 'server | dist | dist/apps/api/apps/api/src/main.js'],
    ['NestJS in monorepo mode, by the settings of all', ['@nestjs/core'], { build: 'nest build' }, { 'nest-cli.json': { root: 'apps/api', compilerOptions: { webpack: false, tsConfigPath: 'apps/tsconfig.app.json' }, projects: { api: { type: 'application', root: 'apps/api', sourceRoot: 'apps/api/src', compilerOptions: { tsConfigPath: 'apps/api/tsconfig.app.json' } } } }, 'apps/tsconfig.app.json': { compilerOptions: { outDir: '../dist', paths: { '@app/lib': ['../libs/lib/src'] } } }, 'apps/api/tsconfig.app.json': { compilerOptions: { outDir: '../../dist/apps/api' } }, 'libs/lib/src/index.ts': 'export const a = 1', 'apps/api/src/main.ts': "import '@app/lib'\napp.listen(4200)" }, 'server | dist | dist/apps/api/src/main.js'],
    ['NestJS in monorepo mode, unbundled and alone', ['@nestjs/core'], { build: 'nest build api' }, { 'nest-cli.json': { compilerOptions: { webpack: false, tsConfigPath: 'apps/api/tsconfig.app.json' }, projects: { api: { type: 'application', root: 'apps/api', sourceRoot: 'apps/api/src' } } }, 'apps/api/tsconfig.app.json': { compilerOptions: { outDir: '../../dist/apps/api' } }, 'apps/api/src/main.ts': 'app.listen(4200)' }, 'server | dist | dist/apps/api/main.js'],
    ['NestJS in monorepo mode', ['@nestjs/core'], { build: 'nest build', start: 'nest start' }, { 'nest-cli.json': { monorepo: true, root: 'apps/api', projects: { jobs: { type: 'application', root: 'apps/jobs' }, api: { type: 'application', root: 'apps/api', sourceRoot: 'apps/api/src', entryFile: 'main' } } }, 'apps/api/src/main.ts': 'app.listen(4200)' }, 'server | dist | dist/apps/api/main.js'],
    ['wmr', ['wmr', 'preact-iso'], { start: 'wmr', build: 'wmr build --prerender' }, { 'public/index.html': '' }, 'site | dist'],
    ['Storybook by the usual script', ['storybook', 'react'], { build: 'storybook build' }, {}, 'site | storybook-static'],
    ['Storybook', ['storybook', 'react'], { build: 'tsc', 'build-storybook': 'storybook build -o stories-site' }, {}, 'site | stories-site'],
    ['webpack by no script', ['html-webpack-plugin', 'webpack', 'webpack-cli'], { start: 'webpack serve' }, { 'webpack.config.js': '' }, 'site | dist'],
    ['webpack with a path', ['html-webpack-plugin', 'webpack'], { build: 'webpack' }, { 'webpack.config.js': "module.exports = { output: { path: path.resolve(__dirname, 'www') } }" }, 'site | www'],
    ['Rspress', ['rspress'], { build: 'rspress build' }, {}, 'site | doc_build'],
    ['Vite with a joined outDir', ['vite'], { build: 'vite build' }, { ...html, 'vite.config.js': "export default { build: { outDir: path.join(__dirname, 'build') } }" }, 'site | build'],
    ['TanStack Start', ['@tanstack/react-start'], { build: 'vite build' }, {}, 'server | dist | node_modules/.bin/srvx --prod -s ../client dist/server/server.js'],
    ['TanStack Start with Nitro for Bun', ['@tanstack/react-start', 'nitro'], { build: 'vite build' }, { 'vite.config.ts': nitroFor('bun') }, 'server | .output | bun .output/server/index.mjs'],
    ['SolidStart with Nitro for Node.js', ['@solidjs/start', 'nitro'], { build: 'vite build' }, { 'vite.config.ts': nitroFor('node_server') }, 'bundle | .output | server/index.mjs'],
    ['Nuxt, of static pages by its own build', ['nuxt'], { build: 'nuxt build' }, { 'nuxt.config.ts': 'export default defineNuxtConfig({ ssr: false, nitro: { static: true } })' }, 'site | .output/public'],
    ['SolidStart of static pages', ['@solidjs/start', 'vinxi'], { build: 'vinxi build' }, { 'app.config.ts': "export default defineConfig({ server: { preset: 'static' } })" }, 'site | .output/public'],
    ['TanStack Start with Nitro', ['@tanstack/react-start', 'nitro'], { build: 'vite build' }, {}, 'bundle | .output | server/index.mjs'],
    ['TanStack Start beside a Nitro that nothing names', ['@tanstack/react-start', 'nitro'], { build: 'vite build' }, { 'vite.config.ts': 'export default {}' }, 'server | dist | node_modules/.bin/srvx --prod -s ../client dist/server/server.js'],
    ['TanStack Start whose plugins are a module of its own', ['@tanstack/react-start', 'nitro'], { build: 'vite build' }, { 'vite.config.ts': "import { plugins } from './plugins'\nexport default { plugins }" }, 'bundle | .output | server/index.mjs'],
    ['TanStack Start by the package of its first months', ['@tanstack/start', 'vinxi'], { build: 'vinxi build', start: 'vinxi start' }, {}, 'bundle | .output | server/index.mjs'],
    ['Sapper', ['sapper', 'polka'], { build: 'sapper build --legacy', export: 'sapper export', start: 'node __sapper__/build' }, { 'src/server.js': '' }, 'server | __sapper__ | __sapper__/build'],
    ['Waku', ['waku'], { build: 'waku build', start: 'waku start' }, {}, 'server | dist | node_modules/.bin/waku start'],
    ["Analog by Angular's own command", ['@analogjs/platform', '@angular/core', 'vite'], { build: 'ng build', start: 'ng serve' }, { ...angular({ outputPath: 'dist/client' }, '@analogjs/platform:vite'), 'vite.config.ts': 'export default { plugins: [analog()] }' }, 'bundle | dist/analog | server/index.mjs'],
    ['Keystone', ['@keystone-6/core'], { build: 'keystone build', start: 'keystone start' }, {}, 'server | node_modules/.bin/keystone start'],
  ])('%s', async (_, dependencies, scripts, files, expected) => {
    expect(await shape(project(dependencies, scripts, files))).toBe(expected)
  }) // biome-ignore format: one row a project

  test("Angular's server has its port from the code, and needs no modules", async () => {
    const { dockerfile, plan } = await createFrom(
      project(
        ['@angular/core', 'express'],
        { build: 'ng build' },
        {
          ...angular({ ssr: { entry: 'src/server.ts' } }),
          'src/server.ts': "app.listen(process.env['PORT'] || 4100)",
        },
      ),
    )
    expect(plan.view.runtime.port).toBe(4100)
    expect(dockerfile).not.toMatch(/AS deps|node_modules/)
    expect(dockerfile).toContain('ENV NG_ALLOWED_HOSTS=localhost,127.0.0.1\n')
  })

  test('names with a hash are kept for good where no folder holds them', async () => {
    const { files } = await createFrom(project(['@angular/core'], { build: 'ng build' }, angular({})))
    expect(files.find(({ path }) => path === 'nginx.conf')?.content).toContain('[.-](?:[0-9A-Z]{8}|')
  })

  test.each<[string, object, number]>([
    ['an option of the start script', { start: 'next start -p 4000' }, 4000],
    ['its environment', { start: 'PORT=4001 next start' }, 4001],
    ['nothing', { start: 'next start' }, 3000],
  ])("Next.js's port by %s", async (_, scripts, port) => {
    const { plan, dockerfile } = await createFrom(project(['next'], { build: 'next build', ...scripts }))
    expect(plan.view.runtime.port).toBe(port)
    if (port !== 3000) expect(dockerfile).toContain(`ENV PORT=${port}\n`)
  })

  test.each([
    ['^0.7.14', ['ADAPTER_MISSING']],
    ['^0.10.0', []],
  ])('NuxtHub %s, whose early releases build for Cloudflare alone', async (version, codes) => {
    const [app] = await detectIn({
      'package.json': {
        name: 'a',
        scripts: { build: 'nuxt build' },
        dependencies: { nuxt: '^3.13.0', '@nuxthub/core': version },
      },
      'nuxt.config.ts': "export default defineNuxtConfig({ modules: ['@nuxthub/core'] })",
    })
    expect(app?.questions.map(({ code }) => code)).toEqual(codes)
  })

  test.each<[string, string[], Files, string]>([
    ['Astro on a server, without an adapter', ['astro'], { 'astro.config.mjs': "export default { output: 'server' }" }, 'ADAPTER_MISSING'],
    ['Qwik without an adapter', ['@builder.io/qwik'], {}, 'ADAPTER_MISSING'],
    ['Remix for functions', ['@remix-run/dev', '@remix-run/architect'], { 'remix.config.js': '', 'server.ts': 'export const handler = createRequestHandler({ build })' }, 'ADAPTER_MISSING'],
    ['Remix told of another platform', ['@remix-run/dev', '@remix-run/serve'], { 'remix.config.js': "module.exports = { serverBuildTarget: 'cloudflare-workers' }" }, 'ADAPTER_MISSING'],
    ['Remix by settings of an adapter', ['@remix-run/dev', '@remix-run/serve', '@netlify/remix-adapter'], { 'remix.config.js': "import { config } from '@netlify/remix-adapter'\nexport default { ...config }" }, 'ADAPTER_MISSING'],
    ['React Router for Cloudflare, by Vite alone', ['@react-router/dev', 'vite'], { 'vite.config.ts': "import { cloudflare } from '@cloudflare/vite-plugin'\nimport { reactRouter } from '@react-router/dev/vite'\nexport default {}" }, 'ADAPTER_MISSING'],
    ['TanStack Start with what Cloudflare alone binds', ['@tanstack/react-start', 'vite'], { 'vite.config.ts': "import { cloudflare } from '@cloudflare/vite-plugin'\nexport default {}", 'src/db.ts': "import { env } from 'cloudflare:workers'\nexport const db = env.DB" }, 'PLATFORM_BINDINGS'],
    ["TanStack Start for a platform of Nitro's", ['@tanstack/react-start', 'nitro', 'vite'], { 'vite.config.ts': nitroFor('vercel') }, 'ADAPTER_MISSING'],
    ["SolidStart for a platform of Nitro's", ['@solidjs/start', 'nitro', 'vite'], { 'vite.config.ts': nitroFor('netlify') }, 'ADAPTER_MISSING'],
    ['React Router for Cloudflare', ['@react-router/dev', '@react-router/cloudflare'], {}, 'ADAPTER_MISSING'],
    ['Meteor', ['meteor-node-stubs'], { '.meteor/release': 'METEOR@3.0' }, 'METEOR_NOT_YET'],
  ])('%s is asked about', async (_, dependencies, files, code) => {
    const [found] = await detectIn(project(dependencies, {}, files))
    expect(found?.questions.map(question => question.code)).toEqual([code])
  }) // biome-ignore format: one row a project

  test('a kit that Vite builds by its plugin is no site of Vite', async () => {
    const [found] = await detectIn(
      project(
        ['@solidjs/start', 'vite'],
        { build: 'vite build', start: 'vite start' },
        {
          ...html,
          'vite.config.ts': "import { solidStart } from '@solidjs/start/config'\nexport default {}",
        },
      ),
    )
    expect(found?.facts).toMatchObject({ framework: { value: 'solid-start' }, kind: { value: 'web' } })
  })

  test.each<[string, object, string, string]>([
    ['for static hosting, by its script', { build: 'nuxt build', start: 'nuxt start', generate: 'cross-env NODE_ENV=production nuxt generate' }, "target: 'static'", 'npm run generate > dist'],
    ['for static hosting, by its command', { build: 'nuxt build', start: 'nuxt start' }, "target: 'static', generate: { dir: 'public' }", 'npx nuxt generate > public'],
    ['that generates after something else', { build: 'node feed.js && nuxt generate', dev: 'nuxt' }, 'ssr: false', 'npm run build > dist'],
    ['with a script for each', { build: 'nuxt build', start: 'nuxt start', generate: 'nuxt generate' }, 'ssr: false', 'npm run build > nuxt start'],
    ['in TypeScript', { build: 'nuxt-ts build', start: 'cross-env NODE_ENV=production nuxt-ts start' }, '', 'npm run build > nuxt-ts start'],
    ['in TypeScript that generates', { build: 'nuxt-ts generate' }, '', 'npm run build > dist'],
    ['without a script that starts it', { build: 'nuxt build' }, '', 'npm run build > nuxt start'],
  ])('Nuxt 2 %s', async (_, scripts, settings, expected) => {
    const { dockerfile, candidate } = await createFrom(
      project([], scripts, { 'nuxt.config.js': `export default { ${settings} }`, 'feed.js': '' }, { dependencies: { nuxt: '^2.15.8', '@nuxt/typescript-runtime': '^2.1.0' } }),
    )
    const build = /(np[mx] .*(?:build|generate))$/m.exec(dockerfile)?.[1]
    const out = /COPY --from=build \/app\/(\S+) \/usr/.exec(dockerfile)?.[1]
    expect(`${build} > ${candidate.facts.start?.value ?? out}`).toBe(expected)
    if (candidate.facts.start) expect(dockerfile).toContain('COPY --from=build --exclude=node_modules /app ./\n')
  }) // biome-ignore format: one row a project

  test.each([
    ['has', true, []],
    ['lacks', undefined, ['vuetify']],
  ])("what Nuxt 2's settings load, which production %s", async (_, inProduction, lacking) => {
    const brought = { version: '2.6.0', ...(inProduction ? {} : { dev: true }) }
    const { candidate, dockerfile } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'nuxt build', start: 'nuxt start' },
        dependencies: { nuxt: '2.15.8' },
        devDependencies: { '@nuxtjs/vuetify': '1.12.3' },
      },
      'package-lock.json': {
        lockfileVersion: 2,
        packages: {
          'node_modules/nuxt': { version: '2.15.8' },
          'node_modules/@nuxtjs/vuetify': { version: '1.12.3', dev: true },
          'node_modules/vuetify': brought,
        },
      },
      'nuxt.config.js':
        "import colors from 'vuetify/es5/util/colors'\nimport { a } from './settings/a'\nexport default { a, colors }",
      'settings/a.js': 'export const a = 1',
    })
    const notes = candidate.notes.filter(({ code }) => code === 'DEVELOPMENT_IMPORTS')
    expect(notes.map(({ message }) => /imports (\S+),/.exec(message)?.[1])).toEqual(lacking)
    expect(dockerfile).toContain('COPY --from=build --exclude=node_modules /app ./\n')
  })

  test.each([
    ['gives way to what the build makes', {}, 'dist/server/server.js', true],
    ['is kept where --start says it', { start: 'node .output/server/index.mjs' }, '.output/server/index.mjs', false],
  ])("a start of Nitro's output that TanStack Start has no Nitro for %s", async (_, options, last, told) => {
    const files = project(['@tanstack/react-start'], { build: 'vite build', start: 'node .output/server/index.mjs' })
    const lock = { lockfileVersion: 3, packages: { 'node_modules/srvx': { version: '0.11.22' } } }
    const { plan, notes } = await createFrom({ ...files, 'package-lock.json': lock }, options)
    expect(plan.view.runtime.command?.at(-1)).toBe(last)
    expect(notes.some(({ code }) => code === 'START_MOVED')).toBe(told)
  }) // biome-ignore format: one row a start

  test("TanStack Start's server is where its start script has it", async () => {
    const { dockerfile } = await createFrom(
      project(['@tanstack/react-start'], { build: 'vite build', start: 'node .output/server/index.mjs' }),
    )
    expect(dockerfile).toContain('COPY --from=build /app/.output ./')
    expect(dockerfile).not.toContain('/app/dist')
  })

  test.each([
    ['2.5.0', '5.'],
    ['1.0.0-next.504', '1.0.0-next.96 '],
    ['1.0.0-next.300', undefined],
  ])("SvelteKit %s finds the adapter for Node.js in adapter-auto's place: %s", async (version, adapter) => {
    const files = project(['@sveltejs/kit', '@sveltejs/adapter-auto'], { build: 'vite build' })
    const lock = { lockfileVersion: 3, packages: { 'node_modules/@sveltejs/kit': { version } } }
    const [found] = await detectIn({ ...files, 'package-lock.json': lock })
    expect(found?.questions.map(({ code }) => code)).toEqual(adapter ? [] : ['ADAPTER_MISSING'])
    if (!adapter) return
    const { dockerfile } = await createFrom({ ...files, 'package-lock.json': lock })
    expect(dockerfile).toContain(
      `npm install --global --legacy-peer-deps --ignore-scripts @sveltejs/adapter-node@${adapter}`,
    )
  })

  test("fastify's own command listens for everybody", async () => {
    const { dockerfile } = await createFrom(
      project(['fastify', 'fastify-cli'], { start: 'fastify start app.js' }),
    )
    expect(dockerfile).toContain('ENV FASTIFY_ADDRESS=0.0.0.0')
  })

  test("NestJS's other applications are named", async () => {
    const [found] = await detectIn(
      project(
        ['@nestjs/core'],
        { build: 'nest build' },
        {
          'nest-cli.json': {
            root: 'apps/api',
            projects: {
              api: { type: 'application', root: 'apps/api' },
              jobs: { type: 'application', root: 'apps/jobs' },
            },
          },
        },
      ),
    )
    expect(found?.notes.find(({ code }) => code === 'OTHER_PROJECT')?.message).toContain(
      "--build 'nest build jobs'",
    )
  })
})

test.each([
  ['2.4.0', true],
  ['2.5.0', false],
])('nitropack %s: whether the image ends it', async (version, added) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'app', scripts: { build: 'nuxt build' }, devDependencies: { nuxt: '^3.4.0' } },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/nuxt': { version: '3.4.3' }, 'node_modules/nitropack': { version } },
    },
  })
  expect(dockerfile.includes('SIGTERM')).toBe(added)
})

test("a fork's program has the name of what it was made from", async () => {
  const { candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'react-scripts start', build: 'react-scripts build' },
      dependencies: { react: '16' },
      devDependencies: { 'custom-react-scripts': '0.2.0' },
    },
    'src/index.js': "import ReactDOM from 'react-dom'",
    'public/index.html': '',
  })
  expect(candidate.facts).toMatchObject({
    framework: { value: 'create-react-app' },
    start: undefined,
    kind: { value: 'spa' },
  })
})

test('Sapper puts its server into a folder with a name of its own', async () => {
  const { plan } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'sapper build', start: 'node __sapper__/build' },
      dependencies: { polka: '0.5' },
      devDependencies: { sapper: '0.28' },
    },
    'src/server.js': "require('polka')().listen(process.env.PORT || 4000)",
  })
  expect(plan.view.runtime.command?.at(-1)).toBe('__sapper__/build')
})

test.each([
  ['1.0.0-next.67', true],
  ['1.0.0-next.100', false],
])("what %s of SvelteKit's adapter leaves outside is in the image: %s", async (version, kept) => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      scripts: { build: 'svelte-kit build' },
      devDependencies: {
        '@sveltejs/kit': '^1.0.0-next.85',
        '@sveltejs/adapter-node': '^1.0.0-next.24',
        cookie: '0.4',
      },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/@sveltejs/adapter-node': { version, dev: true } },
    },
    'src/hooks.ts': "import * as cookie from 'cookie'\nimport { base } from '$app/paths'\n",
  })
  expect(dockerfile.includes('COPY --from=build /app/node_modules')).toBe(kept)
  const said = candidate.notes.find(({ code }) => code === 'DEVELOPMENT_IMPORTS')?.message
  expect(said?.includes('imports cookie, which') ?? false).toBe(kept)
})
