import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const CLI = { version: '7.3.0', bin: { fastify: 'cli.js' } }
const npm = (place: string) => ({
  'package-lock.json': {
    lockfileVersion: 3,
    packages: { 'apps/api': { name: 'api' }, [`${place}node_modules/fastify-cli`]: CLI },
  },
})
const yarn = (...versions: readonly string[]) => ({
  'yarn.lock': [
    '__metadata:\n  version: 8\n',
    ...versions.map(
      version => `"fastify-cli@npm:${version}":\n  version: ${version}\n  bin:\n    fastify: cli.js\n`,
    ),
  ].join('\n'),
})

test.each<[string, Record<string, string | object>, string]>([
  ['npm', npm(''), '../../node_modules/.bin/fastify'],
  ['npm, of a version of its own', npm('apps/api/'), 'node_modules/.bin/fastify'],
  ['Yarn', yarn('7.3.0'), '../../node_modules/.bin/fastify'],
  ['Yarn, of several versions', yarn('7.3.0', '6.0.0'), 'node_modules/.bin/fastify'],
  ['Yarn 1', { 'yarn.lock': 'fastify-cli@7:\n  version "7.3.0"\n' }, 'node_modules/.bin/fastify'],
])('where a member finds the program that starts it: %s', async (_, lock, program) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'root', private: true, workspaces: ['apps/*'] },
    'apps/api/package.json': {
      name: 'api',
      scripts: { start: 'fastify start app.js' },
      dependencies: { fastify: '5', 'fastify-cli': '7.3.0' },
    },
    'apps/api/app.js': 'module.exports = async () => {}',
    ...lock,
  })
  expect(dockerfile).toContain('WORKDIR /app/apps/api\n')
  expect(dockerfile).toContain(`"${program}", "start", "app.js"]`)
})

test.each([
  ['brought by a dependency', {}, 'node_modules/.pnpm/node_modules/.bin/srvx'],
  ['named', { srvx: '0.11.22' }, 'node_modules/.bin/srvx'],
])('where pnpm puts the program that starts a framework: %s', async (_, own, program) => {
  const dependencies = { '@tanstack/react-start': '1.160.0', ...own }
  // A script for the output of Nitro's plugin, which is not installed.
  const scripts = { build: 'vite build', start: 'node .output/server/index.mjs' }
  const { plan, notes } = await createFrom({
    'package.json': { name: 'app', scripts, dependencies },
    'pnpm-lock.yaml': [
      "lockfileVersion: '9.0'",
      'importers:',
      '  .:',
      '    dependencies:',
      ...Object.entries(dependencies).flatMap(([name, version]) => [
        `      '${name}':`,
        `        specifier: ${version}`,
        `        version: ${version}`,
      ]),
      'packages:',
      "  '@tanstack/react-start@1.160.0':\n    resolution: {integrity: sha512-a}",
      '  srvx@0.11.22:\n    resolution: {integrity: sha512-b}\n    hasBin: true',
      'snapshots:',
      "  '@tanstack/react-start@1.160.0':\n    dependencies:\n      srvx: 0.11.22",
      '  srvx@0.11.22: {}',
      '',
    ].join('\n'),
  })
  expect(plan.view.runtime.command?.join(' ')).toContain(`${program} --prod`)
  expect(notes.find(({ code }) => code === 'START_MOVED')?.message).toContain(
    'node .output/server/index.mjs: srvx',
  )
})
