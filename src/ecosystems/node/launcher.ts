import type { App } from './app.ts'
import { startedWords } from './child-programs.ts'
import { libraries } from './frameworks.ts'
import { scan } from './scan.ts'
import type { Start } from './start.ts'
import { argumentsOf, calleeOf, type Module, parseModule, source } from './syntax.ts'
import { holdsMembers } from './workspaces.ts'

const MANAGERS = /^(npm|npx|pnpm|yarn|bun|turbo|nx|lerna)(\.cmd)?$/
/** `process.platform === 'win32' ? 'yarn.cmd' : 'yarn'` */
const NAMED = /['"](npm|pnpm|yarn)\.cmd['"]/

/**
 * Whether the program at a workspace's root only starts scripts of the members by their package manager, as a
 * developer does: each member that serves has an image of its own.
 */
export function startsMembers(app: App, { runs, fact }: Start): boolean {
  const { project, manifest } = app
  if (runs.is === 'bin' || !project.has(runs.entry) || fact.source.from === 'flag') return false
  if (!holdsMembers(project, manifest) || libraries(app).length > 0) return false
  const { listens, imports, files } = scan(project, [runs.entry])
  return (
    !listens &&
    (imports.has('concurrently') || [...files].some(path => callsManager(parseModule(project, path))))
  )
}

function callsManager(module: Module | undefined): boolean {
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression') return
      const args = argumentsOf(node)
      const [program = ''] = startedWords(calleeOf(module, node), module, args)
      found ||= MANAGERS.test(program) || (args[0] !== undefined && NAMED.test(source(module, args[0])))
    },
  })
  return found
}
