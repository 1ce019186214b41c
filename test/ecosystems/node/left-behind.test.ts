import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Files = Record<string, string | object>

const manifest = (build: string, more: object = {}) => ({
  name: 'app',
  scripts: { build, start: 'node dist/index.js' },
  dependencies: { express: '5' },
  devDependencies: { typescript: '5' },
  ...more,
})
const app = (code: string, others: Files = {}): Files => ({
  'package.json': manifest('tsc'),
  'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
  'src/index.ts': "import './db'\nimport express from 'express'\nexpress().listen(3000)",
  'src/db/index.ts': code,
  'src/db/schema.sql': '',
  'src/views/page.ejs': '',
  'src/plugins/a.ts': '',
  ...others,
})
const FILE = "readFileSync(path.join(__dirname, 'schema.sql'))"

describe('data that a program reads beside its code, which the compiler leaves behind', () => {
  test.each<[string, Files, string | undefined]>([
    ['a file', app(FILE), 'mkdir -p dist/db \\\n    && cp -r src/db/schema.sql dist/db/'],
    [
      'a folder',
      app("path.resolve(__dirname, '../views')"),
      'mkdir -p dist \\\n    && cp -r src/views dist/',
    ],
    [
      'of an ES module',
      app("path.join(import.meta.dirname, 'schema.sql')"),
      'cp -r src/db/schema.sql dist/db/',
    ],
    ['code alone', app("path.join(__dirname, '../plugins')"), undefined],
    ['a folder that the code itself is in', app("path.join(__dirname, '..')"), undefined],
    ['what is not there', app("path.join(__dirname, 'other.sql')"), undefined],
    [
      'what lies beside the sources',
      app("path.join(__dirname, '../../data.json')", { 'data.json': '{}' }),
      undefined,
    ],
    [
      'what the build copies itself',
      app(FILE, { 'package.json': manifest('tsc && cp src/db/schema.sql dist/db/') }),
      undefined,
    ],
    [
      'where a bundler packs all',
      app(FILE, { 'package.json': manifest('tsup src/index.ts', { devDependencies: { tsup: '8' } }) }),
      undefined,
    ],
  ])('%s', async (_, files, command) => {
    const { dockerfile, notes } = await createFrom(files)
    expect(notes.some(({ code }) => code === 'DATA_NOT_COMPILED')).toBe(command !== undefined)
    if (command) expect(dockerfile).toContain(command)
    else expect(dockerfile).not.toContain('cp -r')
  })

  test('of a member, in its folder', async () => {
    const { 'package.json': own, ...files } = app(FILE)
    const { dockerfile } = await createFrom({
      'package.json': { name: 'root', private: true, workspaces: ['apps/*'] },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'apps/api/package.json': own as object,
      ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`apps/api/${path}`, content])),
    })
    expect(dockerfile).toContain('cp -r apps/api/src/db/schema.sql apps/api/dist/db/')
  })
})
