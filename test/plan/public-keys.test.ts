import { describe, expect, test } from 'vitest'
import { holdsNoKey, publicKeys } from '../../src/plan/public-keys.ts'
import { projectFrom } from '../support/project.ts'

const pem = (...labels: readonly string[]) =>
  labels.map(label => `-----BEGIN ${label}-----\nMII\n-----END ${label}-----\n`).join('')

describe('files that are named like keys', () => {
  test.each([
    ['ca.pem', pem('CERTIFICATE', 'CERTIFICATE'), true],
    ['public.key', pem('PUBLIC KEY'), true],
    ['private.pem', pem('PRIVATE KEY'), false],
    ['both.pem', pem('CERTIFICATE', 'RSA PRIVATE KEY'), false],
    ['empty.pem', '', false],
    ['text.key', 'abc', false],
    ['store.p12', pem('CERTIFICATE'), false],
    [
      'models/credentials.json',
      '{ "$id": "http://a.example/b", "properties": { "a": { "type": "string" } } }',
      true,
    ],
    [
      'settings/credentials.json',
      '{ "$schema": "http://a.example/b", "properties": { "password": "x" } }',
      false,
    ],
    ['cut/credentials.json', '{ "$id": "b", "properties": { "a": {} }, "private_key": "x', false],
    ['credentials.json', '{ "type": "service_account", "private_key": "x" }', false],
    ['broken/credentials.json', '{ "$id": ', false],
    ['index.js', pem('CERTIFICATE'), false],
  ])('%s', (path, text, expected) => {
    expect(holdsNoKey(projectFrom({ [path]: text }), path)).toBe(expected)
  })

  test('those of tests are nobody else’s, and a name may be a pattern', () => {
    const files = { 'ca.pem': '', 'test/a.pem': '', 'b[1].pem': '' }
    const text = pem('CERTIFICATE')
    const project = projectFrom(Object.fromEntries(Object.keys(files).map(path => [path, text])))
    expect(publicKeys(project)).toEqual(['ca.pem'])
  })
})
