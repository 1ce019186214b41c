import type { Wishes } from '../../options/options.ts'
import type { Launch, Plan } from '../../plan/plan.ts'
import { contextPath } from '../../plan/words.ts'
import type { Deployment } from './deployment.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'
import { bakedMounts, baseView, buildView, finish } from './plan.ts'
import { copy, stages } from './steps.ts'

type Files = Extract<Deployment, { is: 'files' }>

const SERVER = 'nginxinc/nginx-unprivileged:1.30-alpine'
const ROOT = '/usr/share/nginx/html'
/** Compresses once, in the build, what the server would compress at each request. */
const COMPRESS = ['js', 'css', 'html', 'svg', 'json', 'xml', 'txt', 'wasm']
  .map(extension => `-name '*.${extension}'`)
  .join(' -o ')

/** A site: built by Node.js, served by nginx. */
export function planSite(facts: NodeFacts, wishes: Wishes, site: Files): Plan {
  const { layout } = facts
  const out = `/${contextPath(join('app', layout.app, site.out))}`
  const config = join(layout.root, layout.app, facts.serverConfig)
  const groups = [
    ...stages(facts, bakedMounts(facts)),
    { commands: [`find ${out} -type f \\( ${COMPRESS} \\) -size +1k -exec gzip -9 --keep {} +`] },
  ]
  const runtime: Launch = {
    image: { ref: SERVER, libc: 'musl', family: 'alpine' },
    user: '101:101',
    port: 8080,
    healthcheck: ['wget', '-q', '--spider', `http://127.0.0.1:8080${site.base}`],
  }
  const view = {
    ...baseView(facts, wishes, 'build'),
    build: buildView(facts, groups),
    config: copy([config], '/etc/nginx/conf.d/default.conf'),
    site: copy([out], site.base === '/' ? ROOT : `${ROOT}${site.base.replace(/\/$/, '')}`, 'build'),
    runtime,
  }
  const extra = { path: config, template: 'node/nginx' as const, view: serverView(site) }
  return finish(facts, wishes, { resolved: SERVER, notes: [] }, 'node/site', view, [extra])
}

/** What nginx is told. */
function serverView({ base, hashed, router, page }: Files) {
  const inBase = (path: string) => base + path.replace(/^\/+/, '')
  return {
    root: ROOT,
    ...(base !== '/' && { base }),
    hashed: hashed.map(path => ({ path: inBase(path) })),
    router,
    pages: !router,
    page: inBase(page),
    missing: inBase('404.html'),
  }
}
