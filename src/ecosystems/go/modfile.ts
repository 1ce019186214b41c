/** A `require` or the left side of a `replace`. */
export interface Requirement {
  readonly path: string
  readonly version: string
  /** Needed by a dependency alone: `// indirect`. */
  readonly indirect: boolean
}

export interface Replacement {
  readonly path: string
  /** A folder beside the module (`../lib`), or the path of another module. */
  readonly target: string
  readonly local: boolean
}

/** What go.mod and go.work say: https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file */
export interface ModFile {
  /** The module's path; undefined in go.work. */
  readonly module?: string | undefined
  readonly go?: Stated | undefined
  readonly toolchain?: Stated | undefined
  readonly require: readonly Requirement[]
  readonly replace: readonly Replacement[]
  /** go.work: the folders of its modules, as written. */
  readonly use: readonly string[]
}

/** A value with the line that it stands on. */
export interface Stated {
  readonly value: string
  readonly line: number
}

interface Line {
  readonly words: readonly string[]
  readonly comment: string
  readonly number: number
}

export function parseModFile(text: string): ModFile {
  const lines = statements(text)
  const of = (verb: string) => lines.filter(({ words }) => words[0] === verb)
  const stated = (verb: string): Stated | undefined => {
    const [line] = of(verb)
    const value = line?.words[1]
    return line && value !== undefined ? { value, line: line.number } : undefined
  }
  return {
    module: stated('module')?.value,
    go: stated('go'),
    toolchain: stated('toolchain'),
    require: of('require').flatMap(({ words: [, path, version], comment }) =>
      path && version ? [{ path, version, indirect: /^indirect\b/.test(comment) }] : [],
    ),
    replace: of('replace').flatMap(({ words }) => {
      const arrow = words.indexOf('=>')
      const path = words[1]
      const target = words[arrow + 1]
      return arrow > 0 && path && target ? [{ path, target, local: /^\.{0,2}\//.test(target) }] : []
    }),
    use: of('use').flatMap(({ words: [, dir] }) => (dir ? [dir] : [])),
  }
}

/** One statement a line, with the verb of its block in front: `require ( a v1 )` → `require a v1`. */
function statements(text: string): Line[] {
  const found: Line[] = []
  let block: string | undefined
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const { words, comment } = tokens(raw)
    const [first] = words
    if (first === undefined) continue
    if (block !== undefined && first === ')') block = undefined
    else if (block === undefined && words.at(-1) === '(') block = first
    else found.push({ words: block === undefined ? words : [block, ...words], comment, number: index + 1 })
  }
  return found
}

/** Words of a line, quoted ones without their quotes, and the text after `//`. */
function tokens(line: string): { words: string[]; comment: string } {
  const words: string[] = []
  const token = /\s*(?:\/\/\s*(.*)$|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|((?:(?!\/\/)[^\s()"`])+))/y
  for (;;) {
    const match = token.exec(line)
    if (!match) return { words, comment: '' }
    const [, comment, quoted, raw, bracket, word] = match
    if (comment !== undefined) return { words, comment: comment.trim() }
    words.push(quoted ?? raw ?? bracket ?? word ?? '')
  }
}
