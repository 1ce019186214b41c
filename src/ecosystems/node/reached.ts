import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { type Alias, packageOf } from './imports.ts'
import { isPrivate } from './key-files.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, type Module, parseModule, textOf } from './syntax.ts'
import { readTsConfig } from './tsconfig.ts'
import type { Workspace } from './workspaces.ts'

/** What a member uses without naming it in its manifest. */
export interface Reached {
  readonly members: readonly string[]
  /** Files and folders of the root that are no member's. */
  readonly beside: readonly string[]
}

/** Sources of a member that are looked at: a bound for what was generated. */
const MAX_FILES = 800
const SOURCE = /\.([cm]?[jt]sx?|vue|svelte|astro|mdx)$/
const ASIDE =
  /(^|\/)(tests?|__tests__|__mocks__|e2e|fixtures?|stories|\.[^/]+)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$/
/** Settings of tools, which only a build reads. */
const CONFIG = /(^|\/)[\w.-]+\.config\.[cm]?[jt]s$/
/** The same of runners of tests: their names for other members' sources would turn the order of the builds around. */
const OF_TESTS = /(^|\/)(vitest|jest|playwright|cypress|karma|wdio)[\w.-]*\.[cm]?[jt]s$/

/**
 * What a member uses without saying so in its manifest: by a relative path, by a name that a path of the
 * TypeScript configuration or a hoisted module resolves, by what its TypeScript configuration extends.
 * @param development whether what only a build reads counts
 */
export function reached(
  project: Project,
  dir: string,
  names: ReadonlyMap<string, string>,
  members: Workspace['members'],
  development: boolean,
): Reached {
  const paths = [
    ...imported(project, dir, names, members, development),
    ...(development ? configured(project, dir, names) : []),
  ]
  const dirs = [...members.keys()]
  const owner = (path: string) =>
    dirs
      .filter(key => key !== '.' && (path === key || path.startsWith(`${key}/`)))
      .sort((a, b) => b.length - a.length)[0]
  // What another member says in its manifest is there without a build of it: `import pkg from '../api/package.json'`.
  const isStated = (path: string) =>
    path.endsWith('/package.json') && owner(path) !== dir && project.has(path)
  const owned = new Set(paths.flatMap(path => (isStated(path) ? [] : (owner(path) ?? []))))
  owned.delete(dir)
  return {
    members: [...owned],
    beside: paths.flatMap(path =>
      isStated(path) ? path : owner(path) ? [] : besideMembers(project, path, dirs),
    ),
  }
}

/** The outermost folder on the way that holds no member, else the file, with the ending that an import leaves out. */
function besideMembers(project: Project, path: string, dirs: readonly string[]): readonly string[] {
  const parts = path.split('/')
  const folder = parts
    .map((_, index) => parts.slice(0, index + 1).join('/'))
    .find(dir => project.dirs.has(dir) && !dirs.some(key => key === dir || key.startsWith(`${dir}/`)))
  const found = folder ?? ENDINGS.map(ending => path + ending).find(name => project.has(name))
  return found === undefined || isPrivate(project, found) ? [] : [found]
}

const ENDINGS = ['', '.ts', '.js', '.mjs', '.cjs', '.mts', '.json', '.tsx']

/** What TypeScript configurations extend and reference. */
function configured(project: Project, dir: string, names: ReadonlyMap<string, string>): readonly string[] {
  const prefix = dir === '.' ? '' : `${dir}/`
  return project.files
    .filter(
      file => file.startsWith(prefix) && /^([\w-]+\.)?tsconfig[\w.-]*\.json$/.test(file.slice(prefix.length)),
    )
    .flatMap(file => {
      const config = table(project.parse(file))
      const references = Array.isArray(config.references)
        ? config.references.map(reference => text(table(reference).path))
        : []
      return [...[config.extends].flat().map(text), ...references].flatMap(target =>
        target === undefined
          ? []
          : target.startsWith('.')
            ? join(dir, target)
            : (names.get(packageOf(target)) ?? []),
      )
    })
}

