import { type Fact, fact, fromFile } from '../../facts.ts'
import type { App } from './app.ts'
import type { Baked } from './baked.ts'
import { documented } from './env-example.ts'
import type { Scan } from './scan.ts'

/** What every program may have, what the image sets, and what platforms set by themselves. */
const COMMON =
  /^(NODE_ENV|NODE_OPTIONS|PORT|HOST|HOSTNAME|CI|TZ|DEBUG|PWD|HOME|PATH|NEXT_RUNTIME|NEXT_PHASE|npm_\w+|(VERCEL|NETLIFY|HEROKU|RENDER|RAILWAY|CF_PAGES|GITHUB)(_\w+)?)$/

/** Variables that the program wants when it runs: those that the code reads without a default, and those that an example names. */
export function programVariables(
  app: App,
  found: Scan | undefined,
  baked: readonly Baked[],
): Fact<readonly string[]> | undefined {
  const built = new Set(baked.map(({ name }) => name))
  const wanted = (name: string) => !COMMON.test(name) && !built.has(name)
  const examples = documented(app.project).filter(({ name }) => wanted(name))
  const read = [...(found?.variables ?? [])].filter(([name]) => wanted(name))
  const path = examples[0]?.path ?? read[0]?.[1]
  return path === undefined
    ? undefined
    : fact(
        [...new Set([...examples.map(({ name }) => name), ...read.map(([name]) => name)])].sort(),
        fromFile(path),
      )
}
