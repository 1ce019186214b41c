import type { App } from './app.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import type { Runnable } from './start.ts'
import { sourceOf } from './tsconfig.ts'

/**
 * The source of the command that oclif runs, which nothing imports: `bin/run start` loads `dist/commands/start.js`.
 * https://oclif.io/docs/command_discovery_strategies
 */
export function commandSource({ project, manifest, tsconfig }: App, runs: Runnable): readonly string[] {
  const { commands } = table(manifest.raw.oclif)
  const folder = text(commands) ?? text(table(commands).target)
  const [name] = runs.args
  if (folder === undefined || runs.is === 'bin' || name === undefined || name.startsWith('-')) return []
  const source = sourceOf(project, join(folder, `${name.replaceAll(':', '/')}.js`), tsconfig)
  return source === undefined ? [] : [source]
}
