import { describe, expect, test } from 'vitest'
import { parseModFile } from '../../../src/ecosystems/go/modfile.ts'

describe('go.mod', () => {
  test('single lines and blocks, comments and quotes', () => {
    const mod = parseModFile(`// Deprecated: no.
module "example.com/app" // the app

// toolchain go1.99.0
go 1.25.1
toolchain go1.26.2

require example.com/one v1.0.0
require (
	example.com/two/v2 v2.1.0 // indirect
	example.com/three v0.0.0-20240101000000-abcdef012345 // kept; indirect no more
)
replace (
	example.com/one => ../one
	example.com/two/v2 v2.1.0 => example.com/fork/v2 v2.1.1
)
exclude example.com/four v1.2.3
retract (
	v1.0.0 // bad
)
`)
    expect(mod.module).toBe('example.com/app')
    expect(mod.go).toEqual({ value: '1.25.1', line: 5 })
    expect(mod.toolchain).toEqual({ value: 'go1.26.2', line: 6 })
    expect(mod.require).toEqual([
      { path: 'example.com/one', version: 'v1.0.0', indirect: false },
      { path: 'example.com/two/v2', version: 'v2.1.0', indirect: true },
      { path: 'example.com/three', version: 'v0.0.0-20240101000000-abcdef012345', indirect: false },
    ])
    expect(mod.replace).toEqual([
      { path: 'example.com/one', target: '../one', local: true },
      { path: 'example.com/two/v2', target: 'example.com/fork/v2', local: false },
    ])
  })

  test('go.work', () => {
    expect(parseModFile('go 1.26\nuse (\n\t.\n\t./lib // shared\n)\nuse ./tools\n').use).toEqual([
      '.',
      './lib',
      './tools',
    ])
  })

  test.each(['', 'module', 'require (', '"', '\0\n)\n('])('%j says nothing and breaks nothing', text => {
    expect(parseModFile(text)).toMatchObject({ require: [], replace: [], use: [] })
  })
})
