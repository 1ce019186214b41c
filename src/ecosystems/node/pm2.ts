import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { isSecret } from './baked.ts'
import { option } from './command-words.ts'
import { readConfig } from './config.ts'
import { table, text, texts } from './manifest.ts'
import { join } from './paths.ts'
import { type Command, commandsOf, expand } from './scripts.ts'

/** A file of its settings, which no program is started from. */
export const SETTINGS = /(^|\/)(ecosystem|pm2|process)[\w.-]*\.(config\.[cm]?js|json)$/

/** The settings at a project's own folder. */
export const settingsFile = (project: Project): string | undefined =>
  project.files.find(file => /^(ecosystem|pm2)[\w.-]*\.(config\.[cm]?js|json)$/.test(file))

/**
 * What pm2 starts by a file of settings: the container needs no manager of processes.
 * https://pm2.keymetrics.io/docs/usage/application-declaration
 */
export function unmanaged(app: App, command: Command): readonly Command[] {
  const [program = '', ...args] = command.words
  const file = /^pm2(-runtime|-docker)?$/.test(program) ? args.find(word => SETTINGS.test(word)) : undefined
  if (file === undefined) return [command]
  const apps = readConfig(app.project, join(file).replace(/\.[^.]+$/, ''))?.get('apps')
  const all = (Array.isArray(apps) ? apps : [apps]).map(table)
  const only = option(args, '--only')
  const found = all.find(({ name }) => only !== undefined && name === only) ?? all[0]
  const script = text(found?.script)
  if (!found || script === undefined) return [command]
  const env = {
    ...command.env,
    ...literals(found.env),
    ...literals(found[`env_${option(args, '--env') ?? 'production'}`]),
  }
  const dir = join(text(found.cwd) ?? '')
  const words = [...started(found, script), ...wordsOf(found.args)]
  return expand({ ...app.manifest.scripts, ' pm2': words.join(' ') }, ' pm2').map(inner => ({
    ...inner,
    env: { ...env, ...inner.env },
    ...(dir && { dir }),
  }))
}

/** What pm2 looks for in PATH where no file has that name. */
const PROGRAMS = /^(npm|npx|pnpm|pnpx|yarn|bun|bunx|node|tsx|ts-node)$/

/** The words before the arguments. */
function started(app: Readonly<Record<string, unknown>>, script: string): readonly string[] {
  const interpreter = text(app.interpreter ?? app.exec_interpreter)
    ?.split('/')
    .at(-1)
  if (PROGRAMS.test(script) || interpreter === 'none') return [script]
  return [interpreter ?? 'node', ...wordsOf(app.node_args ?? app.interpreter_args), script]
}

const wordsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? texts(value) : commandsOf(text(value) ?? '').flatMap(({ words }) => words)

/** Committed values, but for those that a secret would be among. */
const literals = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(table(value)).flatMap(([name, item]) =>
      /^(string|number)$/.test(typeof item) && !isSecret({ name }) ? [[name, String(item)]] : [],
    ),
  )
