import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import { items, type Module, source, textOf } from './syntax.ts'

/** Whether a call of `listen` says a port and surely no address: what a name or another module holds may say one. */
export function namesNoAddress(module: Module, [first, second]: readonly SyntaxNode[]): boolean {
  if (!first || (second && !/^(ArrowFunction|FunctionExpression)$/.test(second.name))) return false
  if (first.name === 'ObjectExpression')
    return first.getChildren('Property').every(property => {
      const [key] = items(property)
      const name = key?.name === 'String' ? textOf(module, key) : key && source(module, key)
      return key?.name !== 'Spread' && name !== undefined && !/^(host|hostname|path|\[.*)$/.test(name)
    })
  const { value, env } = evaluate(module, first)
  if (value !== undefined) return typeof value === 'number' || typeof value === 'string'
  return env !== undefined || /port['"]?\)?$/i.test(source(module, first))
}
