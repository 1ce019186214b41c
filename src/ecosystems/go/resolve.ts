import type { SyntaxNode } from '@lezer/common'
import { type Call, functionOf, type SourceIndex } from './index-source.ts'
import type { Module } from './modules.ts'
import type { Packages } from './packages.ts'
import { operands, peel, type Ref, unquote } from './source.ts'

/** A command line option with its default. */
export interface Flag {
  readonly name: string
  /** `-` for the standard library's, `--` for the others'. */
  readonly dashes: '-' | '--'
  readonly isBool: boolean
  readonly fallback: Value
}

/** What an expression can be, as far as the source tells. */
export interface Value {
  /** Texts that it can hold without anything being set, likeliest first. */
  readonly texts: readonly string[]
  /** Environment variables that it is read from. */
  readonly envs: readonly string[]
  readonly flags: readonly Flag[]
  /** Keys of a configuration that it is read from: `server.port`. */
  readonly keys: readonly string[]
}

const NOTHING: Value = { texts: [], envs: [], flags: [], keys: [] }
const MAX_DEPTH = 10
const MAX_TEXTS = 8
const ENV_NAME = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/
const FLAG_TYPES =
  /^(String|Int|Int32|Int64|Uint|Uint16|Uint32|Uint64|Bool|Duration|TCP|ExistingFile|ExistingDir|IP)(Var)?(P)?$/

const text = (value: string): Value => ({ ...NOTHING, texts: [value] })
const env = (name: string): Value => ({ ...NOTHING, envs: [name] })
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)].slice(0, MAX_TEXTS)

export function merge(...values: readonly Value[]): Value {
  return {
    texts: unique(values.flatMap(value => value.texts)),
    envs: unique(values.flatMap(value => value.envs)),
    flags: unique(values.flatMap(value => value.flags)),
    keys: unique(values.flatMap(value => value.keys)),
  }
}

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
    return merge(...refs.slice(0, MAX_TEXTS).map(ref => this.resolve(ref, depth + 1)))
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
      this.#tagged(name),
      this.#all(this.index.fieldsOf(name, unit), depth),
    )
  }

  /** `Port int `env:"PORT" envDefault:"8080"``, as the usual libraries read it. */
  #tagged(field: string): Value {
    return merge(
      ...(this.index.tags.get(field) ?? []).map(tag => {
        const name = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0] ?? ''
        const fallback = tag.get('envDefault') ?? tag.get('env-default') ?? tag.get('default')
        const key = tag.get('mapstructure') ?? tag.get('yaml') ?? tag.get('toml') ?? tag.get('json')
        return {
          texts: fallback === undefined ? [] : [fallback],
          envs: ENV_NAME.test(name) ? [name] : [],
          flags: [],
          keys: key ? [key.split(',')[0] ?? ''] : [],
        }
      }),
    )
  }

  #call({ unit, node, part = 0 }: Ref, depth: number): Value {
    const call = this.index.callAt(unit, node)
    if (!call) return NOTHING
    const args = call.args.map(arg => ({ unit, node: arg }))
    const arg = (at: number): Value => (args[at] ? this.resolve(args[at], depth + 1) : NOTHING)
    const standard = KNOWN_CALLS[`${call.on}.${call.name}`]
    if (standard) return standard(args.map((_, at) => arg(at)))
    const flag = this.#flagOf(call)
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
      ...this.index.calls.flatMap(call => this.#flagOf(call) ?? []),
      ...this.index.literals.flatMap(({ unit, type, fields }) => {
        const name = /\bcli\.\w*Flag$/.test(type) ? fields.get('Name') : undefined
        if (!name) return []
        const value = (field: string) => {
          const node = fields.get(field)
          return node ? this.resolve({ unit, node }, 2) : NOTHING
        }
        const envs = fields.get('EnvVars') ?? fields.get('Sources')
        const names = envs
          ? [...unit.text.slice(envs.from, envs.to).matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(
              match => match[1] ?? '',
            )
          : value('EnvVar').texts
        return [
          {
            name: value('Name').texts[0] ?? '',
            dashes: '--' as const,
            isBool: type.includes('Bool'),
            fallback: merge({ ...NOTHING, envs: names }, value('Value')),
          },
        ]
      }),
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
    const flag = call && this.#flagOf(call)
    return flag && ofFlag(flag)
  }

  #flagOf({ unit, on, name, args }: Call): Flag | undefined {
    const shape = FLAG_TYPES.exec(name)
    if (!shape || args.length < 3) return kingpin(on, name, args)
    const [, type, bound, short] = shape
    const literal = (at: number) => (args[at] ? this.resolve({ unit, node: args[at] }, 2) : NOTHING)
    const at = bound ? 1 : 0
    const flagName = literal(at).texts[0]
    if (flagName === undefined || !/^[\w.-]+$/.test(flagName)) return undefined
    return {
      name: flagName,
      dashes:
        on === 'flag' ? '-' : /^\w+$/.test(on) && unit.imports.get('flag') === 'flag' && !short ? '-' : '--',
      isBool: type === 'Bool',
      fallback: literal(at + (short ? 2 : 1)),
    }
  }
}

