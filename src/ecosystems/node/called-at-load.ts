import type { SyntaxNode } from '@lezer/common'
import { type Module, source } from './syntax.ts'
import { INSIDE } from './tolerant.ts'

const CALLS = /^(CallExpression|NewExpression|MemberExpression)$/

/**
 * The functions and classes that a module itself uses as it is loaded, and so what stands in them runs then:
 * `const client = connect()`, `new Client()`, `export default Singleton.instance`
 */
export function calledAtLoad(module: Module): ReadonlySet<string> {
  const found = new Set<string>()
  module.tree.iterate({
    enter({ node }) {
      if (INSIDE.test(node.name)) return false
      const name = CALLS.test(node.name) ? node.getChild('VariableName') : null
      if (name) found.add(source(module, name))
      return undefined
    },
  })
  return found
}

/** Whether such a body is of one of them. Of a class that is its constructor: https://mdn.io/class#constructor */
export function isCalled(module: Module, body: SyntaxNode, called: ReadonlySet<string>): boolean {
  if (body.name === 'MethodDeclaration') {
    const name = body.getChild('PropertyDefinition')
    return name !== null && source(module, name) === 'constructor'
  }
  const owner = body.name === 'FunctionDeclaration' ? body : body.parent
  const name = owner?.name.endsWith('Declaration') ? owner.getChild('VariableDefinition') : null
  return name !== null && called.has(source(module, name))
}
