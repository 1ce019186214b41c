import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { definitionOf } from './definitions.ts'
import { exportedNode } from './exported.ts'
import { table, text } from './manifest.ts'
import { argumentsOf, calleeOf, items, type Module, parseModule, source, textOf } from './syntax.ts'

const FILES = ['package-scripts.js', 'package-scripts.cjs', 'package-scripts.mjs']
/** What is no script of those at a name: https://github.com/sezna/nps#scripts */
const ABOUT = /^(description|hiddenFromHelp)$/

/** The file of the scripts that nps runs, if there is one. */
export const npsFile = (project: Project, dir: string): string | undefined =>
  [...FILES, 'package-scripts.yml'].map(name => inside(dir, name)).find(path => project.has(path))

/** Scripts of nps, by names that no package manager has: ` nps build.server`. */
export function npsScripts(project: Project, dir: string): Readonly<Record<string, string>> {
  const path = npsFile(project, dir)
  if (path === undefined) return {}
  const found: Record<string, string> = {}
  if (path.endsWith('.yml')) collect(table(project.parse(path)).scripts, '', found)
  else {
    const module = parseModule(project, path)
    const root = module && scriptsOf(module)
    if (module && root) collect(read(module, root), '', found)
  }
  return found
}

/** The script that `nps build server.watch` asks for at each of its words; none is the default one. */
export const npsNames = (words: readonly string[]): readonly string[] => {
  const names = words.filter(word => !word.startsWith('-')).map(word => word.split(/[\s,]/)[0] ?? '')
  return (names.length ? names : ['default']).map(key)
}

/** `build-server` is `buildServer`. */
const key = (name: string): string =>
  ` nps ${name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`

const inside = (dir: string, name: string): string => (dir === '.' || dir === '' ? name : `${dir}/${name}`)

function collect(value: unknown, name: string, found: Record<string, string>): void {
  const own = text(value)
  if (own !== undefined) found[key(name || 'default')] ??= own
  for (const [part, inner] of Object.entries(table(value)))
    if (!ABOUT.test(part))
      collect(inner, /^(default|script)$/.test(part) ? name : [name, part].filter(Boolean).join('.'), found)
}

/** `module.exports = { scripts: {…} }`, `exports.scripts = {…}`, `export default { scripts: {…} }` */
function scriptsOf(module: Module): SyntaxNode | undefined {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    const assignment = node.getChild('AssignmentExpression')
    const target = assignment?.firstChild && source(module, assignment.firstChild)
    const object =
      assignment && target === 'module.exports'
        ? assignment.lastChild
        : node.name === 'ExportDeclaration' && node.getChild('default')
          ? node.getChild('ObjectExpression')
          : undefined
    const property = object
      ?.getChildren('Property')
      .find(({ firstChild }) => firstChild !== null && source(module, firstChild) === 'scripts')
    if (property?.lastChild) return property.lastChild
  }
  return exportedNode(module, 'scripts')
}

/** An object of scripts, or one of them as a shell runs it. */
function read(module: Module, node: SyntaxNode | null | undefined, depth = 0): unknown {
  if (!node || depth > 8) return undefined
  const next = (child: SyntaxNode | null | undefined) => read(module, child, depth + 1)
  switch (node.name) {
    case 'String':
    case 'TemplateString':
      return textOf(module, node)
    case 'VariableName':
      return next(definitionOf(module, node, source(module, node)))
    case 'ObjectExpression':
      return Object.fromEntries(
        node.getChildren('Property').flatMap(property => {
          const [first] = items(property)
          const name = first?.name === 'String' ? textOf(module, first) : first && source(module, first)
          return name && first?.nextSibling && name !== '__proto__' ? [[name, next(property.lastChild)]] : []
        }),
      )
    case 'CallExpression':
      return composed(
        calleeOf(module, node),
        argumentsOf(node).map(argument => next(argument)),
      )
    default:
      return undefined
  }
}

/** What nps-utils make of scripts: https://github.com/sezna/nps-utils. What a function of their own makes does nothing that is known here. */
function composed(callee: string, values: readonly unknown[]): string {
  const [, name = '', nps] = /(?:^|\.)(series|concurrent|crossEnv|rimraf|mkdirp)(\.nps)?$/.exec(callee) ?? []
  const all = values.flatMap(value => (text(value) === undefined ? Object.values(table(value)) : [value]))
  const commands = all.map(value => text(value) ?? text(table(value).script) ?? 'true')
  const own = nps ? commands.map(command => `nps ${command}`) : commands
  switch (name) {
    case 'series':
      return own.join(' && ')
    case 'concurrent':
      return own.join(' & ')
    case 'crossEnv':
      return `cross-env ${own.join(' ')}`
    case 'rimraf':
    case 'mkdirp':
      return `${name} ${own.join(' ')}`
    default:
      return 'true'
  }
}
