import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const CONFIG = { compilerOptions: { rootDir: 'src', outDir: 'dist' } }

test.each<[string, string, object, Record<string, string>, readonly string[]]>([
  ['tests of a folder', 'tsc', CONFIG, { 'tests/a/b.ts': '' }, ['tests']],
  [
    'tests beside what the program reads',
    'tsc',
    CONFIG,
    { 'spec/a.ts': '', 'spec/openapi.yaml': '' },
    ['spec/a.ts'],
  ],
  ['the settings of their tool', 'rimraf dist && tsc', CONFIG, { 'jest.config.ts': '' }, ['jest.config.ts']],
  [
    'settings of tools, where code of JavaScript is taken in',
    'tsc',
    { compilerOptions: { ...CONFIG.compilerOptions, allowJs: true } },
    { 'prettier.config.js': '', '.eslintrc.js': '' },
    ['prettier.config.js'],
  ],
  [
    'settings of another tool',
    'rimraf dist && tsc',
    CONFIG,
    { 'drizzle.config.ts': '' },
    ['drizzle.config.ts'],
  ],
  [
    'settings of a tool that works too',
    'tsc && tailwindcss -o a.css',
    CONFIG,
    { 'tailwind.config.ts': '' },
    [],
  ],
  ['no JavaScript otherwise', 'tsc', CONFIG, { 'prettier.config.js': '' }, []],
  ['tests that are named', 'tsc', { ...CONFIG, include: ['**/*'] }, { 'tests/a.ts': '' }, ['tests']],
  ['tests that are left out', 'tsc', { ...CONFIG, exclude: ['tests'] }, { 'tests/a.ts': '' }, []],
  ['tests that are not named', 'tsc', { ...CONFIG, include: ['src'] }, { 'tests/a.ts': '' }, []],
  ['tests of another configuration', 'tsc -p tsconfig.build.json', CONFIG, { 'tests/a.ts': '' }, []],
  ['tests without a root', 'tsc', { compilerOptions: { outDir: 'dist' } }, { 'tests/a.ts': '' }, []],
  ['tests beside other code', 'tsc', CONFIG, { 'tests/a.ts': '', 'tools/b.ts': '' }, []],
  ['declarations', 'tsc', CONFIG, { 'types/a.d.ts': '' }, []],
])('what the compiler ends on stays out: %s', async (_, build, config, files, left) => {
  const { ignore, notes } = await createFrom({
    'package.json': {
      scripts: { build, start: 'node dist/a.js' },
      dependencies: { express: '5' },
      devDependencies: { typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': config,
    'src/a.ts': 'app.listen(3000)',
    ...files,
  })
  const [, section = ''] =
    /Outside of the root that the compiler is told, which it ends on\n([\s\S]*?)\n\n/.exec(ignore) ?? []
  expect(section.split('\n').filter(Boolean)).toEqual(left)
  expect(notes.some(({ code }) => code === 'TESTS_LEFT_OUT')).toBe(left.length > 0)
})
