import type { Project } from '../../project/project.ts'
import type { Layout } from './facts.ts'
import { generators } from './generated.ts'
import type { Main } from './mains.ts'
import { inside, join, type Module, type Modules, reachable } from './modules.ts'
import type { Linked } from './packages.ts'
import { compare } from './version.ts'

export function layoutOf(project: Project, modules: Modules, main: Main, linked: Linked): Layout {
  const { module, path } = main
  const { work } = modules
  const inWork = work?.dirs.includes(module.dir) ?? false
  const sources = reachable(module, modules)
  const base = inWork ? '.' : common(sources.map(({ dir }) => dir))
  const vendored = isVendored(project, module, inWork)
  const manifests = [
    ...(inWork && work ? [work.file, 'go.work.sum'] : []),
    ...sources.flatMap(({ dir }) => [join(dir, 'go.mod'), join(dir, 'go.sum')]),
  ]
    .filter(file => project.has(file))
    .map(file => inside(base, file) ?? file)
  const required = sources.some(
    ({ mod, dir }) =>
      mod.require.some(({ path: name }) => !sources.some(other => other.path === name)) && dir !== '',
  )
  const locked = project.has(join(module.dir, 'go.sum')) || (inWork && project.has('go.work.sum'))
  return {
    base,
    module: inside(base, module.dir) ?? '.',
    target: path === '.' ? '.' : `./${path}`,
    manifests: vendored || !required || !module.file || !locked ? [] : manifests,
    vendored,
    prepare: [
      ...generators(project, main, [...linked.missing.keys()]),
      ...(module.file ? [] : [['go', 'mod', 'init', 'app']]),
      ...(!module.file || (required && !locked && !vendored) ? [['go', 'mod', 'tidy', '-e']] : []),
    ],
    locked: module.file !== undefined && (!required || locked || vendored),
  }
}

/** Go uses vendor/ unasked from 1.14 on, and only when git carries it can the build count on it. */
function isVendored(project: Project, module: Module, inWork: boolean): boolean {
  const at = inWork && project.has('vendor/modules.txt') ? '.' : module.dir
  if (!project.has(join(at, 'vendor/modules.txt'))) return false
  if (module.mod.go && compare(module.mod.go.value, '1.14') < 0) return false
  const ignored = (project.text(join(at, '.gitignore')) ?? '').split('\n').map(line => line.trim())
  return !ignored.some(line => /^\/?(\*\*\/)?vendor\/?(\*\*?)?$/.test(line))
}

/** The deepest folder that holds all of them. */
function common([first = '.', ...others]: readonly string[]): string {
  let parts = first === '.' ? [] : first.split('/')
  for (const other of others.map(dir => (dir === '.' ? [] : dir.split('/')))) {
    let same = 0
    while (same < parts.length && parts[same] === other[same]) same++
    parts = parts.slice(0, same)
  }
  return parts.join('/') || '.'
}
