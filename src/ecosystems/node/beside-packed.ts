import type { Project } from '../../project/project.ts'
import { besideOutput } from './beside-output.ts'
import type { Deployment } from './deployment.ts'
import { evaluate } from './evaluate.ts'
import { join } from './paths.ts'
import { type Module, parseModule, source } from './syntax.ts'

const SOURCES = /\.[cm]?[jt]s$/
/** What no server loads. */
const ASIDE =
  /(^|\/)(tests?|__tests__|e2e|scripts|node_modules|\.[^/]+)\/|\.(test|spec|d|config)\.[cm]?[jt]s$/
const MAX_FILES = 400

/** Folders that a packed server reads where it is started, and that no packer takes along. Next.js traces what `fs` reads itself. */
export function besidePacked(project: Project, { is }: Deployment): readonly string[] {
  const read = [...migrationFolders(project), ...(is === 'bundle' ? besideOutput(project).folders : [])]
  return [...new Set(read)].filter((path, _, all) => !all.some(other => path.startsWith(`${other}/`)))
}

/** `migrate(db, { migrationsFolder: './drizzle' })`, as the server starts: https://orm.drizzle.team/docs/migrations */
export const migrationFolders = (project: Project): readonly string[] =>
  project.files
    .filter(path => SOURCES.test(path) && !ASIDE.test(path))
    .slice(0, MAX_FILES)
    .filter(path => project.text(path)?.includes('migrationsFolder'))
    .flatMap(path => {
      const module = parseModule(project, path)
      return module ? foldersIn(module) : []
    })
    .filter(folder => project.dirs.has(folder))

function foldersIn(module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      const key = node.name === 'Property' ? node.getChild('PropertyDefinition') : null
      if (!key || source(module, key) !== 'migrationsFolder') return
      const { value } = evaluate(module, node.lastChild)
      if (typeof value === 'string' && !value.startsWith('/')) found.push(join(value))
    },
  })
  return found
}
