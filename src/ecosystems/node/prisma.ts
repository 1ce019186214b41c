import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { type App, uses, versionOf } from './app.ts'
import { option } from './command-words.ts'
import { readConfig } from './config.ts'
import type { Prisma } from './facts.ts'
import { readManifest, table, text, wanted } from './manifest.ts'
import { join } from './paths.ts'
import { OF_PRISMA, placeholders } from './placeholders.ts'
import { type Command, expand } from './scripts.ts'
import { besideSettings } from './settings-files.ts'

/** Where Prisma looks by itself: https://www.prisma.io/docs/orm/prisma-schema/overview/location */
export const FOUND = ['prisma/schema.prisma', 'schema.prisma']

/** Prisma, where a schema and the client are there. */
export function readPrisma(app: App): Prisma | undefined {
  if (!uses(app, '@prisma/client', 'prisma')) return undefined
  const config = readConfig(app.project, 'prisma.config', '.config/prisma')
  const named = config?.text('schema') ?? text(table(app.manifest.raw.prisma).schema)
  const given = generatedFrom(app)
  const usual = [named && join(named), given, ...FOUND, 'prisma/schema', 'src/prisma/schema.prisma']
  const schema =
    usual.find(path => path && (app.project.has(path) || app.project.dirs.has(path))) ?? onlySchema(app)
  if (!schema) return undefined
  const dir =
    schema.includes('/') && app.project.has(schema) ? schema.split('/').slice(0, -1).join('/') : schema
  const files = app.project.has(schema) ? [schema] : app.project.find(`${schema}/*.prisma`)
  const [file] = files
  const provider = /datasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(
    app.project.text(file ?? '') ?? '',
  )?.[1]
  const found = [named && join(named), ...FOUND].includes(schema)
  const schemas = files.map(path => app.project.text(path) ?? '')
  const major = semver.coerce(versionOf(app, '@prisma/client') ?? versionOf(app, 'prisma') ?? '')?.major ?? 7
  return {
    schema: found ? undefined : schema,
    major,
    only: drawingAside(schemas),
    inModules: writesIntoModules(schemas, major),
    tables: app.project.files.some(path => /(^|\/)migrations\/(.+\/)?migration\.sql$/.test(path))
      ? 'migrate deploy'
      : 'db push',
    inputs: config ? [dir, config.path, ...besideConfig(app.project, config.path, dir)] : [dir],
    ...(config && { asked: placeholders(app, false, OF_PRISMA) }),
    provider,
    variable: config?.decidedBy('datasource', 'url'),
    file:
      provider === 'sqlite'
        ? databaseVariable(app.project.text(file ?? ''), config && app.project.text(config.path))
        : undefined,
  }
}

/** What its configuration imports of the project: some files, or the folders at the top that many lie in. */
function besideConfig(project: Project, config: string, schema: string): readonly string[] {
  const files = besideSettings(project, [config]).filter(path => !path.startsWith(`${schema}/`))
  return files.length > 3 ? [...new Set(files.map(path => path.split('/')[0] ?? path))] : files
}

/** The same of a program whose own code may make the tables: `prisma.$executeRaw`create table …``. */
export const whereTablesAre = (
  prisma: Prisma | undefined,
  project: Project,
  files: Iterable<string>,
): Prisma | undefined =>
  prisma && [...files].some(path => /\bcreate table\b/i.test(project.text(path) ?? ''))
    ? { ...prisma, tables: undefined }
    : prisma

/** The blocks of a schema that say what is made of it, and their names. */
export const GENERATOR = /generator\s+(\w+)\s*\{([^}]*)\}/g
/** Generators whose output is for readers: some draw it with a browser. */
const DRAWS = /provider\s*=\s*"[^"]*\bprisma-(erd|docs|dbml|markdown|uml|generator-(plantuml|drawio))/

/** The generators to be told of, where others draw or describe the schema; none where all are run. */
function drawingAside(schemas: readonly string[]): readonly string[] {
  const blocks = schemas.flatMap(text => [...text.matchAll(GENERATOR)])
  const kept = blocks.filter(([block]) => !DRAWS.test(block))
  return kept.length < blocks.length ? kept.flatMap(([, name]) => name ?? []) : []
}

/**
 * Whether a client is made in node_modules, where `prisma-client-js` puts it that has no `output`:
 * https://www.prisma.io/docs/orm/prisma-schema/overview/generators
 * @param schemas the text of each file of a schema
 */
export function writesIntoModules(schemas: readonly string[], major: number): boolean {
  const clients = schemas
    .flatMap(text => [...text.matchAll(GENERATOR)].map(([, , body = '']) => body))
    .filter(body => /provider\s*=\s*"prisma-client(-js)?"/.test(body))
  // Before version 7 it was the only one.
  if (clients.length === 0) return major < 7
  return clients.some(
    body => /"prisma-client-js"/.test(body) && /\boutput\s*=\s*"(?![^"]*node_modules)/.exec(body) === null,
  )
}

/** The only one that is anywhere, and in no package of its own: a library of a monorepo without members, `libs/db/schema.prisma`. */
function onlySchema({ project }: App): string | undefined {
  const [path, another] = project.files.filter(
    file =>
      /(^|\/)schema\.prisma$/.test(file) && !/(^|\/)(tests?|examples?|fixtures?|templates?|e2e)\//.test(file),
  )
  const folders = path?.split('/').slice(0, -1) ?? []
  const owned = folders.some((_, index) => {
    const manifest = readManifest(project, `${folders.slice(0, index + 1).join('/')}/package.json`)
    return manifest !== undefined && ['@prisma/client', 'prisma'].some(name => wanted(manifest, name))
  })
  return another === undefined && !owned ? path : undefined
}

/** `prisma generate --schema=src/db/schema.prisma`, in what builds or is run after an install first. */
function generatedFrom({ manifest: { scripts } }: App): string | undefined {
  const names = [...new Set(['build', 'postinstall', 'prepare', ...Object.keys(scripts)])]
  const found = names
    .flatMap(name => expand(scripts, name, true))
    .find(({ words }) => words[0] === 'prisma' && words[1] === 'generate' && option(words, '--schema'))
  return found && join(option(found.words, '--schema') ?? '')
}

/** `env("DATABASE_URL")` of a schema or a configuration. */
const databaseVariable = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts
    .map(content => /\burl\b\s*[:=]\s*(?:env\(\s*["']|process\.env\.)(\w+)/.exec(content ?? '')?.[1])
    .find(Boolean)

/** What names the engine that migrates: nothing but Prisma's own commands reads it. */
export const ENGINE = 'PRISMA_SCHEMA_ENGINE_BINARY'

/** What Prisma 7 wants to be set as it generates: an address, though nothing connects, and an engine that it doesn't start. */
export function whileGenerating(
  { asked, variable, provider }: Pick<Prisma, 'asked' | 'variable' | 'provider'>,
  commands: readonly Command[],
): Readonly<Record<string, string>> {
  const called = commands.flatMap(({ words: [program, command = ''] }) =>
    program === 'prisma' ? [command] : [],
  )
  if (!called.includes('generate')) return {}
  return {
    ...asked,
    [variable ?? 'DATABASE_URL']: provider === 'sqlite' ? 'file:/tmp/none.db' : 'postgresql://none',
    ...(called.every(command => command === 'generate') && { [ENGINE]: '/bin/true' }),
  }
}
