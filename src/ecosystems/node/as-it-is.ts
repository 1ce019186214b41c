import { isBuiltin } from '../../knowledge/node-builtins.ts'
import type { Project } from '../../project/project.ts'
import { join } from './paths.ts'
import { type Module, parseModule, source, textOf } from './syntax.ts'

const MAX_FILES = 24
/** Syntax that is more than types. */
const MADE = /^(EnumDeclaration|Decorator)$/

/**
 * Whether Node.js can run a program's TypeScript as it is: it takes types off, and nothing else, and finds a file by
 * its full name alone: https://nodejs.org/api/typescript.html
 */
export function runsAsItIs(project: Project, entry: string): boolean {
  const queue = [entry]
  for (let index = 0; index < queue.length && index < MAX_FILES; index++) {
    const path = queue[index] ?? ''
    const module = parseModule(project, path)
    if (!module) continue
    const { plain, imports } = look(module)
    const beside = (specifier: string) => join(path, '..', specifier)
    const files = imports.flatMap(({ specifier }) => (isRelative(specifier) ? [beside(specifier)] : []))
    // An import of what is a type alone stays where types are taken off, and nothing has that name.
    const isType = ({ specifier, types }: Import) =>
      isRelative(specifier)
        ? declaresAny(parseModule(project, beside(specifier)), types)
        : types.length > 0 && !isBuiltin(specifier)
    if (!plain || files.some(file => !project.has(file)) || imports.some(isType)) return false
    queue.push(...files.filter(file => /\.[cm]?ts$/.test(file) && !queue.includes(file)))
  }
  return true
}

const isRelative = (specifier: string): boolean => /^\.{1,2}\//.test(specifier)

/** Where a module imports from, and which of the names that it takes stand for types there and for nothing else. */
interface Import {
  readonly specifier: string
  readonly types: readonly string[]
  /** Whether it takes anything besides, or nothing by a name: then the import stays in what a compiler makes. */
  readonly stays: boolean
}

/** What is left of a module's imports where a compiler has seen which of them are of types. */
export const importsLeft = (module: Module): readonly string[] =>
  look(module).imports.flatMap(({ specifier, stays }) => (stays ? [specifier] : []))

function look(module: Module): { plain: boolean; imports: readonly Import[] } {
  const found: { specifier: string; names: readonly string[]; whole: boolean }[] = []
  const [values, types, defined] = [new Set<string>(), new Set<string>(), new Set<string>()]
  let plain = true
  module.tree.iterate({
    enter({ node }) {
      if (MADE.test(node.name)) plain = false
      if (node.name === 'VariableName') values.add(source(module, node))
      if (node.name === 'TypeName') types.add(source(module, node))
      if (node.name === 'VariableDefinition') defined.add(source(module, node))
      if (!/^(Import|Export)Declaration$/.test(node.name) || node.firstChild?.nextSibling?.name === 'type')
        return
      const specifier = textOf(module, node.getChild('String'))
      const names = (node.getChild('ImportGroup')?.getChildren('VariableDefinition') ?? [])
        .filter(({ prevSibling }) => !/^(type|as)$/.test(prevSibling?.name ?? ''))
        .map(name => source(module, name))
      const whole = node.getChild('VariableDefinition') !== null || node.name === 'ExportDeclaration'
      if (specifier !== undefined) found.push({ specifier, names, whole })
    },
  })
  // What imports is an ES module, which has no `require`.
  const mixed = found.length > 0 && values.has('require') && !defined.has('require')
  const imports = found.map(({ specifier, names, whole }) => {
    const ofTypes = names.filter(name => types.has(name) && !values.has(name))
    return { specifier, types: ofTypes, stays: whole || names.length === 0 || ofTypes.length < names.length }
  })
  return { plain: plain && !mixed, imports }
}

/** Whether a module declares an interface or a type of one of these names. */
function declaresAny(module: Module | undefined, names: readonly string[]): boolean {
  let found = false
  if (module && names.length > 0)
    module.tree.iterate({
      enter({ node }) {
        found ||=
          node.name === 'TypeDefinition' &&
          /^(Interface|TypeAlias)Declaration$/.test(node.parent?.name ?? '') &&
          names.includes(source(module, node))
      },
    })
  return found
}
