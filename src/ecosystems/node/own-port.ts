import type { App } from './app.ts'
import type { Scan } from './found.ts'

/** The variable that is named after the package, where nothing else says the port: `TRILIUM_PORT` of `trilium`. */
export function ownPort({ manifest: { name } }: App, { variables }: Scan): Scan['port'] {
  const own = name?.replace(/^@[^/]*\//, '').replace(/\W/g, '_')
  const env = `${own}_PORT`.toUpperCase()
  const path = own ? variables.get(env) : undefined
  return path === undefined ? undefined : { env, path }
}
