import { parse } from 'shell-quote'
import type { Manifest } from './manifest.ts'
import { npsNames } from './nps.ts'
import { joinOutward } from './paths.ts'
import { unset } from './shell-variables.ts'
import { isScript, ofPackage } from './short-forms.ts'
import { unwrap } from './unwrap.ts'

/** One simple command of a script, its wrappers (`cross-env`, `npx`, `dotenv --`) taken off. */
export interface Command {
  readonly env: Readonly<Record<string, string>>
  readonly words: readonly string[]
  /** The folder that it runs in, where that isn't the package's own: `cd client`, `--prefix client`. */
  readonly dir?: string
  /** Whether it runs beside those before it, and not after them. */
  readonly parallel?: true
  /** The file of variables that a wrapper reads for it: `env-cmd -f .env.production`. */
  readonly envFile?: string
  /** Those of its words that a shell takes for patterns of files: `cp src/*.md dist`. */
  readonly patterns?: readonly string[]
}

type Scripts = Manifest['scripts']

/** What only feeds the program after it. */
const SAYS = /^(echo|printf|yes|cat)$/

/** Splits a script into its commands as a shell would. Redirections and what only groups are left out. */
export function commandsOf(script: string): readonly Command[] {
  const commands: string[][] = [[]]
  const parallel = new Set<string[]>()
  const patterns = new Map<string[], string[]>()
  let skip = false
  let reads = false
  for (const token of tokens(script)) {
    if (typeof token === 'object' && 'comment' in token) continue
    if (typeof token === 'object' && 'op' in token && token.op !== 'glob') {
      skip = /[<>]/.test(token.op)
      // The number of a stream: `2>&1`.
      if (skip && /^[012]$/.test(commands.at(-1)?.at(-1) ?? '')) commands.at(-1)?.pop()
      // `node server.js | pino-pretty`: what reads another program's output is no program of the project's.
      reads = skip ? reads : token.op === '|' && !SAYS.test(commands.at(-1)?.[0] ?? '')
      // What follows a group is where the group began.
      if (token.op === ')') commands.push(['cd'])
      const next: string[] = []
      if (!skip) commands.push(next)
      if (token.op === '&') parallel.add(next)
      continue
    }
    const word = typeof token === 'string' ? token : 'pattern' in token ? token.pattern : ''
    const words = commands.at(-1)
    if (words && !skip && !reads) {
      words.push(word)
      if (typeof token !== 'string') patterns.set(words, [...(patterns.get(words) ?? []), word])
    }
    skip = false
  }
  return inFolders(
    commands
      .filter(words => words.length > 0 && !/^(fi|done|esac)$/.test(words[0] ?? ''))
      .map(words => {
        const own = patterns.get(words)
        return unwrap({
          env: {},
          words,
          ...(parallel.has(words) && { parallel: true }),
          ...(own && { patterns: own }),
        })
      }),
  )
}

/** After `cd client` commands run in there, until another `cd`. */
function inFolders(commands: readonly Command[]): readonly Command[] {
  let dir = ''
  return commands.map(command => {
    const [program, folder] = command.words
    if (program !== 'cd') return dir ? { ...command, dir: joinOutward(dir, command.dir ?? '') } : command
    dir = folder === undefined || folder.startsWith('/') ? '' : joinOutward(dir, folder)
    return command
  })
}

/** What no shell of ours can read is some program that nobody here knows. */
function tokens(script: string): ReturnType<typeof parse> {
  try {
    return parse(script, unset)
  } catch {
    return ['sh', '-c', script]
  }
}

/** The script that a command runs by way of a package manager, with the arguments it adds. */
function invoked(
  words: readonly string[],
  scripts: Scripts,
): { names: readonly string[]; args: readonly string[]; parallel?: boolean } | undefined {
  const [program = '', ...rest] = words
  const named = rest.filter(word => !word.startsWith('-'))
  const args = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : []
  if (selected(words) !== undefined) return undefined
  if (program === 'node' && rest[0] === '--run' && rest[1]) return { names: [rest[1]], args }
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) {
    const [word = '', script] = named
    const runs = word === 'run' || word === 'run-script'
    const name = runs ? script : word
    if (name === undefined || !Object.hasOwn(scripts, name)) return undefined
    if (!runs && !isScript(program, name)) return undefined
    const after = rest.slice(rest.indexOf(name) + 1)
    // npm keeps options for itself; where there are any, a word may be the value of one.
    const own = (program === 'npm' && after[0]?.startsWith('-') ? args : after).filter(word => word !== '--')
    return { names: [name], args: own }
  }
  if (/^(nps|p-s)$/.test(program)) {
    const names = npsNames(rest).filter(name => Object.hasOwn(scripts, name))
    return names.length ? { names, args: [] } : undefined
  }
  if (/^(npm-run-all|npm-run-all2|run-s|run-p|run-z)$/.test(program))
    return {
      names: named.flatMap(pattern => matching(pattern.split(' ')[0] ?? '', scripts)),
      args: [],
      parallel: program === 'run-p' || rest.some(word => /^(-p|--parallel)$/.test(word)),
    }
  return undefined
}

/** `-r`, `--workspaces`: in every member. */
export const EVERY_MEMBER = '*'

