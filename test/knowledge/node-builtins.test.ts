import { builtinModules } from 'node:module'
import { expect, test } from 'vitest'
import { isBuiltin } from '../../src/knowledge/node-builtins.ts'

test('every module of the Node.js that runs this is known', () => {
  const named = builtinModules.filter(name => !name.startsWith('_'))
  expect(named.filter(name => !isBuiltin(name))).toEqual([])
})

test.each([
  ['fs', true],
  ['fs/promises', true],
  ['node:test', true],
  ['express', false],
  ['@scope/fs', false],
])('%s: %s', (name, value) => {
  expect(isBuiltin(name)).toBe(value)
})
