import { fact, fromFile } from '../../facts.ts'
import type { App } from './app.ts'
import type { Build } from './build.ts'
import type { Class } from './classify.ts'
import { libraries } from './frameworks.ts'
import { lastProgram } from './last-program.ts'
import { table, text } from './manifest.ts'
import { join } from './paths.ts'
import { functionQuestion, isServerless } from './platform-function.ts'
import { plausible } from './runnable.ts'
import { isShell, spelledOut } from './shell-script.ts'
import { exportsCode, type Runnable } from './start.ts'

const none = { questions: [], notes: [], needsDevelopment: false } as const

/** The same package without that member of its manifest. */
const without = (app: App, member: string): App => ({
  ...app,
  manifest: { ...app.manifest, raw: { ...app.manifest.raw, [member]: undefined } },
})

/** Nothing starts and nothing is made: a command, a library, or a manifest of tools. */
export function withoutStart(app: App, build: Build): Class | undefined {
  const { manifest, project } = app
  const bins = manifest.raw.bin
  const bin = text(bins) ?? text(Object.values(table(bins))[0])
  const base = { ...none, framework: undefined, deployment: { is: 'program' as const }, build }
  if (bin !== undefined) {
    const entry = join(bin)
    const source = fromFile('package.json', 'bin', project.line('package.json', 'bin'))
    const shell = spelledOut(app, { env: {}, words: [`./${entry}`] })
    const inner = lastProgram(app, shell, runs => plausible(app, runs, build.commands.length > 0), source)
    if (!inner && isShell(app, entry)) return withoutStart(without(app, 'bin'), build)
    const runs: Runnable = inner?.runs ?? { is: 'node', flags: [], entry, args: [] }
    const known = inner?.fact ?? fact(`node ${entry}`, source)
    return {
      ...base,
      kind: 'cli',
      fit: 'likely',
      start: { runs, fact: known, env: {}, migrations: [], builds: [] },
      questions:
        project.has(entry) || build.commands.length > 0
          ? []
          : [
              {
                code: 'NO_BUILD_COMMAND',
                option: 'build',
                message: `${entry}, which package.json names as its command, is not here, and no script of ${manifest.name ?? 'this package'} builds it.`,
              },
            ],
    }
  }
  const dependencies = Object.keys(manifest.dependencies).length
  const exported = manifest.main ?? manifest.raw.exports ?? manifest.raw.module
  if (exported !== undefined && (manifest.raw.private !== true || exportsCode(app)))
    return {
      ...base,
      kind: 'library',
      fit: 'likely',
      questions: [
        {
          code: 'NOTHING_TO_RUN',
          option: 'start',
          message: `${manifest.name ?? 'this package'} is a library: it exports code and starts nothing.`,
        },
      ],
    }
  if (isServerless(project))
    return { ...base, kind: 'library', fit: 'incidental', questions: [functionQuestion(app)] }
  const starts = Object.keys(manifest.scripts).length > 0 && (dependencies > 0 || libraries(app).length > 0)
  return {
    ...base,
    kind: libraries(app)[0]?.kind ?? 'library',
    fit: starts && libraries(app).length > 0 ? 'exact' : 'incidental',
    framework: libraries(app)[0],
    questions: [
      {
        code: 'NO_START_COMMAND',
        option: 'start',
        message: `no script or file of ${manifest.name ?? 'this package'} says how it is started.`,
      },
    ],
  }
}
