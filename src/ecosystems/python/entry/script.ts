import { byConvention, type Fact, fact, fromFile } from '../../../facts.ts'
import { type Note, note } from '../../../plan/notes.ts'
import type { Kind } from '../../ecosystem.ts'
import { calleeOf } from '../code/expressions.ts'
import type { Module } from '../code/module.ts'
import { posix } from '../code/posix.ts'
import { depth, entryRank, type Sources } from '../code/sources.ts'
import { readCommand, readProcfile } from '../commands.ts'
import { LISTENS, SCRIPT_FRAMEWORKS, type ScriptFramework } from '../frameworks.ts'
import type { Install } from '../install.ts'
import { listening } from '../listening.ts'
import { locationOf } from '../location.ts'
import type { Manifest } from '../manifests/pyproject.ts'
import { hasPackage } from '../packages.ts'
import type { Entry, Start } from './entry.ts'
import { healthPath, programModules } from './server.ts'

/** A program that is started as a file, by `-m`, or by its framework's own command. */
export function scriptEntry(
  sources: Sources,
  install: Install,
  manifest: Manifest | undefined,
): Entry | undefined {
  const named = procfileScript(sources)
  const framework = SCRIPT_FRAMEWORKS.find(({ packages }) => packages.some(name => hasPackage(install, name)))
  const file = named?.file ?? scriptFile(sources, framework, manifest)
  if (!file) return undefined
  const modules = programModules(sources, file)
  const used = usedFramework(sources, modules, file, install)
  if (used?.id === 'streamlit') return toolEntry(sources, file, used, ['run', file], STREAMLIT)
  if (used?.id === 'chainlit')
    return toolEntry(
      sources,
      file,
      used,
      ['run', '--headless', '--host', '0.0.0.0', '--port', '8000', file],
      {},
    )
  return plainEntry(sources, file, modules, used, named)
}

const STREAMLIT = {
  STREAMLIT_SERVER_ADDRESS: '0.0.0.0',
  STREAMLIT_SERVER_PORT: '8501',
  STREAMLIT_SERVER_HEADLESS: 'true',
  STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
}

