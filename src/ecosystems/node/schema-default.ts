import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import { argumentsOf, calleeOf, type Module } from './syntax.ts'
import type { Value } from './value.ts'

/** The default of a variable in a schema, of zod, envalid, convict and their like: `PORT: z.coerce.number().default(3000)`. */
export function schemaDefault(module: Module, node: SyntaxNode | null | undefined): Value | undefined {
  let call = node
  for (let depth = 0; call?.name === 'CallExpression' && depth < 8; depth++) {
    const [argument] = argumentsOf(call)
    const known = evaluate(module, argument)
    if (/\.default$/.test(calleeOf(module, call))) return known
    const options = known.value !== null && typeof known.value === 'object' ? known.value : {}
    if ('default' in options) return { value: options.default }
    // envalid asks for it in production all the same: the image has to set it.
    if ('devDefault' in options) return { value: options.devDefault, open: true }
    call = call.firstChild?.firstChild
  }
  return undefined
}
