import type { SyntaxNode } from '@lezer/common'
import { initializer, type Module, source, taken } from './syntax.ts'

/** What a name is set to where it is used: in the function around it, else at the top of the file. */
export function definitionOf(module: Module, use: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let node = use.parent; node; node = node.parent) {
    const defines = (child: SyntaxNode) => source(module, child) === name
    const declarations = node.getChildren('VariableDeclaration')
    const declared = declarations.flatMap(child => child.getChildren('VariableDefinition')).find(defines)
    if (declared) return initializer(declared)
    const part = declarations.flatMap(taken).find(([child]) => defines(child))
    if (part) return part[1]
    // What it is called with is known to nobody here.
    if (isParameter(node.getChild('ParamList'), defines)) return undefined
  }
  return module.constants.get(name)
}

/** Whether a list of parameters has such a name, in a pattern or by itself. */
function isParameter(list: SyntaxNode | null, defines: (node: SyntaxNode) => boolean): boolean {
  let found = false
  list?.cursor().iterate(({ node }) => {
    found ||= /^(VariableDefinition|PropertyName)$/.test(node.name) && defines(node)
  })
  return found
}

/** The default of the parameter that a name stands for: `function start(port = 3000) { server.listen(port) }`. */
export function parameterDefault(module: Module, use: SyntaxNode): SyntaxNode | undefined {
  const name = source(module, use)
  // `{ port }` is a name too.
  if (!/^(VariableName|PropertyDefinition)$/.test(use.name)) return undefined
  for (let node = use.parent; node; node = node.parent) {
    const own = node
      .getChild('ParamList')
      ?.getChildren('VariableDefinition')
      .find(child => source(module, child) === name)
    if (own) return initializer(own)
  }
  return undefined
}
