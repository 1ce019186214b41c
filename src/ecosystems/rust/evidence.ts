import { fact, fromFile } from '../../facts.ts'
import type { RustFacts } from './facts.ts'
import type { Reading } from './read.ts'
import type { Call, Scan } from './scan.ts'
import { join } from './toml.ts'

/** `env::var("X").expect(…)` */
export const isNeeded = ({ name, followedBy }: Call): boolean =>
  name === 'var' && /^(expect|unwrap|context|with_context|\?)$/.test(followedBy ?? '')

/** Variables without which the program stops. */
export function requiredEnv({ calls }: Scan): RustFacts['env'] {
  const needed = calls.filter(isNeeded)
  const names = needed
    .map(({ literals }) => literals[0])
    .filter(name => typeof name === 'string' && /^[A-Z][A-Z0-9_]*$/.test(name))
  const [first] = needed
  return first && names.length
    ? fact([...new Set(names as string[])], fromFile(first.path, undefined, first.line))
    : undefined
}

/** The subcommand that serves, for a program that does nothing without one. */
export function serveCommand({ subcommands }: Scan, serves: boolean): readonly string[] {
  const wanted = [
    'serve',
    'server',
    'run-server',
    'start-server',
    'run',
    'start',
    'daemon',
    'web',
    'http',
    'listen',
    'api',
  ]
  const found = serves ? wanted.find(name => subcommands.includes(name)) : undefined
  return found === undefined ? [] : [found]
}

/** Programs that build scripts start. */
export const calledTools = ({ calls }: Scan): readonly string[] =>
  calls
    .filter(({ name, callee }) => name === 'new' && callee.at(-2) === 'Command')
    .flatMap(({ literals }) => (typeof literals[0] === 'string' ? [literals[0]] : []))

/** The route that is there to be asked, or the root. */
export function healthPath({ strings }: Scan): string {
  const asked = strings.map(({ text }) => text).filter(text => HEALTH.test(text))
  return asked[0] ?? '/'
}
const HEALTH = /^\/(api\/|v1\/)?(_{0,2}health(z|check|-check|_check)?_{0,2}|livez|ping|status|up)$/

/** What the rules of .dockerignore would hide from the compiler: keys that `include_str!` compiles in, git's folder. */
export function compiledIn({ sources, project }: Reading): readonly string[] {
  const included = sources.macros
    .filter(({ name }) => name === 'include_str' || name === 'include_bytes')
    .flatMap(({ path, literals }) =>
      literals.map(value => join(path.slice(0, path.lastIndexOf('/')), String(value))),
    )
    .filter(file => project.has(file) && /\.(pem|key|p12|pfx)$/.test(file))
  return [...included, ...(asksGit(sources) ? ['.git'] : [])]
}

/** Macros that ask git for the commit while they are compiled, and fail without a repository. */
export const asksGit = ({ macros }: Scan): boolean =>
  macros.some(({ name }) => name === 'git_version' || name === 'git_describe' || name === 'git_testament')
