import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
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

/** Settings of the package `config` that developers alone have: it reads neither `default` nor `production` from anywhere. */
const developersOwn = ({ files }: Project, imports: ReadonlySet<string>): string | undefined =>
  imports.has('config') && !files.some(path => /^config\/(default|production|local)[.-]/.test(path))
    ? files.find(path => /^config\/(development|dev)\.(js|cjs|json5?|ya?ml|toml)$/.test(path))
    : undefined

/** What has it read those: https://github.com/node-config/node-config/wiki/Environment-Variables#node_config_env */
export function settingsEnvironment(
  project: Project,
  imports: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const path = developersOwn(project, imports)
  return path === undefined ? {} : { NODE_CONFIG_ENV: path.replace(/^config\/|\.\w+$/g, '') }
}

export function developersNotes(project: Project, imports: ReadonlySet<string>): readonly Note[] {
  const path = developersOwn(project, imports)
  return path === undefined
    ? []
    : [
        note(
          'SETTINGS_OF_DEVELOPMENT',
          'warning',
          `no settings for production are here, so NODE_CONFIG_ENV has the program read ${path}; with a config/default or config/production the image does without`,
          fromFile(path),
        ),
      ]
}
