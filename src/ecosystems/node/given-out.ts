import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import { join, joinOutward } from './paths.ts'
import { argumentsOf, calleeOf, type Module, source, textOf } from './syntax.ts'

/** The folder of `app.use(express.static('public'))`; under a path of its own it holds no pages of the root's. */
export function givenOut(module: Module, node: SyntaxNode, found: Found): void {
  const [folder] = argumentsOf(node)
  // What another module holds is no path.
  if (folder?.name === 'CallExpression' && calleeOf(module, folder) === 'require') return
  const { value } = evaluate(module, folder)
  const root = value !== null && typeof value === 'object' ? (value as { root?: unknown }).root : value
  if (typeof root === 'string') addBeside(root, found)
  const outer = node.parent?.parent
  const path = outer?.name === 'CallExpression' ? textOf(module, argumentsOf(outer)[0]) : undefined
  if (path !== undefined && !/^\/?\*?$/.test(path)) return
  if (typeof root === 'string') found.served.add(joinOutward(root))
  else if (folder && /^(VariableName|MemberExpression)$/.test(folder.name))
    found.handed.add(source(module, folder).replace(/.*\./, ''))
}

/** `res.sendFile(path.join(__dirname, '../client/index.html'))`, `app.set('views', '../views')` */
export function sentOut(module: Module, node: SyntaxNode | undefined, found: Found): void {
  const { value } = evaluate(module, node)
  if (typeof value === 'string') addBeside(value, found)
}

function addBeside(value: string, found: Found): void {
  const path = joinOutward(value)
  if (path.startsWith('../') && !path.endsWith('..')) found.beside.add(path)
}

/** What a folder of pages is called. */
const FOLDER = /(path|dir|directory|folder|root|public|static|dist|client|frontend)$/i

/** `const frontendPath = path.join(__dirname, '..', 'public')`, which the file that serves is given. */
export function namedFolder(module: Module, node: SyntaxNode, found: Found): void {
  const name = source(module, node)
  if (!FOLDER.test(name)) return
  const value = node.parent?.getChild('Equals')?.nextSibling
  const path = value?.name === 'CallExpression' ? evaluate(module, value).value : undefined
  if (typeof path === 'string') found.folders.set(name, join(path))
}

/** What is known of the folders that a file serves without naming them. */
export function settleHanded({ handed, folders, served }: Found): void {
  for (const name of handed) {
    const folder = folders.get(name)
    if (folder !== undefined) served.add(folder)
  }
}
