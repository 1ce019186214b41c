import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>

const made = async (dependency: string, build: string, files: Files) => {
  const {
    dockerfile,
    files: all,
    candidate,
  } = await createFrom({
    'package.json': { name: 'app', scripts: { build }, dependencies: { [dependency]: '*' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    ...files,
  })
  const [, out, base] = /COPY --from=build \/app\/(\S+) \/usr\/share\/nginx\/html(\S*)/.exec(dockerfile) ?? []
  return {
    out,
    base,
    nginx: all.find(({ path }) => path === 'nginx.conf')?.content ?? '',
    dockerfile,
    notes: candidate.notes.map(({ code }) => code),
  }
}

describe('where a site lies, and below which path', () => {
  test.each<[name: string, dependency: string, build: string, files: Files, out: string, base: string]>([
    [
      'Docusaurus',
      '@docusaurus/core',
      'docusaurus build --out-dir public',
      { 'docusaurus.config.ts': "const config: Config = { baseUrl: '/docs/' }\nexport default config" },
      'public',
      '/docs',
    ],
    [
      'VitePress',
      'vitepress',
      'vitepress build docs',
      {
        'docs/.vitepress/config.mts':
          "export default defineConfig({ base: '/vp/', outDir: '../out', assetsDir: 'static' })",
      },
      'out',
      '/vp',
    ],
    [
      'webpack with its settings in a folder, and a path from there',
      'html-webpack-plugin',
      'webpack --config .webpack/prod.mjs',
      {
        '.webpack/prod.mjs':
          "const root = fileURLToPath(new URL('../', import.meta.url))\nexport default { output: { path: path.resolve(root, 'www') } }",
      },
      'www',
      '',
    ],
    [
      'VitePress with its configuration in a folder',
      'vitepress',
      'vitepress build',
      { '.vitepress/config/index.ts': "export default defineConfig({ base: '/vp/' })" },
      '.vitepress/dist',
      '/vp',
    ],
    ['Slidev', '@slidev/cli', 'slidev build --base /talk/ --out build/talk', {}, 'build/talk', '/talk'],
    ['Slidev, as it is', '@slidev/cli', 'slidev build', {}, 'dist', ''],
    [
      'VuePress',
      'vuepress',
      'vuepress build docs',
      { 'docs/.vuepress/config.js': "module.exports = { base: '/vu/', dest: 'public' }" },
      'public',
      '/vu',
    ],
    [
      'Gatsby with its prefix',
      'gatsby',
      'gatsby build --prefix-paths',
      { 'gatsby-config.ts': "const config: GatsbyConfig = { pathPrefix: '/blog' }\nexport default config" },
      'public',
      '/blog',
    ],
    [
      'Gatsby with its prefix by a variable',
      'gatsby',
      'cross-env PREFIX_PATHS=true gatsby build',
      { 'gatsby-config.js': 'module.exports = { pathPrefix: `/blog` }' },
      'public',
      '/blog',
    ],
    [
      'Gatsby without its prefix',
      'gatsby',
      'gatsby build',
      { 'gatsby-config.js': "module.exports = { pathPrefix: '/blog' }" },
      'public',
      '',
    ],
    [
      'Eleventy with what its function returns',
      '@11ty/eleventy',
      'npx @11ty/eleventy',
      {
        '.eleventy.js':
          "module.exports = config => { return { pathPrefix: '/notes/', dir: { input: 'src', output: 'dist' } } }",
      },
      'dist',
      '/notes',
    ],
    [
      'Eleventy with an exported configuration',
      '@11ty/eleventy',
      'eleventy',
      {
        'eleventy.config.js':
          "export default async function (config) { config.addPlugin(x) }\nexport const config = { pathPrefix: '/notes/', dir: { output: 'public' } }",
      },
      'public',
      '/notes',
    ],
    [
      'Eleventy with a method',
      '@11ty/eleventy',
      'eleventy --pathprefix=notes',
      { 'eleventy.config.cjs': "module.exports = config => { config.setOutputDirectory('build') }" },
      'build',
      '/notes',
    ],
    ['Eleventy with a flag', '@11ty/eleventy', 'eleventy --output=public', {}, 'public', ''],
    [
      'Hexo',
      'hexo',
      'hexo generate',
      { '_config.yml': 'url: https://example.com/child\npublic_dir: out\n' },
      'out',
      '/child',
    ],
    [
      'Hexo with a root',
      'hexo',
      'hexo generate',
      { '_config.yml': 'url: https://example.com\nroot: /child/\n' },
      'public',
      '/child',
    ],
    [
      'Quasar',
      '@quasar/app-vite',
      'quasar build -m pwa',
      {
        'quasar.config.js':
          "export default defineConfig(() => { return { build: { publicPath: 'shop', vueRouterMode: 'history' } } })",
      },
      'dist/pwa',
      '/shop',
    ],
    [
      'Ember',
      'ember-cli',
      'vite build',
      {
        'index.html': '',
        'config/environment.js':
          "module.exports = function (environment) { const ENV = { rootURL: '/app/' }; if (environment === 'test') { ENV.x = 1 } return ENV }",
      },
      'dist',
      '/app',
    ],
    [
      'Umi',
      '@umijs/max',
      'max build',
      { '.umirc.ts': "export default defineConfig({ outputPath: 'out', publicPath: '/ui/' })" },
      'out',
      '/ui',
    ],
    [
      'Vite with names in a function',
      'vite',
      'vite build',
      {
        'index.html': '',
        'vite.config.ts':
          "export default defineConfig(({ mode }) => { const base = '/ui/'; const outDir = 'www'; return { base, build: { outDir } } })",
      },
      'www',
      '/ui',
    ],
    [
      'VuePress by its path, with more memory',
      'vuepress',
      'export NODE_OPTIONS=--x && node --max_old_space_size=4096 ./node_modules/vuepress/cli.js build docs',
      { 'docs/.vuepress/config.js': "module.exports = { base: '/vu/' }" },
      'docs/.vuepress/dist',
      '/vu',
    ],
    [
      'Vite with a configuration of another name',
      'vite',
      'node node_modules/vite/bin/vite.js build --config vite/prod.mjs',
      { 'index.html': '', 'vite/prod.mjs': "export default { base: '/game/', build: { outDir: 'public' } }" },
      'public',
      '/game',
    ],
    [
      'webpack with a configuration of another name',
      'html-webpack-plugin',
      'webpack --config config/webpack.production.config.js --progress',
      {
        'config/webpack.production.config.js':
          "const out = path.join(__dirname, '..', 'build', 'public')\nmodule.exports = { output: { path: out } }",
      },
      'build/public',
      '',
    ],
    [
      'webpack with what it is merged with',
      'html-webpack-plugin',
      'webpack --config webpack.prod.js',
      {
        'webpack.prod.js': "module.exports = merge(common, { mode: 'production' })",
        'webpack.common.js': "module.exports = { output: { path: path.resolve(__dirname, 'www') } }",
      },
      'www',
      '',
    ],
    [
      'webpack with settings of another name that it takes in, and a path under another name',
      'html-webpack-plugin',
      'webpack --config build/live.js',
      {
        'build/live.js':
          "const base = require('./base.js')\nmodule.exports = merge(base, { output: { filename: 'a.js' } })",
        'build/base.js': "module.exports = { output: { path: Path.join(__dirname, '../www') } }",
      },
      'www',
      '',
    ],
    [
      'webpack with a template for the folder',
      'html-webpack-plugin',
      'webpack --mode production',
      { 'webpack.config.js': 'module.exports = { output: { path: `${__dirname}/www` } }' },
      'www',
      '',
    ],
    [
      'webpack without a page of its own, for one above its output',
      'webpack',
      'webpack',
      {
        'webpack.config.js':
          "module.exports = { output: { path: path.resolve(__dirname, 'public/js'), filename: 'app.js' } }",
        'public/index.html': '<script src="/js/app.js"></script>',
      },
      'public',
      '',
    ],
    [
      'webpack that puts files among all others, by their name',
      'webpack',
      'webpack',
      {
        'webpack.config.js':
          "module.exports = { output: { path: __dirname, filename: './www/assets/app.js' } }",
        'www/index.html': '<script src="assets/app.js"></script>',
      },
      'www',
      '',
    ],
    [
      'webpack beside a page that another tool copies',
      'webpack',
      'webpack',
      {
        'webpack.config.js': 'module.exports = { output: { path: `${__dirname}/www` } }',
        'index.html': '<script src="main.js"></script>',
      },
      'www',
      '',
    ],
    [
      "webpack in Vue's old template",
      'html-webpack-plugin',
      'node build/build.js',
      {
        'config/index.js':
          "module.exports = { build: { assetsRoot: path.resolve(__dirname, '../elm'), assetsPublicPath: '/elm/' } }",
      },
      'elm',
      '/elm',
    ],
    [
      'webpack of an ejected app',
      'html-webpack-plugin',
      'node scripts/build.js',
      {
        'config/paths.js':
          "module.exports = { appBuild: resolveApp('build'), appPublic: resolveApp('public') }",
      },
      'build',
      '',
    ],
    [
      'SvelteKit below a path that a variable takes away',
      '@sveltejs/kit',
      'vite build',
      {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-static'\nexport default { kit: { adapter: adapter(), paths: { base: process.env.PREVIEW ? '' : '/console' } } }",
      },
      'build',
      '/console',
    ],
    [
      'Nuxt in a folder',
      'nuxt',
      'nuxt generate ./app --no-clear',
      { 'app/nuxt.config.ts': "export default defineNuxtConfig({ app: { baseURL: '/n/' } })" },
      'app/.output/public',
      '/n',
    ],
  ])('%s', async (_, dependency, build, files, out, base) => {
    expect(await made(dependency, build, files)).toMatchObject({ out, base })
  })

  test('webpack with a folder that only the script knows which puts it online', async () => {
    const [found] = await detectIn({
      'package.json': {
        name: 'app',
        scripts: { build: 'webpack', deploy: 'npm run build && gh-pages -d www' },
        devDependencies: { 'html-webpack-plugin': '5', webpack: '5' },
      },
      'webpack.config.js': "module.exports = { output: { path: require('./paths').out() } }",
    })
    expect(found?.facts).toMatchObject({ deployment: { out: 'www' } })
  })

  test('webpack with settings in a file of tasks', async () => {
    const [found] = await detectIn({
      'package.json': {
        name: 'app',
        scripts: { build: 'npx grunt prod' },
        devDependencies: { grunt: '1', 'grunt-webpack': '7', 'html-webpack-plugin': '5', webpack: '5' },
      },
      'webpack.config.js': "module.exports = { module: { rules: [] }, output: { publicPath: '' } }",
      'Gruntfile.js':
        "module.exports = function (grunt) { const prod = () => ({ mode: 'production', output: { path: __dirname + '/build/prod', filename: c => c.name } }); grunt.initConfig({ webpack: { web: prod() } }) }",
    })
    expect(found?.facts).toMatchObject({ deployment: { out: 'build/prod' } })
  })

  test('umi for the docs of a package is no app', async () => {
    const [found] = await detectIn({
      'package.json': {
        name: 'request',
        main: 'dist/index.js',
        scripts: { build: 'father-build' },
        devDependencies: { 'father-build': '1', umi: '^2.8.15' },
      },
      'src/index.js': 'export default 1',
    })
    expect(found?.facts).toMatchObject({ kind: { value: 'library' } })
  })

  test.each([
    ['ember-cli', 'ember build', 'ember serve'],
    ['umi', 'umi build', 'umi dev'],
    ['@umijs/max', 'max build', 'max dev'],
    ['@quasar/app-vite', 'quasar build', 'quasar serve'],
    ['@slidev/cli', 'slidev build', 'slidev'],
    ['honkit', 'honkit build', 'honkit serve'],
    ['@rsbuild/core', 'rsbuild build', 'unheard-of dev'],
  ])(
    '%s: the server of its developers is no program, also of a production dependency',
    async (dependency, build, start) => {
      const [found] = await detectIn({
        'package.json': {
          name: 'app',
          scripts: { build, start: 'npm run serve', serve: start },
          dependencies: { [dependency]: '*', 'unheard-of': '*' },
        },
      })
      expect(found?.facts.start).toBeUndefined()
      expect(found?.facts.framework?.value).toBeDefined()
    },
  )

  test('a name that is a parameter stays unknown', async () => {
    const config = "const base = '/x/'\nexport default ({ base }) => ({ base })"
    expect(await made('vite', 'vite build', { 'index.html': '', 'vite.config.js': config })).toMatchObject({
      base: '',
    })
  })

  test('a server that Quasar builds is no site', async () => {
    const files = {
      'package.json': {
        name: 'app',
        scripts: { build: 'quasar build -m ssr' },
        devDependencies: { '@quasar/app-vite': '*' },
      },
    }
    const [found] = await detectIn(files)
    expect(found?.facts.kind.value).toBe('library')
  })

  test('VitePress starts git for dates, without which it ends', async () => {
    const dates = (config: string) =>
      made('vitepress', 'vitepress build docs', { 'docs/.vitepress/config.ts': config })
    const some = await dates('export default defineConfig({ lastUpdated: true })')
    expect(some.dockerfile).toContain('apt-get install -y --no-install-recommends git\n')
    expect(some.notes).toContain('GIT_DATES_LEFT_OUT')
    const none = await dates('export default defineConfig({ lastUpdated: false })')
    expect(none.dockerfile).not.toContain('apt-get')
    expect(none.notes).not.toContain('GIT_DATES_LEFT_OUT')
  })

  test('hashed names by the folder that the configuration names', async () => {
    const config = "export default { base: '/vp/', assetsDir: 'static' }"
    const { nginx } = await made('vitepress', 'vitepress build', { '.vitepress/config.js': config })
    expect(nginx).toContain('"~^/vp/static/" "public, max-age=31536000, immutable"')
  })

  test('a router with hashes in its addresses has one page', async () => {
    const quasar = (mode: string) =>
      made('@quasar/app-vite', 'quasar build', {
        'quasar.config.js': `export default () => ({ build: { vueRouterMode: '${mode}' } })`,
      })
    expect((await quasar('hash')).nginx).not.toContain('/index.html;')
    expect((await quasar('history')).nginx).toContain('/index.html;')
  })
})

describe('tools that hash by an OpenSSL of before', () => {
  test.each([
    ['@vue/cli-service', '4.4.4', true],
    ['@vue/cli-service', '^4.5.0', true],
    ['@vue/cli-service', '~5.0.0', false],
    ['react-scripts', '^3.4.0', true],
    ['webpack', '^5.28.0', false],
    ['webpack', '5.40.0', true],
    ['vuepress', '2.0.0-rc.20', false],
    ['vuepress', '1.9.9', true],
    ['react-scripts', '*', false],
  ])('%s %s without a lock file: %s', async (name, range, old) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        scripts: { build: 'make-site' },
        devDependencies: { 'html-webpack-plugin': '5', [name]: range },
      },
    })
    expect(dockerfile.includes('--openssl-legacy-provider')).toBe(old)
  })

  test.each([
    ['webpack', '5.60.0', true],
    ['webpack', '5.61.0', false],
    ['loader-utils', '1.4.0', false],
    ['loader-utils', '2.0.0', true],
    ['loader-utils', '2.0.1', false],
  ])('%s %s locked: %s', async (name, version, old) => {
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { build: 'make-site' }, devDependencies: { 'html-webpack-plugin': '5' } },
      'package-lock.json': { lockfileVersion: 3, packages: { [`node_modules/${name}`]: { version } } },
    })
    expect(dockerfile.includes('--openssl-legacy-provider')).toBe(old)
  })
})

