import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

/** The commands of the build stage of pages that a package in `client` makes. */
const commands = async (
  scripts: Record<string, string>,
  files: Record<string, string | object | undefined> = {},
  manifest: object = {},
) => {
  const all = {
    'package.json': { name: 'app', scripts, devDependencies: { typescript: '5' }, ...manifest },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'client/package.json': {
      name: 'client',
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    'client/package-lock.json': { lockfileVersion: 3, packages: {} },
    'client/index.html': '',
    'vercel.json': { buildCommand: scripts.build, outputDirectory: 'client/dist' },
    ...files,
  }
  return (
    await createFrom(
      Object.fromEntries(
        Object.entries(all).flatMap(([path, content]) => (content === undefined ? [] : [[path, content]])),
      ),
    )
  ).dockerfile
}

describe('a folder with packages of its own that the build runs something in', () => {
  test.each([
    ['cd client && npm run build', 'npm ci --prefix client'],
    ['npm run build --prefix client', 'npm ci --prefix client'],
  ])('%s', async (build, install) => {
    expect(await commands({ build })).toContain(`RUN ${install} \\\n    && npm run build\n`)
  })

  test('that has no lock file', async () => {
    const files = { 'client/package-lock.json': undefined }
    expect(await commands({ build: 'cd client && npm run build' }, files)).toContain(
      'npm install --prefix client',
    )
  })

  test.each<[string, Record<string, string | object | undefined>, string]>([
    ['npm', {}, 'npm install --prefix client'],
    ['Yarn', { 'package-lock.json': undefined, 'client/package-lock.json': undefined, 'yarn.lock': 'typescript@5:\n  version "5.9.3"\n', 'client/yarn.lock': 'vite@6:\n  version "6.0.0"\n' }, 'yarn --cwd client install \\'],
    ['pnpm', { 'package-lock.json': undefined, 'client/package-lock.json': undefined, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'client/pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      vite:\n        specifier: '6'\n        version: 6.0.0\n" }, 'pnpm --dir client install --no-frozen-lockfile'],
  ])('whose lock file of %s is behind', async (_, files, install) => {
    const npm = { lockfileVersion: 3, packages: { '': {}, 'node_modules/vite': { version: '6.0.0' } } }
    const behind = { 'client/package-lock.json': npm, ...files }
    expect(await commands({ build: 'cd client && npm run build' }, behind)).toContain(install)
  }) // biome-ignore format: one row a lock file

  test("by Bun's own install", async () => {
    const files = {
      'package-lock.json': undefined,
      'client/package-lock.json': undefined,
      'bun.lock': '{ "lockfileVersion": 1, "packages": {}, }',
      'client/bun.lock': '{ "lockfileVersion": 1, "packages": {}, }',
    }
    expect(await commands({ build: 'cd client && bun run build' }, files)).toContain(
      'RUN bun install --cwd client --frozen-lockfile \\\n    && bun run build\n',
    )
  })

  // The script itself isn't run then.
  test('that a script of the install would install', async () => {
    const scripts = { build: 'cd client && npm run build', postinstall: 'npm install --prefix client' }
    expect((await commands(scripts)).match(/--prefix|postinstall/g)).toEqual(['--prefix'])
  })

  test.each<[string, Record<string, string>, object]>([
    ['installed by the build', { build: 'cd client && npm install && npm run build' }, {}],
    ['a member of the workspace', { build: 'cd client && npm run build' }, { workspaces: ['client'] }],
  ])('%s', async (_, scripts, manifest) => {
    expect(await commands(scripts, {}, manifest)).not.toContain('npm ci --prefix')
  }) // biome-ignore format: one row a repository
})

describe('an install at the beginning of a build, in a workspace', () => {
  const files = (app: string, member: string) => ({
    'package.json': { private: true, workspaces: ['api', 'shared'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'api/package.json': {
      name: 'api',
      scripts: { build: app, start: 'node dist/index.js' },
      dependencies: { shared: '*', express: '5' },
    },
    'api/src/index.ts': 'app.listen(3000)',
    'shared/package.json': { name: 'shared', main: 'dist/index.js', scripts: { build: member } },
    'shared/src/index.ts': '',
  })

  test.each(['npm install && tsc', 'npm ci --ignore-scripts && tsc'])('is left out: %s', async build => {
    const { dockerfile } = await createFrom(files(build, build), { app: 'api' })
    expect(dockerfile).toContain('RUN npx -w shared tsc\n')
    expect(dockerfile).toContain('RUN npx -w api tsc\n')
  })

  test('of a package that the manifest lacks stays', async () => {
    const { dockerfile } = await createFrom(files('tsc', 'npm install left-pad && tsc'), { app: 'api' })
    expect(dockerfile).toContain('RUN npm run build -w shared\n')
  })
})

test('a build that the install of a platform runs is run once', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'node make.js && webpack', postinstall: 'npm run build', start: 'node server.js' },
      dependencies: { express: '5', webpack: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'make.js': '',
    'server.js': "require('express')().listen(3000)",
  })
  expect(dockerfile).toContain('npm run build')
  expect(dockerfile).not.toContain('postinstall')
})

test('Bower clones by git, and runs as root only where it is told so', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { postinstall: 'bower install', start: 'node server.js' },
      dependencies: { express: '4', bower: '1' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'bower.json': { name: 'app' },
    'server.js': 'app.listen(3000)',
  })
  expect(dockerfile).toContain('ca-certificates git\n')
  expect(dockerfile).toContain('ENV bower_allow_root=true\n')
  expect(dockerfile).toContain('npm run postinstall')
})

