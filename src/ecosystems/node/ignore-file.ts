import { type App, uses } from './app.ts'
import { parseModule, textOf } from './syntax.ts'

const FILE = '.gitignore'
/** What the build's own tools are set up by, in the app's folder. */
const CONFIG = /^(vite|vue|webpack|rollup|next|nuxt|svelte|astro|eslint)\.config\.[cm]?[jt]s$/

/** Linters that leave out what it names unasked, and look through all modules without it. */
const LINTERS = ['oxlint', '@biomejs/biome']

/** Whether the build reads .gitignore: a linter inside of it that is told so, by a command too, ends without. */
export function readsIgnoreFile(app: App, words: readonly string[]): boolean {
  const { project } = app
  if (!project.has(FILE)) return false
  return (
    uses(app, ...LINTERS) ||
    words.includes(FILE) ||
    project.files.some(path => CONFIG.test(path) && names(project, path))
  )
}

function names(project: App['project'], path: string): boolean {
  const module = project.text(path)?.includes(FILE) ? parseModule(project, path) : undefined
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      if (
        node.name === 'String' &&
        textOf(module, node)
          ?.split(/\s+/)
          .some(word => word.replace(/^\.\//, '') === FILE)
      )
        found = true
    },
  })
  return found
}