/**
 * The member of a workspace that a package manager's command is for, by its name or folder: `npm run build -w web`,
 * `pnpm --filter web build`, `yarn workspace web build`.
 * @returns undefined for one of the package itself
 */
export function selected([program = '', ...rest]: readonly string[]): string | undefined {
  if (!/^(npm|pnpm|yarn|bun)$/.test(program)) return undefined
  const own = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined)
  if (program === 'yarn' && own[0] === 'workspace') return own[1]
  if (own.some(word => /^(-ws|--workspaces|-r|--recursive|workspaces)$/.test(word))) return EVERY_MEMBER
  const index = own.findIndex(word => /^(-w|-F|--workspace|--filter)(=|$)/.test(word))
  const [option, inline] = (own[index] ?? '').split('=')
  // `pnpm -w` is the workspace's root.
  return !option || (option === '-w' && program !== 'npm')
    ? undefined
    : (inline ?? own[index + 1])?.replace(/^\.\/|\.{3}$/g, '')
}

/** `build:*` → every script of that form. */
function matching(pattern: string, scripts: Scripts): readonly string[] {
  if (!pattern.includes('*')) return Object.hasOwn(scripts, pattern) ? [pattern] : []
  const [head = '', tail = ''] = pattern.split(/\*+/)
  return Object.keys(scripts).filter(
    name => name.length >= pattern.replace(/\*+/, '').length && name.startsWith(head) && name.endsWith(tail),
  )
}

/**
 * Every command that a script comes to, in order, with the scripts that it runs written out.
 * @param hooks whether the scripts `pre…` and `post…` run along, as they do for `npm run`
 */
export function expand(
  scripts: Scripts,
  name: string,
  hooks = false,
  within: readonly string[] = [],
): readonly Command[] {
  // A script that runs itself never ends.
  if (within.includes(name)) return []
  const one = (key: string): readonly Command[] =>
    Object.hasOwn(scripts, key)
      ? commandsOf(scripts[key] ?? '').map(command => chosen(command, key, scripts))
      : []
  const commands = hooks ? [...one(`pre${name}`), ...one(name), ...one(`post${name}`)] : one(name)
  return commands.flatMap(command => written(command, scripts, hooks, [...within, name]))
}

/** Words as a shell reads them back. */
export const quote = (words: readonly string[]): string =>
  words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

/**
 * Runners of the script of the same name for the system, or for the environment, which is production's:
 * https://www.npmjs.com/package/run-script-os, https://www.npmjs.com/package/per-env
 */
const VARIANTS: readonly (readonly [runner: RegExp, variants: readonly string[]])[] = [
  [/^run(-script)?-os$/, ['linux', 'nix', 'darwin:linux', 'default']],
  [/^(per-env|by-node-env)$/, ['production', 'development']],
]

function chosen(command: Command, name: string, scripts: Scripts): Command {
  const [, variants] = VARIANTS.find(([runner]) => runner.test(command.words[0] ?? '')) ?? []
  const own = variants?.map(variant => `${name}:${variant}`).find(key => Object.hasOwn(scripts, key))
  return own === undefined ? command : { ...command, words: ['npm', 'run', own] }
}

function written(
  command: Command,
  scripts: Scripts,
  hooks: boolean,
  within: readonly string[],
): readonly Command[] {
  const call = command.dir ? undefined : invoked(command.words, scripts)
  const bin = call ? undefined : ofPackage(command)
  if (bin) return written(unwrap(bin), scripts, hooks, within)
  const [name = ''] = call?.names ?? []
  // npm puts what it is given behind the script, which may end with `dotenv --`, or be another runner of scripts.
  const ends = /^(nps|p-s)?$/.test(
    commandsOf(scripts[name] ?? '')
      .at(-1)
      ?.words.join(' ') ?? '-',
  )
  if (call && ends && call.args.length > 0)
    return expand({ ...scripts, [name]: `${scripts[name]} ${quote(call.args)}` }, name, hooks, within)
  if (call)
    return call.names.flatMap(name =>
      expand(scripts, name, hooks, within).map((inner, index, all) => ({
        ...inner,
        env: { ...command.env, ...inner.env },
        words: (index === all.length - 1 ? [...inner.words, ...call.args] : inner.words).map(word =>
          known(word, command.env),
        ),
        ...((command.parallel || call.parallel) && { parallel: true as const }),
      })),
    )
  if (command.words[0] === 'concurrently')
    return command.words
      .slice(1)
      .filter(word => !word.startsWith('-'))
      .flatMap(word => commandsOf(word.replace(/^(npm|pnpm|yarn|bun):/, '$1 run ')))
      .flatMap(inner => written(inner, scripts, hooks, within))
      .map(inner => ({ ...inner, parallel: true }))
  return command.words.length ? [command] : []
}

/** `DB=pg npm run migrate`: the shell of that script knows the variable already. */
const known = (word: string, env: Command['env']): string =>
  word.replace(/\$\{([A-Za-z_]\w*)\}/g, (all, name: string) =>
    Object.hasOwn(env, name) ? (env[name] ?? all) : all,
  )

/** A command as one line, for people. */
export const shown = ({ words }: Command): string => words.join(' ')
