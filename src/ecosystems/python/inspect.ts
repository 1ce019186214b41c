import type { Fact } from '../../facts.ts'
import { fact, fromFile } from '../../facts.ts'
import { missingBounds } from '../../knowledge/python-compatibility.ts'
import { isBefore } from '../../knowledge/python-support.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate, Fit } from '../ecosystem.ts'
import { Sources } from './code/sources.ts'
import { type Django, readDjango } from './django.ts'
import type { Entry } from './entry/entry.ts'
import { findEntry } from './entry/find.ts'
import { type Variable, variables } from './environment.ts'
import type { PythonFacts } from './facts.ts'
import { fitOf, questionsOf, versionQuestions } from './fit.ts'
import { chooseInstall, type Install } from './install.ts'
import { type Manifest, readPyproject } from './manifests/pyproject.ts'
import { readSetup } from './manifests/setup.ts'
import { programCalls } from './native.ts'
import { distributionOf, hasPackage, neededExtras, requiredUv } from './packages.ts'
import { rootsOf } from './roots.ts'
import { chooseRuntime } from './runtime.ts'
import { commandText } from './start.ts'
import { writesOf } from './writes.ts'

/** Every Python app of a project: the root's own, and those of folders with a manifest. */
export function inspect(project: Project, wishes: Wishes): Candidate<PythonFacts>[] {
  const roots = rootsOf(project)
  const found = roots.map(dir => inspectFolder(project, dir, wishes))
  const top = found.find(({ dir }) => dir === '.')
  const below = found.filter(({ dir }) => dir !== '.')
  const runs = (candidate: Candidate<PythonFacts>) => candidate.facts.entry !== undefined
  // A root that declares nothing and holds apps that do is no app itself.
  if (!top || (below.some(app => runs(app) && declares(app)) && (!declares(top) || !runs(top)))) return below
  if (!runs(top)) return found
  // What a folder without dependencies of its own starts is a part of the root's app.
  return [top, ...below.filter(declares).map(candidate => ({ ...candidate, fit: lesser(candidate.fit) }))]
}

const declares = ({ facts }: Candidate<PythonFacts>): boolean =>
  facts.install.form !== 'none' || facts.manifest !== undefined

const lesser = (fit: Fit): Fit => (fit === 'exact' ? 'likely' : fit)

function inspectFolder(project: Project, dir: string, wishes: Wishes): Candidate<PythonFacts> {
  const inside = project.within(dir)
  const sources = new Sources(inside)
  const manifest = readPyproject(inside) ?? readSetup(inside)
  const install = chooseInstall(
    inside,
    manifest,
    neededExtras(manifest, importedBy(sources, manifest)),
    dir === '.' ? undefined : { project, dir },
  )
  const django =
    hasPackage(install, 'django') || inside.has('manage.py') ? readDjango(inside, sources) : undefined
  const entry = findEntry(sources, install, manifest, django, wishes)
  const facts = gather(inside, sources, { manifest, install, django, entry, wishes, outer: project })
  return {
    ecosystem: 'python',
    name: manifest?.name ?? (dir === '.' ? 'app' : dir),
    dir,
    fit: fitOf(project, dir, facts.facts),
    facts: facts.facts,
    notes: [...(entry?.notes ?? []), ...facts.notes],
    questions: [...versionQuestions(facts.unknownVersion), ...questionsOf(facts.facts, manifest, install)],
  }
}

/** Distributions that the likeliest files import: only asked for where the manifest has extras. */
function importedBy(sources: Sources, manifest: Manifest | undefined): ReadonlySet<string> {
  if (!manifest || manifest.extras.size === 0) return new Set()
  const modules = sources.files.slice(0, 25).flatMap(file => sources.module(file) ?? [])
  return new Set(modules.flatMap(({ needed }) => [...needed].map(distributionOf)))
}

interface Found {
  readonly manifest: Manifest | undefined
  readonly install: Install
  readonly django: Django | undefined
  readonly entry: Entry | undefined
  readonly wishes: Wishes
  /** The whole repository. */
  readonly outer: Project
}

