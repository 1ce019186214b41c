import { option } from './command-words.ts'
import { packageOf } from './imports.ts'
import { loading, toldRunner } from './runner-options.ts'
import type { Command } from './scripts.ts'

/** What a command of a script does, as far as a container cares. */
export type Meaning =
  | {
      readonly is: 'node'
      readonly flags: readonly string[]
      readonly entry: string
      readonly args: readonly string[]
    }
  | {
      readonly is: 'typescript'
      /** The options that load modules before it: for its names of paths, or for what watches it. */
      readonly preload?: readonly string[]
      /** Whether it translates ES modules. */
      readonly esm?: true
      /** Whether it has to know types, to leave imports of them out. */
      readonly checks?: true
      readonly runner: string
      readonly entry: string
      readonly args: readonly string[]
    }
  | { readonly is: 'bun'; readonly entry: string; readonly args: readonly string[] }
  /** A program of a dependency that serves in production: `next start`, `remix-serve`. */
  | { readonly is: 'bin'; readonly name: string; readonly args: readonly string[] }
  /** A server of files, for a folder. */
  | { readonly is: 'files'; readonly folder: string | undefined }
  | { readonly is: 'migration' | 'build' | 'dev' | 'other' }

type Read = (args: readonly string[], program: string) => Meaning

const TS = /\.[cm]?tsx?$/
/** Flags of node that take the next word as their value. */
const WITH_VALUE =
  /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--watch-path|--title)$/
/** Flags that serve development, or name a file of secrets that no image holds. */
const DROPPED =
  /^(--watch|--watch-path|--inspect|--inspect-brk|--inspect-wait|--env-file|--env-file-if-exists|--trace-warnings)(=|$)/
/** Yarn's Plug'n'Play: the image has node_modules. */
const PNP = /(^|\/)\.pnp\.(c?js|loader\.mjs)$/
/** Modules that translate what is required after them. */
export const TS_HOOK =
  /^(tsx|ts-node|ts-node\/.*|tsx\/.*|@swc-node\/.*|esbuild-register.*|@babel\/register|babel-register|sucrase\/.*|jiti\/.*)$/

function node(args: readonly string[]): Meaning {
  const flags: string[] = []
  let runner: string | undefined
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? ''
    if (!word.startsWith('-')) return program(word, flags, args.slice(index + 1), runner)
    const taken = WITH_VALUE.test(word) ? [word, args[++index] ?? ''] : [word]
    const hook = taken[1] ?? /^(?:--import|--loader|--require|-r)=(.+)$/.exec(word)?.[1]
    if (hook && TS_HOOK.test(hook)) runner = hook
    if (!DROPPED.test(word) && !PNP.test(hook ?? '')) flags.push(...taken)
  }
  return { is: 'other' }
}

const program = (
  entry: string,
  flags: readonly string[],
  args: readonly string[],
  runner?: string,
): Meaning =>
  TS.test(entry) || runner
    ? { is: 'typescript', runner: runner ? packageOf(runner) : 'node', entry, args, ...toldRunner(flags) }
    : { is: 'node', flags, entry, args }

const first = (args: readonly string[]): string | undefined => args.find(word => !word.startsWith('-'))

/** Options of servers of files that take a value: https://github.com/vercel/serve, https://github.com/http-party/http-server */
const VALUED =
  /^(-[paPlcHmKTe]|--(port|listen|host|hostname|address|config|proxy|maxage|max-age|timeout|ext|ssl-cert|ssl-key|cert|key))$/

const served = (args: readonly string[]): string | undefined =>
  args.find(
    (word, index) => !word.startsWith('-') && !/^\d+$/.test(word) && !VALUED.test(args[index - 1] ?? ''),
  )

const typescript: Read = (args, runner) => {
  const entry = args.findIndex(
    (word, index) =>
      !word.startsWith('-') &&
      !/^-(P|r|O|-project|-require|-import|-tsconfig|-compilerOptions|-compiler-options)$/.test(
        args[index - 1] ?? '',
      ),
  )
  const name = args[entry]
  if (name === undefined || name === 'watch') return { is: 'dev' }
  return {
    is: 'typescript',
    runner,
    entry: name,
    args: args.slice(entry + 1),
    ...toldRunner(args.slice(0, entry)),
  }
}

