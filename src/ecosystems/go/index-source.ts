import type { SyntaxNode } from '@lezer/common'
import { operands, peel, type Ref, type Unit, unquote } from './source.ts'

/** A call: `http.ListenAndServe(addr, nil)`. */
export interface Call {
  readonly unit: Unit
  readonly node: SyntaxNode
  /** The package's path, or the text before the method's name; empty for a plain function. */
  readonly on: string
  readonly name: string
  readonly args: readonly SyntaxNode[]
}

/** A struct type's literal: `&http.Server{Addr: ":80"}`. */
export interface Literal {
  readonly unit: Unit
  /** As written: `http.Server`. */
  readonly type: string
  readonly fields: ReadonlyMap<string, SyntaxNode>
}

/** A field's tag, `env:"PORT" envDefault:"8080"`, by its keys. */
export type FieldTag = ReadonlyMap<string, string>

interface Definition extends Ref {
  /** Where the function starts that it stands in; -1 for a package's own. */
  readonly scope: number
}

/** A function or method, with the names of its parameters and what it returns. */
export interface Func {
  readonly unit: Unit
  readonly name: string
  readonly from: number
  readonly params: readonly string[]
  /** The operands of each return statement. */
  readonly returns: readonly (readonly SyntaxNode[])[]
}

/**
 * What a program's own source says, looked up by name. Types are not checked: a field is found by its name alone,
 * which is enough to follow an address from where it is used to where it is written.
 */
export class SourceIndex {
  readonly calls: Call[] = []
  readonly #callsByPlace = new Map<string, Call>()
  readonly #callsByName = new Map<string, Call[]>()
  readonly #funcsByPlace = new Map<string, Func>()
  readonly literals: Literal[] = []
  readonly strings: Ref[] = []
  readonly switches: Ref[] = []
  readonly funcs = new Map<string, Func[]>()
  readonly fields = new Map<string, Ref[]>()
  readonly tags = new Map<string, FieldTag[]>()
  readonly #values = new Map<string, Definition[]>()

  constructor(readonly units: readonly Unit[]) {
    for (const unit of units) this.#read(unit)
  }

  /** What a variable or constant can hold: definitions of the same function, else of the package. */
  valuesOf(name: string, { unit, node }: Ref): readonly Ref[] {
    const all = this.#values.get(`${unit.dir}:${name}`) ?? []
    const scope = functionOf(node)?.from ?? -1
    const near = scope < 0 ? [] : all.filter(found => found.unit === unit && found.scope === scope)
    return near.length ? near : all.filter(found => found.scope < 0)
  }

