import type { SyntaxNode } from '@lezer/common'
import { parameterDefault } from './definitions.ts'
import { items, type Module, source } from './syntax.ts'
import type { Value } from './value.ts'

/** Whether a port is that of an address, or else what its scheme stands for: `new URL(address).port || 443`. */
export function isOfAddress(module: Module, node: SyntaxNode | undefined, { value, env }: Value): boolean {
  const [left] = node?.name === 'BinaryExpression' ? items(node) : []
  return left !== undefined && !env && (value === 80 || value === 443) && /\.port$/.test(source(module, left))
}

/** The default of the parameter that options name: `function start(port = 3000) { serve({ fetch, port }) }`. */
export function givenPort(module: Module, options: SyntaxNode | undefined): SyntaxNode | undefined {
  const property = options
    ?.getChildren('Property')
    .find(({ firstChild }) => firstChild !== null && source(module, firstChild) === 'port')
  return property?.lastChild ? parameterDefault(module, property.lastChild) : undefined
}
