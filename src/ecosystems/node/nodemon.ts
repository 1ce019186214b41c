import type { App } from './app.ts'
import { option } from './command-words.ts'
import { meaningOf } from './commands.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { type Command, expand } from './scripts.ts'

/**
 * What nodemon runs where its settings say it, and no argument: `"exec": "ts-node src/index.ts"` of nodemon.json, or of
 * `nodemonConfig` in the manifest. https://github.com/remy/nodemon#config-files
 */
export function watched(app: App, command: Command): readonly Command[] {
  const [program = '', ...args] = command.words
  if (program !== 'nodemon' || meaningOf(command).is !== 'dev') return [command]
  const file = option(args, '--config') ?? 'nodemon.json'
  const settings = table(app.project.parse(join(file)) ?? app.manifest.raw.nodemonConfig)
  const exec = text(settings.exec)
  if (exec === undefined) return [command]
  return expand({ ...app.manifest.scripts, ' nodemon': exec }, ' nodemon').map(inner => ({
    ...inner,
    env: { ...command.env, ...inner.env },
  }))
}
