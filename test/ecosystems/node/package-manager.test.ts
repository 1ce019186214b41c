import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const app = (members: object = {}) => ({
  'package.json': { scripts: { start: 'node index.js' }, dependencies: { ms: '2' }, ...members },
  'index.js': '',
})
const pnpmLock = (version: string) =>
  `lockfileVersion: '${version}'\n\nimporters:\n\n  .:\n    dependencies:\n      ms:\n        specifier: '2'\n        version: 2.1.3\n`
const berry = (version: number) => `__metadata:\n  version: ${version}\n\n"ms@npm:2":\n  version: 2.1.3\n`

const YARN = '# yarn lockfile v1\n\n\nms@2:\n  version "2.1.3"\n'

describe('the package manager', () => {
  test.each<[string, Record<string, string | object>, string | undefined]>([
    ['npm', { 'package-lock.json': { lockfileVersion: 3, packages: {} } }, undefined],
    ['npm', { 'npm-shrinkwrap.json': { lockfileVersion: 2, packages: {} } }, undefined],
    ['pnpm', { 'pnpm-lock.yaml': pnpmLock('5.3') }, 'pnpm@7.33.7'],
    ['pnpm', { 'pnpm-lock.yaml': pnpmLock('5.4') }, 'pnpm@7.33.7'],
    ['pnpm', { 'pnpm-lock.yaml': pnpmLock('6.0') }, 'pnpm@8.15.9'],
    ['pnpm', { 'pnpm-lock.yaml': pnpmLock('9.0') }, 'pnpm@10.34.8'],
    [
      'pnpm',
      { 'pnpm-lock.yaml': pnpmLock('9.0'), 'pnpm-workspace.yaml': 'allowBuilds:\n  esbuild: true\n' },
      'pnpm@11.28.10',
    ],
    ['pnpm', { 'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\n---\n${pnpmLock('9.0')}` }, 'pnpm@12.21.0'],
    // Images of Node.js before 26 have it.
    ['yarn', { 'yarn.lock': YARN }, undefined],
    ['yarn', { 'yarn.lock': YARN, '.nvmrc': '26' }, 'yarn@1.22.22'],
    ['yarn', { 'yarn.lock': berry(4) }, '@yarnpkg/cli-dist@2.4.2'],
    ['yarn', { 'yarn.lock': berry(6) }, '@yarnpkg/cli-dist@3.8.7'],
    ['yarn', { 'yarn.lock': berry(8) }, '@yarnpkg/cli-dist@4.18.1'],
    ['bun', { 'bun.lock': '{ "lockfileVersion": 1, "packages": {}, }' }, 'bun@1.4.5'],
    ['bun', { 'bun.lockb': 'binary' }, 'bun@1.4.5'],
  ])('%s by its lock file %j', async (id, files, installed) => {
    const { candidate, dockerfile } = await createFrom({ ...app(), ...files })
    expect(candidate.facts.packageManager?.value).toBe(id)
    if (installed) expect(dockerfile).toMatch(new RegExp(`npm install --global (--force )?${installed}\\n`))
    else expect(dockerfile).not.toContain('--global')
  })

  describe('that the scripts of the build call', () => {
    const scripts = {
      build: 'tsc && pnpm run copy',
      copy: 'cp -r src/views dist',
      start: 'node dist/index.js',
    }
    const npm = {
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/typescript': { version: '5.9.3' } },
      },
    }
    test.each<[string, Record<string, string | object>, string, string]>([
      ['installs where no lock file is there', {}, 'pnpm', 'pnpm@11.28.10'],
      ['decides between lock files', { ...npm, 'pnpm-lock.yaml': pnpmLock('9.0') }, 'pnpm', 'pnpm@10.34.8'],
      ['is there beside another one', npm, 'npm', 'pnpm@10.34.8'],
    ])('%s', async (_, files, id, installed) => {
      const { candidate, dockerfile } = await createFrom({ ...app({ scripts }), ...files })
      expect(candidate.facts.packageManager?.value).toBe(id)
      expect(dockerfile).toContain(`npm install --global ${installed}\n`)
      expect(dockerfile).toContain(`RUN ${id} run build\n`)
    })

    test('is none where all call the one of the lock file', async () => {
      const { dockerfile } = await createFrom({
        ...app({ scripts: { ...scripts, build: 'tsc && npm run copy' } }),
        ...npm,
      })
      expect(dockerfile).not.toContain('--global')
    })
  })

  describe('a lock file that lacks what the manifest asks for', () => {
    const asked = { dependencies: { ms: '^2.1.0', '@a/b': '1', c: 'github:a/c', d: 'workspace:*' } }
    const pnpmStep =
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      typescript:\n        specifier: latest\n        version: 5.9.3\n    dependencies:\n      '@a/b':\n        specifier: '1'\n        version: 1.0.0\n      ms:\n        specifier: ^2.1.0\n        version: 2.1.3\n"
    const berryStep =
      '__metadata:\n  version: 8\n\n"@a/b@npm:1":\n  version: 1.0.0\n\n"ms@npm:^2.1.0":\n  version: 2.1.3\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n  dependencies:\n    "@a/b": "npm:1"\n    ms: "npm:^2.1.0"\n'
    const locked = (version: string) => ({
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/ms': { version }, 'node_modules/@a/b': { version: '1.0.0' } },
    })
    const peers = (peer: boolean, own: object = {}) => {
      const { packages } = locked('2.1.3')
      const more = { 'node_modules/e': { version: '1.0.0', peerDependencies: { f: '^1.0.0' } }, 'node_modules/f': { version: '2.0.0' }, 'node_modules/g': { version: '1.0.0', ...(peer && { peer }) } }
      return { lockfileVersion: 3, packages: { ...packages, '': { dependencies: own }, ...more } }
    } // biome-ignore format: one line a part
    test.each<[string, Record<string, string | object>, object, string | undefined]>([
      ['npm, a peer that it would lay elsewhere', { 'package-lock.json': peers(true) }, {}, 'npm install --omit=dev --ignore-scripts'],
      ['npm, a peer that the root asks for', { 'package-lock.json': peers(true, { f: '2' }) }, {}, undefined],
      ['npm, which put no peers in', { 'package-lock.json': peers(false) }, {}, undefined],
      ['npm', { 'package-lock.json': locked('2.0.0') }, {}, 'npm install --omit=dev --ignore-scripts'],
      ['npm, in step', { 'package-lock.json': locked('2.1.3') }, {}, undefined],
      ['npm, named and not locked', { 'package-lock.json': { lockfileVersion: 3, packages: { '': { version: '1.0.0', dependencies: { ms: '^2.1.0', '@a/b': '1' } }, 'node_modules/@a/b': { version: '1.0.0' } } } }, {}, 'npm install --omit=dev --ignore-scripts'],
      ['npm, before version 7', { 'package-lock.json': { lockfileVersion: 1, dependencies: { ms: { version: '1.0.0' } } } }, {}, 'npm install --omit=dev --ignore-scripts --legacy-peer-deps'],
      ['npm, overridden within another', { 'package-lock.json': locked('2.0.0') }, { overrides: { x: { ms: '2.0.0' } } }, undefined],
      ['npm, overridden', { 'package-lock.json': locked('2.0.0') }, { overrides: { ms: '2.0.0' } }, undefined],
      ['Yarn 1, resolved elsewhere', { 'yarn.lock': 'x@1:\n  version "1.0.0"\n' }, { resolutions: { '**/ms': '1', '@a/b': '2' } }, undefined],
      ['npm, nothing locked', { 'package-lock.json': { lockfileVersion: 3, packages: {} } }, {}, undefined],
      ['Yarn 1, resolutions set since', { 'yarn.lock': '"@a/b@1":\n  version "1.0.0"\n\nms@^2.1.0:\n  version "2.1.3"\n' }, { resolutions: { '**/ms': '3' } }, 'yarn install --production'],
      ['Yarn 1, resolutions locked', { 'yarn.lock': '"@a/b@1":\n  version "1.0.0"\n\nms@3, ms@^2.1.0:\n  version "3.0.0"\n' }, { resolutions: { ms: '3' } }, undefined],
      ['Yarn 1', { 'yarn.lock': 'ms@^2.0.0:\n  version "2.1.3"\n' }, {}, 'yarn install --production'],
      ['Yarn 1, in step', { 'yarn.lock': '"@a/b@1", "@a/b@^1.0.0":\n  version "1.0.0"\n\nms@^2.0.0, ms@^2.1.0:\n  version "2.1.3"\n' }, {}, undefined],
      ['Yarn 1, members of a workspace', { 'yarn.lock': 'x@1:\n  version "1.0.0"\n' }, { workspaces: ['none/*'] }, undefined],
      ['Yarn 4', { 'yarn.lock': '__metadata:\n  version: 8\n\n"ms@npm:^2.0.0":\n  version: 2.1.3\n' }, {}, 'yarn install --no-immutable'],
      ['pnpm', { 'pnpm-lock.yaml': pnpmLock('9.0') }, {}, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, others overridden', { 'pnpm-lock.yaml': `${pnpmLock('9.0')}\noverrides:\n  x@>=1.0.0 <=2.0.1: '>=2.0.2'\n  ms@1>y@>=2: '3'\n` }, {}, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, overridden', { 'pnpm-lock.yaml': `${pnpmLock('9.0')}\noverrides:\n  ms@<2.1: 2.0.0\n  y@1>@a/b@>=1: '2'\n  'typescript': '5'\n` }, {}, undefined],
      ['pnpm, overridden with another range', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\noverrides:\n  ms: ^2.1.0\n  '@a/b': 'catalog:'\n\nimporters:\n\n  .:\n    dependencies:\n      '@a/b':\n        specifier: '1'\n        version: 1.0.0\n      ms:\n        specifier: ^2.1.3\n        version: 2.1.3\n" }, {}, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, a catalog overridden', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\noverrides:\n  ms: ^2.1.0\n\nimporters:\n\n  .:\n    dependencies:\n      ms:\n        specifier: ^2.1.3\n        version: 2.1.3\n" }, { dependencies: { ms: 'catalog:' }, devDependencies: {} }, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, overridden with its own', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\noverrides:\n  ms: ^2.1.3\n\nimporters:\n\n  .:\n    dependencies:\n      '@a/b':\n        specifier: '1'\n        version: 1.0.0\n      ms:\n        specifier: ^2.1.3\n        version: 2.1.3\n    devDependencies:\n      typescript:\n        specifier: latest\n        version: 5.9.3\n" }, {}, undefined],
      ['pnpm, with hooks', { 'pnpm-lock.yaml': `${pnpmLock('9.0')}\npnpmfileChecksum: sha256-none\n` }, {}, undefined],
      ['Bun', { 'bun.lock': { lockfileVersion: 1, workspaces: { '': { dependencies: { ms: '2' } } } } }, {}, 'bun install --omit=dev'],
      ['Bun, with what departed', { 'bun.lock': { lockfileVersion: 1, workspaces: { '': { dependencies: { ms: '^2.1.0', '@a/b': '1', gone: '1' }, devDependencies: { typescript: 'latest' } } } } }, {}, 'bun install --omit=dev'],
      ['Bun, moved', { 'bun.lock': { lockfileVersion: 1, workspaces: { '': { dependencies: { ms: '^2.1.0', typescript: 'latest' }, devDependencies: { '@a/b': '1' } } } } }, {}, undefined],
      ['Bun, in binary', { 'bun.lockb': 'ms@^2.0.0:\n  version "2.1.3"\n' }, {}, 'bun install --omit=dev'],
      ['Bun, in binary and step', { 'bun.lockb': '"@a/b@1":\n  version "1.0.0"\n\nms@^2.1.0:\n  version "2.1.3"\n' }, {}, undefined],
      ['pnpm, with what departed', { 'pnpm-lock.yaml': `${pnpmStep}      gone:\n        specifier: '1'\n        version: 1.0.0\n` }, {}, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, moved', { 'pnpm-lock.yaml': pnpmStep }, { devDependencies: { ms: '^2.1.0', typescript: 'latest' }, dependencies: { '@a/b': '1' } }, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, in step', { 'pnpm-lock.yaml': pnpmStep }, {}, undefined],
      ['pnpm, a peer', { 'pnpm-lock.yaml': pnpmStep }, { dependencies: { '@a/b': '1' }, peerDependencies: { ms: '^2.1.0' } }, undefined],
      ['pnpm 6, with what departed', { 'pnpm-lock.yaml': "lockfileVersion: 5.4\n\nspecifiers:\n  '@a/b': '1'\n  gone: '1'\n  ms: ^2.1.0\n\ndependencies:\n  '@a/b': 1.0.0\n  gone: 1.0.0\n  ms: 2.1.3\n" }, {}, 'pnpm install --no-frozen-lockfile --prod'],
      ['pnpm, with what departed and hooks', { 'pnpm-lock.yaml': `${pnpmStep}      gone:\n        specifier: '1'\n        version: 1.0.0\n\npnpmfileChecksum: sha256-none\n` }, {}, undefined],
      ['Yarn 4, with what departed', { 'yarn.lock': `${berryStep}    gone: "npm:1"\n` }, {}, 'yarn install --no-immutable'],
      ['Yarn 4, in step', { 'yarn.lock': berryStep }, {}, undefined],
    ])('%s', async (_, files, members, command) => {
      const { dockerfile, notes } = await createFrom({
        ...app({ ...asked, devDependencies: { typescript: 'latest' }, scripts: { build: 'vite build', start: 'node index.js' }, ...members }),
        ...files,
      })
      expect(notes.some(({ code }) => code === 'LOCKFILE_STALE')).toBe(command !== undefined)
      if (command) expect(dockerfile).toContain(command)
      else expect(dockerfile).toMatch(/npm ci|frozen|--immutable/)
      // Some write the file anew, others put another in its place, which a mount doesn't allow.
      const replaced = command && /^(pnpm|bun)/.test(command)
      const written = /source=[\w.-]+lock[\w.-]*,target=[\w.-]+,rw/.test(dockerfile)
      expect(written).toBe(command !== undefined && !replaced)
      if (replaced) expect(dockerfile).toMatch(/source=(\S+),target=\/tmp\/\1[\s\S]*? cp \/tmp\/\1 \. [\s\S]*? && rm \1\n/)
    }) // biome-ignore format: one row a lock file

    test.each([
      ['another one', { 'package-lock.json': locked('2.1.3') }, 'npm ci'],
      ['none', {}, 'npm install'],
    ])('that Yarn could not read gives way to %s', async (_, files, command) => {
      const { dockerfile, notes } = await createFrom({
        ...app(asked),
        'yarn.lock': 'ms@^2.1.0:\n  version "2.1.3"\n  integrity sha1-a= sha512-b==\n',
        ...files,
      })
      expect(dockerfile).toContain(command)
      expect(notes.map(({ code }) => code)).toContain('LOCKFILE_UNREADABLE')
    })

    test('with quoted checksums is read', async () => {
      const { dockerfile } = await createFrom({
        ...app({ dependencies: { ms: '^2.1.0' } }),
        'yarn.lock': 'ms@^2.1.0:\n  version "2.1.3"\n  integrity "sha1-a= sha512-b=="\n',
        'package-lock.json': locked('2.0.0'),
      })
      expect(dockerfile).toContain('yarn install --frozen-lockfile')
    })

    test('gives way to another one', async () => {
      const { dockerfile, notes } = await createFrom({
        ...app(asked),
        'yarn.lock': 'ms@^2.0.0:\n  version "2.1.3"\n',
        'package-lock.json': locked('2.1.3'),
      })
      expect(dockerfile).toContain('npm ci')
      expect(notes.map(({ code }) => code)).not.toContain('LOCKFILE_STALE')
      expect(notes.map(({ code }) => code)).toContain('SEVERAL_LOCKFILES')
    })
  })

  test("Yarn 1's entries of several ranges", async () => {
    const { dockerfile } = await createFrom({
      ...app({ dependencies: { '@a/b': '1' } }),
      'yarn.lock':
        '"@a/b@1", "@a/b@^1.0.0":\n  version "1.0.0"\n  dependencies:\n    bcrypt "5.1.1"\n\nbcrypt@5.1.1:\n  version "5.1.1"\n',
    })
    expect(dockerfile).toContain('npm rebuild bcrypt')
  })

  test.each([
    ['pnpm@9.1.2+sha512.abc', 'pnpm', 'pnpm@9.1.2'],
    ['yarn@4.3.1', 'yarn', '@yarnpkg/cli-dist@4.3.1'],
    ['yarn@1.22.19', 'yarn', 'yarn@1.22.19'],
    ['bun@1.3.0', 'bun', 'bun@1.3.0'],
  ])('packageManager %s is installed exactly', async (packageManager, id, installed) => {
    const { candidate, dockerfile } = await createFrom({
      ...app({ packageManager }),
      'package-lock.json': { packages: {} },
    })
    expect(candidate.facts.packageManager).toMatchObject({ value: id, stated: packageManager.split('+')[0] })
    expect(dockerfile).toContain(installed)
    expect(dockerfile).not.toContain('latest')
  })

  test.each<[string, Record<string, string | object>, string]>([
    ['a lock file of another in step with the manifest', {}, 'npm'],
    ['one that lacks something', { 'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/x': { version: '1.0.0' } } } }, 'yarn'],
    ['one beside its own', { 'yarn.lock': 'ms@^2.1.0:\n  version "2.1.3"\n' }, 'yarn'],
    ['one beside an own that is empty', { 'yarn.lock': '\n' }, 'npm'],
    ['one beside its settings', { '.yarnrc.yml': 'nodeLinker: node-modules\n' }, 'yarn'],
  ])('packageManager and %s', async (_, files, id) => {
    const { candidate, notes } = await createFrom({
      ...app({ packageManager: 'yarn@1.22.22', dependencies: { ms: '^2.1.0' } }),
      'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/ms': { version: '2.1.3' } } },
      ...files,
    })
    expect(candidate.facts.packageManager?.value).toBe(id)
    expect(notes.some(({ code }) => code === 'PACKAGE_MANAGER_UNUSED')).toBe(id === 'npm')
  }) // biome-ignore format: one row a case

  test('devEngines names it too', async () => {
    const [found] = await detectIn(
      app({ devEngines: { packageManager: { name: 'pnpm', version: '^9.0.0' } } }),
    )
    expect(found?.facts.packageManager).toMatchObject({ value: 'pnpm', stated: 'pnpm@^9.0.0' })
  })

  test('without a lock file there is a note and an install that needs none', async () => {
    const { dockerfile, notes } = await createFrom(app())
    expect(notes.map(({ code }) => code)).toContain('NO_LOCKFILE')
    expect(dockerfile).toContain('npm install --omit=dev --ignore-scripts')
    expect(dockerfile).toContain('target=package.json,rw')
  })

  test('two lock files are a note', async () => {
    const { notes } = await createFrom({
      ...app(),
      'yarn.lock': '# yarn lockfile v1\n',
      'package-lock.json': { packages: {} },
    })
    expect(notes.map(({ code }) => code)).toContain('SEVERAL_LOCKFILES')
  })
})