describe('what the web server does', () => {
  const plain = () => made('hexo', 'hexo generate', {})

  test("a folder's page has its slash, so that links beside it hold; a folder without one is missing", async () => {
    const { nginx } = await plain()
    expect(nginx).toContain('try_files $uri $uri.html $uri/ =404;')
    expect(nginx).toContain('error_page 403 404 =404 /404.html;')
  })

  test('a module has the type of a script, an error the headers of a page', async () => {
    const { nginx } = await plain()
    expect(nginx).toContain('text/javascript mjs;')
    expect(nginx).toContain('add_header X-Content-Type-Options nosniff always;')
    expect(nginx).toContain('gzip_vary on;')
  })

  test('files that the build compressed itself are no error', async () => {
    expect((await plain()).dockerfile).toContain('gzip -9 --keep --force')
  })
})

describe('pages without a package', () => {
  test('are served, with nothing said of Node.js', async () => {
    const { candidate, dockerfile, notes } = await createFrom({ 'index.html': '', 'css/a.css': '' })
    expect(dockerfile).toContain('FROM nginxinc/nginx-unprivileged')
    expect(candidate.facts).toMatchObject({ kind: { value: 'static' }, runtimeVersion: undefined })
    expect(notes).toEqual([])
  })

  test('without a lock file that lacks, and with what else is to be said', async () => {
    const { notes } = await createFrom({ 'index.html': '', '.npmrc': '//npm.example.com/:_authToken=abc' })
    expect(notes.map(({ code }) => code)).toEqual(['TOKEN_COMMITTED'])
  })

  test('step back behind what another language runs', async () => {
    const found = await detectIn({
      'index.html': '',
      'go.mod': 'module a\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    })
    expect(found.map(({ ecosystem, fit }) => [ecosystem, fit])).toEqual([
      ['go', 'exact'],
      ['node', 'incidental'],
    ])
  })

  test('are none of a package that nothing starts', async () => {
    const [found] = await detectIn({ 'package.json': { exports: './a.js' }, 'a.js': 'export const a = 1' })
    expect(found?.facts.kind.value).toBe('library')
  })
})

describe('gulp', () => {
  const write = async (dests: string, files: Files = { 'src/index.html': '' }) =>
    (
      await made('gulp', 'gulp build', {
        'gulpfile.js': `const gulp = require('gulp')\nconst paths = { out: './dist' }\ngulp.task('build', () => gulp.src('src/**')${dests})`,
        ...files,
      }).catch(() => undefined)
    )?.out

  test.each<[string, string, Files | undefined, string | undefined]>([
    [
      'writes the pages to one folder',
      ".pipe(gulp.dest('.tmp')).pipe(gulp.dest('dist/js'))",
      undefined,
      'dist',
    ],
    ['that a name stands for', '.pipe(gulp.dest(paths.out))', undefined, 'dist'],
    ['to two of them', ".pipe(gulp.dest('dist')).pipe(gulp.dest('build'))", undefined, undefined],
    ['without any page', ".pipe(gulp.dest('dist'))", { 'src/a.css': '' }, undefined],
    [
      'from a file that the gulpfile loads',
      "\nrequire('./gulp/pages')",
      {
        'gulp/pages.js': "gulp.task('pages', () => gulp.src('src/*').pipe(gulp.dest('./build/pages')))",
        'src/a.pug': '',
      },
      'build',
    ],
    [
      'from a folder that it loads',
      "\nrequire('require-dir')('./gulp')",
      { 'gulp/pages.js': "gulp.src('src/*').pipe(gulp.dest('build'))", 'src/a.pug': '' },
      'build',
    ],
    [
      'that settings name',
      "\nconst { to } = require('./paths')\ngulp.src('src/*').pipe(gulp.dest(to.pages))",
      {
        'paths.js': "const out = './www'\nmodule.exports = { to: { pages: `${out}/pages` } }",
        'src/a.pug': '',
      },
      undefined,
    ],
  ])('%s', async (_, dests, files, out) => {
    expect(await write(dests, files)).toBe(out)
  })

  test('gets its folder from settings, where no task writes it out', async () => {
    const { out } = await made('gulp', 'node node_modules/gulp/bin/gulp.js -f gulpfile.prod.js build', {
      'gulpfile.js': "gulp.dest('tmp')",
      'gulpfile.prod.js':
        "import { to } from './paths'\nexport const build = () => gulp.src('a').pipe(gulp.dest(to.pages))",
      'paths.js': "export const to = { pages: './dest/pages' }",
      'src/a.pug': '',
    })
    expect(out).toBe('dest')
  })
})

describe('tasks that no script runs', () => {
  const step = async (tool: string, files: Files) => {
    const { dockerfile } = await createFrom({
      'package.json': { devDependencies: { [tool]: '4' } },
      ...files,
    })
    return [/^RUN npm exec -- (.*)|^RUN npx (.*)/m.exec(dockerfile)?.slice(1).find(Boolean), site(dockerfile)]
  }
  const site = (dockerfile: string) =>
    /^COPY (?:--\S+ )*(\S+) \/usr\/share\/nginx\/html$/m.exec(dockerfile)?.[1]
  const whole = { 'index.html': '<script src="a.js"></script>', 'a.js': '' }
  const tasks = "exports.build = series(pages)\nexports.default = series(pages, watch)\ngulp.dest('dist')"

  test.each<[string, string, Files, (string | undefined)[]]>([
    ['of gulp', 'gulp', { 'gulpfile.js': tasks, 'src/index.html': '' }, ['gulp build', '/app/dist']],
    [
      'of gulp, the default one',
      'gulp',
      { 'gulpfile.js': "export default () => src('src/*').pipe(dest('dist'))", 'src/index.html': '' },
      ['gulp default', '/app/dist'],
    ],
    [
      'of Grunt',
      'grunt',
      {
        'Gruntfile.js': "grunt.registerTask('build', ['sass'])",
        '.gitignore': 'dist/',
        'src/index.html': '',
      },
      ['grunt build', '/app/dist'],
    ],
    ['beside pages that are whole', 'gulp', { ...whole, 'gulpfile.js': tasks }, [undefined, '.']],
    [
      'that make what a page beside them lacks',
      'gulp',
      {
        'index.html': '<script src="js/a.js"></script>',
        'gulpfile.js': "gulp.task('build', () => gulp.dest('js'))",
      },
      ['gulp build', '/app'],
    ],
  ])('%s', async (_, tool, files, expected) => {
    expect(await step(tool, files)).toEqual(expected)
  })
})

describe('pages that nothing builds', () => {
  const site = { 'webpack.config.js': '', 'src/index.js': '' }
  test.each<[string, object, Record<string, string>, readonly string[]]>([
    ['and that are not here', { webpack: '5' }, {}, ['NO_BUILD_COMMAND']],
    ['but are here', { webpack: '5' }, { 'dist/index.html': '' }, []],
    ["but webpack's own command would", { webpack: '5', 'webpack-cli': '5' }, {}, []],
  ])('%s', async (_, tools, files, codes) => {
    const [found] = await detectIn({
      'package.json': {
        scripts: { start: 'webpack serve' },
        devDependencies: { 'html-webpack-plugin': '5', ...tools },
      },
      ...site,
      ...files,
    })
    expect(found?.questions.map(({ code }) => code)).toEqual(codes)
  })
})

describe('a page that loads what is not there', () => {
  const page = {
    'index.html': '<!-- <script src="old.js"></script> -->\n<script defer src=\'elm.js?v=1\'></script>',
  }

  test('of a compiler that nothing runs is no site', async () => {
    const [found] = await detectIn({
      ...page,
      'elm.json': {},
      'package.json': { devDependencies: { elm: '0.19' } },
    })
    expect(found?.questions).toMatchObject([{ code: 'NO_BUILD_COMMAND', option: 'build' }])
    const [alone] = await detectIn({ ...page, 'elm.json': {} })
    expect(alone?.questions[0]?.option).toBeUndefined()
    expect(alone?.questions[0]?.hint).toContain('package.json')
  })

  test('of a compiler that the build runs has it beside it', async () => {
    const { dockerfile } = await createFrom({
      ...page,
      'elm.json': {},
      'package.json': {
        scripts: { build: 'elm make src/Main.elm --output=elm.js' },
        devDependencies: { elm: '0.19' },
      },
    })
    expect(dockerfile).toMatch(/COPY --from=build .* \/app \/usr\/share/)
  })

  test.each([
    ['a script', '<script src="a.js"></script>', ['PAGE_INCOMPLETE']],
    ['a style', '<LINK rel="stylesheet" href="/css/a.css">', ['PAGE_INCOMPLETE']],
    [
      'one from elsewhere',
      '<script src="https://example.com/a.js"></script><script src="//example.com/b.js">',
      [],
    ],
    ['one of the hoster', '<script src="/__/firebase/init.js"></script>', []],
    ['text that looks like one', '<script>document.write("<script src=a.js>")</script>', []],
    ['a name of a template', '<script src="{{ url }}/a.js"></script>', []],
    ['below another address', '<base href="/app/"><script src="a.js"></script>', []],
  ])('is told of: %s', async (_, text, codes) => {
    const { notes } = await createFrom({ 'index.html': text })
    expect(notes.map(({ code }) => code)).toEqual(codes)
  })
})

describe('pages about a library', () => {
  const library = { main: 'dist/index.js', devDependencies: { vitepress: '1', typescript: '5' } }

  test('are made after its own build, with the tools of that', async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        ...library,
        scripts: {
          build: 'prettier --write . && tsc && terser-glob dist',
          'docs:build': 'npm run build && vitepress build docs',
          'docs:publish': 'vitepress build docs && gh-pages -d docs/.vitepress/dist',
        },
      },
      'docs/.vitepress/config.ts': '',
    })
    expect(dockerfile).toContain('RUN npm run docs:build')
    expect(dockerfile).toContain('/app/docs/.vitepress/dist ')
  })

  test('are none of its own where they are a package beside it', async () => {
    const found = await detectIn({
      'package.json': {
        ...library,
        exports: './dist/index.js',
        scripts: { build: 'tsc', 'docs:build': 'pnpm -C docs run build' },
      },
      'docs/package.json': { scripts: { build: 'vitepress build' }, devDependencies: { vitepress: '1' } },
      'docs/.vitepress/config.ts': '',
    })
    expect(found.filter(({ questions }) => !questions.length).map(({ dir }) => dir)).toEqual(['docs'])
  })
})

