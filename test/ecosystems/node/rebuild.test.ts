import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const createWith = (name: string, version: string) =>
  createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node server.js' },
      dependencies: { [name]: version },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { [`node_modules/${name}`]: { version, hasInstallScript: true } },
    },
    'server.js': `import '${name}'`,
  })
const withNative = async (name: string, version: string) => (await createWith(name, version)).dockerfile

test('of a compiled package the binary stays, and the libraries that a fetched one brings', async () => {
  expect(await withNative('canvas', '3.2.0')).toContain(
    "find node_modules/canvas -path 'node_modules/canvas/build/*' -type f \\( -path '*/obj.target/*' -o ! -name '*.node' ! -name '*.so*' \\) -delete",
  )
})

test.each([
  ['0.9.0', true],
  ['0.10.0', false],
])('C that compilers of today refuse is taken: @discordjs/opus %s', async (version, told) => {
  const { dockerfile, notes } = await createWith('@discordjs/opus', version)
  expect(dockerfile).toContain('npm rebuild @discordjs/opus')
  expect(dockerfile.includes('CFLAGS=-fpermissive ')).toBe(told)
  expect(notes.some(({ code }) => code === 'ADDONS_IN_OLD_C')).toBe(told)
})

test('code for the headers of an older Node.js is compiled as with those', async () => {
  const { dockerfile, notes } = await createWith('ffi-napi', '4.0.3')
  expect(dockerfile).toContain('CXXFLAGS=-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT ')
  expect(notes.find(({ code }) => code === 'ADDONS_IN_OLD_C')?.message).toMatch(/^ffi-napi: /)
})

test('a package that leaves nothing is not searched', async () => {
  expect(await withNative('re2', '1.22.0')).not.toContain('find node_modules/re2')
})

test.each([
  ['tsc && tsx scripts/describe.ts', true],
  ['tsc && tsx scripts/other.ts', false],
  ['tsc', false],
])('the build compiles for programs that it runs: %s', async (build, compiles) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build, start: 'node dist/index.js' },
      dependencies: { re2: '1.22.0', express: '5' },
      devDependencies: { typescript: '5', tsx: '4' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/re2': { version: '1.22.0', hasInstallScript: true } },
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'scripts/describe.ts': "import '../src/index.ts'",
    'scripts/other.ts': '',
    'src/index.ts': "import RE2 from 're2'\napp.listen(3000)",
  })
  expect(dockerfile.match(/npm rebuild re2/g)).toHaveLength(compiles ? 2 : 1)
})

test('where the modules of the build are those of the program, the build compiles for it', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node server.js' },
      dependencies: { bcrypt: '5.1.1' },
      devDependencies: { dotenv: '16.4.5' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/bcrypt': { version: '5.1.1', hasInstallScript: true },
        'node_modules/dotenv': { version: '16.4.5', dev: true },
      },
    },
    'server.js': "require('bcrypt')\nrequire('dotenv').config()\napp.listen(3000)",
  })
  expect(dockerfile).not.toContain(' AS deps')
  expect(dockerfile).toContain('npm rebuild bcrypt')
})

test('of what pnpm has not fetched for another platform no script is supposed', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'app', scripts: { start: 'node server.js' }, dependencies: { tool: '1.0.0' } },
    'pnpm-lock.yaml': `lockfileVersion: 5.4
specifiers:
  tool: 1.0.0
dependencies:
  tool: 1.0.0
packages:
  /tool/1.0.0:
    resolution: {integrity: sha512-x}
    requiresBuild: true
    optionalDependencies:
      tool-darwin: 1.0.0
  /tool-darwin/1.0.0:
    resolution: {integrity: sha512-y}
    cpu: [arm64]
    os: [darwin]
    requiresBuild: true
    optional: true
`,
    'server.js': '',
  })
  expect(dockerfile).toMatch(/pnpm rebuild tool( |\n)/)
  expect(dockerfile).not.toContain('darwin')
})

test('of what npm unpacks on another system no script is run', async () => {
  const entry = { version: '1.0.0', hasInstallScript: true, optional: true }
  const { dockerfile } = await createFrom({
    'package.json': { name: 'app', scripts: { start: 'node server.js' }, dependencies: { tool: '1.0.0' } },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/tool': { version: '1.0.0', hasInstallScript: true },
        'node_modules/tool-darwin': { ...entry, os: ['darwin'] },
        'node_modules/tool-linux': { ...entry, os: ['!win32'] },
        'node_modules/tool-x64': { ...entry, optional: true, os: ['linux'], cpu: ['x64'] },
      },
    },
    'server.js': '',
  })
  expect(dockerfile).toContain('npm rebuild tool tool-linux')
  expect(dockerfile).not.toContain('darwin')
})

test('no script runs of an optional package that another one asks for, and a note says so', async () => {
  const entry = { version: '1.0.0', hasInstallScript: true, optional: true }
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'node server.js' },
      dependencies: { tool: '1.0.0' },
      optionalDependencies: { own: '1.0.0' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/tool-parser': entry, 'node_modules/own': entry },
    },
    'server.js': '',
  })
  expect(dockerfile).toContain('npm rebuild own')
  expect(dockerfile).not.toContain('tool-parser')
  expect(notes.map(({ code }) => code)).toContain('OPTIONAL_SCRIPTS')
})

