import type { Question } from '../ecosystem.ts'
import type { RustFacts } from './facts.ts'
import type { Reading } from './read.ts'
import { table } from './toml.ts'

/** What a plain `cargo build` can't make, said before anything is written. */
export function questionsOf({ program, enabled, project }: Reading, facts: RustFacts): readonly Question[] {
  const { package: own } = program
  const crates = new Map(
    enabled.flatMap(({ dependencies }) =>
      [...dependencies].map(([{ crate }, features]) => [crate, features] as const),
    ),
  )
  if (facts.build?.source.from === 'flag') return []
  if (own.dependencies.some(({ crate }) => crate === 'tauri'))
    return [
      {
        code: 'DESKTOP_APP',
        message: `${own.name} is a desktop app (Tauri): it has a window, and no container shows one`,
        option: 'build',
      },
    ]
  if (
    Object.keys(table(own.metadata.leptos)).length ||
    own.dependencies.some(({ crate }) => crate === 'leptos')
  )
    return [frontEnd(own.name, 'Leptos', 'cargo-leptos')]
  if (crates.has('dioxus') || own.dependencies.some(({ crate }) => crate === 'dioxus'))
    return [frontEnd(own.name, 'Dioxus', 'dx')]
  const trunk = project.has(own.dir === '.' ? 'index.html' : `${own.dir}/index.html`)
  if (trunk && ['yew', 'sycamore', 'perseus'].some(crate => crates.has(crate)))
    return [frontEnd(own.name, 'Trunk', 'trunk')]
  return []
}

const frontEnd = (name: string, framework: string, tool: string): Question => ({
  code: 'FRONT_END_TOOL',
  message: `${name} has a front end in WebAssembly (${framework}), which ${tool} builds and plain cargo does not`,
  option: 'build',
})
