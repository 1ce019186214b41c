import type { Value } from './value.ts'

/** A port or an address: no part of a path. */
export const ADDRESS = /^(\d+|localhost|\d+(\.\d+){3}|::1?)$/

/** `firstOf(flags.port, env('SHOP_PORT'), 4000)`: what stands last is for when nothing sets the others. */
export function fallenBack(values: readonly Value[], kind = /^/): Value | undefined {
  const env = values.slice(0, -1).find(({ env, value }) => env !== undefined && value === undefined)?.env
  const last = values.at(-1)?.value
  // parse(process.env.PORT, 10)
  const isPlain = (typeof last === 'string' || typeof last === 'number') && last !== 10
  return env !== undefined && isPlain && kind.test(String(last)) ? { env, value: last } : undefined
}
