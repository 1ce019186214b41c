import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import { argumentsOf, calleeOf, initializer, items, type Module, source } from './syntax.ts'

/** What a module exports by default, in either module system. */
export function defaultExport(module: Module): unknown {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'ExportDeclaration' && node.getChild('default'))
      return evaluate(
        module,
        items(node).find(child => !/^(export|default|;)$/.test(child.name)),
      ).value
    const assignment = node.getChild('AssignmentExpression')
    const target = assignment?.firstChild
    if (assignment && target && /^(module\.)?exports(\.default)?$/.test(source(module, target)))
      return evaluate(module, assignment.lastChild).value
  }
  return undefined
}

export const exportsByDefault = ({ tree }: Module): boolean =>
  tree.topNode.getChildren('ExportDeclaration').some(node => node.getChild('default') !== null)

/** What it exports by a name: `export const config`, `module.exports.config`. */
export const namedExport = (module: Module, name: string): unknown =>
  evaluate(module, exportedNode(module, name)).value

/** The same as it stands there, `export async function handler() {}` too. */
export function exportedNode(module: Module, name: string): SyntaxNode | undefined {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    const assignment = node.getChild('AssignmentExpression')
    const target = assignment?.firstChild && source(module, assignment.firstChild)
    if (assignment?.lastChild && (target === `module.exports.${name}` || target === `exports.${name}`))
      return assignment.lastChild
    const declared = node.name === 'ExportDeclaration' ? node.getChild('VariableDeclaration') : undefined
    const own = declared?.getChildren('VariableDefinition').find(item => source(module, item) === name)
    if (own) return initializer(own)
    const called = node.name === 'ExportDeclaration' ? node.getChild('FunctionDeclaration') : null
    const title = called?.getChild('VariableDefinition')
    if (called && title && source(module, title) === name) return called
  }
  return undefined
}

/** What a method of that name is given first: `setOutputDirectory('out')`. */
export function given(module: Module, method: string): unknown {
  let found: unknown
  module.tree.iterate({
    enter({ node }) {
      if (node.name === 'CallExpression' && calleeOf(module, node).endsWith(`.${method}`))
        found ??= evaluate(module, argumentsOf(node)[0]).value
    },
  })
  return found
}
