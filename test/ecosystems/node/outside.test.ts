import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const server = (scripts: Record<string, string>, files: Record<string, string | object> = {}) =>
  createFrom(
    {
      'server/package.json': {
        name: 'api',
        scripts,
        dependencies: { express: '5' },
        devDependencies: { typescript: '5' },
      },
      'server/package-lock.json': { lockfileVersion: 3, packages: {} },
      'shared/types.ts': 'export const A = 1',
      'shared/limits.js': 'export const B = 1',
      'other/x.ts': '',
      ...files,
    },
    { app: 'api' },
  )

describe('what a server in a folder of its own imports from beside it', () => {
  const compiled = { build: 'tsc', start: 'node dist/server/src/index.js' }
  const main = (imported: string) => `import x from '${imported}'\napp.listen(process.env.PORT || 4000)`

  test.each<[string, Record<string, string | object>]>([
    ['by a path', { 'server/src/index.ts': main('../../shared/types') }],
    [
      'by a name of the compiler',
      {
        'server/src/index.ts': main('@shared/types'),
        'server/tsconfig.json': {
          compilerOptions: { outDir: 'dist', baseUrl: '.', paths: { '@shared/*': ['../shared/*'] } },
        },
      },
    ],
  ])('is compiled with it, under the names of the folders: %s', async (_, files) => {
    const { dockerfile } = await server(compiled, {
      'server/tsconfig.json': { compilerOptions: { outDir: 'dist' } },
      ...files,
    })
    expect(dockerfile).toContain('AS build\nWORKDIR /app/server\n')
    expect(dockerfile).toContain('COPY shared /app/shared\nCOPY server .\n')
    expect(dockerfile).toContain('COPY --from=build /app/server/dist ./dist\n')
    expect(dockerfile).toContain('process.env.PORT || 4000')
    expect(dockerfile).not.toContain('COPY other')
  })

  test('is copied once, however many files import it', async () => {
    const { dockerfile } = await server(
      { start: 'node src/index.js' },
      {
        'server/src/index.js':
          "require('./routes')\nconst { B } = require('../../shared/limits')\napp.listen(4000)",
        'server/src/routes.js': "require('../../shared/limits')",
      },
    )
    expect(dockerfile.match(/^COPY shared /gm)).toHaveLength(1)
  })

  test('is never a file of values or a key', async () => {
    const { dockerfile } = await server(
      { start: 'node src/index.js' },
      {
        'server/src/index.js':
          "require('dotenv').config({ path: require.resolve('../../.env') })\nconst key = require('../../tls.key')\nconst { B } = require('../../shared/limits')\napp.listen(4000)",
        '.env': 'A=1',
        'tls.key': '',
      },
    )
    expect(dockerfile).toContain('COPY shared')
    expect(dockerfile).not.toMatch(/COPY .*(\.env|tls\.key)/)
  })

  test('is beside it where it runs from its sources', async () => {
    const { dockerfile } = await server(
      { start: 'node index.js' },
      { 'server/index.js': main('../shared/limits.js') },
    )
    expect(dockerfile).toContain('COPY server .\nCOPY shared /shared\n')
  })

  test.each<[string, string, readonly string[]]>([
    ['cp -a ./../shared/. ./dist', 'COPY shared /app/shared', ['other']],
    ["cpx '../shared/**/*.ts' dist", 'COPY shared /app/shared', ['other']],
    ['tsc-alias --project=../shared/limits.js', 'COPY shared/limits.js /app/shared/limits.js', ['other']],
    ['cp ../shared/limits.js dist/ && cp ../other/x.ts dist/', 'COPY other/x.ts /app/other/x.ts', []],
    ['cd src && cp ../../shared/limits.js .', 'COPY shared/limits.js /app/shared/limits.js', ['other']],
    ['rimraf ../shared ../other && cp ../missing/x dist', 'COPY server .', ['shared', 'other', 'missing']],
  ])('is there where a command of its build names it: %s', async (command, copied, left) => {
    const { dockerfile } = await server(
      { build: `tsc && ${command}`, start: 'node dist/index.js' },
      {
        'server/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
        'server/src/index.ts': 'app.listen(3000)',
      },
    )
    expect(dockerfile).toContain(`${copied}\n`)
    for (const path of left) expect(dockerfile).not.toContain(`COPY ${path}`)
  })

  test('is there for the settings of its compiler', async () => {
    const { dockerfile } = await server(
      { build: 'tsc', start: 'node dist/index.js' },
      {
        'server/tsconfig.json': { extends: '../tsconfig.base.json', compilerOptions: { outDir: 'dist' } },
        'tsconfig.base.json': {},
        'server/src/index.ts': 'app.listen(3000)',
      },
    )
    expect(dockerfile).toContain('COPY tsconfig.base.json /app/tsconfig.base.json\n')
    expect(dockerfile.match(/tsconfig\.base/g)).toHaveLength(2)
  })
})

test.each([
  [{ dependencies: { zod: '3' } }, { 'shared/package-lock.json': '{}' }, 'RUN npm ci --prefix ../shared \\\n    && npm run build\n'],
  [{ dependencies: { zod: '3' } }, {}, 'RUN npm install --prefix ../shared \\\n    && npm run build\n'],
  [{ name: 'shared' }, {}, 'RUN npm run build\n'],
])('what is imported from beside it has packages of its own: %j %j', async (manifest, files, expected) => {
  const { dockerfile } = await server(
    { build: 'tsc', start: 'node dist/server/src/index.js' },
    {
      'server/tsconfig.json': { compilerOptions: { outDir: 'dist' } },
      'server/src/index.ts': "import x from '../../shared/types'\napp.listen(4000)",
      'shared/package.json': manifest,
      ...files,
    },
  )
  expect(dockerfile).toContain(expected)
}) // biome-ignore format: one row a folder
