import { calleeOf, type Expr } from './code/expressions.ts'
import type { Module } from './code/module.ts'
import { posix } from './code/posix.ts'
import type { Sources } from './code/sources.ts'
import type { Django } from './django.ts'
import type { Entry } from './entry/entry.ts'
import type { Writes } from './facts.ts'
import { pathOf } from './paths.ts'

const WORDS = /sqlite|instance_path|instance_relative_config|makedirs|mkdir|FileHandler|TinyDB/

/** What the program writes beside its code, as far as the sources say it in plain words. */
export function writesOf(sources: Sources, entry: Entry | undefined, django: Django | undefined): Writes {
  const workdir = entry?.workdir ?? '.'
  const files = new Set<string>(django?.databases ?? [])
  const folders = new Set<string>()
  // A console script works where its caller is.
  if (!django && entry?.start.value.by !== 'console')
    for (const module of sources.mentioning(WORDS)) {
      for (const value of [...module.assigns.map(({ value }) => value), ...module.calls.flatMap(argumentsOf)])
        for (const path of sqlitePaths(value, module, sources))
          add(files, path.absolute ? path.text : inProject(path.text, workdir))
      for (const call of module.calls) {
        const path = pathArgument(call, module, sources)
        if (path === undefined) continue
        // What was made of __file__ starts at the root of the app, the rest at the working directory.
        const place = path.absolute ? path.text : inProject(path.text, workdir)
        if (WRITES_FILE.test(calleeOf(call))) add(files, place)
        else add(folders, place)
      }
      if (usesInstance(module)) add(folders, posix.join(instanceBase(sources, entry), 'instance'))
    }
  const own = (path: string) => sources.project.has(path)
  return {
    files: [...files]
      .filter(path => ![...folders].some(folder => path.startsWith(`${folder}/`)))
      .sort()
      .map(path => ({ path, seed: own(path) })),
    folders: [...folders].filter(path => !sources.importable(path, '.') || !hasCode(sources, path)).sort(),
  }
}

function add(paths: Set<string>, path: string | undefined): void {
  const plain = path && posix.normalize(path)
  if (plain && isPlain(plain)) paths.add(plain)
}

/** A path that can be made with plain words in a command, inside the app. */
const isPlain = (path: string): boolean =>
  /^[\w@%+=:,.~-]+(\/[\w@%+=:,.~-]+)*$/.test(path) &&
  !path.startsWith('..') &&
  path !== '.' &&
  path.length < 200

const inProject = (path: string, workdir: string): string | undefined =>
  path.startsWith('/') ? undefined : posix.join(workdir, path)

const hasCode = (sources: Sources, dir: string): boolean =>
  sources.project.files.some(file => file.startsWith(`${dir}/`) && file.endsWith('.py'))

const argumentsOf = (call: Extract<Expr, { is: 'call' }>): Expr[] => [...call.args, ...call.named.values()]

interface Place {
  readonly text: string
  /** It was made of the file's own place, so it is told from the root of the app. */
  readonly absolute: boolean
}

/** `sqlite:///./app.db`, `"sqlite:///" + os.path.join(here, "app.db")`: three slashes for a relative path. */
function sqlitePaths(value: Expr, module: Module, sources: Sources, depth = 6): Place[] {
  if (depth === 0) return []
  const again = (inner: Expr) => sqlitePaths(inner, module, sources, depth - 1)
  switch (value.is) {
    case 'text': {
      const path = /^sqlite(?:\+\w+)?:\/\/\/([^/?:][^?]*)/.exec(value.value)?.[1]
      return path ? [{ text: path, absolute: false }] : []
    }
    case 'binary':
      if (value.operator === 'or') return [...again(value.left), ...again(value.right)]
      return joined(value, module, sources)
    case 'call':
      return argumentsOf(value).flatMap(again)
    case 'list':
      return value.items.flatMap(again)
    case 'dict':
      return value.entries.flatMap(([, item]) => again(item))
    case 'other':
      return value.parts.flatMap(again)
    default:
      return []
  }
}

