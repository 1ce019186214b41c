import type { Project } from '../../project/project.ts'
import { resolveImport } from './imports.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, importsOf, type Module, parseModule, textOf } from './syntax.ts'

const MAX_MODULES = 60

/** A file of tasks with those of its own that it loads, by name or a folder of them: `require('require-dir')('./gulp')`. */
export function taskModules(project: Project, path: string): readonly Module[] {
  const found = new Map<string, Module>()
  const waiting = [path]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const module = found.has(next) || found.size >= MAX_MODULES ? undefined : parseModule(project, next)
    if (!module) continue
    found.set(next, module)
    const from = next
    waiting.push(...importsOf(module).flatMap(name => resolveImport(project, from, name, []) ?? []))
    waiting.push(
      ...foldersOf(module).flatMap(dir => project.files.filter(file => file.startsWith(`${dir}/`))),
    )
  }
  return [...found.values()]
}

/** Folders that are loaded whole: https://www.npmjs.com/package/require-dir */
function foldersOf(module: Module): readonly string[] {
  const found: string[] = []
  const here = module.path.split('/').slice(0, -1).join('/')
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression') return
      if (
        !/^(require-?dir|requireDir(ectory)?|require\(['"]require-dir['"]\)|.*\.loadTasks)$/i.test(
          calleeOf(module, node),
        )
      )
        return
      const dir = textOf(module, argumentsOf(node)[0])
      if (dir !== undefined && join(here, dir)) found.push(join(here, dir))
    },
  })
  return found
}
