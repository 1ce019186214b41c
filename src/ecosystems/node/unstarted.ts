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
import { scan } from './scan.ts'
import { isShell, spelledOut } from './shell-script.ts'
import { exportsCode, OF_TOOLS, type Runnable } from './start.ts'
import { calleeOf, type Module, parseModule, source } from './syntax.ts'
import { sourceOf } from './tsconfig.ts'

const none = { questions: [], notes: [], needsDevelopment: false } as const

/** The same package without that member of its manifest. */
const without = (app: App, member: string): App => ({
  ...app,
  manifest: { ...app.manifest, raw: { ...app.manifest.raw, [member]: undefined } },
})

/** Whether a command without any arguments is a server: it listens whatever it is told, and asks for no command or file. */
function serves(app: App, entry: string): boolean {
  const from = sourceOf(app.project, entry, app.tsconfig) ?? entry
  const { listens, always, port, imports, files } = scan(app.project, [from], app.tsconfig?.aliases)
  // `connection.listen()` of an editor's helper talks through pipes.
  const known =
    port !== undefined ||
    libraries(app).some(({ tier, packages }) => tier === 'server' && packages.some(name => imports.has(name)))
  return listens && always && known && ![...files].some(path => asks(parseModule(app.project, path)))
}

/** `.command('serve')`, `.argument('<file>')`, `.positional('dir')` of what reads a command line; `process.argv[2] === 'serve'`. */
function asks(module: Module | undefined): boolean {
  let found = false
  module?.tree.iterate({
    enter({ node }) {
      found ||=
        node.name === 'CallExpression'
          ? /\.(command|arguments?|positional)$/.test(calleeOf(module, node))
          : node.name === 'BinaryExpression' &&
            /^process\.argv\[\d\]\s*[!=]==?\s*['"]/.test(source(module, node))
    },
  })
  return found
}

/** Of several commands one that serves, or that of the package's own name; else the first. */
function mainCommand(app: App, bins: Readonly<Record<string, unknown>>): string | undefined {
  const own = bins[app.manifest.name?.split('/').at(-1) ?? '']
  const all = [...new Set([own, ...Object.values(bins)].flatMap(value => text(value) ?? []))]
  return (all.length > 1 ? all.find(path => serves(app, join(path))) : undefined) ?? all[0]
}

/** Nothing starts and nothing is made: a command, a library, or a manifest of tools. */
export function withoutStart(app: App, build: Build): Class | undefined {
  const { manifest, project } = app
  const bins = manifest.raw.bin
  const bin = text(bins) ?? mainCommand(app, table(bins))
  const base = { ...none, framework: undefined, deployment: { is: 'program' as const }, build }
  if (bin !== undefined) {
    const entry = join(bin)
    const place = fromFile('package.json', 'bin', project.line('package.json', 'bin'))
    const shell = spelledOut(app, { env: {}, words: [`./${entry}`] })
    const inner = lastProgram(app, shell, runs => plausible(app, runs, build.commands.length > 0), place)
    if (!inner && isShell(app, entry)) return withoutStart(without(app, 'bin'), build)
    const runs: Runnable = inner?.runs ?? { is: 'node', flags: [], entry, args: [] }
    const known = inner?.fact ?? fact(`node ${entry}`, place)
    const server = runs.is !== 'bin' && serves(app, runs.entry)
    const library = server ? libraries(app)[0] : undefined
    return {
      ...base,
      framework: library,
      kind: server ? (library?.kind ?? 'worker') : 'cli',
      fit: server ? 'exact' : 'likely',
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
  // `npm init` names an index.js that nobody may have written.
  const main = build.commands.length > 0 || project.has('index.js') || manifest.main !== 'index.js'
  const exported = (main ? manifest.main : undefined) ?? manifest.raw.exports ?? manifest.raw.module
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
  if (isServerless(app))
    return { ...base, kind: 'library', fit: 'incidental', questions: [functionQuestion(app)] }
  const starts =
    Object.keys(manifest.scripts).length > 0 &&
    (dependencies > 0 || libraries(app).length > 0) &&
    !onlyHolds(project)
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

/** Whether a package has no code of its own beside other packages: it lends those what they have in common. */
function onlyHolds(project: App['project']): boolean {
  const inner = project.files.flatMap(path =>
    path.endsWith('/package.json') ? [`${join(path, '..')}/`] : [],
  )
  const isOwn = (path: string) =>
    /\.[cm]?[jt]sx?$/.test(path) && !OF_TOOLS.test(path) && !inner.some(folder => path.startsWith(folder))
  return inner.length > 0 && !project.files.some(isOwn)
}