  /** A constant or variable of another package of the program. */
  valuesIn(dir: string, name: string): readonly Ref[] {
    return (this.#values.get(`${dir}:${name}`) ?? []).filter(found => found.scope < 0)
  }

  /** What a field is set to: in the same file, else in the same package, else anywhere, as its struct is not known. */
  fieldsOf(name: string, unit: Unit): readonly Ref[] {
    const all = this.fields.get(name) ?? []
    const file = all.filter(ref => ref.unit === unit)
    const dir = file.length ? file : all.filter(ref => ref.unit.dir === unit.dir)
    return dir.length ? dir : all
  }

  callAt = ({ path }: Unit, { from, to }: SyntaxNode): Call | undefined =>
    this.#callsByPlace.get(`${path}:${from}:${to}`)
  callsOf = (name: string): readonly Call[] => this.#callsByName.get(name) ?? []
  funcAt = ({ path }: Unit, from: number): Func | undefined => this.#funcsByPlace.get(`${path}:${from}`)

  addCall(call: Call): void {
    this.calls.push(call)
    this.#callsByPlace.set(`${call.unit.path}:${call.node.from}:${call.node.to}`, call)
    push(this.#callsByName, call.name, call)
  }

  addFunc(func: Func): void {
    push(this.funcs, func.name, func)
    this.#funcsByPlace.set(`${func.unit.path}:${func.from}`, func)
  }

  #read(unit: Unit): void {
    unit.tree.iterate({
      enter: ({ name, node }) => {
        READERS[name]?.(this, unit, node)
      },
    })
  }

  /** @param part which of the values of a call that gives several */
  define(unit: Unit, name: string, node: SyntaxNode, part = 0): void {
    push(this.#values, `${unit.dir}:${name}`, { unit, node, part, scope: functionOf(node)?.from ?? -1 })
  }
}

type Reader = (index: SourceIndex, unit: Unit, node: SyntaxNode) => void

const text = (unit: Unit, node: SyntaxNode): string => unit.text.slice(node.from, node.to)

const READERS: Readonly<Record<string, Reader>> = {
  CallExpr: readCall,
  TypedLiteral: (index, unit, node) => {
    const type = node.firstChild
    const value = node.getChild('LiteralValue')
    if (type && value) readLiteral(index, unit, value, text(unit, type))
  },
  LiteralValue: readMember,
  FieldDecl: readField,
  VarSpec: readSpec,
  ConstSpec: readSpec,
  VarDecl: readSpec,
  Assignment: readAssignment,
  FunctionDecl: readFunction,
  MethodDecl: readFunction,
  String: (index, unit, node) => {
    if (!/^(ImportSpec|FieldDecl)$/.test(node.parent?.name ?? '')) index.strings.push({ unit, node })
  },
  SwitchStatement: (index, unit, node) => {
    index.switches.push({ unit, node })
  },
}

function readCall(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const callee = node.firstChild
  const args = operands(node.getChild('Arguments'))
  const selector = callee?.name === 'ParameterizedExpr' ? callee.firstChild : callee
  if (!selector) return
  const { from } = peel(node)
  const method = selector.name === 'SelectorExpr' ? selector.getChild('FieldName') : null
  if (method) {
    const on = unit.text.slice(from, selector.firstChild?.to).trim()
    index.addCall({ unit, node, on: unit.imports.get(on) ?? on, name: text(unit, method), args })
  } else {
    const name = unit.text.slice(from, selector.to)
    if (/^\w+$/.test(name)) index.addCall({ unit, node, on: '', name, args })
  }
}

/** `[]*cli.Command{{Name: "serve"}}`: the inner literal is of the list's type. */
function readMember(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const list = node.parent?.name === 'Element' ? node.parent.parent?.parent : undefined
  const type = list?.name === 'TypedLiteral' ? list.firstChild : undefined
  if (type?.name === 'SliceType' || type?.name === 'ArrayType')
    readLiteral(index, unit, node, text(unit, type).replace(/^\[[^\]]*\]\*?/, ''))
}

function readLiteral(index: SourceIndex, unit: Unit, node: SyntaxNode, type: string): void {
  const fields = new Map<string, SyntaxNode>()
  for (const element of node.getChildren('Element')) {
    const key = element.getChild('Key')?.firstChild
    const value = element.lastChild
    if (!key || !value || value.name === ':') continue
    const name = key.name === 'String' ? unquote(text(unit, key)) : text(unit, key)
    fields.set(name, value)
    push(index.fields, name, { unit, node: value })
  }
  index.literals.push({ unit, type, fields })
}

function readField(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const literal = node.getChild('String')
  if (!literal) return
  const tag: FieldTag = new Map(
    [...unquote(text(unit, literal)).matchAll(/([\w-]+):"((?:[^"\\]|\\.)*)"/g)].map(match => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  )
  for (const name of node.getChildren('FieldName')) push(index.tags, text(unit, name), tag)
}

/** `a, b := x, y` pairs them; `a, err := f()` gives the call to each. */
function readSpec(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const names = node.getChildren('DefName')
  const sign = node.getChild('=') ?? node.getChild(':=')
  if (!sign) return
  const values = operands(node).filter(child => child.from > sign.from)
  for (const [at, name] of names.entries()) {
    const value = values[at] ?? values[0]
    if (value) index.define(unit, text(unit, name), value, values[at] ? 0 : at)
  }
}

function readAssignment(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const sign = node.getChild('=')
  if (!sign) return
  const targets = operands(node).filter(child => child.to <= sign.from)
  const values = operands(node).filter(child => child.from > sign.from)
  for (const [at, target] of targets.entries()) {
    const value = values[at] ?? values[0]
    if (!value) continue
    // `*port = "8080"` sets what an option points at.
    const name = /^\*?(\w+)$/.exec(text(unit, target))?.[1]
    if (name) index.define(unit, name, value, values[at] ? 0 : at)
    const field = target.name === 'SelectorExpr' ? target.getChild('FieldName') : null
    if (field) push(index.fields, text(unit, field), { unit, node: value })
  }
}

function readFunction(index: SourceIndex, unit: Unit, node: SyntaxNode): void {
  const name = node.getChild(node.name === 'MethodDecl' ? 'FieldName' : 'DefName')
  if (!name) return
  const lists = node.getChildren('Parameters')
  const params = lists[node.name === 'MethodDecl' ? 1 : 0]
  const returns: SyntaxNode[][] = []
  node
    .getChild('Block')
    ?.cursor()
    .iterate(({ name: kind, node: inner }) => {
      if (kind === 'FunctionLiteral') return false
      if (kind === 'ReturnStatement') returns.push(operands(inner))
      return true
    })
  index.addFunc({
    unit,
    name: text(unit, name),
    from: node.from,
    params: (params?.getChildren('Parameter') ?? []).flatMap(parameter =>
      parameter.getChildren('DefName').map(found => text(unit, found)),
    ),
    returns,
  })
}

/** The declaration that an expression stands in. */
export function functionOf(node: SyntaxNode): SyntaxNode | null {
  for (let current: SyntaxNode | null = node; current; current = current.parent)
    if (current.name === 'FunctionDecl' || current.name === 'MethodDecl') return current
  return null
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
