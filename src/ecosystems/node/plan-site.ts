import type { Wishes } from '../../options/options.ts'
import type { Launch, Plan, View } from '../../plan/plan.ts'
import { contextPath } from '../../plan/words.ts'
import { bakedMounts } from './baked.ts'
import type { Deployment } from './deployment.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'
import { baseView, buildView, fileFolder, finish } from './plan-parts.ts'
import { copy, stages } from './steps.ts'

type Files = Extract<Deployment, { is: 'files' }>

const SERVER = 'nginxinc/nginx-unprivileged:1.30-alpine'
const ROOT = '/usr/share/nginx/html'
/** Compresses once, in the build, what the server would compress at each request. */
const COMPRESS = ['js', 'mjs', 'css', 'html', 'svg', 'json', 'xml', 'txt', 'wasm']
  .map(extension => `-name '*.${extension}'`)
  .join(' -o ')

/** A site: built by Node.js where there is a build, served by nginx. */
export function planSite(facts: NodeFacts, wishes: Wishes, site: Files): Plan {
  const { layout } = facts
  const built = facts.steps.length > 0
  const config = join(fileFolder(layout), facts.serverConfig)
  const runtime: Launch = {
    image: { ref: SERVER, libc: 'musl', family: 'alpine' },
    user: '101:101',
    port: 8080,
    healthcheck: ['wget', '-q', '--spider', `http://127.0.0.1:8080${site.base}`],
  }
  const view = {
    config: copy([config], '/etc/nginx/conf.d/default.conf'),
    site: built ? fromBuild(facts, site) : fromSources(facts, site),
    runtime,
    ...(built && buildStage(facts, wishes, site)),
  }
  const extra = { path: config, template: 'node/nginx' as const, view: serverView(site, built) }
  const template = built ? 'node/site' : 'node/plain'
  return finish(facts, wishes, { resolved: SERVER, notes: [] }, template, view, [extra])
}

function buildStage(facts: NodeFacts, wishes: Wishes, site: Files): View {
  const groups = [
    ...stages(facts, bakedMounts(facts)),
    {
      commands: [
        `find ${folder(facts, site)} -type f \\( ${COMPRESS} \\) -size +1k -exec gzip -9 --keep --force {} +`,
      ],
    },
  ]
  return { ...baseView(facts, wishes, 'build'), build: buildView(facts, groups) }
}

const folder = ({ layout }: NodeFacts, { out }: Files): string =>
  `/${contextPath(join('app', layout.app, out))}`
const place = ({ base }: Files): string => (base === '/' ? ROOT : `${ROOT}${base.replace(/\/$/, '')}`)

const fromBuild = (facts: NodeFacts, site: Files): string =>
  copy(
    [folder(facts, site)],
    place(site),
    'build',
    ...(site.out === '.' ? ['node_modules', ...NO_PAGES] : []).map(exclude),
  )

/** Pages that are served as they are; what lies beside them for people and tools isn't. */
const fromSources = ({ layout, serverConfig, manager }: NodeFacts, site: Files): string =>
  copy(
    [join(layout.root, layout.app, site.out) || '.'],
    place(site),
    undefined,
    ...(site.out === '.' ? [serverConfig, ...(manager.lock ? [manager.lock] : []), ...NO_PAGES] : []).map(
      exclude,
    ),
  )

const NO_PAGES = ['package.json', '*.md']
const exclude = (path: string): string => `--exclude=${path}`

/** What nginx is told. */
function serverView({ base, hashed, hashedNames, router, page }: Files, built: boolean): View {
  const inBase = (path: string) => base + path.replace(/^\/+/, '')
  return {
    root: ROOT,
    built,
    plain: !built,
    ...(page.includes('/') && !router ? { start: inBase(page) } : base !== '/' && { start: base }),
    hashed: [
      ...hashed.map(path => `~^${inBase(path).replaceAll('.', '\\.')}`),
      ...(hashedNames ? [HASHED] : []),
    ],
    folders: router ? hashed.map(inBase) : [],
    router,
    pages: !router,
    page: inBase(page),
    missing: inBase('404.html'),
  }
}

/** `main-5K3XQ2NB.js` of esbuild, `main.3f2a1b0c9d8e7f60.js` of webpack. */
const HASHED = '~[.-](?:[0-9A-Z]{8}|[0-9a-f]{16,20})\\.(?:js|css|woff2?)$'