test('a test that guards the build in a script of the install is no step, where a client is built apart', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: {
        build: 'npm --prefix client run build && tsc',
        start: 'node dist/index.js',
        postinstall: 'if command -v husky >/dev/null 2>&1; then husky; fi',
        prepare: 'test -f dist/index.js || npm run build',
      },
      dependencies: { express: '5' },
      devDependencies: { typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/index.ts':
      "import express from 'express'\nexpress().use(express.static('client/dist')).listen(3000)",
    'client/package.json': {
      name: 'client',
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    'client/package-lock.json': { lockfileVersion: 3, packages: {} },
    'client/index.html': '',
  })
  expect(dockerfile).toContain('COPY --exclude=client . .\nRUN npx tsc\n')
})

describe('a build that would wait for changes', () => {
  const page = { 'index.html': '' }
  const settings = (members: string) => ({ ...page, 'webpack.config.js': `module.exports = { ${members} }` })
  test.each<[string, string, Record<string, string>, string]>([
    ['by its settings', 'webpack', settings('watch: true'), 'RUN npx webpack --no-watch\n'],
    ['by an option', 'NODE_ENV=production webpack --watch', page, 'RUN NODE_ENV=production npx webpack\n'],
    [
      'not by settings of developers',
      'webpack',
      settings("watch: process.env.NODE_ENV !== 'production'"),
      'RUN NODE_ENV=production npm run build\n',
    ],
    ['not by the option for a workspace', 'npm run pack -w client', page, 'RUN npm run build\n'],
  ])('%s', async (_, build, files, run) => {
    const { dockerfile } = await createFrom(
      {
        'package.json': {
          name: 'app',
          scripts: { build },
          devDependencies: { webpack: '5', 'webpack-cli': '5' },
        },
        'package-lock.json': { lockfileVersion: 3, packages: {} },
        ...files,
      },
      { start: 'node index.js' },
    )
    expect(dockerfile).toContain(run)
  })
})

