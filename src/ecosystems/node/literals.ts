import type { SyntaxNode } from '@lezer/common'
import type { Found } from './found.ts'
import { join } from './paths.ts'
import { calleeOf, type Module, textOf } from './syntax.ts'

/** What stands before the path of a database in a file: `sqlite://./database/app.db`, `file:data/app.db`. */
const DATABASE = /^(sqlite3?|file):(\/\/(?!\/))?(?=[\w./-]+\.(db|sqlite3?)$)/
/** `'../public'`, `'views'`, `'./config/app.json'`: what may be read at run time. */
export function literal(module: Module, node: SyntaxNode, found: Found): void {
  const parent = node.parent
  if (parent && /^(Import|Export|DynamicImport)/.test(parent.name)) return
  if (
    parent?.parent?.name === 'CallExpression' &&
    /^(require|require\.resolve|jest\.mock)$/.test(calleeOf(module, parent.parent))
  )
    return
  // Of a pattern, `src/schema/*.graphql`, what stands before it is a folder.
  const value = textOf(module, node)
    ?.replace(/\/[^/]*[*{[].*$/, '')
    .replace(DATABASE, '')
  if (!value || value.length > 100 || !/^[\w./-]+$/.test(value)) return
  const path = value.replace(/^(\.{0,2}\/)+/, '')
  const [segment] = path.split('/')
  if (!segment) return
  // `join(__dirname, '../src')` among the sources themselves.
  if (value.startsWith('..') && module.path.startsWith(`${join(module.path, '..', value)}/`))
    found.around.add(join(module.path, '..', value))
  found.paths.add(segment)
  found.literals.add(path)
}
