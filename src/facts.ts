/** Where a value was found. Nothing in a plan is known without one. */
export type Source =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'answer'; readonly question: string }
  | { readonly from: 'file'; readonly path: string; readonly line?: number; readonly detail?: string }
  | { readonly from: 'convention'; readonly reason: string }

export interface Fact<T> {
  readonly value: T
  readonly source: Source
  /** The text as the project states it, where `value` is derived from it: `>=18` for `24`. */
  readonly stated?: string
}

export const fact = <T>(value: T, source: Source, stated?: string): Fact<T> =>
  stated === undefined ? { value, source } : { value, source, stated }

/** A value that no file states: what the tool or the language does by default, or a guess that says so. */
export const byConvention = <T>(value: T, reason: string): Fact<T> =>
  fact(value, { from: 'convention', reason })

export const fromFile = (path: string, detail?: string, line?: number): Source => ({
  from: 'file',
  path,
  ...(line === undefined ? {} : { line }),
  ...(detail === undefined ? {} : { detail }),
})

/** The only precedence rule in the code base: the first candidate that is known wins. */
export function firstKnown<T>(...candidates: readonly (Fact<T> | undefined)[]): Fact<T> | undefined {
  return candidates.find(candidate => candidate !== undefined)
}

/** `package.json:12 engines.node`, `--port`, `convention: …`: how a source is shown to people and in JSON. */
export function describe(source: Source): string {
  switch (source.from) {
    case 'flag':
      return source.name
    case 'answer':
      return `answer: ${source.question}`
    case 'file':
      return `${source.path}${source.line ? `:${source.line}` : ''}${source.detail ? ` ${source.detail}` : ''}`
    case 'convention':
      return `convention: ${source.reason}`
  }
}
