import type { Project } from '../../project/project.ts'
import { type Manifest, readManifest, table, text, texts } from './manifest.ts'
import { type NxProject, nxProjects } from './nx-projects.ts'
import { join } from './paths.ts'
import { expand } from './scripts.ts'

/** An app that Nx knows by its project.json, and builds with the one install at the root. */
export interface NxApp {
  /** What `nx build` takes. */
  readonly name: string
  readonly dir: string
  /** Where the build's output goes, from the root, with the file and member that say so. */
  readonly out: string
  readonly outSource: { readonly path: string; readonly detail?: string }
  readonly executor: string
  /** What says how it is built. */
  readonly source: { readonly path: string; readonly detail: string }
  /** The target's configuration for production, where it has one that isn't its default. */
  readonly configuration?: string | undefined
  /** The source that starts, from the root. */
  readonly main?: string | undefined
  /** The target's options, with those for production over them. */
  readonly options: Table
  /** Files that an inferred build is known by: `vite.config.ts`. */
  readonly config?: string | undefined
}

type Table = Readonly<Record<string, unknown>>

/** Configurations that Nx's plugins infer a build from: https://nx.dev/concepts/inferred-tasks */
const INFERRED = /^(vite|rsbuild|webpack|rspack|next|rolldown|rollup|nuxt|remix)\.config\.[cm]?[jt]s$/

/** Executors whose output only another runtime has: Cloudflare's Workers. https://www.npmjs.com/package/@naxodev/nx-cloudflare */
const OF_PLATFORMS = /cloudflare|wrangler/

/** Apps of a repository of Nx; none where each package has scripts of its own, as in any other workspace. */
export const nxApps = (project: Project): readonly NxApp[] =>
  nxProjects(project).flatMap(item => read(project, item) ?? [])

/**
 * Folders of other apps and of tests, which aren't part of the one in a folder. One that a project needs which stays is
 * there all the same: Nx refuses names that no project has.
 * https://nx.dev/docs/reference/project-configuration#implicitdependencies
 */
export function nxOthers(project: Project, own: string): readonly string[] {
  const all = nxProjects(project)
  let others = all.filter(
    item =>
      (item.raw.projectType === 'application' || isTest(item)) &&
      item.dir !== own &&
      !own.startsWith(`${item.dir}/`),
  )
  for (let count = -1; count !== others.length; ) {
    count = others.length
    const needed = all
      .filter(item => !others.includes(item))
      .flatMap(({ raw }) => texts(raw.implicitDependencies))
    others = others.filter(({ name }) => !needed.includes(name))
  }
  return others.map(({ dir }) => dir)
}

const isTest = ({ name, dir }: NxProject): boolean => /-e2e$/.test(name) || /-e2e$/.test(dir)

/** Whether the root's own scripts only hand over to Nx. */
export const handsOver = ({ scripts }: Manifest): boolean =>
  ['build', 'start', 'start:prod'].every(name =>
    expand(scripts, name).every(({ words }) => /^(nx|ng|npx)$/.test(words[0] ?? '')),
  )

function read(project: Project, item: NxProject): NxApp | undefined {
  const { dir, name, raw, path, at } = item
  const scripts = readManifest(project, `${dir}/package.json`)?.scripts ?? {}
  if (raw.projectType === 'library' || isTest(item)) return undefined
  if (Object.hasOwn(scripts, 'build') || Object.hasOwn(scripts, 'start')) return undefined
  const targets = table(raw.targets)
  const config = project.files.find(
    file => file.startsWith(`${dir}/`) && INFERRED.test(file.slice(dir.length + 1)),
  )
  const target = table(targets.build)
  const settings = table(project.parse('nx.json'))
  const executor = text(target.executor) ?? ''
  const inferred = config !== undefined && Array.isArray(settings.plugins)
  if (!executor && !inferred && target.command === undefined) return undefined
  if (OF_PLATFORMS.test(executor)) return undefined
  // Whatever a command of another language makes there.
  const isCode = (path: string) => path.startsWith(`${dir}/`) && /\.[cm]?[jt]sx?$/.test(path)
  if (/^$|:run-commands$/.test(executor) && !config && !project.files.some(isCode)) return undefined
  const defaults = table(settings.targetDefaults)
  const base = { ...table(defaults.build), ...table(defaults[executor]), ...target }
  const options = {
    ...table(table(defaults[executor]).options),
    ...table(target.options),
    ...table(table(target.configurations).production),
  }
  const production =
    Object.hasOwn(table(target.configurations), 'production') && target.defaultConfiguration !== 'production'
  const out = outputOf(base, options, name, dir)
  return {
    name,
    dir,
    executor,
    options,
    config,
    configuration: production ? 'production' : undefined,
    out: out?.path ?? `dist/${dir}`,
    outSource: { path, ...(out && { detail: `${at}targets.build.${out.key}` }) },
    source: { path, detail: `${at}targets.build` },
    main: [text(options.main), `${dir}/src/main.ts`, `${dir}/src/main.js`, `${dir}/src/index.ts`].find(
      file => file !== undefined && project.has(file),
    ),
  }
}

/** `outputPath`, else the first of `outputs`, whose names in braces stand for folders. */
function outputOf(
  target: Table,
  options: Table,
  name: string,
  dir: string,
): { path: string; key: string } | undefined {
  const own = text(options.outputPath) ?? text(table(options.outputPath).base)
  if (own) return { path: join(own), key: 'options.outputPath' }
  const [first] = texts(target.outputs)
  const path = first
    ?.replace('{workspaceRoot}', '.')
    .replace('{projectRoot}', dir)
    .replace('{projectName}', name)
  return path === undefined || /[{*]/.test(path) ? undefined : { path: join(path), key: 'outputs' }
}