describe('the install', () => {
  test.each<[Record<string, string | object>, object, string]>([
    [{ 'package-lock.json': { lockfileVersion: 3, packages: {} } }, {}, 'npm ci --omit=dev --ignore-scripts'],
    [
      { 'package-lock.json': { lockfileVersion: 1, dependencies: {} } },
      {},
      'npm ci --omit=dev --ignore-scripts --legacy-peer-deps',
    ],
    [{ 'pnpm-lock.yaml': pnpmLock('9.0') }, {}, 'pnpm install --frozen-lockfile --prod --ignore-scripts'],
    [
      { 'yarn.lock': '# yarn lockfile v1\n' },
      {},
      'yarn install --frozen-lockfile --production --ignore-scripts',
    ],
    [{ 'yarn.lock': berry(8) }, {}, 'yarn workspaces focus --all --production'],
    [{ 'bun.lock': '{ "packages": {} }' }, {}, 'bun install --frozen-lockfile --production --ignore-scripts'],
  ])('%j leaves development out', async (files, members, command) => {
    expect((await createFrom({ ...app(members), ...files })).dockerfile).toContain(command)
  })

  test('a token of a registry is a secret mount, and the build command names it', async () => {
    const { dockerfile, plan } = await createFrom({
      ...app(),
      'package-lock.json': { packages: {} },
      '.npmrc': '//npm.example.org/:_authToken=${NPM_TOKEN}\n',
    })
    expect(dockerfile).toContain('--mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN')
    expect(dockerfile).toContain('source=.npmrc,target=.npmrc')
    expect(plan.buildFlags).toBe('--secret id=NPM_TOKEN,env=NPM_TOKEN')
  })

  test('patches are there when the install reads them', async () => {
    const { dockerfile } = await createFrom({
      ...app(),
      'pnpm-lock.yaml': pnpmLock('9.0'),
      'pnpm-workspace.yaml': 'patchedDependencies:\n  ms: patches/ms.patch\n',
      'patches/ms.patch': 'x',
    })
    expect(dockerfile).toContain('source=patches,target=patches')
    expect(dockerfile).toContain('source=pnpm-workspace.yaml,target=pnpm-workspace.yaml')
  })
})

