import type { SyntaxNode } from '@lezer/common'
import { production } from './production.ts'
import { calleeOf, environmentName, items, type Module, source } from './syntax.ts'
import { INSIDE } from './tolerant.ts'

/** What decides how a program is run, and not whether it has a part. */
const MODE = /^(NODE_ENV|VERCEL\w*|NETLIFY|AWS_LAMBDA_\w+|LAMBDA_\w+|JEST_WORKER_ID|VITEST|CI|npm_\w+)$/
/** A member of settings that switches something: `config.dashboard.enabled`. */
const SWITCH = /^(\w+\.)*(config|configuration|settings|options)(\.\w+)+$/i

/** Whether something is done only where a setting says so: `if (process.env.DASHBOARD === 'true') app.listen(3000)`. */
export function isOptional(module: Module, node: SyntaxNode): boolean {
  let inner = node
  for (let outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.name !== 'IfStatement' || outer.getChild('else')) continue
    const test = outer.getChild('ParenthesizedExpression')
    if (test && test.from !== inner.from && asks(module, test)) return true
  }
  return false
}

/** Whether something is done for developers alone: `if (process.env.NODE_ENV !== 'production') app.listen(3000)`. */
export const isForDevelopment = (module: Module, node: SyntaxNode): boolean =>
  branchesAround(node).some(({ test, isElse }) =>
    isElse ? production(module, test) === true : excludes(module, test),
  )

/** Whether something is done in production alone: `if (isProd) app.use(compression())`. */
export const isForProduction = (module: Module, node: SyntaxNode): boolean =>
  branchesAround(node).some(({ test, isElse }) => production(module, test) === !isElse) &&
  !isForDevelopment(module, node)

/** Whether something is done as long as nobody sets a variable: `if (!process.env.CONTAINER) await import('open')`. */
export const isByDefault = (module: Module, node: SyntaxNode): boolean => {
  const tests = branchesAround(node)
  return tests.length > 0 && tests.every(({ test, isElse }) => !isElse && isUnset(module, test)) && runs(node)
}

/** `!process.env.A && !inB`, with `const inB = process.env.B` */
function isUnset(module: Module, test: SyntaxNode): boolean {
  const [left, operator, right] = items(test)
  if (test.name === 'ParenthesizedExpression') return left !== undefined && isUnset(module, left)
  if (test.name === 'BinaryExpression' && left && operator && right)
    return source(module, operator) === '&&' && isUnset(module, left) && isUnset(module, right)
  if (test.name !== 'UnaryExpression' || !left || !operator || source(module, left) !== '!') return false
  const value = operator.name === 'VariableName' ? module.constants.get(source(module, operator)) : operator
  const name = value && environmentName(module, value)
  return name !== undefined && !MODE.test(name)
}

/** Whether each function around is called where it stands: `(async () => { … })()`. */
function runs(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer; outer = outer.parent)
    if (INSIDE.test(outer.name)) {
      const group = outer.parent
      if (group?.name !== 'ParenthesizedExpression' || group.parent?.name !== 'CallExpression') return false
    }
  return true
}

/** The tests that decide whether something is done, the nearest first, each with the side that it stands on. */
function branchesAround(node: SyntaxNode): readonly { test: SyntaxNode; isElse: boolean }[] {
  const found: { test: SyntaxNode; isElse: boolean }[] = []
  for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
    const test = outer.name === 'IfStatement' ? outer.getChild('ParenthesizedExpression') : null
    if (test && test.from !== inner.from)
      found.push({ test, isElse: outer.getChild('else') !== null && inner.from === outer.lastChild?.from })
  }
  return found
}

/** Whether a test, or one of those that it joins, fails in production. */
const excludes = (module: Module, test: SyntaxNode): boolean => {
  const [left, operator, right] = items(test)
  if (test.name === 'ParenthesizedExpression') return left !== undefined && excludes(module, left)
  return operator && right && left && source(module, operator) === '&&'
    ? excludes(module, left) || excludes(module, right)
    : production(module, test) === false
}

/** Whether a test asks for a setting of the program. */
function asks(module: Module, test: SyntaxNode): boolean {
  let found = false
  test.cursor().iterate(({ node }) => {
    if (node.name !== 'MemberExpression' || found) return
    const name = environmentName(module, node)
    const called = node.parent?.name === 'CallExpression' && calleeOf(module, node.parent) !== ''
    found = name === undefined ? !called && SWITCH.test(source(module, node)) : !MODE.test(name)
  })
  return found
}