/** `app.Flag("web.listen-address", "…").Default(":9091").String()` */
function kingpin(on: string, name: string, args: readonly SyntaxNode[]): Flag | undefined {
  if (args.length > 0 || !/^(String|Int|Bool|TCP)$/.test(name)) return undefined
  const flag = /\bFlag\(\s*"([\w.-]+)"/.exec(on)
  if (!flag) return undefined
  const fallback = /\bDefault\(\s*"([^"]*)"/.exec(on)
  const envar = /\bEnvar\(\s*"([A-Z][A-Z0-9_]*)"/.exec(on)
  return {
    name: flag[1] ?? '',
    dashes: '--',
    isBool: name === 'Bool',
    fallback: { ...NOTHING, texts: fallback ? [fallback[1] ?? ''] : [], envs: envar ? [envar[1] ?? ''] : [] },
  }
}

const ofFlag = (flag: Flag): Value => ({ ...merge(flag.fallback), flags: [flag] })
const known = (value: Value): boolean =>
  value.texts.length + value.envs.length + value.flags.length + value.keys.length > 0

/** Every combination of the parts' texts; a part that isn't known is empty. */
function concat(parts: readonly Value[]): Value {
  const texts = parts.reduce<string[]>(
    (heads, part) =>
      heads
        .flatMap(head => (part.texts.length ? part.texts : ['']).map(tail => head + tail))
        .slice(0, MAX_TEXTS),
    [''],
  )
  return { ...merge(...parts), texts: parts.some(part => part.texts.length) ? texts : [] }
}

/** `fmt.Sprintf("%s:%d", host, port)` */
function format([pattern, ...args]: readonly Value[]): Value {
  const [shape] = pattern?.texts ?? []
  if (shape === undefined) return merge(...args)
  let at = 0
  const pieces = shape.split(/(%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z%])/)
  return concat(
    pieces.map(piece =>
      piece === '%%' ? text('%') : /^%.*[a-zA-Z]$/.test(piece) ? (args[at++] ?? NOTHING) : text(piece),
    ),
  )
}

const first = ([value]: readonly Value[]): Value => value ?? NOTHING
const named = ([name]: readonly Value[]): Value => ({
  ...NOTHING,
  envs: (name?.texts ?? []).filter(found => ENV_NAME.test(found)),
})
const path = (values: readonly Value[]): Value =>
  concat(values.flatMap((value, at) => (at ? [text('/'), value] : [value])))

const KNOWN_CALLS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  'os.Getenv': named,
  'os.LookupEnv': named,
  'syscall.Getenv': named,
  'fmt.Sprintf': format,
  'fmt.Sprint': concat,
  'net.JoinHostPort': ([host, port]) => concat([host ?? NOTHING, text(':'), port ?? NOTHING]),
  'cmp.Or': values => merge(...values),
  'strings.TrimSpace': first,
  'strings.TrimPrefix': first,
  'strings.TrimSuffix': first,
  'strings.TrimRight': first,
  'strings.TrimLeft': first,
  'strings.ToLower': first,
  'strconv.Itoa': first,
  'strconv.Atoi': first,
  'strconv.ParseInt': first,
  'strconv.ParseUint': first,
  'strconv.FormatInt': first,
  '.string': first,
  '.int': first,
  'path.Join': path,
  'path/filepath.Join': path,
  'path/filepath.FromSlash': first,
  'path/filepath.Clean': first,
  'path/filepath.Abs': first,
}
