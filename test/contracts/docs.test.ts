import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SWITCHES } from '../../src/options/flags.ts'
import { knobs } from '../../src/options/knobs.ts'
import { filesBelow, ROOT } from '../support/files.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const readme = read('README.md')

/** A row for each option, as `--help` has it. */
const rows = [
  ...knobs.map(({ flag, help }) => [flag, help]),
  ...SWITCHES.map(([flag, , help]) => [flag, help]),
].map(([flag, help]) => `| \`${flag}\` | ${help} |`)

describe('the README', () => {
  test('lists every option, in the words of --help', () => {
    const [, table = ''] = readme.split('<!-- flags -->\n')
    expect(table.split('\n\n')[0]?.split('\n').slice(2)).toEqual(rows)
  })

  test('shows an example as it is generated', () => {
    const [, name, shown] = /<!-- example: (\S+) -->\n```dockerfile\n([\s\S]*?)```/.exec(readme) ?? []
    expect(shown).toBe(read(`examples/${name}/Dockerfile`))
  })
})

test.each(['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', '.md')])(
  '%s links to what is there',
  path => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link = '']) => link)
    expect(links.filter(link => !existsSync(join(ROOT, dirname(path), link)))).toEqual([])
  },
)
