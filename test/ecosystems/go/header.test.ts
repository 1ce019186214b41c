import { describe, expect, test } from 'vitest'
import { builds, evaluate } from '../../../src/ecosystems/go/constraint.ts'
import { readHeader } from '../../../src/ecosystems/go/header.ts'

describe('the header of a Go file', () => {
  test('package, imports with their names, and the constraint', () => {
    expect(
      readHeader(`// Copyright: import "not/this"
//go:build linux && !race

/* package wrong */ package main; import "fmt"
import (
	_ "embed" // for assets
	. "strings"
	v2 \`example.com/x/v2\`
	/* import "C" */
)
import "C"

var x = \`import "never"\`
`),
    ).toEqual({
      name: 'main',
      constraint: 'linux && !race',
      imports: [
        { path: 'fmt' },
        { path: 'embed', alias: '_' },
        { path: 'strings', alias: '.' },
        { path: 'example.com/x/v2', alias: 'v2' },
        { path: 'C' },
      ],
    })
  })

  test('the older form of constraints', () => {
    expect(readHeader('// +build linux,cgo darwin\n// +build !race\n\npackage a').constraint).toBe(
      '(linux && cgo || darwin) && (!race)',
    )
  })

  test('a file without a package clause', () => {
    expect(readHeader('import "fmt"').name).toBeUndefined()
  })
})

describe('what is built for Linux', () => {
  const tags = { cgo: true, own: ['extra'] }
  test.each([
    ['main.go', undefined, true],
    ['main_linux.go', undefined, true],
    ['main_windows.go', undefined, false],
    ['main_darwin_arm64.go', undefined, false],
    ['main_linux_riscv64.go', undefined, false],
    ['main_arm64.go', undefined, true],
    ['linux.go', undefined, true],
    ['windows.go', undefined, true],
    ['a.go', 'ignore', false],
    ['a.go', '!windows && (unix || js)', true],
    ['a.go', 'extra && cgo && go1.21', true],
    ['a.go', 'tools', false],
    ['a.go', '!cgo', false],
  ])('%s with %s: %s', (file, constraint, expected) => {
    expect(builds(file, constraint, tags)).toBe(expected)
  })

  test('an expression that is cut off never hangs', () => {
    expect(evaluate('(a &&', () => true)).toBe(true)
  })
})
