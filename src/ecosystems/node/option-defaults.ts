import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import { table } from './manifest.ts'
import { type Module, textOf } from './syntax.ts'
import { unwrap, type Value } from './value.ts'

/**
 * The default of an option, such as that for the port, as parsers of arguments have it: `.option('port', { default: 80 })` and
 * `.options({ port: … })` of yargs, `.option('-p, --port <port>', 'what it is', '80')` of commander, minimist's
 * `{ default: { port: 80 } }`.
 * @param method the last name of what is called
 * @param option `port`
 */
export function optionDefault(
  module: Module,
  method: string,
  args: readonly SyntaxNode[],
  option: string,
): Value | undefined {
  const [first, second] = args
  const name = textOf(module, first)
  switch (method) {
    // parser.add_argument('-p', '--port', { default: 8001 }): https://www.npmjs.com/package/argparse
    case 'add_argument':
    case 'addArgument':
      return args.some(argument => names(module, argument).includes(`--${option}`))
        ? unwrap(table(evaluate(module, args.at(-1)).value).default)
        : undefined
    case 'option':
    case 'options':
      if (name === option) return unwrap(table(evaluate(module, second).value).default)
      if (name !== undefined)
        return name.split(/[\s,=]+/).includes(`--${option}`)
          ? args
              .slice(2)
              .map(argument => evaluate(module, argument))
              .find(({ value, env }) => value !== undefined || env)
          : undefined
      return unwrap(table(table(evaluate(module, first).value)[option]).default)
    case 'default':
      return name === option ? evaluate(module, second) : undefined
    case 'minimist':
      return unwrap(table(table(evaluate(module, second).value).default)[option])
  }
  return undefined
}

/** The names of an argument, which older releases take as a list. */
const names = (module: Module, node: SyntaxNode): readonly unknown[] => [evaluate(module, node).value].flat()
