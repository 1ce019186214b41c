import type { Project } from '../../project/project.ts'
import { join } from './paths.ts'
import { type Module, parseModule, textOf } from './syntax.ts'

const MAX_FILES = 24
/** Syntax that is more than types. */
const MADE = /^(EnumDeclaration|Decorator)$/

/**
 * Whether Node.js can run a program's TypeScript as it is: it takes types off, and nothing else, and finds a file by
 * its full name alone: https://nodejs.org/api/typescript.html
 */
export function runsAsItIs(project: Project, entry: string): boolean {
  const queue = [entry]
  for (let index = 0; index < queue.length && index < MAX_FILES; index++) {
    const path = queue[index] ?? ''
    const module = parseModule(project, path)
    if (!module) continue
    const { plain, specifiers } = look(module)
    const files = specifiers
      .filter(specifier => /^\.{1,2}\//.test(specifier))
      .map(specifier => join(path, '..', specifier))
    if (!plain || files.some(file => !project.has(file))) return false
    queue.push(...files.filter(file => /\.[cm]?ts$/.test(file) && !queue.includes(file)))
  }
  return true
}

function look(module: Module): { plain: boolean; specifiers: readonly string[] } {
  const specifiers: string[] = []
  let plain = true
  module.tree.iterate({
    enter({ node }) {
      if (MADE.test(node.name)) plain = false
      if (!/^(Import|Export)Declaration$/.test(node.name) || node.firstChild?.nextSibling?.name === 'type')
        return
      const specifier = textOf(module, node.getChild('String'))
      if (specifier !== undefined) specifiers.push(specifier)
    },
  })
  return { plain, specifiers }
}
