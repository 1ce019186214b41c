import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parser } from '@lezer/javascript'
import Handlebars from 'handlebars'
import { describe, expect, test } from 'vitest'
import { ECOSYSTEMS } from '../../src/ecosystems/index.ts'
import { creations } from '../support/creations.ts'
import { filesBelow, ROOT } from '../support/files.ts'

/**
 * Templates and views fit: no template asks for a name that no plan has, no plan carries a name that no template
 * shows. Handlebars' strict mode sees neither a wrong name in `#if` nor one that is left over.
 */

interface Node {
  readonly type: string
  readonly path?: Node
  readonly original?: string
  readonly data?: boolean
  readonly parts?: readonly string[]
  readonly params?: readonly Node[]
  readonly hash?: { readonly pairs: readonly { readonly value: Node }[] }
  readonly program?: Node
  readonly inverse?: Node
  readonly body?: readonly Node[]
}

const HELPERS = ['if', 'each', 'run', 'json', 'list', 'copy']
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The names that a template reads of its view. */
function namesIn(node: Node): string[] {
  const given = [...(node.params ?? []), ...(node.hash?.pairs ?? []).map(({ value }) => value)]
  const isHelper = HELPERS.includes(node.path?.original ?? '')
  const paths = [...given, ...(node.path && !isHelper ? [node.path] : [])]
  const own = paths.flatMap(path => (path.type === 'PathExpression' && !path.data ? (path.parts ?? []) : []))
  const inside = [...(node.body ?? []), node.program, node.inverse].filter(child => child !== undefined)
  return [...own, ...inside.flatMap(namesIn)]
}

const templateNames = (folder: string): ReadonlySet<string> =>
  new Set(
    filesBelow(`templates/${folder}`, '.hbs').flatMap(file =>
      namesIn(Handlebars.parse(read(file)) as unknown as Node),
    ),
  )

/** Names of members that sources declare, or give to objects that they make. */
function memberNames(files: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const file of files) {
    const text = read(file)
    parser
      .configure({ dialect: 'ts' })
      .parse(text)
      .iterate({
        enter({ name, from, to, node }) {
          const isShorthand = name === 'VariableName' && node.parent?.name === 'Property'
          if (name === 'PropertyDefinition' || isShorthand) names.add(text.slice(from, to))
        },
      })
  }
  return names
}

/** What the audit and the `run` helper read, and no template. */
const NOT_SHOWN = /\.image\.(libc|family)$|\.(\w*[mM]ounts|caches)\[\]\./

/** Paths of the leaves that a view has something in; items of lists count as one. */
function leaves(value: unknown, path = ''): string[] {
  if (value === undefined || value === false || value === '') return []
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, Array.isArray(value) ? `${path}[]` : `${path}.${key}`),
  )
}

const shared = templateNames('shared')

describe.each(ECOSYSTEMS)('$id', ({ id }) => {
  const own = templateNames(id)
  const sources = [...filesBelow(`src/ecosystems/${id}`, '.ts'), 'src/plan/plan.ts']

  test('has templates that ask for what plans have', () => {
    const known = memberNames(sources)
    expect([...own].filter(name => !known.has(name))).toEqual([])
  })

  test('has plans whose every leaf is shown', () => {
    const plans = creations.filter(({ candidate }) => candidate.ecosystem === id).map(({ plan }) => plan)
    const views = plans.flatMap(plan => [plan.view, ...(plan.extras ?? []).map(({ view }) => view)])
    const carried = new Set(views.flatMap(view => leaves(view)))
    const names = [...carried].filter(path => !NOT_SHOWN.test(path))
    const isShown = (path: string) => {
      const name = /\.(\w+)(\[\])*$/.exec(path)?.[1] ?? ''
      return own.has(name) || shared.has(name)
    }
    expect(names.filter(path => !isShown(path))).toEqual([])
  })
})

test('partials ask for what plans have', () => {
  const known = memberNames([...filesBelow('src/ecosystems', '.ts'), 'src/plan/plan.ts'])
  expect([...shared].filter(name => !known.has(name))).toEqual([])
})
