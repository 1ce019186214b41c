import apt from '../../templates/shared/apt.hbs'
import goAssets from '../../templates/shared/go-assets.hbs'
import goFiles from '../../templates/shared/go-files.hbs'
import header from '../../templates/shared/header.hbs'
import init from '../../templates/shared/init.hbs'
import launch from '../../templates/shared/launch.hbs'
import nodeBase from '../../templates/shared/node-base.hbs'
import nodeBuild from '../../templates/shared/node-build.hbs'
import nodeCommands from '../../templates/shared/node-commands.hbs'
import nodeRuntime from '../../templates/shared/node-runtime.hbs'
import nodeStage from '../../templates/shared/node-stage.hbs'
import nodeTool from '../../templates/shared/node-tool.hbs'
import pythonDependencies from '../../templates/shared/python-dependencies.hbs'
import pythonInstall from '../../templates/shared/python-install.hbs'
import pythonUv from '../../templates/shared/python-uv.hbs'
import rustHealthcheck from '../../templates/shared/rust-healthcheck.hbs'
import rustTools from '../../templates/shared/rust-tools.hbs'

/** What every template may include. */
export const PARTIALS = {
  apt,
  'go-assets': goAssets,
  'go-files': goFiles,
  header,
  init,
  launch,
  'node-base': nodeBase,
  'node-build': nodeBuild,
  'node-commands': nodeCommands,
  'node-runtime': nodeRuntime,
  'node-stage': nodeStage,
  'node-tool': nodeTool,
  'python-dependencies': pythonDependencies,
  'python-install': pythonInstall,
  'python-uv': pythonUv,
  'rust-healthcheck': rustHealthcheck,
  'rust-tools': rustTools,
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
