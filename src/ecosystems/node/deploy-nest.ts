import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { type Deployment, program } from './deployment.ts'
import { type Manifest, table, text } from './manifest.ts'
import { join, relative, sharedFolder } from './paths.ts'
import { scan } from './scan.ts'
import { expand } from './scripts.ts'
import { readTsConfig } from './tsconfig.ts'
import type { Workspace } from './workspaces.ts'

/** An application of a repository in Nest's monorepo mode: https://docs.nestjs.com/cli/monorepo */
interface NestApp {
  readonly name: string
  readonly folder: string
  /** The file that is compiled, and the one that comes of it, both without extension. */
  readonly source: string
  readonly entry: string
  /** Whether `nest build` makes this one when it is given no name. */
  readonly main: boolean
}

/**
 * Members of a workspace that are the applications which its root builds and starts by Nest's command: what they ask for is
 * the root's too, since the output is there.
 */
export function nestMembers(project: Project, manifest: Manifest, { members }: Workspace): readonly string[] {
  const all = applications({ project, manifest })
  const started = all.filter(({ entry }) =>
    Object.values(manifest.scripts).some(script => script.includes(entry)),
  )
  const [first] = all.filter(({ main }) => main)
  return (started.length > 0 ? started : first ? [first] : all.slice(0, 1))
    .map(({ folder }) => folder)
    .filter(folder => members.has(folder))
}

function applications({ project, manifest }: Pick<App, 'project' | 'manifest'>): readonly NestApp[] {
  const config = table(project.parse('nest-cli.json') ?? project.parse('.nestcli.json'))
  const own = text(config.root)
  // Without a name the command goes by the settings of all: https://docs.nestjs.com/cli/usages#nest-build
  const isNamed = expand(manifest.scripts, 'build').some(
    ({ words: [program, verb, name = '-'] }) =>
      program === 'nest' && verb === 'build' && !name.startsWith('-'),
  )
  return Object.entries(table(config.projects)).flatMap(([name, value]) => {
    const { type, root, entryFile, sourceRoot } = table(value)
    const folder = text(root)
    if (type !== 'application' || folder === undefined) return []
    const file = text(entryFile) ?? 'main'
    const source = join(text(sourceRoot) ?? `${folder}/src`, file)
    return [
      {
        name,
        folder: join(folder),
        source,
        entry:
          unbundled(project, folder === own && !isNamed ? [config, value] : [value, config], source) ??
          join('dist', folder, file),
        main: folder === own,
      },
    ]
  })
}

/**
 * Where the compiler puts a file that no bundler takes, as `webpack: false` says: with the folders from its root on,
 * which has what is imported from other projects. @param settings those of the application first
 */
function unbundled(project: Project, settings: readonly unknown[], source: string): string | undefined {
  const options = settings.map(item => table(table(item).compilerOptions))
  const bundles = options.map(({ webpack }) => webpack).find(value => value !== undefined) ?? true
  const named = options.map(({ builder }) => text(builder) ?? text(table(builder).type)).find(Boolean)
  if (named === undefined ? bundles : named === 'webpack') return undefined
  const path = options.map(({ tsConfigPath }) => text(tsConfigPath)).find(Boolean)
  const config = path === undefined ? undefined : readTsConfig(project, join(path))
  if (!config?.outDir) return undefined
  const inputs = scan(project, [`${source}.ts`], config.aliases).files
  const root = config.rootDir ?? (named === 'swc' ? '' : sharedFolder([...inputs]))
  return join(config.outDir, relative(root || '.', source))
}

/** Whether `nest build` runs the compiler over all sources, as it does outside of monorepo mode: no bundler, no SWC. */
export function isCompiledByNest({ project }: App): boolean {
  const { projects, compilerOptions } = table(project.parse('nest-cli.json'))
  const { builder, webpack } = table(compilerOptions)
  const name = text(builder) ?? text(table(builder).type) ?? 'tsc'
  return projects === undefined && webpack !== true && name === 'tsc'
}

/** Outside of monorepo mode the entry is that of the scripts, of the settings or of tsconfig.json. */
export function nest(app: App): Deployment {
  const all = applications(app)
  const main = all.find(item => item.main) ?? all[0]
  const file = text(table(app.project.parse('nest-cli.json')).entryFile)
  const entry =
    main?.entry ??
    (file !== undefined && file !== 'main' ? join(app.tsconfig?.outDir ?? 'dist', file) : undefined)
  return entry === undefined ? program() : { ...program([], `${entry}.js`), start: `node ${entry}.js` }
}

/** `dist/apps/api/main` → `apps/api/src/main.ts` */
export const nestSource = (app: App, entry: string): string | undefined => {
  const found = applications(app).find(item => item.entry === join(entry).replace(/\.js$/, ''))
  return found && `${found.source}.ts`
}

export const nestNotes = (app: App): readonly Note[] =>
  applications(app)
    .filter(item => !item.main)
    .map(({ name, entry }) =>
      note(
        'OTHER_PROJECT',
        'info',
        `${name} is another application here: --build 'nest build ${name}' --start 'node ${entry}.js' makes its Dockerfile`,
        fromFile('nest-cli.json', `projects.${name}`),
      ),
    )
