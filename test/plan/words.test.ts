import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { contextPath, pattern, safe, shell } from '../../src/plan/words.ts'

test.each([
  'plain',
  'build:$x',
  "it's",
  'a b',
  '$(id)',
  '`id`',
  'a;b',
  'a<<EOF',
  '--x=y',
  '"q"',
  'a\\b',
  '*',
  '!x',
  '',
])('a shell reads %j as one word', word => {
  expect(execFileSync('sh', ['-c', `printf %s ${shell(word)}`], { encoding: 'utf8' })).toBe(word)
})

test('plain words stay as they are', () => {
  expect(shell('npm', 'run', 'build:prod')).toBe('npm run build:prod')
})

test('a pattern stays one, and nothing else of its word does', () => {
  expect(pattern('src/*.md')).toBe('src/*.md')
  expect(pattern("my files/$(id)-?'*")).toBe("'my files/$(id)-'?''\\'''*")
})

test.each([
  ['a line break', 'a\nRUN evil'],
  ['a carriage return', 'a\rb'],
  ['NUL', 'a\0b'],
  ['a bidi mark', 'a\u202eb'],
  ['a line separator', 'a\u2028b'],
  ['a length that nobody writes', 'x'.repeat(70_000)],
])('%s is refused in one line', (_, text) => {
  expect(() => safe(text, 'it')).toThrow(
    expect.objectContaining({ code: 'UNSAFE_VALUE', message: expect.stringMatching(/^[\x20-\x7e…]+$/) }),
  )
})

test.each(['../x', 'a/../../x', '/etc/passwd', 'C:/x', 'a"b', 'a$b', 'a<<b', "a'b", '-x', 'a\nb'])(
  'the path %j is refused',
  path => {
    expect(() => contextPath(path)).toThrow(expect.objectContaining({ name: 'UserError' }))
  },
)

test.each(['a', './a', 'a/b.c', 'apps/[slug]', '@scope/x', 'a b', 'ünïcode'])(
  'the path %j is taken',
  path => {
    expect(contextPath(path)).toBe(path)
  },
)
