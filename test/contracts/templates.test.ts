import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { describe, expect, test } from 'vitest'
import { precompile } from '../../src/render/compile.ts'
import { HELPERS } from '../../src/render/helpers.ts'
import { PARTIALS, PARTS, TEMPLATES } from '../../src/render/templates.ts'
import { filesBelow } from '../support/files.ts'

/** What a template may do, so that a Docker person can review it without knowing the code. */
const BLOCKS = ['if', 'each', 'run']
const VALUES = ['json', 'list', 'copy']
const MAX_DEPTH = 2
const MAX_LINES = 60

const files = filesBelow('templates', '.hbs')

interface Node {
  readonly type: string
  readonly path?: { readonly original: string; readonly parts: readonly string[] }
  readonly params?: readonly Node[]
  readonly hash?: { readonly pairs: readonly { readonly value: Node }[] }
  readonly program?: Node
  readonly inverse?: Node
  readonly body?: readonly Node[]
}

/** What a template's syntax tree breaks of the laws, one line each. */
function breaches(node: Node, depth = 0): string[] {
  const inside = [...(node.body ?? []), node.program, node.inverse].filter(child => child !== undefined)
  const below = inside.flatMap(child => breaches(child, depth + (node.type === 'BlockStatement' ? 1 : 0)))
  return [...own(node, depth), ...below]
}

function own({ type, path, params = [], hash }: Node, depth: number): string[] {
  const given = [...params, ...(hash?.pairs ?? []).map(({ value }) => value)]
  const computed = given.filter(value => value.type === 'SubExpression')
  const name = path?.original ?? ''
  return [
    ...(computed.length ? [`${name}: a computed argument is a decision`] : []),
    ...(type === 'BlockStatement' && !BLOCKS.includes(name) ? [`{{#${name}}}`] : []),
    ...(type === 'BlockStatement' && depth >= MAX_DEPTH ? [`{{#${name}}} at depth ${depth + 1}`] : []),
    ...(type === 'MustacheStatement' && given.length > 0 && !VALUES.includes(name) ? [`{{${name} …}}`] : []),
    ...(type === 'PartialBlockStatement' || type.startsWith('Decorator') ? [type] : []),
  ]
}

const BLOCK_TAG = /\{\{~?(#|\/|\^|else)[^}]*\}\}/

describe.each(files)('%s', file => {
  const source = readFileSync(file, 'utf8')

  test('uses the few helpers, at most two deep', () => {
    expect(breaches(Handlebars.parse(source) as unknown as Node)).toEqual([])
  })

  test('has at most 60 lines, no trailing space, and ends with one line break', () => {
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES)
    expect(source).not.toMatch(/[ \t]\n/)
    expect(source).toMatch(/[^\n]\n$/)
  })

  test('has each block tag alone on its line', () => {
    const crowded = source
      .split('\n')
      .filter(line => BLOCK_TAG.test(line) && !/^\{\{[^{}]*\}\}$/.test(line.trim()))
    expect(crowded).toEqual([])
  })

  test('is listed where templates are loaded from', async () => {
    const name = file.slice('templates/'.length, -'.hbs'.length)
    const parts = await Promise.all(Object.values(PARTS).map(async load => (await load()).default))
    const listed = name.startsWith('shared/')
      ? Object.keys(Object.assign({}, PARTIALS, ...parts)).map(partial => `shared/${partial}`)
      : Object.keys(TEMPLATES)
    expect(listed).toContain(name)
  })
})

describe('the compiler', () => {
  test('knows no helper beyond those that the laws name', () => {
    expect(Object.keys(HELPERS).sort()).toEqual([...VALUES, 'run'].sort())
    expect(() => precompile('{{#unless a}}{{/unless}}')).toThrow(/unless/)
    expect(() => precompile('{{lookup a b}}')).toThrow(/lookup/)
  })

  test('escapes nothing, and takes a missing name for a mistake', () => {
    const engine = Handlebars.create()
    // biome-ignore lint/security/noGlobalEval: it is what a bundler does with a precompiled template
    const render = engine.template(eval(`(${precompile('{{a}} {{b.c}}')})`) as TemplateSpecification)
    expect(render({ a: '--mount=type', b: { c: '<&>' } })).toBe('--mount=type <&>')
    expect(() => render({ a: 1, b: {} })).toThrow(/"c" not defined/)
  })

  test.each([
    ['{{#unless a}}x{{/unless}}', '{{#unless}}'],
    ['{{#if (eq a b)}}x{{/if}}', 'if: a computed argument is a decision'],
    ['{{#if a}}{{#if b}}{{#each c}}x{{/each}}{{/if}}{{/if}}', '{{#each}} at depth 3'],
    ['{{upper a}}', '{{upper …}}'],
    ['{{#> p}}x{{/p}}', 'PartialBlockStatement'],
  ])('the laws refuse %s', (source, breach) => {
    expect(breaches(Handlebars.parse(source) as unknown as Node)).toEqual([breach])
  })
})
