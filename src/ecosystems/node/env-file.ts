import type { SyntaxNode } from '@lezer/common'
import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { definitionOf } from './definitions.ts'
import { evaluate } from './evaluate.ts'
import type { Layout } from './facts.ts'
import type { Scan } from './found.ts'
import { isForDevelopment } from './optional.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, initializer, items, type Module, parseModule, source } from './syntax.ts'
import { ends } from './tolerant.ts'

/**
 * Programs that end where their file of values isn't there, whatever the environment has: `const found =
 * dotenv.config(); if (found.error) throw new Error('no .env')`. No image holds that file, so the container is given it.
 * https://github.com/motdotla/dotenv#config
 */
export function envFileNotes(
  project: Project,
  { root, app }: Pick<Layout, 'root' | 'app'>,
  scan: Scan | undefined,
): readonly Note[] {
  if (!scan?.imports.has('dotenv')) return []
  for (const path of scan.files) {
    const file = /dotenv/.test(project.text(path) ?? '') ? wanted(parseModule(project, path)) : undefined
    if (file !== undefined)
      return [
        note(
          'ENV_FILE_WANTED',
          'warning',
          `the program needs ${file}, even where its variables are set, and values stay out of the image: docker run -v "$PWD/${join(root, app, file)}:/app/${join(app, file)}:ro"`,
          fromFile(path),
        ),
      ]
  }
  return []
}

function wanted(module: Module | undefined): string | undefined {
  let found: string | undefined
  module?.tree.iterate({
    enter({ node }) {
      if (found !== undefined) return
      const call = node.name === 'IfStatement' ? tested(module, node) : read(module, node)
      if (call) found = fileOf(module, call)
    },
  })
  return found
}

function tested(module: Module, node: SyntaxNode): SyntaxNode | undefined {
  if (isForDevelopment(module, node)) return undefined
  const [test] = items(node.getChild('ParenthesizedExpression'))
  return test && ends(module, node) ? taken(module, test, 'error') : undefined
}

/** `found.parsed.PORT`: what the file has, whatever the environment says. */
function read(module: Module, node: SyntaxNode): SyntaxNode | undefined {
  const [object, dot] = node.name === 'MemberExpression' ? items(node) : []
  return object?.name === 'MemberExpression' && dot && source(module, dot) === '.'
    ? taken(module, object, 'parsed')
    : undefined
}

/** The call of `config` whose error a test asks for: `found.error`, `dotenv.config().error`, `error` taken from it. */
function taken(module: Module, test: SyntaxNode, name: string): SyntaxNode | undefined {
  const [object, , member] = test.name === 'MemberExpression' ? items(test) : [test, undefined, test]
  if (!object || !member || source(module, member) !== name) return undefined
  const named = object.name === 'VariableName' ? definitionOf(module, object, source(module, object)) : object
  const pattern = named?.name === 'PatternProperty' ? named.parent : undefined
  const made = pattern ? initializer(pattern) : named
  return made?.name === 'CallExpression' && /(^|\.)(config|load)$/.test(calleeOf(module, made))
    ? made
    : undefined
}

/** `.env`, unless its options say another one that is known before it runs. */
function fileOf(module: Module, call: SyntaxNode): string {
  const { value } = evaluate(module, argumentsOf(call)[0])
  const path = value !== null && typeof value === 'object' ? (value as { path?: unknown }).path : undefined
  return typeof path === 'string' ? join(path) : '.env'
}
