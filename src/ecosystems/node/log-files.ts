import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import { folderOf } from './own-folder.ts'
import { argumentsOf, items, type Module, source, textOf } from './syntax.ts'

/** What makes its folder itself, where it may: that of the program's own user is enough for it. */
const MAKES = true

/** `new winston.transports.File({ filename: 'logs/app.log' })`: where its folder can't be made, it ends the program. */
export function logTransport(module: Module, node: SyntaxNode, name: string, found: Found): void {
  const [options] = argumentsOf(node)
  const named = /(^|\.)transports\.(File|DailyRotateFile)$/.test(name)
  // The same by a name of its own; files of browsers are called so too.
  const path = options && (member(module, options, 'filename') ?? member(module, options, 'dirname'))
  if (!named && !(path && /^(File|DailyRotateFile|FileTransport)$/.test(name))) return
  found.writes = true
  const folder = options && member(module, options, 'dirname')
  if (folder) log(module, folder, found, MAKES, true)
  else if (path) log(module, path, found, MAKES)
}

/** What a property says of a file: `type: 'dateFile'` of log4js, `type: 'rotating-file'` and `streams` of bunyan, `target: 'pino/file'`. */
export function logProperty(module: Module, node: SyntaxNode, name: string, found: Found): void {
  const value = node.lastChild
  const object = node.parent
  if (!value || !object) return
  if (name === 'type' && LOG4JS.test(textOf(module, value) ?? '')) {
    const path = ['filename', 'path', 'base'].map(key => member(module, object, key)).find(Boolean)
    if (!path) return
    found.writes = true
    log(module, path, found, textOf(module, value) !== 'rotating-file')
  } else if (name === 'streams' && value.name === 'ArrayExpression') {
    for (const stream of items(value)) {
      const path = member(module, stream, 'path')
      if (path && !member(module, stream, 'type')) log(module, path, found)
    }
  } else if (name === 'target' && /^(pino\/file|pino-roll)$/.test(textOf(module, value) ?? '')) {
    const options = member(module, object, 'options')
    const path = options && (member(module, options, 'destination') ?? member(module, options, 'file'))
    if (options && path && typeof evaluate(module, path).value !== 'number')
      log(module, path, found, makes(module, options))
  }
}

const LOG4JS = /^((date|multi|rotating-)?file|fileSync)$/i

/** `pino.destination('logs/app.log')`, where a number is that of a stream, and `fs.createWriteStream('logs/access.log')`. */
export function logsToFile(
  module: Module,
  callee: string,
  [first]: readonly SyntaxNode[],
  found: Found,
): boolean {
  if (!first) return false
  if (callee.slice(callee.lastIndexOf('.') + 1) === 'createWriteStream') {
    const path = pathOf(module, first)
    // What makes folders makes this one, most likely.
    if (path?.endsWith('.log') && !/mkdir|ensureDir|ensureFile/.test(module.text)) log(module, first, found)
    return true
  }
  if (callee !== 'pino.destination' || typeof evaluate(module, first).value === 'number') return false
  const path = first.name === 'ObjectExpression' ? member(module, first, 'dest') : first
  if (path) log(module, path, found, makes(module, first))
  return true
}

const makes = (module: Module, options: SyntaxNode): boolean => {
  const made = member(module, options, 'mkdir')
  return made !== undefined && evaluate(module, made).value === true
}

/** Notes the folder of a file that is written; of what makes folders itself one that only root could make. */
function log(module: Module, node: SyntaxNode, found: Found, made = false, isFolder = false): void {
  found.writes = true
  const path = pathOf(module, node)
  if (path === undefined || !/^[\w./-]{1,200}$/.test(path)) return
  const folder = isFolder ? path : folderOf(path)
  if (!made || folder.startsWith('/')) found.logs.add(folder)
}

/** As far as it stands in the code; what is joined to a path from the root is one. */
function pathOf(module: Module, node: SyntaxNode): string | undefined {
  const { value } = evaluate(module, node)
  if (typeof value !== 'string') return undefined
  const [begins] = node.name === 'CallExpression' ? argumentsOf(node) : []
  const base = begins ? evaluate(module, begins).value : undefined
  return typeof base === 'string' && base.startsWith('/') && !value.startsWith('/') ? `/${value}` : value
}

/** What a member of an object, or of one that has a name, is set to. */
export function member(module: Module, node: SyntaxNode, key: string): SyntaxNode | undefined {
  const object = node.name === 'VariableName' ? module.constants.get(source(module, node)) : node
  const property = (object?.name === 'ObjectExpression' ? object.getChildren('Property') : []).find(
    ({ firstChild }) => firstChild !== null && source(module, firstChild) === key,
  )
  return property?.lastChild ?? undefined
}
