import type { Project } from '../../project/project.ts'
import type { Main } from './mains.ts'
import { inside, join } from './modules.ts'

/** A generator that must run before the build, as its results are not in git, by the command that runs it. */
export type Generator = readonly string[]

const TEMPL = 'github.com/a-h/templ'
const SWAG = 'github.com/swaggo/swag'

/**
 * Generators whose results the program can't do without and the repository lacks. `go run` takes them in the version
 * that go.mod names, so that nothing is installed.
 * @param missing import paths of the program's own module that no folder answers to
 */
export function generators(
  project: Project,
  { module, dir }: Main,
  missing: readonly string[],
): readonly Generator[] {
  const version = (path: string) => {
    const stated = module.mod.require.find(required => required.path === path)?.version
    return stated !== undefined && /^v[\w.+-]+$/.test(stated) ? stated : undefined
  }
  const templ = version(TEMPL)
  const pages = project.files.filter(
    file => file.endsWith('.templ') && inside(module.dir, file) !== undefined,
  )
  const unbuilt = pages.some(file => !project.has(file.replace(/\.templ$/, '_templ.go')))
  const swag = version(SWAG)
  const docs = missing.includes(`${module.path}/docs`)
  const main = ['main.go', `${dir.split('/').at(-1)}.go`]
    .map(file => join(dir, file))
    .find(file => project.has(file))
  return [
    ...(templ && unbuilt ? [['go', 'run', `${TEMPL}/cmd/templ@${templ}`, 'generate']] : []),
    ...(swag && docs && main
      ? [
          [
            'go',
            'run',
            `${SWAG}/cmd/swag@${swag}`,
            'init',
            '-g',
            inside(module.dir, main) ?? main,
            '-o',
            'docs',
          ],
        ]
      : []),
  ]
}
