import { expect, test } from 'vitest'
import { oneLine } from '../src/text.ts'

test.each([
  ['node server.js', 'node server.js'],
  ['Grüße, 世界', 'Grüße, 世界'],
  ['a\nRUN b', 'a\\nRUN b'],
  ['\u001b[2Jgone', '\\u001b[2Jgone'],
  ['\u202etxt', '\\u202etxt'],
  ['a\u0000b\u009bc', 'a\\u0000b\\u009bc'],
])('%j is shown on one line', (text, shown) => {
  expect(oneLine(text)).toBe(shown)
})

test('a long text is cut', () => {
  expect(oneLine('x'.repeat(70_000), 20)).toBe(`${'x'.repeat(20)}…`)
})
