import type { SyntaxNode } from '@lezer/common'
import { isCalled, type Used } from './called-at-load.ts'
import { argumentsOf, initializer, items, type Module, source, textOf } from './syntax.ts'
import { ends, INSIDE } from './tolerant.ts'

/** Methods of a list that call what they are given at once. */
const AT_ONCE = /^(forEach|filter|map|some|every|find)$/

/**
 * Variables of a list that a module goes through as it is loaded, and throws where one is missing:
 * `REQUIRED.forEach(key => { if (!process.env[key]) throw … })`, `for (const key of REQUIRED)`, and
 * `const missing = REQUIRED.filter(key => !process.env[key])` before `if (missing.length) process.exit(1)`.
 */
export function listedVariables(module: Module, used: Used): readonly string[] {
  const found = new Set<string>()
  module.tree.iterate({
    enter({ node }) {
      if (INSIDE.test(node.name)) return isCalled(module, node, used) || caller(module, node) !== undefined
      const key = node.name === 'MemberExpression' ? keyOf(module, node) : undefined
      const list = key && boundTo(module, key)
      if (list && isMissed(module, node)) for (const name of namesIn(module, list)) found.add(name)
      return undefined
    },
  })
  return [...found]
}

/** The name between the brackets of `process.env[key]`. */
function keyOf(module: Module, node: SyntaxNode): SyntaxNode | undefined {
  const object = node.firstChild
  const key = node.lastChild?.prevSibling
  return object && key?.name === 'VariableName' && source(module, object) === 'process.env' ? key : undefined
}

/** The list that calls a function for each of its members. */
function caller(module: Module, body: SyntaxNode): SyntaxNode | undefined {
  const call = body.parent?.name === 'ArgList' ? body.parent.parent : undefined
  const callee = call?.firstChild
  const method = callee?.name === 'MemberExpression' ? callee.lastChild : undefined
  return callee?.firstChild &&
    method &&
    call &&
    argumentsOf(call)[0]?.from === body.from &&
    AT_ONCE.test(source(module, method))
    ? callee.firstChild
    : undefined
}

/** The list whose members a name stands for, one after the other. */
function boundTo(module: Module, key: SyntaxNode): SyntaxNode | undefined {
  const name = source(module, key)
  for (let node = key.parent; node; node = node.parent) {
    const [given] = node.getChild('ParamList')?.getChildren('VariableDefinition') ?? []
    if (given && source(module, given) === name) return caller(module, node)
    const loop = node.name === 'ForStatement' ? node.getChild('ForOfSpec') : null
    const own = loop?.getChild('VariableDefinition')
    if (loop && own && source(module, own) === name) return items(loop).at(-1)
  }
  return undefined
}

/** Whether something ends where a member is missing: there, or after the loop. */
function isMissed(module: Module, node: SyntaxNode): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.name === 'IfStatement' && ends(module, outer)) return true
    if ((INSIDE.test(outer.name) && caller(module, outer) === undefined) || outer.parent === null)
      return ends(module, outer.getChild('Block') ?? outer)
  }
  return false
}

/** The strings of a list, or of what a name is set to anywhere in the file. */
function namesIn(module: Module, list: SyntaxNode): readonly string[] {
  const value = list.name === 'VariableName' ? declared(module, source(module, list)) : list
  const found: string[] = []
  value?.cursor().iterate(({ node }) => {
    const name = node.name === 'String' ? textOf(module, node) : undefined
    if (name && /^[A-Z][A-Z0-9_]*$/.test(name)) found.push(name)
    return node.name === 'ArrayExpression' || node.from === value.from || !INSIDE.test(node.name)
  })
  return value?.name === 'ObjectExpression' ? [] : found
}

function declared(module: Module, name: string): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  module.tree.iterate({
    enter({ node }) {
      if (node.name === 'VariableDefinition' && source(module, node) === name) found ??= initializer(node)
      return found === undefined
    },
  })
  return found
}
