import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Found, HostFound, Listener } from './found.ts'
import { schemaDefault } from './schema-default.ts'
import { type Module, source } from './syntax.ts'

const HOST_BESIDE =
  /^((app|server|http|web|api|listen|bind)_?)?(host(name)?|ip|addr(ess)?|interface)$|^bind$/i

/** `{ host: process.env.LISTEN_HOST || 'localhost', port: 8081 }`: the address that a variable changes. */
export function hostBeside(module: Module, property: SyntaxNode): HostFound | undefined {
  const beside = (property.parent?.getChildren('Property') ?? []).find(({ firstChild }) =>
    HOST_BESIDE.test(firstChild ? source(module, firstChild) : ''),
  )
  const name = beside?.firstChild ? source(module, beside.firstChild) : ''
  // HOST: z.string().default('localhost')
  const fallen = name === name.toUpperCase() ? schemaDefault(module, beside?.lastChild) : undefined
  const { env, value } = fallen ? { ...fallen, env: name } : evaluate(module, beside?.lastChild)
  return env !== undefined && typeof value === 'string' ? { env, value, path: module.path } : undefined
}

const HOST_NAMED = /_(HOST(NAME)?|ADDR(ESS)?|IP|BIND|INTERFACE)$/
/** Whether a variable names an address by its end. */
export const isHost = (env: string): boolean => HOST_NAMED.test(env)

/**
 * The address that stands beside the port in settings, wherever else that is read, or whose variable begins as the
 * port's does: `WS_HOST` and `WS_PORT`.
 */
export const hostOf = (
  { ports, namedHosts }: Pick<Found, 'ports' | 'namedHosts'>,
  port: Listener<number> | undefined,
): HostFound | undefined =>
  ports.find(({ host, value, env }) => host && value === port?.value && env === port?.env)?.host ??
  namedHosts.find(
    ({ env = '' }) =>
      port?.env?.endsWith('_PORT') && env.replace(HOST_NAMED, '') === port.env.replace(/_PORT$/, ''),
  )