const RUNNERS = /^(ts-node|tsx|babel-node|node)$/

/** Their options that take the next word: https://github.com/wclr/ts-node-dev#cli-flags-and-node-options */
const RESTARTS_WITH =
  /^(-[weidsPrO]|--(watch|ext|ignore|delay|config|signal|cwd|project|tsconfig|require|compiler-options|ignore-watch|ignore-diagnostics|debounce|interval))$/

/** Tools that restart a program for its developer; the program is what counts. */
const restarting: Read = args => {
  const exec = args.findIndex(word => word === '--exec' || word === '-x')
  const runner = exec < 0 ? undefined : args[exec + 1]?.replace(/^(\.\/)?node_modules\/\.bin\//, '')
  const own = args.filter((_, index) => exec < 0 || (index !== exec && index !== exec + 1))
  const entry = own.find((word, at) => !word.startsWith('-') && !RESTARTS_WITH.test(own[at - 1] ?? ''))
  if (runner?.includes(' ')) return meaningOf({ env: {}, words: runner.split(' ') })
  // `--exec ts-node -r tsconfig-paths/register src/server.ts`: what follows the runner is its own.
  const given = args.slice(exec + 2)
  if (runner && RUNNERS.test(runner) && given[0]?.startsWith('-'))
    return meaningOf({ env: {}, words: [runner, ...given] })
  // `--exec yarn tsnode server.ts`: what a package manager runs there is a script or a tool.
  return entry === undefined || (/^(npm|npx|pnpm|yarn)$/.test(runner ?? '') && !/[./]/.test(entry))
    ? { is: 'dev' }
    : program(
        entry,
        loading(own.slice(0, own.indexOf(entry))),
        [],
        runner && /^(ts-node|tsx|babel-node)/.test(runner) ? runner : undefined,
      )
}

/** Options of pm2 and forever that take the next word. */
const MANAGED =
  /^(-[nileoc]|--(name|instances|node-args|interpreter|interpreter-args|namespace|log|output|error|cwd|env|cron|max-memory-restart|restart-delay|exp-backoff-restart-delay|max-restarts|kill-timeout|wait-ready|uid|watch-delay|ignore-watch))$/

/** `pm2 start --name api server.js -- --port 80`, `pm2 start node -- -r ./paths.js server.js` */
const manager: Read = args => {
  const own = args[0] === 'start' || args[0] === 'restart' ? args.slice(1) : args
  const end = own.includes('--') ? own.indexOf('--') : own.length
  const index = own.findIndex(
    (word, at) => at < end && !word.startsWith('-') && !MANAGED.test(own[at - 1] ?? ''),
  )
  const entry = own[index] ?? ''
  const rest = own.slice(end + 1)
  if (entry === 'node') return node(rest)
  return /\.([cm]?[jt]s|json)$/.test(entry) ? program(entry, [], rest) : { is: 'other' }
}

const bin: Read = (args, name) => ({ is: 'bin', name, args })
/** Egg's daemon would leave the container without a program. */
const egg: Read = (args, name) =>
  first(args) === 'start'
    ? { is: 'bin', name, args: args.filter(word => word !== '--daemon') }
    : { is: 'other' }
const is =
  (meaning: 'migration' | 'build' | 'dev' | 'other'): Read =>
  () => ({ is: meaning })
/** A tool whose first word decides: `next start` serves, `next dev` doesn't, `payload migrate` changes a database. */
const by =
  (
    serves: RegExp,
    builds = /^(build|generate|compile|export|sync|prepare|typegen)$/,
    changes = /(?!)/,
  ): Read =>
  (args, name) => {
    const verb = first(args) ?? ''
    if (changes.test(verb)) return { is: 'migration' }
    return serves.test(verb) ? { is: 'bin', name, args } : { is: builds.test(verb) ? 'build' : 'dev' }
  }
const migrates =
  (verbs: RegExp): Read =>
  args => ({ is: verbs.test(args.join(' ')) ? 'migration' : 'build' })

/** A tool that builds, and serves its developer when it is told so. */
const watched: Read = args => ({ is: args.some(word => /^--(serve|watch)$/.test(word)) ? 'dev' : 'build' })

/** A runner of tasks: those that developers wait for have the same names everywhere. */
const tasks: Read = args => ({
  is: /^(serve|server|watch|dev|play|connect)\b/.test(first(args) ?? '') ? 'dev' : 'build',
})

/** Makers of sites: nothing of theirs serves in production. */
const site = by(/(?!)/)

/** Programs by name. What isn't here and isn't a shell's own is a program of some dependency. */
const PROGRAMS: Readonly<Record<string, Read>> = {
  node: args => node(args),
  nodejs: args => node(args),
  nodemon: restarting, 'node-dev': restarting, supervisor: restarting, 'ts-node-dev': restarting, tsnd: restarting,
  'ts-node': typescript, 'ts-node-esm': typescript, tsx: typescript, esno: typescript, 'esbuild-runner': typescript,
  'babel-node': typescript, 'swc-node': typescript, jiti: typescript, sucrase: is('build'), vite_node: typescript, 'vite-node': typescript,
  bun: args => {
    // `bun --watch run src/index.ts`
    const verb = args.findIndex(word => !word.startsWith('-'))
    const words = args[verb] === 'run' ? args.slice(verb + 1) : args
    const entry = first(words)
    return entry && /\.[cm]?[jt]sx?$/.test(entry) ? { is: 'bun', entry, args: [] } : { is: words[0] === 'build' ? 'build' : 'other' }
  },
  pm2: manager, 'pm2-runtime': manager, forever: manager,
  next: by(/^start$/), nuxt: by(/^(start|preview)$/), nuxi: by(/^(start|preview)$/), 'nuxt-ts': by(/^start$/), remix: by(/^serve$/, /^(build|vite:build|setup)$/), nest: site,
  astro: site, gatsby: site, strapi: by(/^start$/), medusa: by(/^start$/, undefined, /^db:/), directus: by(/^start$/, undefined, /^(bootstrap|database)$/), keystone: by(/^start$/, undefined, /^prisma$/), payload: by(/^(run|jobs:run)$/, /^(build|generate:\w+)$/, /^migrate(:\w+)?$/),
  'vue-cli-service': site, 'react-scripts': site, 'react-app-rewired': site, craco: site, ng: site, vite: site,
  docusaurus: site, vitepress: site, vuepress: site, webpack: by(/(?!)/, /^(?!serve$)/), rspack: site, rsbuild: site, parcel: site,
  'webpack-dev-server': is('dev'), eleventy: watched, '@11ty/eleventy': watched, hexo: site, storybook: site, 'start-storybook': is('dev'), expo: is('dev'),
  vinxi: by(/^start$/), nitro: site, nitropack: site, wrangler: is('dev'), 'vercel': is('dev'), netlify: is('dev'), 'live-server': is('dev'),
  'egg-scripts': egg, eggctl: egg, 'egg-bin': is('dev'),
  'browser-sync': is('dev'), 'json-server': bin, vitest: is('dev'), jest: is('dev'),
  snowpack: site, preact: site, 'react-static': site, gridsome: site, vocs: site, vike: site, taro: site, uni: site, icejs: site, sapper: site, waku: by(/^start$/), wmr: site, poi: site, ice: site, 'elm-app': site, 'elm-live': site, budo: site, stencil: site, histoire: site, farm: site, 'lite-server': is('dev'), metalsmith: is('build'),
  ember: site, umi: site, max: site, quasar: site, rspress: site, slidev: site, honkit: site,
  serve: args => ({ is: 'files', folder: served(args) }), 'http-server': args => ({ is: 'files', folder: served(args) }), sirv: args => ({ is: 'files', folder: served(args) }),
  'serve-handler': args => ({ is: 'files', folder: served(args) }), 'node-static': args => ({ is: 'files', folder: served(args) }), static: args => ({ is: 'files', folder: served(args) }), servor: args => ({ is: 'files', folder: served(args) }),
  docsify: args => ({ is: 'files', folder: /^(serve|start)$/.test(args[0] ?? '') ? served(args.slice(1)) : undefined }), 'pushstate-server': args => ({ is: 'files', folder: served(args) }), 'http-server-spa': args => ({ is: 'files', folder: served(args) }), 'static-server': args => ({ is: 'files', folder: served(args) }), superstatic: args => ({ is: 'files', folder: served(args) }),
  ws: args => ({ is: 'files', folder: option(args, '-d', '--directory') }), 'angular-http-server': args => ({ is: 'files', folder: option(args, '--path') }), 'light-server': args => ({ is: 'files', folder: option(args, '-s', '--serve') }),
  prisma: migrates(/^(migrate|db)\b/), knex: migrates(/migrate|seed/), sequelize: migrates(/./), 'sequelize-cli': migrates(/./),
  typeorm: migrates(/migration|schema/), 'typeorm-ts-node-commonjs': migrates(/./), 'typeorm-ts-node-esm': migrates(/./), 'drizzle-kit': migrates(/migrate|push/),
  'mikro-orm': migrates(/migration|schema/), 'db-migrate': migrates(/./), 'node-pg-migrate': migrates(/./), 'migrate-mongo': migrates(/./), umzug: migrates(/./),
  tsc: is('build'), tsup: is('build'), tsdown: is('build'), swc: is('build'), babel: is('build'), esbuild: is('build'), rollup: is('build'), 'tsc-alias': is('build'),
  'tsc-watch': is('dev'), ncc: is('build'), unbuild: is('build'), pkgroll: is('build'), microbundle: is('build'), rimraf: is('build'), del: is('build'),
  rm: is('build'), cp: is('build'), cpx: is('build'), cpy: is('build'), copyfiles: is('build'), mkdir: is('build'), mkdirp: is('build'), mv: is('build'), shx: is('build'), echo: is('build'), cd: is('other'),
  eslint: is('build'), prettier: is('build'), biome: is('build'), tslint: is('build'), xo: is('build'), turbo: is('build'), nx: is('other'), lerna: is('other'),
  gulp: tasks, grunt: tasks, husky: is('build'), sh: is('other'), bash: is('other'), docker: is('other'), 'docker-compose': is('other'),
  npm: is('other'), pnpm: is('other'), yarn: is('other'), make: is('other'), python: is('other'), python3: is('other'), kill: is('other'), sleep: is('other'),
  sass: is('build'), 'node-sass': is('build'), tailwindcss: is('build'), postcss: is('build'), lessc: is('build'), stylus: is('build'), ncp: is('build'), cpx2: is('build'), 'vue-tsc': is('build'), 'svelte-check': is('build'), 'svelte-kit': is('build'), pagefind: is('build'), 'graphql-codegen': is('build'), 'patch-package': is('build'), 'check-engines': is('build'), 'is-ci': is('build'),
  test: is('other'), exit: is('other'), true: is('build'), electron: is('other'), 'wait-on': is('build'), 'open-cli': is('other'), open: is('other'), opn: is('other'), opener: is('other'), nps: is('other'), wireit: is('other'),
} // biome-ignore format: one row a family

/** `tsx lib/db/migrate`, `node scripts/run-migrations.js`: a program of the project's that changes a database. */
const CHANGES = /(^|[/_.-])migrat(e|ions?)([_.-][^/]*)?$|(^|\/)migrations\/[^/]+$/i

export function meaningOf(command: Command): Meaning {
  const meaning = namedMeaning(command)
  return 'entry' in meaning && CHANGES.test(meaning.entry) ? { is: 'migration' } : meaning
}

function namedMeaning({ words }: Command): Meaning {
  const [name = '', ...args] = words
  const read = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
  if (read) return read(args, name)
  if (/\.(sh|bash|ps1|cmd|bat)$/.test(name) || !/^[\w@][\w.@/-]*$/.test(name)) return { is: 'other' }
  if (/\.[cm]?js$/.test(name)) return program(name, [], args)
  // Whatever the tool, what it calls so is its developer's.
  return /^(dev|develop|watch)$/.test(first(args) ?? '') ? { is: 'dev' } : { is: 'bin', name, args }
}
