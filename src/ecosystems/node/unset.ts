import type { SyntaxNode } from '@lezer/common'
import { definitionOf } from './definitions.ts'
import { environmentName, items, type Module, source, textOf } from './syntax.ts'

/** What a test says of an environment variable. */
export interface Asked {
  readonly env: string
  /** Whether it holds where nothing sets the variable, as in an image. */
  readonly unset: boolean
}

/** `process.env.CI`, `!process.env.CI`, `'CI' in process.env`, `process.env.CI === 'true'`; undefined for tests of anything else. */
export function asked(module: Module, test: SyntaxNode | undefined, depth = 0): Asked | undefined {
  if (!test || depth > 4) return undefined
  const own = environmentName(module, test)
  if (own) return { env: own, unset: false }
  const [left, operator, right] = items(test)
  switch (test.name) {
    case 'VariableName':
      return asked(module, definitionOf(module, test, source(module, test)), depth + 1)
    case 'ParenthesizedExpression':
      return asked(module, left, depth + 1)
    case 'UnaryExpression': {
      if (!source(module, test).startsWith('!')) return undefined
      const inner = asked(module, test.lastChild ?? undefined, depth + 1)
      return inner && { ...inner, unset: !inner.unset }
    }
  }
  if (test.name !== 'BinaryExpression' || !left || !operator || !right) return undefined
  const compares = source(module, operator)
  const key = textOf(module, left)
  if (compares === 'in' && key && source(module, right) === 'process.env') return { env: key, unset: false }
  const env = environmentName(module, left)
  return env && /^[!=]==?$/.test(compares) && textOf(module, right)
    ? { env, unset: compares.startsWith('!') }
    : undefined
}
