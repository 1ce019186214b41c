import type { Ecosystem } from './ecosystem.ts'

interface Entry {
  readonly id: string
  readonly title: string
  /** Globs, cheap to test: without a match the ecosystem isn't even loaded. */
  readonly markers: readonly string[]
  load(): Promise<{ readonly default: Ecosystem }>
}

/** Every language, in the order in which equal candidates are shown. */
export const ECOSYSTEMS = [
  {
    id: 'node',
    title: 'Node.js',
    markers: ['**/package.json', 'index.html'],
    load: () => import('./node/index.ts'),
  },
  {
    id: 'python',
    title: 'Python',
    markers: [
      '**/pyproject.toml',
      '**/requirements*.txt',
      '**/Pipfile',
      '**/setup.py',
      '**/environment.y*ml',
      '**/*.py',
    ],
    load: () => import('./python/index.ts'),
  },
  {
    id: 'go',
    title: 'Go',
    markers: ['**/go.mod', '**/go.work', '*.go'],
    load: () => import('./go/index.ts'),
  },
  { id: 'rust', title: 'Rust', markers: ['**/Cargo.toml'], load: () => import('./rust/index.ts') },
] as const satisfies readonly Entry[]

export type EcosystemId = (typeof ECOSYSTEMS)[number]['id']

/** Manifests of languages that none of them writes for. */
export const OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  'composer.json': 'PHP',
  Gemfile: 'Ruby',
  'mix.exs': 'Elixir',
  'pom.xml': 'Java',
  'build.gradle': 'Java',
  'build.gradle.kts': 'Kotlin',
  'build.sbt': 'Scala',
  'Package.swift': 'Swift',
  'pubspec.yaml': 'Dart',
  'deno.json': 'Deno',
  'deno.jsonc': 'Deno',
}
