/** A tree of keys, as indentation makes it; a leaf is its text. */
export interface Blocks {
  readonly [key: string]: Blocks | string
}

const unquote = (word: string): string => word.replace(/^(["'])([\s\S]*)\1$/, '$2')

/** `key: value`, `"key":`, `"key", "key":`, and Yarn 1's `key "value"`. A key may hold colons: npm aliases and URLs do. */
const LINE = /^("(?:[^"\\]|\\.)*"(?:, .+?)?|'(?:[^']|'')*'|[^\s"'#-][^\s]*?(?:, .+?)?):(?:\s+(.*))?$/
const YARN_1 = /^("[^"]+"|[^\s:]+) (.+)$/

/** Each member of a workspace asks for the one lock file again. */
let last: { readonly text: string; readonly blocks: Blocks } | undefined

/**
 * Reads the files that pnpm and Yarn write, both of them block mappings alone, line by line: a full YAML parser
 * takes a second for a megabyte. Lists and flow values stay text or are left out.
 */
export function readBlocks(text: string): Blocks {
  if (last?.text !== text) last = { text, blocks: read(text) }
  return last.blocks
}

function read(text: string): Blocks {
  const root: Record<string, Blocks | string> = {}
  const open: { indent: number; node: Record<string, Blocks | string> }[] = [{ indent: -1, node: root }]
  for (const line of text.split('\n')) {
    const body = line.trim()
    if (!body || body.startsWith('#') || body.startsWith('- ') || body === '---') continue
    const indent = line.length - line.trimStart().length
    const [, key, value] = LINE.exec(body) ?? YARN_1.exec(body) ?? []
    if (key === undefined) continue
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const parent = open.at(-1)?.node ?? root
    const name = unquote(key)
    if (name === '__proto__') continue
    if (value) parent[name] = unquote(value)
    else {
      const existing = parent[name]
      const node: Record<string, Blocks | string> = typeof existing === 'object' ? { ...existing } : {}
      parent[name] = node
      open.push({ indent, node })
    }
  }
  return root
}

export const branch = (value: Blocks | string | undefined): Blocks => (typeof value === 'object' ? value : {})
export const leaf = (value: Blocks | string | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
