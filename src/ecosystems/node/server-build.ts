import type { App } from './app.ts'
import { type Build, byScript, isBuild } from './build.ts'
import { meaningOf } from './commands.ts'
import { join } from './paths.ts'
import { expand, shown } from './scripts.ts'
import type { Start } from './start.ts'

/** What `server` of `start:server` is, in the names of scripts. */
const PART = /^(?:start|serve|run)[:_-](.+)$/

/**
 * The script that builds what a script of the same part starts, where the usual build makes something else, such as the
 * pages: `build:server` for `start:server`.
 */
export function serverBuild(app: App, { runs, fact: { source } }: Start, given: Build): Build | undefined {
  const name = source.from === 'file' ? source.detail?.replace(/^scripts\./, '') : undefined
  const part = name === undefined ? undefined : (PART.exec(name)?.[1] ?? name)
  if (part === undefined || runs.is !== 'node' || app.project.has(runs.entry) || given.commands.length === 0)
    return undefined
  const { scripts } = app.manifest
  const script = [`build:${part}`, `build-${part}`, `build_${part}`, `${part}:build`].find(
    key =>
      Object.hasOwn(scripts, key) && isBuild(expand(scripts, key, true)) && !starts(app, key, runs.entry),
  )
  const own = script === undefined ? undefined : byScript(app, script)
  const done = new Set(given.commands.map(line))
  return own?.commands.every(command => done.has(line(command))) ? undefined : own
}

/** Whether a script goes on to start the program, as `build:start` does: no build would come to its end. */
const starts = ({ manifest: { scripts } }: App, name: string, entry: string): boolean =>
  expand(scripts, name, true).some(command => {
    const meaning = meaningOf(command)
    return meaning.is === 'node' && join(meaning.entry) === join(entry)
  })

const line = (command: Build['commands'][number]): string => join(command.dir ?? '', shown(command))
