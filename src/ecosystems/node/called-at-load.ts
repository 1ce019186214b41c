import type { SyntaxNode } from '@lezer/common'
import { type Module, source } from './syntax.ts'
import { INSIDE } from './tolerant.ts'

/** The names that a module uses as it is loaded. */
export interface Used {
  /** `const client = connect()`, `new Client()` */
  readonly called: ReadonlySet<string>
  /** `export default Singleton.instance`: of a class that may make one, of a function it says nothing. */
  readonly asked: ReadonlySet<string>
}

/** The functions and classes of a module that it uses itself as it is loaded: what stands in them runs then. */
export function usedAtLoad(module: Module): Used {
  const called = new Set<string>()
  const asked = new Set<string>()
  module.tree.iterate({
    enter({ node }) {
      if (INSIDE.test(node.name)) return false
      const name = node.getChild('VariableName')
      if (name && /^(Call|New)Expression$/.test(node.name)) called.add(source(module, name))
      if (name && node.name === 'MemberExpression') asked.add(source(module, name))
      return undefined
    },
  })
  return { called, asked }
}

/** Whether such a body is of one of them. Of a class that is its constructor: https://mdn.io/class#constructor */
export function isCalled(module: Module, body: SyntaxNode, { called, asked }: Used): boolean {
  if (body.name === 'MethodDeclaration') {
    const name = body.getChild('PropertyDefinition')
    return name !== null && source(module, name) === 'constructor'
  }
  const owner = body.name === 'FunctionDeclaration' ? body : body.parent
  const name = owner?.name.endsWith('Declaration') ? owner.getChild('VariableDefinition') : null
  if (name === null) return false
  const own = source(module, name)
  return called.has(own) || (body.name === 'ClassBody' && asked.has(own))
}
