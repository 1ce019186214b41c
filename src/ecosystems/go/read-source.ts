import type { SyntaxNode } from '@lezer/common'
import type { FieldTag, SourceIndex } from './index-source.ts'
import { operands, peel, type Unit, unquote } from './source.ts'

type Reader = (index: SourceIndex, unit: Unit, node: SyntaxNode) => void

const text = (unit: Unit, node: SyntaxNode): string => unit.text.slice(node.from, node.to)

/** What each kind of syntax tells, by the grammar's name for it. */
export const READERS: Readonly<Record<string, Reader>> = {
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
    index.addField(name, { unit, node: value })
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
  for (const name of node.getChildren('FieldName')) index.addTag(text(unit, name), tag)
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
    if (field) index.addField(text(unit, field), { unit, node: value })
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
