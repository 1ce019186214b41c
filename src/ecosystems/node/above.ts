import { isBuiltin } from '../../knowledge/node-builtins.ts'
import type { ManagerId } from '../../knowledge/node-managers.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import type { Build } from './build.ts'
import { packageOf } from './imports.ts'
import { readManifest } from './manifest.ts'
import { findManager } from './package-manager.ts'
import { join } from './paths.ts'
import { importsOf, parseModule } from './syntax.ts'
import { holdsMembers } from './workspaces.ts'

/**
 * A package of a folder above, which is no workspace, with what an app's sources import and its own manifest doesn't name:
 * Node.js looks for modules in all folders above. https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export interface Above {
  /** Its folder, from the root of the build context. */
  readonly dir: string
  readonly manager: ManagerId
  readonly lock?: string | undefined
  /** Where it is in the build stage, where that isn't above the working directory. */
  readonly target?: string
  /** What is used of it. */
  readonly names: readonly string[]
  /** Whether its dependencies do without those for development. */
  readonly production: boolean
}

const SOURCE = /\.([cm]?[jt]sx?|vue|svelte|astro)$/
const ASIDE =
  /(^|\/)(tests?|__tests__|__mocks__|e2e|fixtures?|stories|scripts|node_modules|\.[^/]+)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$|(^|\/)(eslint|prettier|commitlint|jest|vitest|playwright|cypress|lint-staged|stylelint)[\w.-]*\.[cm]?[jt]s$/
/** A bound for what was generated. */
const MAX_FILES = 800
/** Programs that have another name than their package. */
export const PROGRAMS: Readonly<Record<string, string>> = { tsc: 'typescript', webpack: 'webpack-cli', babel: '@babel/cli', ng: '@angular/cli', nest: '@nestjs/cli' } // biome-ignore format: one list

/** @param outside folders beside its own that it imports from, from there */
export function packagesAbove(
  project: Project,
  root: string,
  { manifest, lock, manager }: App,
  build: Build,
  outside: readonly string[],
): Above | undefined {
  const own = new Set([
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }),
    ...lock.packages.map(({ name }) => name),
    manifest.name,
  ])
  const parts = root.split('/')
  for (let depth = parts.length - 1; root !== '.' && depth >= 0; depth -= 1) {
    const dir = parts.slice(0, depth).join('/') || '.'
    const there = project.within(dir)
    const above = readManifest(there)
    if (!above || holdsMembers(there, above)) continue
    const offered = Object.keys({ ...above.dependencies, ...above.devDependencies }).filter(
      name => !own.has(name) && !isBuiltin(name) && !name.startsWith('@types/'),
    )
    const names = offered.length ? used(project, [root, ...outside], offered) : []
    const programs = build.commands
      .map(({ words: [program = ''] }) => PROGRAMS[program] ?? program)
      .filter(name => offered.includes(name))
    const all = [...new Set([...names, ...programs])]
    if (all.length === 0) continue
    const found = findManager(there, above)
    // The image has the app's own manager, and npm.
    if (found.id !== 'npm' && (found.id !== manager.id || found.major !== manager.major)) return undefined
    if (found.id === 'yarn' && found.major > 1) return undefined
    return {
      dir,
      manager: found.id,
      lock: found.stale === undefined ? found.lock : undefined,
      names: all,
      production: names.every(name => Object.hasOwn(above.dependencies, name)),
    }
  }
  return undefined
}

/** Which of the packages some source imports. */
function used(project: Project, dirs: readonly string[], offered: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const files = project.files.filter(
    file =>
      SOURCE.test(file) &&
      dirs.some(
        dir => file === dir || (file.startsWith(`${dir}/`) && !ASIDE.test(file.slice(dir.length + 1))),
      ),
  )
  for (const file of files.slice(0, MAX_FILES)) {
    const content = project.text(file) ?? ''
    // A syntax tree of every file would take seconds.
    if (
      !offered.some(
        name => !found.has(name) && (content.includes(`'${name}`) || content.includes(`"${name}`)),
      )
    )
      continue
    const module = parseModule(project, file)
    for (const specifier of module ? importsOf(module) : [])
      if (offered.includes(packageOf(specifier))) found.add(packageOf(specifier))
  }
  return offered.filter(name => found.has(name))
}

export const aboveNotes = (above: Above | undefined, manifest: string): readonly Note[] =>
  above
    ? [
        note(
          'PACKAGES_ABOVE',
          'warning',
          `${above.names.slice(0, 5).join(', ')}${above.names.length > 5 ? ' …' : ''} ${above.names.length > 1 ? 'are' : 'is'} used and named by ${join(above.dir, 'package.json')} alone, so all that it names is installed too: name ${above.names.length > 1 ? 'them' : 'it'} in ${manifest}`,
        ),
      ]
    : []
