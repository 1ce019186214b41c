import type { Project } from '../../project/project.ts'
import { option } from './command-words.ts'
import { type Config, readConfig } from './config.ts'
import { readEnv } from './env-example.ts'
import { evaluate } from './evaluate.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'
import { argumentsOf, calleeOf, parseModule } from './syntax.ts'

/** A file of variables that a repository may hold and its build reads. */
interface EnvFile {
  readonly path: string
  /** Whether the build gets each of its variables, and not those for the browser alone. */
  readonly all: boolean
}

/** Where settings of builds are kept beside the root. */
const FOLDERS = ['env', 'envs', 'config/env']

/** The files that a build would read where somebody has committed them, in the order in which they win. */
export function committedFiles(project: Project, build: readonly Command[]): readonly EnvFile[] {
  const command = build.find(({ words: [program] }) => /^(vite|vue-cli-service)$/.test(program ?? ''))?.words
  const mode = option(command, '--mode', '-m') ?? 'production'
  const config = command?.[0] === 'vite' ? readConfig(project, 'vite.config') : undefined
  const named = config?.text('envDir')
  const folder = named === undefined ? FOLDERS.find(dir => hasEnv(project, dir)) : join(named)
  const all = config !== undefined && loadsAll(project, config.path)
  return [
    ...['', ...(folder ? [`${folder}/`] : [])].flatMap(dir =>
      ['.env', `.env.${mode}`].map(name => ({ path: dir + name, all })),
    ),
    ...build.flatMap(({ envFile }) => (envFile === undefined ? [] : [{ path: envFile, all: true }])),
  ]
}

/** The text at a path of keys of a build's settings: what is committed of the variable that decides it, else its default. */
export function settled(
  project: Project,
  build: readonly Command[],
  config: Config | undefined,
  ...keys: readonly string[]
): string | undefined {
  const name = config?.decidedBy(...keys)
  const committed =
    name === undefined
      ? undefined
      : committedFiles(project, build)
          .flatMap(({ path }) => readEnv(project, path))
          .findLast(variable => variable.name === name)
  return committed?.value || config?.text(...keys)
}

const hasEnv = ({ files }: Project, dir: string): boolean =>
  files.some(file => file.startsWith(`${dir}/.env`))

/** `loadEnv(mode, folder, '')` reads what has no prefix too: https://vite.dev/guide/api-javascript#loadenv */
function loadsAll(project: Project, path: string): boolean {
  const module = parseModule(project, path)
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      if (node.name === 'CallExpression' && calleeOf(module, node) === 'loadEnv')
        found ||= evaluate(module, argumentsOf(node)[2]).value === ''
    },
  })
  return found
}