/** The scheme, and a path that the module makes. */
function joined(value: Extract<Expr, { is: 'binary' }>, module: Module, sources: Sources): Place[] {
  const parts: Expr[] = []
  for (let at: Expr = value; ; at = at.left) {
    if (at.is !== 'binary' || at.operator !== '+') {
      parts.unshift(at)
      break
    }
    parts.unshift(at.right)
  }
  const [scheme, first, ...rest] = parts
  if (scheme?.is !== 'text' || !/^sqlite(\+\w+)?:\/\/\/$/.test(scheme.value) || !first) return []
  const path = [first, ...rest].reduce<Expr>(
    (left, right) => ({ is: 'binary', operator: '+', left, right }),
    {
      is: 'text',
      value: '',
    },
  )
  const text = pathOf(path, module, sources)
  return text ? [{ text, absolute: comesFromFile(first, module) }] : []
}

const WRITES_FILE = /(^sqlite3\.connect|aiosqlite\.connect|FileHandler|TinyDB)$/
const MAKES_FOLDER = /^os\.(makedirs|mkdir)$/

/** The path that a call writes to; `absolute`: it was made of the file's own place. */
function pathArgument(
  call: Extract<Expr, { is: 'call' }>,
  module: Module,
  sources: Sources,
): Place | undefined {
  const name = calleeOf(call)
  const attribute =
    call.callee.is === 'attribute' && call.callee.name === 'mkdir' ? call.callee.of : undefined
  const argument =
    WRITES_FILE.test(name) || MAKES_FOLDER.test(name)
      ? call.args[0]
      : (attribute ??
        (name.endsWith('.mkdir') ? ({ is: 'name', path: name.slice(0, -6) } as const) : undefined))
  const text = argument && pathOf(argument, module, sources)
  if (!text || text === ':memory:') return undefined
  return { text, absolute: argument !== undefined && comesFromFile(argument, module) }
}

function comesFromFile(expr: Expr, module: Module, steps = 8): boolean {
  if (steps === 0) return false
  const again = (inner: Expr) => comesFromFile(inner, module, steps - 1)
  if (expr.is === 'name') {
    if (expr.path === '__file__') return true
    const first = expr.path.split('.', 1)[0]
    const assign = module.assigns.find(({ name }) => name === first)
    return assign ? again(assign.value) : module.imports.has(first ?? '') || expr.path.startsWith('.')
  }
  if (expr.is === 'call') return expr.args.some(again) || again(expr.callee)
  if (expr.is === 'binary') return again(expr.left)
  return (expr.is === 'attribute' || expr.is === 'item') && again(expr.of)
}

/** A relative path of SQLite, which Flask-SQLAlchemy takes from the instance folder. */
const isRelative = (value: Expr): boolean =>
  (value.is === 'text' && /^sqlite:\/\/\/[^/:]/.test(value.value)) ||
  (value.is === 'call' && value.args.some(isRelative)) ||
  (value.is === 'binary' && value.operator === 'or' && (isRelative(value.left) || isRelative(value.right)))

/** Flask keeps what it writes in a folder of its own: https://flask.palletsprojects.com/en/stable/config/#instance-folders */
const usesInstance = (module: Module): boolean =>
  module.calls.some(
    call =>
      call.named.has('instance_relative_config') ||
      call.args.some(arg => arg.is === 'name' && arg.path.endsWith('.instance_path')),
  ) ||
  (module.imported.has('flask_sqlalchemy') && module.assigns.some(({ value }) => isRelative(value))) ||
  (module.imported.has('flask') &&
    module.items.length > 0 &&
    module.calls.flatMap(argumentsOf).some(isRelative))

/** Beside the package that the app is in, or beside its module. */
function instanceBase(sources: Sources, entry: Entry | undefined): string {
  let dir = posix.dirname(entry?.file ?? 'app.py')
  while (dir !== '.' && sources.isPackage(dir)) dir = posix.dirname(dir)
  return dir
}
