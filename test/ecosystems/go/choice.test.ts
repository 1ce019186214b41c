import { describe, expect, test } from 'vitest'
import { SeveralApps } from '../../../src/create.ts'
import { createFrom, detectIn } from '../../support/project.ts'

const GO_MOD = 'module github.com/acme/shop\n\ngo 1.26\n'
const MAIN = 'package main\n\nfunc main() {}\n'
const SERVER = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
const program = (...dirs: string[]) => Object.fromEntries(dirs.map(dir => [`${dir}/main.go`, MAIN]))

/** The folders of the programs that stand first, as the command would choose among them. */
async function chosen(files: Record<string, string>): Promise<unknown> {
  try {
    return (await createFrom({ 'go.mod': GO_MOD, ...files })).candidate.facts.mainPackages?.value
  } catch (error) {
    if (error instanceof SeveralApps) return error.candidates.map(({ facts }) => facts.mainPackages?.value[0])
    throw error
  }
}

describe('which program', () => {
  test.each([
    ['the root before cmd', { 'main.go': MAIN, ...program('cmd/api', 'cmd/server') }, ['.']],
    ["cmd/<the module's name>", program('cmd/admin', 'cmd/shop', 'cmd/server'), ['cmd/shop']],
    ['cmd/server', program('cmd/aaa', 'cmd/server'), ['cmd/server']],
    ['the only one that is no helper', program('cmd/migrate', 'cmd/orders', 'cmd/seed'), ['cmd/orders']],
    ['a single program anywhere', program('internal/app/start'), ['internal/app/start']],
    ['not the examples', program('examples/hello', 'service'), ['service']],
    ['not tools and scripts', program('hack/gen', 'tools/lint', 'scripts/x', 'cmd/orders'), ['cmd/orders']],
    ['not a folder that ./... leaves out', program('_old/api', 'testdata/api', 'cmd/orders'), ['cmd/orders']],
    ['the one that serves, of two', { ...program('cmd/aaa'), 'cmd/bbb/main.go': SERVER }, ['cmd/bbb']],
    ['a choice when two are equal', program('cmd/orders', 'cmd/stock'), ['cmd/orders', 'cmd/stock']],
  ])('%s', async (_, files, expected) => {
    expect(await chosen(files)).toEqual(expected)
  })

  test.each([
    ['only for go run', `//go:build ignore\n\n${MAIN}`],
    ['the older form', `// +build ignore\n\n${MAIN}`],
    ['no func main', 'package main\n\nvar x = 1\n'],
    ['func main in a comment', 'package main\n\n// func main() {}\n'],
    ['another package', 'package shop\n\nfunc main() {}\n'],
  ])('a root file is no program: %s', async (_, text) => {
    expect(await chosen({ 'build.go': text, ...program('cmd/orders') })).toEqual(['cmd/orders'])
  })

  test('a test file or one of another system is no program', async () => {
    expect(await chosen({ 'main_test.go': MAIN, 'main_windows.go': MAIN, ...program('cmd/orders') })).toEqual(
      ['cmd/orders'],
    )
  })

  test('--app takes the name or the folder', async () => {
    for (const app of ['stock', 'cmd/stock', './cmd/stock/']) {
      const { candidate } = await createFrom(
        { 'go.mod': GO_MOD, ...program('cmd/orders', 'cmd/stock') },
        { app },
      )
      expect(candidate.facts.mainPackages?.value, app).toEqual(['cmd/stock'])
    }
  })

  test('a library says that there is nothing to run', async () => {
    const [only] = await detectIn({ 'go.mod': GO_MOD, 'shop.go': 'package shop\n' })
    expect(only?.facts.kind.value).toBe('library')
    expect(only?.questions[0]?.code).toBe('NOTHING_TO_RUN')
  })

  test('modules side by side are several apps', async () => {
    const files = {
      'a/go.mod': 'module x/a\n\ngo 1.26\n',
      'b/go.mod': 'module x/b\n\ngo 1.26\n',
      ...program('a', 'b'),
    }
    const found = await detectIn(files)
    expect(found.map(({ dir, fit }) => [dir, fit])).toEqual([
      ['a', 'exact'],
      ['b', 'exact'],
    ])
  })
})
