import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { App } from './app.ts'
import { type Build, findBuild } from './build.ts'
import type { Class } from './classify.ts'
import { type Deployment, files } from './deployment.ts'
import { FRAMEWORKS, type Framework, hasRouter, libraries } from './frameworks.ts'
import { table, text } from './manifest.ts'
import type { NxApp } from './nx.ts'
import { join } from './paths.ts'
import { scan } from './scan.ts'
import { findStart, type Runnable } from './start.ts'

/** What an app of Nx is, by what builds it. @param app the root's, which has all dependencies */
export function classifyNx(app: App, nx: NxApp, wishes: Wishes): Class {
  const source = fromFile(nx.source.path, nx.source.detail)
  const words = [
    'nx',
    'build',
    nx.name,
    ...(nx.configuration === undefined ? [] : [`--configuration=${nx.configuration}`]),
  ]
  const build: Build = wishes.build
    ? findBuild(app, wishes)
    : {
        // A daemon would outlive the command, and has nothing to watch.
        commands: [{ env: { NX_DAEMON: 'false' }, words }],
        fact: fact(words.join(' '), source),
      }
  const base = { build, fit: 'exact', needsDevelopment: false, questions: [], notes: [] } as const
  const page =
    text(nx.options.index)?.endsWith('.html') ||
    ['index.html', 'src/index.html'].some(file => app.project.has(`${nx.dir}/${file}`))
  if (page && !wishes.start) {
    const maker = makerOf(nx)
    return { ...base, ...maker, kind: maker.deployment.is === 'files' ? 'spa' : 'web' }
  }
  const runs: Runnable = isNext(nx)
    ? { is: 'bin', name: 'next', args: ['start', nextFolder(nx)] }
    : { is: 'node', flags: [], entry: join(nx.out, entryOf(nx)), args: [] }
  const shown = runs.is === 'bin' ? `next start ${nextFolder(nx)}` : `node ${runs.entry}`
  const known: Fact<string> = fact(shown, fromFile(nx.outSource.path, nx.outSource.detail))
  const framework = isNext(nx) ? named('next') : library(app, nx)
  const start = (wishes.start && findStart(app, wishes, true)) ?? {
    runs,
    fact: known,
    env: {},
    migrations: [],
    builds: [],
  }
  return {
    ...base,
    framework,
    deployment: { is: 'program', outputs: [isNext(nx) ? nextFolder(nx) : nx.out] },
    kind: framework?.kind ?? 'worker',
    start,
    source: nx.main,
  }

  function makerOf({ executor, config, out, options }: NxApp): {
    framework: Framework | undefined
    deployment: Deployment
  } {
    const by = (word: string) => executor.includes(word) || config?.includes(`/${word}.config`)
    const router = hasRouter(app)
    if (/angular/.test(executor)) {
      const browser = /:application$/.test(executor)
        ? (textOrEmpty(table(options.outputPath).browser) ?? 'browser')
        : ''
      const href = text(options.baseHref)
      return { framework: named('angular'), deployment: files(join(out, browser), [], true, { base: href }) }
    }
    if (by('rsbuild')) return { framework: named('rsbuild'), deployment: files(out, ['/static/'], router) }
    if (by('vite')) return { framework: named('vite'), deployment: files(out, ['/assets/'], router) }
    return { framework: named('webpack'), deployment: files(out, [], router) }
  }
}

const textOrEmpty = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const named = (name: string): Framework | undefined => FRAMEWORKS.find(row => row.name === name)

const isNext = ({ executor, config }: NxApp): boolean =>
  executor.endsWith('next:build') || config?.includes('/next.config') === true
/** The executor copies what the server needs to its output; an inferred build leaves it beside the sources. */
const nextFolder = ({ executor, out, dir }: NxApp): string => (executor ? out : dir)

/** The file that the build makes of `main`. */
function entryOf({ executor, main, dir, options }: NxApp): string {
  const named = text(options.outputFileName)
  if (named) return named
  // The compilers keep the folders below the project, bundlers make one file.
  const path = /:(tsc|swc)$/.test(executor)
    ? (main ?? `${dir}/src/main.ts`).slice(dir.length + 1)
    : ((main ?? 'main.ts').split('/').at(-1) ?? '')
  const extension = table(table(options.esbuildOptions).outExtension)['.js']
  return path.replace(/\.[cm]?[jt]sx?$/, text(extension) ?? (isCommonJs(executor, options) ? '.cjs' : '.js'))
}

const isCommonJs = (executor: string, { format }: NxApp['options']): boolean =>
  executor.endsWith(':esbuild') && Array.isArray(format) && format.length === 1 && format[0] === 'cjs'

/** Of all that the root lists, the server's library that this app imports. */
function library(app: App, { main }: NxApp): Framework | undefined {
  const { imports } = scan(app.project, main ? [main] : [], app.tsconfig?.aliases)
  const all = [...FRAMEWORKS.filter(({ name }) => name === 'nestjs'), ...libraries(app)]
  return all.find(({ packages }) => packages.some(name => imports.has(name)))
}
