import type { App } from './app.ts'
import { modulesNaming } from './baked.ts'
import { hasDefault } from './defaults.ts'
import { destructured, environmentName } from './syntax.ts'

/** Settings of tools, which the build alone reads. */
const SETTINGS = /(^|\/)[\w.-]*\.config\.[cm]?[jt]s$|(^|\/)(scripts|prisma|drizzle|migrations|docs)\//

/**
 * The variables that the code of a framework's server reads without a default, wherever that lies: its entries are
 * many, and no path leads from one to all of them.
 * @returns for each name the first file that reads it
 */
export function serverVariables(app: App): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const module of modulesNaming(app, ['process.env'])) {
    if (SETTINGS.test(module.path)) continue
    const add = (name: string | undefined) => {
      if (name !== undefined && !found.has(name)) found.set(name, module.path)
    }
    module.tree.iterate({
      enter({ node }) {
        if (node.name === 'MemberExpression' && !hasDefault(module, node)) add(environmentName(module, node))
        else if (node.name === 'ObjectPattern')
          for (const name of destructured(module, node, false)) add(name)
      },
    })
  }
  return found
}
