import type { SyntaxNode } from '@lezer/common'
import { flagOf, flagOfLiteral, type Resolve } from './flags.ts'
import { type Call, functionOf, type SourceIndex } from './index-source.ts'
import type { Module } from './modules.ts'
import type { Packages } from './packages.ts'
import { operands, peel, type Ref, unquote } from './source.ts'
import {
  concat,
  ENV_NAME,
  env,
  type Flag,
  KNOWN_CALLS,
  known,
  merge,
  NOTHING,
  ofFlag,
  ofTags,
  text,
  type Value,
} from './values.ts'

const MAX_DEPTH = 10
/** Definitions of one name that are followed at most. */
const MAX_REFS = 8

type SyntaxKey = `${string}:${number}:${number}:${number}`

/** Follows expressions through a program's own source: no types, a few steps, never a loop. */
export class Resolver {
  #flags: readonly Flag[] | undefined
  #defaults: Map<string, Value> | undefined
  #bound: Map<string, Call> | undefined
  /** Expressions that are known, and those that are being followed: a variable can be defined by itself. */
  readonly #known = new Map<SyntaxKey, Value>()

  constructor(
    readonly index: SourceIndex,
    readonly packages: Packages,
    readonly module: Module,
  ) {}

  readonly #plain: Resolve = ref => this.resolve(ref, 2)

  resolve(ref: Ref, depth = 0): Value {
    if (depth > MAX_DEPTH) return NOTHING
    const key: SyntaxKey = `${ref.unit.path}:${ref.node.from}:${ref.node.to}:${ref.part ?? 0}`
    const before = this.#known.get(key)
    if (before) return before
    this.#known.set(key, NOTHING)
    const value = this.#follow(ref, depth)
    this.#known.set(key, value)
    return value
  }

