import { type App, uses, usesInProduction } from './app.ts'
import { packageOf } from './imports.ts'
import type { Runnable } from './start.ts'

type NodeProgram = Extract<Runnable, { is: 'node' }>

/** Modules that a container needs nothing of, and what Node.js itself does in their place. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  dotenv: [],
  'source-map-support': ['--enable-source-maps'],
}

/**
 * `node -r source-map-support/register`: what is loaded before the program, where production lacks the package.
 * @returns the program without what it can do without, and the packages that it can't do without
 */
export function preloads(
  app: App,
  runs: NodeProgram,
): { readonly runs: NodeProgram; readonly lacking: readonly string[] } {
  const flags: string[] = []
  const lacking: string[] = []
  for (let index = 0; index < runs.flags.length; index++) {
    const word = runs.flags[index] ?? ''
    const inline = /^(?:--require|--import|--loader|-r)=(.+)$/.exec(word)?.[1]
    const taken =
      inline === undefined && /^(-r|--require|--import|--loader)$/.test(word)
        ? runs.flags[++index]
        : undefined
    const words = taken === undefined ? [word] : [word, taken]
    const name = packageOf(inline ?? taken ?? '')
    if (!forDevelopment(app, name)) flags.push(...words)
    else if (Object.hasOwn(REPLACED, name)) flags.push(...(REPLACED[name] ?? []))
    else {
      flags.push(...words)
      lacking.push(name)
    }
  }
  return { runs: { ...runs, flags }, lacking }
}

/** The same of a package that no manifest names, and that only those for development bring along. */
export const broughtForDevelopment = (app: App, name: string): boolean =>
  app.lock.packages.some(item => item.name === name) &&
  !usesInProduction(app, name) &&
  !app.lock.packages.some(item => item.name === name && item.production)

/** Whether a production install leaves a package out that a full one has. */
export const forDevelopment = (app: App, name: string): boolean =>
  uses(app, name) &&
  !usesInProduction(app, name) &&
  !app.lock.packages.some(item => item.name === name && item.production)
