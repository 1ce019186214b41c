import type { SyntaxNode } from '@lezer/common'
import type { Found, Place } from './scan.ts'
import { builtOption } from './scan-named.ts'
import { children, type Literal, literal, literals, names, type Parsed } from './syntax.ts'

/** Notes a call, and what it defines: an option of the command line, a default of a setting. */
export function addCall(file: Parsed, node: SyntaxNode, at: Place, found: Found): void {
  const callee = calleeOf(file, node)
  const name = callee.at(-1)
  if (name === undefined) return
  const args = node.getChild('ArgList')
  const own = args && args.to - args.from < 2000 ? literals(file, args) : []
  found.calls.push({
    ...at,
    name,
    callee,
    literals: own,
    direct: args ? directLiterals(file, args) : [],
    first: args?.firstChild?.nextSibling ? directLiterals(file, args.firstChild.nextSibling)[0] : undefined,
    names: args && args.to - args.from < 400 ? names(file, args) : [],
    statement: readsVariable(name, own) ? literals(file, statementOf(node)) : [],
    followedBy: node.parent?.name === 'TryExpression' ? '?' : methodAfter(file, node),
  })
  if (name === 'set_default' && args) {
    const [key, value] = literals(file, args)
    if (typeof key === 'string') found.named.push({ ...at, from: 'option', name: key, value })
  }
  if (name === 'new' || name === 'with_name') {
    const option = builtOption(file, node, callee, at)
    if (option) found.named.push(option)
  }
}

/** `env::var("PORT")`, and functions of the project's own that wrap it: `env_or("PORT", 8080)`. */
const readsVariable = (name: string, [first]: readonly Literal[]): boolean =>
  /^var(_os)?$/.test(name) ||
  (/(^|_)(env|var|config|settings?)(_|$)/.test(name) &&
    !/^(env|(set|remove)_var|env_(remove|clear))$/.test(name) &&
    typeof first === 'string' &&
    /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(first))

/** Literals of an argument list, and what methods are called on, but no arguments of other calls and no blocks. */
function directLiterals(file: Parsed, node: SyntaxNode): readonly Literal[] {
  const own = literal(file, node)
  if (own !== undefined) return [own]
  if (node.name === 'Block') return []
  const inside =
    node.name === 'CallExpression' ? [node.firstChild].filter(callee => callee !== null) : [...children(node)]
  return inside.flatMap(child => directLiterals(file, child))
}

function calleeOf(file: Parsed, call: SyntaxNode): readonly string[] {
  let callee = call.firstChild
  if (callee?.name === 'GenericFunction') callee = callee.firstChild
  if (callee?.name === 'FieldExpression') {
    const method = callee.getChild('FieldIdentifier')
    return method ? [file.text(method)] : []
  }
  return callee && (callee.name === 'ScopedIdentifier' || callee.name === 'Identifier')
    ? names(file, callee)
    : []
}

/** The name of the method that is called on the value of `node`. */
export function methodAfter(file: Parsed, node: SyntaxNode): string | undefined {
  const field = node.parent?.name === 'FieldExpression' ? node.parent.getChild('FieldIdentifier') : null
  return field ? file.text(field) : undefined
}

/** The statement that holds an expression, unless it is a long one. */
function statementOf(node: SyntaxNode): SyntaxNode {
  let best = node
  for (let at = node.parent; at && at.to - at.from < 600; at = at.parent) {
    best = at
    if (/^(LetDeclaration|ExpressionStatement|FieldInitializer|ConstItem|StaticItem)$/.test(at.name)) break
    if (at.name === 'Block' || at.name === 'FieldInitializerList') break
  }
  return best
}
