import type { Runnable } from './start.ts'

/** What a runner of TypeScript is told, as far as a container's command says it. */
export interface Told {
  readonly preload?: readonly string[]
}

/** What resolves the names of a TypeScript configuration. */
export const PATHS = /^tsconfig-paths\b/

/** https://www.npmjs.com/package/tsconfig-paths, and modules of the project's own: `--import ./src/telemetry.ts` */
const preload = (flags: readonly string[]): readonly string[] =>
  flags.flatMap((word, index) => {
    const [, option, inline] = /^(-r|--require|--import)(?:=(.+))?$/.exec(word) ?? []
    const name = inline ?? flags[index + 1]
    if (option === undefined || name === undefined) return []
    if (PATHS.test(name)) return ['-r', name]
    return name.startsWith('./') ? [option.replace('--require', '-r'), name] : []
  })

export function toldRunner(flags: readonly string[]): Told {
  const modules = preload(flags)
  return modules.length > 0 ? { preload: modules } : {}
}

/** Options of a tool that restarts a program which Node.js or the runner gets too. */
export const loading = (flags: readonly string[]): readonly string[] =>
  flags.filter((word, at) => PASSED.test(word) || PASSED.test(flags[at - 1] ?? ''))
const PASSED = /^(-r|--require)$/

/** The words before a TypeScript entry that have it translated. @param bins where programs of packages lie */
export function hook(
  { runner, esm, checks }: Extract<Runnable, { is: 'typescript' }>,
  bins: string,
): readonly string[] {
  if (runner === 'node') return []
  if (runner === 'tsx') return ['--import', 'tsx']
  if (runner === 'ts-node' || runner === 'tsnd' || runner === 'ts-node-dev') {
    const quick = checks ? '' : '/transpile-only'
    return esm ? ['--loader', `ts-node/esm${quick}`] : ['-r', `ts-node/register${quick}`]
  }
  if (runner === 'sucrase' || runner === 'esbuild-runner') return ['-r', `${runner}/register`]
  if (/^(@|esbuild|babel-register$)/.test(runner)) return ['-r', runner]
  return [`${bins}${runner}`]
}
