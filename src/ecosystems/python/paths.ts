import { calleeOf, type Expr } from './code/expressions.ts'
import type { Module } from './code/module.ts'
import { posix } from './code/posix.ts'
import type { Sources } from './code/sources.ts'

/**
 * The path that an expression of `pathlib` or `os.path` means, from the app's root, or absolute.
 * @returns undefined where it can't be told without running the program
 */
export function pathOf(expr: Expr, module: Module, sources: Sources, steps = 12): string | undefined {
  if (steps === 0) return undefined
  const at = (inner: Expr | undefined) => inner && pathOf(inner, module, sources, steps - 1)
  switch (expr.is) {
    case 'text':
      return expr.value
    case 'name':
      return named(expr.path, module, sources, steps)
    case 'binary':
      return expr.operator === '/' || expr.operator === '+'
        ? join(at(expr.left), at(expr.right), expr.operator === '+')
        : undefined
    case 'attribute':
      return expr.name === 'parent' ? parent(at(expr.of)) : undefined
    case 'item': {
      const { of, key } = expr
      const owner = of.is === 'attribute' && of.name === 'parents' ? at(of.of) : undefined
      return owner !== undefined && key.is === 'number' ? parent(owner, key.value + 1) : undefined
    }
    case 'call':
      return called(expr, at)
    default:
      return undefined
  }
}

function called(
  expr: Extract<Expr, { is: 'call' }>,
  at: (inner: Expr | undefined) => string | undefined,
): string | undefined {
  const { callee, args } = expr
  if (callee.is === 'attribute') {
    if (/^(resolve|absolute|expanduser|as_posix)$/.test(callee.name)) return at(callee.of)
    return callee.name === 'joinpath'
      ? args.reduce<string | undefined>((path, arg) => join(path, at(arg)), at(callee.of))
      : undefined
  }
  const name = calleeOf(expr)
  const method = name.split('.').at(-1) ?? ''
  if (/^(str|Path|PurePath|abspath|realpath|normpath|root)$/.test(method)) return at(args[0])
  if (method === 'dirname') return parent(at(args[0]))
  if (method === 'join')
    return args.reduce<string | undefined>(
      (path, arg) => (path === undefined ? at(arg) : join(path, at(arg))),
      undefined,
    )
  if (/^(os\.environ\.get|os\.getenv|decouple\.config)$/.test(name) || /^(env|config)$/.test(method))
    return at(args[1] ?? expr.named.get('default'))
  // Methods of a path that is held in a name: `BASE_DIR.joinpath("x")`, `BASE_DIR.resolve()`.
  const owner =
    callee.is === 'name' && name.includes('.')
      ? at({ is: 'name', path: name.slice(0, name.lastIndexOf('.')) })
      : undefined
  if (owner === undefined) return undefined
  return method === 'joinpath'
    ? args.reduce<string | undefined>((path, arg) => join(path, at(arg)), owner)
    : /^(resolve|absolute)$/.test(method)
      ? owner
      : undefined
}

function named(path: string, module: Module, sources: Sources, steps: number): string | undefined {
  if (path === '__file__') return module.path
  if (path.endsWith('.parent')) {
    const owner = named(path.slice(0, -'.parent'.length), module, sources, steps - 1)
    return owner === undefined ? undefined : parent(owner)
  }
  // A class of settings holds its paths itself.
  const assigned = module.assigns.filter(({ name }) => name === path)
  const assign = assigned.find(({ inside }) => !inside) ?? assigned[0]
  if (assign) return pathOf(assign.value, module, sources, steps - 1)
  if (!path.includes('.')) return inStarred(path, module, sources, steps)
  const there = sources.locate(path, module.path)
  const other = there?.rest ? sources.module(there.file) : undefined
  return other && there && other !== module ? named(there.rest, other, sources, steps - 1) : undefined
}

/** A name that came by `from .base import *`. */
function inStarred(name: string, module: Module, sources: Sources, steps: number): string | undefined {
  if (steps <= 1 || !module.imports.has('*')) return undefined
  for (const from of module.imported) {
    const there = sources.locate(from, module.path)
    const other = there && !there.rest ? sources.module(there.file) : undefined
    const found = other && other !== module ? named(name, other, sources, steps - 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const parent = (path: string | undefined, levels = 1): string | undefined => {
  let found = path
  for (let level = 0; level < levels && found !== undefined; level++)
    found = found === '.' ? '..' : posix.dirname(found)
  return found
}

function join(left: string | undefined, right: string | undefined, plain = false): string | undefined {
  if (left === undefined || right === undefined) return undefined
  return plain ? left + right : right.startsWith('/') ? right : posix.join(left, right)
}