test.each([
  ['pnpm@8.15.8', true],
  ['pnpm@9.15.0', false],
])('%s: whether its node-gyp lacks what Python has no more', async (packageManager, lacks) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      packageManager,
      scripts: { start: 'node index.js' },
      dependencies: { bcrypt: '5.1.0' },
    },
    'index.js': "require('http').createServer().listen(3000)",
  })
  expect(dockerfile).toContain('g++ make python3')
  expect(dockerfile.includes('python3-setuptools')).toBe(lacks)
})

test.each<[string, object, string | undefined]>([
  ['has all', { 'node_modules/b': { version: '1.0.0' } }, undefined],
  ['has it below the other', { 'node_modules/a/node_modules/b': { version: '1.0.0' } }, undefined],
  ['has it for another package alone', { 'node_modules/c/node_modules/b': { version: '1.0.0' } }, 'b of a'],
  ['lacks it', {}, 'b of a'],
  ['has it in another version alone', { 'node_modules/b': { version: '2.0.0' } }, 'b@1 of a'],
  [
    'has in another version, but for a platform, what it has not',
    {
      'node_modules/b': { version: '1.0.0' },
      'node_modules/a-wasm32-wasi': { version: '1.0.0', dependencies: { b: '2' } },
    },
    undefined,
  ],
  ['has a package of that name', { 'node_modules/b': { version: 'github' } }, undefined],
  [
    'has it in another version beside the members of a workspace',
    { 'node_modules/b': { version: '2.0.0' }, 'node_modules/m': { link: true } },
    undefined,
  ],
])("npm's lock file %s that a package asks for", async (_, packages, lacks) => {
  const { notes, dockerfile } = await createFrom({
    'package.json': { scripts: { start: 'node a.js' }, engines: { node: '22' }, dependencies: { a: '1' } },
    'a.js': '',
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/a': {
          version: '1.0.0',
          dependencies: { b: '1' },
          optionalDependencies: { 'a-linux-x64': '1' },
        },
        'node_modules/c': { version: '1.0.0' },
        ...packages,
      },
    },
  })
  const stale = notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message
  expect(stale?.includes(`lacks ${lacks},`) ?? false).toBe(lacks !== undefined)
  expect(dockerfile.includes('npm ci')).toBe(lacks === undefined)
})

