import { parse } from 'shell-quote'
import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Project } from '../../project/project.ts'

/** A command line as words; `shell` where only a shell can run it. */
export interface Command {
  readonly words: readonly string[]
  readonly shell: boolean
}

/** Reads a command line. Variables stay as they are written, and need a shell. */
export function readCommand(text: string): Command {
  let shell = false
  const words = parse(text, name => {
    shell = true
    return `$${name}`
  }).flatMap(part => {
    if (typeof part === 'string') return [part]
    if ('comment' in part) return []
    if (part.op === 'glob') return [part.pattern]
    shell = true
    return [part.op]
  })
  const assigned = words.findIndex(word => !/^[A-Za-z_]\w*=/.test(word))
  return { words, shell: shell || assigned > 0 }
}

export interface ProcessType {
  readonly name: string
  readonly command: Fact<string>
}

/** Procfile's lines: https://devcenter.heroku.com/articles/procfile#procfile-format */
export function readProcfile(project: Project): ProcessType[] {
  const path = ['Procfile', 'Procfile.prod'].find(file => project.has(file))
  if (!path) return []
  return (project.text(path) ?? '').split('\n').flatMap((line, index): ProcessType[] => {
    const [, name, command] = /^\s*([\w-]+)\s*:\s*(\S.*)$/.exec(line) ?? []
    return name && command ? [{ name, command: fact(command, fromFile(path, name, index + 1), command) }] : []
  })
}

const SERVERS = new Set(['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'granian', 'waitress-serve', 'uwsgi'])

/** The server that a command line starts, with what is said to it. */
export interface ServerCall {
  readonly server: string
  /** `app:app`, `pkg.wsgi` */
  readonly target: string
  /** Options that change how the program works, without those that say where it listens or where logs go. */
  readonly options: readonly string[]
  readonly folder?: string | undefined
  readonly port?: number | undefined
}

/** The part of a command line after `cd`, `exec`, `migrate &&` and the like that starts a server. */
export function serverCall(command: Command): ServerCall | undefined {
  const parts = split(command.words)
  const folder = parts.find(words => words[0] === 'cd')?.[1]
  for (const part of parts.reverse()) {
    const words = part.filter(
      (word, index) =>
        !(
          word === 'exec' ||
          /^[A-Z_]+=/.test(word) ||
          (index < 4 && /^(uv|poetry|pipenv|pdm|run)$/.test(word))
        ),
    )
    const module = /^python[\d.]*$/.test(words[0] ?? '') && words[1] === '-m'
    const [server = '', ...rest] = module ? words.slice(2) : words
    if (SERVERS.has(server)) return readServer(server, rest, folder)
  }
  return undefined
}

function split(words: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  for (const word of words)
    if (/^(&&|\|\||;|&|\|)$/.test(word)) parts.push([])
    else parts.at(-1)?.push(word)
  return parts
}

const TAKES_VALUE =
  /^(-[bkwcetmpDTL]|--(bind|host|port|workers|worker-class|config|timeout|threads|log-file|log-level|access-logfile|error-logfile|chdir|pythonpath|env|worker-tmp-dir|max-requests|max-requests-jitter|keep-alive|graceful-timeout|worker-connections|name|interface|app-dir|loop|http|ws|log-config|forwarded-allow-ips|root-path|access-logformat))$/
/** Where it listens, what it writes and what only development wants is decided by the image. */
const DROPPED =
  /^(-b|-p|--bind|--host|--port|--log-file|--access-logfile|--error-logfile|--log-level|--reload|--worker-tmp-dir|--chdir|--app-dir|--daemon|-D|--interface|--env|-e|--no-control-socket|--access-logformat)$/
const KEPT =
  /^(-k|--worker-class|-c|--config|--threads|--preload|--factory|--pythonpath|--timeout|-t|--ws|--proxy-headers|--forwarded-allow-ips|--max-requests|--max-requests-jitter)$/

function readServer(
  server: string,
  words: readonly string[],
  cd: string | undefined,
): ServerCall | undefined {
  const options: string[] = []
  const seen = new Map<string, string>()
  let target: string | undefined
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const [name = '', inline] = word.split(/=(.*)/s)
    if (!word.startsWith('-')) {
      target ??= word
      continue
    }
    const value = inline ?? (TAKES_VALUE.test(name) ? words[++index] : undefined)
    if (value !== undefined) seen.set(name, value)
    if (!DROPPED.test(name) && KEPT.test(name) && !value?.includes('$'))
      options.push(name, ...(value === undefined ? [] : [value]))
  }
  if (!target || !/^[\w.]+(:[\w.]+(\(.*\))?)?$/.test(target)) return undefined
  const bind = seen.get('-b') ?? seen.get('--bind') ?? ''
  const port = Number(/:(\d+)$/.exec(bind)?.[1] ?? seen.get('--port') ?? seen.get('-p'))
  return {
    server,
    target,
    options,
    folder: seen.get('--chdir') ?? seen.get('--app-dir') ?? cd,
    port: port || undefined,
  }
}