test('a plugin of what makes sites is none', async () => {
  const [found] = await detectIn({
    'package.json': {
      exports: './dist/a.js',
      scripts: { build: 'tsdown' },
      devDependencies: { '@11ty/eleventy': '3', tsdown: '1' },
    },
  })
  expect(found?.facts.kind.value).toBe('library')
})

describe('programs of the build that no package brings', () => {
  test.each([
    ['hugo --minify', {}, 'ca-certificates hugo'],
    ['hugo --minify', { 'hugo-extended': '0.150' }, undefined],
    ['eleventy && zip -r a.zip _site', {}, 'zip'],
    ['shadow-cljs release app', { 'shadow-cljs': '2' }, 'ca-certificates default-jre-headless'],
    ['scripts/fetch.sh && eleventy', {}, 'ca-certificates curl'],
  ])('%s', async (build, devDependencies, packages) => {
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { build }, devDependencies },
      '.gitignore': 'public\n',
      'layouts/index.html': '',
      'scripts/fetch.sh': '#!/bin/sh\nset -e\ncurl -s https://example.com/data.json > data.json',
    })
    expect(/--no-install-recommends (.*)$/m.exec(dockerfile)?.[1]).toBe(packages)
  })
})

describe('makers of sites', () => {
  test.each<[string, string, Files, string]>([
    ['hugo-bin', 'hugo', { 'config.toml': "publishDir = 'site'" }, 'site'],
    ['hugo-bin', 'hugo -d out', { 'hugo.yaml': 'publishdir: site' }, 'out'],
    [
      'html-webpack-plugin',
      'npx webpack-cli -c prod.config.js',
      { 'prod.config.js': "module.exports = { output: { path: path.resolve('build') } }" },
      'build',
    ],
    [
      'polymer-cli',
      'polymer build',
      { 'polymer.json': { builds: [{ preset: 'es6-bundled' }, { name: 'es5-bundled' }] } },
      'build/es5-bundled',
    ],
    ['polymer-cli', 'polymer build', {}, 'build/default'],
    ['parcel', 'parcel build public/index.html', { 'public/index.html': '', 'src/index.js': '' }, 'dist'],
    ['parcel', 'parcel build --dist-dir out', { 'src/index.html': '' }, 'out'],
    [
      'html-webpack-plugin',
      'webpack',
      {
        'webpack.config.js':
          "module.exports = { output: { path: path.join(__dirname, 'out/assets') }, plugins: [new Css({ filename: 'a.css' }), new Html({ filename: '../index.html' })] }",
      },
      'out',
    ],
  ])('%s: %s', async (name, build, files, out) => {
    expect((await made(name, build, files)).out).toBe(out)
  })
})

