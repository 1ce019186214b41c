import type { Project } from '../../project/project.ts'
import { parseModule, textOf } from './syntax.ts'

/** Whether an import names a file without the extension that Node.js wants in an ES module. */
export const isBare = (specifier: string): boolean => !/\.([cm]?[jt]sx?|json|node)$/.test(specifier)

/**
 * Whether one of the files imports another by its name without extension, which a compiler leaves as it is and which
 * is no file to Node.js in an ES module: https://nodejs.org/api/esm.html#mandatory-file-extensions
 */
export const importsBare = (project: Project, files: Iterable<string>): boolean =>
  [...files].some(path => {
    const module = parseModule(project, path)
    const { topNode } = module?.tree ?? {}
    return [
      ...(topNode?.getChildren('ImportDeclaration') ?? []),
      ...(topNode?.getChildren('ExportDeclaration') ?? []),
    ].some(node => {
      const isType = node.firstChild?.nextSibling?.name === 'type'
      const specifier = module && !isType ? textOf(module, node.getChild('String')) : undefined
      return specifier !== undefined && /^\.\.?(\/|$)/.test(specifier) && isBare(specifier)
    })
  })
