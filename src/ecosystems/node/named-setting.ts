import type { SyntaxNode } from '@lezer/common'
import { type Module, source } from './syntax.ts'

/** `listen({ port: app.config.SHOP_PORT })`: the variable that checked settings are named after. */
export function namedSetting(
  module: Module,
  options: SyntaxNode | undefined,
  key: RegExp,
  variable: RegExp,
): string | undefined {
  for (const property of options?.getChildren('Property') ?? []) {
    const { firstChild, lastChild } = property
    if (!firstChild || lastChild?.name !== 'MemberExpression' || !key.test(source(module, firstChild)))
      continue
    const name = lastChild.lastChild ? source(module, lastChild.lastChild) : ''
    if (variable.test(name)) return name
  }
  return undefined
}

export const PORT_NAME = /^([A-Z][A-Z\d]*_)*PORT$/
export const HOST_NAME = /^([A-Z][A-Z\d]*_)*(HOST(NAME)?|ADDR(ESS)?|IP|BIND|INTERFACE)$/