describe('an output that a condition chooses', () => {
  test.each([
    ['by the mode', "({ mode }) => ({ build: { outDir: mode === 'demo' ? 'demo' : 'public' } })"],
    ['by the command', "({ command }) => ({ build: { outDir: command !== 'build' ? 'demo' : 'public' } })"],
    [
      'by a name for it',
      "() => { const isProd = process.env.NODE_ENV === 'production'; return { build: { outDir: isProd ? 'public' : 'demo' } } }",
    ],
    [
      'by its opposite',
      "({ mode }) => { const isDev = mode === 'development'; return { build: { outDir: !isDev ? 'public' : 'demo' } } }",
    ],
  ])('%s', async (_, config) => {
    const { out } = await made('vite', 'vite build', {
      'vite.config.ts': `import { defineConfig } from 'vite'\nexport default defineConfig(${config})`,
      'index.html': '',
    })
    expect(out).toBe('public')
  })
})

describe('.gitignore', () => {
  test.each([
    [
      'that a linter inside of the build reads',
      { 'vite.config.ts': "export default { plugins: [eslint({ ignorePath: '.gitignore' })] }" },
      'vite build',
      true,
    ],
    [
      'that a command inside of the build names',
      {
        'vite.config.mjs':
          "export default { plugins: [checker({ eslint: { lintCommand: 'eslint . --ignore-path .gitignore' } })] }",
      },
      'vite build',
      true,
    ],
    ['that a linter reads unasked', {}, 'oxlint && vite build', true],
    ['that the build names', {}, 'eslint --ignore-path .gitignore . && vite build', true],
    [
      'that a comment names',
      { 'vite.config.ts': '// as .gitignore says\nexport default {}' },
      'vite build',
      false,
    ],
    ['that nothing reads', {}, 'vite build', false],
  ])('%s', async (_, files, build, kept) => {
    const { files: all } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build },
        devDependencies: { vite: '7', eslint: '8', ...(build.startsWith('oxlint') && { oxlint: '1' }) },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'index.html': '',
      '.gitignore': 'dist\n',
      ...files,
    })
    const ignored = all.find(({ path }) => path === '.dockerignore')?.content ?? ''
    expect(ignored.includes('\n!.gitignore\n')).toBe(kept)
  })
})

