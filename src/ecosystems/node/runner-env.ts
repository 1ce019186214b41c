import { type App, major, uses } from './app.ts'
import { option } from './command-words.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'

const TS_NODE = /(^|\/)(ts-node(-esm|-script|-dev)?|tsnd)$/

/**
 * What runners of TypeScript are told by options of theirs, which the hooks that stand in for them read from the
 * environment: https://typestrong.org/ts-node/docs/options
 * @param entry the program, from the app's folder
 */
export function runnerEnv(app: App, { words }: Command, entry: string): Readonly<Record<string, string>> {
  const own = words[0] === 'tsx' ? option(words, '--tsconfig') : undefined
  // https://tsx.is/dev-api/node-cli#tsconfig-json-path
  if (own !== undefined) return { TSX_TSCONFIG_PATH: join(own) }
  const at = words.findIndex(word => TS_NODE.test(word))
  if (at < 0 || !uses(app, 'ts-node', 'ts-node-dev')) return {}
  const given = words.slice(at)
  const project = option(given, '-P', '--project')
  const options = option(given, '-O', '--compilerOptions', '--compiler-options')
  const settings =
    project !== undefined ? join(project) : given.includes('--cwd-mode') ? undefined : beside(app, entry)
  return {
    ...(settings !== undefined && { TS_NODE_PROJECT: settings }),
    ...(options !== undefined && { TS_NODE_COMPILER_OPTIONS: options }),
  }
}

/** Since version 10 the settings nearest to the program count, not those of the folder that it is started in: https://typestrong.org/ts-node/docs/configuration#directory */
function beside(app: App, entry: string): string | undefined {
  if (major(app, 'ts-node') < 10) return undefined
  const folders = join(entry).split('/').slice(0, -1)
  return folders
    .map((_, index) => `${folders.slice(0, folders.length - index).join('/')}/tsconfig.json`)
    .find(path => app.project.has(path))
}