function gather(project: Project, sources: Sources, found: Found): Gathered {
  const { manifest, install, django, entry, wishes } = found
  const runtime = chooseRuntime(project, sources, { ...found, calls: programCalls(sources) })
  const read = variables(
    django ? django.modules : sources.mentioning(/environ|getenv|config\(|env[.(]/).slice(0, 25),
  )
  const required = read.filter(variable => variable.required).map(({ name }) => name)
  const bounds = boundsOf(install)
  const folder = entry && entry.workdir !== '.' ? `${entry.workdir}/` : ''
  return {
    facts: {
      kind: entry?.kind ?? fact('library', fromFile(manifest?.path ?? 'README.md', 'nothing to run')),
      packageManager: install.manager,
      framework: entry?.framework,
      start: entry && startFact(entry),
      port: wishes.port ?? entry?.port,
      env: required.length ? fact(required, fromFile(django?.file ?? entry?.file ?? 'app.py')) : undefined,
      install,
      manifest,
      entry,
      ...runtime.facts,
      ...djangoFacts(django, read),
      bounds: bounds.needs,
      installsItself: needsItself(sources, entry, manifest),
      writes: writesOf(sources, entry, django),
      gunicornConfig: project.has(`${folder}gunicorn.conf.py`),
      requiredUv: requiredUv(found.outer) ?? requiredUv(project),
      lockFiles: lockFiles(project, install),
    },
    notes: [...runtime.notes, ...lockNotes(install), ...boundNotes(bounds)],
    unknownVersion: runtime.unknownVersion,
  }
}

interface Gathered {
  readonly facts: PythonFacts
  readonly notes: readonly Note[]
  readonly unknownVersion?: string | undefined
}

function djangoFacts(
  django: Django | undefined,
  read: readonly Variable[],
): Pick<PythonFacts, 'build' | 'collect' | 'settings'> {
  if (!django?.collectsStatic) return { settings: django?.settings }
  return {
    settings: django.settings,
    build: fact('python manage.py collectstatic --noinput', fromFile(django.file, 'STATIC_ROOT')),
    collect: {
      base: django.base,
      variables: read.flatMap(({ name, example }): [string, string][] => (example ? [[name, example]] : [])),
      outside: django.staticOutside,
    },
  }
}

/** Where nothing is locked, pip takes the newest of what isn't pinned. */
function boundsOf(install: Install): ReturnType<typeof missingBounds> {
  if (install.form !== 'requirements') return { needs: [], owners: [] }
  return missingBounds(install.packages, new Set(install.direct.map(({ name }) => name)), isBefore)
}

const boundNotes = ({ needs, owners }: ReturnType<typeof missingBounds>): Note[] =>
  needs.length
    ? [
        note(
          'BOUNDS_ADDED',
          'warning',
          `${needs.join(', ')}: the pinned release of ${owners.join(', ')} doesn't work with newer ones, so add that to the requirements`,
        ),
      ]
    : []

const startFact = ({ start }: Entry): Fact<string> => ({ ...start, value: commandText(start.value) })

/** A console script must be installed; so must a package that asks for its own metadata. */
function needsItself(sources: Sources, entry: Entry | undefined, manifest: Manifest | undefined): boolean {
  if (entry?.start.value.by === 'console') return true
  if (!manifest?.installable || !manifest.name) return false
  return sources
    .mentioning(/importlib\.metadata|importlib_metadata|get_distribution/)
    .some(({ calls }) =>
      calls.some(
        call =>
          call.callee.is === 'name' &&
          /(^importlib(\.|_)metadata\.(version|metadata|distribution)|get_distribution)$/.test(
            call.callee.path,
          ) &&
          (call.args[0]?.is !== 'text' ||
            call.args[0].value.replaceAll('_', '-') === manifest.name?.replaceAll('_', '-')),
      ),
    )
}

const LOCKS = [
  'uv.lock',
  'poetry.lock',
  'poetry.toml',
  'pdm.lock',
  'Pipfile',
  'Pipfile.lock',
  'pyproject.toml',
  'uv.toml',
]

const lockFiles = (project: Project, install: Install): string[] =>
  install.form === 'uv' && install.member
    ? ['uv.lock', 'pyproject.toml']
    : install.form === 'requirements'
      ? []
      : LOCKS.filter(path => project.has(path))

const lockNotes = (install: Install): Note[] => {
  const pinned = install.direct.length > 0 && install.direct.every(({ pin, url }) => pin || url)
  const hashed = install.form === 'requirements' && install.file.hashed
  return install.locked || install.form === 'none' || pinned || hashed
    ? []
    : [
        note(
          'NO_LOCKFILE',
          'warning',
          'no lock file pins the dependencies, so each build takes the newest releases: uv lock makes one',
          install.manager.source,
        ),
      ]
}
