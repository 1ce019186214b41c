import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import { logsToFile, member } from './log-files.ts'
import type { Module } from './syntax.ts'

/** Functions of `fs` and its like that write. */
const WRITING = new Set(
  'mkdir mkdirp writeFile appendFile ensureDir ensureFile outputFile outputJson writeJson copyFile mkdtemp createWriteStream'.split(
    ' ',
  ),
)
/** The same by names that others have too, and what they are called as. */
const MOVING = new Set('cp copy move rename mkdirs emptyDir createFile'.split(' '))
const OWNERS = new Set(['fs', 'fse', 'fsp', 'fsPromises', 'fs.promises'])

/** Whether a call writes a file; the paths that it names are noted. */
export function writing(module: Module, callee: string, args: readonly SyntaxNode[], found: Found): boolean {
  const dot = callee.lastIndexOf('.')
  // https://www.npmjs.com/package/mkdirp
  const method = callee === 'mkdirp.sync' ? 'mkdirp' : callee.slice(dot + 1).replace(/Sync$/, '')
  const moves = MOVING.has(method) && dot > 0 && OWNERS.has(callee.slice(0, dot))
  const logs = logsToFile(module, callee, args, found)
  if (UPLOADS.test(callee)) {
    const [options] = args
    const folder = options && (member(module, options, 'dest') ?? member(module, options, 'destination'))
    return folder !== undefined && note(module, folder, found)
  }
  if (!WRITING.has(method) && !moves) return logs
  // The second one is where a copy goes to.
  for (const argument of args.slice(0, 2)) note(module, argument, found)
  return true
}

/** What takes files in: https://github.com/expressjs/multer#multeropts, https://docs.nestjs.com/techniques/file-upload#module-configuration */
const UPLOADS = /^(multer|(multer\.)?diskStorage|MulterModule\.register)$/

function note(module: Module, path: SyntaxNode, found: Found): boolean {
  const known = beginning(module, path)
  if (known !== undefined && /^[\w./-]{1,200}$/.test(known)) found.written.add(known)
  return true
}

/** A path as far as it stands in the code: `'uploads/' + name`, `` `${__dirname}/uploads/${name}` `` */
function beginning(module: Module, node: SyntaxNode | null): string | undefined {
  const { value } = evaluate(module, node)
  if (typeof value === 'string') return value
  if (node?.name === 'BinaryExpression') return beginning(module, node.firstChild)
  if (node?.name !== 'TemplateString') return undefined
  let text = ''
  let end = node.from + 1
  for (const hole of node.getChildren('Interpolation')) {
    text += module.text.slice(end, hole.from)
    const part = evaluate(module, hole.firstChild?.nextSibling).value
    if (typeof part !== 'string') return text
    text += part
    end = hole.to
  }
  return text
}
