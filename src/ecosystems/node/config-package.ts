import type { Project } from '../../project/project.ts'
import type { Listener } from './found.ts'
import { table } from './manifest.ts'

const FORMATS = ['json', 'yaml', 'yml', 'toml']
/** Where a server's port stands among other settings. */
const SECTIONS = [undefined, 'server', 'app', 'http', 'web', 'api', 'express', 'koa', 'fastify']

/**
 * The port in the files of the package `config`, those of production last, with the variable that overrides it:
 * https://github.com/node-config/node-config/wiki/Configuration-Files
 */
export function configuredPort(project: Project): Listener<number> | undefined {
  const found = ['default', 'production'].flatMap(stem => portIn(project, stem) ?? [])
  const last = found.at(-1)
  const env = portIn(project, 'custom-environment-variables')?.value
  return last && typeof last.value === 'number'
    ? { value: last.value, path: last.path, ...(typeof env === 'string' && { env }) }
    : undefined
}

function portIn(
  project: Project,
  stem: string,
): { readonly value: unknown; readonly path: string } | undefined {
  const path = FORMATS.map(format => `config/${stem}.${format}`).find(file => project.has(file))
  return path === undefined ? undefined : statedPort(project, path)
}

/** The port in a file of settings. */
export function statedPort(
  project: Project,
  path: string,
): { readonly value: unknown; readonly path: string } | undefined {
  const settings = table(project.parse(path))
  const value = SECTIONS.map(name => (name === undefined ? settings : table(settings[name])).port).find(
    port => typeof port === 'number' || typeof port === 'string',
  )
  return value === undefined ? undefined : { value, path }
}