  #follow(ref: Ref, depth: number): Value {
    const { unit, node } = ref
    const inner = (child: SyntaxNode | null | undefined) =>
      child ? this.resolve({ unit, node: child }, depth + 1) : NOTHING
    const source = unit.text.slice(node.from, node.to)
    switch (node.name) {
      case 'String':
        return text(unquote(source))
      case 'Number':
        return text(source.replaceAll('_', ''))
      case 'ParenthesizedExpr':
      case 'UnaryExp':
      case 'Conversion':
      case 'Element':
        return inner(operands(node).at(-1))
      case 'BinaryExp':
        return node.getChild('ArithOp') &&
          unit.text.slice(node.getChild('ArithOp')?.from, node.getChild('ArithOp')?.to) === '+'
          ? concat(operands(node).map(inner))
          : NOTHING
      case 'VariableName':
        return this.#variable(source, ref, depth)
      case 'SelectorExpr':
      case 'CallExpr': {
        const value = node.name === 'CallExpr' ? this.#call(ref, depth) : this.#selector(ref, depth)
        const { left } = peel(node)
        return left.length ? concat([...left.map(inner), value]) : value
      }
      default:
        return NOTHING
    }
  }

  #all(refs: readonly Ref[], depth: number): Value {
    return merge(...refs.slice(0, MAX_REFS).map(ref => this.resolve(ref, depth + 1)))
  }

  #variable(name: string, ref: Ref, depth: number): Value {
    const found = this.#all(this.index.valuesOf(name, ref), depth)
    const bound = this.#boundFlag(name)
    return known(found) || bound ? merge(...(bound ? [bound] : []), found) : this.#argument(name, ref, depth)
  }

  /** A parameter is what the function is called with. */
  #argument(name: string, { unit, node }: Ref, depth: number): Value {
    const from = functionOf(node)?.from
    const func = from === undefined ? undefined : this.index.funcAt(unit, from)
    const at = func ? func.params.indexOf(name) : -1
    if (!func || at < 0) return NOTHING
    const calls = this.index.callsOf(func.name)
    return this.#all(
      calls.flatMap(call => (call.args[at] ? [{ unit: call.unit, node: call.args[at] }] : [])),
      depth,
    )
  }

  #selector({ unit, node }: Ref, depth: number): Value {
    const base = node.firstChild
    const field = node.getChild('FieldName')
    if (!base || !field) return NOTHING
    const name = unit.text.slice(field.from, field.to)
    const imported = unit.imports.get(unit.text.slice(peel(node).from, base.to))
    const dir = imported && this.packages.locate(this.module, imported)
    if (dir) return this.#all(this.index.valuesIn(dir, name), depth)
    if (imported) return NOTHING
    const bound = this.#boundFlag(name)
    return merge(
      ...(bound ? [bound] : []),
      ofTags(this.index.tags.get(name) ?? []),
      this.#all(this.index.fieldsOf(name, unit), depth),
    )
  }

  #call({ unit, node, part = 0 }: Ref, depth: number): Value {
    const call = this.index.callAt(unit, node)
    if (!call) return NOTHING
    const args = call.args.map(arg => ({ unit, node: arg }))
    const arg = (at: number): Value => (args[at] ? this.resolve(args[at], depth + 1) : NOTHING)
    const standard = KNOWN_CALLS[`${call.on}.${call.name}`]
    if (standard) return standard(args.map((_, at) => arg(at)))
    const flag = flagOf(call, this.#plain)
    if (flag) return ofFlag(flag)
    const [first] = arg(0).texts
    if (
      first !== undefined &&
      ENV_NAME.test(first) &&
      first.length > 2 &&
      /env|get|lookup|string|int|or|default/i.test(call.name)
    )
      return merge(env(first), ...args.slice(1).map((_, at) => arg(at + 1)))
    const keyed = this.#keyed(call, first)
    if (keyed) return keyed
    const dir = call.on && this.packages.locate(this.module, call.on)
    const funcs = (this.index.funcs.get(call.name) ?? []).filter(func => !dir || func.unit.dir === dir)
    return this.#all(
      funcs.flatMap(func =>
        func.returns.flatMap(values => {
          const node = values[part]
          return node ? [{ unit: func.unit, node }] : []
        }),
      ),
      depth,
    )
  }

  /** `viper.GetString("port")`, `c.Int("port")`: the option or setting of that name. */
  #keyed(call: Call, key: string | undefined): Value | undefined {
    if (key === undefined || call.args.length !== 1 || !/^(Get|Must)?(String|U?[Ii]nt\d*)$/.test(call.name))
      return undefined
    const flag = this.flags().find(({ name }) => name.toLowerCase() === key.toLowerCase())
    return merge(...(flag ? [ofFlag(flag)] : []), this.#settings().get(key.toLowerCase()) ?? NOTHING, {
      ...NOTHING,
      keys: [key],
    })
  }

  /** Defaults that `viper.SetDefault("port", 8080)` gives, and environment variables that `BindEnv` names. */
  #settings(): ReadonlyMap<string, Value> {
    if (this.#defaults) return this.#defaults
    this.#defaults = new Map()
    for (const { unit, name, args } of this.index.calls) {
      if (!/^(SetDefault|BindEnv)$/.test(name) || args.length < 2) continue
      const [key, second] = args.map(node => this.resolve({ unit, node }, 1))
      const path = key?.texts[0]?.toLowerCase()
      if (path === undefined || !second) continue
      const value = name === 'BindEnv' ? { ...NOTHING, envs: second.texts } : second
      this.#defaults.set(path, merge(this.#defaults.get(path) ?? NOTHING, value))
    }
    return this.#defaults
  }

  /** Every option that the program defines. */
  flags(): readonly Flag[] {
    if (this.#flags) return this.#flags
    this.#flags = [] // A default can name another option, whose default is then unknown.
    this.#flags = [
      ...this.index.calls.flatMap(call => flagOf(call, this.#plain) ?? []),
      ...this.index.literals.flatMap(literal => flagOfLiteral(literal, this.#plain) ?? []),
    ]
    return this.#flags
  }

  /** `flag.StringVar(&addr, "addr", ":8080", "…")` gives its default to whatever is called addr. */
  #boundFlag(name: string): Value | undefined {
    if (!this.#bound) {
      this.#bound = new Map()
      for (const call of this.index.calls) {
        const target = /Var(P)?$/.test(call.name) ? call.args[0] : undefined
        const bound = target && /(\w+)$/.exec(call.unit.text.slice(target.from, target.to))?.[1]
        if (bound !== undefined && !this.#bound.has(bound)) this.#bound.set(bound, call)
      }
    }
    const call = this.#bound.get(name)
    const flag = call && flagOf(call, this.#plain)
    return flag && ofFlag(flag)
  }
}
