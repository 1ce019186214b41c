import type { Call, Expr } from './expressions.ts'

/** Where a statement stands: `main` below `if __name__ == "__main__"`, else the function it is in, else at the top. */
export interface Place {
  readonly main: boolean
  readonly inside?: string
  readonly line: number
}

export interface Assign extends Place {
  readonly name: string
  readonly value: Expr
}

export interface FunctionInfo {
  readonly name: string
  /** Parameters that a caller must give. */
  readonly required: number
  readonly async: boolean
  readonly returns: Expr[]
  /** The annotation after `->`. */
  readonly annotation?: Expr
}

/** What one source file says without being run. */
export interface Module {
  readonly path: string
  /** Local name → dotted origin: `F` → `flask.Flask`; leading dots for relative imports. */
  readonly imports: ReadonlyMap<string, string>
  /** Every module that is imported anywhere in the file, as written. */
  readonly imported: ReadonlySet<string>
  /** Those of them that it can't do without: at its top, in no `try` and no function. */
  readonly needed: ReadonlySet<string>
  readonly assigns: readonly Assign[]
  readonly functions: readonly FunctionInfo[]
  readonly classes: readonly { readonly name: string; readonly bases: readonly Expr[] }[]
  readonly calls: readonly (Call & Place)[]
  /** `name[key]` reads, such as `os.environ["X"]`. */
  readonly items: readonly (Extract<Expr, { is: 'item' }> & Place)[]
  /** The first text of each decorator's call: `@app.get("/health")` → `/health`. */
  readonly decorated: readonly { readonly decorator: string; readonly text: string }[]
  readonly hasMain: boolean
}
