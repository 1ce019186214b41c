import { byConvention, fact, fromFile } from '../../../facts.ts'
import type { Wishes } from '../../../options/options.ts'
import { calleeOf } from '../code/expressions.ts'
import { depth, type Sources } from '../code/sources.ts'
import { readCommand, serverCall } from '../commands.ts'
import type { Django } from '../django.ts'
import type { Install } from '../install.ts'
import { dotted, locationOf } from '../location.ts'
import type { Manifest } from '../manifests/pyproject.ts'
import { hasPackage } from '../packages.ts'
import { djangoEntry } from './django.ts'
import type { Entry } from './entry.ts'
import { asksForArguments, scriptEntry } from './script.ts'
import { frameworkIn, programModules, serverEntry } from './server.ts'

/** Finds what starts the program; undefined where nothing does. */
export function findEntry(
  sources: Sources,
  install: Install,
  manifest: Manifest | undefined,
  django: Django | undefined,
  wishes: Wishes,
): Entry | undefined {
  const found = detected(sources, install, manifest, django)
  return wishes.start ? wished(wishes.start, found, install) : found
}

function detected(
  sources: Sources,
  install: Install,
  manifest: Manifest | undefined,
  django: Django | undefined,
): Entry | undefined {
  const served = (django && djangoEntry(sources, install, django)) ?? serverEntry(sources, install)
  if (served && !isBeside(served) && !isBuried(served, manifest)) return served
  const script = scriptEntry(sources, install, manifest)
  const cli = consoleEntry(sources, manifest)
  if (served && script && isBeside(served) && isBot(script)) return script
  if (served && !(cli && isBuried(served, manifest))) return served
  if (script && script.kind.value === 'web' && script.framework) return script
  if (cli && !(script && script.kind.value === 'worker' && script.framework)) return cli
  return script ?? celeryEntry(sources, install)
}

/** A small web server that a bot keeps for a host that wants one. */
const isBeside = ({ file = '' }: Entry): boolean =>
  /(keep_?alive|health|ping|status|webserver)[^/]*\.py$/.test(file)

const isBot = ({ kind, framework }: Entry): boolean =>
  kind.value === 'worker' && framework !== undefined && !/^(celery|rq)$/.test(framework.value)

/** A tool with a web page somewhere inside is a tool; asgi.py and its like say that they are the program. */
const isBuried = ({ file = '' }: Entry, manifest: Manifest | undefined): boolean =>
  manifest?.installable === true && depth(file) > 2 && !/(^|\/)(asgi|wsgi|main|server)\.py$/.test(file)

/** The command of [project.scripts] that is called like the project, or the only one. */
function consoleEntry(sources: Sources, manifest: Manifest | undefined): Entry | undefined {
  if (!manifest?.installable) return undefined
  const scripts = [...manifest.scripts].filter(
    ([name]) => !/^(dev|test|lint|format|docs|build|watch|migrate)/.test(name),
  )
  const own = scripts.find(([name]) => name.replaceAll('_', '-') === manifest.name?.replaceAll('_', '-'))
  const [name, target] = own ?? scripts[0] ?? []
  if (!name || !target || (!own && scripts.length > 1)) return undefined
  const file = sources.locate(target.split(':')[0] ?? '', 'x.py')?.file
  const module = file ? sources.module(file) : undefined
  const asks = file !== undefined && asksForArguments(programModules(sources, file))
  const web =
    !asks &&
    module?.calls.some(call => /(^|\.)(uvicorn\.run|run_app|serve_forever)$/.test(calleeOf(call))) === true
  return {
    kind: fact(web ? 'web' : 'cli', fromFile(manifest.path, `scripts.${name}`)),
    start: fact({ by: 'console', name, target }, fromFile(manifest.path, `scripts.${name}`)),
    workdir: '.',
    path: [],
    port: web ? byConvention(8000, 'where uvicorn listens') : undefined,
    env: {},
    health: '/',
    handlesSigterm: web,
    offersHelp: asks,
    file,
    notes: [],
  }
}

/** A worker alone: the module that makes the Celery app. */
function celeryEntry(sources: Sources, install: Install): Entry | undefined {
  if (!hasPackage(install, 'celery')) return undefined
  for (const module of sources.mentioning(/\bCelery\b/)) {
    const assign = module.assigns.find(({ value, inside }) => !inside && calleeOf(value) === 'celery.Celery')
    if (!assign) continue
    const { base } = locationOf(sources, module.path)
    const target = `${dotted(module.path, base)}:${assign.name}`
    return {
      kind: fact('worker', fromFile(module.path, assign.name, assign.line)),
      framework: fact('celery', fromFile(module.path)),
      start: fact(
        { by: 'module', module: 'celery', args: ['-A', target, 'worker', '--loglevel', 'INFO'] },
        fromFile(module.path, assign.name, assign.line),
      ),
      workdir: base,
      path: [],
      env: {},
      health: '/',
      handlesSigterm: true,
      file: module.path,
      notes: [],
    }
  }
  return undefined
}

/** The person's own command, with what was found about the rest. */
function wished(start: NonNullable<Wishes['start']>, found: Entry | undefined, install: Install): Entry {
  const command = readCommand(start.value)
  const framework =
    found?.framework ?? (frameworkIn(install) && byConvention(frameworkIn(install)?.id ?? '', 'a dependency'))
  const port = serverCall(command)?.port
  const web = found ? found.kind.value === 'web' : framework !== undefined
  return {
    kind: found?.kind ?? byConvention(web ? 'web' : 'worker', 'as far as its dependencies tell'),
    framework,
    start: { value: { by: 'command', text: start.value, ...command }, source: start.source },
    workdir: found?.workdir ?? '.',
    path: found?.path ?? [],
    port: port
      ? fact(port, start.source)
      : (found?.port ?? (web ? byConvention(8000, 'where servers listen') : undefined)),
    env: found?.env ?? {},
    health: found?.health ?? '/',
    handlesSigterm: /^(gunicorn|uvicorn|hypercorn|daphne|granian|celery)$/.test(command.words[0] ?? ''),
    file: found?.file,
    notes: found?.notes ?? [],
  }
}