test('programs that make images smaller are there for the build, with what their sources ask for', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'gulp build' },
      devDependencies: { gulp: '5', 'gulp-imagemin': '9' },
    },
    'package-lock.json': {
      lockfileVersion: 1,
      dependencies: { gifsicle: { version: '5.3.0', dev: true }, mozjpeg: { version: '8.0.0', dev: true } },
    },
    'gulpfile.js': "gulp.src('src/*').pipe(gulp.dest('dist'))",
    'src/index.html': '',
  })
  expect(dockerfile).toMatch(/npm rebuild gifsicle mozjpeg$/m)
  expect(dockerfile).toMatch(/install -y .* autoconf automake g\+\+ libpng-dev libtool make nasm pkg-config/)
})

test('without a lock file a compiler of styles that is for development is made for the build', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'webpack' },
      devDependencies: { 'html-webpack-plugin': '5', 'node-sass': '^6.0.0' },
    },
  })
  expect(dockerfile).toContain('npm rebuild node-sass')
})

test.each([
  ['dev', '0.11.23', true, 1],
  ['production and dev', '0.11.23', false, 2],
  ['of binaries of its own', '0.14.0', true, 0],
])('a bundler whose program is fetched is there for the build: %s', async (_, version, dev, times) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'vite build', start: 'node server.js' },
      dependencies: { express: '5' },
      devDependencies: { vite: '2.3.0' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/esbuild': { version, hasInstallScript: true, ...(dev && { dev }) } },
    },
    'server.js': "require('express')().use(express.static('dist')).listen(3000)",
    'index.html': '',
  })
  expect(dockerfile.match(/npm rebuild esbuild$/gm)?.length ?? 0).toBe(times)
})

test('without a lock file what is known to bring native code along', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node index.js' },
      dependencies: { express: '5', enmap: '^6.0.0' },
    },
    'index.js': "require('express')().listen(3000)",
  })
  expect(dockerfile).toContain('npm rebuild better-sqlite3')
})

test.each([
  ['^7.1.3', true],
  ['^9.1.7', false],
])('what a release brings, and the line of Node.js that it works on: quick.db %s', async (range, brings) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { start: 'node index.js' },
      dependencies: { express: '5', 'quick.db': range },
    },
    'index.js': "require('express')().listen(3000)",
  })
  expect(dockerfile.includes('npm rebuild better-sqlite3')).toBe(brings)
  expect(dockerfile).toContain(`ARG NODE_VERSION=${brings ? 18 : 24}\n`)
})

const YARN = `__metadata:
  version: 8

"metrics@npm:1":
  version: 1.0.0
  dependencies:
    unix-dgram: "npm:2.x"
  dependenciesMeta:
    unix-dgram:
      optional: true

"unix-dgram@npm:2.x":
  version: 2.0.7
`
const YARN_1 = `metrics@1:
  version "1.0.0"
  optionalDependencies:
    unix-dgram "2.x"

unix-dgram@2.x:
  version "2.0.7"
`
const NPM = {
  lockfileVersion: 3,
  packages: { 'node_modules/unix-dgram': { version: '2.0.7', hasInstallScript: true, optional: true } },
}

test.each<[string, string, string | object, object, boolean]>([
  ['npm', 'package-lock.json', NPM, {}, true],
  ['npm, named', 'package-lock.json', NPM, { 'unix-dgram': '2' }, false],
  ['Yarn', 'yarn.lock', YARN, {}, true],
  ['Yarn, named', 'yarn.lock', YARN, { 'unix-dgram': '2.x' }, false],
  ['Yarn 1', 'yarn.lock', YARN_1, {}, true],
  ['Yarn, needed', 'yarn.lock', YARN.replace(/ {2}dependenciesMeta:\n.*\n.*\n/, ''), {}, false],
])(
  'where an optional add-on does not compile the install goes on: %s',
  async (_, file, lock, own, optional) => {
    const { dockerfile, notes } = await createFrom({
      'package.json': {
        scripts: { start: 'node server.js' },
        dependencies: { metrics: '1', ...own },
      },
      [file]: lock,
      'server.js': '',
    })
    const forgiven = "npm rebuild unix-dgram || echo 'unix-dgram is optional: left as it is')"
    expect(dockerfile).toContain('npm rebuild unix-dgram')
    expect(dockerfile.includes(forgiven)).toBe(optional)
    expect(notes.some(({ code }) => code === 'OPTIONAL_ADDONS')).toBe(optional)
  },
)

test.each([
  ['pages alone', {}, false],
  ['a program', { start: 'node server.js' }, true],
])('what a client for browsers brings along for servers is made for %s: %j', async (_, scripts, made) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'react-scripts build', ...scripts },
      dependencies: { 'react-scripts': '3', firebase: '7', express: '4' },
    },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: {
        'node_modules/react-scripts': { version: '3.4.1' },
        'node_modules/firebase': { version: '7.0.0', dependencies: { grpc: '1' } },
        'node_modules/express': { version: '4.18.0' },
        'node_modules/grpc': { version: '1.23.3', hasInstallScript: true },
      },
    },
    'public/index.html': '',
    ...(made && { 'server.js': "require('express')().listen(3000)" }),
  })
  expect(dockerfile.includes('npm rebuild grpc')).toBe(made)
})
