import { expect, test } from 'vitest'
import { dockerignore } from '../../src/render/dockerignore.ts'
import { translate } from '../../src/render/gitignore.ts'
import { projectFrom } from '../support/project.ts'

test.each([
  ['node_modules', ['**/node_modules']],
  ['/dist', ['dist']],
  ['build/', ['**/build']],
  ['docs/api', ['docs/api']],
  ['docs/api/', ['docs/api']],
  ['**/gen', ['**/gen']],
  ['*.log', ['**/*.log']],
  ['!keep.log', ['!**/keep.log']],
  ['!/keep.log', ['!keep.log']],
  ['# comment\n\n', []],
  ['\\#file', ['**/#file']],
  ['trailing   ', ['**/trailing']],
  ['a\\ b', []],
  ['\u202eevil', []],
  ['/', []],
])('%j becomes %j', (line, patterns) => {
  expect(translate(projectFrom({ '.gitignore': line }))).toEqual(patterns)
})

test('a nested file rules its own folder', () => {
  expect(translate(projectFrom({ 'web/.gitignore': 'gen\n/out\n!keep\n' }))).toEqual([
    'web/**/gen',
    'web/out',
    '!web/**/keep',
  ])
})

test('what the build needs comes last, and what everybody leaves out is there', () => {
  const text = dockerignore(
    { sections: [{ comment: 'Built again inside', patterns: ['dist'] }], keep: ['README.md'] },
    projectFrom({ '.gitignore': '*.md\n.git\n' }),
  )
  const lines = text.split('\n')
  expect(lines).toContain('.git')
  expect(lines).toContain('**/.env.*')
  expect(lines.indexOf('!**/.env.example')).toBeGreaterThan(lines.indexOf('**/.env.*'))
  expect(lines.indexOf('**/*.md')).toBeGreaterThan(lines.indexOf('dist'))
  expect(lines.at(-2)).toBe('!README.md')
})
