import { expect, test } from 'vitest'
import { expand, shown } from '../../../src/ecosystems/node/scripts.ts'

const commands = (scripts: Record<string, string>, name: string): readonly string[] =>
  expand(scripts, name).map(shown)

test.each([
  ['bun', 'build', 'bun build src/index.ts --outdir dist', 'bun build src/index.ts --outdir dist'],
  ['bun', 'test', 'bun test && bun test other', 'bun test, bun test other'],
  ['pnpm', 'deploy', 'pnpm deploy out', 'pnpm deploy out'],
  ['npm', 'ci', 'npm ci', 'npm ci'],
])('what %s does itself is no script of the project: %s', (_, name, script, expected) => {
  expect(commands({ [name]: script }, name).join(', ')).toBe(expected)
})

test.each([
  ['npm start', 'node a.js'],
  ['npm run build', 'tsc'],
  ['pnpm build', 'tsc'],
  ['yarn build', 'tsc'],
  ['bun run build', 'tsc'],
])('%s runs a script of the project', (script, expected) => {
  expect(commands({ start: 'node a.js', build: 'tsc', all: script }, 'all')).toEqual([expected])
})

test('a script that runs itself comes to nothing more', () => {
  const again = Array.from({ length: 12 }, () => 'npm run all').join(' && ')
  expect(commands({ all: `node a.js && ${again}` }, 'all')).toEqual(['node a.js'])
  expect(commands({ a: 'npm run b && node a.js', b: 'npm run a && node b.js' }, 'a')).toEqual([
    'node b.js',
    'node a.js',
  ])
})
