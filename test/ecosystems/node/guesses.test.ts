import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

type Files = Record<string, string | object>
const lock = { lockfileVersion: 3, packages: {} }

test.each<[string, string | undefined, string, Files]>([
  ['a task that no script runs', 'BUILD_ASSUMED', 'the task build', { 'package.json': { devDependencies: { gulp: '4' } }, 'gulpfile.js': "exports.build = pages\ngulp.dest('dist')", 'src/index.html': '' }],
  ['a task that a script runs', undefined, 'BUILD_ASSUMED', { 'package.json': { scripts: { build: 'gulp build' }, devDependencies: { gulp: '4' } }, 'gulpfile.js': "exports.build = pages\ngulp.dest('dist')", 'src/index.html': '' }],
  ['a folder that a platform is told of', 'OUTPUT_ASSUMED', 'taken from out', { 'package.json': { scripts: { build: 'node make.js' } }, 'make.js': '', 'vercel.json': { outputDirectory: 'out' } }],
  ['a folder below without a lock file', 'NO_LOCKFILE', 'no lock file in site', { 'package.json': { scripts: { build: 'cd site && npm run build', start: 'node index.js' }, dependencies: { express: '5' } }, 'index.js': 'app.listen(1)', 'site/package.json': { scripts: { build: 'tsc' }, devDependencies: { typescript: '5' } } }],
  ['a build in a folder that is gone', 'BUILD_SKIPPED', 'cd gone && vite build', { 'package.json': { scripts: { build: 'cd gone && vite build', start: 'node index.js' }, dependencies: { express: '5' } }, 'index.js': 'app.listen(1)' }],
  ['an installer for a desktop, which no build of an image makes', 'BUILD_SKIPPED', 'electron-builder --win', { 'package.json': { scripts: { build: 'electron-builder --win', start: 'node index.js' }, dependencies: { express: '5' } }, 'index.js': 'app.listen(1)' }],
  ['no build that is a start', undefined, 'BUILD_SKIPPED', { 'package.json': { main: 'dist/a.js', scripts: { build: 'node dist/a.js', 'build:ts': 'tsc', start: 'node dist/a.js' }, dependencies: { express: '5', typescript: '5' } }, 'src/a.ts': 'app.listen(1)', 'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } } }],
  ['a slip of the port', 'PORT_SLIP', 'PORT | 3000', { 'package.json': { scripts: { start: 'node index.js' }, dependencies: { express: '5' } }, 'index.js': 'app.listen(process.env.PORT | 3000)' }],
  ['no slip', undefined, 'PORT_SLIP', { 'package.json': { scripts: { start: 'node index.js' }, dependencies: { express: '5' } }, 'index.js': 'app.listen(process.env.PORT || 3000)' }],
])('a note tells of %s', async (_, code, words, files) => {
  const { candidate } = await createFrom({ 'package-lock.json': lock, ...files })
  const notes = candidate.notes.map(note => `${note.code} ${note.message}`)
  if (code === undefined) return expect(notes.join('\n')).not.toContain(words)
  expect(notes.find(note => note.startsWith(code))).toContain(words)
}) // biome-ignore format: one row a project

test('a command names the pages that it takes in', async () => {
  const { candidate } = await createFrom({
    'package.json': { name: 'root', private: true, workspaces: ['packages/*'] },
    'package-lock.json': lock,
    'packages/tool/package.json': { name: 'tool', bin: 'bin.js', dependencies: { pages: '*', core: '*' } },
    'packages/core/package.json': { name: 'core', version: '1.0.0', exports: './index.js' },
    'packages/core/index.js': 'export const a = 1',
    'packages/tool/bin.js': "#!/usr/bin/env node\nrequire('http').createServer().listen(80)",
    'packages/pages/package.json': {
      name: 'pages',
      version: '1.0.0',
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7' },
    },
    'packages/pages/index.html': '',
  })
  expect(candidate.name).toBe('tool')
  expect(candidate.notes.find(({ code }) => code === 'OTHER_APPS')?.message).toContain(
    'pages (packages/pages)',
  )
})
