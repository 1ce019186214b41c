import { fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Mount } from '../../plan/plan.ts'
import type { Project } from '../../project/project.ts'
import type { NodeFacts } from './facts.ts'
import { table, text } from './manifest.ts'

/** `${NPM_TOKEN}`, `${NPM_TOKEN:-}`; bunfig.toml has `$NPM_TOKEN` as well. */
const VARIABLE = /\$\{?([A-Za-z_]\w*)(?:[:?-][^}]*)?\}?/g
/** What every machine has, and no secret is. */
const USUAL = /^(HOME|PWD|USER|PATH|TMPDIR|XDG_\w+|NODE_ENV|CI)$/

/** `key = value` of an .npmrc: https://docs.npmjs.com/cli/configuring-npm/npmrc */
const settings = (content: string | undefined): readonly string[] =>
  (content ?? '').split('\n').filter(line => /^\s*[^#;\s][^=]*=/.test(line))

/** Whether the project's .npmrc switches something on: a key without a value does. */
export const isSet = (project: Project, key: string): boolean =>
  (project.text('.npmrc') ?? '').split('\n').some(line => {
    const [name, value = 'true'] = line.split('=').map(part => part.trim())
    return name === key && value === 'true'
  })

/** Every text in a parsed file. */
function leaves(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leaves)
  const own = text(value)
  return own === undefined ? Object.values(table(value)).flatMap(leaves) : [own]
}

/** Variables in the settings of a registry: what an install needs, and no image may hold. */
export function registrySecrets(project: Project): readonly string[] {
  const texts = [
    ...settings(project.text('.npmrc')),
    ...leaves(project.parse('.yarnrc.yml')),
    ...leaves(project.parse('bunfig.toml')),
  ]
  const names = texts.flatMap(value => [...value.matchAll(VARIABLE)].map(([, name = '']) => name))
  return [...new Set(names)].filter(name => !USUAL.test(name))
}

/** Settings of a registry whose token stands in the file itself, in words that anyone with the repository can read. */
export const committedTokens = (project: Project): readonly string[] =>
  settings(project.text('.npmrc'))
    .map(line => line.split('='))
    .filter(
      ([key = '', ...value]) => /:_(authToken|password|auth)\s*$/.test(key) && !value.join('=').includes('$'),
    )
    .map(([key = '']) => key.trim())

export const secretMounts = ({ secrets }: NodeFacts): readonly Mount[] =>
  secrets.map(name => ({ type: 'secret', id: name, env: name }))

/** Yarn ends each of its commands where a variable of its settings isn't there; the others only warn. */
export const secretsToRun = (facts: NodeFacts): readonly Mount[] =>
  facts.manager.id === 'yarn' ? secretMounts(facts) : []

/**
 * Where an install finds the registry's settings. pnpm replaces variables in a person's own file alone, since a
 * repository's could send them anywhere: https://github.com/pnpm/pnpm/releases/tag/v10.34.2
 */
export const settingsTarget = ({ manager, secrets }: NodeFacts, path: string): string =>
  path === '.npmrc' && manager.id === 'pnpm' && manager.major >= 10 && secrets.length ? '/root/.npmrc' : path

/** @param keys of tokens that the file holds in the clear */
export const tokenNotes = (path: string, keys: readonly string[]): readonly Note[] =>
  keys.length
    ? [
        note(
          'TOKEN_COMMITTED',
          'warning',
          `${path} holds a token (${keys.join(', ')}): anyone with the repository has it; write \${NPM_TOKEN} there, and give it as a build secret`,
          fromFile(path),
        ),
      ]
    : []
