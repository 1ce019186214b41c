import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser'
import { formatOf } from './parse.ts'

type Keys = readonly (string | number)[]

/** The line (from 1) on which the value at `keys` stands; undefined where it can't be told. For display alone. */
export function locate(path: string, text: string, keys: Keys): number | undefined {
  const format = formatOf(path)
  if (format === 'json') {
    const tree = treeOf(text)
    const node = tree && findNodeAtLocation(tree, [...keys])
    return node && lineAt(text, node.offset)
  }
  if (format === 'toml') return lineInToml(text, keys)
  return undefined
}

/** One manifest is asked about again and again: its tree is kept. */
let last: { readonly text: string; readonly tree: Node | undefined } | undefined

function treeOf(text: string): Node | undefined {
  if (last?.text !== text) last = { text, tree: parseTree(text) }
  return last.tree
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** TOML by lines: the table's header, then the key. smol-toml keeps no positions. */
function lineInToml(text: string, keys: Keys): number | undefined {
  const wanted = keys.map(String)
  let table = ''
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const header = /^\s*\[\[?([^\]]+)\]\]?\s*(#.*)?$/.exec(line)?.[1]
    if (header !== undefined) table = header.replace(/["'\s]/g, '')
    const key = /^\s*(["']?[\w.-]+["']?)\s*=/.exec(line)?.[1]?.replace(/["']/g, '')
    const here = header !== undefined ? table : key && [table, key].filter(Boolean).join('.')
    if (here === wanted.join('.')) return index + 1
  }
  return undefined
}
