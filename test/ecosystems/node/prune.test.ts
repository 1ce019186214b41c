import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Files = Record<string, string | object>

const yarnLock = (version: number): Files => ({ 'yarn.lock': `__metadata:\n  version: ${version}\n` })
const workspace = (manager: string, lock: Files): Files => ({
  'package.json': {
    packageManager: manager,
    workspaces: ['apps/*', 'libs/*'],
    scripts: { postinstall: 'patch-package' },
    devDependencies: { 'patch-package': '8.0.0' },
  },
  'apps/api/package.json': {
    name: '@acme/api',
    scripts: { start: 'node index.js' },
    dependencies: { ms: '2.1.3', '@acme/lib': 'workspace:^' },
  },
  'apps/api/index.js': 'require("http").createServer().listen(3000)',
  'libs/lib/package.json': { name: '@acme/lib', version: '1.0.0' },
  'patches/ms+2.1.3.patch': '',
  ...lock,
})
const alone = (manager: string, lock: Files): Files => ({
  'package.json': {
    packageManager: manager,
    scripts: { postinstall: 'patch-package', start: 'node index.js' },
    dependencies: { ms: 'patch:ms@npm%3A2.1.3#~/.yarn/patches/ms.patch' },
  },
  'index.js': 'require("http").createServer().listen(3000)',
  'patches/ms+2.1.3.patch': '',
  '.yarn/patches/ms.patch': '',
  ...lock,
})
const PLUGIN: Files = {
  '.yarnrc.yml':
    'plugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs\n    spec: "@yarnpkg/plugin-workspace-tools"\n',
  '.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs': '',
}

/** How production comes of a build's modules that were patched. */
test.each<[string, Files, string, boolean]>([
  ['Yarn 4', workspace('yarn@4.5.0', yarnLock(8)), 'yarn workspaces focus --production @acme/api', true],
  [
    'Yarn 3 with its plugin',
    workspace('yarn@3.6.1', { ...yarnLock(6), ...PLUGIN }),
    'yarn workspaces focus --production @acme/api',
    true,
  ],
  ['Yarn 3 without it', workspace('yarn@3.6.1', yarnLock(6)), 'npm pkg delete devDependencies', true],
  ['Yarn 4, one app', alone('yarn@4.5.0', yarnLock(8)), 'yarn workspaces focus --all --production', true],
  [
    'Yarn 1',
    workspace('yarn@1.22.22', { 'yarn.lock': '# yarn lockfile v1\n' }),
    'npm prune --omit=dev',
    false,
  ],
  ['npm', workspace('npm@10.9.0', {}), 'npm prune --omit=dev', false],
])('%s', async (_, files, command, mounted) => {
  // biome-ignore format: a table
  const { dockerfile } = await createFrom(files)
  const last = dockerfile.split('AS build')[1]?.split('\nFROM')[0]?.split('\nRUN ').at(-1) ?? ''
  expect(last).toContain(command)
  expect(last.includes('--mount=type=bind,source=package.json,target=package.json,rw')).toBe(mounted)
  expect(dockerfile.includes('npm prune')).toBe(!mounted)
  expect(dockerfile).toContain('COPY --from=build /app')
})

test("Bun takes nothing out of a workspace's modules: they stay, and a note says so", async () => {
  const { dockerfile, notes } = await createFrom(
    workspace('bun@1.3.0', { 'bun.lock': '{ "lockfileVersion": 1, "packages": {} }' }),
  )
  expect(dockerfile).not.toContain('npm prune')
  expect(dockerfile).toContain('COPY --from=build /app ./\n')
  expect(notes.map(({ code }) => code)).toContain('DEVELOPMENT_KEPT')
})

test.each([
  ['none', {}, 'rm -rf .yarn'],
  ['patches', { '.yarn/patches/a.patch': '' }, 'rm -f .yarn/install-state.gz .yarn/build-state.yml'],
  [
    'archives',
    { '.yarn/cache/ms-npm-2.1.3-1.zip': '' },
    'rm -f .yarn/install-state.gz .yarn/build-state.yml',
  ],
])("what is mounted into Yarn's folder is not removed from it: %s", async (_, files, command) => {
  const { dockerfile } = await createFrom({
    ...workspace('yarn@4.5.0', yarnLock(8)),
    'package.json': { packageManager: 'yarn@4.5.0', workspaces: ['apps/*', 'libs/*'] },
    ...files,
  })
  expect(dockerfile.split('\n').filter(line => /rm -r?f/.test(line))).toEqual([`    && ${command}`])
})
