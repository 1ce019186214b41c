import type { SyntaxNode } from '@lezer/common'
import { aliasesOf } from './aliases.ts'
import type { App } from './app.ts'
import type { Ceiling } from './ceilings.ts'
import type { Class } from './classify.ts'
import { resolveImport } from './imports.ts'
import { type Module, parseModule, source, textOf } from './syntax.ts'
import { sourceOf } from './tsconfig.ts'

/** The newest line of Node.js that reads them: V8 has lost them since. https://nodejs.org/docs/latest-v20.x/api/esm.html#import-attributes */
const LAST = 20
/** A bound, as a program's first files tell most. */
const MAX_FILES = 200
/** Settings of tools that Node.js loads as they are. */
const SETTINGS = /^[\w.-]+\.config\.m?js$/

/** What holds a program, or the settings of its build, to lines of Node.js that read `import a from './a.json' assert { type: 'json' }`. */
export function assertionCeiling(app: App, { start, source: named, build }: Class): readonly Ceiling[] {
  const { project } = app
  const runs = start?.runs
  const entry = runs?.is === 'node' ? (named ?? sourceOf(project, runs.entry, app.tsconfig)) : undefined
  const settings = build.commands.length ? project.files.filter(path => SETTINGS.test(path)) : []
  const files = new Set([...(entry === undefined ? [] : [entry]), ...settings])
  const aliases = files.size ? aliasesOf(app) : []
  for (const path of files) {
    const module = files.size > MAX_FILES ? undefined : parseModule(project, path)
    for (const node of module ? imports(module) : []) {
      if (module && isAsserted(module, node)) return [{ line: LAST, by: `an import assertion (${path})` }]
      const specifier = module && textOf(module, node.getChild('String'))
      const target = specifier && resolveImport(project, path, specifier, aliases)
      if (target) files.add(target)
    }
  }
  return []
}

const imports = (module: Module): readonly SyntaxNode[] =>
  ['ImportDeclaration', 'ExportDeclaration'].flatMap(name => module.tree.topNode.getChildren(name))

/** The grammar takes what follows the specifier for statements of their own. */
function isAsserted(module: Module, node: SyntaxNode): boolean {
  const specifier = node.getChild('String')
  const next = node.nextSibling
  return (
    specifier !== null &&
    next?.name === 'ExpressionStatement' &&
    source(module, next).trim() === 'assert' &&
    !module.text.slice(specifier.to, next.from).includes('\n') &&
    next.nextSibling?.name === 'Block'
  )
}