function procfileScript(sources: Sources): { file: string; source: Fact<string>['source'] } | undefined {
  const types = readProcfile(sources.project)
  const type = ['web', 'worker', 'bot', 'app'].flatMap(
    name => types.find(({ name: own }) => own === name) ?? [],
  )[0]
  const words = type ? readCommand(type.command.value).words : []
  const file = words.find(word => word.endsWith('.py'))?.replace(/^\.\//, '')
  const runs = /^(python[\d.]*|streamlit|uv|poetry|pipenv|chainlit)$/.test(words[0] ?? '')
  return type && runs && file && sources.project.has(file) ? { file, source: type.command.source } : undefined
}

/** The file that starts the program: what its framework is started in, else the one that is called like an entry. */
function scriptFile(
  sources: Sources,
  framework: ScriptFramework | undefined,
  manifest: Manifest | undefined,
): string | undefined {
  const starters = sources.files
    .filter(file => depth(file) <= 3 && !/(^|\/)(pages|scripts?|tools?|utils?|hack|ci|bin)\//.test(file))
    .flatMap(file => sources.module(file) ?? [])
    .filter(module => isStarter(module, framework))
  const named = starters.filter(({ path }) => entryRank(path) < 21 && !path.endsWith('__init__.py'))
  const own = starters.find(
    ({ path }) =>
      posix.basename(path) === '__main__.py' &&
      posix.dirname(path).split('/').at(-1) === manifest?.name?.replaceAll('-', '_'),
  )
  if (own) return own.path
  const inFramework = starters.filter(module => framework && imports(module, framework))
  for (const list of [named.filter(module => inFramework.includes(module)), named, inFramework, starters]) {
    const shallow = list.filter(module => depth(module.path) === depth(list[0]?.path ?? ''))
    if (list[0] && (list === named || shallow.length === 1 || entryRank(list[0].path) < 21))
      return list[0].path
  }
  return undefined
}

/** It does something when it is run: a guarded part, or calls at its top. */
const isStarter = (module: Module, framework: ScriptFramework | undefined): boolean =>
  module.hasMain ||
  posix.basename(module.path) === '__main__.py' ||
  (framework?.id === 'streamlit' && imports(module, framework)) ||
  module.calls.some(
    ({ inside, ...call }) =>
      !inside &&
      /(^|\.)(run|start|start_polling|run_forever|run_polling|infinity_polling|polling|idle|serve_forever|launch|main|listen|mainloop|print|run_until_complete|run_until_disconnected|run_app)$/.test(
        calleeOf(call) || (call.callee.is === 'attribute' ? call.callee.name : ''),
      ),
  )

const imports = ({ imported }: Module, framework: ScriptFramework): boolean =>
  [...imported].some(name =>
    framework.imports.some(wanted => name === wanted || name.startsWith(`${wanted}.`)),
  )

/** The framework that the program really imports, in its own file first. */
function usedFramework(
  sources: Sources,
  modules: readonly Module[],
  file: string,
  install: Install,
): ScriptFramework | undefined {
  const own = sources.module(file)
  const known = SCRIPT_FRAMEWORKS.filter(({ packages }) => packages.some(name => hasPackage(install, name)))
  const starts = (module: Module, framework: ScriptFramework) =>
    imports(module, framework) &&
    (!framework.starts || module.calls.some(call => framework.starts?.includes(calleeOf(call))))
  const serves = (framework: ScriptFramework) => framework.kind === 'web'
  const isQueue = ({ id }: ScriptFramework) => id === 'celery' || id === 'rq'
  return (
    known.find(framework => own && !isQueue(framework) && starts(own, framework)) ??
    known.find(framework => serves(framework) && modules.some(module => starts(module, framework))) ??
    known.find(framework => modules.some(module => starts(module, framework))) ??
    known.find(framework => framework.kind === 'worker' && !isQueue(framework))
  )
}

function toolEntry(
  sources: Sources,
  file: string,
  framework: ScriptFramework,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Entry {
  const { base } = locationOf(sources, file)
  return {
    kind: fact('web', fromFile(file, framework.id)),
    framework: fact(framework.id, fromFile(file)),
    start: fact({ by: 'module', module: framework.id, args }, fromFile(file)),
    workdir: '.',
    // The tool puts the file's own folder on the path, and no other.
    path: base === posix.dirname(file) ? [] : [base],
    port: byConvention(framework.port ?? 8000, `where ${framework.id} listens`),
    env,
    health: framework.id === 'streamlit' ? '/_stcore/health' : '/',
    handlesSigterm: true,
    file,
    notes: [],
  }
}

function plainEntry(
  sources: Sources,
  file: string,
  modules: readonly Module[],
  framework: ScriptFramework | undefined,
  named: { source: Fact<string>['source'] } | undefined,
): Entry {
  const heard = listening(modules)
  const kind = kindOf(file, modules, framework)
  const place = locationOf(sources, file)
  const asModule = posix.basename(file) === '__main__.py' && file.includes('/')
  const module = place.module.replace(/\.__main__$/, '')
  const start: Start = asModule
    ? { by: 'module', module, args: heard.args }
    : { by: 'script', file, args: heard.args }
  const own = posix.dirname(file)
  const gradio = framework?.id === 'gradio'
  return {
    kind: fact(kind, fromFile(file)),
    framework: framework && fact(framework.id, fromFile(file)),
    start: fact(start, named?.source ?? fromFile(file)),
    workdir: asModule && place.base !== 'src' ? place.base : '.',
    // A script finds what lies beside it; what it imports from elsewhere must be on the path.
    path: (asModule ? place.base === 'src' : place.base !== own) ? [place.base] : [],
    port:
      kind === 'web'
        ? (heard.port ?? byConvention(framework?.port ?? 8000, 'where it is expected to listen'))
        : undefined,
    env: gradio ? { GRADIO_SERVER_NAME: '0.0.0.0', ...heard.env } : heard.env,
    health: healthPath(sources, file),
    offersHelp: kind === 'cli',
    handlesSigterm: modules.some(mentionsSigterm) || framework?.id === 'aiohttp',
    file,
    notes: kind === 'web' && heard.local && !gradio ? [localNote(heard.local)] : [],
  }
}

const localNote = ({ path, line }: { path: string; line: number }): Note =>
  note(
    'LISTENS_ON_LOCALHOST',
    'warning',
    'the program listens on localhost, which nothing outside of its container reaches: let it listen on 0.0.0.0',
    fromFile(path, undefined, line),
  )

const mentionsSigterm = ({ calls }: Module): boolean =>
  calls.some(
    call =>
      /(^|\.)(signal|add_signal_handler)$/.test(calleeOf(call)) &&
      call.args.some(arg => arg.is === 'name' && arg.path.endsWith('SIGTERM')),
  )

function kindOf(file: string, modules: readonly Module[], framework: ScriptFramework | undefined): Kind {
  if (framework) return framework.kind
  const own = modules.filter(({ path }) => path === file || !/__main__/.test(path))
  if (own.some(({ calls }) => calls.some(call => LISTENS.includes(calleeOf(call))))) return 'web'
  return asksForArguments(modules.filter(({ path }) => path === file)) ? 'cli' : 'worker'
}

/** Arguments are read by a library that knows `--help`. */
export const asksForArguments = (modules: readonly Module[]): boolean =>
  modules.some(({ imported }) =>
    [...imported].some(name => /^(argparse|click|typer|fire|docopt|cyclopts|rich_click)(\.|$)/.test(name)),
  )
