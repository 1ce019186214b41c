import type { SyntaxNode } from '@lezer/common'
import { items, type Module, source } from './syntax.ts'

/** What an expression stands in, past parentheses and what TypeScript alone reads: `(process.env.NAME as string)!`. */
export function outer(module: Module, node: SyntaxNode): SyntaxNode | null {
  const { parent } = node
  const passes =
    parent &&
    (/^(ParenthesizedExpression|PostfixExpression)$/.test(parent.name) ||
      (parent.name === 'BinaryExpression' &&
        /^(as|satisfies)$/.test(source(module, items(parent)[1] ?? parent))))
  return passes ? outer(module, parent) : parent
}

/** `process.env.NAME ?? 'value'`, and a name that is only compared: the program does without. */
export function hasDefault(module: Module, node: SyntaxNode): boolean {
  const around = outer(module, node)
  if (around?.name === 'ConditionalExpression') return true
  if (around?.name !== 'BinaryExpression') return false
  const [left, operator] = items(around)
  const sign = operator ? source(module, operator) : ''
  const first = left !== undefined && left.from <= node.from && node.to <= left.to
  return /^(&&|[!=]==?)$/.test(sign) || (first && /^(\|\||\?\?)$/.test(sign))
}
