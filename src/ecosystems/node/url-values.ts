import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { evaluate } from './evaluate.ts'
import { type Alias, resolveImport } from './imports.ts'
import { argumentsOf, type Module, parseModule, source, textOf } from './syntax.ts'
import { isGuarded } from './tolerant.ts'
import { Overridable } from './value.ts'

/** Code that waits for a request, or for somebody's click: no build calls it. */
const ASIDE = /(^|\/)(middleware|proxy)\.[cm]?[jt]s$|(^|\/)pages\/api\//
const ACTIONS = /^\s*['"]use server['"]/

/**
 * Variables that `new URL(…)` is given without a default, in functions too: what a build renders calls those of its
 * pages, `generateMetadata` and `sitemap` among them, and ends with 'Invalid URL'.
 */
export function urlVariables(
  project: Project,
  module: Module,
  aliases: readonly Alias[],
): ReadonlySet<string> {
  const found = new Set<string>()
  if (!module.text.includes('new URL(') || ASIDE.test(module.path) || ACTIONS.test(module.text)) return found
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'NewExpression' || nameOf(module, node) !== 'URL') return
      const [first, base] = argumentsOf(node)
      // With a base, it is that which has to be whole.
      const argument = base ?? first
      const names = argument ? variablesOf(project, module, argument, aliases) : []
      for (const name of names)
        if (!isGuarded(module, node, [name, argument ? source(module, argument) : name])) found.add(name)
    },
  })
  return found
}

const nameOf = (module: Module, node: SyntaxNode): string => {
  const name = node.getChild('VariableName')
  return name ? source(module, name) : ''
}

/** What such an argument begins with: `process.env.SITE`, `` `${process.env.SITE}/path` ``, `site.url` of another module. */
function variablesOf(
  project: Project,
  module: Module,
  node: SyntaxNode,
  aliases: readonly Alias[],
): readonly string[] {
  const hole = node.name === 'TemplateString' ? node.getChild('Interpolation') : null
  if (hole)
    return hole.from === node.from + 1 && hole.firstChild?.nextSibling
      ? variablesOf(project, module, hole.firstChild.nextSibling, aliases)
      : []
  const joined = node.name === 'BinaryExpression' && node.getChild('ArithOp') !== null
  if (joined && node.firstChild) return variablesOf(project, module, node.firstChild, aliases)
  const { value, env } = evaluate(module, node)
  if (value !== undefined) return []
  if (env !== undefined) return node.name === 'ConditionalExpression' ? [] : [env]
  return elsewhere(project, module, node, aliases)
}

/** `site.url` and `SITE_URL`, where another module of the project says what these are. */
function elsewhere(
  project: Project,
  module: Module,
  node: SyntaxNode,
  aliases: readonly Alias[],
): readonly string[] {
  const [name = '', key, ...more] = source(module, node).replace(/!$/, '').split('.')
  if (!/^\w+$/.test(name) || more.length > 0) return []
  const specifier = specifierOf(module, name)
  const path = specifier && resolveImport(project, module.path, specifier, aliases)
  const other = path ? parseModule(project, path) : undefined
  const { value, env } = other ? evaluate(other, other.constants.get(name)) : {}
  if (key === undefined) return value === undefined && env !== undefined ? [env] : []
  const member =
    value !== null && typeof value === 'object'
      ? Object.entries(value).find(([own]) => own === key)?.[1]
      : undefined
  return member instanceof Overridable && member.value === undefined ? [member.env] : []
}

/** Where a name is imported from. */
function specifierOf(module: Module, name: string): string | undefined {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'ImportDeclaration') continue
    const names = [
      ...node.getChildren('VariableDefinition'),
      ...(node.getChild('ImportGroup')?.getChildren('VariableDefinition') ?? []),
    ]
    if (names.some(own => source(module, own) === name)) return textOf(module, node.getChild('String'))
  }
  return undefined
}
