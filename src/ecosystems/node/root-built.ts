import { fromFile, type Source } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import { type Manifest, table, text } from './manifest.ts'
import { join } from './paths.ts'
import { expand } from './scripts.ts'
import { readTsConfig } from './tsconfig.ts'

/** Scripts of a workspace's root that build its members. */
const BUILDS = /^(build|compile)([:.-]|$)|^(prepare|tsc)$/

/**
 * Members that the root builds with `tsc --build`, each given the build of its own that this comes to: the compiler
 * makes what a project references before the project itself: https://www.typescriptlang.org/docs/handbook/project-references.html
 */
export function withRootBuilds(
  project: Project,
  root: Manifest | undefined,
  members: ReadonlyMap<string, Manifest>,
): ReadonlyMap<string, Manifest> {
  const configs = root ? referenced(project, root) : new Map<string, string>()
  if (configs.size === 0) return members
  return new Map(
    [...members].map(([dir, manifest]) => {
      const config = [...configs.keys()].find(
        path => path.startsWith(`${dir}/`) && !path.slice(dir.length + 1).includes('/'),
      )
      if (config === undefined || Object.hasOwn(manifest.scripts, 'build') || !emits(project, config))
        return [dir, manifest] as const
      const script = configs.get(config) ?? ''
      const source: Source = fromFile(
        `${'../'.repeat(dir.split('/').length)}package.json`,
        `scripts.${script}`,
      )
      return [
        dir,
        {
          ...manifest,
          scripts: { ...manifest.scripts, build: `tsc --build ${config.slice(dir.length + 1)}` },
          tasks: new Map([...manifest.tasks, ['build', source]]),
        },
      ] as const
    }),
  )
}

const emits = (project: Project, config: string): boolean => readTsConfig(project, config)?.noEmit === false

/** Every configuration that a script of the root builds, by its path, with the script's name. */
function referenced(project: Project, { scripts }: Manifest): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const script of Object.keys(scripts).filter(name => BUILDS.test(name)))
    for (const { words, dir } of expand(scripts, script)) {
      if (words[0] !== 'tsc' || !words.some(word => /^(-b|--build)$/.test(word))) continue
      const named = words.slice(1).filter(word => !word.startsWith('-'))
      for (const path of named.length ? named : ['.']) follow(project, join(dir ?? '', path), script, found)
    }
  return found
}

function follow(project: Project, path: string, script: string, found: Map<string, string>): void {
  const file = [path, join(path, 'tsconfig.json')].find(name => project.has(name))
  if (file === undefined || found.has(file)) return
  found.set(file, script)
  const { references } = table(project.parse(file))
  for (const reference of Array.isArray(references) ? references : [])
    follow(project, join(file, '..', text(table(reference).path) ?? '.'), script, found)
}
