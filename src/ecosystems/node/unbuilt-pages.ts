import { type Note, note } from '../../plan/notes.ts'
import type { Question } from '../ecosystem.ts'
import { type App, uses } from './app.ts'
import type { Build } from './build.ts'
import type { Deployment } from './deployment.ts'
import type { Framework } from './frameworks.ts'
import { lackingOf } from './page-loads.ts'
import { join } from './paths.ts'

interface Open {
  readonly notes: readonly Note[]
  readonly questions?: readonly Question[]
}

/** Compilers of other languages, by a file or a package of theirs: what they make is no source, and nothing here runs them. */
const COMPILERS: readonly (readonly [name: string, file: string, pack: string])[] = [
  ["Elm's compiler", 'elm.json', 'elm'],
  ['shadow-cljs', 'shadow-cljs.edn', 'shadow-cljs'],
  ["PureScript's compiler", 'spago.yaml', 'purescript'],
  ["PureScript's compiler", 'spago.dhall', 'spago'],
]

/** Pages that are served as they stand, and load what nothing has made. */
export function unbuilt(app: App, folder: string): Open {
  const { project } = app
  const [first, ...more] = lackingOf(project, folder)
  if (first === undefined) return { notes: [] }
  const page = join(folder, 'index.html')
  const compiler = COMPILERS.find(([, file, pack]) => project.has(file) || uses(app, pack))
  if (compiler)
    return {
      notes: [],
      questions: [
        {
          code: 'NO_BUILD_COMMAND',
          // Without a package nothing is installed that could run a command.
          ...(project.has('package.json')
            ? { option: 'build' as const }
            : { hint: 'Add a package.json with that compiler and a script build that runs it' }),
          message: `${page} loads ${first}, which is not here: ${compiler[0]} makes it, and no script named build runs that.`,
        },
      ],
    }
  const rest = more.length > 0 ? ` and ${more.length} more` : ''
  return {
    notes: [
      note(
        'PAGE_INCOMPLETE',
        'warning',
        `${page} loads ${first}${rest}, which no file here is and nothing makes`,
      ),
    ],
  }
}

/** Nothing builds a site whose pages aren't here. */
export const unmade = (
  { project, manifest }: App,
  framework: Framework,
  deployment: Deployment,
  build: Build,
): readonly Question[] =>
  deployment.is !== 'files' ||
  build.commands.length > 0 ||
  deployment.out === '' ||
  project.dirs.has(deployment.out)
    ? []
    : [
        {
          code: 'NO_BUILD_COMMAND',
          option: 'build',
          message: `no script of ${manifest.name ?? 'this package'} makes ${deployment.out}, where ${framework.name} puts its pages.`,
        },
      ]
