import type { App } from './app.ts'
import { join } from './paths.ts'
import { type Command, expand } from './scripts.ts'

const SHELL = /^#!\s*(\S*\/env\s+)?(\S*\/)?(ba|da|a|k|z)?sh\b/
const NAMED = /^(\/(usr\/)?bin\/)?(ba|da|a)?sh$/
/** What steers a script, and what only prepares its own run. */
const STEERS =
  /^(if|then|else|elif|fi|for|while|do|done|case|esac|function|set|trap|return|exit|local|export|\{|\}|\[|\w+=)/

export const isShell = ({ project }: App, path: string): boolean => SHELL.test(project.text(path) ?? '')

/** `./start.sh`, `sh scripts/start.sh`: what its lines run, as far as they are plain commands. */
export function spelledOut(app: App, command: Command): readonly Command[] {
  const [first = '', second = ''] = command.words
  const path = join(command.dir ?? '', NAMED.test(first) ? second : first)
  const script = path.includes('/') || /\.sh$/.test(path) ? app.project.text(path) : undefined
  if (script === undefined || !(NAMED.test(first) || isShell(app, path))) return [command]
  const lines = script
    .replace(/\\\n/g, ' ')
    .split('\n')
    // What the script itself is called with: the container's own arguments.
    .map(line => line.replace(/\s+"?\$[@*]"?/g, '').trim())
    .filter(line => line !== '' && !line.startsWith('#') && !STEERS.test(line))
  const found = lines.flatMap(line => expand({ ...app.manifest.scripts, ' line': line }, ' line'))
  return found.length ? found.map(item => ({ ...item, env: { ...command.env, ...item.env } })) : [command]
}