describe('a revision of the checkout that the build asks git for', () => {
  const commit =
    'git init --quiet \\\n    && git -c user.name=build -c user.email=build@localhost commit --quiet --allow-empty --message=build \\\n    && npm run build\n'
  test.each<[string, Record<string, string | object>, boolean]>([
    [
      'by its settings',
      { 'vite.config.ts': "const hash = execSync('git rev-parse HEAD', { encoding: 'utf8' }).trim()" },
      true,
    ],
    [
      'by what these take in',
      {
        'vite.config.ts': "import { revision } from './scripts/revision'",
        'scripts/revision.ts':
          "export const revision = () => require('child_process').execFileSync('git', ['describe', '--always'])",
      },
      true,
    ],
    [
      'by a program of the build',
      { 'vite.config.ts': '', 'scripts/pack.js': 'cp.execSync(`git rev-parse --short HEAD`)' },
      true,
    ],
    [
      'by a promise',
      { 'vite.config.ts': "const { stdout } = await execAsync('git log -n 1 --pretty=format:%h')" },
      true,
    ],
    [
      'by a function of its own, which is told of a failure',
      { 'vite.config.ts': "exec('git log -n 1', (error, hash) => done(hash))" },
      false,
    ],
    [
      'and does without',
      { 'vite.config.ts': "try { hash = execSync('git rev-parse HEAD') } catch { hash = 'none' }" },
      false,
    ],
    [
      'where it says what else it is',
      { 'vite.config.ts': "const hash = execSync('git rev-parse HEAD || echo none')" },
      false,
    ],
    ['no more', { 'vite.config.ts': "// execSync('git rev-parse HEAD')" }, false],
    [
      'by a macro of its sources',
      {
        'package.json': {
          name: 'app',
          scripts: { build: 'vite build' },
          dependencies: { 'react-git-info': '2' },
          devDependencies: { vite: '7' },
        },
      },
      true,
    ],
  ])('%s', async (_, files, asked) => {
    const { dockerfile, candidate } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build: 'node scripts/pack.js && vite build' },
        devDependencies: { vite: '7' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'index.html': '',
      ...files,
    })
    expect(dockerfile.includes(commit)).toBe(asked)
    expect(/ ca-certificates git\n/.test(dockerfile)).toBe(asked)
    expect(candidate.notes.some(({ code }) => code === 'REVISION_UNKNOWN')).toBe(asked)
  })
  test.each([
    ['git describe', true],
    ['git describe --tags --abbrev=0', true],
    ['git describe --tags --always', false],
    ['git rev-parse HEAD', false],
  ])('a tag is there for what looks for one: %s', async (command, tagged) => {
    const files = (script: object, code: string) => ({
      'package.json': {
        name: 'app',
        scripts: { build: 'vite build', ...script },
        devDependencies: { vite: '7' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'index.html': '',
      'vite.config.ts': code,
    })
    const tag = 'user.email=build@localhost tag --annotate --message=build v0.0.0 \\\n'
    const read = await createFrom(files({}, `const version = execSync('${command}')`))
    expect(read.dockerfile.includes(tag)).toBe(tagged)
    expect(read.notes.find(({ code }) => code === 'REVISION_UNKNOWN')?.message.includes('v0.0.0')).toBe(
      tagged,
    )
    const run = await createFrom(files({ prebuild: `${command} > version.txt`, build: 'vite build' }, ''))
    expect(run.dockerfile).toContain('commit --quiet --allow-empty')
    expect(run.dockerfile.includes(tag)).toBe(tagged)
  })
})

test('a pattern of a script is one in the image, and a word in quotes is none', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: "tsc && cp src/*.md dist/ && prettier '*.md' && git add .", start: 'node dist/a.js' },
      devDependencies: { typescript: '5', prettier: '3' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/a.ts': '',
    'src/a.md': '',
  })
  expect(dockerfile).toContain("RUN npx tsc \\\n    && cp src/*.md dist/ \\\n    && npx prettier '*.md'\n")
})

test('a pattern is one in the folder of its command', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'root', workspaces: ['apps/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/a/package.json': {
      name: 'a',
      scripts: { build: 'esbuild src/*.ts --outdir=dist && git add .', start: 'node dist/a.js' },
      devDependencies: { esbuild: '1' },
    },
    'apps/a/src/a.ts': '',
  })
  expect(dockerfile).toContain('(cd apps/a && npx esbuild src/*.ts --outdir=dist)')
})

describe('settings that sources import and no repository has', () => {
  const made = 'cp -n src/auth_config.json.example src/auth_config.json'
  const files = {
    'package.json': { name: 'app', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'index.html': '',
    'src/auth_config.json.example': '{ "domain": "" }',
    'src/main.ts': "import config from './auth_config.json'",
  }
  test.each<[string, Record<string, string | object>, boolean]>([
    ['have a template', {}, true],
    ['are there', { 'src/auth_config.json': '{}' }, false],
    ['are imported by nobody', { 'src/main.ts': "import './auth'" }, false],
    [
      'are made by the build',
      {
        'package.json': {
          ...files['package.json'],
          scripts: { build: 'cp src/auth_config.json.example src/auth_config.json && vite build' },
        },
      },
      false,
    ],
    [
      'are taken in by no compiler',
      {
        'package.json': { name: 'app', scripts: { build: 'tsc', start: 'node src/main.js' } },
        'src/main.js': "require('./auth_config.json')",
      },
      false,
    ],
  ])('%s', async (_, others, copied) => {
    const { dockerfile, notes } = await createFrom({ ...files, ...others })
    expect(dockerfile.includes(made)).toBe(copied)
    expect(notes.some(({ code }) => code === 'SETTINGS_EXAMPLE')).toBe(copied)
  })

  test('of pages that a server gives out are told of with their folder', async () => {
    const { dockerfile, notes } = await createFrom({
      'package.json': {
        name: 'api',
        scripts: { build: 'npm run build --prefix client', start: 'node index.js' },
        dependencies: { express: '5' },
      },
      'index.js':
        "const app = require('express')()\napp.use(express.static('client/dist'))\napp.listen(3000)",
      ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`client/${path}`, content])),
    })
    expect(dockerfile).toContain(made)
    expect(notes.find(({ code }) => code === 'SETTINGS_EXAMPLE')?.message).toContain(
      'client/src/auth_config.json.example',
    )
  })
})