test.each([
  ['netlify', true],
  ['node-server', false],
])(
  'SolidStart is built for Node.js, whatever the platform of its configuration: %s',
  async (preset, told) => {
    const { dockerfile } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'vinxi build' },
        dependencies: { '@solidjs/start': '1', vinxi: '0.5' },
      },
      'app.config.ts': `export default defineConfig({ server: { preset: '${preset}' } })`,
    })
    expect(dockerfile.includes('NITRO_PRESET=node-server')).toBe(told)
  },
)

test.each([
  ["{ preset: 'netlify' }", true],
  ["{ preset: 'node-cluster' }", false],
  ['{}', false],
])('Nuxt is built for Node.js, whatever the platform of its configuration: %s', async (nitro, told) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'app', scripts: { build: 'nuxt build' }, dependencies: { nuxt: '4' } },
    'nuxt.config.ts': `export default defineNuxtConfig({ nitro: ${nitro} })`,
  })
  expect(dockerfile.includes('NITRO_PRESET=node-server')).toBe(told)
})

test('a folder that only running the settings would tell is told to the build', async () => {
  const written = async (config: string) =>
    (
      await createFrom({
        'package.json': {
          scripts: { build: 'vue-tsc && vite build --mode prod' },
          devDependencies: { vite: '6' },
        },
        'index.html': '',
        'vite.config.ts': config,
      })
    ).dockerfile
  const computed = await written('export default { build: { outDir: folderOf(mode, 1) } }')
  expect(computed).toContain('vite build --mode prod --outDir dist --emptyOutDir\n')
  expect(computed).toContain('/app/dist ')
  expect(await written("export default { build: { outDir: 'pages' } }")).toContain('RUN npm run build\n')
})

