import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { developersNotes } from './config-package.ts'
import type { Layout } from './facts.ts'
import type { Scan } from './found.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import type { Module } from './syntax.ts'

const KIND = '([cm]?js|json[5c]?|ya?ml|toml|ini|conf|cfg)'
const WORD = '(example|sample|template|dist|default)'
/** `config.example.json`, `config.json.example`, `example.config.json`: a template, and what it is copied to. */
const FORMS: readonly (readonly [form: RegExp, own: string])[] = [
  [new RegExp(`^(.+)[._-]${WORD}\\.${KIND}$`, 'i'), '$1.$3'],
  [new RegExp(`^(.+)\\.${KIND}[._-]${WORD}$`, 'i'), '$1.$2'],
  [new RegExp(`^${WORD}[._-](.+)\\.${KIND}$`, 'i'), '$2.$3'],
]
/** In all of them, and in hardly any other name: cheaper to look for than each of the forms. */
const NAMES_ONE = new RegExp(WORD, 'i')
/** Names that settings of a program have, whether its code says so or builds the path. */
const SETTINGS =
  /^((app|bot|server|local|user|my)[._-]?)?(config|configuration|settings?|options|credentials|secrets?)\.\w+$/i
/** Folders beside the sources that such files lie in. */
const PLACE = /^((config|configs|configuration|settings|conf|data)\/)?[^/]+$/

/**
 * Settings that are in no repository, since each who runs the program has their own: the image can't hold them, so
 * the container is given them.
 * @param project the app's folder
 * @param found what the code of the program says
 * @param build commands that may make them
 */
export function settingsNotes(
  project: Project,
  { root, app }: Layout,
  found: Scan | undefined,
  build: readonly Command[],
): readonly Note[] {
  if (!found) return []
  // `require('./config')` of a program below the root has them beside itself.
  const beside = new Set([...found.files].map(folderOf))
  const missing = project.files
    .filter(path => PLACE.test(path) || beside.has(folderOf(path)))
    .flatMap(template => {
      const own = ownOf(template)
      if (own === undefined || project.has(own) || !isSettings(own, found)) return []
      // cp config.template.js config.js
      if (build.some(({ words }) => words[0] === 'cp' && join(words.at(-1) ?? '') === own)) return []
      // A program that names the template makes its own settings from it.
      const made = [template, template.split('/').at(-1) ?? ''].some(path => found.literals.has(path))
      return made ? [] : [{ template, own }]
    })
  return [
    ...developersNotes(project, found.imports),
    ...missing
      .slice(0, MOST)
      .map(({ template, own }) =>
        note(
          'SETTINGS_NOT_COMMITTED',
          'warning',
          `${own} is each person's own, so the image has none: copy ${template} to it, and give it to the container: docker run -v "$PWD/${join(root, app, own)}:/app/${join(app, own)}:ro"`,
          fromFile(template),
        ),
      ),
  ]
}

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')

/** Of many templates, those that come first tell what to do. */
const MOST = 3

const isSettings = (path: string, { literals }: Scan): boolean =>
  SETTINGS.test(path.replace(/.*\//, '')) || FOLDER.test(path) || literals.has(path)
/** `config/database.yaml` */
const FOLDER = /^(config|configs|configuration|settings)\/[\w-]+\.(json[5c]?|ya?ml|toml|ini)$/

/** The template of a module of settings that is in no repository: what it says is said by default. */
export const templateOf = (project: Project, { path }: Module, specifier: string): string | undefined => {
  const target = join(folderOf(path), specifier)
  return specifier.startsWith('.')
    ? project.files.find(file => [target, `${target}.js`, `${target}.ts`].includes(ownOf(file) ?? ''))
    : undefined
}

/** The file that a template is copied to: `config.example.json` → `config.json`; undefined for any other file. */
export function ownOf(template: string): string | undefined {
  if (!NAMES_ONE.test(template)) return undefined
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(template) ?? []
  const [form, own] = FORMS.find(([pattern]) => pattern.test(name)) ?? []
  return form && own !== undefined ? folder + name.replace(form, own) : undefined
}
