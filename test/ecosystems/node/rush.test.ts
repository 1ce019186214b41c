import { describe, expect, test } from 'vitest'
import { encloses } from '../../../src/detect.ts'
import { createFrom, detectIn, projectFrom } from '../../support/project.ts'

type Files = Readonly<Record<string, string | object>>

const CONFIG = 'common/config/rush'
const projects = [
  { packageName: '@a/api', projectFolder: 'apps/api' },
  { packageName: '@a/admin', projectFolder: './apps/admin' },
  { packageName: '@a/ui', projectFolder: 'libraries/ui' },
]
const rush = { rushVersion: '5.179.0', pnpmVersion: '10.34.8', projects }
const api = {
  name: '@a/api',
  scripts: { build: 'tsc', start: 'node dist/server.js' },
  dependencies: { '@a/ui': 'workspace:*', express: '^5.0.0' },
}
const admin = { name: '@a/admin', scripts: { start: 'node server.js' }, dependencies: { koa: '^3.0.0' } }
const ui = {
  name: '@a/ui',
  main: 'dist/index.js',
  scripts: { build: 'tsc' },
  dependencies: { ms: '^2.1.0' },
}
/** @param ms the range of `ms` as it is locked */
const lock = (ms = '^2.1.0', top = '') => `lockfileVersion: '9.0'

settings:
  autoInstallPeers: false
  excludeLinksFromLockfile: false
${top}
pnpmfileChecksum: sha256-abc=

importers:

  .: {}

  ../../apps/api:
    dependencies:
      '@a/ui':
        specifier: workspace:*
        version: link:../../libraries/ui
      express:
        specifier: ^5.0.0
        version: 5.1.0

  ../../libraries/ui:
    dependencies:
      ms:
        specifier: ${ms}
        version: 2.1.3

packages:

  express@5.1.0:
    resolution: {integrity: sha512-a}

  ms@2.1.3:
    resolution: {integrity: sha512-b}

  typescript@5.9.3:
    resolution: {integrity: sha512-c}

snapshots:

  express@5.1.0: {}

  ms@2.1.3: {}
`
/** A repository with two apps and a library. */
const repository = (files: Files = {}, own: object = {}): Files => ({
  'rush.json': `// Comments are usual here.\n${JSON.stringify({ ...rush, ...own })}`,
  [`${CONFIG}/pnpm-config.json`]: '{ "useWorkspaces": true /* the default is another one */ }',
  [`${CONFIG}/pnpm-lock.yaml`]: lock(),
  'apps/api/package.json': api,
  'apps/api/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  'apps/api/src/server.ts': "import express from 'express'\nexpress().listen(4000)",
  'apps/admin/package.json': admin,
  'apps/admin/server.js': 'app.listen(4001)',
  'libraries/ui/package.json': ui,
  'libraries/ui/src/index.ts': '',
  // Tools of Rush itself, no apps.
  'common/autoinstallers/lint/package.json': { name: 'lint', scripts: { start: 'node .' } },
  'common/autoinstallers/lint/index.js': '',
  ...files,
})
const write = (files: Files) => createFrom(files, { app: '@a/api' })

test('the projects of rush.json are the members, and nothing of its tools is an app', async () => {
  const apps = await detectIn(repository())
  expect(apps.filter(({ fit }) => fit === 'exact').map(({ dir }) => dir)).toEqual(['apps/api', 'apps/admin'])
  expect(apps.map(({ dir }) => dir).filter(dir => dir.startsWith('common'))).toEqual([])
})

test('a folder of a project belongs to the repository', async () => {
  const project = projectFrom(repository())
  expect(await encloses(project, 'apps/api')).toBe(true)
  expect(await encloses(project, 'common/autoinstallers/lint')).toBe(false)
})

test('versions are those of rush.json', async () => {
  const files = repository({}, { nodeSupportedVersionRange: '>=20.0.0 <23.0.0' })
  const app = (await detectIn(files)).find(({ dir }) => dir === 'apps/api')
  expect(app?.facts.runtimeVersion).toMatchObject({
    value: '22',
    source: { path: 'rush.json', detail: 'nodeSupportedVersionRange' },
  })
  expect(app?.facts.packageManager).toMatchObject({
    value: 'pnpm',
    stated: 'pnpm@10.34.8',
    source: { path: 'rush.json', detail: 'pnpmVersion' },
  })
  expect((await write(files)).dockerfile).toContain('pnpm@10.34.8')
})

