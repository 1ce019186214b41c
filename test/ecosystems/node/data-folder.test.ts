import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const LISTENS = "\nrequire('express')().listen(3000)"

/** Whose the folder of a member is, which a program has its database from. */
test.each([
  [
    'opens a file beside its code',
    "module.exports = require('better-sqlite3')(path.join(__dirname, 'a.db'))",
    true,
  ],
  ['only reads', "module.exports = require('fs').readFileSync('a')", false],
])('a member that %s', async (_, code, own) => {
  const { dockerfile } = await createFrom({
    'package.json': { workspaces: ['apps/*', 'packages/*'] },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'apps/api/package.json': {
      name: 'api',
      scripts: { start: 'node index.js' },
      dependencies: { express: '5', '@a/db': '*' },
    },
    'apps/api/index.js': `require('@a/db')${LISTENS}`,
    'packages/db/package.json': { name: '@a/db', main: 'index.js', dependencies: { 'better-sqlite3': '12' } },
    'packages/db/index.js': code,
    'packages/db/package-lock.json': '{}',
  })
  const line = dockerfile.split('\n').find(text => text.endsWith('packages/db packages/db'))
  expect(line?.includes('--chown=')).toBe(own)
})
