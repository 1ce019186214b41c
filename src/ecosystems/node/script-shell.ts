import type { App } from './app.ts'
import type { Build } from './build.ts'

/** `src/{views,public}`: a list that bash writes out; a pattern with a star is for the tool that it is given to. */
const LIST = /^[\w./@-]*(?<!\$)\{[\w./@-]*(,[\w./@-]*)+\}[\w./@-]*$/
const QUOTED = /'[^']*'|"(\\.|[^"\\])*"/g

/**
 * The shell that a build's scripts are written for: `sh` of macOS is bash, that of Debian is dash, which hands lists
 * on as they are and knows no `[[`.
 * https://docs.npmjs.com/cli/using-npm/config#script-shell, https://pnpm.io/settings#scriptshell
 * @returns the variable that sets it, empty where any shell does
 */
export function scriptShell({ manifest, manager }: App, build: Build): Readonly<Record<string, string>> {
  // Bun and Yarn since its second version read scripts themselves.
  if (build.script === undefined || manager.id === 'bun' || (manager.id === 'yarn' && manager.major > 1))
    return {}
  const plain = Object.values(manifest.scripts).map(script => script.replace(QUOTED, "''"))
  const isForBash = ({ words }: Build['commands'][number]) =>
    words[0] === '[[' || words.some(word => LIST.test(word) && plain.some(script => script.includes(word)))
  if (!build.commands.some(isForBash)) return {}
  return manager.id === 'pnpm' && manager.major > 10
    ? { pnpm_config_script_shell: '/bin/bash' }
    : { npm_config_script_shell: '/bin/bash' }
}
