import type { App } from './app.ts'
import { compiledFrom } from './loaded.ts'
import { argumentsOf, calleeOf, parseModule, textOf } from './syntax.ts'

/** Whether a program in JavaScript loads what the compiler makes of the sources: `require('../dist')` of `bin/server`. */
export function loadsOutput({ project }: App, entry: string): boolean {
  const module = parseModule(project, entry)
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      const specifier =
        node.name === 'CallExpression' && calleeOf(module, node) === 'require'
          ? textOf(module, argumentsOf(node)[0])
          : /^(ImportDeclaration|DynamicImport)$/.test(node.name)
            ? textOf(module, node.getChild('String'))
            : undefined
      found ||= specifier !== undefined && compiledFrom(project, module, specifier) !== undefined
    },
  })
  return found
}
