import type { SyntaxNode } from '@lezer/common'
import { joinOutward } from './paths.ts'
import { argumentsOf, type Module, source } from './syntax.ts'
import type { Value } from './value.ts'

/** Where an ES module is: https://nodejs.org/api/esm.html#importmetaurl */
export const OWN_URL = 'import.meta.url'

export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/') || '.'

/** The folder of the file itself, from the package's. */
export const here = ({ path }: Module): Value => ({ value: folderOf(path) })

/** `new URL('../dist', import.meta.url)` leads on from there; of others, what is passed in counts. @param given that value */
export function fromHere(module: Module, node: SyntaxNode, given: Value): Value {
  const base = argumentsOf(node)[1]
  return base && source(module, base) === OWN_URL && typeof given.value === 'string'
    ? { value: joinOutward(folderOf(module.path), given.value) || '.' }
    : given
}
