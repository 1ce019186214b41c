import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { option } from './command-words.ts'
import { type Config, readConfig } from './config.ts'
import type { Prisma } from './facts.ts'
import { type Manifest, table, wanted } from './manifest.ts'
import { joinOutward } from './paths.ts'
import { FOUND, GENERATOR, whileGenerating } from './prisma.ts'
import { type Command, expand } from './scripts.ts'

/** The client that Prisma makes of a member's schema. */
export interface MemberClient {
  /** What makes it, where neither the member's build nor its install does; in the member's folder. */
  readonly command: Command | undefined
  /** The folder at the member's top that the schema has the client in, where that runs as it is. */
  readonly top: string | undefined
}

/** Scripts that the build or an install runs by itself. */
const OF_THEMSELVES = ['build', 'preinstall', 'install', 'postinstall', 'prepare']

const isGenerate = ({ words }: Command): boolean => words[0] === 'prisma' && words[1] === 'generate'

/** @param view the member's own files */
export function memberClient(view: Project, manifest: Manifest): MemberClient | undefined {
  const schemas = view.files.filter(path => path.endsWith('.prisma'))
  const outputs = schemas.flatMap(path => outputsIn(view, path))
  if (schemas.length === 0 || wanted(manifest, 'prisma') === undefined) return undefined
  // What is in the repository is as good as what would be made again.
  const isHere = outputs.length > 0 && outputs.every(({ dir }) => view.dirs.has(dir))
  return { top: topsOf(outputs)[0], command: isHere ? undefined : generate(view, manifest, schemas) }
}

/** Folders at an app's top that its schema has the client in, where that runs as it is: `output = "../generated/prisma"`. */
export const clientFolders = (view: Project, prisma: Prisma | undefined): readonly string[] =>
  topsOf(
    view.files
      .filter(path => path.endsWith('.prisma'))
      .filter(path => prisma?.inputs.some(input => path === input || path.startsWith(`${input}/`)))
      .flatMap(path => outputsIn(view, path)),
  )

/** No compiler takes along what no sources hold. */
const topsOf = (
  outputs: readonly { readonly dir: string; readonly isCode: boolean }[],
): readonly string[] => [
  ...new Set(
    outputs
      .filter(({ isCode }) => !isCode)
      .map(({ dir }) => dir.split('/')[0] ?? '')
      .filter(name => /^[\w.@-]+$/.test(name) && !/^(\.\.|src|node_modules)$/.test(name)),
  ),
]

/** `db:generate`, which developers call, or Turborepo's `dependsOn`. */
function generate(view: Project, manifest: Manifest, schemas: readonly string[]): Command | undefined {
  const { scripts } = manifest
  if (OF_THEMSELVES.some(name => expand(scripts, name, true).some(isGenerate))) return undefined
  const called = Object.keys(scripts)
    .flatMap(name => expand(scripts, name))
    .find(command => isGenerate(command) && command.dir === undefined)
  const named = called && option(called.words, '--schema')
  const config = readConfig(view, 'prisma.config', '.config/prisma')
  const found =
    FOUND.some(path => schemas.includes(path)) ||
    [config?.get('schema'), table(manifest.raw.prisma).schema].some(Boolean)
  if (called === undefined && !found) return undefined
  return {
    words: ['prisma', 'generate', ...(named === undefined ? [] : ['--schema', named])],
    env: major(manifest) >= 7 ? settings(view, schemas, config) : {},
  }
}

const major = (manifest: Manifest): number => {
  const range = wanted(manifest, '@prisma/client') ?? wanted(manifest, 'prisma') ?? ''
  return semver.validRange(range) === null ? 7 : (semver.minVersion(range)?.major ?? 7)
}

/** What release 7 wants to be set. */
function settings(
  view: Project,
  schemas: readonly string[],
  config: Config | undefined,
): Readonly<Record<string, string>> {
  const provider = schemas
    .map(path => /datasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(view.text(path) ?? '')?.[1])
    .find(Boolean)
  const variable = config?.decidedBy('datasource', 'url')
  return whileGenerating({ variable, provider }, [{ env: {}, words: ['prisma', 'generate'] }])
}

/** Where the generators of a schema write to, and whether they write TypeScript, which a compiler takes in. */
const outputsIn = (view: Project, path: string): readonly { dir: string; isCode: boolean }[] =>
  [...(view.text(path) ?? '').matchAll(GENERATOR)].flatMap(([, , body = '']) => {
    const output = /\boutput\s*=\s*"([^"]+)"/.exec(body)?.[1]
    return output === undefined
      ? []
      : [{ dir: joinOutward(path, '..', output), isCode: /provider\s*=\s*"prisma-client"/.test(body) }]
  })
