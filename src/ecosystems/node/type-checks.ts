import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { type App, uses } from './app.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { type Command, shown } from './scripts.ts'
import { readTsConfig } from './tsconfig.ts'

/**
 * Plugins of Vite whose declarations the code needs, and what one of those files has in its name or its first lines.
 * Who keeps them out of git has them from the development server: a check before the build finds none.
 * https://github.com/unplugin/unplugin-auto-import#typescript, https://tanstack.com/router/latest/docs/api/file-based-routing
 */
const WRITTEN: readonly (readonly [plugins: readonly string[], file: RegExp])[] = [
  [['unplugin-auto-import'], /\.d\.[cm]?ts$/],
  [
    ['@tanstack/router-plugin', '@tanstack/router-vite-plugin', '@tanstack/react-start'],
    /(^|\/)routeTree\.gen\.[jt]s$/,
  ],
]

/** The first lines of a file that a plugin wrote name it. */
const HEAD = 2000

/** The plugin whose declarations the code needs, and nobody committed. */
function unwritten(app: App): string | undefined {
  const { project } = app
  for (const [plugins, file] of WRITTEN) {
    const plugin = plugins.find(name => uses(app, name))
    const declared = (path: string) =>
      file.test(path) &&
      (!path.includes('.d.') || (project.text(path) ?? '').slice(0, HEAD).includes(`${plugin}`))
    if (plugin !== undefined && !project.files.some(declared)) return plugin
  }
  return undefined
}

/** `vue-tsc -b`, `tsc --noEmit`, and `tsc` whose settings say that: what emits may be a server's compiler. */
const checks = (project: Project, { words: [program = '', ...words], dir }: Command): boolean =>
  !dir &&
  (program === 'vue-tsc' ||
    (program === 'tsc' &&
      (words.includes('--noEmit') ||
        (!words.some(word => /^(-p|--project|--outDir)$/.test(word)) && emitsNothing(project)))))

/** The configuration, or each that it refers to where it has no files of its own, as Vite's templates have it. */
function emitsNothing(project: Project): boolean {
  const raw = table(project.parse('tsconfig.json'))
  const referred = [raw.references].flat().map(item => join(text(table(item).path) ?? ''))
  const paths = Array.isArray(raw.files) && raw.files.length === 0 ? referred : ['tsconfig.json']
  return paths.every(path => readTsConfig(project, path)?.noEmit === true)
}

/**
 * Checks of types that a build of Vite's follows, and that are sure to fail: the declarations that they need are
 * written by that build.
 */
export function uncheckable(app: App, commands: readonly Command[]): readonly Command[] {
  const last = commands.findLastIndex(({ words }) => words[0] === 'vite' && words[1] === 'build')
  const found = last < 0 ? [] : commands.slice(0, last).filter(command => checks(app.project, command))
  return found.length > 0 && unwritten(app) !== undefined ? found : []
}

export const uncheckedNote = (app: App, found: readonly Command[]): Note =>
  note(
    'TYPES_UNCHECKED',
    'warning',
    `the build doesn't run ${found.map(shown).join(', ')}: the declarations that ${unwritten(app)} writes are in no commit, and only the build after it makes them`,
  )
