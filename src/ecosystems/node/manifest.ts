import { fromFile, type Source } from '../../facts.ts'
import { type Project, parseObject } from '../../project/project.ts'
import { moonTasks } from './moon.ts'
import { npsScripts } from './nps.ts'

type Table = Readonly<Record<string, string>>

/** A package.json, its members read as what they should be and left out where they aren't. */
export interface Manifest {
  readonly name?: string | undefined
  readonly main?: string | undefined
  readonly type?: string | undefined
  readonly scripts: Table
  /** Those of `scripts` that another file states, a task of Moon for one: no package manager runs them. */
  readonly tasks: ReadonlyMap<string, Source>
  readonly dependencies: Table
  readonly devDependencies: Table
  readonly optionalDependencies: Table
  readonly peerDependencies: Table
  /** All members, for the rare ones. */
  readonly raw: Readonly<Record<string, unknown>>
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

export const table = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}

export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

const strings = (value: unknown): Table =>
  Object.fromEntries(
    Object.entries(table(value)).flatMap(([key, member]) =>
      typeof member === 'string' ? [[key, member]] : [],
    ),
  )

/** What a folder of pages, or a root that nothing is installed for, has in place of a package.json. */
export const NO_MANIFEST: Manifest = {
  scripts: {}, tasks: new Map(), dependencies: {}, devDependencies: {}, optionalDependencies: {}, peerDependencies: {}, raw: {},
} // biome-ignore format: one record

/** @throws UserError MALFORMED_FILE */
export function readManifest(project: Project, path = 'package.json'): Manifest | undefined {
  const raw = parseObject(project, path)
  const scripts = strings(raw?.scripts)
  const dir = path.split('/').slice(0, -1).join('/') || '.'
  const tasks = Object.entries(moonTasks(project, dir)).filter(([name]) => !Object.hasOwn(scripts, name))
  return (
    raw && {
      name: text(raw.name),
      main: text(raw.main),
      type: text(raw.type),
      scripts: { ...Object.fromEntries(tasks), ...npsScripts(project, dir), ...scripts },
      tasks: new Map(tasks.map(([name]) => [name, fromFile('moon.yml', `tasks.${name}`)])),
      dependencies: strings(raw.dependencies),
      devDependencies: strings(raw.devDependencies),
      optionalDependencies: strings(raw.optionalDependencies),
      peerDependencies: strings(raw.peerDependencies),
      raw,
    }
  )
}

/** The range in which a package is wanted directly, for production or development. */
export const wanted = (manifest: Manifest, name: string): string | undefined =>
  [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies].find(group =>
    Object.hasOwn(group, name),
  )?.[name]

export const inProduction = (manifest: Manifest, name: string): boolean =>
  Object.hasOwn(manifest.dependencies, name) || Object.hasOwn(manifest.optionalDependencies, name)
