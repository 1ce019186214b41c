/** What an expression comes to when it is run: a literal, and the environment variable that would override it. */
export interface Value {
  readonly value?: unknown
  readonly env?: string
  /** Whether a condition that only the container knows may decide for another value. */
  readonly open?: true
  /** Whether `env` only decides which value comes, and is none itself. */
  readonly asked?: true | undefined
}

/** A member of an object that an environment variable decides. */
export class Overridable {
  constructor(
    readonly env: string,
    readonly value: unknown,
    readonly asked: true | undefined,
  ) {}
}

/** A member as a value of its own. */
export const unwrap = (value: unknown): Value => (value instanceof Overridable ? { ...value } : { value })

/** The first that is known, and what decides over it. */
export const either = (...values: readonly Value[]): Value => {
  const env = values.find(value => value.env)?.env
  const known = values.find(({ value }) => value !== undefined && typeof value !== 'boolean')
  return { ...(known && { value: known.value }), ...(env && { env }), ...(known?.open && { open: true }) }
}
