import type { App } from './app.ts'
import { join } from './paths.ts'
import type { Command } from './scripts.ts'

const INTERPRETER = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?((?:node|tsx|ts-node|bun)(?:[ \t]+.*)?)$/

/** `./bin/server`, whose first line is `#!/usr/bin/env node -r esm`, is `node -r esm bin/server`. */
export function interpreted({ project }: App, command: Command): Command {
  const [path = '', ...args] = command.words
  const file = join(command.dir ?? '', path)
  const [line = ''] = path.includes('/') ? (project.text(file)?.split('\n', 1) ?? []) : []
  const words = INTERPRETER.exec(line.trim())?.[1]?.split(/\s+/)
  return words ? { ...command, words: [...words, path, ...args] } : command
}
