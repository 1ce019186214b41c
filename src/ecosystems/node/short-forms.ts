import type { Command } from './scripts.ts'

/** What Yarn and pnpm do themselves. Any other word that no script has is a program of a package. */
const OWN =
  /^(install|i|add|remove|rm|un|uninstall|workspaces?|run|exec|dlx|create|set|get|config|cache|store|global|link|ln|unlink|why|upgrade|update|up|version|publish|pack|init|audit|info|list|ls|ll|la|import|fetch|check|login|logout|whoami|plugin|dedupe|patch|patch-commit|patch-remove|rebuild|rb|search|npm|constraints|bin|root|focus|outdated|policies|prune|deploy|env|setup|server|recursive|multi|m|licenses|doctor|approve-builds|ignored-builds|self-update|cat-file|cat-index|test|t|tst|start|stop|restart|help|stage|unplug|explain|sdks|autoclean|generate-lock-entry|team|owner|tag|versions|build|dev|clean)$/

/** `yarn tsx server.ts`, `pnpm tsc`: https://yarnpkg.com/cli/run, https://pnpm.io/cli/exec */
export function ofPackage(command: Command): Command | undefined {
  const [program = '', ...rest] = command.words
  const name = rest[0] ?? ''
  return /^(yarn|pnpm)$/.test(program) &&
    /^[a-z@][\w./@-]*$/.test(name) &&
    !name.includes(':') &&
    !OWN.test(name)
    ? { ...command, words: rest }
    : undefined
}

/**
 * The words that a package manager keeps for itself, whatever scripts there are: `bun build` is Bun's own bundler. npm
 * runs four of a project's scripts without `run`, and no others.
 * https://bun.sh/docs/cli/run, https://pnpm.io/cli/run, https://docs.npmjs.com/cli/commands
 */
const SCRIPTS_OF_NPM = /^(start|test|stop|restart)$/
const KEPT: Readonly<Record<string, RegExp>> = {
  bun: /^(build|test|install|i|ci|add|a|remove|rm|update|upgrade|link|unlink|init|create|c|exec|x|pm|publish|patch|audit|outdated|info|why|repl)$/,
  pnpm: /^(install|i|ci|add|remove|rm|update|up|link|unlink|import|init|create|exec|dlx|pack|publish|patch|prune|rebuild|rb|fetch|deploy|audit|outdated|list|ls|why|root|bin|store|config|setup|env|licenses|doctor)$/,
  yarn: /^(install|add|remove|up|upgrade|link|unlink|import|init|create|exec|dlx|pack|publish|patch|audit|outdated|list|info|why|bin|cache|config|dedupe|node|plugin|set|version|workspaces?)$/,
}

/** Whether a word right behind the package manager's name is a script of the project, where there is one of that name. */
export const isScript = (program: string, word: string): boolean =>
  program === 'npm' ? SCRIPTS_OF_NPM.test(word) : !KEPT[program]?.test(word)
