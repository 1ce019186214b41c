import semver from 'semver'
import type { Project } from '../../project/project.ts'
import { type App, uses, versionOf } from './app.ts'
import type { Class } from './classify.ts'
import { meaningOf } from './commands.ts'
import { readConfig } from './config.ts'
import type { Prisma } from './facts.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { expand, shown } from './scripts.ts'
import { importsOf, parseModule } from './syntax.ts'

/** Prisma, where a schema and the client are there. */
export function readPrisma(app: App): Prisma | undefined {
  if (!uses(app, '@prisma/client', 'prisma')) return undefined
  const config = readConfig(app.project, 'prisma.config', '.config/prisma')
  const named = config?.text('schema') ?? text(table(app.manifest.raw.prisma).schema)
  const schema = [
    named && join(named),
    'prisma/schema.prisma',
    'prisma/schema',
    'schema.prisma',
    'src/prisma/schema.prisma',
  ].find(path => path && (app.project.has(path) || app.project.dirs.has(path)))
  if (!schema) return undefined
  const dir =
    schema.includes('/') && app.project.has(schema) ? schema.split('/').slice(0, -1).join('/') : schema
  const file = app.project.has(schema) ? schema : app.project.find(`${schema}/*.prisma`)[0]
  const provider = /datasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(
    app.project.text(file ?? '') ?? '',
  )?.[1]
  return {
    major: semver.coerce(versionOf(app, '@prisma/client') ?? versionOf(app, 'prisma') ?? '')?.major ?? 7,
    inputs: config ? [dir, config.path] : [dir],
    provider,
    file:
      provider === 'sqlite'
        ? databaseVariable(app.project.text(file ?? ''), config && app.project.text(config.path))
        : undefined,
  }
}

