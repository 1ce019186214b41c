import apt from '../../templates/shared/apt.hbs'
import header from '../../templates/shared/header.hbs'
import init from '../../templates/shared/init.hbs'
import launch from '../../templates/shared/launch.hbs'
import rustHealthcheck from '../../templates/shared/rust-healthcheck.hbs'

/** What every template may include. */
export const PARTIALS = { apt, header, init, launch, 'rust-healthcheck': rustHealthcheck }

/** Each template by the name that a plan calls it: its path below templates/, without the extension; loaded when it is rendered. */
export const TEMPLATES = {
  'go/static': () => import('../../templates/go/static.hbs'),
  'rust/binary': () => import('../../templates/rust/binary.hbs'),
} satisfies Record<string, () => Promise<{ default: unknown }>>

export type TemplateName = keyof typeof TEMPLATES
