import { byConvention, type Fact, fact, fromFile } from '../../../facts.ts'
import { type Note, note } from '../../../plan/notes.ts'
import { type AppObject, appObjects, frameworkOf } from '../apps.ts'
import type { Expr } from '../code/expressions.ts'
import type { Module } from '../code/module.ts'
import { depth, entryRank, type Sources } from '../code/sources.ts'
import { readCommand, readProcfile, type ServerCall, serverCall } from '../commands.ts'
import { FRAMEWORKS, type Framework } from '../frameworks.ts'
import type { Install } from '../install.ts'
import { listening, numberIn } from '../listening.ts'
import { isImportable, locationOf } from '../location.ts'
import { hasPackage } from '../packages.ts'
import type { Entry, Start } from './entry.ts'

/** What the repository says about its own deployment, read as a hint. */
export interface Hint {
  readonly call: ServerCall
  readonly source: Fact<string>['source']
}

/** The server of Procfile's process `web`. */
export function hintOf(sources: Sources): Hint | undefined {
  const web = readProcfile(sources.project).find(({ name }) => name === 'web')
  const call = web && serverCall(readCommand(web.command.value))
  return web && call ? { call, source: web.command.source } : undefined
}

/** An app object behind a server for production. */
export function serverEntry(sources: Sources, install: Install): Entry | undefined {
  const hint = hintOf(sources)
  const objects = appObjects(sources)
  const hinted = hint && fromHint(sources, hint, objects)
  if (hinted) return entryOf(sources, install, hinted.object, hint, hinted.target)
  const best = flaskApp(sources, objects) ?? objects[0]
  return best && entryOf(sources, install, best, undefined, undefined)
}

/** `FLASK_APP=autoapp.py` in .flaskenv is Flask's own way to say it. */
function flaskApp(sources: Sources, objects: readonly AppObject[]): AppObject | undefined {
  const value = /^\s*(?:export\s+)?FLASK_APP\s*=\s*["']?([\w./:]+)/m.exec(
    sources.project.text('.flaskenv') ?? '',
  )?.[1]
  const file = value?.split(':', 1)[0]?.replace(/\.py$/, '').replaceAll('.', '/')
  return file ? objects.find(object => object.file.replace(/(\/__init__)?\.py$/, '') === file) : undefined
}