/** `env("DATABASE_URL")` of a schema or a configuration. */
const databaseVariable = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts
    .map(content => /\burl\b\s*[:=]\s*(?:env\(\s*["']|process\.env\.)(\w+)/.exec(content ?? '')?.[1])
    .find(Boolean)

/**
 * What SvelteKit's build wants to be set while it runs the server's code: the example's values, for that command alone.
 * Code that imports private values statically would keep them, so nothing is set for it.
 */
export function duringBuild(app: App): Readonly<Record<string, string>> {
  const sources = uses(app, '@sveltejs/kit') ? app.project.find('src/**/*.{ts,js}').slice(0, 200) : []
  const imports = new Set(
    sources.flatMap(path => {
      const module = parseModule(app.project, path)
      return module ? importsOf(module) : []
    }),
  )
  if (!imports.has('$env/dynamic/private') || imports.has('$env/static/private')) return {}
  const lines = (app.project.text('.env.example') ?? '').split('\n')
  const pairs = lines.flatMap(line => {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=["']?([\w@%+=:,./~?&-]+)["']?$/.exec(line.trim()) ?? []
    return name && value && !name.startsWith('PUBLIC_') ? [[name, value]] : []
  })
  return Object.fromEntries(pairs) as Record<string, string>
}

/** `${NPM_TOKEN}` in the settings of a registry: the variables that an install needs. */
export function registrySecrets(project: Project): readonly string[] {
  const settings = ['.npmrc', '.yarnrc.yml', 'bunfig.toml'].map(path => project.text(path) ?? '').join('\n')
  const active = settings
    .split('\n')
    .filter(line => !/^\s*[#;]/.test(line))
    .join('\n')
  return [
    ...new Set([...active.matchAll(/\$\{?([A-Z][A-Z0-9_]*)[}:?-]?/g)].map(match => match[1] ?? '')),
  ].filter(Boolean)
}

/** Commands of `postinstall` and `prepare` that a container needs nothing of. */
const NEEDLESS =
  /^(husky|husky-init|simple-git-hooks|lefthook|is-ci|only-allow|ngcc|opencollective|opencollective-postinstall|electron-builder|patch-git-hooks|git|pre-commit|lint-staged|playwright|cypress|nuxt|nuxi|svelte-kit|astro|wrangler|fumadocs-mdx|echo|true|exit|node-gyp|ts-patch|pinst|skuba|syncpack|sherif|check-dependency-version-consistency|allow-scripts)$/

/** Scripts of the package itself that an install would run, where one does what the build needs. */
export function installScripts(app: App): readonly string[] {
  const { scripts } = app.manifest
  return ['preinstall', 'install', 'postinstall', 'prepare'].filter(name => {
    const commands = Object.hasOwn(scripts, name) ? expand(scripts, name) : []
    return commands.some(command => {
      const [program = ''] = command.words
      if (
        NEEDLESS.test(program) ||
        program === 'prisma' ||
        program === 'npm' ||
        program === 'pnpm' ||
        program === 'yarn' ||
        program === 'cd'
      )
        return false
      if (
        program === 'ngcc' ||
        (program === 'node' && /husky|\.husky|prepare|only-allow|hooks|preinstall|check/.test(shown(command)))
      )
        return false
      // `prepare: npm run build` and its like: the build does it.
      return (
        !(name === 'prepare' && ['build', 'dev'].includes(meaningOf(command).is)) &&
        !['other', 'dev'].includes(meaningOf(command).is)
      )
    })
  })
}

/** Files that an install reads beside the manifest and the lock, from the root. */
export function installInputs(project: Project): readonly string[] {
  const named = [
    '.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    'pnpm-workspace.yaml',
    '.pnpmfile.cjs',
    '.pnpmfile.mjs',
    'bunfig.toml',
  ].filter(path => project.has(path))
  const folders = ['patches', '.yarn/patches', '.yarn/plugins', '.pnpm-patches'].filter(path =>
    project.dirs.has(path),
  )
  return [...named, ...folders]
}

/** Whether something patches node_modules once the sources are there. */
export const patchesModules = (app: App): boolean =>
  installScripts(app).some(name =>
    expand(app.manifest.scripts, name).some(({ words }) =>
      /^(patch-package|ts-patch|rn-nodeify|node)$/.test(words[0] ?? ''),
    ),
  )

/** What Debian's slim image lacks and a build calls for. */
export function buildPackages(app: App, prisma: Prisma | undefined): readonly string[] {
  const fromGit = Object.values({ ...app.manifest.dependencies, ...app.manifest.devDependencies }).some(
    range => /^(git[+:@]|github:|[\w-]+\/[\w.-]+(#|$))/.test(range),
  )
  const readsGit = uses(
    app,
    'simple-git',
    'git-rev-sync',
    'git-revision-webpack-plugin',
    'vite-plugin-git-revision',
    'git-describe',
    'last-commit-log',
  )
  return [
    ...(fromGit || readsGit ? ['ca-certificates', 'git'] : []),
    ...(prisma && prisma.major < 7 ? ['ca-certificates', 'openssl'] : []),
  ]
    .filter((name, index, all) => all.indexOf(name) === index)
    .sort()
}

/** Flags and variables that the age of a project's tools asks for. */
export function buildEnvironment(
  app: App,
  { build, framework }: Class,
  major: number,
): Readonly<Record<string, string>> {
  const webpack = app.lock.packages
    .filter(({ name }) => name === 'webpack')
    .map(({ version }) => semver.coerce(version))
  const old =
    webpack.some(version => version && semver.lt(version, '5.61.0')) ||
    (uses(app, 'react-scripts') && (semver.coerce(versionOf(app, 'react-scripts') ?? '')?.major ?? 5) < 5)
  const heap =
    build.commands.some(({ words }) => words[0] === 'vite' || words[0] === 'react-scripts') &&
    app.project.files.length > 1500
  // Their hash function, MD4, is gone from OpenSSL 3.
  const options = [
    ...(old && major >= 17 ? ['--openssl-legacy-provider'] : []),
    ...(heap ? ['--max-old-space-size=4096'] : []),
  ]
  const telemetry: Record<string, string> =
    framework?.name === 'next'
      ? { NEXT_TELEMETRY_DISABLED: '1' }
      : framework?.name === 'nuxt'
        ? { NUXT_TELEMETRY_DISABLED: '1' }
        : framework?.name === 'astro'
          ? { ASTRO_TELEMETRY_DISABLED: '1' }
          : framework?.name === 'gatsby'
            ? { GATSBY_TELEMETRY_DISABLED: '1' }
            : {}
  const adapter =
    framework?.name === 'sveltekit' &&
    uses(app, '@sveltejs/adapter-auto') &&
    !uses(app, '@sveltejs/adapter-node', '@sveltejs/adapter-static')
      ? { GCP_BUILDPACKS: 'true' }
      : {}
  return { ...telemetry, ...adapter, ...(options.length && { NODE_OPTIONS: options.join(' ') }) }
}

/** npm 6 ignored peers that don't fit; its lock files only install that way. */
export const installFlags = (app: App): readonly string[] =>
  app.manager.id === 'npm' && app.lock.version === '1' ? ['--legacy-peer-deps'] : []