test('only the closure is installed, where Rush installs it, and the lock file lacks what Rush alone knows', async () => {
  const { dockerfile, ignore } = await write(repository())
  expect(dockerfile).toContain(`source=${CONFIG}/pnpm-lock.yaml,target=${CONFIG}/pnpm-lock.yaml`)
  expect(dockerfile).toContain(
    `sed '/^pnpmfileChecksum:/d' ${CONFIG}/pnpm-lock.yaml > common/temp/pnpm-lock.yaml`,
  )
  expect(dockerfile).toContain(
    `printf '%s\\n' '{"packages":["../../apps/api","../../libraries/ui"]}' > common/temp/pnpm-workspace.yaml`,
  )
  expect(dockerfile).toContain(
    'pnpm -C common/temp install --frozen-lockfile --prod --ignore-scripts --config.auto-install-peers=false \\',
  )
  expect(dockerfile).toContain('RUN pnpm -C libraries/ui run build')
  expect(dockerfile).toContain('RUN pnpm -C apps/api run build')
  expect(dockerfile).toContain('common/temp/package.json common/temp/pnpm-*.yaml')
  expect(dockerfile).not.toMatch(/admin|source=package\.json/)
  expect(ignore).toContain('common/temp\n')
  expect(ignore).toContain('apps/admin\n')
})

test('a manifest at the root is somebody’s tool', async () => {
  const { dockerfile } = await write(
    repository({ 'package.json': { scripts: { start: 'rush start' }, dependencies: { left: '1' } } }),
  )
  expect(dockerfile).not.toMatch(/COPY package\.json|source=package\.json/)
})

describe('what Rush writes for pnpm', () => {
  const settings = (own: object) => ({ [`${CONFIG}/pnpm-config.json`]: { useWorkspaces: true, ...own } })
  const versions = (preferredVersions: object) => ({
    [`${CONFIG}/common-versions.json`]: { preferredVersions },
  })
  test.each<[string, Files, object, string]>([
    [
      'overrides',
      settings({ globalOverrides: { ms: '2.1.3' } }),
      {},
      `printf '%s\\n' '{"pnpm":{"overrides":{"ms":"2.1.3"}}}' > common/temp/package.json`,
    ],
    [
      'extensions of packages',
      settings({ globalPackageExtensions: { a: { dependencies: { b: '1' } } } }),
      {},
      '{"pnpm":{"packageExtensions":{"a":{"dependencies":{"b":"1"}}}}}',
    ],
    [
      'settings that a pnpm of before version 9 has in its lock file',
      settings({ globalNeverBuiltDependencies: ['fsevents'] }),
      { pnpmVersion: '8.15.9' },
      '{"pnpm":{"neverBuiltDependencies":["fsevents"]}}',
    ],
    [
      'settings that Rush only hands on',
      settings({ unsupportedPackageJsonSettings: { pnpm: { overrides: { a: '1' } } } }),
      {},
      '{"pnpm":{"overrides":{"a":"1"}}}',
    ],
    [
      'catalogs',
      settings({ globalCatalogs: { default: { ms: '^2.1.0' } } }),
      {},
      '"../../libraries/ui"],"catalogs":{"default":{"ms":"^2.1.0"}}}',
    ],
    [
      'settings, since pnpm 11 beside the members',
      settings({ globalOverrides: { ms: '2.1.3' } }),
      { pnpmVersion: '11.28.10' },
      '"../../libraries/ui"],"overrides":{"ms":"2.1.3"}}',
    ],
    [
      'patches',
      {
        ...settings({ globalPatchedDependencies: { 'ms@2.1.3': 'patches/ms@2.1.3.patch' } }),
        'common/pnpm-patches/ms@2.1.3.patch': '',
      },
      {},
      'source=common/pnpm-patches,target=common/temp/patches',
    ],
    [
      'settings of the registry',
      { [`${CONFIG}/.npmrc`]: 'registry=https://registry.example.com/' },
      {},
      `source=${CONFIG}/.npmrc,target=common/temp/.npmrc`,
    ],
    [
      'a preferred version, which its hook writes over a range',
      { ...versions({ ms: '2.1.3' }), [`${CONFIG}/pnpm-lock.yaml`]: lock('2.1.3') },
      {},
      "npm pkg set 'dependencies[ms]=2.1.3' --prefix libraries/ui",
    ],
  ])('%s', async (_, files, own, text) => {
    const { dockerfile, notes } = await write(repository(files, own))
    expect(dockerfile).toContain(text)
    expect(dockerfile).toContain('--frozen-lockfile')
    expect(notes.map(({ code }) => code)).not.toContain('LOCKFILE_STALE')
  })

  test('a manifest whose range is set is changed for that one command', async () => {
    const files = { ...versions({ ms: '2.1.3' }), [`${CONFIG}/pnpm-lock.yaml`]: lock('2.1.3') }
    expect((await write(repository(files))).dockerfile).toContain('target=libraries/ui/package.json,rw ')
  })
})

test('what a registry asks for is a secret', async () => {
  const { dockerfile } = await write(
    repository({ [`${CONFIG}/.npmrc`]: '//npm.example.com/:_authToken=${NPM_TOKEN}' }),
  )
  expect(dockerfile).toContain(`source=${CONFIG}/.npmrc,target=/root/.npmrc`)
  expect(dockerfile).toContain('--mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN')
})

