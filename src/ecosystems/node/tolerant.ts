import type { SyntaxNode } from '@lezer/common'
import { calleeOf, items, type Module, source } from './syntax.ts'

/** What runs when it is called. */
export const INSIDE = /^(ArrowFunction|FunctionDeclaration|FunctionExpression|MethodDeclaration|ClassBody)$/

/** `if (!process.env.API) return []`: it does without. */
export const returns = (node: SyntaxNode): boolean =>
  node.getChild('ReturnStatement') !== null || node.getChild('Block')?.getChild('ReturnStatement') != null

/** `{ throw … }`, `process.exit(1)` */
export function ends(module: Module, node: SyntaxNode): boolean {
  let found = false
  node.cursor().iterate(({ node: inner }) => {
    found ||=
      inner.name === 'ThrowStatement' ||
      (inner.name === 'CallExpression' && calleeOf(module, inner) === 'process.exit')
    return !found && !INSIDE.test(inner.name)
  })
  return found
}

/** What a test says is missing: `!a || b === undefined` → a, b */
export function negated(module: Module, test: SyntaxNode | null): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  test?.cursor().iterate(({ node }) => {
    const [first, second, third] = items(node)
    if (node.name === 'UnaryExpression' && first && second && source(module, first) === '!')
      found.push(second)
    if (
      node.name === 'BinaryExpression' &&
      first &&
      second &&
      third &&
      /^===?$/.test(source(module, second)) &&
      /^(undefined|null|''|"")$/.test(source(module, third))
    )
      found.push(first)
  })
  return found
}

/**
 * Whether a function of the file does without a value: its parameter may be missing, and it throws at nothing or
 * returns before. `function limitOf(text: string | undefined) { if (!text) return 10; … }`
 */
export function takesNothing(module: Module, callee: string, index: number): boolean {
  const own = module.constants.get(callee)
  const block = own?.getChild('Block')
  const parameter = own?.getChild('ParamList')?.getChildren('VariableDefinition')[index]
  if (!block || !parameter || !mayLack(module, parameter)) return false
  const name = source(module, parameter)
  return (
    !ends(module, block) ||
    block
      .getChildren('IfStatement')
      .some(
        node =>
          returns(node) &&
          negated(module, node.getChild('ParenthesizedExpression')).some(
            tested => source(module, tested) === name,
          ),
      )
  )
}

/** `text?: string`, `text = ''`, `text: string | undefined` */
function mayLack(module: Module, parameter: SyntaxNode): boolean {
  for (let node = parameter.nextSibling; node && node.name !== ','; node = node.nextSibling)
    if (
      /^(Optional|Equals)$/.test(node.name) ||
      (node.name === 'TypeAnnotation' && /\bundefined\b/.test(source(module, node)))
    )
      return true
  return false
}

/** Whether it is reached only where the value is there, or its failure is taken. @param words that tell the value */
export function isGuarded(module: Module, node: SyntaxNode, words: readonly string[]): boolean {
  const asks = (test: SyntaxNode | null | undefined): boolean =>
    test != null && words.some(word => source(module, test).includes(word))
  for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.name === 'TryStatement' && outer.getChild('Block')?.from === inner.from) return true
    if (outer.name === 'IfStatement' && asks(outer.getChild('ParenthesizedExpression'))) return true
    const chooses = outer.name === 'ConditionalExpression' || outer.getChild('LogicOp') !== null
    if (chooses && outer.firstChild?.from !== inner.from && asks(outer.firstChild)) return true
    // if (!process.env.SITE) return
    if (outer.name === 'Block')
      for (const test of outer.getChildren('IfStatement'))
        if (test.from < inner.from && asks(test.getChild('ParenthesizedExpression'))) return true
  }
  return false
}
