import type { SyntaxNode } from '@lezer/common'
import { isBuiltin } from '../../knowledge/node-builtins.ts'
import type { Project } from '../../project/project.ts'
import { type Alias, packageOf, resolveImport } from './imports.ts'
import { argumentsOf, calleeOf, type Module, parseModule, textOf } from './syntax.ts'

/** A bound: what a program loads first tells most. */
const MAX_FILES = 200
const TYPESCRIPT = /\.[cm]?tsx?$/
/** Code that may never run as a module is loaded: `if (development) require('morgan')`. */
const CONDITIONAL = new Set(
  `IfStatement ConditionalExpression TryStatement SwitchStatement ForStatement WhileStatement DoStatement
  FunctionDeclaration FunctionExpression ArrowFunction ClassBody`.split(/\s+/),
)
const READ = new Set([
  'BinaryExpression',
  'Property',
  'ImportDeclaration',
  'ExportDeclaration',
  'CallExpression',
])
const BRANCHING = /^(&&|\|\||\?\?)$/

/**
 * The packages without which a program ends as it is loaded: imports and calls of `require` that no condition and no
 * function surrounds, of the entry and of the files that it so loads.
 * @returns for each package a file that loads it
 */
export function demanded(
  project: Project,
  entry: string,
  aliases: readonly Alias[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const queue = new Set([entry])
  let left = MAX_FILES
  for (const path of queue) {
    if (left-- === 0) break
    const module = parseModule(project, path)
    for (const specifier of module ? loads(module) : []) {
      const target = resolveImport(project, path, specifier, aliases)
      const name = packageOf(specifier)
      if (target) queue.add(target)
      else if (!/^[.#/]/.test(specifier) && !isBuiltin(specifier) && !found.has(name)) found.set(name, path)
    }
  }
  return found
}

function loads(module: Module): readonly string[] {
  const found: (string | undefined)[] = []
  module.tree.iterate({
    enter(reference) {
      if (CONDITIONAL.has(reference.name)) return false
      if (!READ.has(reference.name)) return undefined
      const { node } = reference
      if (isBranch(module, node) || isMethod(node)) return false
      if (node.name === 'ImportDeclaration' && isLoaded(module, node))
        found.push(textOf(module, node.getChild('String')))
      else if (node.name === 'ExportDeclaration' && node.getChild('from') && isPassedOn(module, node))
        found.push(textOf(module, node.getChild('String')))
      else if (node.name === 'CallExpression' && calleeOf(module, node) === 'require')
        found.push(textOf(module, argumentsOf(node)[0]))
      return undefined
    },
  })
  return found.filter(specifier => specifier !== undefined)
}

const isBranch = (module: Module, node: SyntaxNode): boolean => {
  const operator = node.name === 'BinaryExpression' ? node.getChild('LogicOp') : null
  return operator !== null && BRANCHING.test(module.text.slice(operator.from, operator.to))
}

export const isMethod = (node: SyntaxNode): boolean =>
  node.name === 'Property' && node.getChild('ParamList') !== null

/** Whether an import is there at run time: a compiler of TypeScript leaves out what is only used as a type. */
function isLoaded(module: Module, node: SyntaxNode): boolean {
  if (node.firstChild?.nextSibling?.name === 'type') return false
  if (!TYPESCRIPT.test(module.path)) return true
  const group = node.getChild('ImportGroup')
  const names = [node, group]
    .flatMap(part => part?.getChildren('VariableDefinition') ?? [])
    .filter(({ prevSibling }) => prevSibling?.name !== 'type')
    .map(({ from, to }) => module.text.slice(from, to))
  if (names.length === 0) return group === null
  // What decorators have injected is named as a type alone: https://www.typescriptlang.org/docs/handbook/decorators.html#metadata
  const { named, decorated } = valuesIn(module)
  return (
    names.some(name => named.has(name)) ||
    (decorated && /^[.]/.test(textOf(module, node.getChild('String')) ?? ''))
  )
}

/** Whether `export … from` is there at run time. Names alone don't tell TypeScript's values from its types. */
const isPassedOn = (module: Module, node: SyntaxNode): boolean =>
  node.firstChild?.nextSibling?.name !== 'type' &&
  (!TYPESCRIPT.test(module.path) ||
    node.getChild('Star') !== null ||
    /^[.]/.test(textOf(module, node.getChild('String')) ?? ''))

interface Values {
  /** Names that stand for a value, not for a type. */
  readonly named: ReadonlySet<string>
  readonly decorated: boolean
}

const values = new WeakMap<Module, Values>()
function valuesIn(module: Module): Values {
  const known = values.get(module)
  if (known) return known
  const named = new Set<string>()
  let decorated = false
  module.tree.iterate({
    enter({ name, from, to }) {
      if (name === 'ImportDeclaration' || name === 'TypeAnnotation') return false
      if (name === 'VariableName' || name === 'JSXIdentifier') named.add(module.text.slice(from, to))
      decorated ||= name === 'Decorator'
      return undefined
    },
  })
  const found = { named, decorated }
  values.set(module, found)
  return found
}