test.each<[string, string, boolean]>([
  ['a version', '2.1.0', false],
  ['a range', '>=4.2.2', true],
  ['an address', 'git+https://github.com/a/b.git#1', false],
])("an old lock file of npm's with %s", async (_, version, stale) => {
  const { notes, dockerfile } = await createFrom({
    'package.json': { scripts: { start: 'node a.js' }, dependencies: { a: '1' } },
    'a.js': '',
    'package-lock.json': {
      lockfileVersion: 1,
      dependencies: { a: { version: '1.0.0', dependencies: { b: { version } } } },
    },
  })
  const said = notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message
  expect(said?.includes('lacks a version of b,') ?? false).toBe(stale)
  expect(dockerfile.includes('npm ci')).toBe(!stale)
})

describe("code for Linux that npm's lock file lacks is installed besides", () => {
  const binaries = {
    '@b/core-linux-x64-gnu': '1.0.3',
    '@b/core-linux-arm64-gnu': '1.0.3',
    '@b/core-linux-x64-musl': '1.0.3',
    '@b/core-darwin-arm64': '1.0.3',
  }
  const besides = async (members: object, packages: object, wishes: Record<string, string> = {}) => {
    const { dockerfile, notes } = await createFrom(
      {
        'package.json': { scripts: { start: 'node a.js', build: 'bundle' }, engines: { node: '22' }, dependencies: { b: '1' } },
        'a.js': '',
        'package-lock.json': {
          lockfileVersion: 3,
          packages: {
            'node_modules/b': { version: '1.0.0', optionalDependencies: binaries, ...members },
            'node_modules/@b/core-darwin-arm64': { version: '1.0.3', optional: true },
            ...packages,
          },
        },
      },
      wishes,
    ) // biome-ignore format: the manifest is one line
    return { lines: dockerfile.match(/npm install --no-save.*/g) ?? [], dockerfile, notes }
  }

  test('in the version that its package asks for, for the architecture of the image', async () => {
    const { lines, dockerfile, notes } = await besides({}, {})
    const added = '@b/core-linux-$(node -p process.arch)-gnu@1.0.3'
    expect(lines).toEqual([
      `npm install --no-save --omit=dev --ignore-scripts ${added}`,
      `npm install --no-save --ignore-scripts ${added}`,
    ])
    expect(dockerfile).toContain(
      'npm ci --ignore-scripts \
',
    )
    expect(notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message).toContain("such as b's")
  })

  test.each<[string, object, object, Record<string, string>, readonly string[]]>([
    ['a tool for development', { dev: true }, {}, {}, ['--ignore-scripts @b/core-linux-$(node -p process.arch)-gnu@1.0.3']],
    ['Alpine', { dev: true, optionalDependencies: { 'b-linux-x64-gnu': '1.0.0', 'b-linux-arm64-gnu': '1.0.0', 'b-linux-x64-musl': '1.0.0', 'b-linux-arm64-musl': '1.0.0' } }, {}, { runtime: 'alpine' }, ['--ignore-scripts b-linux-$(node -p process.arch)-musl@1.0.0']],
    ['a range', { optionalDependencies: { 'b-linux-x64': '^1.0.0', 'b-linux-arm64': '^1.0.0' } }, {}, {}, []],
    ['one architecture', { optionalDependencies: { 'b-linux-64': '1.0.0', 'b-linux-arm64': '1.0.0' } }, {}, {}, []],
    ['no word of a command', { optionalDependencies: { 'b;rm-linux-x64': '1.0.0', 'b;rm-linux-arm64': '1.0.0', 'b-linux-x64': '1.0.0; rm', 'b-linux-arm64': '1' } }, {}, {}, []],
    ['all is there', {}, { 'node_modules/@b/core-linux-x64-gnu': {}, 'node_modules/@b/core-linux-arm64-gnu': {} }, {}, []],
  ])('%s', async (_, members, packages, wishes, expected) => {
    const { lines } = await besides(members, packages, wishes)
    expect(lines).toEqual(expected.map(words => `npm install --no-save ${words}`))
  }) // biome-ignore format: one row a lock file
})

