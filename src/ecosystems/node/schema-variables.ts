import type { SyntaxNode } from '@lezer/common'
import { environmentName, initializer, items, type Module, source } from './syntax.ts'

/**
 * The variables that a schema asks for: `schema.parse(process.env)`, or of an object that has them under other names,
 * `schema.safeParse({ API: process.env.PUBLIC_API })`.
 * @param node what the schema is made by, or its name
 * @param given what it looks at
 */
export function askedBySchema(
  module: Module,
  node: SyntaxNode | null | undefined,
  given: SyntaxNode | undefined,
): readonly string[] {
  if (!given) return []
  if (source(module, given) === 'process.env') return required(module, meant(module, node))
  const object = meant(module, given)
  if (object?.name !== 'ObjectExpression') return []
  const names = new Map(
    items(object).flatMap(property => {
      const key = property.getChild('PropertyDefinition')
      const name = property.lastChild ? environmentName(module, property.lastChild) : undefined
      return key && name ? [[source(module, key), name] as const] : []
    }),
  )
  return required(module, meant(module, node)).flatMap(key => names.get(key) ?? [])
}

/** The names of a schema that have to be there: `KEY: z.string()`. */
export function required(module: Module, node: SyntaxNode | undefined): readonly string[] {
  const found: string[] = []
  node?.cursor().iterate(({ node: inner }) => {
    if (inner.name !== 'Property') return true
    const key = inner.getChild('PropertyDefinition')
    const name = key ? source(module, key) : ''
    const type = inner.lastChild ? source(module, inner.lastChild) : ''
    if (/^[A-Z][A-Z0-9_]*$/.test(name) && /^(z|v|zod)\./.test(type.trim())) {
      if (!/\.(optional|default|nullish|catch|prefault)\(/.test(type)) found.push(name)
      return false
    }
    return true
  })
  return found
}

/** What a name stands for, in the function around it or at the top of the file. */
function meant(module: Module, node: SyntaxNode | null | undefined): SyntaxNode | undefined {
  if (node?.name !== 'VariableName') return node ?? undefined
  const name = source(module, node)
  for (let outer = node.parent; outer; outer = outer.parent)
    for (const declaration of outer.getChildren('VariableDeclaration'))
      for (const definition of declaration.getChildren('VariableDefinition'))
        if (source(module, definition) === name) return initializer(definition)
  return module.constants.get(name)
}
