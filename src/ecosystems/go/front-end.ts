import { cycleOf, supported } from '../../knowledge/releases.ts'
import { type Project, parseObject } from '../../project/project.ts'
import { type Embeds, frontEndOf } from './embed.ts'
import type { FrontEnd } from './facts.ts'
import { inside, join, parent } from './modules.ts'

type Manifest = Readonly<Record<string, unknown>>

const LOCKFILES = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
] as const
const SETTINGS = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml', '.pnpmfile.cjs']
/** Where bundlers are told which folder to write. */
const BUNDLERS = ['vite', 'rollup', 'webpack', 'svelte', 'astro', 'next', 'vue', 'quasar', 'rsbuild'].flatMap(
  name => ['js', 'mjs', 'cjs', 'ts', 'mts'].map(extension => `${name}.config.${extension}`),
)
const MAX_MANIFESTS = 12

/** The front end whose build writes what the program embeds and git lacks. */
export function findFrontEnd(project: Project, { missing }: Embeds): FrontEnd | undefined {
  for (const { path } of missing) {
    const near = frontEndOf(project, path)
    const found = (near === undefined ? undefined : builder(project, near, 'build')) ?? writer(project, path)
    if (found) return describe(project, found.dir, found.manifest, found.script, path)
  }
  return undefined
}

interface Builder {
  readonly dir: string
  readonly manifest: Manifest
  readonly script: string
}

function builder(project: Project, dir: string, script: string): Builder | undefined {
  const manifest = parseObject(project, join(dir, 'package.json'))
  return manifest && script in scriptsOf(manifest) ? { dir, manifest, script } : undefined
}

/** A front end that stands elsewhere and names the folder: `vite build --outDir=../server/dist`. */
function writer(project: Project, path: string): Builder | undefined {
  const manifests = project.files.filter(file => /(^|\/)package\.json$/.test(file)).slice(0, MAX_MANIFESTS)
  for (const file of manifests) {
    const dir = parent(file)
    const target = relative(dir, path)
    const manifest = parseObject(project, file)
    if (!manifest) continue
    const scripts = Object.entries(scriptsOf(manifest))
    const named = scripts.find(([, command]) =>
      String(command)
        .split(/[\s=]+/)
        .some(word => clean(word) === target),
    )
    if (named) return { dir, manifest, script: named[0] }
    if (
      'build' in scriptsOf(manifest) &&
      BUNDLERS.some(config => literals(project.text(join(dir, config))).includes(target))
    )
      return { dir, manifest, script: 'build' }
  }
  return undefined
}

const clean = (word: string): string => word.replace(/^["'`]|["'`]$/g, '').replace(/^\.\/|\/$/g, '')
const literals = (text = ''): string[] => (text.match(/(["'`])[^"'`\n]*\1/g) ?? []).map(clean)

const scriptsOf = ({ scripts }: Manifest): Readonly<Record<string, unknown>> =>
  typeof scripts === 'object' && scripts !== null ? { ...scripts } : {}

/** `path` as seen from `dir`: `../server/dist` from `web`. */
function relative(dir: string, path: string): string {
  const below = inside(dir, path)
  return below ?? `../${relative(parent(dir), path)}`
}

function describe(
  project: Project,
  dir: string,
  manifest: Manifest,
  script: string,
  output: string,
): FrontEnd {
  const stated = /^(npm|pnpm|yarn)@(\d+\.\d+\.\d+)/.exec(String(manifest.packageManager ?? ''))
  const locked = LOCKFILES.find(([, file]) => project.has(join(dir, file)))
  const manager = (stated?.[1] as FrontEnd['manager'] | undefined) ?? locked?.[0] ?? 'npm'
  const lockfile = locked?.[0] === manager ? locked[1] : undefined
  return {
    dir,
    manager,
    managerVersion:
      stated?.[2] ?? (manager === 'pnpm' ? pnpmLine(project.text(join(dir, 'pnpm-lock.yaml'))) : undefined),
    lockfile,
    script,
    beside: SETTINGS.filter(file => project.has(join(dir, file))),
    output,
    node: nodeLine(manifest),
    skips: [...new Set(DOWNLOADS.filter(([name]) => asks(manifest, name)).map(([, skip]) => skip))],
  }
}

/** Tools of tests whose install fetches a browser, which no build needs and not every network gives out. */
const DOWNLOADS = [
  ['puppeteer', 'PUPPETEER_SKIP_DOWNLOAD=true'],
  ['playwright', 'PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1'],
  ['@playwright/test', 'PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1'],
  ['cypress', 'CYPRESS_INSTALL_BINARY=0'],
] as const

const asks = ({ dependencies, devDependencies }: Manifest, name: string): boolean =>
  [dependencies, devDependencies].some(
    list => typeof list === 'object' && list !== null && Object.hasOwn(list, name),
  )

/** The release that wrote a lock file of this version: https://pnpm.io/git#lockfiles */
function pnpmLine(lockfile = ''): string {
  const version = Number(/^lockfileVersion:\s*'?(\d+(?:\.\d+)?)/m.exec(lockfile.slice(0, 200))?.[1] ?? 9)
  return version < 6 ? '7' : version < 9 ? '8' : '10'
}

/** `engines.node` names a line that is there, or the newest with long-term support. */
function nodeLine({ engines }: Manifest): string {
  const stated =
    typeof engines === 'object' && engines !== null && 'node' in engines ? String(engines.node) : ''
  const exact = /^[v^~=]*(\d+)(\.|$)/.exec(stated)?.[1]
  return (exact && cycleOf('node', exact)?.cycle) ?? supported('node')[0]?.cycle ?? 'lts'
}