test.each<[string, object, object, string | undefined]>([
  ['of Node.js 24, which refuses that', {}, {}, 'a-linux-arm64 of a'],
  ['of Node.js 22, which goes on', { engines: { node: '22' } }, {}, undefined],
  ['that is pinned before it came to that', { packageManager: 'npm@11.6.1', engines: { node: '22' } }, {}, undefined],
  ['that is pinned after it', { packageManager: 'npm@11.6.2', engines: { node: '22' } }, {}, 'a-linux-arm64 of a'],
  ['that finds all', {}, { 'node_modules/a-linux-arm64': { version: '1.0.0', optional: true } }, undefined],
  ['that looks behind no member', {}, { '': { dependencies: { tool: '*' } }, 'node_modules/tool': { link: true, resolved: 'tool' }, tool: { dependencies: { a: '1' } } }, undefined],
  ['that finds what a package holds itself', {}, { 'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux-arm64': '1' }, bundleDependencies: true } }, undefined],
])('a lock file without the binaries of other systems, for an npm %s', async (_, manifest, packages, lacks) => {
  const { notes, dockerfile } = await createFrom({
    'package.json': { scripts: { start: 'node a.js' }, dependencies: { a: '1' }, ...manifest },
    'a.js': '',
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux-arm64': '1' } },
        ...packages,
      },
    },
  })
  const stale = notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message
  expect(stale?.includes(`lacks ${lacks},`) ?? false).toBe(lacks !== undefined)
  expect(dockerfile.includes('npm ci')).toBe(lacks === undefined)
}) // biome-ignore format: one row a version of npm

