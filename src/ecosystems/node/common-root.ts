import { globs } from '../../project/globs.ts'
import type { Project } from '../../project/project.ts'
import { type App, major, uses } from './app.ts'
import { isCompiledByNest } from './deploy-nest.ts'
import { table } from './manifest.ts'
import { join, joinOutward, sharedFolder } from './paths.ts'
import { commandsOf, expand } from './scripts.ts'
import { parseModule, textOf } from './syntax.ts'

/**
 * Without `rootDir` the compiler keeps the folders that all its inputs have in common. Since version 6 that has to be
 * the folder of its configuration: https://aka.ms/ts6
 */
export function commonRoot(app: App, entry: string): string | undefined {
  if (uses(app, 'typescript') && major(app, 'typescript') >= 6) return undefined
  const [first] = entry.split('/')
  const leftOut = globs(
    (app.tsconfig?.exclude ?? []).flatMap(pattern => [join(pattern), `${join(pattern)}/**`]),
  )
  const tops = new Set(
    (app.tsconfig?.include ?? []).map(pattern => pattern.replace(/^\.\//, '').split('/')[0] ?? ''),
  )
  const takesAll = compilesAll(app)
  const outside = app.project.files.some(
    file =>
      /\.[cm]?tsx?$/.test(file) &&
      !file.endsWith('.d.ts') &&
      !file.startsWith(`${first}/`) &&
      // No pattern of the compiler takes in what a dot hides.
      !/(^|\/)\./.test(file) &&
      !leftOut(file) &&
      (takesAll || !ASIDE.test(file)),
  )
  if (first !== undefined && takesInAbove(app.project, first)) return undefined
  return first !== undefined && entry.includes('/') && (tops.size === 1 ? tops.has(first) : !outside)
    ? shared(app, first)
    : undefined
}

/** What other compilers are not given: tests, and settings of tools. */
const ASIDE = /(^|\/)(tests?|e2e|__tests__)\/|\.config\.[cm]?ts$|\.(spec|test)\.ts$/

/**
 * Whether the build, or any script where none has that name, has the compiler take whatever its configuration doesn't
 * leave out: `drizzle.config.ts` too.
 */
function compilesAll(app: App): boolean {
  const { scripts } = app.manifest
  const commands = Object.hasOwn(scripts, 'build')
    ? expand(scripts, 'build', true)
    : Object.values(scripts).flatMap(commandsOf)
  return (
    table(app.project.parse('tsconfig.json')).files === undefined &&
    commands.some(({ words: [program, ...rest] }) =>
      program === 'nest'
        ? rest[0] === 'build' && isCompiledByNest(app)
        : program === 'tsc' && !rest.some(word => /\.[cm]?tsx?$|^--noEmit$/.test(word)),
    )
  )
}

/** Whether a source imports data from outside its top folder, which makes that an input: `import { version } from '../package.json'`. */
export function takesInAbove(project: Project, top: string): boolean {
  return project.files.some(file => {
    // Most files name none: they needn't be parsed.
    if (!file.startsWith(`${top}/`) || !/(?<!\.d)\.[cm]?tsx?$/.test(file)) return false
    if (!/\.\.\/[^'"\n]*\.json['"]/.test(project.text(file) ?? '')) return false
    const module = parseModule(project, file)
    // What `require` brings the compiler doesn't follow.
    return (module?.tree.topNode.getChildren('ImportDeclaration') ?? []).some(node => {
      const specifier = (module && textOf(module, node.getChild('String'))) ?? ''
      const path = joinOutward(file, '..', specifier)
      return specifier.endsWith('.json') && !path.startsWith(`${top}/`) && project.has(path)
    })
  })
}

/** The innermost folder that has all that is compiled below another one. */
function shared({ project, tsconfig }: App, top: string): string {
  const left = (tsconfig?.exclude ?? []).map(pattern => join(pattern.replace(/\*.*$/, '')))
  const inputs = project.files.filter(
    file =>
      file.startsWith(`${top}/`) &&
      /(?<!\.d)\.[cm]?tsx?$/.test(file) &&
      !left.some(path => path !== '' && (file === path || file.startsWith(`${path}/`))),
  )
  return sharedFolder(inputs) || top
}
