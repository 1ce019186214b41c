import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { PROGRAMS } from './above.ts'
import type { Member } from './facts.ts'
import { installScripts } from './install-scripts.ts'
import { type Manifest, table, text, wanted } from './manifest.ts'
import { memberClient } from './member-client.ts'
import { join } from './paths.ts'
import { writesIntoModules } from './prisma.ts'
import { reinstalls } from './reinstalls.ts'
import { expand } from './scripts.ts'

/** Whether a member's build runs a program that it doesn't ask for itself, and the root of its workspace does. */
export const borrows = (manifest: Manifest | undefined, root: Manifest): boolean => {
  const { dependencies, devDependencies, optionalDependencies } = table(manifest?.raw)
  const own = { ...table(dependencies), ...table(devDependencies), ...table(optionalDependencies) }
  return expand(manifest?.scripts ?? {}, 'build', true)
    .map(({ words: [program = ''] }) => PROGRAMS[program] ?? program)
    .some(name => wanted(root, name) !== undefined && !Object.hasOwn(own, name))
}

/** What the build of an app takes from a member of its workspace. @param production whether the program needs it too */
export function member(project: Project, dir: string, manifest: Manifest, production: boolean): Member {
  // `echo "no build"` builds nothing.
  const script = expand(manifest.scripts, 'build', true)
  const build = script.filter(command => !reinstalls(command))
  const builds = build.some(({ words }) => !/^(echo|true|exit|:)$/.test(words[0] ?? ''))
  const entries = [manifest.main, text(manifest.raw.module), ...leaves(manifest.raw.exports)].filter(
    path => path !== undefined,
  )
  const missing = entries
    .map(path => join(path))
    .filter(path => {
      const [top = ''] = path.split('/')
      return (
        top &&
        !top.includes('*') &&
        !project.files.some(file => file === `${dir}/${top}` || file.startsWith(`${dir}/${top}/`))
      )
    })
  // Pages beside the code, which no entry names.
  const pages = script.some(({ words }) => words[0] === 'vite') && project.has(`${dir}/index.html`)
  const built = [
    ...new Set([
      ...missing.map(path => path.split('/')[0] ?? ''),
      ...(pages && missing.length
        ? published(manifest).filter(top => !project.dirs.has(`${dir}/${top}`))
        : []),
    ]),
  ]
  // All of it is taken where a name is none of a folder: `npm init` writes "index.js" for a file that nothing makes.
  const plain = missing.every(path => path.includes('/')) && built.every(top => /^[\w.@-]+$/.test(top))
  const client = memberClient(project.within(dir), manifest)
  // `"./adapter": "./adapter.js"`, written by hand beside what a build makes.
  const written = entries.flatMap(path =>
    project.has(`${dir}/${join(path)}`) && !/^src\/|\.ts$/.test(join(path))
      ? (/^[\w.@-]+(?=\/|$)/.exec(join(path))?.[0] ?? [])
      : [],
  )
  const beside = [
    ...asidesOf(project, dir, manifest),
    ...written,
    ...(client?.top === undefined ? [] : [client.top]),
  ]
  const runtime =
    builds && built.length && plain ? [...new Set([...built, ...beside, 'package.json'])] : ['.']
  const generates = (name: string) =>
    expand(manifest.scripts, name).some(({ words }) => words[0] === 'prisma' && words[1] === 'generate')
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare'].filter(
    name => generates(name) && !generates('build'),
  )
  return {
    name: manifest.name ?? dir,
    dir,
    production,
    builds,
    task: manifest.tasks.has('build') || build.length < script.length ? build : undefined,
    prepares: [...new Set([...hooks, ...installScripts({ manifest })])],
    generates: client?.command,
    writesModules: hasClientInModules(project, dir, manifest),
    runtime,
  }
}

/** Whether Prisma's client of a member lies in node_modules: by its own schema, or as the version does where it has none. */
function hasClientInModules(project: Project, dir: string, manifest: Manifest): boolean {
  const range = wanted(manifest, '@prisma/client')
  if (range === undefined) return false
  const major = semver.validRange(range) === null ? 7 : (semver.minVersion(range)?.major ?? 7)
  const schemas = project.files.filter(file => file.startsWith(`${dir}/`) && file.endsWith('.prisma'))
  return writesIntoModules(
    schemas.map(file => project.text(file) ?? ''),
    major,
  )
}

/** What a package publishes beside its build: templates, a schema. */
const asidesOf = (project: Project, dir: string, manifest: Manifest): readonly string[] =>
  published(manifest).filter(top => project.has(`${dir}/${top}`) || project.dirs.has(`${dir}/${top}`))

/** Folders and files that a package is published with, sources and texts about it apart. */
export const published = ({ raw }: Manifest): readonly string[] =>
  [raw.files]
    .flat()
    .flatMap(item => text(item) ?? [])
    .map(path => join(path).split('/')[0] ?? '')
    .filter(top => /^[\w.@-]+$/.test(top) && !/^(src|README.*|LICENSE.*|CHANGELOG.*)$/i.test(top))

function leaves(value: unknown): readonly (string | undefined)[] {
  if (typeof value === 'string') return [value]
  return Object.entries(Array.isArray(value) ? value : table(value)).flatMap(([key, inner]) =>
    key === 'types' ? [] : leaves(inner),
  )
}
