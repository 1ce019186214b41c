import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import { shell } from '../../plan/words.ts'
import type { Project } from '../../project/project.ts'
import type { Layout } from './facts.ts'
import type { Manager } from './package-manager.ts'

/** Mirrors of the registry whose names nothing answers to any more: https://github.com/cnpm/mirrors/issues/284 */
const CLOSED = ['registry.npm.taobao.org', 'registry.nlark.com']
const HOSTS = CLOSED.map(host => host.replaceAll('.', '\\.')).join('|')
/** Outside of comments. */
const NAMED = new RegExp(`^(?![ \\t]*[#;]).*https?://(${HOSTS})(/|"|\\s|$)`, 'm')

/** `/@scope/name/download/@scope/name-1.0.0.tgz?cache=0` there is `/@scope/name/-/name-1.0.0.tgz` at npm's own. */
const PACKED = `https?://(${HOSTS})/((@[^/]+/)?[^/]+)/(download|-)/(@[^/]+/)?([^]["?#{}, ]+)[^]["#{}, ]*`
const ELSE = `https?://(${HOSTS})/?`
const OWN = 'https://registry.npmjs.org/'

/** Settings that name the registry of an install. */
const SETTINGS: ReadonlySet<string> = new Set(['.npmrc', '.yarnrc', '.yarnrc.yml'])

/** Files of an install that name such a registry: the lock file, settings. @param root the folder with the lock file */
export const closedRegistries = (root: Project, { lock }: Manager, layout: Layout): readonly string[] =>
  layout.rush
    ? []
    : [...(lock === undefined ? [] : [lock]), ...layout.inputs.filter(path => SETTINGS.has(path))].filter(
        path => NAMED.test(root.text(path) ?? ''),
      )

/** Writes a file anew, with npm's own registry in that place. @param from where the file of the repository lies */
export const reopened = (from: string, path: string): string =>
  `${shell('sed', '-E', `s;${PACKED};${OWN}\\2/-/\\6;; s;${ELSE};${OWN};`, from)} > ${shell(path)}`

export const closedNotes = (paths: readonly string[]): readonly Note[] =>
  paths.map(path =>
    note(
      'REGISTRY_CLOSED',
      'info',
      `${path} names a registry that answers no more, so the image's install asks npm's own instead`,
      fromFile(path),
    ),
  )
