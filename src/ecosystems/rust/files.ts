import type { Project } from '../../project/project.ts'
import type { CargoPackage } from './manifest.ts'
import type { Scan } from './scan.ts'
import { join } from './toml.ts'

/** A file or folder that the program reads at run time, by a path relative to where it is started. */
export interface RuntimeFile {
  /** From the project's root. */
  readonly from: string
  /** From the working directory of the image. */
  readonly to: string
}

/** Folders of code and of tools: a text that happens to spell one of them names no data. */
const CODE = /^(\.|src|tests?|benches|examples|target|crates|docs?|scripts?|\.git.*|\.cargo|node_modules|bin|lib|build\.rs|Cargo\.(toml|lock)|README.*|LICENSE.*|Dockerfile.*)$/i // biome-ignore format: one list
/** Never shipped, whoever names them. */
const SECRET = /(^|\/)\.env|\.(pem|key|p12|pfx)$|(^|\/)id_/
const MANIFEST_DIR = /^(?:\$CARGO_MANIFEST_DIR|\{\})?\/?/

/**
 * Files that texts among the arguments of calls name: `ServeDir::new("static")`, `Tera::new("templates/**")`.
 * What macros and attributes name (`include_str!`, `#[template(path)]`) is compiled in and not needed.
 */
export function runtimeFiles(
  project: Project,
  scan: Scan,
  own: CargoPackage,
  dir: string,
): readonly RuntimeFile[] {
  const named = [
    ...scan.calls
      .filter(({ name, callee }) => !COMPARES.has(name) && !callee.includes('Arg'))
      .flatMap(({ direct }) => direct),
    ...scan.named.map(({ value }) => value),
    ...conventional(project, own),
  ].filter(value => typeof value === 'string')
  const found = named.flatMap(value => {
    const path = plainPath(value)
    return path === undefined ? [] : locate(project, path, [...new Set([dir, own.dir])])
  })
  return outermost([...found, ...anchored(project, scan, dir)])
}

/** Paths that are compiled in as absolute ones, from the package's folder: `relative!("static")`, `env!("CARGO_MANIFEST_DIR")`. */
function anchored(project: Project, { macros }: Scan, dir: string): RuntimeFile[] {
  return macros.flatMap(({ name, path, literals }) => {
    const after = name === 'relative' ? 0 : literals.indexOf('CARGO_MANIFEST_DIR') + 1
    const [value] = name === 'relative' || (name === 'concat' && after) ? literals.slice(after) : []
    const plain = typeof value === 'string' ? plainPath(value.replace(/^\//, '')) : undefined
    const home = join('.', path.replace(/(^|\/)src\/.*$/, ''))
    return plain === undefined
      ? []
      : locate(project, plain, [home]).map(({ from }) => ({ from, to: dir === '.' ? from : `/app/${from}` }))
  })
}

/** Calls that compare or print a text and open nothing. */
const COMPARES = new Set(['strip_prefix', 'starts_with', 'ends_with', 'contains', 'eq', 'expect', 'context', 'nest', 'route', 'insert', 'header', 'get', 'post', 'split', 'replace', 'about', 'help', 'version', 'name', 'long', 'short', 'id', 'value_name', 'alias', 'arg', 'get_one', 'get_flag', 'value_of', 'is_present', 'contains_id', 'args', 'conflicts_with', 'requires', 'env', 'var']) // biome-ignore format: one list

function conventional(project: Project, { dir, dependencies }: CargoPackage): string[] {
  const uses = (crate: string) => dependencies.some(dependency => dependency.crate === crate)
  return [
    ...(uses('rocket') && project.has(join(dir, 'Rocket.toml')) ? ['Rocket.toml'] : []),
    ...(uses('rocket_dyn_templates') || uses('rocket_contrib') ? ['templates'] : []),
    ...(uses('loco-rs') ? ['config', 'assets'] : []),
  ]
}

/** A relative path without a leading `./` and without globs; undefined for what is none. */
function plainPath(value: string): string | undefined {
  const whole = value.replace(/[*?[{].*$/, match => (value.length === match.length ? match : ''))
  const path = join(
    '.',
    whole.replace(MANIFEST_DIR, whole.startsWith('/') ? '/' : '').replace(/^file:(\/\/)?(?!\/)/, ''),
  )
  const [first = ''] = path.split('/')
  if (value.startsWith('/') || value.length > 200 || CODE.test(first) || SECRET.test(path)) return undefined
  return /^[\w.@ -]+(\/[\w.@ -]+)*$/.test(path) ? path : undefined
}

function locate(project: Project, path: string, dirs: readonly string[]): RuntimeFile[] {
  for (const dir of dirs) {
    const from = join(dir, path)
    if (project.has(from) ? !from.endsWith('.rs') : project.dirs.has(from) && isData(project, from))
      return [{ from, to: path }]
    const named = settings(project, from)
    if (named.length)
      return named.map(file => ({ from: file, to: join('.', file.slice(dir === '.' ? 0 : dir.length + 1)) }))
  }
  return []
}

/** A folder with something other than Rust in it, and no package. */
const isData = (project: Project, dir: string): boolean =>
  !project.has(`${dir}/Cargo.toml`) &&
  project.files.some(file => file.startsWith(`${dir}/`) && !file.endsWith('.rs'))

/** The config crate takes names without their extension: `config/default`. */
const settings = (project: Project, stem: string): readonly string[] =>
  project.files.filter(
    file => file.startsWith(`${stem}.`) && /^\.(toml|ya?ml|json5?|ini|ron)$/.test(file.slice(stem.length)),
  )

/** Without duplicates, and without what lies inside another one. */
function outermost(files: readonly RuntimeFile[]): readonly RuntimeFile[] {
  const byTarget = new Map(files.map(file => [file.to, file]))
  return [...byTarget.values()]
    .filter(({ to }) => ![...byTarget.keys()].some(other => to.startsWith(`${other}/`)))
    .sort((a, b) => (a.to < b.to ? -1 : 1))
}
