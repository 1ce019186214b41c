import type { Candidate } from '../ecosystem.ts'
import type { NodeFacts } from './facts.ts'

/** What works for another server of the repository, though it answers too: queues, schedules, tools for agents. */
const BEHIND = /(^|[/_-])(workers?|jobs?|queues?|crons?|scheduler|mcp)([-_](server|service|runner))?$/i

/** Folders of such servers, where another one is what people come for. */
export function behindOthers(all: readonly Candidate<NodeFacts>[]): ReadonlySet<string> {
  const webs = all.filter(({ fit, facts }) => fit === 'exact' && facts.kind.value === 'web')
  const behind = webs.filter(({ dir }) => dir !== '.' && BEHIND.test(dir))
  return new Set(behind.length < webs.length ? behind.map(({ dir }) => dir) : [])
}
