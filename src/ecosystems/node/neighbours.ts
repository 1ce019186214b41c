import type { Project } from '../../project/project.ts'
import { aliasesIn } from './aliases.ts'
import type { Found } from './found.ts'
import { type Alias, packageOf } from './imports.ts'
import { readManifest, table, text } from './manifest.ts'
import { join, relative } from './paths.ts'
import { readTsConfig, sourceOf } from './tsconfig.ts'

/** Other members of a program's workspace, by the name under which they are imported. */
export type Neighbours = ReadonlyMap<string, Neighbour>

interface Neighbour {
  /** Its folder, as seen from the program's: `../api`. */
  readonly dir: string
  readonly project: Project
}

type Read = (project: Project, entry: string, aliases: readonly Alias[]) => Found

/** The members that an app's image has, as its code imports them. @param app its folder, and theirs, from the workspace's root */
export const neighboursOf = (
  root: Project,
  app: string,
  members: readonly { readonly name: string; readonly dir: string; readonly production: boolean }[],
): Neighbours =>
  new Map(
    members
      .filter(({ production }) => production)
      .map(({ name, dir }) => [name, { dir: relative(app, dir), project: root.within(dir) }]),
  )

/** Reads the members that the code imports, and those that they import, as what the program itself does. */
export function throughNeighbours(found: Found, neighbours: Neighbours, read: Read): void {
  // Whoever listens asks libraries for anything but another port.
  const alone = found.listens && found.told
  const queue = [...found.specifiers]
  const seen = new Set<string>()
  for (const specifier of queue) {
    const name = packageOf(specifier)
    const neighbour = neighbours.get(name)
    if (!neighbour || seen.has(specifier)) continue
    seen.add(specifier)
    const { project, dir } = neighbour
    const entry = entryOf(project, specifier.slice(name.length + 1))
    if (entry === undefined) continue
    const inner = read(project, entry, aliasesIn(project))
    queue.push(...inner.specifiers)
    if (inner.writes) found.writers.add(name)
    merge(found, inner, path => `${dir}/${path}`, alone)
  }
}

/** What a member does wherever it lies; its paths in literals are another matter. */
function merge(found: Found, inner: Found, place: (path: string) => string, alone: boolean): void {
  for (const name of inner.imports) found.imports.add(name)
  for (const [name, path] of inner.variables)
    if (!found.variables.has(name)) found.variables.set(name, place(path))
  for (const [name, path] of inner.programs)
    if (!found.programs.has(name)) found.programs.set(name, place(path))
  found.handlesSigterm ||= inner.handlesSigterm
  found.spawns ||= inner.spawns
  found.writes ||= inner.writes
  if (alone) return
  found.listens ||= inner.listens
  found.always ||= inner.always
  found.serves ||= inner.serves
  found.unaddressed ??= inner.unaddressed && place(inner.unaddressed)
  found.health ??= inner.health
  const placed = <T extends { readonly path: string }>(item: T): T => ({ ...item, path: place(item.path) })
  found.ports.push(...inner.ports.map(port => ({ ...placed(port), host: port.host && placed(port.host) })))
  found.hosts.push(...inner.hosts.map(placed))
  found.fallbackHosts.push(...inner.fallbackHosts.map(placed))
  found.namedHosts.push(...inner.namedHosts.map(placed))
  found.settingHosts.push(...inner.settingHosts.map(placed))
}

/** The source of what an import of a package means: `@shop/api`, `@shop/api/server`. */
function entryOf(project: Project, subpath: string): string | undefined {
  const manifest = readManifest(project)
  if (!manifest) return undefined
  const { exports } = manifest.raw
  const own = subpath === '' ? (table(exports)['.'] ?? exports) : table(exports)[`./${subpath}`]
  const usual =
    subpath === '' ? [manifest.main, text(manifest.raw.module), 'index.js', 'src/index.js'] : [subpath]
  const config = readTsConfig(project)
  for (const path of [...conditions(own), ...usual]) {
    const source = path === undefined ? undefined : sourceOf(project, join(path), config)
    if (source !== undefined) return source
  }
  return undefined
}

/** Paths of an export, whatever the condition: https://nodejs.org/api/packages.html#conditional-exports */
function conditions(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Object.entries(table(value)).flatMap(([key, inner]) =>
    key === 'types' || key.startsWith('./') ? [] : conditions(inner),
  )
}
