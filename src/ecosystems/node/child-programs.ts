import type { SyntaxNode } from '@lezer/common'
import { namesIn } from '../../knowledge/native-node.ts'
import { PROGRAMS } from '../../knowledge/programs.ts'
import type { Project } from '../../project/project.ts'
import { evaluate } from './evaluate.ts'
import type { NativeNeeds } from './native.ts'
import { argumentsOf, calleeOf, items, type Module, source, textOf } from './syntax.ts'
import { readTsConfig, sourceOf } from './tsconfig.ts'

/** Functions that start a program, and what they are called once they are promises. */
const STARTING =
  /^(spawn|exec|execFile|execa)(Sync|Async|Promise|Command|CommandSync)?$|^(async|promis(e|ified))(Exec|Spawn)$/
/** Whose they are, where they aren't named alone. A regular expression has an `exec` too. */
const OWNER = /child_?process|^(cp|shell|shelljs|execa|Bun)$/i

/** Git asked about the checkout itself, to show a revision: no image holds one. */
const ABOUT_CHECKOUT =
  /^(rev-parse|describe|log|show|status|config|branch|symbolic-ref|rev-list|tag|--version)$/

/** The known program that a call starts: `spawn('ffmpeg', ['-i', file])`, `` exec(`convert ${file} …`) `` */
export function startedProgram(
  callee: string,
  module: Module,
  args: readonly SyntaxNode[],
): string | undefined {
  const words = startedWords(callee, module, args)
  const program = words[0] ?? ''
  return Object.hasOwn(PROGRAMS, program) && !isAboutCheckout(words) ? program : undefined
}

/** Whether a call asks git about the checkout, and hides no failure: `execSync('git describe || echo none')`. */
export function asksAboutCheckout(callee: string, module: Module, args: readonly SyntaxNode[]): boolean {
  const words = startedWords(callee, module, args)
  return isAboutCheckout(words) && !words.includes('||')
}

export const isAboutCheckout = ([program, ...words]: readonly string[]): boolean =>
  program === 'git' && words.some(word => ABOUT_CHECKOUT.test(word))

/** The words of the command that a call starts. */
export function startedWords(callee: string, module: Module, args: readonly SyntaxNode[]): readonly string[] {
  const [, owner = '', name = ''] = /^(?:(.*)\.)?(\w+)$/s.exec(callee) ?? []
  if (!STARTING.test(name) || (callee !== name && !OWNER.test(owner))) return []
  const [first, second] = args
  const [program = '', ...words] = [
    ...wordsOf(module, first),
    ...items(second).flatMap(item => textOf(module, item) ?? []),
  ]
  return [program.split('/').at(-1) ?? '', ...words]
}

/** Files of the project that a call starts as programs of their own: `spawn('node', ['dist/worker.js'])`, `fork('./worker')`. */
export function ownPrograms(project: Project, module: Module, call: SyntaxNode): readonly string[] {
  const callee = calleeOf(module, call)
  // Most calls start nothing: their arguments needn't be read.
  if (!/spawn|exec|fork/i.test(callee)) return []
  const args = argumentsOf(call)
  const [program, ...words] = startedWords(callee, module, args)
  const forked = /(^|\.)fork$/.test(callee) ? evaluate(module, args[0]).value : undefined
  const path =
    typeof forked === 'string'
      ? forked
      : program === 'node'
        ? words.find(word => !/^-/.test(word))
        : undefined
  const file =
    path !== undefined && /^[\w@./-]+$/.test(path)
      ? sourceOf(project, path, readTsConfig(project))
      : undefined
  return file !== undefined && /\.[cm]?[jt]s$/.test(file) ? [file] : []
}

/** The words of a command as far as they stand in the code. */
function wordsOf(module: Module, node: SyntaxNode | null | undefined): readonly string[] {
  if (node?.name === 'BinaryExpression') return wordsOf(module, node.firstChild)
  const whole = textOf(module, node)
  const begun = node?.name === 'TemplateString' ? source(module, node).slice(1, -1).split('${')[0] : undefined
  return (whole ?? begun ?? '').trim().split(/\s+/).filter(Boolean)
}

/** What native code asks of the runtime image, and the Debian packages of the programs that the code starts. */
export function withPrograms(
  needs: NativeNeeds,
  programs: ReadonlyMap<string, string>,
  suite: string,
): NativeNeeds {
  const packages = [...programs.keys()].map(program => PROGRAMS[program] ?? program)
  return {
    ...needs,
    runtime: [...new Set([...needs.runtime, ...namesIn(suite, packages)])].sort(),
    askedBy: [...new Set([...needs.askedBy, ...programs.values()])],
  }
}
