import type { Project } from '../../project/project.ts'
import type { Alias } from './imports.ts'
import { table, text, texts } from './manifest.ts'
import { join } from './paths.ts'

/** What matters of a TypeScript configuration, with what it extends worked in. */
export interface TsConfig {
  /** From the folder of the project; undefined where files are compiled in place or not at all. */
  readonly outDir?: string | undefined
  readonly rootDir?: string | undefined
  readonly noEmit: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly aliases: readonly Alias[]
}

/** @param path from the root of the project */
export function readTsConfig(project: Project, path = 'tsconfig.json', depth = 0): TsConfig | undefined {
  if (!project.has(path) || depth > 5) return undefined
  const raw = table(project.parse(path))
  const dir = path.split('/').slice(0, -1).join('/')
  const bases = [raw.extends]
    .flat()
    .map(text)
    .filter(base => base !== undefined)
  const inherited = bases
    .filter(base => base.startsWith('.'))
    .map(base =>
      readTsConfig(
        project,
        [join(dir, base), `${join(dir, base)}.json`].find(file => project.has(file)) ?? '',
        depth + 1,
      ),
    )
    .findLast(base => base !== undefined)
  const options = table(raw.compilerOptions)
  const place = (value: unknown) => {
    const own = text(value)
    return own === undefined ? undefined : join(dir, own.replace('${configDir}', '.'))
  }
  const base = text(options.baseUrl)
  const aliases = Object.entries(table(options.paths)).flatMap(([pattern, targets]) => {
    const [target] = texts(targets)
    if (target !== undefined && !pattern.includes('*'))
      return [{ prefix: pattern, target: join(dir, base ?? '.', target), whole: true as const }]
    if (!pattern.endsWith('*') || !target?.endsWith('*')) return []
    const stem = target.slice(0, -1)
    return [
      {
        prefix: pattern.slice(0, -1),
        target: folder(join(dir, base ?? '.', stem), stem === '' || stem.endsWith('/')),
      },
    ]
  })
  const roots = base === undefined ? [] : [{ prefix: '', target: folder(join(dir, base), true) }]
  return {
    outDir: place(options.outDir) ?? inherited?.outDir,
    rootDir: place(options.rootDir) ?? inherited?.rootDir,
    noEmit: (options.noEmit ?? inherited?.noEmit) === true,
    include: raw.include === undefined ? (inherited?.include ?? []) : texts(raw.include),
    exclude: raw.exclude === undefined ? (inherited?.exclude ?? []) : texts(raw.exclude),
    aliases: aliases.length || roots.length ? [...aliases, ...roots] : (inherited?.aliases ?? []),
  }
}

const folder = (path: string, whole: boolean): string => (path && whole ? `${path}/` : path)

const SOURCES = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']

/** The source file that a built one comes from: `dist/server.js` → `src/server.ts`. */
export function sourceOf(project: Project, built: string, general: TsConfig | undefined): string | undefined {
  const path = join(built)
  const named = [
    path,
    ...SOURCES.map(extension => path + extension),
    ...SOURCES.map(extension => join(path, `index${extension}`)),
  ].find(file => project.has(file))
  return named ?? compiledSource(project, path, general)
}

/** The source that a compiler makes a file of, whether that is in the repository or not. */
export function compiledSource(
  project: Project,
  path: string,
  general: TsConfig | undefined,
): string | undefined {
  const stem = path.replace(/\.[cm]?jsx?$/, '')
  const config = nearest(project, stem) ?? general
  const out = config?.outDir
  const inner =
    out && (stem === out || stem.startsWith(`${out}/`))
      ? stem.slice(out.length + 1)
      : // A file at the root has no folder of an output before it.
        stem.split('/').slice(1).join('/') || stem
  // Without `rootDir` the one folder that is compiled is left out of the output: `"include": ["src/server"]`
  const included = (config?.include ?? []).map(pattern =>
    join(pattern.replace(/\/?\*.*$|\/[^/]+\.[cm]?tsx?$/, '')),
  )
  const roots = [
    config?.rootDir, 'src', '', 'app', 'server', 'lib', 'source', 'bin', ...included,
  ].filter(root => root !== undefined) // biome-ignore format: one list
  const stems = [
    ...roots.map(root => join(root, inner)),
    ...roots.map(root => join(root, inner, 'index')),
    // A project of Nx keeps its place below the folder of the output: `dist/apps/api/main.js`.
    inner.replace(/([^/]+)$/, 'src/$1'),
    // With sources from outside of its folder, the output has the names of the folders above: `dist/server/src/main.js`.
    ...inner.split('/').flatMap((_, index, parts) => (index > 0 ? parts.slice(index).join('/') : [])),
  ]
  return stems
    .flatMap(candidate => SOURCES.map(extension => candidate + extension))
    .find(file => project.has(file))
}

/** The configuration of a folder below the package's that has its output there: `cd server && tsc`. */
function nearest(project: Project, stem: string): TsConfig | undefined {
  const folders = stem.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))
  return folders
    .filter(dir => dir !== '' && project.has(`${dir}/tsconfig.json`))
    .map(dir => readTsConfig(project, `${dir}/tsconfig.json`))
    .find(config => config?.outDir !== undefined && stem.startsWith(`${config.outDir}/`))
}
