import type { SyntaxNode } from '@lezer/common'
import { READERS } from './read-source.ts'
import type { Ref, Unit } from './source.ts'

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

  addField(name: string, ref: Ref): void {
    push(this.fields, name, ref)
  }

  addTag(field: string, tag: FieldTag): void {
    push(this.tags, field, tag)
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
