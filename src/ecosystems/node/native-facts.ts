import { aliasesOf } from './aliases.ts'
import type { App } from './app.ts'
import { withPrograms } from './child-programs.ts'
import type { Class } from './classify.ts'
import { meaningOf } from './commands.ts'
import { type NativeNeeds, nativeNeeds } from './native.ts'
import { join } from './paths.ts'
import type { readProgram } from './runtime.ts'
import { scan } from './scan.ts'

/**
 * What native code asks of an app's image.
 * @param read what is known of the program, where there is one
 * @param suite the Debian of the image
 * @param builds whether anything is built at all
 */
export function nativeOf(
  app: App,
  { deployment, build }: Class,
  read: ReturnType<typeof readProgram>,
  suite: string,
  builds: boolean,
): NativeNeeds {
  const { manifest, lock, manager } = app
  const isSite = deployment.is === 'files'
  const needs = nativeNeeds(
    lock.packages,
    new Map(Object.entries({ ...manifest.optionalDependencies, ...manifest.dependencies })),
    suite,
    manager,
    new Map(Object.entries(manifest.devDependencies)),
    {
      mayLoad: name => builds || read?.found.imports.has(name) === true,
      loads: name => read?.program.needsDevelopment === true && read.found.imports.has(name),
      pages: isSite,
    },
  )
  const loaded = needs.buildScripts.length > 0 ? loadedBy(app, build.commands) : new Set()
  return {
    ...withPrograms(needs, isSite ? new Map() : (read?.found.programs ?? new Map()), suite),
    loadedByBuild: needs.buildScripts.filter(
      name => COMPILE.has(name) || !needs.scripts.includes(name) || loaded.has(name),
    ),
  }
}

/** Native code that compiles sources, whichever group of dependencies names it. */
const COMPILE: ReadonlySet<string> = new Set(['node-sass', 'esbuild', 'natives', 'gulp'])

/** The packages that programs of the project's own import which its build runs: `tsx scripts/describe-api.ts`. */
function loadedBy(app: App, commands: Class['build']['commands']): ReadonlySet<string> {
  const entries = commands.flatMap(command => {
    const meaning = meaningOf(command)
    const named =
      'entry' in meaning ? [meaning.entry] : RUNS.test(command.words[0] ?? '') ? command.words : []
    return named
      .map(path => join(command.dir ?? '', path))
      .filter(path => CODE.test(path) && app.project.has(path))
  })
  return entries.length ? scan(app.project, entries, aliasesOf(app)).imports : new Set()
}
const RUNS = /^(node|tsx|ts-node|ts-node-esm|vite-node|jiti|bun)$/
const CODE = /\.[cm]?[jt]s$/
