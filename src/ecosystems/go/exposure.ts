import { byConvention, type Fact, firstKnown } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import { everywhere, hintedPort, type Listening } from './address.ts'
import { configuredPort } from './configured.ts'
import type { SourceIndex } from './index-source.ts'
import type { Resolver } from './resolve.ts'

/** The port that the image exposes, and what the program must be told for it. */
export interface Port {
  readonly fact: Fact<number>
  readonly variables: readonly (readonly [string, string])[]
  /** Nothing says it: a guess. */
  readonly assumed: boolean
}

export function exposedPort(
  { project, wishes }: { readonly project: Project; readonly wishes: Wishes },
  module: string,
  index: SourceIndex,
  resolver: Resolver,
  listening: Listening | undefined,
  files: readonly string[],
): Port {
  const known = firstKnown(
    wishes.port,
    listening?.port,
    configuredPort(project, module, files, listening),
    hintedPort(resolver, index),
  )
  const value = known ?? byConvention(8080, 'nothing says otherwise, and the program is told')
  const variable = listening?.portVariable
  // A variable without a default would leave the program without a port.
  const address = variable && /ADDR|LISTEN|BIND|HOST/.test(variable) ? `:${value.value}` : String(value.value)
  return {
    fact: value,
    variables: variable ? [[variable, address]] : [],
    assumed: known === undefined && variable === undefined,
  }
}

/** What makes a program that listens on its own loopback reachable. */
export function reachability(listening: Listening | undefined): {
  args: readonly string[]
  variables: readonly (readonly [string, string])[]
} {
  const { loopback } = listening ?? {}
  if (!loopback) return { args: [], variables: [] }
  const own =
    loopback.flag?.fallback.texts.find(text => /^(localhost|127\.|\[::1\])/.test(text)) ?? loopback.value
  if (loopback.variable) {
    const holdsPort = !/HOST|\bIP\b|INTERFACE/.test(loopback.variable)
    return { args: [], variables: [[loopback.variable, holdsPort ? everywhere(own) : '0.0.0.0']] }
  }
  return loopback.flag
    ? { args: [`${loopback.flag.dashes}${loopback.flag.name}`, everywhere(own)], variables: [] }
    : { args: [], variables: [] }
}
