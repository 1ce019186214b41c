import { type Fact, fact, fromFile } from '../../../facts.ts'
import { type Project, parseObject } from '../../../project/project.ts'
import { normalise, parseRequirement, type Requirement } from './requirement.ts'

/** What pyproject.toml, Pipfile, setup.cfg or setup.py say of a project, in one shape. */
export interface Manifest {
  readonly path: string
  readonly name?: string | undefined
  /** A range of versions as it is written there. */
  readonly requiresPython?: Fact<string> | undefined
  readonly dependencies: readonly Requirement[]
  readonly extras: ReadonlyMap<string, readonly Requirement[]>
  /** Dependency groups of uv, PDM and Poetry. */
  readonly groups: ReadonlyMap<string, readonly Requirement[]>
  /** Console scripts: name → `module:function`. */
  readonly scripts: ReadonlyMap<string, string>
  /** pip can build it: it has a build system, or one that pip takes for granted. */
  readonly installable: boolean
  /** Metadata that only a build can tell: `version`, `dependencies`. */
  readonly dynamic: readonly string[]
  /** Files that the build of the package reads: a readme, a licence, a file with the version. */
  readonly buildFiles: readonly string[]
  /** Normalised names of what builds the package. */
  readonly buildRequires: readonly string[]
}

export type Table = Readonly<Record<string, unknown>>
export const table = (value: unknown): Table =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Table) : {}
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const requirements = (value: unknown): Requirement[] =>
  texts(value).flatMap(text => parseRequirement(text) ?? [])

/** @returns undefined where pyproject.toml only configures tools */
export function readPyproject(project: Project): Manifest | undefined {
  const path = 'pyproject.toml'
  const root = parseObject(project, path)
  if (!root) return undefined
  const meta = table(root.project)
  const poetry = table(table(root.tool).poetry)
  if (!root.project && !table(root.tool).poetry) return undefined
  const poetryDependencies = table(poetry.dependencies)
  const range = textIn(meta['requires-python'])
  const poetryRange = textIn(poetryDependencies.python)
  return {
    path,
    name: textIn(meta.name) ?? textIn(poetry.name),
    requiresPython: range
      ? stated(project, range, 'project', 'requires-python')
      : poetryRange
        ? stated(project, poetryRange, 'tool', 'poetry', 'dependencies', 'python')
        : undefined,
    dependencies: [...requirements(meta.dependencies), ...poetryRequirements(poetryDependencies)],
    extras: extrasOf(meta, poetry),
    groups: groupsOf(root, poetry),
    scripts: scriptsOf(meta, poetry),
    installable:
      (root['build-system'] !== undefined || table(root.tool).poetry !== undefined) &&
      poetry['package-mode'] !== false &&
      table(table(root.tool).uv).package !== false,
    dynamic: texts(meta.dynamic),
    buildFiles: buildFiles(project, root, meta, poetry),
    buildRequires: requirements(table(root['build-system']).requires).map(({ name }) => name),
  }
}

function stated(project: Project, text: string, ...keys: string[]): Fact<string> {
  const path = 'pyproject.toml'
  return fact(text, fromFile(path, keys.join('.'), project.line(path, ...keys)), text)
}

/** Poetry's own tables: `flask = "^3"`, `x = { version = "1", extras = ["y"], git = "…" }`. */
export function poetryRequirements(dependencies: Table): Requirement[] {
  return Object.entries(dependencies).flatMap(([name, value]) => {
    const spec =
      typeof value === 'string' ? { version: value } : table(Array.isArray(value) ? value[0] : value)
    if (name.toLowerCase() === 'python' || spec.optional === true) return []
    const version = textIn(spec.version) ?? ''
    const url = textIn(spec.git) ? `git+${spec.git}` : textIn(spec.url)
    return [
      {
        name: normalise(name),
        extras: texts(spec.extras).map(normalise),
        range: poetryRange(version),
        pin: /^(?:==)?(\d[\w.]*)$/.exec(version)?.[1],
        url,
      },
    ]
  })
}

/** A caret, a tilde or a bare version of Poetry in the terms of https://peps.python.org/pep-0440/ */
function poetryRange(version: string): string {
  return version
    .split(',')
    .map(part => {
      const [, sign = '', text = ''] = /^\s*([\^~]?)\s*(\d+(?:\.\d+)*)\s*$/.exec(part) ?? []
      const numbers = text.split('.').map(Number)
      if (part.trim() === '*') return ''
      if (!text) return part.replace(/\s+/g, '')
      if (!sign) return `==${text}`
      // A caret keeps the first number that isn't zero, a tilde the second.
      const kept =
        sign === '~'
          ? Math.min(1, numbers.length - 1)
          : Math.max(
              0,
              numbers.findIndex(number => number > 0),
            )
      const next = numbers.slice(0, kept + 1).map((number, index) => (index === kept ? number + 1 : number))
      return `>=${text},<${next.join('.')}`
    })
    .filter(Boolean)
    .join(',')
}

function extrasOf(meta: Table, poetry: Table): Map<string, Requirement[]> {
  const found = new Map<string, Requirement[]>()
  for (const [name, list] of Object.entries(table(meta['optional-dependencies'])))
    found.set(name, requirements(list))
  for (const [name, list] of Object.entries(table(poetry.extras))) found.set(name, requirements(list))
  return found
}

function groupsOf(root: Table, poetry: Table): Map<string, Requirement[]> {
  const found = new Map<string, Requirement[]>()
  for (const [name, list] of Object.entries(table(root['dependency-groups'])))
    found.set(name, requirements(list))
  for (const [name, group] of Object.entries(table(poetry.group)))
    if (table(group).optional !== true) found.set(name, poetryRequirements(table(table(group).dependencies)))
  return found
}

function scriptsOf(meta: Table, poetry: Table): Map<string, string> {
  const all = { ...table(poetry.scripts), ...table(meta.scripts) }
  return new Map(
    Object.entries(all).flatMap(([name, value]): [string, string][] => {
      const target = textIn(value) ?? textIn(table(value).reference) ?? textIn(table(value).callable)
      return target && /^[\w.]+:[\w.]+$/.test(target) ? [[name, target]] : []
    }),
  )
}

/** The build of a package fails without the files that its metadata names. */
function buildFiles(project: Project, root: Table, meta: Table, poetry: Table): string[] {
  const tool = table(root.tool)
  const named = [
    textIn(meta.readme) ?? textIn(table(meta.readme).file),
    textIn(poetry.readme),
    ...texts(poetry.readme),
    textIn(table(meta.license).file),
    ...texts(meta['license-files']),
    textIn(table(table(tool.hatch).version).path),
    ...Object.values(table(table(table(tool.setuptools).dynamic))).flatMap(value => [
      textIn(table(value).file),
      ...texts(table(value).file),
    ]),
  ]
  return [...new Set(named.filter((path): path is string => path !== undefined && project.has(path)))]
}