test('a token in the settings is told, with their path', async () => {
  const { notes } = await write(repository({ [`${CONFIG}/.npmrc`]: '//npm.example.com/:_authToken=abc' }))
  expect(notes.find(({ code }) => code === 'TOKEN_COMMITTED')?.source).toBe(`${CONFIG}/.npmrc`)
})

test('a lock file that lacks something is told, and not frozen', async () => {
  const { dockerfile, notes } = await write(repository({ [`${CONFIG}/pnpm-lock.yaml`]: lock('^1.0.0') }))
  expect(dockerfile).toContain('pnpm -C common/temp install --no-frozen-lockfile')
  expect(notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message).toContain('ms@^2.1.0')
})

test('no lock file is told', async () => {
  const { [`${CONFIG}/pnpm-lock.yaml`]: _, ...files } = repository()
  const { dockerfile, notes } = await write(files)
  expect(dockerfile).not.toContain('pnpm-lock.yaml >')
  expect(notes.map(({ code }) => code)).toContain('NO_LOCKFILE')
})

test('modules that a step of the build writes to are pruned where Rush has them', async () => {
  const { dockerfile } = await write(
    repository({
      'apps/api/package.json': {
        ...api,
        scripts: { ...api.scripts, postinstall: 'patch-package' },
        dependencies: { ...api.dependencies, 'patch-package': '^8.0.0' },
      },
    }),
  )
  expect(dockerfile).toContain('CI=true pnpm -C common/temp install')
  expect(dockerfile).toContain('--config.modules-cache-max-age=0')
})

test("Next.js looks for a server's modules where Rush has them", async () => {
  const { dockerfile } = await write(
    repository({
      'apps/api/package.json': {
        ...api,
        scripts: { build: 'next build', start: 'next start' },
        dependencies: { ...api.dependencies, next: '15.5.0', react: '19.0.0' },
      },
      'apps/api/app/page.tsx': '',
    }),
  )
  expect(dockerfile).toMatch(/NEXT_PRIVATE_OUTPUT_TRACE_ROOT=\/app .*pnpm -C apps\/api run build/)
  expect(dockerfile).toContain('COPY --from=build /app/apps/api/.next/standalone/common/temp ./common/temp\n')
  expect(dockerfile).toContain('--exclude=common/temp')
})

describe('subspaces', () => {
  const space = (name: string) => ({
    [`common/config/subspaces/${name}/pnpm-lock.yaml`]: lock().replaceAll('../../', '../../../'),
    [`common/config/subspaces/${name}/pnpm-config.json`]: { useWorkspaces: true },
  })
  const split = { [`${CONFIG}/subspaces.json`]: { subspacesEnabled: true } }

  test('a project is installed with the lock file of its own', async () => {
    const { dockerfile, notes } = await write(repository({ ...split, ...space('default') }))
    expect(dockerfile).toContain('source=common/config/subspaces/default/pnpm-lock.yaml')
    expect(dockerfile).toContain('-C common/temp/default')
    expect(dockerfile).toContain('"../../../apps/api"')
    expect(notes.map(({ code }) => code)).not.toContain('LOCKFILE_STALE')
  })

  test('a name that a shell would read is refused', async () => {
    const own = { projects: projects.map(item => ({ ...item, subspaceName: 'a;b\nRUN c' })) }
    await expect(write(repository(split, own))).rejects.toThrow('the name of a subspace')
  })

  test('a project that needs one of another subspace is told', async () => {
    const own = { projects: projects.map(item => ({ ...item, subspaceName: item.packageName.slice(3) })) }
    const files = repository({ ...split, ...space('api'), ...space('admin'), ...space('ui') }, own)
    await expect(write(files)).rejects.toThrow('libraries/ui, which is in another subspace')
  })
})

test.each<[string, Files, RegExp]>([
  ['no package manager', { 'rush.json': '{}', 'apps/api/package.json': api }, /names no version/],
  ['npm', repository({}, { pnpmVersion: undefined, npmVersion: '6.14.18' }), /with npm/],
  ['Yarn', repository({}, { pnpmVersion: undefined, yarnVersion: '1.22.22' }), /with Yarn/],
  ['projects packed into archives', repository({ [`${CONFIG}/pnpm-config.json`]: {} }), /useWorkspaces/],
])('%s is an error that says so', async (_, files, message) => {
  await expect(detectIn(files)).rejects.toThrow(message)
})

test('settings of pnpm in rush.json, as they once were', async () => {
  const { [`${CONFIG}/pnpm-config.json`]: _, ...files } = repository(
    {},
    { pnpmOptions: { useWorkspaces: true } },
  )
  expect((await write(files)).dockerfile).toContain('pnpm -C apps/api run build')
})

test('a project that pnpm copies before it is built is told', async () => {
  const files = repository({
    'apps/api/package.json': { ...api, dependenciesMeta: { '@a/ui': { injected: true } } },
    [`${CONFIG}/pnpm-lock.yaml`]: lock().replace('link:../../libraries/ui', 'file:../../libraries/ui'),
  })
  await expect(write(files)).rejects.toThrow('@a/ui is injected')
})
