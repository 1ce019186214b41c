import type { Project } from '../../project/project.ts'
import type { SourceIndex } from './index-source.ts'
import { inside, join, parent } from './modules.ts'
import type { Resolver } from './resolve.ts'
import { type Ref, unquote } from './source.ts'

/** A file or folder that the program reads by a relative path, so that the image needs it beside the program. */
export interface RuntimeFile {
  /** From the root of the project. */
  readonly source: string
  /** From the program's working directory. */
  readonly target: string
  readonly isFile: boolean
}

/** Calls whose argument is a path even when it is one plain word: `http.Dir("static")`. */
const READERS =
  /^(Dir|DirFS|ParseGlob|ParseFiles|LoadHTMLGlob|LoadHTMLFiles|Static|StaticFS|StaticFile|SendFile|ReadFile|Open|ReadDir|Walk|WalkDir|Glob|Join|AddConfigPath|SetConfigFile|ServeFile|FileServer|NewFileSystem|File|New|NewWithDatabaseInstance|Load|LoadFile|DecodeFile|ReadConfig|Attach|Up|UpContext|Mount|Clean|Abs|FromSlash|Stat|String|StringVar|StringP|StringVarP|SetDefault|Default)$/
/** What is never read at run time, or must not be in an image. */
const NEVER =
  /(^|\/)(go\.(mod|sum|work)|Makefile|Dockerfile[^/]*|LICENSE[^/]*|\.git[^/]*|\.env(?!\.example$)[^/]*|[^/]*\.(go|md|pem|key|p12|pfx|proto|sh|test)|id_[a-z0-9]+|credentials\.json)$|(^|\/)(testdata|node_modules|\.git|\.github)(\/|$)/i
const MAX_SINGLE_FILES = 12

export interface Place {
  /** Folders that a relative path is tried in: the module's, the repository's, the main package's. */
  readonly bases: readonly string[]
  /** What `//go:embed` compiles in already. */
  readonly embedded: ReadonlySet<string>
}

export function findRuntimeFiles(
  project: Project,
  index: SourceIndex,
  resolver: Resolver,
  place: Place,
): readonly RuntimeFile[] {
  const found = new Map<string, RuntimeFile>()
  const add = (path: string | undefined) => {
    for (const file of path === undefined ? [] : locate(project, path, place)) found.set(file.target, file)
  }
  for (const ref of index.strings) add(pathIn(ref))
  for (const { unit, node, on, name } of index.calls)
    if (name === 'Join' && /^path(\/filepath)?$/.test(on))
      for (const text of resolver.resolve({ unit, node }).texts) add(plain(text))
  for (const path of viperFiles(project, index, resolver, place)) add(path)
  const targets = [...found.keys()]
  return [...found.values()]
    .filter(({ target }) => !targets.some(other => other !== target && inside(other, target) !== undefined))
    .sort((a, b) => (a.target < b.target ? -1 : 1))
}

/** The path that a string literal could be, or undefined. */
function pathIn({ unit, node }: Ref): string | undefined {
  const value = unquote(unit.text.slice(node.from, node.to))
  const path = plain(value)
  if (path === undefined) return undefined
  if (path.includes('/') || /\.\w{1,10}$/.test(path) || value.startsWith('./')) return path
  const call = node.parent?.name === 'Arguments' ? node.parent.parent : null
  const callee = call?.firstChild
  const name = callee && unit.text.slice(callee.from, callee.to).split('.').at(-1)
  if (name !== undefined && name !== null && READERS.test(name)) return path
  const key = node.parent?.name === 'Element' ? node.parent.getChild('Key') : null
  return key && /dir|path|root|folder/i.test(unit.text.slice(key.from, key.to)) ? path : undefined
}

/** A relative path without its pattern: `./web/*.html` → `web`, `file://migrations` → `migrations`. */
function plain(text: string): string | undefined {
  const path = text.replace(/^file:\/\/(?!\/)/, '').replace(/^\.\//, '')
  if (path.length > 200 || /^(\/|~|[a-z]+:)|[\s\\<>|"'`\0]|\.\./.test(path)) return undefined
  const parts = path.split('/')
  const pattern = parts.findIndex(part => /[*?[{%$]/.test(part))
  const fixed = (pattern < 0 ? parts : parts.slice(0, pattern)).filter(part => part !== '' && part !== '.')
  return fixed.length ? fixed.join('/') : undefined
}

function locate(project: Project, path: string, { bases, embedded }: Place): RuntimeFile[] {
  for (const base of bases) {
    const source = join(base, path)
    if (NEVER.test(source) || [...embedded].some(dir => inside(dir, source) !== undefined)) continue
    if (project.has(source)) {
      const dir = parent(source)
      const whole = path.includes('/') && dir !== '.' && !bases.includes(dir) && !hasGo(project, dir)
      return whole
        ? [{ source: dir, target: parent(path), isFile: false }]
        : [{ source, target: path, isFile: true }]
    }
    if (project.dirs.has(source)) return folder(project, source, path)
  }
  return []
}

const hasGo = (project: Project, dir: string): boolean =>
  project.files.some(file => file.endsWith('.go') && file.startsWith(`${dir}/`))

/** A folder of data is shipped whole; of a folder that holds Go files too, only the data beside them. */
function folder(project: Project, source: string, target: string): RuntimeFile[] {
  // A folder of nothing but documents is what a command writes, or what is read by people.
  const data = project.files.some(file => file.startsWith(`${source}/`) && !NEVER.test(file))
  if (!hasGo(project, source)) return data ? [{ source, target, isFile: false }] : []
  const files = project.files.filter(file => parent(file) === source && !NEVER.test(file))
  return files.length > MAX_SINGLE_FILES
    ? []
    : files.map(file => ({ source: file, target: join(target, file.slice(source.length + 1)), isFile: true }))
}

/** https://github.com/spf13/viper#reading-config-files: a name without its extension, in one of several folders. */
function viperFiles(project: Project, index: SourceIndex, resolver: Resolver, { bases }: Place): string[] {
  const texts = (method: string) =>
    index.calls.flatMap(({ unit, name, args: [first] }) =>
      name === method && first ? resolver.resolve({ unit, node: first }).texts : [],
    )
  const names = texts('SetConfigName')
  const dirs = texts('AddConfigPath').map(dir => plain(dir) ?? '.')
  return dirs.flatMap(dir =>
    names.flatMap(name =>
      ['yaml', 'yml', 'json', 'toml', 'ini', 'properties', 'hcl']
        .map(extension => join(dir, /\.(ya?ml|json|toml|ini)$/.test(name) ? name : `${name}.${extension}`))
        .filter(path => bases.some(base => project.has(join(base, path)))),
    ),
  )
}
