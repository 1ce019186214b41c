import type { Project } from '../../project/project.ts'
import type { Closure } from './closure.ts'
import type { Client, Layout, Member } from './facts.ts'
import { type Manifest, readManifest, table } from './manifest.ts'
import type { Manager } from './package-manager.ts'
import { joinOutward } from './paths.ts'
import { type Command, EVERY_MEMBER, expand, selected } from './scripts.ts'
import type { Workspace } from './workspaces.ts'

/** Manifests of members, by their folders. */
export const packagesOf = (
  dirs: readonly string[],
  workspace: Workspace | undefined,
): readonly (readonly [dir: string, manifest: Manifest])[] =>
  dirs.flatMap(dir => {
    const manifest = workspace?.members.get(dir)
    return manifest ? [[dir, manifest] as const] : []
  })

/** What members that are built as parts of the root ask for, beside what it does itself. */
export function withParts(
  manifest: Manifest,
  parts: readonly string[],
  workspace: Workspace | undefined,
): Manifest {
  const own = packagesOf(parts, workspace).map(([, item]) => item)
  return own.length === 0
    ? manifest
    : {
        ...manifest,
        dependencies: Object.assign({}, ...own.map(item => item.dependencies), manifest.dependencies),
        devDependencies: Object.assign(
          {},
          ...own.map(item => item.devDependencies),
          manifest.devDependencies,
        ),
      }
}

/** Members that a command of the root's own build is for: their packages are a part of its install. */
export const builtByRoot = (
  commands: readonly Command[],
  workspace: Workspace | undefined,
): readonly string[] =>
  [...(workspace?.members ?? [])]
    .filter(([dir, { name }]) =>
      commands.some(
        ({ words, dir: folder }) =>
          folder === dir ||
          /^(turbo|lerna)$/.test(words[0] ?? '') ||
          [EVERY_MEMBER, dir, name].includes(selected(words) ?? '.'),
      ),
    )
    .map(([dir]) => dir)

/** Members of a root that is an app itself: those whose entry no file of the repository is, and no command of its own makes. */
export const besideRoot = (
  members: readonly Member[],
  commands: readonly Command[],
  workspace: Workspace | undefined,
): readonly Member[] => {
  const made = new Set(builtByRoot(commands, workspace))
  const all = commands.some(({ words }) => words[0] === 'nx')
  const references = commands.some(
    ({ words }) => words[0] === 'tsc' && words.some(word => /^(-b|--build)$/.test(word)),
  )
  // Of a member that generates code before, the compiler at the root would lack that.
  const isMade = (dir: string) =>
    all ||
    made.has(dir) ||
    (references &&
      expand(workspace?.members.get(dir)?.scripts ?? {}, 'build').every(({ words: [program = ''] }) =>
        COMPILES.test(program),
      ))
  return members.map(member => ({
    ...member,
    builds: member.builds && !isMade(member.dir) && !member.runtime.includes('.'),
  }))
}
const COMPILES = /^(tsc|rimraf|rm|del|del-cli)$/

/** What lies at the root of a workspace and members' compilers and bundlers read. */
export function shared(
  root: Project,
  { beside, running }: Pick<Closure, 'beside' | 'running'>,
  turbo: Layout['turbo'],
): Layout['shared'] {
  const files = root.files.filter(
    file =>
      !file.includes('/') &&
      (turbo !== undefined || !/^turbo\.jsonc?$/.test(file)) &&
      /^(tsconfig.*\.json|turbo\.jsonc?|nx\.json|babel\.config\.[cm]?js|\.swcrc|\.babelrc|postcss\.config\.[cm]?[jt]s|tailwind\.config\.[cm]?[jt]s|\.browserslistrc|vite\.config\.[cm]?[jt]s)$/.test(
        file,
      ),
  )
  return {
    files: [...new Set([...files, ...beside.filter(path => root.has(path) && !path.includes('/'))])],
    folders: beside.filter(path => root.dirs.has(path) || (root.has(path) && path.includes('/'))),
    running: running.filter(path => root.has(path) || root.dirs.has(path)),
  }
}

