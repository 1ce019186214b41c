import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import { addPort, OF_SETTINGS, OWN_PORT } from './listeners.ts'
import { PORT_NAME } from './named-setting.ts'
import { schemaDefault } from './schema-default.ts'
import { argumentsOf, items, type Module, source, textOf } from './syntax.ts'
import type { Value } from './value.ts'

/** `config.serverPort = process.env.SHOP_PORT`, in a file of settings that are set one by one. */
export function assigned(module: Module, { firstChild, lastChild }: SyntaxNode, found: Found): void {
  const name = firstChild?.name === 'MemberExpression' ? firstChild.lastChild : null
  if (!name || !OF_SETTINGS.test(module.path) || !OWN_PORT.test(source(module, name))) return
  const value = asked(module, lastChild) ?? evaluate(module, lastChild)
  addPort(module, value, found, value.env === 'PORT' ? 4 : 2)
}

/** `this.set('SHOP_PORT', this.schema.number().default(5656))`: a settings' own way to read a variable. */
function asked(module: Module, call: SyntaxNode | null): Value | undefined {
  const [name, checked] = call?.name === 'CallExpression' ? argumentsOf(call) : []
  const env = textOf(module, name)
  if (env === undefined || !PORT_NAME.test(env)) return undefined
  return { env, value: (schemaDefault(module, checked) ?? evaluate(module, checked)).value }
}

/** `port: number = 80` of a class of settings. */
export function field(module: Module, node: SyntaxNode, found: Found): void {
  const key = node.getChild('PropertyDefinition')
  const value = node.getChild('Number')
  if (key && value && /^(http|server|app)?[pP]ort$/.test(source(module, key)))
    addPort(module, evaluate(module, value), found, /conf|setting|option/i.test(module.path) ? 1 : 0)
}

/** `[process.env.APP_PORT, process.env.PORT, 3001].find(Boolean)` */
export function choices(module: Module, node: SyntaxNode, found: Found): void {
  const values = items(node).map(item => evaluate(module, item))
  const env = values.find(value => value.env && /^(.*_)?PORT$/.test(value.env))?.env
  const value = values.findLast(item => typeof item.value === 'number')?.value
  if (env && value !== undefined) addPort(module, { env, value }, found, 3)
}
