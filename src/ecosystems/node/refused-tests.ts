import { type Note, note } from '../../plan/notes.ts'
import { globs } from '../../project/globs.ts'
import type { App } from './app.ts'
import { table } from './manifest.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'

/** Tests, and what sets their tools up, or those that format and check code. */
const TESTS =
  /^((tests?|__tests__|e2e|spec|cypress)\/.*|(jest|vitest|playwright|cypress|prettier|eslint|commitlint|lint-staged)\.[\w.-]+|[^/]*\.(test|spec)\.[cm]?[jt]sx?)$/

const SETTINGS = /^[\w.-]+\.config\.[cm]?[jt]s$/
const PLAIN =
  /^(tsc|tsc-alias|tsc-esm-fix|rimraf|rm|del|del-cli|cp|cpx|cpx2|cpy|cpy-cli|copyfiles|ncp|mkdir|mkdirp|echo|cd)$/

/**
 * Tests that lie outside of the compiler's `rootDir` and that nothing keeps from it: it ends where it finds them
 * there, TS6059, so what needs none of them does without.
 * https://www.typescriptlang.org/tsconfig/#rootDir
 * @returns folders and files from the app's folder; none where something else lies there too
 */
export function refusedTests({ project, tsconfig }: App, commands: readonly Command[]): readonly string[] {
  const { rootDir, outDir, include = [], exclude = [] } = tsconfig ?? {}
  const compiles = commands.some(
    ({ words, dir }) =>
      words[0] === 'tsc' && !dir && !words.some(word => /^(-p|-b|--project|--build)(=|$)/.test(word)),
  )
  const raw = table(project.parse('tsconfig.json'))
  if (!compiles || !rootDir || raw.files !== undefined) return []
  const code =
    table(raw.compilerOptions).allowJs === true ? /(?<!\.d)\.[cm]?[jt]sx?$/ : /(?<!\.d)\.[cm]?tsx?$/
  const within = (pattern: string) => [join(pattern), `${join(pattern)}/**`]
  const isTaken = include.length > 0 ? globs(include.flatMap(within)) : () => true
  const isLeftOut = globs(['node_modules', ...(outDir ? [outDir] : []), ...exclude].flatMap(within))
  const outside = project.files.filter(
    path =>
      code.test(path) &&
      // No pattern of the compiler takes in what a dot hides.
      !/(^|\/)\./.test(path) &&
      !path.startsWith(`${rootDir}/`) &&
      isTaken(path) &&
      !isLeftOut(path),
  )
  // Where nothing but a compiler works, no settings of another tool are read.
  const alone = commands.every(({ words: [program = ''] }) => PLAIN.test(program))
  if (!outside.every(path => TESTS.test(path) || (alone && SETTINGS.test(path)))) return []
  // A folder that holds more than code may hold what the program reads: `spec/openapi.yaml`.
  const isCode = (top: string) =>
    project.files.every(path => !path.startsWith(`${top}/`) || /\.([cm]?[jt]sx?|snap)$/.test(path))
  return [...new Set(outside.map(path => [path.split('/')[0] ?? path].find(isCode) ?? path))]
}

export const refusedNotes = (refused: readonly string[]): readonly Note[] =>
  refused.length
    ? [
        note(
          'TESTS_LEFT_OUT',
          'info',
          `the compiler ends where ${refused.join(', ')} lies outside of its rootDir, so that stays out of the build: exclude it in tsconfig.json`,
        ),
      ]
    : []
