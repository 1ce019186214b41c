import { type Fact, fact, fromFile } from '../../facts.ts'
import type { SourceIndex } from './index-source.ts'
import type { Resolver } from './resolve.ts'
import { unquote } from './source.ts'

const ENV_CALLS = /^(Getenv|LookupEnv|MustGetenv|GetEnv|MustGetEnv|getEnv|getenv|mustGetenv)$/

/** Variables that the source reads by name. */
export function environment(index: SourceIndex, resolver: Resolver): Fact<readonly string[]> | undefined {
  const names = new Map<string, string>()
  for (const { unit, name, args } of index.calls) {
    const [first] = ENV_CALLS.test(name) ? args : []
    for (const text of first ? resolver.resolve({ unit, node: first }).texts : [])
      if (/^[A-Z][A-Z0-9_]*$/.test(text) && !names.has(text)) names.set(text, unit.path)
  }
  for (const [, tags] of index.tags)
    for (const tag of tags) {
      const name = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0] ?? ''
      if (/^[A-Z][A-Z0-9_]*$/.test(name) && !names.has(name)) names.set(name, index.units[0]?.path ?? '')
    }
  const [first] = names
  return first && fact([...names.keys()].slice(0, 40), fromFile(first[1]))
}

/** A route that the source names like a health check. */
export function healthRoute(index: SourceIndex): string | undefined {
  for (const { unit, node } of index.strings) {
    const route =
      /^(?:GET )?(\/(?:healthz?|health-?check|livez|readyz|ping|_health|api\/health|-\/healthy))$/.exec(
        unquote(unit.text.slice(node.from, node.to)),
      )
    if (route?.[1]) return route[1]
  }
  return undefined
}
