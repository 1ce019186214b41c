import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const nest = { '@nestjs/core': '10', '@nestjs/common': '10', '@nestjs/platform-express': '10' }
const project = (api: object, scripts: object = {}, root: object = {}) => ({
  'package.json': {
    name: 'mono',
    private: true,
    workspaces: ['apps/*', 'libs/*'],
    scripts: { build: 'nest build', ...scripts },
    devDependencies: { '@nestjs/cli': '10', typescript: '5' },
    ...root,
  },
  'package-lock.json': { lockfileVersion: 3, packages: {} },
  'nest-cli.json': {
    monorepo: true,
    root: 'apps/api',
    projects: {
      api: { type: 'application', root: 'apps/api', sourceRoot: 'apps/api/src' },
      jobs: { type: 'application', root: 'apps/jobs', sourceRoot: 'apps/jobs/src' },
      common: { type: 'library', root: 'libs/common', sourceRoot: 'libs/common/src' },
    },
  },
  'apps/api/package.json': { name: 'api', private: true, ...api },
  'apps/api/src/main.ts': "import { NestFactory } from '@nestjs/core'\napp.listen(3100)",
  'apps/jobs/package.json': { name: 'jobs', private: true, dependencies: nest },
  'apps/jobs/src/main.ts': "import { NestFactory } from '@nestjs/core'\napp.listen(3200)",
  'libs/common/package.json': { name: '@app/common' },
})
const mount = (dir: string) => `--mount=type=bind,source=${dir}/package.json,target=${dir}/package.json`

describe("Nest's monorepo mode in a workspace", () => {
  test.each<[string, ReturnType<typeof project>, string]>([
    ['what the root starts', project({ dependencies: nest }, { 'start:prod': 'node dist/apps/api/main' }), 'api'],
    ['what Nest builds first', project({ dependencies: nest }), 'api'],
    ['another than the first', project({}, { build: 'nest build jobs', 'start:prod': 'node dist/apps/jobs/main' }), 'jobs'],
    ['a member with scripts of its own', project({ dependencies: nest, scripts: { build: 'nest build', start: 'nest start' } }), 'api'],
  ])('%s is built at the root, with what the member asks for', async (_, files, name) => {
    const { dockerfile, candidate, plan } = await createFrom(files)
    expect(candidate.dir).toBe('.')
    expect(candidate.facts).toMatchObject({ framework: { value: 'nestjs' }, port: { value: name === 'api' ? 3100 : 3200 } })
    // For production as for the build; not what the other application asks for.
    expect(dockerfile.split(mount(`apps/${name}`))).toHaveLength(3)
    expect(dockerfile).not.toContain(mount(name === 'api' ? 'apps/jobs' : 'apps/api'))
    expect(dockerfile).toContain('COPY . .\nRUN npm run build\n')
    expect(dockerfile).toContain('COPY --from=deps /app/node_modules ./node_modules\n')
    expect(plan.view.runtime.command?.at(-1)).toBe(`dist/apps/${name}/main.js`)
  }) // biome-ignore format: one row a project
})

describe("members that the root's own build is for", () => {
  const files = (build: string) => ({
    'package.json': {
      name: 'all',
      workspaces: ['packages/*'],
      scripts: { build: `tsc && ${build}`, start: 'node dist/a.js' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/a.ts': "import express from 'express'\nexpress().listen(3000)",
    'packages/one/package.json': {
      name: '@a/one',
      scripts: { build: 'rollup -c' },
      devDependencies: { rollup: '4' },
    },
    'packages/two/package.json': {
      name: '@a/two',
      scripts: { build: 'rollup -c' },
      devDependencies: { rollup: '4' },
    },
  })

  test.each<[string, boolean, boolean]>([
    ['npm run build --workspaces', true, true],
    ['npm run build -w @a/one', true, false],
    ['npm run build --workspace=packages/two', false, true],
    ['cd packages/one && rollup -c', true, false],
    ['echo done', false, false],
  ])('%s', async (build, one, two) => {
    const { dockerfile } = await createFrom(files(build))
    // The program's own modules don't need them.
    expect(dockerfile.split(mount('packages/one'))).toHaveLength(one ? 2 : 1)
    expect(dockerfile.split(mount('packages/two'))).toHaveLength(two ? 2 : 1)
  })
})

describe('a root that is an app, and asks for members', () => {
  const files = (build: string, lib: object) => ({
    'package.json': {
      name: 'all',
      workspaces: ['packages/*'],
      scripts: { build, start: 'node dist/a.js' },
      dependencies: { express: '4', '@a/lib': '*' },
      devDependencies: { typescript: '5', turbo: '2' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/a.ts': "import express from 'express'\nimport '@a/lib'\nexpress().listen(3000)",
    'packages/lib/package.json': { name: '@a/lib', version: '1.0.0', ...lib },
    'packages/lib/src/index.ts': '',
    'packages/lib/index.js': '',
  })
  const built = { main: 'out/index.js', scripts: { build: 'tsc' } }

  test('builds them first, and brings along what its modules link to', async () => {
    const { dockerfile } = await createFrom(files('tsc', built))
    expect(dockerfile).toContain('RUN npm run build -w packages/lib \\\n    && npm run build\n')
    expect(dockerfile).toContain(
      [
        'COPY --from=deps /app ./',
        'COPY --from=build /app/dist ./dist',
        'COPY package.json ./',
        'COPY --from=build /app/packages/lib/out ./packages/lib/out',
        'COPY --from=build /app/packages/lib/package.json ./packages/lib/package.json\n',
      ].join('\n'),
    )
  })

  test.each<[string, string, object]>([
    ['the root builds', 'npm run build -w @a/lib && tsc', built],
    ['references build', 'tsc --build', built],
    ['a command of the root is run in', 'cd packages/lib && tsc && cd ../.. && tsc', built],
    ['is there as it is', 'tsc', { main: 'index.js', scripts: { build: 'tsc' } }],
  ])('one that %s is built by nothing else', async (_, build, lib) => {
    expect((await createFrom(files(build, lib))).dockerfile).toContain('COPY . .\nRUN npm run build\n')
  })

  test('one that generates code first does so before references are built', async () => {
    const scripts = { build: 'npm run generate && tsc -b', generate: 'ts-auto-guard src/a.ts' }
    const { dockerfile } = await createFrom(files('tsc --build', { main: 'out/index.js', scripts }))
    expect(dockerfile).toContain('RUN npm run build -w packages/lib \\\n    && npm run build\n')
  })

  test('one without a build comes as it is', async () => {
    const { dockerfile } = await createFrom(files('tsc', { main: 'index.js' }))
    expect(dockerfile).toContain(
      'COPY --from=build --exclude=node_modules /app/packages/lib ./packages/lib\n',
    )
  })
})