test.each([
  ['', {}],
  [', beside a library for servers that another script starts', { express: '4' }],
])('Create React App stays a site after eject, which names its tools as dependencies%s', async (_, more) => {
  const { candidate, dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node scripts/start.js', build: 'node scripts/build.js' },
      dependencies: { react: '16', 'react-dev-utils': '10', webpack: '4', 'webpack-dev-server': '3', 'html-webpack-plugin': '4', ...more },
    },
    'scripts/start.js': "const Server = require('webpack-dev-server')\nnew Server(compiler).listen(process.env.PORT || 3000)",
    'scripts/build.js': "require('react-dev-utils/chalk')\nrequire('webpack')(require('../config/webpack.config')('production')).run()",
    'config/paths.js': "module.exports = { appBuild: resolveApp('build') }",
    'config/webpack.config.js': "const paths = require('./paths')\nmodule.exports = mode => ({ output: { path: paths.appBuild } })",
    'public/index.html': '',
    'src/index.js': '',
  })
  expect(candidate.facts.kind.value).toBe('spa')
  expect(dockerfile).toContain('COPY --from=build /app/build /usr/share/nginx/html')
}) // biome-ignore format: one file a line

test.each<[string, object, Record<string, string>, boolean]>([
  ['React Router 8 in the browser', { '@react-router/dev': '8.0.0', 'react-router': '8.0.0' }, { 'react-router.config.ts': 'export default { ssr: false }' }, true],
  ['React Router 8 with pages', { '@react-router/dev': '8.0.0', '@react-router/serve': '8.0.0' }, { 'react-router.config.ts': "export default { prerender: async () => ['/'] }" }, true],
  ['React Router 8 on a server', { '@react-router/dev': '8.0.0', '@react-router/serve': '8.0.0' }, { 'react-router.config.ts': 'export default { ssr: true }' }, false],
  ['React Router 7 in the browser', { '@react-router/dev': '7.9.0' }, { 'react-router.config.ts': 'export default { ssr: false }' }, false],
  ['TanStack Start with pages', { '@tanstack/react-start': '1.140.0', vite: '7' }, { 'vite.config.ts': "import { tanstackStart } from '@tanstack/react-start/plugin/vite'\nexport default { plugins: [tanstackStart({ prerender: { enabled: true } })] }" }, true],
  ['TanStack Start on a server', { '@tanstack/react-start': '1.140.0', vite: '7' }, { 'vite.config.ts': "import { tanstackStart } from '@tanstack/react-start/plugin/vite'\nexport default { plugins: [tanstackStart()] }" }, false],
])('a build that asks its own server for pages finds it on localhost: %s', async (name, dependencies, files, told) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'a', scripts: { build: name.startsWith('React') ? 'react-router build' : 'vite build' }, dependencies },
    ...files,
  })
  expect(dockerfile.includes('ENV NODE_OPTIONS=--dns-result-order=ipv4first')).toBe(told)
}) // biome-ignore format: one row a build
