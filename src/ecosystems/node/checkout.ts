import type { SyntaxNode } from '@lezer/common'
import { type Note, note } from '../../plan/notes.ts'
import { shell } from '../../plan/words.ts'
import { type App, uses } from './app.ts'
import { settingsOf } from './build-mode.ts'
import { asksAboutCheckout, isAboutCheckout, startedWords } from './child-programs.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'
import { scan } from './scan.ts'
import type { Command } from './scripts.ts'
import type { Stage } from './steps.ts'
import { argumentsOf, calleeOf, type Module, parseModule } from './syntax.ts'

/** Settings of tools that are read whenever these build. */
const SETTINGS =
  /^((vite|svelte|next|astro|nuxt|rollup|rsbuild|rspack|vue|craco|tsup|tsdown|docusaurus|quasar|gatsby)[.-]config|config-overrides)\.[cm]?[jt]s$/
/** Packages that end a build without a repository. */
const READERS = ['git-revision-webpack-plugin', 'git-rev-sync']
/** The same of what a program's sources are compiled with: https://www.npmjs.com/package/react-git-info */
const MACROS = ['react-git-info']
/** How many files of settings are read: the rest is the program. */
const MOST = 8

/** What git has to hold for its answer: a commit, and a tag for `git describe` without `--always`. */
export type Revision = 'commit' | 'tag'

/**
 * Whether a build asks git for its revision, and fails where nothing answers: `execSync('git rev-parse HEAD')` of
 * its settings, outside of a `try`. No build context has the repository.
 */
export function asksRevision(app: App, commands: readonly Command[]): Revision | undefined {
  if (commands.length === 0) return undefined
  const { project } = app
  const entries = [
    ...project.files.filter(path => SETTINGS.test(path)),
    ...commands.flatMap(command => settingsOf(app, command) ?? []),
    ...commands.flatMap(({ words: [program, script = ''] }) =>
      program === 'node' && project.has(join(script)) ? [join(script)] : [],
    ),
  ]
  const read = scan(project, entries, [], MOST)
  const asked: readonly Revision[] = [
    ...(READERS.some(name => read.imports.has(name)) || uses(app, ...MACROS) ? ['commit' as const] : []),
    ...commands.flatMap(({ words }) => (isAboutCheckout(words) ? [wanted(words)] : [])),
    ...[...read.files].slice(0, MOST).flatMap(path => asks(parseModule(project, path))),
  ]
  return asked.find(revision => revision === 'tag') ?? asked[0]
}

const wanted = (words: readonly string[]): Revision =>
  words.includes('describe') && !words.includes('--always') ? 'tag' : 'commit'

/** Functions that throw, or promise, what a program fails with; the others tell a function of the caller's. */
const THROWING = /\b(exec(File)?(Sync|Async|Promise)|(async|promis(e|ified))Exec)\b/

function asks(module: Module | undefined): readonly Revision[] {
  const found: Revision[] = []
  // Most files name no such function: they needn't be walked through.
  if (!module || !THROWING.test(module.text)) return found
  module.tree.iterate({
    enter({ node }) {
      if (node.name !== 'CallExpression') return
      const [callee, args] = [calleeOf(module, node), argumentsOf(node)]
      if (!THROWING.test(callee)) return
      if (asksAboutCheckout(callee, module, args) && !isTried(node))
        found.push(wanted(startedWords(callee, module, args)))
    },
  })
  return found
}

/** Whether something stands in a `try`, which takes its failure. */
function isTried(node: SyntaxNode): boolean {
  for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent)
    if (outer.name === 'TryStatement' && outer.getChild('Block')?.from === inner.from) return true
  return false
}

const AS_SOMEBODY = ['git', '-c', 'user.name=build', '-c', 'user.email=build@localhost']

/** A repository of one commit without files, which answers. */
const REVISION = [
  'git init --quiet',
  shell(...AS_SOMEBODY, 'commit', '--quiet', '--allow-empty', '--message=build'),
]
/** Tools read versions of such a form. */
const TAG = 'v0.0.0'

/** What is built once the app's own sources are there finds a revision beside them. */
export function withRevision(
  { revision }: Pick<NodeFacts, 'revision'>,
  groups: readonly Stage[],
): readonly Stage[] {
  const build = revision ? groups.findLast(({ copy, commands }) => copy !== undefined && commands) : undefined
  const tag = revision === 'tag' ? [shell(...AS_SOMEBODY, 'tag', '--annotate', '--message=build', TAG)] : []
  return groups.map(group =>
    group === build ? { ...group, commands: [...REVISION, ...tag, ...(group.commands ?? [])] } : group,
  )
}

export const revisionNotes = (revision: Revision | undefined): readonly Note[] =>
  revision
    ? [
        note(
          'REVISION_UNKNOWN',
          'info',
          `the build asks git for its revision and fails without one, which no build context has: an empty commit in the build stage answers${revision === 'tag' ? `, and the tag ${TAG}, which git describe looks for` : ''}`,
        ),
      ]
    : []
