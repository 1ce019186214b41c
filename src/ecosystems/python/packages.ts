import { type Project, parseObject } from '../../project/project.ts'
import type { Install } from './install.ts'
import { type Manifest, table, textIn } from './manifests/pyproject.ts'
import { normalise } from './manifests/requirement.ts'

/** Packages that another one brings along by an extra, where no lock says so. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  'fastapi[all]': ['uvicorn'],
  'fastapi[standard]': ['uvicorn', 'fastapi-cli'],
  'fastapi[standard-no-fastapi-cloud-cli]': ['uvicorn', 'fastapi-cli'],
  'litestar[standard]': ['uvicorn'],
}

/** Whether a package will be there. */
export function hasPackage(install: Install, name: string): boolean {
  return (
    install.packages.some(item => item.name === name) ||
    install.direct.some(
      item =>
        item.name === name || item.extras.some(extra => BROUGHT[`${item.name}[${extra}]`]?.includes(name)),
    )
  )
}

export const versionOf = (install: Install, name: string): string | undefined =>
  install.packages.find(item => item.name === name)?.version

/** Extras whose packages the sources import, though the project's own dependencies don't hold them. */
export function neededExtras(manifest: Manifest | undefined, imported: ReadonlySet<string>): string[] {
  if (!manifest) return []
  const own = new Set(manifest.dependencies.map(({ name }) => name))
  return [...manifest.extras].flatMap(([extra, list]) =>
    !/^(dev|development|tests?|testing|docs?|lint|all|ci|typing|typecheck|build|benchmarks?)$/.test(extra) &&
    list.some(({ name }) => !own.has(name) && imported.has(name))
      ? [extra]
      : [],
  )
}

/** `flask_cors.core` → `flask-cors`: the name on the index is mostly that of the module. */
export const distributionOf = (module: string): string => normalise(module.split('.', 1)[0] ?? module)

export const requiredUv = (project: Project): string | undefined =>
  textIn(table(table(parseObject(project, 'pyproject.toml')?.tool).uv)['required-version']) ??
  textIn(parseObject(project, 'uv.toml')?.['required-version'])
