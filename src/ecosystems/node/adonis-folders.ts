import type { Project } from '../../project/project.ts'
import { argumentsOf, calleeOf, parseModule, textOf } from './syntax.ts'

/** What AdonisJS loads by names of its own: no import leads there. https://docs.adonisjs.com/guides/getting-started/folder-structure */
const LOADED = /^(app|config|start|providers)\/.*\.ts$/
/** What a program reads. */
const READ = /^(resources|config|database|start|app|inertia|public|build|package\.json|ace)(\/(?!uploads)|$)/
const MAX_FILES = 200

/** What an app of AdonisJS writes in its folder. */
export interface AdonisFolders {
  readonly writes: boolean
  /** Folders that nothing makes: databases lie in `tmp`, which git ignores. */
  readonly made: readonly string[]
}

/** Reads calls of `app.tmpPath('db.sqlite3')` and `app.makePath('storage/uploads')`. */
export function adonisFolders(project: Project): AdonisFolders {
  const made = new Set<string>()
  let writes = false
  for (const path of project.files.filter(file => LOADED.test(file)).slice(0, MAX_FILES)) {
    if (!/\b(tmpPath|makePath)\(/.test(project.text(path) ?? '')) continue
    const module = parseModule(project, path)
    module?.tree.iterate({
      enter({ node }) {
        const [, name] =
          node.name === 'CallExpression' ? (/\.(tmpPath|makePath)$/.exec(calleeOf(module, node)) ?? []) : []
        if (name === 'tmpPath') made.add('tmp')
        if (name === 'makePath') writes ||= !READ.test(textOf(module, argumentsOf(node)[0]) ?? '')
      },
    })
  }
  return { writes: writes || made.size > 0, made: [...made] }
}
