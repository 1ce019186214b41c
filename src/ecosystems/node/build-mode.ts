import { type App, uses } from './app.ts'
import { option } from './command-words.ts'
import { configOf } from './config.ts'
import { WEBPACK_CONFIGS } from './deploy-webpack.ts'
import { installs } from './reinstalls.ts'
import type { Command } from './scripts.ts'
import { environmentName, parseModule } from './syntax.ts'
import { gulpfileOf } from './task-entries.ts'

/**
 * NODE_ENV for a build whose own settings ask for it: what they say is read here as production has it, and none of
 * these tools sets the variable for its settings. Strapi asks on a terminal for packages that it finds missing without.
 * https://webpack.js.org/guides/production/#specify-the-mode, https://docs.strapi.io/cms/deployment
 */
export function buildMode(app: App, commands: readonly Command[]): Readonly<Record<string, string>> {
  // An install among them would leave out what the rest needs.
  if (commands.some(({ env }) => env.NODE_ENV !== undefined) || commands.some(installs)) return {}
  const isWanted = (command: Command) =>
    (command.words[0] === 'strapi' && command.words[1] === 'build') || asks(app, settingsOf(app, command))
  return commands.some(isWanted) ? { NODE_ENV: 'production' } : {}
}

/** The file that tells such a tool what to do. */
export function settingsOf(app: App, { words, dir = '' }: Command): string | undefined {
  const { project } = app
  const [program = '', first = ''] = words
  if (dir !== '') return undefined
  const named = option(words, '--config', '-c')
  switch (program) {
    case 'webpack':
      return option(words, '--node-env') === undefined
        ? configOf(project, named, ...WEBPACK_CONFIGS)?.path
        : undefined
    case 'rollup':
      return configOf(project, named, 'rollup.config')?.path
    case 'gulp':
      return gulpfileOf(project)
    case 'node':
      // A program of the project's own that bundles.
      return uses(app, 'esbuild', 'webpack', 'rollup') && project.has(first) ? first : undefined
    default:
      return undefined
  }
}

function asks({ project }: App, path: string | undefined): boolean {
  const module = path === undefined || path.endsWith('.json') ? undefined : parseModule(project, path)
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      found ||= environmentName(module, node) === 'NODE_ENV'
    },
  })
  return found
}
