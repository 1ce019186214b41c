import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { describe, expect, test } from 'vitest'
import { compiled } from '../../src/render/render.ts'
import { PARTIALS, TEMPLATES, type TemplateName } from '../../src/render/templates.ts'
import { creations } from '../support/creations.ts'
import { ROOT } from '../support/files.ts'

/** Templates and views fit: no template asks for what no plan has, no plan carries what no template shows. */

interface Node {
  readonly type: string
  readonly path?: Node
  readonly original?: string
  readonly data?: boolean
  readonly parts?: readonly string[]
  readonly name?: { readonly original: string }
  readonly params?: readonly Node[]
  readonly hash?: { readonly pairs: readonly { readonly value: Node }[] }
  readonly program?: Node
  readonly inverse?: Node
  readonly body?: readonly Node[]
}

const HELPERS = ['if', 'each', 'run', 'json', 'list', 'copy']
const parsed = (name: string): Node =>
  Handlebars.parse(readFileSync(join(ROOT, 'templates', `${name}.hbs`), 'utf8')) as unknown as Node

/** Values that a path has in some of the views; a member that is there and undefined counts. */
function lookUp(parts: readonly string[], contexts: readonly unknown[]): readonly unknown[] {
  return parts.reduce<readonly unknown[]>(
    (values, part) =>
      values.flatMap(value =>
        value !== null && typeof value === 'object' && part in value
          ? [(value as Record<string, unknown>)[part]]
          : [],
      ),
    contexts,
  )
}

/** What each partial is shown with, in all templates: `launch` asks for what some images have and others don't. */
const partials = new Map<string, unknown[]>()

/** The paths of a template that exist in none of the views it is shown with. */
function unknownPaths(node: Node, contexts: readonly unknown[]): string[] {
  const given = [...(node.params ?? []), ...(node.hash?.pairs ?? []).map(({ value }) => value)]
  const isHelper = HELPERS.includes(node.path?.original ?? '')
  const paths = [...given, ...(node.path && !isHelper ? [node.path] : [])].filter(
    path => path.type === 'PathExpression' && !path.data,
  )
  const unknown = paths.flatMap(path =>
    contexts.length > 0 && lookUp(path.parts ?? [], contexts).length === 0 ? [path.original ?? ''] : [],
  )
  const first = lookUp(node.params?.[0]?.parts ?? [], contexts)
  const inner = node.path?.original === 'each' ? first.flatMap(list => list ?? []) : contexts
  if (node.type === 'PartialStatement') {
    const name = node.name?.original ?? ''
    const shown = node.params?.length ? first.filter(Boolean) : contexts
    partials.set(name, [...(partials.get(name) ?? []), ...shown])
  }
  return [
    ...unknown,
    ...[...(node.body ?? []), node.program, node.inverse]
      .filter(child => child !== undefined)
      .flatMap(child => unknownPaths(child, inner)),
  ]
}

/** Decisions about an image that the audit reads and no template shows. */
const NOT_SHOWN = /\.image\.(libc|family|ref)$/

/** Paths of the leaves that a view has something in; items of lists count as one. */
function leaves(value: unknown, path = ''): string[] {
  if (value === undefined || value === false || value === '') return []
  if (value === null || typeof value !== 'object') return NOT_SHOWN.test(path) ? [] : [path]
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, Array.isArray(value) ? `${path}[]` : `${path}.${key}`),
  )
}

/** A view that remembers what is read of it. */
function watched<T>(value: T, read: Set<string>, path = ''): T {
  if (value === null || typeof value !== 'object') return value
  return new Proxy(value, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return member
      const inside = Array.isArray(target) ? `${path}[]` : `${path}.${key}`
      read.add(inside)
      return watched(member, read, inside)
    },
  })
}

const shownWith = (name: string): readonly object[] =>
  creations.flatMap(({ plan }) =>
    [plan, ...(plan.extras ?? [])].flatMap(({ template, view }) => (template === name ? [view] : [])),
  )

describe.each(Object.keys(TEMPLATES) as TemplateName[])('%s', name => {
  const views = shownWith(name)

  test('asks for nothing that no view has', () => {
    expect([...new Set(unknownPaths(parsed(name), views))]).toEqual([])
  })

  test('shows all that its views carry', async () => {
    const render = await compiled(name)
    const read = new Set<string>()
    for (const view of views) render(watched(view, read))
    const carried = new Set(views.flatMap(view => leaves(view)))
    expect([...carried].filter(path => !read.has(path))).toEqual([])
  })
})

describe('partials', () => {
  for (const name of Object.keys(TEMPLATES)) unknownPaths(parsed(name), shownWith(name))

  test.each(Object.keys(PARTIALS))('%s is used, and asks for nothing that it is never shown with', name => {
    const contexts = partials.get(name)
    expect(contexts).toBeDefined()
    expect([...new Set(unknownPaths(parsed(`shared/${name}`), contexts ?? []))]).toEqual([])
  })
})
