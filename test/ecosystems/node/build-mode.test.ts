import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const ASKS = "const live = process.env.NODE_ENV === 'production'\n"
const page = { 'index.html': '<script src="dist/main.js"></script>', 'src/main.js': '' }

test.each<[string, string, Record<string, string>, boolean]>([
  ['webpack whose settings ask', 'webpack', { 'webpack.config.js': `${ASKS}module.exports = {}` }, true],
  ['webpack whose settings ask nothing', 'webpack', { 'webpack.config.js': 'module.exports = {}' }, false],
  [
    'webpack that is told by an option',
    'webpack --node-env=production',
    { 'webpack.config.js': `${ASKS}module.exports = {}` },
    false,
  ],
  [
    'a script that sets it',
    'NODE_ENV=staging webpack',
    { 'webpack.config.js': `${ASKS}module.exports = {}` },
    false,
  ],
  ['rollup', 'rollup -c', { 'rollup.config.mjs': `${ASKS}export default {}` }, true],
  ['gulp', 'gulp build', { 'gulpfile.js': ASKS }, true],
  ['a program that bundles', 'node scripts/build.js', { 'scripts/build.js': ASKS }, true],
  ['Strapi, which asks on a terminal without', 'strapi build', {}, true],
  [
    'one that installs first',
    'npm install --prefix themes && node scripts/build.js',
    { 'scripts/build.js': ASKS, 'themes/package.json': '{}' },
    false,
  ],
])('NODE_ENV while it builds: %s', async (_, build, files, set) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build, start: 'node server.js' },
      dependencies: { express: '5' },
      devDependencies: { webpack: '5', rollup: '4', gulp: '5', esbuild: '0.25' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'server.js': 'app.listen(3000)',
    ...page,
    ...files,
  })
  expect(dockerfile).toContain('npm run build')
  expect(dockerfile.includes('RUN NODE_ENV=production npm run build\n')).toBe(set)
})

test('what the install asks for beside the build has all that it installs', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { build: 'webpack', postinstall: 'tsc -p tools', start: 'node server.js' },
      dependencies: { express: '5' },
      devDependencies: { webpack: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'webpack.config.js': `${ASKS}module.exports = {}`,
    'server.js': 'app.listen(3000)',
    ...page,
  })
  expect(dockerfile).toContain('RUN npm run postinstall \\\n    && NODE_ENV=production npm run build\n')
})
