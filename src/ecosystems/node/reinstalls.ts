import type { Command } from './scripts.ts'

/** An install by any manager, of a package or of what a manifest asks for. */
export const installs = ({ words: [program = '', verb = 'install'] }: Command): boolean =>
  /^(npm|pnpm|yarn|bun)$/.test(program) && /^(install|i|ci)$/.test(verb)

/** An install of what the package's own manifest asks for: the image has that already, and a workspace's modules would go. */
export const reinstalls = (command: Command): boolean =>
  installs(command) &&
  !command.dir &&
  command.words.slice(2).every(word => /^-(?!g$|C$|-global$|-prefix|-cwd|-dir)/.test(word))
