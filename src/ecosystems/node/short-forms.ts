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
