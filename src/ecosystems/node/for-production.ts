import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { packageOf } from './imports.ts'
import { isByDefault, isForProduction } from './optional.ts'
import { argumentsOf, calleeOf, type Module, parseModule, textOf } from './syntax.ts'

/**
 * The packages that a program loads in production alone, `if (isProd) app.use((await import('compression')).default())`,
 * which no developer ever misses, or as long as no variable says otherwise.
 * @param paths the files that it loads
 * @returns for each package a file that loads it
 */
export function forProduction(project: Project, paths: Iterable<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const path of paths) {
    // Most files load nothing later: they needn't be walked through.
    if (!/\b(import|require)\(/.test(project.text(path) ?? '')) continue
    const module = parseModule(project, path)
    module?.tree.iterate({
      enter({ node }) {
        const specifier = loaded(module, node)
        if (
          specifier !== undefined &&
          !/^[.#/]/.test(specifier) &&
          (isForProduction(module, node) || isByDefault(module, node))
        )
          found.set(packageOf(specifier), path)
      },
    })
  }
  return found
}

function loaded(module: Module, node: SyntaxNode): string | undefined {
  if (node.name === 'DynamicImport') return textOf(module, node.getChild('String'))
  return node.name === 'CallExpression' && calleeOf(module, node) === 'require'
    ? textOf(module, argumentsOf(node)[0])
    : undefined
}
