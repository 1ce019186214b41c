import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { HostFound, Listener, PortFound } from './found.ts'
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

/** The address that stands beside the port in settings, wherever else that is read. */
export const hostOf = (
  ports: readonly PortFound[],
  port: Listener<number> | undefined,
): HostFound | undefined =>
  ports.find(({ host, value, env }) => host && value === port?.value && env === port?.env)?.host
