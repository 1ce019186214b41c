import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { calleeOf, environmentName, items, type Module, parseModule, source, textOf } from './syntax.ts'

const NODE = '@sveltejs/adapter-node'

/**
 * The variable by which SvelteKit's settings take the adapter for Node.js, where they choose between several:
 * `process.env.ADAPTER === 'node' ? node() : cloudflare()`
 */
export function adapterChoice(project: Project): Readonly<Record<string, string>> | undefined {
  const path = ['svelte.config.js', 'svelte.config.ts', 'svelte.config.mjs'].find(name => project.has(name))
  const module = path ? parseModule(project, path) : undefined
  const name = module && importedAs(module)
  let found: Readonly<Record<string, string>> | undefined
  module?.tree.iterate({
    enter({ node }) {
      if (node.name !== 'ConditionalExpression') return
      const [test, , chosen] = items(node)
      if (chosen?.name === 'CallExpression' && calleeOf(module, chosen) === name)
        found ??= test && equality(module, test)
    },
  })
  return found
}

function importedAs(module: Module): string | undefined {
  for (const node of module.tree.topNode.getChildren('ImportDeclaration')) {
    const name = node.getChild('VariableDefinition')
    if (name && textOf(module, node.getChild('String')) === NODE) return source(module, name)
  }
  return undefined
}

/** `process.env.ADAPTER == 'node'` */
function equality(module: Module, test: SyntaxNode): Readonly<Record<string, string>> | undefined {
  const [left, operator, right] = items(test)
  const variable = left && environmentName(module, left)
  const value = textOf(module, right)
  return operator && /^===?$/.test(source(module, operator)) && variable && value
    ? { [variable]: value }
    : undefined
}
