import { calleeOf, type Expr } from './code/expressions.ts'
import type { Assign, FunctionInfo, Module } from './code/module.ts'
import { posix } from './code/posix.ts'
import { depth, entryRank, type Sources } from './code/sources.ts'
import { FRAMEWORKS, type Framework } from './frameworks.ts'

/** An app object that a server can call. */
export interface AppObject {
  readonly framework: Framework
  readonly file: string
  readonly line: number
  /** `app`, or the function that makes it. */
  readonly attribute: string
  readonly factory: boolean
  /** `Dash(…)`: the WSGI app is its attribute `server`. */
  readonly wrapped?: boolean
}

const WORDS = new RegExp(
  `\\b(${FRAMEWORKS.flatMap(({ constructors }) => constructors.map(name => name.split('.').at(-1))).join('|')}|create_app|make_app|get_app)\\b`,
)
/** How far a name is followed through imports and functions. */
const MOST_STEPS = 6

/** Every app object of the sources, best first. */
export function appObjects(sources: Sources): AppObject[] {
  // A file that is called like an entry may only pass on what it imports.
  const entries = sources.files.filter(file => depth(file) <= 1 && entryRank(file) < 14)
  const modules = new Set([
    ...sources.mentioning(WORDS),
    ...entries.flatMap(file => sources.module(file) ?? []),
  ])
  return [...modules]
    .flatMap(module => [...instances(sources, module), ...factories(sources, module)])
    .sort((a, b) => rank(a) - rank(b))
}

function instances(sources: Sources, module: Module): AppObject[] {
  const assigned = module.assigns
    .filter(({ inside, main }) => !inside && !main)
    .flatMap(assign => {
      const framework = frameworkOf(sources, module, assign.value, MOST_STEPS)
      return framework ? [appObject(module, assign, framework)] : []
    })
  return [...lastOfEach(assigned), ...served(sources, module), ...imported(sources, module)]
}

const appObject = (module: Module, { name, line }: Assign, framework: Framework): AppObject => ({
  framework,
  file: module.path,
  line,
  attribute: name,
  factory: false,
})

/** `server = app.server`, which Dash's own documentation deploys. */
function served(sources: Sources, module: Module): AppObject[] {
  return module.assigns.flatMap(assign => {
    const { value } = assign
    if (assign.inside || value.is !== 'name' || !value.path.endsWith('.server')) return []
    const owner: Expr = { is: 'name', path: value.path.slice(0, -'.server'.length) }
    const framework = frameworkOf(sources, module, owner, MOST_STEPS)
    return framework?.id === 'dash' ? [appObject(module, assign, framework)] : []
  })
}

/** wsgi.py and its like pass on what they import. */
function imported(sources: Sources, module: Module): AppObject[] {
  if (!/^(wsgi|asgi|run|main|server|autoapp|serve|start)\.py$/.test(posix.basename(module.path))) return []
  return [...module.imports].flatMap(([local, origin]): AppObject[] => {
    if (!/^(app|application|server|api)$/.test(local)) return []
    const framework = frameworkOf(sources, module, { is: 'name', path: origin }, MOST_STEPS)
    return framework ? [{ framework, file: module.path, line: 1, attribute: local, factory: false }] : []
  })
}

function factories(sources: Sources, module: Module): AppObject[] {
  return module.functions.flatMap((info): AppObject[] => {
    if (info.required > 0 || info.async || info.name.startsWith('_')) return []
    const framework = returned(sources, module, info, MOST_STEPS)
    return framework ? [{ framework, file: module.path, line: 1, attribute: info.name, factory: true }] : []
  })
}

/** Assigned twice (`app = FastAPI()`, `app = Wrapper(app)`): one entry each name. */
const lastOfEach = (found: readonly AppObject[]): AppObject[] => [
  ...new Map(found.map(object => [object.attribute, object])).values(),
]

