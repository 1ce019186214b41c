import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import type { Question } from '../ecosystem.ts'
import { importsOf, type Module, parseModule, source } from './syntax.ts'

/**
 * The first source of an app that can't do without what Cloudflare binds to it: databases, stores, queues. SvelteKit has
 * them in platform.env, Astro in locals.runtime.env: https://developers.cloudflare.com/workers/framework-guides/web-apps/
 */
export const platformBindings = (project: Project): string | undefined =>
  project
    .find('src/**/*.{ts,js,svelte,astro}')
    .slice(0, 500)
    .find(path => {
      const module = parseModule(project, path)
      return module !== undefined && (importsOf(module).includes('cloudflare:workers') || takes(module))
    })

/** Code that looks whether they are there can do without. */
function takes(module: Module): boolean {
  let taken = false
  let asked = false
  module.tree.iterate({
    enter({ node }) {
      if (isBinding(module, node)) {
        taken = true
        asked ||= isAsked(node)
      }
    },
  })
  return taken && !asked
}

/** `platform?.env`, `event.platform!.env`, `{ env } = Astro.locals.runtime` */
function isBinding(module: Module, node: SyntaxNode): boolean {
  if (node.name === 'MemberExpression')
    return /(^|\.)(platform|locals\.runtime)\.env$/.test(source(module, node).replace(/[!?\s]/g, ''))
  const from = node.name === 'ObjectPattern' ? node.nextSibling?.nextSibling : undefined
  return (
    from !== null &&
    from !== undefined &&
    /(^|\.)(platform|locals\.runtime)$/.test(source(module, from).replace(/[!?\s]/g, '')) &&
    /\benv\b/.test(source(module, node))
  )
}

/** Whether what is made of it is a condition, or has another value to fall back on: `platform?.env?.DB ?? local`. */
function isAsked(node: SyntaxNode): boolean {
  let whole = node
  while (whole.parent && /^(MemberExpression|PostfixExpression)$/.test(whole.parent.name))
    whole = whole.parent
  const { parent } = whole
  if (!parent) return false
  return (
    (parent.name === 'BinaryExpression' &&
      parent.getChild('LogicOp') !== null &&
      parent.firstChild?.from === whole.from) ||
    (parent.name === 'ConditionalExpression' && parent.firstChild?.from === whole.from) ||
    (parent.name === 'ParenthesizedExpression' && parent.parent?.name === 'IfStatement')
  )
}

export const bindingsQuestion = (path: string, adapter: string, config: string): Question => ({
  code: 'PLATFORM_BINDINGS',
  message: `${path} takes what Cloudflare alone binds to a program, and no container has.`,
  hint: `Let the code do without it, name ${adapter} in ${config}, and run this again`,
})
