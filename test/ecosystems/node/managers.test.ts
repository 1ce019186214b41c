import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const app = (members: object = {}) => ({
  'package.json': {
    scripts: { start: 'node index.js', prepare: 'husky' },
    dependencies: { bcrypt: '5.1.1' },
    ...members,
  },
  'index.js': '',
})
type Files = Record<string, string | object>

const npmLock = (lockfileVersion: number): Files => ({
  'package-lock.json': {
    lockfileVersion,
    packages: { 'node_modules/bcrypt': { version: '5.1.1', hasInstallScript: true } },
    dependencies: { bcrypt: { version: '5.1.1' } },
  },
})
const pnpmLock = (version: string): Files => ({
  'pnpm-lock.yaml':
    version < '6'
      ? `lockfileVersion: ${version}\n\npackages:\n\n  /bcrypt/5.1.1:\n    requiresBuild: true\n    dev: false\n`
      : version < '9'
        ? `lockfileVersion: '${version}'\n\npackages:\n\n  /bcrypt@5.1.1:\n    requiresBuild: true\n    dev: false\n`
        : `lockfileVersion: '${version}'\n\nimporters:\n\n  .:\n    dependencies:\n      bcrypt:\n        specifier: 5.1.1\n        version: 5.1.1\n\npackages:\n\n  bcrypt@5.1.1:\n    resolution: {integrity: x}\n\nsnapshots:\n\n  bcrypt@5.1.1: {}\n`,
})
const yarnLock = (version: number): Files => ({
  'yarn.lock':
    version === 1
      ? '# yarn lockfile v1\n\n\nbcrypt@5.1.1:\n  version "5.1.1"\n'
      : `__metadata:\n  version: ${version}\n\n"bcrypt@npm:5.1.1":\n  version: 5.1.1\n`,
})
const bunLock: Files = {
  'bun.lock': '{ "lockfileVersion": 1, "packages": { "bcrypt": ["bcrypt@5.1.1", "", {}, "sha"] } }',
}

const NPM = '--mount=type=cache,target=/root/.npm'
const PNPM = '--mount=type=cache,id=pnpm,target=/pnpm/store'
const HEADERS = 'npm_config_nodedir=/usr/local'
const pnpmInstall = 'pnpm install --frozen-lockfile --prod --ignore-scripts'