/** Paths that sources import out of their own member. */
function imported(
  project: Project,
  dir: string,
  names: ReadonlyMap<string, string>,
  members: Workspace['members'],
  development: boolean,
): readonly string[] {
  const declared = members.get(dir)
  const foreign = [...names.keys()].filter(
    name =>
      names.get(name) !== dir &&
      !Object.hasOwn(
        { ...declared?.dependencies, ...declared?.devDependencies, ...declared?.peerDependencies },
        name,
      ),
  )
  const aliases = aliasesOut(project, dir)
  const inner = [...members.keys()].filter(key => key !== dir && key.startsWith(`${dir}/`))
  return project.files
    .filter(
      file =>
        file.startsWith(`${dir}/`) &&
        SOURCE.test(file) &&
        !ASIDE.test(file.slice(dir.length + 1)) &&
        !OF_TESTS.test(file) &&
        (development || !CONFIG.test(file)) &&
        !inner.some(other => file.startsWith(`${other}/`)),
    )
    .slice(0, MAX_FILES)
    .flatMap(file => {
      const content = project.text(file) ?? ''
      const up = '../'.repeat(file.split('/').length - dir.split('/').length)
      // Few files do: a syntax tree of all of them would take seconds.
      if (
        !content.includes(up) &&
        ![...foreign, ...aliases.map(({ prefix }) => prefix)].some(
          name => content.includes(`'${name}`) || content.includes(`"${name}`),
        )
      )
        return []
      const module = parseModule(project, file)
      return module
        ? [
            ...specifiers(module).flatMap(specifier => place(file, specifier, names, foreign, aliases)),
            ...(CONFIG.test(file) ? named(project, module) : []),
          ]
        : []
    })
}

/** Files and folders outside that a tool's settings name: `viteStaticCopy({ targets: [{ src: '../locales' }] })`. */
function named(project: Project, module: Module): readonly string[] {
  const found: string[] = []
  module.tree.iterate({
    enter({ node }) {
      const value = node.name === 'String' ? textOf(module, node) : undefined
      if (!value?.startsWith('../')) return
      const path = join(module.path, '..', value.replace(/\/?\*.*$/, ''))
      if (project.has(path) || project.dirs.has(path)) found.push(path)
    },
  })
  return found
}

function place(
  file: string,
  specifier: string,
  names: ReadonlyMap<string, string>,
  foreign: readonly string[],
  aliases: readonly Alias[],
): readonly string[] {
  // `./file.json?raw` of Vite.
  if (specifier.startsWith('.')) return [join(file, '..', specifier.replace(/\?.*$/, ''))]
  const name = packageOf(specifier)
  const dir = foreign.includes(name) ? names.get(name) : undefined
  if (dir !== undefined) return [dir]
  const alias = aliases.find(({ prefix }) => specifier.startsWith(prefix))
  return alias ? [join(alias.target + specifier.slice(alias.prefix.length))] : []
}

/** Names of a member's TypeScript configuration for what lies outside of it. One without a prefix could mean anything. */
const aliasesOut = (project: Project, dir: string): readonly Alias[] =>
  (readTsConfig(project, `${dir}/tsconfig.json`)?.aliases ?? []).filter(
    ({ prefix, target }) => prefix !== '' && target !== '' && !`${target}/`.startsWith(`${dir}/`),
  )

/** What a file imports, types too: the compiler reads those. */
function specifiers(module: Module): readonly string[] {
  const found: (string | undefined)[] = []
  module.tree.iterate({
    enter({ node }) {
      if (/^(ImportDeclaration|ExportDeclaration|DynamicImport)$/.test(node.name))
        found.push(textOf(module, node.getChild('String')))
      else if (node.name === 'CallExpression') found.push(required(module, node))
    },
  })
  return found.filter(specifier => specifier !== undefined)
}

const required = (module: Module, call: SyntaxNode): string | undefined =>
  /^(require|require\.resolve|import)$/.test(calleeOf(module, call))
    ? textOf(module, argumentsOf(call)[0])
    : undefined
