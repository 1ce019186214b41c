import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import type { Build } from './build.ts'
import type { Step } from './facts.ts'
import { join, joinOutward } from './paths.ts'
import { ownOf } from './settings-template.ts'
import { importsOf, parseModule } from './syntax.ts'

const CODE = /\.(jsx?|tsx?|mjs|vue|svelte)$/
/** What takes no module in: an import that isn't there is an error of its own when the program starts. */
const COMPILES =
  /^(tsc|tsc-alias|babel|swc|nest|rimraf|rm|del|del-cli|cp|cpx|cpy|copyfiles|ncp|mkdir|mkdirp|echo|eslint|prettier|prisma)$/

/**
 * Copies the templates of settings that a bundler's sources import and no repository has, as each person makes them:
 * `import config from './auth_config.json'` beside `auth_config.json.example`. One that the build context has stays.
 */
export function templateSteps({ project }: App, { commands }: Build): readonly Step[] {
  if (commands.every(({ words: [program = ''] }) => COMPILES.test(program))) return []
  return project.files.flatMap(template => {
    const own = ownOf(template)
    if (own === undefined || !/\.([cm]?[jt]s|json)$/.test(own) || project.has(own)) return []
    if (commands.some(({ words }) => words[0] === 'cp' && join(words.at(-1) ?? '') === own)) return []
    const [name = ''] = own.replace(/^.*\//, '').split('.')
    const isImported = project.files.some(
      file => CODE.test(file) && project.text(file)?.includes(name) && imports(project, file, own),
    )
    return isImported ? [{ words: ['cp', '-n', template, own] }] : []
  })
}

function imports(project: App['project'], file: string, own: string): boolean {
  const module = parseModule(project, file)
  const targets = [own, own.replace(/\.\w+$/, '')]
  return (module ? importsOf(module) : []).some(
    name => name.startsWith('.') && targets.includes(join(file, '..', name)),
  )
}

/** @param dir the package's folder, from that of the app whose image this is */
export const templateNotes = (steps: readonly Step[], dir = ''): readonly Note[] =>
  steps.flatMap(step => {
    const [program, option, ...paths] = 'words' in step ? step.words : []
    const [template = '', own = ''] = paths.map(path => joinOutward(dir, path))
    return program === 'cp' && option === '-n'
      ? [
          note(
            'SETTINGS_EXAMPLE',
            'warning',
            `the build takes in ${own}, which each person makes: where the build context has none, ${template} stands for it, whose values are hardly yours`,
            fromFile(template),
          ),
        ]
      : []
  })
