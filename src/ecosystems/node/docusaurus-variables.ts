import type { SyntaxNode } from '@lezer/common'
import { type App, uses } from './app.ts'
import { readConfig } from './config.ts'
import { hasDefault } from './defaults.ts'
import { environmentName, parseModule, source } from './syntax.ts'

/** A variable that the settings of a site read. */
export interface SiteVariable {
  readonly name: string
  /** Whether the build ends without it. */
  readonly required: boolean
}

/** Values of search and of analytics that the settings' schema insists on: https://docusaurus.io/docs/search#using-algolia-docsearch */
const REQUIRED = /^(appId|apiKey|indexName|trackingID|containerId)$/

/** What Docusaurus's settings read without a default, which the site then says to every browser. */
export function docusaurusVariables(app: App): readonly SiteVariable[] {
  const config = uses(app, '@docusaurus/core') ? readConfig(app.project, 'docusaurus.config') : undefined
  const module = config && parseModule(app.project, config.path)
  const found = new Map<string, boolean>()
  module?.tree.iterate({
    enter({ node }) {
      const name = node.name === 'MemberExpression' ? environmentName(module, node) : undefined
      if (name === undefined || hasDefault(module, node) || name === 'NODE_ENV') return
      const key = node.parent?.name === 'Property' ? node.parent.getChild('PropertyDefinition') : undefined
      const required = !!key && REQUIRED.test(source(module, key)) && !isConditional(node)
      found.set(name, required || found.get(name) === true)
    },
  })
  return [...found].map(([name, required]) => ({ name, required }))
}

/** `process.env.APP_ID ? { appId: process.env.APP_ID } : undefined`, `...(process.env.APP_ID && { … })` */
const isConditional = (node: SyntaxNode): boolean => {
  for (let above = node.parent; above; above = above.parent)
    if (/^(ConditionalExpression|BinaryExpression|IfStatement)$/.test(above.name)) return true
  return false
}
