import { expect, test } from 'vitest'
import { projectFrom } from '../support/project.ts'

const project = projectFrom({
  'package.json': '{\n  "name": "a",\n  "engines": {\n    "node": ">=18"\n  }\n}\n',
  'pyproject.toml': '[project]\nname = "x"\n\n[project.scripts]\nserve = "a:b"\n',
  'apps/api/package.json': { name: 'api' },
  'apps/api/src/a.ts': '',
})

test('files are sorted, and found by globs', () => {
  expect(project.files[0]).toBe('apps/api/package.json')
  expect(project.find('**/package.json')).toEqual(['apps/api/package.json', 'package.json'])
  expect(project.dirs).toEqual(new Set(['apps/api', 'apps', 'apps/api/src']))
})

test('a member sees its own paths of the same snapshot', () => {
  const api = project.within('apps/api')
  expect(api.files).toEqual(['package.json', 'src/a.ts'])
  expect(api.parse('package.json')).toEqual({ name: 'api' })
  expect(api.has('apps/api/package.json')).toBe(false)
})

test.each([
  ['package.json', ['engines', 'node'], 4],
  ['package.json', ['engines', 'npm'], undefined],
  ['pyproject.toml', ['project', 'name'], 2],
  ['pyproject.toml', ['project', 'scripts', 'serve'], 5],
  ['gone.json', ['a'], undefined],
])('the line of %s %j', (path, keys, line) => {
  expect(project.line(path, ...keys)).toBe(line)
})