/** One row a manager and version: what installs it, its cache, the production install, and the one script that runs. */
const ROWS: readonly (readonly [
  stated: string | undefined,
  node: string,
  lock: Files,
  tool: string | undefined,
  cache: string,
  install: string,
  rebuild: string,
])[] = [
  ['npm@6.14.18', '14', npmLock(1), undefined, NPM, 'npm ci --only=production --ignore-scripts --legacy-peer-deps', `${HEADERS} npm rebuild bcrypt`],
  [undefined, '14', npmLock(3), 'npm@9.9.4', NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['npm@7.24.2', '16', npmLock(2), 'npm@7.24.2', NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['npm@8.19.4', '16', npmLock(2), undefined, NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['npm@9.9.4', '22', npmLock(3), 'npm@9.9.4', NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['npm@10.9.0', '22', npmLock(3), undefined, NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['npm@11.4.0', '24', npmLock(3), undefined, NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm_config_dangerously_allow_all_scripts=true npm rebuild bcrypt`],
  ['npm@12.2.0', '24', npmLock(3), 'npm@12.2.0', NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm_config_dangerously_allow_all_scripts=true npm rebuild bcrypt`],
  ['npm@12.2.0', '20', npmLock(3), undefined, NPM, 'npm ci --omit=dev --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['pnpm@6.35.1', '16', pnpmLock('5.3'), 'pnpm@6.35.1', '--mount=type=cache,id=pnpm,target=/root/.pnpm-store', pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  ['pnpm@6.35.1', '24', pnpmLock('5.3'), 'pnpm@7.33.7', PNPM, pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  ['pnpm@7.9.0', '16', pnpmLock('5.4'), 'pnpm@7.9.0', PNPM, pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  ['pnpm@7.9.0', '22', pnpmLock('5.4'), 'pnpm@7.33.7', PNPM, pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  ['pnpm@8.2.0', '22', pnpmLock('6.0'), 'pnpm@8.15.9', PNPM, pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  ['pnpm@9.15.0', '22', pnpmLock('9.0'), 'pnpm@9.15.0', PNPM, pnpmInstall, `${HEADERS} pnpm rebuild bcrypt`],
  [undefined, '22', pnpmLock('9.0'), 'pnpm@10.34.8', PNPM, pnpmInstall, `${HEADERS} npm_config_dangerously_allow_all_builds=true pnpm rebuild bcrypt`],
  ['pnpm@11.6.0', '24', pnpmLock('9.0'), 'pnpm@11.6.0', PNPM, pnpmInstall, 'NPM_CONFIG_NODEDIR=/usr/local pnpm_config_dangerously_allow_all_builds=true pnpm rebuild bcrypt'],
  ['pnpm@12.21.0+sha512.0a', '24', pnpmLock('9.0'), 'pnpm@12.21.0', PNPM, pnpmInstall, 'NPM_CONFIG_NODEDIR=/usr/local pnpm_config_dangerously_allow_all_builds=true pnpm rebuild bcrypt'],
  ['yarn@1.22.19', '22', yarnLock(1), '--force yarn@1.22.19', '--mount=type=cache,target=/usr/local/share/.cache/yarn,sharing=locked', 'yarn install --frozen-lockfile --production --ignore-scripts', `${HEADERS} npm rebuild bcrypt`],
  ['yarn@2.0.0', '22', yarnLock(4), '--force @yarnpkg/cli-dist@2.4.2', '--mount=type=cache,target=/root/.yarn/berry/cache', 'npm prune --omit=dev --ignore-scripts --no-package-lock', `${HEADERS} npm rebuild bcrypt`],
  ['yarn@3.6.1', '22', yarnLock(6), '--force @yarnpkg/cli-dist@3.6.1', '--mount=type=cache,target=/root/.yarn/berry/cache', 'npm prune --omit=dev --ignore-scripts --no-package-lock', `${HEADERS} npm rebuild bcrypt`],
  ['yarn@4.5.0', '24', yarnLock(8), '--force @yarnpkg/cli-dist@4.5.0', '--mount=type=cache,target=/root/.yarn/berry/cache', 'yarn workspaces focus --all --production', `${HEADERS} npm_config_dangerously_allow_all_scripts=true npm rebuild bcrypt`],
  ['bun@1.3.0', '24', bunLock, 'bun@1.3.0', '--mount=type=cache,target=/root/.bun/install/cache', 'bun install --frozen-lockfile --production --ignore-scripts', `${HEADERS} npm_config_dangerously_allow_all_scripts=true npm rebuild bcrypt`],
] // biome-ignore format: a table

describe('a production install', () => {
  test.each(ROWS)('%s on Node.js %s', async (packageManager, node, lock, tool, cache, install, rebuild) => {
    const { dockerfile } = await createFrom({ ...app({ packageManager }), ...lock, '.nvmrc': node })
    if (tool) expect(dockerfile).toContain(`npm install --global ${tool}\n`)
    else expect(dockerfile).not.toContain('--global')
    expect(dockerfile).toContain(`${cache} \\\n`)
    expect(dockerfile).toContain(install)
    expect(dockerfile).toContain(`&& ${rebuild} \\\n`)
    expect(dockerfile).not.toMatch(/corepack|latest|husky/)
  })

  test('runs on the version of Node.js that the image has, where no file names the manager', async () => {
    const settings = { 'pnpm-workspace.yaml': 'allowBuilds:\n  bcrypt: true\n' }
    const on = async (node: string) =>
      (await createFrom({ ...app(), ...pnpmLock('9.0'), ...settings, '.nvmrc': node })).dockerfile
    expect(await on('24')).toContain('pnpm@11.28.10')
    expect(await on('20')).toContain('pnpm@10.34.8')
  })

  test.each<[string, Files, object?]>([
    [
      '@yarnpkg/cli-dist@4.3.1',
      { '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.3.1.cjs\n', ...yarnLock(8) },
    ],
    [
      '@yarnpkg/cli-dist@4.3.1',
      { '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.3.1.cjs\n', ...yarnLock(8) },
      { packageManager: 'yarn@4.1.0' },
    ],
    ['yarn@1.22.19', { '.yarnrc': 'yarn-path ".yarn/releases/yarn-1.22.19.cjs"\n', ...yarnLock(1) }],
    ['bun@1.2.3', { '.bun-version': '1.2.3\n', ...bunLock }],
    ['bun@1.3.13', { '.tool-versions': 'nodejs 24.1.0\nbun 1.3.13\n', ...bunLock }],
  ])('%s by a file beside package.json', async (tool, files, manifest) => {
    expect((await createFrom({ ...app(manifest), ...files })).dockerfile).toContain(tool)
  })

  test('Yarn stays the one of the image where a script calls it again', async () => {
    const rc = (text: string) => createFrom({ ...app(), ...yarnLock(8), '.yarnrc.yml': text })
    expect((await rc('yarnPath: .yarn/releases/yarn-4.3.1.cjs\n')).dockerfile).toContain(
      'ENV YARN_YARN_PATH=/usr/local/lib/node_modules/@yarnpkg/cli-dist/bin/yarn.js\n',
    )
    expect((await rc('enableTelemetry: false\n')).dockerfile).not.toContain('PATH')
  })

  test("pnpm's rebuild leaves programs what their packages bring along", async () => {
    const next = {
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '16', bcrypt: '5' },
    }
    const of = async (packageManager: string) =>
      (await createFrom({ ...app({ ...next, packageManager }), ...pnpmLock('9.0') })).dockerfile
    expect(await of('pnpm@11.6.0')).toContain('ENV NODE_PATH=/app/node_modules/.pnpm/node_modules')
    expect(await of('pnpm@12.21.0')).not.toContain('NODE_PATH')
  })
})

describe("Yarn's Plug'n'Play", () => {
  const files = {
    ...app({ scripts: { start: 'node -r ./.pnp.cjs --loader ./.pnp.loader.mjs index.js' } }),
    ...yarnLock(8),
    '.yarnrc.yml': 'enableGlobalCache: false\n',
    '.pnp.cjs': '',
    '.pnp.loader.mjs': '',
  }

  test('becomes node_modules in the image, which has no file of it', async () => {
    const { dockerfile, ignore } = await createFrom(files)
    expect(dockerfile).toContain('YARN_NODE_LINKER=node-modules')
    expect(dockerfile).toMatch(/CMD \[.*"index.js"\]/)
    expect(dockerfile).not.toContain('.pnp')
    expect(ignore).toContain('\n.pnp.*\n.yarn/*\n')
  })

  test("runs none of the project's own scripts at an install", async () => {
    const { dockerfile } = await createFrom({
      ...files,
      ...app({ scripts: { start: 'node index.js', build: 'node build.js', postinstall: 'husky' } }),
    })
    expect(dockerfile).toContain('npm pkg delete scripts \\\n    && yarn workspaces focus --all --production')
    expect(dockerfile).toContain('yarn install --immutable --mode=skip-build')
  })

  test('installs from the archives of the repository, and leaves them out of the image', async () => {
    const { dockerfile, ignore } = await createFrom({ ...files, '.yarn/cache/bcrypt-npm-5.1.1-x.zip': '' })
    expect(dockerfile).toContain('--mount=type=bind,source=.yarn/cache,target=.yarn/cache,rw')
    expect(dockerfile).toContain('YARN_ENABLE_GLOBAL_CACHE=false')
    expect(dockerfile).not.toContain('/root/.yarn')
    expect(dockerfile).toContain('COPY --exclude=.yarn --exclude=.yarnrc.yml . .')
    expect(ignore).toContain('\n.yarn/*\n!.yarn/cache\n')
  })
})

describe('Bun', () => {
  const bun = (files: Files = {}) =>
    createFrom({
      ...app({ scripts: { start: 'bun run src/index.ts' }, dependencies: { hono: '4' } }),
      'src/index.ts': '',
      ...files,
    })

  test('runs what it starts, in its own image and version', async () => {
    const { dockerfile, candidate } = await bun({
      'bun.lock': '{ "packages": {} }',
      '.bun-version': '1.3.13',
    })
    expect(dockerfile).toContain('ARG BUN_VERSION=1.3.13\n')
    expect(dockerfile).toContain('FROM oven/bun:${BUN_VERSION}-slim AS runtime')
    expect(dockerfile).toContain('CMD ["bun", "src/index.ts"]')
    expect(dockerfile).not.toMatch(/FROM node:|npm install/)
    expect(candidate.facts.runtimeVersion?.value).toBe('1.3.13')
  })

  test('with its binary lock file', async () => {
    expect((await bun({ 'bun.lockb': 'binary' })).dockerfile).toContain('source=bun.lockb,target=bun.lockb')
  })

  test('runs what another manager installed', async () => {
    const { dockerfile } = await bun(npmLock(3))
    expect(dockerfile).toContain('FROM node:${NODE_VERSION}-trixie-slim AS base')
    expect(dockerfile).toContain('FROM oven/bun:1.4.5-slim AS runtime')
  })
})

describe('a dependency that SSH reaches', () => {
  const server = (range: string) => ({
    'package.json': { scripts: { start: 'node index.js' }, dependencies: { ms: range } },
    'index.js': '',
  })
  const npm = (resolved: string): Files => ({
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/ms': { version: '2.1.3', resolved } },
    },
  })
  const pnpm = (resolution: string): Files => ({
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      ms:\n        specifier: x\n        version: y\n\npackages:\n\n  ms@y:\n    resolution: ${resolution}\n    version: 2.1.3\n`,
  })

  test.each<[string, string, Files, string | undefined]>([
    ['npm', 'git+ssh://git@git.acme.dev:2222/a/ms.git', npm('git+ssh://git@git.acme.dev:2222/a/ms.git#1f'), 'git.acme.dev'],
    ['npm, of a dependency', '2', npm('git+ssh://git@git.acme.dev/a/ms.git#1f'), 'git.acme.dev'],
    ['npm, as the manifest says', 'git@github.com:a/ms.git', npm('git+ssh://git@github.com/a/ms.git#1f'), 'github.com'],
    ['npm, which asks by HTTPS first', 'github:a/ms', npm('git+ssh://git@github.com/a/ms.git#1f'), undefined],
    ['npm, from a registry', '2', npm('https://npm.example.com/ms/-/ms-2.1.3.tgz'), undefined],
    ['pnpm', 'github:a/ms', pnpm('{commit: 1f, repo: git@github.com:a/ms.git, type: git}'), 'github.com'],
    ['pnpm, by HTTPS', 'github:a/ms', pnpm('{tarball: https://codeload.example.com/a/ms/tar.gz/1f}'), undefined],
    ['Yarn 1', 'a/ms', { 'yarn.lock': '# yarn lockfile v1\n\n\nms@a/ms:\n  version "2.1.3"\n  resolved "git+ssh://git@github.com/a/ms.git#1f"\n' }, 'github.com'],
    ['Yarn', 'x', { 'yarn.lock': '__metadata:\n  version: 8\n\n"ms@git@github.com:a/ms.git":\n  version: 2.1.3\n  resolution: "ms@git@github.com:a/ms.git#commit=1f"\n' }, 'github.com'],
    ['Yarn, from a registry', '2', { 'yarn.lock': '__metadata:\n  version: 8\n\n"ms@npm:2":\n  version: 2.1.3\n  resolution: "ms@npm:2.1.3"\n' }, undefined],
    ['Bun', 'x', { 'bun.lock': { lockfileVersion: 1, packages: { ms: ['ms@git+ssh://git@github.com/a/ms.git#1f', {}, '1f'] } } }, 'github.com'],
  ])('%s', async (_, range, lock, host) => {
    const { dockerfile, plan, candidate } = await createFrom({ ...server(range), ...lock })
    const mounts = /--mount=type=ssh \\\n {4}--mount=type=secret,id=known_hosts,target=\/root\/\.ssh\/known_hosts/
    expect(mounts.test(dockerfile)).toBe(host !== undefined)
    expect(dockerfile.includes('apt-get install -y --no-install-recommends ca-certificates git openssh-client\n')).toBe(
      host !== undefined,
    )
    expect(plan.buildFlags).toBe(
      host && '--ssh default --secret id=known_hosts,src=$HOME/.ssh/known_hosts',
    )
    expect(dockerfile.includes(`# SSH has the keys of your agent, and trusts the hosts that you know: docker build ${plan.buildFlags} .\n`)).toBe(host !== undefined)
    expect(candidate.notes.find(({ code }) => code === 'GIT_BY_SSH')?.message).toEqual(
      host && expect.stringContaining(` ${host} `),
    )
  }) // biome-ignore format: one row a lock file
})

describe('a private registry', () => {
  const NPMRC = {
    '.npmrc':
      '; a comment with ${OLD_TOKEN}\n@acme:registry=https://npm.example.com/\n//npm.example.com/:_authToken=${NPM_TOKEN}\ncache=${HOME}/x\n',
  }
  const built = { scripts: { start: 'node index.js', build: 'node build.js' } }

  test.each<[string, Files, string]>([
    ['npm@11.4.0', npmLock(3), 'source=.npmrc,target=.npmrc'],
    ['pnpm@9.15.9', pnpmLock('9.0'), 'source=.npmrc,target=.npmrc'],
    ['pnpm@10.34.8', pnpmLock('9.0'), 'source=.npmrc,target=/root/.npmrc'],
    ['pnpm@11.28.10', pnpmLock('9.0'), 'source=.npmrc,target=/root/.npmrc'],
    ['yarn@1.22.22', yarnLock(1), 'source=.npmrc,target=.npmrc'],
  ])('%s finds its settings, and the token is a secret', async (packageManager, lock, mount) => {
    const { dockerfile, plan } = await createFrom({ ...app({ packageManager }), ...lock, ...NPMRC })
    expect(dockerfile).toContain(mount)
    expect(dockerfile.match(/type=secret,id=(\w+)/g)).toEqual(['type=secret,id=NPM_TOKEN'])
    expect(dockerfile).toContain('docker build --secret id=NPM_TOKEN,env=NPM_TOKEN .')
    expect(plan.buildFlags).toBe('--secret id=NPM_TOKEN,env=NPM_TOKEN')
  })

  test.each<[string, Files]>([
    [
      'yarn@4.18.1',
      { ...yarnLock(8), '.yarnrc.yml': 'npmScopes:\n  acme:\n    npmAuthToken: "${NPM_TOKEN}"\n' },
    ],
    ['yarn@1.22.22', { ...yarnLock(1), ...NPMRC }],
  ])('%s ends without the variable: its build has it too', async (packageManager, files) => {
    const { dockerfile } = await createFrom({ ...app({ ...built, packageManager }), ...files })
    expect(dockerfile).toMatch(/RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN \\\n {4}yarn run build/)
  })

  test('bunfig.toml names it without braces', async () => {
    const { dockerfile } = await createFrom({
      ...app(),
      ...bunLock,
      'bunfig.toml': '[install.scopes]\nacme = { token = "$ACME_TOKEN", url = "https://npm.example.com/" }\n',
    })
    expect(dockerfile).toContain('type=secret,id=ACME_TOKEN,env=ACME_TOKEN')
  })

  test('a token in the file itself is a warning', async () => {
    const { notes } = await createFrom({
      ...app(),
      ...npmLock(3),
      '.npmrc': '//npm.example.com/:_authToken=abc\n',
    })
    expect(notes.map(({ code }) => code)).toContain('TOKEN_COMMITTED')
  })
})

describe('a development dependency that is an optional peer of something too', () => {
  const write = async (entry: object) =>
    (
      await createFrom({
        'package.json': {
          scripts: { start: 'node index.js' },
          dependencies: { '@react-router/node': '7.9.4' },
          devDependencies: { typescript: '5.9.3' },
        },
        'index.js': '',
        'package-lock.json': {
          lockfileVersion: 3,
          packages: {
            'node_modules/@react-router/node': { version: '7.9.4' },
            'node_modules/typescript': { version: '5.9.3', ...entry },
          },
        },
      })
    ).dockerfile

  test('is kept by npm whatever --omit=dev says, so the manifest no longer names it', async () => {
    const dockerfile = await write({ devOptional: true })
    expect(dockerfile).toContain('--mount=type=bind,source=package.json,target=package.json,rw')
    expect(dockerfile).toContain('npm pkg delete devDependencies \\\n    && npm ci --ignore-scripts\n')
  })

  test.each([
    ['10.9.9', {}, '--omit=dev --omit=peer --ignore-scripts'],
    ['10.9.9', { peer: true }, '--ignore-scripts'],
    ['11.4.0', {}, '--ignore-scripts'],
  ])('npm %s leaves it out, where %j is what production has', async (version, entry, flags) => {
    const { dockerfile, plan } = await createFrom({
      'package.json': {
        name: 'app',
        packageManager: `npm@${version}`,
        scripts: { start: 'node index.js' },
        dependencies: { ms: '2' },
        devDependencies: { typescript: '5' },
      },
      'index.js': '',
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          'node_modules/ms': { version: '2.1.3' },
          'node_modules/react': { version: '19.0.0', ...entry },
          'node_modules/typescript': { version: '5.9.3', devOptional: true },
        },
      },
    })
    expect(dockerfile).toContain(`npm pkg delete devDependencies \\\n    && npm ci ${flags}\n`)
    const kept = version.startsWith('10') && 'peer' in entry
    expect(plan.notes.some(({ code }) => code === 'DEVELOPMENT_KEPT')).toBe(kept)
  })

  test('any other one is left out as usual', async () => {
    expect(await write({ dev: true })).toContain('npm ci --omit=dev --ignore-scripts\n')
  })
})

test('the settings of an install, where a token may stand, are not in the image', async () => {
  const files = { ...app(), ...npmLock(3), '.npmrc': '//npm.example.com/:_authToken=abc\n' }
  const { dockerfile } = await createFrom(files)
  expect(dockerfile).toContain('--mount=type=bind,source=.npmrc,target=.npmrc')
  expect(dockerfile).toContain('COPY --exclude=.npmrc . .')
})

test('a package of the repository that npm puts modules into is there before the install, and they with the program', async () => {
  const packages = {
    '': { name: 'app', dependencies: { lib: 'file:lib', ms: '2.1.3' } },
    lib: { version: '1.0.0', dependencies: { ms: '2.0.0' } },
    'lib/node_modules/ms': { version: '2.0.0' },
    'node_modules/lib': { resolved: 'lib', link: true },
    'node_modules/ms': { version: '2.1.3' },
  }
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node server.js' },
      dependencies: { lib: 'file:lib', ms: '2.1.3' },
    },
    'package-lock.json': { lockfileVersion: 3, packages },
    'lib/package.json': { name: 'lib', version: '1.0.0', dependencies: { ms: '2.0.0' } },
    'server.js': "require('lib')\nrequire('http').createServer().listen(3000)",
  })
  expect(dockerfile).toContain('FROM base AS deps\nCOPY lib lib\nRUN')
  expect(dockerfile).not.toContain('source=lib')
  expect(dockerfile).toContain('COPY --from=deps /app/lib/node_modules ./lib/node_modules\n')
})
