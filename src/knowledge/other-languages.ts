import type { Project } from '../project/project.ts'

/** Manifests of languages that no ecosystem here writes for. */
const LANGUAGES: Readonly<Record<string, string>> = {
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
/** Where the manifest of a program lies, beside that of its pages. */
const PLACES = ['', 'backend/', 'server/', 'api/']

export interface OtherLanguage {
  readonly path: string
  readonly language: string
}

/**
 * A program of a language that nothing is written for, at the root of a project or where its server usually lies.
 * Deno's file beside a package.json is settings of a tool.
 */
export function otherLanguage(project: Project): OtherLanguage | undefined {
  const isProgram = (path: string, language: string) =>
    project.has(path) && (language !== 'Deno' || !project.has(path.replace(/[^/]+$/, 'package.json')))
  for (const place of PLACES)
    for (const [name, language] of Object.entries(LANGUAGES))
      if (isProgram(`${place}${name}`, language)) return { path: `${place}${name}`, language }
  return undefined
}