test.each([
  ['package-lock.json', '{ "lockfileVersion": 3, "packages": {} }', { tsc: '2' }, true],
  ['bun.lock', '{ "lockfileVersion": 1, "packages": {}, }', { tsc: '2' }, true],
  ['yarn.lock', YARN, { tsc: '2' }, false],
  ['package-lock.json', '{ "lockfileVersion": 3, "packages": {} }', {}, false],
])("the package tsc in the compiler's place: %s, %s, %j", async (lock, content, more, hides) => {
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      devDependencies: { typescript: '5', ...more },
    },
    'src/index.ts': "import http from 'node:http'\nhttp.createServer().listen(3000)",
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    [lock]: content,
  })
  const links = dockerfile.split('\n').filter(line => line.includes('node_modules/.bin/tsc'))
  expect(links).toHaveLength(hides ? 1 : 0)
  expect(notes.some(({ code }) => code === 'COMPILER_HIDDEN')).toBe(hides)
})

test('a lock file with both sides of a merge is no frozen one', async () => {
  const both = `${YARN}<<<<<<< HEAD\n\nx@1:\n  version "1.0.0"\n=======\n\nx@1:\n  version "1.0.1"\n>>>>>>> theirs\n`
  const { dockerfile, notes } = await createFrom({ ...app(), 'yarn.lock': both })
  expect(dockerfile).not.toContain('--frozen-lockfile')
  expect(notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message).toContain('lacks the end of a merge')
})

