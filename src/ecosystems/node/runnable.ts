import semver from 'semver'
import { type App, uses, usesInProduction, versionOf } from './app.ts'
import { readManifest } from './manifest.ts'
import { join } from './paths.ts'
import { SETTINGS } from './pm2.ts'
import { scan } from './scan.ts'
import { type Command, expand, selected } from './scripts.ts'
import { exportsCode, type Runnable } from './start.ts'
import { sourceOf } from './tsconfig.ts'
import { holdsMembers } from './workspaces.ts'

/** The command without tools of the developer's: `nodemon src/index.js` is `node src/index.js`. */
export function line(command: Command, runs: Runnable): string {
  if (runs.is === 'bin' || (!command.dir && /^(node|tsx|ts-node|bun)$/.test(command.words[0] ?? ''))) {
    const isDropped = (word = '') => /^--(inspect|watch|env-file)/.test(word)
    const hasValue = (word = '') => /^--(watch-path|env-file|env-file-if-exists)$/.test(word)
    const kept = command.words.filter((word, at, all) => !isDropped(word) && !hasValue(all[at - 1]))
    return kept.join(' ')
  }
  return [
    runs.is === 'typescript' && runs.runner !== 'node' ? runs.runner : 'node',
    runs.entry,
    ...runs.args,
  ].join(' ')
}

/** `node .` and `node dist` mean a file that package.json or a folder's index names. */
export function normal(app: App, runs: Runnable): Runnable {
  if (runs.is === 'bin') return { ...runs, args: served(app, runs.name, runs.args) }
  const { manifest } = app
  const path = join(runs.entry)
  const entry = path === '' ? (manifest.main ?? 'index.js') : path
  const resolved = [entry, `${entry}.js`, `${entry}/index.js`, `${entry}.ts`, `${entry}/index.ts`].find(
    file => app.project.has(file),
  )
  if (runs.is === 'node' && resolved && /\.[cm]?tsx?$/.test(resolved))
    return { is: 'typescript', runner: 'node', entry: resolved, args: runs.args }
  return { ...runs, entry: resolved ?? (runs.is === 'node' ? compiled(app, entry) : entry) }
}

/** `remix-serve build`: since version 2 it imports that, and no import takes a folder. https://remix.run/docs/en/v2/other-api/serve */
function served(app: App, name: string, args: readonly string[]): readonly string[] {
  const [path, ...rest] = args
  const version = semver.coerce(versionOf(app, '@remix-run/serve') ?? '')
  return name === 'remix-serve' && path && version && version.major >= 2 && !/\.[cm]?js$/.test(path)
    ? [`${path.replace(/\/$/, '')}/index.js`, ...rest]
    : args
}

/** `node dist/main`, `node dist`: the file that it comes to once it is built. */
function compiled(app: App, entry: string): string {
  const source = /\.[cm]?js$/.test(entry) ? undefined : sourceOf(app.project, entry, app.tsconfig)
  if (source === undefined) return entry
  const isFolder = /(^|\/)index\.[cm]?[jt]sx?$/.test(source) && !/(^|\/)index$/.test(entry)
  return isFolder ? `${entry}/index.js` : `${entry}.js`
}

/** Whether the program is there, or can come out of the build. */
export function plausible(app: App, runs: Runnable, built: boolean): boolean {
  if (runs.is === 'bin') return productionBin(app, runs.name)
  if (SETTINGS.test(runs.entry)) return false
  if (app.project.has(runs.entry)) return !isBuilder(app, runs)
  return (
    built &&
    !handsOn(app) &&
    (sourceOf(app.project, runs.entry, app.tsconfig) !== undefined ||
      /^([._]?(dist|build|out|lib|bin|output|server|public|bundle|prod)|\.\w+|__\w+__)\//.test(
        `${runs.entry}/`,
      ))
  )
}

/**
 * `nodemon scripts/build.js`, which developers start: the build runs it too, and it serves nothing. Of a library any
 * program is that, but for one that is told something else: `node cli.js serve` beside `node cli.js build`.
 */
const isBuilder = (app: App, { entry, args }: Exclude<Runnable, { is: 'bin' }>): boolean =>
  expand(app.manifest.scripts, 'build').some(
    ({ words: [program, file = '', ...rest] }) =>
      program === 'node' &&
      join(file) === entry &&
      (BUILDER.test(entry) || (exportsCode(app) && rest.join(' ') === args.join(' '))),
  ) && !scan(app.project, [entry]).listens
const BUILDER = /(^|\/)((scripts?|tools?|build)\/|build\.[cm]?js$)/

/** Whether the build of a workspace's root is its members' alone, so that nothing comes out at the root. */
export function handsOn({ project, manifest }: App): boolean {
  const build = expand(manifest.scripts, 'build').filter(({ words }) => words[0] !== 'cd')
  return (
    build.length > 0 &&
    holdsMembers(project, manifest) &&
    build.every(
      ({ words, dir }) =>
        dir !== undefined || /^(turbo|lerna)$/.test(words[0] ?? '') || selected(words) !== undefined,
    )
  )
}

/** `nodemon dist/server.js` beside `tsc --watch`: the compiler makes it, though no script for production calls it. */
export function isCompiled(app: App, runs: Runnable): boolean {
  const { project, tsconfig } = app
  if (runs.is !== 'node' || tsconfig?.outDir === undefined || tsconfig.noEmit === true) return false
  return (
    runs.entry.startsWith(`${tsconfig.outDir}/`) &&
    uses(app, 'typescript') &&
    /\.[cm]?tsx?$/.test(sourceOf(project, runs.entry, tsconfig) ?? '')
  )
}

/** A program of a package: one that the manifest has, and no tool for development. */
export const BIN_PACKAGES: Readonly<Record<string, string>> = {
  'remix-serve': '@remix-run/serve', 'react-router-serve': '@react-router/serve', strapi: '@strapi/strapi', fastify: 'fastify-cli', medusa: '@medusajs/medusa',
  keystone: '@keystone-6/core', sails: 'sails', nest: '@nestjs/cli', srvx: 'srvx', probot: 'probot', 'functions-framework': '@google-cloud/functions-framework', 'graphql-hive': '@graphql-hive/gateway',
  'mesh': '@graphql-mesh/cli', 'moleculer-runner': 'moleculer', nuxi: 'nuxt', 'nuxt-ts': '@nuxt/typescript-runtime', directus: 'directus', vinxi: 'vinxi', remix: '@remix-run/dev', eggctl: '@eggjs/scripts',
} // biome-ignore format: a table
const productionBin = (app: App, name: string): boolean =>
  usesInProduction(app, name, BIN_PACKAGES[name] ?? name)

/** Whether a folder on the way to a file is a package with dependencies of its own, which nothing here installs. */
export const isForeign = ({ project }: App, entry: string): boolean =>
  entry
    .split('/')
    .slice(0, -1)
    .map((_, index, all) => readManifest(project, `${all.slice(0, index + 1).join('/')}/package.json`))
    .some(manifest => Object.keys(manifest?.dependencies ?? {}).length > 0)
