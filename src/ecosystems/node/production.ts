import type { SyntaxNode } from '@lezer/common'
import { definitionOf } from './definitions.ts'
import { environmentName, items, type Module, source, textOf } from './syntax.ts'

/** What a build for production makes of `process.env.NODE_ENV === 'production'`, of Vite's `mode` and `command`, and of names for that. */
export function production(module: Module, test: SyntaxNode | undefined, depth = 0): boolean | undefined {
  if (!test || depth > 4) return undefined
  const [left, operator, right] = items(test)
  switch (test.name) {
    case 'VariableName':
      return production(module, definitionOf(module, test, source(module, test)), depth + 1)
    case 'ParenthesizedExpression':
      return production(module, left, depth + 1)
    case 'UnaryExpression': {
      const inner = source(module, test).startsWith('!')
        ? production(module, test.lastChild ?? undefined, depth + 1)
        : undefined
      return inner === undefined ? undefined : !inner
    }
  }
  if (test.name !== 'BinaryExpression' || !left || !operator || !right) return undefined
  const compared = source(module, operator)
  const expected = PRODUCTION[nameOf(module, left) ?? '']
  const value = textOf(module, right)
  if (!/^[!=]==?$/.test(compared) || expected === undefined || value === undefined) return undefined
  return (value === expected) === compared.startsWith('=')
}

/** https://vite.dev/config/#conditional-config */
const PRODUCTION: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  mode: 'production',
  command: 'build',
}

/** A variable of the environment, a parameter that the file leaves to its caller, or a member of one: `argv.mode`. */
function nameOf(module: Module, node: SyntaxNode): string | undefined {
  if (node.name === 'VariableName')
    return definitionOf(module, node, source(module, node)) ? undefined : source(module, node)
  return (
    environmentName(module, node) ??
    (node.lastChild?.name === 'PropertyName' ? source(module, node.lastChild) : undefined)
  )
}
