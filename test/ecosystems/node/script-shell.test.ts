import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const BASH = 'npm_config_script_shell=/bin/bash npm run build\n'

test.each<[string, Record<string, string>, boolean]>([
  ['a list', { build: 'cp -r src/{views,public} dist' }, true],
  [
    'a list of a script that it runs',
    { build: 'npm run check && tsc', check: 'biome check {src,test}' },
    true,
  ],
  ["a test of bash's own", { build: '[[ -d dist ]] && rm -rf dist; tsc' }, true],
  ['a list in quotes', { build: "biome check '{src,test}' && tsc" }, false],
  ['a pattern, which the tool reads', { build: 'babel src/*.{js,jsx} -d dist' }, false],
  ['settings in JSON', { build: 'babel src -d dist --opts {\\"a\\":1,\\"b\\":2}' }, false],
  ['a variable', { build: 'cp ${A},b dist' }, false],
  ['a list of another script', { build: 'tsc', clean: 'rm -rf {dist,out}' }, false],
])('scripts written for bash are run by it: %s', async (_, scripts, told) => {
  const { dockerfile } = await createFrom({
    'package.json': { scripts: { start: 'node dist/a.js', ...scripts }, dependencies: { express: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/a.ts': 'app.listen(3000)',
  })
  expect(dockerfile).toContain('npm run build')
  expect(dockerfile.includes(BASH)).toBe(told)
})

test.each([
  ['pnpm@10.34.8', 'npm_config_script_shell=/bin/bash pnpm run build'],
  ['pnpm@11.12.0', 'pnpm_config_script_shell=/bin/bash pnpm run build'],
  ['yarn@1.22.22', 'npm_config_script_shell=/bin/bash yarn run build'],
  ['yarn@4.9.1', 'RUN yarn run build'],
])('%s is told of the shell by its own name', async (packageManager, line) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      packageManager,
      scripts: { start: 'node dist/a.js', build: 'cp -r src/{views,public} dist' },
      dependencies: { express: '5' },
    },
    'src/a.js': 'app.listen(3000)',
  })
  expect(dockerfile).toContain(line)
})
