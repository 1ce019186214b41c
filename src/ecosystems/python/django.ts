import type { Project } from '../../project/project.ts'
import { calleeOf, type Expr, textOf } from './code/expressions.ts'
import type { Assign, Module } from './code/module.ts'
import { posix } from './code/posix.ts'
import type { Sources } from './code/sources.ts'
import { pathOf } from './paths.ts'

/** What a Django project says of itself. */
export interface Django {
  /** The folder of manage.py: the working directory and the top of the module path. */
  readonly base: string
  /** `config.wsgi`, `config.asgi` */
  readonly wsgi?: string | undefined
  readonly asgi?: string | undefined
  readonly settings?: string | undefined
  /** Where the settings module was found. */
  readonly file: string
  /** STATIC_ROOT is set; `outside` is its place when that is not in the project. */
  readonly collectsStatic: boolean
  readonly staticOutside?: string | undefined
  /** Files of SQLite, from the app's root. */
  readonly databases: readonly string[]
  /** Every module that the production settings are made of. */
  readonly modules: readonly Module[]
}

export function readDjango(project: Project, sources: Sources): Django | undefined {
  const manage = project.files
    .filter(file => /(^|\/)manage\.py$/.test(file) && !/(^|\/)(tests?|docs|examples?)\//.test(file))
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .find(file => /DJANGO_SETTINGS_MODULE|django/.test(project.text(file) ?? ''))
  if (!manage) return undefined
  const development = settingsIn(sources.module(manage))
  const base = baseOf(sources, posix.dirname(manage), development)
  const entry = (name: string) => serverModule(project, base, name, development)
  const [wsgi, asgi] = [entry('wsgi'), entry('asgi')]
  const named = [wsgi, asgi].flatMap(file => (file ? (settingsIn(sources.module(file)) ?? []) : []))
  const settings = productionSettings(sources, base, named[0] ?? development)
  const modules = settings ? chain(sources, settings, base) : []
  const assigns = modules.flatMap(module => module.assigns.map(assign => ({ module, assign })))
  const root = assigns.find(({ assign }) => assign.name === 'STATIC_ROOT' && assign.value.is !== 'other')
  const place = root && pathOf(root.assign.value, root.module, sources)
  return {
    base,
    wsgi: wsgi && moduleName(wsgi, base),
    asgi: asgi && moduleName(asgi, base),
    settings,
    file: modules[0]?.path ?? manage,
    collectsStatic: root !== undefined && usesStaticFiles(modules),
    staticOutside: place?.startsWith('/') ? place : undefined,
    databases: assigns.flatMap(({ module, assign }) => sqliteFiles(assign, module, sources)),
    modules,
  }
}

/** manage.py at the top may lead into a folder that is the real top of the modules. */
function baseOf(sources: Sources, dir: string, settings: string | undefined): string {
  const name = settings?.split('.', 1)[0]
  if (!name || sources.importable(name, dir)) return dir
  const deeper = [...sources.project.dirs].filter(path => path.endsWith(`/${name}`)).sort()[0]
  return deeper ? posix.dirname(deeper) : dir
}

const moduleName = (file: string, base: string): string =>
  posix.relative(base, file).replace(/\.py$/, '').replaceAll('/', '.')

/** wsgi.py beside the settings, else the one nearest to manage.py. */
function serverModule(
  project: Project,
  base: string,
  name: string,
  settings: string | undefined,
): string | undefined {
  const top = settings?.split('.', 1)[0]
  const beside = top && posix.join(base, top, `${name}.py`)
  if (beside && project.has(beside)) return beside
  const prefix = base === '.' ? '' : `${base}/`
  return project.files
    .filter(
      file => file.startsWith(prefix) && posix.basename(file) === `${name}.py` && !/tests?\//.test(file),
    )
    .sort((a, b) => a.split('/').length - b.split('/').length)[0]
}

/** `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "x.settings")` */
function settingsIn(module: Module | undefined): string | undefined {
  for (const call of module?.calls ?? []) {
    const [name, value] = call.args
    if (textOf(name) === 'DJANGO_SETTINGS_MODULE' && textOf(value)) return textOf(value)
  }
  const set = module?.assigns.find(({ name }) => name === 'DJANGO_SETTINGS_MODULE')
  return textOf(set?.value)
}

/** Of a split, production's half: named by wsgi.py, or called so. */
function productionSettings(
  sources: Sources,
  base: string,
  settings: string | undefined,
): string | undefined {
  if (!settings) return undefined
  const has = (name: string) => sources.project.has(posix.join(base, `${name.replaceAll('.', '/')}.py`))
  if (!/(^|[._])(local|dev|development|test)$/.test(settings)) return settings
  const parent = settings.slice(0, settings.lastIndexOf('.'))
  return ['production', 'prod', 'live'].map(name => `${parent}.${name}`).find(has) ?? settings
}

/** The settings module and what it takes over by `from .base import *`. */
function chain(sources: Sources, settings: string, base: string): Module[] {
  const path = posix.join(base, settings.replaceAll('.', '/'))
  const first = [`${path}.py`, posix.join(path, '__init__.py')].find(file => sources.project.has(file))
  const found: Module[] = []
  const queue = first ? [first] : []
  for (let file = queue.shift(); file && found.length < 12; file = queue.shift()) {
    const module = sources.module(file)
    if (!module || found.includes(module)) continue
    found.push(module)
    for (const name of module.imported) {
      const there = sources.locate(name, file)
      if (there && /settings|config|base|common|env/.test(there.file)) queue.push(there.file)
    }
  }
  return found
}

const usesStaticFiles = (modules: readonly Module[]): boolean => {
  const apps = modules.flatMap(({ assigns }) => assigns.filter(({ name }) => /APPS$/.test(name)))
  return apps.length === 0 || apps.some(({ value }) => mentions(value, 'django.contrib.staticfiles'))
}

function mentions(value: Expr, text: string): boolean {
  if (value.is === 'text') return value.value === text
  if (value.is === 'list') return value.items.some(item => mentions(item, text))
  if (value.is === 'binary') return mentions(value.left, text) || mentions(value.right, text)
  return value.is === 'other' && value.parts.some(part => mentions(part, text))
}

/** `DATABASES = {"default": {"ENGINE": "…sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}` */
function sqliteFiles(assign: Assign, module: Module, sources: Sources): string[] {
  if (assign.name !== 'DATABASES') return []
  return dictionaries(assign.value).flatMap(entries => {
    const engine = entries.get('ENGINE')
    const name = entries.get('NAME')
    if (!name || !engine || !/sqlite3|spatialite/.test(textOf(engine) ?? defaultOf(engine) ?? '')) return []
    const path = pathOf(name, module, sources)
    return path && !path.startsWith('/') && !path.startsWith('..') && path !== ':memory:' ? [path] : []
  })
}

const defaultOf = (value: Expr): string | undefined =>
  value.is === 'call' && calleeOf(value)
    ? (textOf(value.named.get('default')) ?? textOf(value.args[1]))
    : undefined

function dictionaries(value: Expr): Map<string, Expr>[] {
  if (value.is === 'other') return value.parts.flatMap(dictionaries)
  if (value.is !== 'dict') return []
  const own = new Map(value.entries.map(([key, item]) => [textOf(key) ?? '', item]))
  return [own, ...[...own.values()].flatMap(dictionaries)]
}
