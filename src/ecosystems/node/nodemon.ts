import type { App } from './app.ts'
import { option } from './command-words.ts'
import { meaningOf } from './commands.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { type Command, expand } from './scripts.ts'

/**
 * What nodemon runs as its settings say it, in nodemon.json or in `nodemonConfig` of the manifest: a command where no
 * argument is a program (`"exec": "ts-node src/index.ts"`), and what runs files of an ending
 * (`"execMap": { "js": "node -r sucrase/register" }`). https://github.com/remy/nodemon#config-files
 */
export function watched(app: App, command: Command): readonly Command[] {
  const [program = '', ...args] = command.words
  const meaning = meaningOf(command)
  if (program !== 'nodemon' || option(args, '--exec', '-x') !== undefined) return [command]
  const file = option(args, '--config') ?? 'nodemon.json'
  const settings = table(app.project.parse(join(file)) ?? app.manifest.raw.nodemonConfig)
  const exec =
    meaning.is === 'dev'
      ? text(settings.exec)
      : meaning.is === 'node' || meaning.is === 'typescript'
        ? mapped(text(table(settings.execMap)[meaning.entry.split('.').at(-1) ?? '']), meaning.entry)
        : undefined
  if (exec === undefined) return [command]
  return expand({ ...app.manifest.scripts, ' nodemon': exec }, ' nodemon').map(inner => ({
    ...inner,
    env: { ...command.env, ...inner.env },
  }))
}

/** The name of the file stands at the end, or where the command has a place for it. */
const mapped = (command: string | undefined, entry: string): string | undefined =>
  command?.includes('{{filename}}')
    ? command.replaceAll('{{filename}}', entry)
    : command && `${command} ${entry}`
