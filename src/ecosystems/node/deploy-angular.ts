import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { option, words } from './command-words.ts'
import { type Deployment, files, program } from './deployment.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'

/** Since Angular 22 its server answers only to hosts that it is told of. */
export const angularNotes = (app: App): readonly Note[] =>
  uses(app, '@angular/ssr')
    ? [
        note(
          'ALLOWED_HOSTS',
          'info',
          "Angular's server may answer only to hosts that it knows, and the image names localhost alone: docker run -e NG_ALLOWED_HOSTS=www.example.com",
        ),
      ]
    : []

type Table = Readonly<Record<string, unknown>>

/**
 * What angular.json says of the application that is built.
 * https://angular.dev/reference/configs/workspace-config
 */
export function angular(app: App, build: readonly Command[]): Deployment | undefined {
  const command = words(build, 'ng') ?? words(build, 'nx')
  const found = application(app, command)
  if (!found) return beforeWorkspaces(app, command)
  const { name, targets } = found
  const target = table(targets.build)
  const named = option(command, '--configuration', '-c') ?? text(target.defaultConfiguration) ?? 'production'
  const options = { ...table(target.options), ...table(table(target.configurations)[named]) }
  const [maker, builder] = (text(target.builder) ?? text(target.executor))?.split(':') ?? []
  // Vite builds, with a server beside the pages.
  if (maker === '@analogjs/platform') return undefined
  const paths = table(options.outputPath)
  const path = join(
    option(command, '--output-path') ?? text(options.outputPath) ?? text(paths.base) ?? `dist/${name}`,
  )
  const base = option(command, '--base-href') ?? text(options.baseHref)
  if (builder !== 'application') {
    // Before Angular 17 the server was a target of its own.
    const server = text(table(table(targets.server).options).outputPath)
    return server === undefined
      ? files(path, [], true, { base, hashedNames: true })
      : program([path, join(server)], `${join(server)}/main.js`)
  }
  // An empty name is the folder itself.
  const inside = (key: string, usual: string) => {
    const named = paths[key]
    return join(path, typeof named === 'string' ? named : usual)
  }
  const prerendered = options.outputMode === 'static'
  if (options.ssr && !prerendered)
    return { ...program([path], `${inside('server', 'server')}/server.mjs`), modules: leavesOut(options) }
  return files(inside('browser', 'browser'), [], true, {
    base,
    hashedNames: true,
    ...(prerendered && { page: 'index.csr.html' }),
  })
}

/** Up to Angular 5 there is one more name and no server: https://github.com/angular/angular-cli/wiki/angular-cli */
function beforeWorkspaces({ project }: App, command: readonly string[] | undefined): Deployment | undefined {
  const file = ['.angular-cli.json', 'angular-cli.json'].find(path => project.has(path))
  if (file === undefined) return undefined
  const [first] = [table(project.parse(file)).apps].flat()
  const out = option(command, '--output-path', '-op') ?? text(table(first).outDir) ?? 'dist'
  return files(join(out), [], true, {
    base: option(command, '--base-href', '-bh') ?? text(table(first).baseHref),
    hashedNames: true,
  })
}

/** The application that `ng build` names, the default one, or the first. */
function application(
  app: App,
  command: readonly string[] | undefined,
): { name: string; targets: Table } | undefined {
  const workspace = table(app.project.parse('angular.json') ?? app.project.parse('.angular.json'))
  // Nx has the same of a repository that is one application, in a file by its own name.
  const single = table(app.project.parse('project.json'))
  const all = Object.entries({
    ...table(workspace.projects),
    ...(single.targets !== undefined && { [text(single.name) ?? 'app']: single }),
  }).filter(([, project]) => table(project).projectType !== 'library')
  const [name, project] =
    all.find(([key]) => command?.includes(key)) ??
    all.find(([key]) => key === workspace.defaultProject) ??
    all[0] ??
    []
  return name === undefined
    ? undefined
    : { name, targets: table(table(project).architect ?? table(project).targets) }
}

/** The builder puts all packages into the server's files, but for those that it is told to leave out. */
const leavesOut = (options: Table): boolean =>
  Array.isArray(options.externalDependencies) && options.externalDependencies.length > 0
