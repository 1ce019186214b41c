import picomatch from 'picomatch'
import { describe, expect, test } from 'vitest'
import { globs } from '../../src/project/globs.ts'

const PATHS = [
  'package.json', 'a/package.json', 'a/b/package.json', 'packages/x', 'packages/x/y', 'apps/web', 'apps/.hidden',
  '.gitignore', 'a/.gitignore', 'main.go', 'cmd/x/main.go', 'requirements.txt', 'requirements-dev.txt', 'a.b', 'a+b',
  'requirements/prod.txt', 'x/src/index.ts', 'x/src/index.tsx', 'src', 'src/a', 'a[1]', 'a1', 'a2', '(x)', 'y(x)z',
] // biome-ignore format: one list

describe('a glob matches what the usual library says', () => {
  test.each([
    'package.json', '**/package.json', '*.go', '**/*.go', 'requirements*.txt', 'requirements/*.txt', 'packages/*',
    'packages/**', 'packages/**/*', '{apps,packages}/*', 'a/**/package.json', '**', '*', '*/*', 'x/src/*.{ts,tsx}',
    '**/.gitignore', 'a?', 'a[12]', '@(apps|packages)/*', '!(apps)/*', 'a.b', 'a+b', 'src/**', 'apps/*',
    '**/src/index.*', './packages/*', 'nothing', '**/*', '**/*.go', '**/.*ignore', '**/requirements*.txt', '**/*.ts', '**/i*.ts*',
  ])('%s', pattern => {
    const ours = globs([pattern])
    const theirs = picomatch(pattern, { dot: true })
    expect(PATHS.filter(ours)).toEqual(PATHS.filter(path => theirs(path)))
  }) // biome-ignore format: one list
})

test('any of several globs will do', () => {
  expect(PATHS.filter(globs(['*.go', 'src']))).toEqual(['main.go', 'src'])
  expect(PATHS.filter(globs([]))).toEqual([])
})

test.each([
  ['a broken set', '[z-a]'],
  ['an open set', '[abc'],
  ['an open list', '{a,b'],
  ['many stars', `${'*a'.repeat(200)}b`],
  ['70,000 characters', '*'.repeat(70_000)],
  ['many folders', `${'**/'.repeat(100)}x`],
  ['repeated groups', '+(+(a|aa)|a)b'],
])('%s neither fails nor takes long', (_, pattern) => {
  const started = performance.now()
  const matches = globs([pattern])
  expect(['a'.repeat(200), 'a/'.repeat(60)].some(matches)).toBe(false)
  expect(performance.now() - started).toBeLessThan(1000)
})
