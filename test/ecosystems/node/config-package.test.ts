import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

test.each<[string, Record<string, string>, string | undefined]>([
  ['for developers alone', { 'config/development.json': '{}', 'config/test.json': '{}' }, 'development'],
  ['for all', { 'config/development.json': '{}', 'config/default.json': '{}' }, undefined],
  ['for production too', { 'config/development.json': '{}', 'config/production.yml': 'a: 1' }, undefined],
  ['for one machine alone', { 'config/test.json': '{}' }, undefined],
])('settings of node-config: %s', async (_, settings, name) => {
  const { dockerfile, notes } = await createFrom({
    'package.json': { scripts: { start: 'node index.js' }, dependencies: { config: '4', express: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'index.js': "import config from 'config'\napp.listen(3000, config.get('host'))",
    ...settings,
  })
  expect(/NODE_CONFIG_ENV=(\w+)/.exec(dockerfile)?.[1]).toBe(name)
  expect(notes.some(({ code }) => code === 'SETTINGS_OF_DEVELOPMENT')).toBe(name !== undefined)
})
