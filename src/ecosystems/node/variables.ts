import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import type { Baked } from './baked.ts'
import { type Documented, documented, isExample } from './env-example.ts'
import type { NodeFacts } from './facts.ts'
import type { Scan } from './found.ts'
import { join } from './paths.ts'
import { serverVariables } from './server-variables.ts'

/** What every program may have, what the image sets, and what platforms set by themselves. */
const COMMON =
  /^(NODE_ENV|NODE_OPTIONS|PORT|HOST|HOSTNAME|CI|TZ|DEBUG|PWD|HOME|PATH|NEXT_RUNTIME|NEXT_PHASE|npm_\w+|(VERCEL|NETLIFY|HEROKU|RENDER|RAILWAY|CF_PAGES)(_\w+)?|GITHUB_(ACTIONS?|SHA|REF\w*|REPOSITORY\w*|RUN_\w+|EVENT\w*))$/

/**
 * Variables that the program wants when it runs: those that the code reads without a default, and those that an
 * example names.
 * @param asserted those that modules throw without
 * @param isKit whether a framework makes the server, of code that no entry leads to
 */
export function programVariables(
  app: App,
  found: Scan | undefined,
  baked: readonly Baked[],
  asserted: readonly string[],
  isKit: boolean,
): Fact<readonly string[]> | undefined {
  const built = new Set(baked.map(({ name }) => name))
  // Other names are none of a shell's.
  const wanted = (name: string) => /^[A-Z][A-Z0-9_]*$/.test(name) && !COMMON.test(name) && !built.has(name)
  const examples = documented(app.project).filter(({ name }) => wanted(name))
  const read = [...(found?.variables ?? []), ...(isKit ? serverVariables(app) : [])].filter(([name]) =>
    wanted(name),
  )
  const thrown = asserted.filter(name => wanted(name) && !name.startsWith('SKIP_'))
  const path = examples[0]?.path ?? read[0]?.[1]
  const names = [
    ...new Set([...examples.map(({ name }) => name), ...read.map(([name]) => name), ...thrown]),
  ].sort()
  if (names.length === 0) return undefined
  return path === undefined ? byConvention(names, 'modules throw without them') : fact(names, fromFile(path))
}

/** What a container is told of the variables that an example names: https://docs.docker.com/reference/cli/docker/container/run/#env */
export const envFile = ({ env, layout }: Pick<NodeFacts, 'env' | 'layout'>): string | undefined =>
  env?.source.from === 'file' && isExample(env.source.path)
    ? join(layout.root, layout.app, '.env')
    : undefined

/**
 * What `docker run` is told beside a file that was copied from the example: `HOST=localhost` there, a developer's
 * value, would take the place of the image's. @param set assignments of the image
 */
export const againstExample = (
  { examples }: Pick<NodeFacts, 'examples'>,
  set: readonly string[],
): readonly string[] =>
  set.flatMap(text => {
    const [name = '', value = ''] = text.split(/=(.*)/s)
    const example = examples.get(name)
    return example && example !== value && /^[\w@%+=:,./~-]+$/.test(value) ? ['-e', `${name}=${value}`] : []
  })

/** Loaders of such files take quotes off; Docker leaves them where they are. */
export const quoteNotes = (env: NodeFacts['env'], examples: readonly Documented[]): readonly Note[] => {
  const [first] = examples.filter(({ name, quoted }) => quoted && env?.value.includes(name))
  return first
    ? [
        note(
          'ENV_FILE_QUOTES',
          'info',
          `docker run --env-file takes quotes for part of a value: leave them out of .env, unlike those of ${first.name}`,
          fromFile(first.path),
        ),
      ]
    : []
}
