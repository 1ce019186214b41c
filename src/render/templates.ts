import apt from '../../templates/shared/apt.hbs'
import header from '../../templates/shared/header.hbs'
import init from '../../templates/shared/init.hbs'
import launch from '../../templates/shared/launch.hbs'

/** What every template may include. */
export const PARTIALS = { apt, header, init, launch }

/** What the templates of one language may include besides; the bundle has it beside that language's own code. */
export const PARTS: Readonly<Record<string, () => Promise<{ default: object }>>> = {
  go: () => import('./parts/go.ts'),
  node: () => import('./parts/node.ts'),
  python: () => import('./parts/python.ts'),
  rust: () => import('./parts/rust.ts'),
}

/** Each template by the name that a plan calls it: its path below templates/, without the extension; loaded when it is rendered. */
export const TEMPLATES = {
  'go/cgo': () => import('../../templates/go/cgo.hbs'),
  'node/bundle': () => import('../../templates/node/bundle.hbs'),
  'node/next': () => import('../../templates/node/next.hbs'),
  'node/nginx': () => import('../../templates/node/nginx.hbs'),
  'node/plain': () => import('../../templates/node/plain.hbs'),
  'node/server': () => import('../../templates/node/server.hbs'),
  'node/site': () => import('../../templates/node/site.hbs'),
  'go/static': () => import('../../templates/go/static.hbs'),
  'python/distroless': () => import('../../templates/python/distroless.hbs'),
  'python/distroless-build': () => import('../../templates/python/distroless-build.hbs'),
  'python/script': () => import('../../templates/python/script.hbs'),
  'python/slim': () => import('../../templates/python/slim.hbs'),
  'python/slim-build': () => import('../../templates/python/slim-build.hbs'),
  'rust/binary': () => import('../../templates/rust/binary.hbs'),
} satisfies Record<string, () => Promise<{ default: unknown }>>

export type TemplateName = keyof typeof TEMPLATES
