import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import type { Alias } from './imports.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { readTsConfig } from './tsconfig.ts'

/** The same of a package that is no app. */
export const aliasesIn = (project: Project): readonly Alias[] => readTsConfig(project)?.aliases ?? []

/** Names of the project's own files in imports: those of its manifest, then those of TypeScript. */
export function aliasesOf(app: Pick<App, 'project' | 'manifest' | 'tsconfig'>): readonly Alias[] {
  const { imports, _moduleAliases } = app.manifest.raw
  // A repository of several projects keeps its paths there.
  const config = app.tsconfig ?? readTsConfig(app.project, 'tsconfig.base.json')
  // A configuration for the compiler may lead into its output; the one beside it leads to the sources then.
  const isBuilt =
    config?.outDir && config.aliases.some(({ target }) => `${join(target)}/`.startsWith(`${config.outDir}/`))
  return [
    ...Object.entries(table(imports)).flatMap(([name, target]) => subpath(name, target)),
    ...Object.entries(table(_moduleAliases)).flatMap(([name, target]) => folder(name, text(target))),
    ...((isBuilt ? readTsConfig(app.project) : config)?.aliases ?? []),
  ]
}

/** `"#models/*": "./app/models/*.js"`: https://nodejs.org/api/packages.html#subpath-imports */
function subpath(name: string, value: unknown): readonly Alias[] {
  const target = text(value) ?? text(table(value).default)
  if (target === undefined || !target.startsWith('./')) return []
  if (!name.includes('*')) return [{ prefix: name, target: join(target), whole: true }]
  return [{ prefix: name.replace(/\*.*$/, ''), target: target.slice(2).replace(/\*.*$/, '') }]
}

/** `"@root": "."`, a file or a folder and what is below: https://www.npmjs.com/package/module-alias */
function folder(name: string, target: string | undefined): readonly Alias[] {
  if (target === undefined) return []
  const path = join(target)
  return [
    { prefix: name, target: path, whole: true },
    { prefix: `${name}/`, target: path === '' || path === '.' ? '' : `${path}/` },
  ]
}
