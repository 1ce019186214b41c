import type { App } from './app.ts'
import { meaningOf } from './commands.ts'
import type { Framework } from './frameworks.ts'
import { commandsOf, expand } from './scripts.ts'

/** What makes a package one that others import. */
const EXPORTED = ['exports', 'main', 'module', 'types', 'typings']
/** Pages by the names that routers of files give them. */
const PAGES = /^(src\/)?(pages\/.+|app\/(.+\/)?(page|layout|route)\.[cm]?[jt]sx?$)/
const STARTS = /^(start|serve)(:|$)/

/**
 * Whether a package only lends code to apps of a framework, whose components or types it has: others import it, it
 * starts nothing, and neither a script of it nor a file of settings is of the framework's tool.
 */
export function lends({ manifest, project }: App, { name, build, start, packages }: Framework): boolean {
  const { scripts, raw } = manifest
  const tools = new Set([name, ...packages, ...[build, start].map(command => command?.split(' ')[0])])
  return (
    EXPORTED.some(key => raw[key] !== undefined) &&
    !Object.keys(scripts).some(script => STARTS.test(script)) &&
    !Object.values(scripts)
      .flatMap(commandsOf)
      .some(({ words: [program = ''] }) => tools.has(program)) &&
    !project.files.some(
      file =>
        PAGES.test(file) ||
        // Without pages Next.js builds nothing, whatever settings are there for the editor.
        (name !== 'next' && tools.has(/^([\w-]+)\.config\.\w+$/.exec(file)?.[1])),
    )
  )
}

/** Whether a package is run by its name, and the maker of sites among its tools has nothing that it would serve to a developer. */
export const isCommand = ({ manifest: { raw, scripts } }: App): boolean =>
  raw.bin !== undefined &&
  !Object.keys(scripts)
    .flatMap(name => expand(scripts, name))
    .some(command => ['dev', 'files'].includes(meaningOf(command).is) && !TESTS.test(command.words[0] ?? ''))

const TESTS = /^(vitest|jest|tsc-watch|nodemon)$/
