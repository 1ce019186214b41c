import type { SyntaxNode } from '@lezer/common'
import type { App } from './app.ts'
import { commandsOf } from './scripts.ts'
import { calleeOf, environmentName, items, type Module, parseModule, source, textOf } from './syntax.ts'

const NODE = '@sveltejs/adapter-node'

/**
 * The variable by which SvelteKit's settings take the adapter for Node.js, where they choose between several:
 * `process.env.ADAPTER === 'node' ? node() : cloudflare()`
 * @returns undefined where the build's own script sets it to something else, too
 */
export function adapterChoice({
  project,
  manifest: { scripts },
}: App): Readonly<Record<string, string>> | undefined {
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
  const stated = Object.assign({}, ...commandsOf(scripts.build ?? '').map(({ env }) => env)) as Readonly<
    Record<string, string>
  >
  const differs = Object.entries(found ?? {}).some(([key, value]) => (stated[key] ?? value) !== value)
  return differs ? undefined : found
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
