import type { Project } from '../../project/project.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import { calleeOf, importsOf, parseModule } from './syntax.ts'

const WRITES = /(^|\.)(write|append|copy|cp|mkdir|create|rename|rm|exec|spawn|fork)\w*$/

/**
 * Whether a command is a script that asks another host and writes nothing: beside a build it tells somebody that there
 * is one, as those of https://github.com/phaserjs/template-vite-ts do, and where no network is it fails.
 */
export function onlyAsks(project: Project, { words, dir = '' }: Command): boolean {
  const [program, file = ''] = words
  const module = program === 'node' ? parseModule(project, join(dir, file)) : undefined
  if (!module || !importsOf(module).some(name => /^(node:)?https?$/.test(name))) return false
  let writes = false
  module.tree.iterate({
    enter({ node }) {
      writes ||= node.name === 'CallExpression' && WRITES.test(calleeOf(module, node))
      return !writes
    },
  })
  return !writes
}
