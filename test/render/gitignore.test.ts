import { expect, test } from 'vitest'
import { translate } from '../../src/render/gitignore.ts'
import { projectFrom } from '../support/project.ts'

test.each([
  ['node_modules', ['**/node_modules']],
  ['/dist', ['dist']],
  ['build/', ['**/build']],
  ['docs/api', ['docs/api']],
  ['docs/api/', ['docs/api']],
  ['site*/', ['**/site*/**']],
  ['/v?/', ['v?/**']],
  ['a*/b/', ['a*/b']],
  ['!site*/', ['!**/site*']],
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
