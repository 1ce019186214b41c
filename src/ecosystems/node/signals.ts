import type { SyntaxNode } from '@lezer/common'
import { items, type Module, textOf } from './syntax.ts'

/** The signals that an argument may name: itself, or each of the list that a loop around it goes through. */
export function signals(
  module: Module,
  call: SyntaxNode,
  argument: SyntaxNode | undefined,
): readonly string[] {
  const own = textOf(module, argument)
  if (own !== undefined) return [own]
  for (let node = call.parent; node; node = node.parent) {
    const list =
      node.name === 'ForStatement'
        ? node.getChild('ForOfSpec')
        : node.name === 'CallExpression'
          ? node.firstChild
          : null
    const array = list && firstArray(list)
    if (array) return items(array).map(item => textOf(module, item) ?? '')
  }
  return []
}

function firstArray(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'ArrayExpression') return node
  for (const child of items(node)) {
    const found = firstArray(child)
    if (found) return found
  }
  return undefined
}
