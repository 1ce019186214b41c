import { expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const server = (port: number) => `import express from 'express'\nexpress().listen(${port})`

test.each<[string, object, Record<string, string>]>([
  ['the command', { build: 'esbuild source/api.ts --bundle --platform=node --outfile=dist/index.js' }, {}],
  [
    'the script that calls the bundler',
    { build: 'vite build && node scripts/build.mjs' },
    {
      'scripts/build.mjs':
        "await esbuild.build({ entryPoints: ['./source/api.ts'], outfile: 'dist/index.js' })\nawait esbuild.build({ entryPoints: ['source/job.ts'], outfile: 'dist/job.js' })",
    },
  ],
  [
    'the script, of the one entry',
    { build: 'node scripts/build.mjs' },
    { 'scripts/build.mjs': "await rolldown.build({ input: { server: 'source/api.ts' } })" },
  ],
  [
    'the settings of webpack',
    { build: 'webpack --config webpack.prod.config.js' },
    {
      'webpack.prod.config.js':
        "module.exports = require('./webpack.base')({ mode: 'production', entry: [path.join(process.cwd(), 'source/api.ts')] })",
    },
  ],
  [
    'the settings for Node.js beside those for browsers',
    { build: 'webpack --mode=production' },
    {
      'webpack.config.js':
        "module.exports = (env, { mode }) => {\n  const base = { mode }\n  const server = { ...base, target: 'node', entry: './source/api' }\n  return [server, { ...base, entry: './source/job' }]\n}",
    },
  ],
  [
    'the settings of one webpack for Node.js after those of another one for browsers',
    {
      build: 'npm run build:client && npm run build:server',
      'build:client': 'webpack --config webpack.client.js',
      'build:server': 'webpack --config webpack.server.js',
    },
    {
      'webpack.client.js': "module.exports = { entry: './source/job' }",
      'webpack.server.js':
        "module.exports = { target: 'node', entry: './source/api', output: { filename: 'index.js', path: path.resolve(__dirname, 'dist') } }",
    },
  ],
  [
    'the settings, from the folder that webpack looks from',
    { build: 'webpack' },
    {
      'webpack.config.js':
        "module.exports = [{ name: 'client', context: __dirname + '/web/', entry: { app: './api.ts' } }, { target: 'node', context: __dirname + '/source/', entry: { app: './api.ts' }, output: { path: __dirname + '/dist' } }]",
      'web/api.ts': '',
    },
  ],
  [
    'the settings, by the name of the output',
    { build: 'rollup -c' },
    { 'rollup.config.mjs': "export default { input: { index: 'source/api.ts', job: 'source/job.ts' } }" },
  ],
  [
    'what developers run',
    {
      build: 'node scripts/build.mjs',
      dev: 'vite',
      'dev:server': 'vite-node -c vite.config.ts source/api.ts',
    },
    { 'scripts/build.mjs': '' },
  ],
])('the source of a bundle by another name is read: %s says it', async (_, scripts, files) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node dist/index.js', ...scripts },
      dependencies: { express: '5' },
      devDependencies: { esbuild: '0.25', vite: '7', 'vite-node': '3' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'source/api.ts': server(4321),
    'source/job.ts': server(1),
    ...files,
  })
  expect(dockerfile).toContain('EXPOSE 4321\n')
})

test('a program whose packages are all in its bundle is a server all the same', async () => {
  const [app] = await detectIn({
    'package.json': {
      scripts: { start: 'node dist/index.js', build: 'node scripts/build.mjs' },
      devDependencies: { express: '5', rolldown: '1' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'source/api.ts': server(4321),
    'scripts/build.mjs': "await rolldown.build({ input: 'source/api.ts' })",
  })
  expect(app?.facts.kind.value).toBe('web')
  expect(app?.notes.map(({ code }) => code)).not.toContain('DEVELOPMENT_IMPORTS')
})

test('what only prepares a framework for developers is no source of its server', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'vite build', dev: 'node prepare.js && vite dev' },
      devDependencies: { '@sveltejs/kit': '2.20.0', '@sveltejs/adapter-node': '5.2.0', vite: '6.0.0' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'svelte.config.js':
      "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
    'src/routes/+page.svelte': '',
    'prepare.js': "require('child_process').execSync('ls')",
  })
  expect(dockerfile).not.toContain('tini')
})

test('what only prepares a program for developers is no source of it', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: {
        start: 'node dist/index.js',
        build: 'node build.mjs',
        dev: 'node prepare.js && node source/api.js',
      },
      dependencies: { express: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'build.mjs': '',
    'prepare.js': server(1),
    'source/api.js': server(4321),
  })
  expect(dockerfile).toContain('EXPOSE 4321\n')
})

test.each([
  ['that its build bundles', '../dist/api.mjs', 4321],
  ['that it needs no bundle for', './own.js', 9000],
])('a program loads code %s', async (_, loaded, port) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      type: 'module',
      scripts: { start: 'node bin/api.js', build: 'vite build' },
      dependencies: { express: '5' },
      devDependencies: { vite: '6.0.0' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'bin/api.js': `import '${loaded}'`,
    'bin/own.js': server(9000),
    'vite.config.js': 'export default { build: { lib: { entry: "./source/index.js", formats: ["es"] } } }',
    'source/index.js': server(4321),
  })
  expect(dockerfile).toContain(`EXPOSE ${port}\n`)
})

