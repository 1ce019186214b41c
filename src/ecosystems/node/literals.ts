import type { SyntaxNode } from '@lezer/common'
import type { Found } from './found.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, type Module, textOf } from './syntax.ts'

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
  const whole = joined(module, node)
  if (whole !== undefined) found.literals.add(join(whole))
}

/** `path.join(process.cwd(), 'src', 'texts')` → `src/texts`, at the first of the strings. */
function joined(module: Module, node: SyntaxNode): string | undefined {
  const call = node.parent?.name === 'ArgList' ? node.parent.parent : undefined
  if (call?.name !== 'CallExpression' || !/(^|\.)(join|resolve)$/.test(calleeOf(module, call)))
    return undefined
  const args = argumentsOf(call)
  const at = args.findIndex(({ from }) => from === node.from)
  const isText = (argument: SyntaxNode | undefined) => textOf(module, argument) !== undefined
  if (isText(args[at - 1]) || !isText(args[at + 1])) return undefined
  const rest = args.slice(at)
  const end = rest.findIndex(argument => !isText(argument))
  return rest
    .slice(0, end < 0 ? undefined : end)
    .map(argument => textOf(module, argument))
    .join('/')
}
