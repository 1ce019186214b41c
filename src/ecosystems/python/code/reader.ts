import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/python'
import { type Call, call, childrenOf, type Expr, expression } from './expressions.ts'
import type { Assign, FunctionInfo, Module, Place } from './module.ts'

/** Reads a Python file. A syntax error costs the statement that it is in, not the file. */
export function readModule(path: string, text: string): Module {
  return new Reader(path, text).read()
}

interface Context {
  readonly main: boolean
  readonly inside?: FunctionInfo
}

class Reader {
  readonly #imports = new Map<string, string>()
  readonly #imported = new Set<string>()
  readonly #needed = new Set<string>()
  readonly #assigns: Assign[] = []
  readonly #functions: FunctionInfo[] = []
  readonly #classes: { name: string; bases: Expr[] }[] = []
  readonly #calls: (Call & Place)[] = []
  readonly #items: (Extract<Expr, { is: 'item' }> & Place)[] = []
  readonly #decorated: { decorator: string; text: string }[] = []
  readonly #lines: number[] = []
  #hasMain = false

  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines.push(at)
  }

  read(): Module {
    const top = parser.parse(this.text).topNode
    this.#collectImports(top)
    this.#visitAll(top, { main: false })
    return {
      path: this.path,
      imports: this.#imports,
      imported: this.#imported,
      needed: this.#needed,
      assigns: this.#assigns,
      functions: this.#functions,
      classes: this.#classes,
      calls: this.#calls,
      items: this.#items,
      decorated: this.#decorated,
      hasMain: this.#hasMain,
    }
  }

  readonly #resolve = (name: string): string => this.#imports.get(name) ?? name

  #slice(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to)
  }

  /** Imports first, wherever they stand: a name is resolved by them before the statement is reached. */
  #collectImports(top: SyntaxNode): void {
    top.cursor().iterate(node => {
      if (node.name === 'ImportStatement') this.#import(node.node)
      return !node.name.endsWith('Expression')
    })
  }

  #import(node: SyntaxNode): void {
    const words = childrenOf(node).map(child => this.#slice(child))
    const at = words.indexOf('import')
    const base = words[0] === 'from' ? words.slice(1, at).join('') : undefined
    const add = (name: string) => {
      this.#imported.add(name)
      if (node.parent?.name === 'Script') this.#needed.add(name)
    }
    if (base !== undefined) add(base)
    const names = words.slice(at + 1).filter(word => word !== '(' && word !== ')')
    for (const [path, local] of split(names)) {
      if (base === undefined) {
        add(path)
        const first = path.split('.', 1)[0] ?? path
        this.#imports.set(local ?? first, local ? path : first)
      } else {
        this.#imports.set(local ?? path, base.endsWith('.') ? base + path : `${base}.${path}`)
      }
    }
  }

  #visitAll(node: SyntaxNode, context: Context): void {
    for (const child of childrenOf(node)) this.#visit(child, context)
  }

  #visit(node: SyntaxNode, context: Context): void {
    switch (node.name) {
      case 'ImportStatement':
        return
      case 'AssignStatement':
        this.#assign(node, context)
        return
      case 'FunctionDefinition':
        this.#function(node, context)
        return
      case 'ClassDefinition':
        this.#class(node, context)
        return
      case 'IfStatement':
        this.#if(node, context)
        return
      case 'Decorator':
        this.#decorator(node)
        return
      case 'ReturnStatement': {
        const value = node.lastChild
        if (value && value.name !== 'return')
          context.inside?.returns.push(expression(value, this.text, this.#resolve))
        this.#reads(node, context)
        return
      }
      default:
        if (/^(Script|Body|\w+Statement)$/.test(node.name) && node.name !== 'ExpressionStatement')
          this.#visitAll(node, context)
        else this.#reads(node, context)
    }
  }

  #decorator(node: SyntaxNode): void {
    const list = node.getChild('ArgList')
    const first = list && childrenOf(list).find(child => child.name === 'String')
    const value = first && expression(first, this.text, this.#resolve)
    if (list && value?.is === 'text')
      this.#decorated.push({
        decorator: this.text.slice(node.from + 1, list.from).trim(),
        text: value.value,
      })
  }

  #place(node: SyntaxNode, { main, inside }: Context): Place {
    return { main, line: this.#line(node.from), ...(inside && { inside: inside.name }) }
  }

  /** From 1. The line ends are sorted, so half of them are left out at each step. */
  #line(offset: number): number {
    let [low, high] = [0, this.#lines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lines[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }

  #assign(node: SyntaxNode, context: Context): void {
    const children = childrenOf(node)
    const last = children.findLastIndex(child => child.name === 'AssignOp')
    const value = children[last + 1]
    const targets = children
      .slice(0, last)
      .filter(child => !['TypeDef', 'AssignOp', 'Comment'].includes(child.name))
    if (value && targets.every(({ name }) => name === 'VariableName'))
      for (const target of targets)
        this.#assigns.push({
          name: this.#slice(target),
          value: expression(value, this.text, this.#resolve),
          ...this.#place(node, context),
        })
    this.#reads(node, context)
  }

  #function(node: SyntaxNode, context: Context): void {
    const children = childrenOf(node)
    const name = children.find(child => child.name === 'VariableName')
    const annotation = children.find(child => child.name === 'TypeDef')?.lastChild
    const info: FunctionInfo = {
      name: name ? this.#slice(name) : '',
      required: requiredParameters(children.find(child => child.name === 'ParamList')),
      async: children[0]?.name === 'async',
      returns: [],
      ...(annotation && { annotation: expression(annotation, this.text, this.#resolve) }),
    }
    if (!context.inside) this.#functions.push(info)
    const body = children.find(child => child.name === 'Body')
    if (body) this.#visitAll(body, { main: context.main, inside: context.inside ?? info })
  }

  #class(node: SyntaxNode, context: Context): void {
    const children = childrenOf(node)
    const name = children.find(child => child.name === 'VariableName')
    const bases = children.find(child => child.name === 'ArgList')
    const body = children.find(child => child.name === 'Body')
    if (name && !context.inside)
      this.#classes.push({
        name: this.#slice(name),
        bases: bases ? childrenOf(bases).map(base => expression(base, this.text, this.#resolve)) : [],
      })
    const inside = { name: name ? this.#slice(name) : '', required: 0, async: false, returns: [] }
    if (body) this.#visitAll(body, { main: context.main, inside: context.inside ?? inside })
  }

  #if(node: SyntaxNode, context: Context): void {
    const guard = childrenOf(node)[1]
    const main = guard !== undefined && /^__name__\s*==\s*['"]__main__['"]$/.test(this.#slice(guard))
    if (main) this.#hasMain = true
    for (const child of childrenOf(node))
      if (child.name === 'Body') this.#visitAll(child, { ...context, main: context.main || main })
      else this.#reads(child, context)
  }

  /** Every call and every `name[key]` below a node. */
  #reads(node: SyntaxNode, context: Context): void {
    node.cursor().iterate(({ node: found, name }) => {
      if (name === 'CallExpression')
        this.#calls.push({ ...call(found, this.text, this.#resolve), ...this.#place(found, context) })
      if (name === 'MemberExpression' && found.firstChild?.nextSibling?.name === '[') {
        const item = expression(found, this.text, this.#resolve)
        if (item.is === 'item') this.#items.push({ ...item, ...this.#place(found, context) })
      }
    })
  }
}

/** `a.b as c, d` → [a.b, c], [d, undefined] */
function split(words: readonly string[]): [path: string, local: string | undefined][] {
  const parts: string[][] = [[]]
  for (const word of words)
    if (word === ',') parts.push([])
    else parts.at(-1)?.push(word)
  return parts.flatMap(part => {
    const as = part.indexOf('as')
    const path = (as < 0 ? part : part.slice(0, as)).join('')
    return path ? [[path, as < 0 ? undefined : part[as + 1]] as [string, string | undefined]] : []
  })
}

function requiredParameters(list: SyntaxNode | undefined): number {
  const children = list ? childrenOf(list) : []
  return children.filter(({ name }, index) => {
    const [before, after] = [children[index - 1]?.name, children[index + 1]]
    const next = after?.name === 'TypeDef' ? children[index + 2] : after
    return (
      name === 'VariableName' &&
      before !== '*' &&
      before !== '**' &&
      before !== 'AssignOp' &&
      next?.name !== 'AssignOp'
    )
  }).length
}