test('what the code of a bundle names among its sources is in the image', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node dist/index.js', build: 'webpack' },
      dependencies: { express: '5' },
      devDependencies: { webpack: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'webpack.config.js': "module.exports = { target: 'node', entry: './src/api.ts' }",
    'src/api.ts': `readdirSync(path.join(process.cwd(), 'src', 'texts'))\n${server(4321)}`,
    'src/texts/en.json': {},
  })
  expect(dockerfile).toContain('COPY --from=build /app/src/texts ./src/texts\n')
})

test.each<[string, string, object, boolean]>([
  ['CommonJS, as esbuild makes for Node.js', '--platform=node', { type: 'module' }, true],
  ['CommonJS, as it says', '--platform=node --format=cjs', { type: 'module' }, true],
  ['a module', '--platform=node --format=esm', { type: 'module' }, false],
  ['CommonJS in a package of that', '--platform=node', {}, false],
])('a bundle of %s beside package.json', async (_, options, manifest, misread) => {
  const build = `esbuild src/api.ts --bundle ${options} --packages=external --outfile=dist/index.js`
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      name: 'a',
      scripts: { build, start: 'node dist/index.js' },
      dependencies: { express: '5' },
      devDependencies: { esbuild: '0.27' },
      ...manifest,
    },
    'src/api.ts': server(3000),
  })
  expect(dockerfile).toContain('COPY --from=build /app/dist ./dist')
  expect(dockerfile.includes('COPY package.json ./')).toBe(!misread)
  expect(notes.some(({ code }) => code === 'COMMONJS_BUNDLE')).toBe(misread)
})

test.each<[string, string, object, string, boolean]>([
  ['a folder, alone', "entryPoints: ['src/server.ts'], outdir: 'dist', platform: 'node'", { type: 'module' }, 'dist/server.js', true],
  ['a folder, among others', "entryPoints: ['./src/server.ts', 'src/jobs/mail.ts'], outdir: 'out', platform: 'node', format: 'esm'", { type: 'module' }, 'out/server.js', false],
  ['a folder that they share with another', "entryPoints: ['src/server.ts', 'jobs/mail.ts'], outdir: 'out'", {}, 'out/src/server.js', false],
  ['a file', "entryPoints: ['src/server.ts'], outfile: 'out/main.cjs', platform: 'node'", { type: 'module' }, 'out/main.cjs', false],
])('where a script has esbuild put what developers start: %s', async (_, options, manifest, entry, misread) => {
  const { plan, notes } = await createFrom({
    'package.json': {
      name: 'a',
      scripts: { dev: 'tsx src/server.ts', build: 'node esbuild.mjs' },
      dependencies: { express: '5' },
      devDependencies: { esbuild: '0.27', tsx: '4' },
      ...manifest,
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
    'index.ts': '',
    'esbuild.mjs': `import esbuild from 'esbuild'\nesbuild.buildSync({ bundle: true, ${options} })`,
    'src/server.ts': server(3000),
  })
  expect(plan.view.runtime.command?.at(-1)).toBe(entry)
  expect(notes.some(({ code }) => code === 'COMMONJS_BUNDLE')).toBe(misread)
}) // biome-ignore format: one row a script

test('a main that nothing has gives way to what developers start of the build', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'a',
      main: 'index.js',
      scripts: { build: 'webpack', dev: 'cross-env NODE_ENV=development nodemon dist/index.bundle.js' },
      dependencies: { express: '5' },
      devDependencies: { webpack: '5', nodemon: '3' },
    },
    'webpack.config.js':
      "module.exports = { target: 'node', entry: { index: './src/index.js' }, output: { filename: '[name].bundle.js', path: path.join(__dirname, 'dist') } }",
    'src/index.js': server(3000),
  })
  expect(dockerfile).toMatch(/^CMD \[.*"dist\/index\.bundle\.js"\]$/m)
})

test.each<[string, { build: string; devDependencies: object }, boolean]>([
  ['webpack that leaves packages out', { build: 'webpack', devDependencies: { 'webpack-node-externals': '3' } }, true],
  ['webpack', { build: 'webpack', devDependencies: {} }, false],
  ['esbuild that leaves packages out', { build: 'esbuild src/index.js --bundle --platform=node --packages=external --outfile=dist/index.js', devDependencies: {} }, true],
])('a package for development that the bundle of %s asks for', async (_, { build, devDependencies }, kept) => {
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      name: 'a',
      scripts: { build, start: 'node dist/index.js' },
      dependencies: { express: '5' },
      devDependencies: { webpack: '5', esbuild: '0.27', morgan: '1', ...devDependencies },
    },
    'package-lock.json': { lockfileVersion: 3, packages: { '': {} } },
    'webpack.config.js':
      "module.exports = { target: 'node', entry: './src/index.js', output: { filename: 'index.js', path: path.join(__dirname, 'dist') } }",
    'src/index.js': `import morgan from 'morgan'\n${server(3000)}`,
  })
  expect(notes.some(({ code }) => code === 'DEVELOPMENT_IMPORTS')).toBe(kept)
  expect(dockerfile.includes('--omit=dev')).toBe(!kept)
}) // biome-ignore format: one row a bundler
