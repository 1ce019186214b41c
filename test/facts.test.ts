import { expect, test } from 'vitest'
import { byConvention, describe, fact, firstKnown, fromFile, type Source } from '../src/facts.ts'

test('the first that is known wins', () => {
  expect(firstKnown(undefined, fact(1, fromFile('a')), fact(2, fromFile('b')))?.value).toBe(1)
  expect(firstKnown<number>(undefined)).toBeUndefined()
})

test.each<[Source, string]>([
  [{ from: 'flag', name: '--port' }, '--port'],
  [{ from: 'answer', question: 'Which app?' }, 'answer: Which app?'],
  [fromFile('package.json', 'engines.node', 12), 'package.json:12 engines.node'],
  [fromFile('go.mod'), 'go.mod'],
  [byConvention(1, "gunicorn's own default").source, "convention: gunicorn's own default"],
])('%j is told as %s', (source, text) => {
  expect(describe(source)).toBe(text)
})
