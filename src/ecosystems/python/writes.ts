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
  if (!django)
    for (const module of sources.mentioning(WORDS)) {
      for (const value of [...module.assigns.map(({ value }) => value), ...module.calls.flatMap(argumentsOf)])
        for (const path of sqlitePaths(value)) add(files, inProject(path, workdir))
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
    files: [...files].sort().map(path => ({ path, seed: own(path) })),
    folders: [...folders].filter(path => !sources.importable(path, '.') || !hasCode(sources, path)).sort(),
  }
}

function add(paths: Set<string>, path: string | undefined): void {
  if (path && isPlain(path)) paths.add(path)
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

/** `sqlite:///./app.db`, `sqlite+aiosqlite:///app.db`: three slashes for a relative path. */
function sqlitePaths(value: Expr, depth = 5): string[] {
  if (depth === 0) return []
  if (value.is === 'text') {
    const path = /^sqlite(?:\+\w+)?:\/\/\/([^/?:][^?]*)/.exec(value.value)?.[1]
    return path && path !== ':memory:' ? [path] : []
  }
  const parts =
    value.is === 'call'
      ? argumentsOf(value)
      : value.is === 'list'
        ? value.items
        : value.is === 'dict'
          ? value.entries.map(([, item]) => item)
          : value.is === 'binary'
            ? value.operator === 'or'
              ? [value.left, value.right]
              : []
            : value.is === 'other'
              ? value.parts
              : []
  return parts.flatMap(part => sqlitePaths(part, depth - 1))
}

const WRITES_FILE = /(^sqlite3\.connect|aiosqlite\.connect|FileHandler|TinyDB)$/
const MAKES_FOLDER = /^os\.(makedirs|mkdir)$/

/** The path that a call writes to; `absolute`: it was made of the file's own place. */
function pathArgument(
  call: Extract<Expr, { is: 'call' }>,
  module: Module,
  sources: Sources,
): { text: string; absolute: boolean } | undefined {
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

/** Flask keeps what it writes in a folder of its own: https://flask.palletsprojects.com/en/stable/config/#instance-folders */
const usesInstance = (module: Module): boolean =>
  module.calls.some(
    call =>
      call.named.has('instance_relative_config') ||
      call.args.some(arg => arg.is === 'name' && arg.path.endsWith('.instance_path')),
  ) ||
  (module.imported.has('flask_sqlalchemy') &&
    module.assigns.some(({ value }) => sqlitePaths(value).length > 0)) ||
  (module.imported.has('flask') &&
    module.items.length > 0 &&
    module.calls.flatMap(argumentsOf).some(arg => sqlitePaths(arg).length > 0))

/** Beside the package that the app is in, or beside its module. */
function instanceBase(sources: Sources, entry: Entry | undefined): string {
  let dir = posix.dirname(entry?.file ?? 'app.py')
  while (dir !== '.' && sources.isPackage(dir)) dir = posix.dirname(dir)
  return dir
}
