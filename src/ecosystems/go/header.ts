/** What stands above the first declaration of a Go file: all that a build needs to know whether and with what it links. */
export interface Header {
  /** The package clause's name; undefined for a file that has none. */
  readonly name: string | undefined
  readonly imports: readonly Import[]
  /** The expression of `//go:build`, or the same made of the older `// +build` lines; undefined without either. */
  readonly constraint: string | undefined
}

export interface Import {
  readonly path: string
  /** The name in this file, where the import gives one: `.`, `_` or an identifier. */
  readonly alias?: string
}

const SPACE = /[\s;]+/y
const LINE_COMMENT = /\/\/([^\n]*)/y
const BLOCK_COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/y
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy
const STRING = /"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/y
const DOT_OR_OPEN = /[.(]/y

/**
 * Reads a file down to its first declaration and no further: the import clause comes before any other, so that the
 * whole import graph of a repository costs a few milliseconds. https://go.dev/ref/spec#Source_file_organization
 */
export function readHeader(text: string): Header {
  const reader = new Reader(text)
  const name = reader.word() === 'package' ? reader.word() : undefined
  const constraint = reader.constraint ?? reader.olderConstraint
  const imports: Import[] = []
  while (name !== undefined && reader.word() === 'import') imports.push(...reader.importSpecs())
  return { name, imports, constraint }
}

class Reader {
  #at = 0
  constraint: string | undefined
  /** https://pkg.go.dev/cmd/go#hdr-Build_constraints before Go 1.17: `a,b c` is `(a && b) || c`, lines are joined by `&&`. */
  olderConstraint: string | undefined

  constructor(readonly text: string) {
    if (text.startsWith('\uFEFF')) this.#at = 1
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.text)
    if (match) this.#at = pattern.lastIndex
    return match ?? undefined
  }

  #skip(): void {
    for (;;) {
      if (this.#match(SPACE) || this.#match(BLOCK_COMMENT)) continue
      const comment = this.#match(LINE_COMMENT)
      if (!comment) return
      const build = /^go:build\s+(.+)/.exec(comment[1] ?? '')
      if (build) this.constraint ??= build[1]
      const older = /^\s*\+build\s+(.+)/.exec(comment[1] ?? '')?.[1]
      if (older) {
        const line = `(${older.trim().replace(/\s+/g, ' || ').replaceAll(',', ' && ')})`
        this.olderConstraint = this.olderConstraint ? `${this.olderConstraint} && ${line}` : line
      }
    }
  }

  word(): string | undefined {
    this.#skip()
    return this.#match(WORD)?.[0]
  }

  importSpecs(): Import[] {
    this.#skip()
    if (this.#match(DOT_OR_OPEN)?.[0] !== '(') {
      const spec = this.#importSpec()
      return spec ? [spec] : []
    }
    const found: Import[] = []
    for (let spec = this.#importSpec(); spec; spec = this.#importSpec()) found.push(spec)
    this.#skip()
    if (this.text[this.#at] === ')') this.#at++
    return found
  }

  #importSpec(): Import | undefined {
    const alias = this.word() ?? this.#match(DOT_OR_OPEN)?.[0]
    this.#skip()
    const string = this.#match(STRING)
    const path = string?.[1] ?? string?.[2]
    return path === undefined ? undefined : { path, ...(alias !== undefined && { alias }) }
  }
}
