import type { SyntaxNode } from '@lezer/common'
import { type App, uses } from './app.ts'
import { option, words } from './command-words.ts'
import { configOf } from './config.ts'
import { WEBPACK_CONFIGS } from './deploy-webpack.ts'
import type { Command } from './scripts.ts'
import { argumentsOf, items, type Module, parseModule, source, textOf } from './syntax.ts'

/**
 * Variables that webpack writes into what it makes, and without which its build ends with an error; an empty one will
 * do: https://webpack.js.org/plugins/environment-plugin/#usage-with-default-values
 */
export function webpackVariables(app: App, build: readonly Command[]): readonly string[] {
  if (!uses(app, 'webpack')) return []
  const named = option(words(build, 'webpack'), '--config', '-c')
  const config = configOf(app.project, named, ...WEBPACK_CONFIGS)
  const module = config && parseModule(app.project, config.path)
  const found = new Set<string>()
  module?.tree.iterate({
    enter({ node }) {
      if (node.name !== 'NewExpression') return
      const callee = node.firstChild?.nextSibling
      if (!callee || !/(^|\.)EnvironmentPlugin$/.test(source(module, callee))) return
      for (const argument of argumentsOf(node)) for (const name of namesIn(module, argument)) found.add(name)
    },
  })
  return [...found].sort()
}

/** `'A'`, `['A', 'B']`, `{ A: undefined }`; `{ A: 'default' }` needs none. */
function namesIn(module: Module, node: SyntaxNode): readonly string[] {
  const own = textOf(module, node)
  if (own !== undefined) return [own]
  if (node.name === 'ArrayExpression') return items(node).flatMap(item => textOf(module, item) ?? [])
  return items(node).flatMap(property => {
    const key = property.getChild('PropertyDefinition')
    const value = property.lastChild
    return key && value && source(module, value) === 'undefined' ? [source(module, key)] : []
  })
}
