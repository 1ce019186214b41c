import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { packageOf } from './imports.ts'
import { isForDevelopment } from './optional.ts'
import { production } from './production.ts'
import { argumentsOf, calleeOf, type Module, parseModule, textOf } from './syntax.ts'

/**
 * The packages that a program loads in production alone, `if (isProd) app.use((await import('compression')).default())`,
 * which no developer ever misses.
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
        if (specifier !== undefined && !/^[.#/]/.test(specifier) && isLive(module, node))
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

/** Whether it stands where a test of the environment leads in production. */
function isLive(module: Module, node: SyntaxNode): boolean {
  let inner = node
  let live = false
  for (let outer = node.parent; outer; inner = outer, outer = outer.parent) {
    const test = outer.name === 'IfStatement' ? outer.getChild('ParenthesizedExpression') : null
    if (!test || test.from === inner.from) continue
    const isElse = outer.getChild('else') !== null && inner.from === outer.lastChild?.from
    live ||= production(module, test) === !isElse
  }
  return live && !isForDevelopment(module, node)
}
