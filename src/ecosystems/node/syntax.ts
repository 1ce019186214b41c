import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/javascript'
import type { Project } from '../../project/project.ts'

/** A source file with its concrete syntax tree, which holds even where the file has errors. */
export interface Module {
  readonly path: string
  readonly text: string
  readonly tree: Tree
  /** What the names at the top of the file are set to. */
  readonly constants: ReadonlyMap<string, SyntaxNode>
}

const DIALECTS: Readonly<Record<string, string>> = {
  js: 'jsx', mjs: 'jsx', cjs: 'jsx', jsx: 'jsx', ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'ts jsx', vue: 'ts', svelte: 'ts', astro: 'ts', mdx: 'jsx',
} // biome-ignore format: one list
const COMPONENTS = /^(vue|svelte|astro|mdx)$/
/** The code of a component's file: its script elements, what Astro has between two lines of dashes, and MDX's imports. */
const scriptsIn = (text: string, extension: string): string =>
  [
    ...(extension === 'mdx' ? (text.replace(/^(```+)[\s\S]*?^\1/gm, '').match(/^import\s.*$/gm) ?? []) : []),
    /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '',
    ...text
      .split(/<script\b[^>]*>/)
      .slice(1)
      .map(part => part.split('</script>')[0]),
  ].join('\n')

const parsers = new Map<string, typeof parser>()
/** Configuring copies the parser's tables of dialects: once for each. */
function parserOf(dialect: string): typeof parser {
  const known = parsers.get(dialect) ?? parser.configure({ dialect })
  parsers.set(dialect, known)
  return known
}

const modules = new WeakMap<Project, Map<string, Module | undefined>>()

/** `export { a, type B, type C } from './c'`: the grammar gives up at the second of them. Each place in the text stays. */
const withoutTypes = (text: string): string =>
  text.replace(/\bexport\s*\{[^{}]*\}/g, names => names.replace(/\btype(?=\s+(?!as\b)[\w$])/g, '    '))

export function parseModule(project: Project, path: string): Module | undefined {
  const cache = modules.get(project) ?? new Map<string, Module | undefined>()
  modules.set(project, cache)
  if (!cache.has(path)) cache.set(path, read(project, path))
  return cache.get(path)
}

function read(project: Project, path: string): Module | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  // A program that is run by its name has no extension: `bin/www`.
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : 'js'
  const dialect = DIALECTS[extension]
  const whole = project.text(path)
  if (dialect === undefined || whole === undefined) return undefined
  const text = COMPONENTS.test(extension) ? scriptsIn(whole, extension) : whole
  const tree = parserOf(dialect).parse(withoutTypes(text))
  const constants = new Map<string, SyntaxNode>()
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    for (const name of given(text, node)) constants.set(text.slice(name.from, name.to), name)
    const declaration = node.name === 'ExportDeclaration' ? node.getChild('VariableDeclaration') : node
    for (const name of declaration?.getChildren('VariableDefinition') ?? []) {
      const value = initializer(name)
      if (value) constants.set(text.slice(name.from, name.to), value)
    }
    for (const [name, property] of taken(declaration)) constants.set(text.slice(name.from, name.to), property)
    const named = node.getChild('FunctionDeclaration') ?? node
    const own = named.name === 'FunctionDeclaration' && named.getChild('VariableDefinition')
    if (own) constants.set(text.slice(own.from, own.to), named)
  }
  return { path, text, tree, constants }
}

/** Environment variables under the names that SvelteKit gives them: `import { A } from '$env/static/private'` */
function given(text: string, node: SyntaxNode): readonly SyntaxNode[] {
  const from = node.name === 'ImportDeclaration' ? node.getChild('String') : null
  return from && /^.\$env\/static\//.test(text.slice(from.from, from.to))
    ? (node.getChild('ImportGroup')?.getChildren('VariableDefinition') ?? []).filter(
        name => name.prevSibling?.name !== 'as',
      )
    : []
}

/** `const { a, b: c = 1 } = value` → what a and c stand for: their part of the pattern. */
export const taken = (declaration: SyntaxNode | null): readonly (readonly [SyntaxNode, SyntaxNode])[] =>
  (declaration?.name === 'VariableDeclaration' ? declaration.getChildren('ObjectPattern') : []).flatMap(
    pattern =>
      pattern.getChildren('PatternProperty').flatMap(property => {
        const name = property.getChild('VariableDefinition')
        return name ? [[name, property] as const] : []
      }),
  )

/** `const name: Type = value` → value */
export function initializer(name: SyntaxNode): SyntaxNode | undefined {
  for (let node = name.nextSibling; node && node.name !== ',' && node.name !== ';'; node = node.nextSibling)
    if (node.name === 'Equals') return node.nextSibling ?? undefined
  return undefined
}

export const source = (module: Module, node: SyntaxNode): string => module.text.slice(node.from, node.to)

/** The members of a list in brackets: arguments, array items. */
export function items(node: SyntaxNode | null | undefined): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let item = node?.firstChild; item; item = item.nextSibling)
    if (!/^[()[\],{}]$|Comment$/.test(item.name)) found.push(item)
  return found
}

export const argumentsOf = (call: SyntaxNode): readonly SyntaxNode[] => items(call.getChild('ArgList'))

/** `a.b.c` of a callee, without the types of `a.b.c<T>`. */
export function calleeOf(module: Module, call: SyntaxNode): string {
  const callee =
    call.firstChild?.name === 'InstantiationExpression' ? call.firstChild.firstChild : call.firstChild
  return callee ? source(module, callee).replace(/\?\./g, '.').replace(/\s+/g, '') : ''
}

/** `process.env.NAME`, `process.env['NAME']`, `env.NAME`, `import.meta.env.NAME`, `Bun.env.NAME` → NAME */
export function environmentName(module: Module, node: SyntaxNode): string | undefined {
  if (node.name !== 'MemberExpression') return undefined
  const object = node.firstChild && source(module, node.firstChild).replace(/[?!\s]/g, '')
  if (!object || !/(^|\.)env$/.test(object)) return undefined
  const last = node.lastChild
  const key = last?.name === 'PropertyName' ? source(module, last) : textOf(module, node.getChild('String'))
  // `env.port` of a module of settings.
  const names = /^(process|import\.meta|Bun)\.env$/.test(object) ? /^[A-Za-z_]\w*$/ : /^[A-Z_]\w*$/
  return key && names.test(key) ? key : undefined
}

/** `const { NAME } = process.env` → NAME. @param defaulted whether those with a default count */
export function destructured(module: Module, pattern: SyntaxNode, defaulted: boolean): readonly string[] {
  const from = pattern.nextSibling?.nextSibling
  if (!from || !/(^|\.)env$/.test(source(module, from))) return []
  return items(pattern).flatMap(property => {
    const name =
      property.getChild('PropertyName') ?? property.getChild('VariableDefinition') ?? property.firstChild
    return name && (defaulted || !property.getChild('Equals')) ? [source(module, name)] : []
  })
}

/** The text of a string literal, or of a template without holes. */
export function textOf(module: Module, node: SyntaxNode | null | undefined): string | undefined {
  if (!node || (node.name !== 'String' && node.name !== 'TemplateString') || node.getChild('Interpolation'))
    return undefined
  return source(module, node).slice(1, -1).replace(/\\(.)/g, '$1')
}

/** What a file imports, as it is written there. */
export function importsOf(module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      const specifier =
        node.name === 'ImportDeclaration' || node.name === 'DynamicImport'
          ? textOf(module, node.getChild('String'))
          : node.name === 'CallExpression' && calleeOf(module, node) === 'require'
            ? textOf(module, argumentsOf(node)[0])
            : undefined
      if (specifier !== undefined) found.push(specifier)
    },
  })
  return found
}

/** Whether a module gives others something, in either module system. */
export function exportsSomething(module: Module): boolean {
  for (let node = module.tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'ExportDeclaration') return true
    const target = node.getChild('AssignmentExpression')?.firstChild
    if (target && /^(module\.)?exports\b/.test(source(module, target))) return true
  }
  return false
}
