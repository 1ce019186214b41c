import { byConvention, fact, fromFile } from '../../../facts.ts'
import { note } from '../../../plan/notes.ts'
import type { Sources } from '../code/sources.ts'
import { readCommand, readProcfile, serverCall } from '../commands.ts'
import type { Django } from '../django.ts'
import type { Install } from '../install.ts'
import { hasPackage } from '../packages.ts'
import type { Entry, Start } from './entry.ts'
import { hintOf } from './server.ts'

/** Django behind gunicorn, or behind an ASGI server where the project has reason for one. */
export function djangoEntry(sources: Sources, install: Install, django: Django): Entry | undefined {
  const hint = hintOf(sources)
  const asgi = django.asgi && wantsAsgi(install, hint?.call.server, django) ? django.asgi : undefined
  const module = asgi ?? django.wsgi ?? django.asgi
  if (!module) return undefined
  const start: Start = asgi ? asgiStart(install, module) : wsgiStart(module, hint?.call)
  const source =
    hint?.source ??
    fromFile(`${django.base === '.' ? '' : `${django.base}/`}${module.replaceAll('.', '/')}.py`)
  const workers = readProcfile(sources.project).filter(({ name }) => /worker|beat|celery/.test(name))
  return {
    kind: fact('web', fromFile(django.file, 'Django')),
    framework: fact('django', fromFile(django.file)),
    start: fact(start, source),
    workdir: django.base,
    path: [],
    port: byConvention(8000, 'where Django listens'),
    env: {},
    health: '/',
    handlesSigterm: true,
    file: django.file,
    notes: workers.map(({ name, command }) =>
      note(
        'OTHER_PROCESS',
        'info',
        `Procfile's process ${name} runs from the same image: ${serverCall(readCommand(command.value)) ? name : command.value}`,
        command.source,
      ),
    ),
  }
}

function wantsAsgi(install: Install, hinted: string | undefined, django: Django): boolean {
  if (hinted === 'daphne' || hinted === 'uvicorn' || hinted === 'hypercorn') return true
  if (!django.wsgi) return true
  const has = (name: string) => hasPackage(install, name)
  return has('channels') || has('daphne') || (has('uvicorn') && !has('gunicorn'))
}

function asgiStart(install: Install, module: string): Start {
  const server = hasPackage(install, 'uvicorn') || !hasPackage(install, 'daphne') ? 'uvicorn' : 'daphne'
  return { by: 'server', server, target: `${module}:application`, factory: false, options: [] }
}

function wsgiStart(module: string, call: { server: string; options: readonly string[] } | undefined): Start {
  return {
    by: 'server',
    server: 'gunicorn',
    target: module,
    factory: false,
    options: call?.server === 'gunicorn' ? call.options : [],
  }
}
