import { type Project, parseObject } from '../../../project/project.ts'
import { type Table, table, textIn, texts } from './pyproject.ts'
import { isElsewhere, isGit, normalise } from './requirement.ts'

/** One dependency that is installed, as far as the files tell. */
export interface Package {
  /** Normalised name. */
  readonly name: string
  readonly version?: string | undefined
  /** File names of its wheels, where the lock lists them; an empty list: it has none. */
  readonly wheels?: readonly string[] | undefined
  /** It is fetched by git. */
  readonly git?: boolean
  /** A folder of the repository. */
  readonly folder?: string | undefined
}

/** What uv.lock says: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
export interface UvLock {
  readonly packages: readonly Package[]
  /** Folders of workspace members and path dependencies that the app needs, its own left out. */
  readonly folders: readonly { readonly name: string; readonly folder: string; readonly virtual: boolean }[]
}

/**
 * The packages that one member of uv.lock needs in production.
 * @param name the member's normalised name; undefined for the only or first one at the root
 */
export function readUvLock(project: Project, name: string | undefined, extras: readonly string[]): UvLock {
  const all = tables(parseObject(project, 'uv.lock')?.package)
  const byName = new Map<string, Table[]>()
  for (const item of all) {
    const key = textIn(item.name) ?? ''
    byName.set(key, [...(byName.get(key) ?? []), item])
  }
  const start =
    (name && (byName.get(name) ?? byName.get(normalise(name)))?.[0]) ??
    all.find(item => folderOf(item) === '.')
  const seen = new Set<Table>()
  const queue: [Table, readonly string[]][] = start ? [[start, extras]] : all.map(item => [item, []])
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [item, wanted] = next
    const optional = wanted.flatMap(extra => tables(table(item['optional-dependencies'])[extra]))
    const edges = seen.has(item) ? optional : [...tables(item.dependencies), ...optional]
    seen.add(item)
    for (const edge of edges) {
      if (isElsewhere(textIn(edge.marker) ?? '')) continue
      for (const target of byName.get(textIn(edge.name) ?? '') ?? [])
        if (
          (!seen.has(target) || texts(edge.extra).length) &&
          (edge.version === undefined || edge.version === target.version)
        )
          queue.push([target, texts(edge.extra)])
    }
  }
  const reached = [...seen].filter(item => item !== start)
  return {
    packages: reached.filter(item => folderOf(item) === undefined).map(uvPackage),
    folders: reached.flatMap(item => {
      const folder = folderOf(item)
      return folder === undefined
        ? []
        : [{ name: textIn(item.name) ?? '', folder, virtual: table(item.source).virtual !== undefined }]
    }),
  }
}

const folderOf = ({ source }: Table): string | undefined =>
  textIn(table(source).editable) ?? textIn(table(source).virtual) ?? textIn(table(source).directory)

/** Folders of the repository that uv.lock knows as packages. */
export const lockedFolders = (project: Project): string[] =>
  tables(parseObject(project, 'uv.lock')?.package).flatMap(item => folderOf(item) ?? [])

const tables = (value: unknown): Table[] => (Array.isArray(value) ? value.map(table) : [])

const fileName = (url: string): string => decodeURIComponent(url.slice(url.lastIndexOf('/') + 1))

const uvPackage = (item: Table): Package => ({
  name: normalise(textIn(item.name) ?? ''),
  version: textIn(item.version),
  git: table(item.source).git !== undefined,
  wheels: tables(item.wheels).flatMap(wheel => {
    const url = textIn(wheel.url) ?? textIn(wheel.path) ?? textIn(wheel.filename)
    return url ? [fileName(url)] : []
  }),
})

/** Which Poetry wrote the lock, and what it locks: https://python-poetry.org/docs/basic-usage/#committing-your-poetrylock-file-to-version-control */
export interface PoetryLock {
  readonly packages: readonly Package[]
  /** `2.1.3`, from the first line. */
  readonly writtenBy?: string | undefined
  /** `2.1`: the format. */
  readonly format?: string | undefined
}

export function readPoetryLock(project: Project, groups: readonly string[]): PoetryLock {
  const root = parseObject(project, 'poetry.lock') ?? {}
  const metadata = table(root.metadata)
  const files = table(metadata.files)
  const packages = tables(root.package).flatMap((item): Package[] => {
    const itsGroups = texts(item.groups)
    const wanted = itsGroups.length
      ? itsGroups.some(group => groups.includes(group))
      : item.category !== 'dev' && item.optional !== true
    if (!wanted || isElsewhere(textIn(item.markers) ?? '')) return []
    const name = textIn(item.name) ?? ''
    const source = table(item.source)
    return [
      {
        name: normalise(name),
        version: textIn(item.version),
        git: source.type === 'git',
        folder: source.type === 'directory' ? textIn(source.url) : undefined,
        wheels: source.type ? undefined : wheelFiles(item.files ?? files[name]),
      },
    ]
  })
  return {
    packages,
    writtenBy: /^# This file is (?:automatically )?@generated by Poetry (\d+\.\d+\.\d+)/.exec(
      project.text('poetry.lock') ?? '',
    )?.[1],
    format: textIn(metadata['lock-version']),
  }
}

const wheelFiles = (files: unknown): string[] =>
  tables(files).flatMap(item => {
    const name = textIn(item.file) ?? fileName(textIn(item.url) ?? '')
    return name.endsWith('.whl') ? [name] : []
  })

export function readPdmLock(project: Project): readonly Package[] {
  return tables(parseObject(project, 'pdm.lock')?.package).flatMap((item): Package[] => {
    const groups = texts(item.groups)
    const outside =
      (groups.length > 0 && !groups.includes('default')) || isElsewhere(textIn(item.marker) ?? '')
    if (outside) return []
    const files = tables(item.files)
    return [
      {
        name: normalise(textIn(item.name) ?? ''),
        version: textIn(item.version),
        git: item.git !== undefined,
        folder: textIn(item.path),
        wheels: files.length ? wheelFiles(files) : undefined,
      },
    ]
  })
}

/** Pipfile.lock lists hashes alone, so nothing is known of wheels. */
export function readPipfileLock(project: Project): readonly Package[] {
  return Object.entries(table(parseObject(project, 'Pipfile.lock')?.default)).flatMap(
    ([name, value]): Package[] => {
      const item = table(value)
      if (isElsewhere(textIn(item.markers) ?? '')) return []
      return [
        {
          name: normalise(name),
          version: textIn(item.version)?.replace(/^==/, ''),
          git: isGit(textIn(item.git) && `git+${item.git}`),
          folder: textIn(item.path),
        },
      ]
    },
  )
}
