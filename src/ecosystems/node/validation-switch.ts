import { environmentName, type Module, source } from './syntax.ts'

const VALIDATION = /^SKIP_(ENV|(ENV_)?VALIDATION|ENV_CHECK)$/

/** `skipValidation: !!process.env.SKIP_ENV_VALIDATION`: https://env.t3.gg/docs/customization#skipping-validation */
export function switchesOf(module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      // !process.env.SKIP_ENV_VALIDATION && (await import('./env.mjs'))
      const read = node.name === 'MemberExpression' ? environmentName(module, node) : undefined
      if (read && VALIDATION.test(read)) found.push(read)
      const key = node.name === 'Property' ? node.getChild('PropertyDefinition') : null
      if (!key || source(module, key) !== 'skipValidation') return
      node.lastChild?.cursor().iterate(({ node: inner }) => {
        const name = environmentName(module, inner)
        // One for continuous integration or a linter is none for an image.
        if (name && /SKIP/.test(name)) found.push(name)
      })
    },
  })
  return [...new Set(found)]
}