/**
 * Scripts of the workspace's own packages that an install runs in spite of its settings, by the folder of the manifest.
 * Yarn's `enableScripts: false` stops neither those nor the scripts of dependencies that `dependenciesMeta.<name>.built`
 * names: https://yarnpkg.com/configuration/manifest#dependenciesMeta.built. npm before 11 runs the members' `prepare`
 * though it is told --ignore-scripts: seen with 7.24, 8.19, 9.9 and 10.9, and no more with 11.0.
 */
export function unwanted(
  manifests: ReadonlyMap<string, Manifest>,
  { id, major }: Manager,
): Layout['unwanted'] {
  if (id === 'npm')
    return new Map(
      [...manifests].flatMap(([dir, { scripts }]) =>
        dir !== '.' && Object.hasOwn(scripts, 'prepare') ? [[dir, ['scripts']] as const] : [],
      ),
    )
  if (id !== 'yarn' || major === 1) return new Map()
  return new Map(
    [...manifests].flatMap(([dir, { scripts, raw }]) => {
      const built = Object.values(table(raw.dependenciesMeta)).some(meta => table(meta).built === true)
      const runs = ['preinstall', 'install', 'postinstall'].some(name => Object.hasOwn(scripts, name))
      const keys = [...(runs ? ['scripts'] : []), ...(built ? ['dependenciesMeta'] : [])]
      return keys.length ? [[dir, keys] as const] : []
    }),
  )
}

/** What others load and nothing builds has its modules beside it: an extension, which the install's own script brings packages to. */
function isLoaded(view: Project, dir: string): boolean {
  try {
    const own = readManifest(view, `${dir}/package.json`)
    return own?.main !== undefined && !Object.hasOwn(own.scripts, 'build')
  } catch {
    return false
  }
}

/** Folders with a package of their own, but for that of the program that a script starts. */
export const nestedPackages = (view: Project, { scripts }: Manifest): readonly string[] =>
  view.files
    .filter(path => path.endsWith('/package.json') && path.split('/').length <= 3)
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(
      dir =>
        /^[\w./-]+$/.test(dir) &&
        !['start', 'start:prod', 'server'].some(name => scripts[name]?.includes(`${dir}/`)) &&
        !isLoaded(view, dir),
    )
    .slice(0, 8)

/** Folders of members that an app does without. */
export function otherMembers(
  workspace: Workspace | undefined,
  app: string,
  needed: readonly string[],
): readonly string[] {
  const kept = new Set([app, ...needed])
  return app === '.'
    ? []
    : [...(workspace?.members.keys() ?? [])].filter(
        dir => !kept.has(dir) && ![...kept].some(other => other.startsWith(`${dir}/`)),
      )
}

/**
 * What the clients' own stages leave to the layout, and the pages that no stage makes: they come as they are.
 * @param beside paths outside of the app's folder, as seen from there, that its server gives out
 */
export function withPages(layout: Layout, clients: readonly Client[], beside: readonly string[]): Layout {
  const within = (path: string, dir: string) => `${path}/`.startsWith(`${dir}/`)
  const known = [
    ...clients.flatMap(({ dir, out, served = out }) => [dir, out, served]),
    ...layout.members.map(({ dir }) => dir),
  ]
  const plain = beside
    .map(path => joinOutward(layout.app, path))
    // Above the repository there is nothing: an output folder of its own was meant.
    .filter(path => !joinOutward(layout.root, path).startsWith('..'))
    .filter(path => !known.some(dir => within(path, dir) || within(dir, path)))
  const pages = plain.filter(path => !plain.some(other => other !== path && within(path, other)))
  return {
    ...layout,
    // What clients are built from, their own stages install.
    ...(layout.app === '.' && clients.length > 0 && { listed: [] }),
    ...(pages.length > 0 && {
      pages,
      others: layout.others.filter(dir => !pages.some(path => within(path, dir))),
    }),
  }
}
