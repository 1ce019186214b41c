import type { SyntaxNode } from '@lezer/common'
import type { App } from './app.ts'
import { scan } from './scan.ts'
import { calleeOf, type Module, parseModule } from './syntax.ts'

/** Statements that define, import or export. */
const DEFINING = /Declaration$|^(ExportGroup|Line|Block)Comment$|^;$|^Script|^Hashbang$/
/** What a call is named that starts something. */
const STARTING = /(^|\.)(listen|start|serve|run|launch|init|boot|main|create|connect|login)\w*$/i
const FUNCTION =
  /^(Function(Declaration|Expression)|ArrowFunction|Class(Declaration|Expression)|MethodDeclaration)$/

/**
 * Whether a file and what it imports only define a server, for others to call: the `main` of a package that another one
 * starts is no program.
 */
export function onlyDefinesServer({ project, tsconfig }: App, source: string): boolean {
  const { listens, files } = scan(project, [source], tsconfig?.aliases)
  if (!listens) return false
  const modules = [...files].flatMap(path => parseModule(project, path) ?? [])
  return modules.some(module => module.path === source && exports(module)) && !modules.some(acts)
}

/** ECMAScript's form, or `module.exports = …`. */
const exports = ({ tree }: Module): boolean =>
  tree.topNode.getChild('ExportDeclaration') !== null ||
  tree.topNode.getChildren('ExpressionStatement').some(node => node.getChild('AssignmentExpression') !== null)

function acts(module: Module): boolean {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    const inner = node.name === 'ExpressionStatement' ? node.firstChild : undefined
    // `'use strict'`, and what a module exports by its old form.
    if (inner?.name === 'String') continue
    if (!(DEFINING.test(node.name) || inner?.name === 'AssignmentExpression')) return true
    if (starts(module, node)) return true
  }
  return false
}

function starts(module: Module, from: SyntaxNode): boolean {
  let found = false
  from.cursor().iterate(({ name, node }) => {
    if (FUNCTION.test(name)) return false
    found ||=
      name === 'AwaitExpression' ||
      name === 'NewExpression' ||
      (name === 'CallExpression' && STARTING.test(calleeOf(module, node)))
    return !found
  })
  return found
}