/** The framework of the app that an expression is, followed through names, imports and local functions. */
export function frameworkOf(
  sources: Sources,
  module: Module,
  value: Expr,
  steps: number,
  inside?: string,
): Framework | undefined {
  if (steps === 0) return undefined
  if (value.is === 'list')
    return value.items[0] && frameworkOf(sources, module, value.items[0], steps - 1, inside)
  if (value.is === 'name') return ofName(sources, module, value.path, steps, inside)
  if (value.is !== 'call') return undefined
  const callee = calleeOf(value)
  const made = madeBy(callee) ?? subclass(sources, module, callee, steps)
  if (made) return made
  const [holder, method] = [callee.slice(0, callee.lastIndexOf('.')), callee.split('.').at(-1)]
  if (method === 'make_wsgi_app') return FRAMEWORKS.find(({ id }) => id === 'pyramid')
  if (!callee) return undefined
  const here = module.functions.find(({ name }) => name === callee)
  if (here) return returned(sources, module, here, steps - 1)
  const there = sources.locate(callee, module.path)
  const other = there && sources.module(there.file)
  const info = other?.functions.find(({ name }) => name === there?.rest)
  if (other && info) return returned(sources, other, info, steps - 1)
  if (other && there?.rest) return subclass(sources, other, there.rest, steps - 1)
  // Middleware that wraps the app it is given.
  const inner = value.args[0] ?? value.named.get('app')
  return inner && /(Middleware|ProxyFix|wrap|ASGIApp|WSGIApp)$/.test(callee) && holder !== undefined
    ? frameworkOf(sources, module, inner, steps - 1, inside)
    : undefined
}

const madeBy = (callee: string): Framework | undefined =>
  callee ? FRAMEWORKS.find(({ constructors }) => constructors.includes(callee)) : undefined

function subclass(sources: Sources, module: Module, name: string, steps: number): Framework | undefined {
  if (steps === 0) return undefined
  const found = module.classes.find(item => item.name === name)
  for (const base of found?.bases ?? [])
    if (base.is === 'name') {
      const made = madeBy(base.path) ?? subclass(sources, module, base.path, steps - 1)
      if (made) return made
    }
  return undefined
}

function ofName(
  sources: Sources,
  module: Module,
  path: string,
  steps: number,
  inside: string | undefined,
): Framework | undefined {
  const local = module.assigns.findLast(
    assign => assign.name === path && (assign.inside ?? '') === (inside ?? ''),
  )
  if (local) return frameworkOf(sources, module, local.value, steps - 1, inside)
  const global = inside && module.assigns.findLast(assign => assign.name === path && !assign.inside)
  if (global) return frameworkOf(sources, module, global.value, steps - 1)
  const there = sources.locate(path, module.path)
  const other = there?.rest ? sources.module(there.file) : undefined
  return other && there ? ofName(sources, other, there.rest, steps - 1, undefined) : undefined
}

function returned(
  sources: Sources,
  module: Module,
  info: FunctionInfo,
  steps: number,
): Framework | undefined {
  for (const value of info.returns) {
    const found = frameworkOf(sources, module, value, steps - 1, info.name)
    if (found) return found
  }
  const annotated = info.annotation?.is === 'name' ? info.annotation.path : ''
  return info.returns.length ? madeBy(annotated) : undefined
}

const NAMES = ['app', 'application', 'server', 'api', 'create_app', 'make_app', 'get_app']

/** Less is better: near the top, in a file that is called like an entry, an object before a function that makes one. */
function rank({ file, attribute, factory, framework }: AppObject): number {
  const name = NAMES.indexOf(attribute)
  const own = FRAMEWORKS.indexOf(framework)
  return (
    depth(file) * 1000 +
    entryRank(file) * 20 +
    (factory ? 200 : 0) +
    (name < 0 ? NAMES.length : name) * 2 +
    (attribute === 'server' && framework.id === 'dash' ? -20 : 0) +
    own / 100
  )
}