test("npm's own too, which is read from our side", async () => {
  const both =
    '{ "lockfileVersion": 3, "packages": {\n<<<<<<< HEAD\n  "node_modules/ms": { "version": "2.1.3" }\n=======\n  "node_modules/ms": { "version": "2.1.2" }\n>>>>>>> theirs\n} }\n'
  const { dockerfile, notes } = await createFrom({ ...app(), 'package-lock.json': both })
  expect(dockerfile).toContain('npm install')
  expect(dockerfile).not.toContain('npm ci')
  expect(notes.find(({ code }) => code === 'LOCKFILE_STALE')?.message).toContain('lacks the end of a merge')
})

test.each([
  ['24', {}, true],
  ['22', {}, false],
  ['22', { packageManager: 'npm@11.12.0' }, true],
  // The image's own is of that major version.
  ['24', { packageManager: 'npm@11.11.0' }, true],
])('optional peers that are locked, on Node.js %s, %j', async (node, manifest, added) => {
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      scripts: { build: 'vite build' },
      engines: { node },
      devDependencies: { vite: '4' },
      ...manifest,
    },
    'index.html': '',
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/vite': { version: '4.3.9', dev: true, peerDependencies: { sass: '*', less: '*' }, peerDependenciesMeta: { sass: { optional: true }, less: { optional: true } } },
        'node_modules/sass': { version: '1.63.6', dev: true, optional: true, peer: true, dependencies: { immutable: '4' } },
        'node_modules/immutable': { version: '4.3.1', dev: true, optional: true, peer: true },
        'node_modules/$(id)': { version: '1.0.0', dev: true, optional: true, peer: true },
        'node_modules/a': { version: '1.0.0', dev: true, peerDependenciesMeta: { '$(id)': { optional: true } } },
        'node_modules/less': { version: '4.0.0', dev: true },
      },
    },
  }) // biome-ignore format: one line a package
  expect(dockerfile.includes('npm install --no-save --ignore-scripts sass@1.63.6\n')).toBe(added)
  expect(dockerfile).not.toContain('$(id)')
  expect(notes.some(({ code }) => code === 'OPTIONAL_PEERS')).toBe(added)
})
