import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import { addPort, OF_SETTINGS, OWN_PORT } from './listeners.ts'
import { type Module, source } from './syntax.ts'

/** `config.serverPort = process.env.SHOP_PORT`, in a file of settings that are set one by one. */
export function assigned(module: Module, { firstChild, lastChild }: SyntaxNode, found: Found): void {
  const name = firstChild?.name === 'MemberExpression' ? firstChild.lastChild : null
  if (!name || !OF_SETTINGS.test(module.path) || !OWN_PORT.test(source(module, name))) return
  const value = evaluate(module, lastChild)
  addPort(module, value, found, value.env === 'PORT' ? 4 : 2)
}