/** The object that a hint names, when the sources have its file. */
function fromHint(
  sources: Sources,
  { call }: Hint,
  objects: readonly AppObject[],
): { object: AppObject; target: string } | undefined {
  const [name = '', attribute = 'application'] = call.target.split(':')
  const base = call.folder?.replace(/^\.?\//, '') || '.'
  const path = `${base === '.' ? '' : `${base}/`}${name.replaceAll('.', '/')}`
  const file = [`${path}.py`, `${path}/__init__.py`].find(found => sources.project.has(found))
  if (!file) return undefined
  const plain = attribute.replace(/\(.*$/s, '')
  const known = objects.find(object => object.file === file && object.attribute === plain)
  const framework = known?.framework ?? resolved(sources, file, plain) ?? objects[0]?.framework
  if (!framework) return undefined
  return {
    object: { framework, file, line: known?.line ?? 1, attribute: plain, factory: attribute.includes('(') },
    target: call.target,
  }
}

function resolved(sources: Sources, file: string, attribute: string): Framework | undefined {
  const module = sources.module(file)
  const origin = module?.imports.get(attribute) ?? attribute
  return module && frameworkOf(sources, module, { is: 'name', path: origin }, 6)
}

function entryOf(
  sources: Sources,
  install: Install,
  object: AppObject,
  hint: Hint | undefined,
  target: string | undefined,
): Entry {
  const { framework, file, line } = object
  const place = locationOf(sources, file)
  const folder = hint?.call.folder?.replace(/^\.?\//, '').replace(/\/$/, '')
  const base = target ? folder || '.' : place.base
  const module = target ? (target.split(':')[0] ?? '') : place.module
  const modules = programModules(sources, file)
  const heard = listening(modules, { options: false })
  const start = startOf(install, object, module, hint, modules)
  const stated = hint?.call.port
    ? fact(hint.call.port, hint.source)
    : (boundPort(sources, hint) ?? heard.port)
  const portSource = stated && stated.value >= 1024 ? stated : undefined
  return {
    kind: fact('web', fromFile(file, framework.id, line)),
    framework: fact(framework.id, fromFile(file, undefined, line)),
    start: fact(start, hint?.source ?? fromFile(file, object.attribute, line)),
    ...placeOf(base, module),
    port:
      portSource ??
      byConvention(8000, `where ${start.by === 'server' ? start.server : 'the server'} listens`),
    env: {},
    health: healthPath(sources, file),
    handlesSigterm: true,
    file,
    notes: importNotes(module, file),
  }
}

/** Packages in `src` are put on the path; files of a folder that import each other run in it. */
const placeOf = (base: string, module: string): Pick<Entry, 'workdir' | 'path'> =>
  base === 'src' && module.includes('.') ? { workdir: '.', path: [base] } : { workdir: base, path: [] }

const importNotes = (module: string, file: string): Note[] =>
  isImportable(module)
    ? []
    : [
        note(
          'NOT_IMPORTABLE',
          'warning',
          `${file} can't be imported by a server: a folder on its way has a name that Python can't import`,
        ),
      ]

/** `bind = "0.0.0.0:8080"` in gunicorn's configuration, also as a list and with a variable's default. */
function boundPort(sources: Sources, hint: Hint | undefined): Fact<number> | undefined {
  const options = hint?.call.options ?? []
  const named = options[options.findIndex(option => /^(-c|--config)$/.test(option)) + 1]
  const file = options.length && named?.endsWith('.py') ? named : 'gunicorn.conf.py'
  const module = sources.module(file)
  const assign = module?.assigns.find(({ name }) => name === 'bind')
  const first = assign?.value.is === 'list' ? assign.value.items[0] : assign?.value
  const port = module && first && portAtEnd(first, module)
  return assign && port ? fact(port, fromFile(file, 'bind', assign.line)) : undefined
}

function portAtEnd(value: Expr, module: Module): number | undefined {
  if (value.is === 'text') return Number(/:(\d+)$/.exec(value.value)?.[1]) || undefined
  if (value.is === 'binary') return numberIn(value.right, module)
  const formats = value.is === 'call' && value.callee.is === 'attribute' && value.callee.name === 'format'
  const last = formats ? value.args.at(-1) : undefined
  return last && numberIn(last, module)
}

/** The server that a project has, else the usual one of its interface. */
function startOf(
  install: Install,
  object: AppObject,
  module: string,
  hint: Hint | undefined,
  modules: readonly Module[],
): Start {
  const { framework, attribute, factory } = object
  const call = hint?.call
  const asgi = framework.interface === 'asgi'
  const server = serverOf(install, framework, call?.server)
  const target = `${module}:${attribute}${factory && server === 'gunicorn' ? '()' : ''}`
  const options = call && call.server === server ? [...call.options] : []
  if (server === 'gunicorn' && asgi && !options.some(option => /^(-k|--worker-class)$/.test(option)))
    options.push(
      '-k',
      hasPackage(install, 'uvicorn-worker')
        ? 'uvicorn_worker.UvicornWorker'
        : 'uvicorn.workers.UvicornWorker',
    )
  if (server === 'gunicorn' && usesSocketIo(modules) && !options.length) options.push('--threads', '100')
  return { by: 'server', server, target, factory: factory && server !== 'gunicorn', options }
}

/** Flask-SocketIO keeps its connections in one process. */
const usesSocketIo = (modules: readonly Module[]): boolean =>
  modules.some(({ imported }) => imported.has('flask_socketio') || imported.has('flask_sock'))

type Server = Extract<Start, { by: 'server' }>['server']

function serverOf(install: Install, framework: Framework, hinted: string | undefined): Server {
  if (framework.id === 'sanic') return 'sanic'
  if (framework.interface === 'wsgi')
    return hinted !== 'gunicorn' &&
      hinted !== 'granian' &&
      hasPackage(install, 'waitress') &&
      !hasPackage(install, 'gunicorn') &&
      hinted === 'waitress-serve'
      ? 'waitress-serve'
      : 'gunicorn'
  if (hinted === 'gunicorn' && hasPackage(install, 'gunicorn') && hasPackage(install, 'uvicorn'))
    return 'gunicorn'
  if (hinted === 'hypercorn' || hinted === 'uvicorn' || hinted === 'daphne') return hinted
  if (framework.id === 'quart') return hasPackage(install, 'uvicorn') ? 'uvicorn' : 'hypercorn'
  const listed = (['uvicorn', 'hypercorn', 'granian', 'daphne'] as const).find(name =>
    hasPackage(install, name),
  )
  return listed ?? 'uvicorn'
}

/** A file and the local modules that it imports, two steps away: where a program says how it is run. */
export function programModules(sources: Sources, file: string): Module[] {
  const found = new Set<string>([file])
  let edge = [file]
  for (let step = 0; step < 2; step++) {
    edge = edge
      .flatMap(path =>
        [...(sources.module(path)?.imported ?? [])].flatMap(name => sources.locate(name, path)?.file ?? []),
      )
      .filter(path => !found.has(path))
      .slice(0, MOST_MODULES)
    for (const path of edge) found.add(path)
  }
  for (const other of sources.files) if (depth(other) === 0 && entryRank(other) < 12) found.add(other)
  return [...found].slice(0, MOST_MODULES).flatMap(path => sources.module(path) ?? [])
}

const MOST_MODULES = 30

const HEALTH =
  /^\/(_?health(z|check)?|_?healthz|livez?|liveness|ping|readyz?|status|api\/health|api\/ping)\/?$/

/** A route that is there to be asked, where the app's own file has one. */
export function healthPath(sources: Sources, file: string): string {
  const module = sources.module(file)
  const found = module?.decorated.find(
    ({ decorator, text }) =>
      /^(app|application|api|server)\.(get|route)$/.test(decorator) && HEALTH.test(text),
  )
  return found?.text ?? '/'
}

export const frameworkIn = (install: Install): Framework | undefined =>
  FRAMEWORKS.find(({ packages }) => packages.some(name => hasPackage(install, name)))
