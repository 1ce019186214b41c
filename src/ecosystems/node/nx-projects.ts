import type { Project } from '../../project/project.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'

type Table = Readonly<Record<string, unknown>>

/** A project as Nx is told of it. */
export interface NxProject {
  readonly dir: string
  readonly name: string
  /** Its members, by the names that project.json has for them. */
  readonly raw: Table
  /** The file that says so, and where in it. */
  readonly path: string
  readonly at: string
}

const MAX_DEPTH = 5
/** Where Nx before 16 and workspaces that came from Angular's CLI name their projects. */
const LISTS = ['workspace.json', 'angular.json']

/** The folders that a list at the root names, whose project.json Nx reads for each build, whichever app that is of. */
export const listedProjects = (project: Project): ReadonlySet<string> =>
  new Set(
    LISTS.flatMap(path => Object.values(table(table(project.parse(path)).projects))).flatMap(value =>
      typeof value === 'string' ? [join(value)] : [],
    ),
  )

/** The projects of a repository of Nx: each by a file in its folder, or one file at the root lists them. */
export function nxProjects(project: Project): readonly NxProject[] {
  if (!project.has('nx.json')) return []
  const listed = LISTS.flatMap(path =>
    Object.entries(table(table(project.parse(path)).projects)).map(([name, value]) => ({
      path,
      name,
      value,
    })),
  )
  const names = new Map(
    listed.flatMap(({ name, value }) => (typeof value === 'string' ? [[join(value), name]] : [])),
  )
  const own = project.files
    .filter(path => path.endsWith('/project.json') && path.split('/').length <= MAX_DEPTH)
    .map(path => {
      const dir = path.slice(0, -'/project.json'.length)
      const raw = table(project.parse(path))
      const name = text(raw.name) ?? names.get(dir) ?? dir.split('/').at(-1) ?? dir
      return { dir, name, raw, path, at: '' }
    })
  const known = new Set(own.map(({ dir }) => dir))
  return [
    ...own,
    ...listed.flatMap(({ path, name, value }) => {
      const { root, projectType, targets, architect } = table(value)
      const dir = join(text(root) ?? '')
      return dir === '' || known.has(dir)
        ? []
        : [
            {
              dir,
              name,
              path,
              at: `projects.${name}.`,
              raw: { projectType, targets: asTargets(targets ?? architect) },
            },
          ]
    }),
  ]
}

/** Angular's word for an executor is a builder. */
const asTargets = (value: unknown): Table =>
  Object.fromEntries(
    Object.entries(table(value)).map(([name, target]) => {
      const { builder, ...rest } = table(target)
      return [name, builder === undefined ? rest : { executor: builder, ...rest }]
    }),
  )
