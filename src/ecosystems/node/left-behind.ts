import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { App } from './app.ts'
import { compiledEntry } from './compiled.ts'
import { evaluate } from './evaluate.ts'
import type { NodeFacts } from './facts.ts'
import { folderOf } from './own-folder.ts'
import { join, joinOutward, relative } from './paths.ts'
import type { Command } from './scripts.ts'
import type { Runnable } from './start.ts'
import { calleeOf, parseModule } from './syntax.ts'

/** Data that the program reads beside its code, where the compiler leaves it: `join(__dirname, 'schema.sql')`. */
export interface LeftBehind {
  /** A file or a folder among the sources. */
  readonly path: string
  /** The folder of the output that it belongs into. */
  readonly to: string
  /** The source that names it. */
  readonly by: string
}

/** Compilers that take code along and nothing else. What copies beside them knows best. */
const COMPILES = /^(tsc|tsc-alias|rimraf|rm|del|del-cli|echo|eslint|prettier|prisma)$/
const CODE = /\.[cm]?[jt]sx?$/
const TYPESCRIPT = /(?<!\.d)\.[cm]?ts$/

/** @param source of the program that starts; @param files all that it is made of */
export function leftBehind(
  app: App,
  runs: Runnable,
  source: string | undefined,
  files: ReadonlySet<string>,
  build: readonly Command[],
): readonly LeftBehind[] {
  if (runs.is !== 'node' || source === undefined || !TYPESCRIPT.test(source)) return []
  if (compiledEntry(app, source) !== join(runs.entry) || app.tsconfig?.outDir === undefined) return []
  if (build.length === 0 || !build.every(({ words: [program = ''] }) => COMPILES.test(program))) return []
  const found = [...files].flatMap(file => (TYPESCRIPT.test(file) ? readBy(app, file) : []))
  return found.filter(({ path }, at) => found.findIndex(item => item.path === path) === at)
}

function readBy(app: App, file: string): readonly LeftBehind[] {
  const { project, tsconfig } = app
  const made = compiledEntry(app, file)
  const text = project.text(file) ?? ''
  // Most files name no such place: they needn't be walked through.
  const module = /\b__dirname\b|\bimport\.meta\b/.test(text) ? parseModule(project, file) : undefined
  if (!module || made === undefined) return []
  const found: LeftBehind[] = []
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression' || !/(^|\.)(join|resolve)$/.test(calleeOf(module, node))) return
      const { value } = evaluate(module, node)
      const path = typeof value === 'string' ? joinOutward(value) : ''
      const target = joinOutward(folderOf(made), relative(folderOf(file), path))
      if (isData(app, path) && !file.startsWith(`${path}/`) && target.startsWith(`${tsconfig?.outDir}/`))
        found.push({ path, to: folderOf(target), by: file })
    },
  })
  return found.filter(({ path }) => !path.startsWith(`${tsconfig?.outDir}/`))
}

/** A file that is no code, or a folder with one. */
const isData = ({ project }: App, path: string): boolean =>
  project.has(path)
    ? !CODE.test(path)
    : project.dirs.has(path) && project.files.some(file => file.startsWith(`${path}/`) && !CODE.test(file))

/** What the build stage does once all is compiled. */
export function takenAlong({ program, layout }: NodeFacts): readonly string[] {
  const left = program?.leftBehind ?? []
  const inside = (place: string) => contextPath(join(layout.app, place))
  const folders = [...new Set(left.map(({ to }) => inside(to)))]
  return [
    ...(folders.length > 0 ? [shell('mkdir', '-p', ...folders)] : []),
    ...left.map(({ path, to }) => shell('cp', '-r', inside(path), `${inside(to)}/`)),
  ]
}

export const leftBehindNotes = ({ program }: Pick<NodeFacts, 'program'>): readonly Note[] =>
  (program?.leftBehind ?? []).map(({ path, to, by }) =>
    note(
      'DATA_NOT_COMPILED',
      'info',
      `the compiler leaves ${path} behind, which the program reads beside its code: the image's build copies it to ${to}, and a build script that does would serve others too`,
      fromFile(by),
    ),
  )
