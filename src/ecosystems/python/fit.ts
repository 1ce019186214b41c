import type { Project } from '../../project/project.ts'
import type { Fit, Question } from '../ecosystem.ts'
import type { PythonFacts } from './facts.ts'
import type { Install } from './install.ts'
import type { Manifest } from './manifests/pyproject.ts'

/** How surely a folder is what the repository is for. */
export function fitOf(project: Project, dir: string, facts: PythonFacts): Fit {
  const foreign = [
    'package.json',
    'go.mod',
    'Cargo.toml',
    'Gemfile',
    'pom.xml',
    'composer.json',
    'build.gradle',
    'build.gradle.kts',
  ].some(file => project.has(file))
  const python = project.files.filter(file => file.endsWith('.py')).length
  const declared = facts.install.form !== 'none' || facts.manifest !== undefined
  if (!facts.entry)
    return foreign || (dir !== '.' && python === 0) ? 'incidental' : declared ? 'exact' : 'likely'
  const isServer = facts.kind.value === 'web' && facts.framework !== undefined
  if (foreign && !isServer) return declared && dir !== '.' ? 'likely' : 'incidental'
  return declared || !foreign ? 'exact' : 'likely'
}

export const versionQuestions = (text: string | undefined): Question[] =>
  text === undefined
    ? []
    : [
        {
          code: 'NO_SUCH_VERSION',
          message: `no Python image is known for ${JSON.stringify(text.slice(0, 60))}.`,
          option: 'runtimeVersion',
        },
      ]

export function questionsOf(
  facts: PythonFacts,
  manifest: Manifest | undefined,
  install: Install,
): Question[] {
  if (facts.entry) return []
  const library = manifest?.installable === true || install.form === 'conda'
  return [
    library
      ? {
          code: 'NOTHING_TO_RUN',
          message: 'this is a library: nothing in it starts a program.',
          option: 'start',
        }
      : {
          code: 'NO_START_COMMAND',
          message: 'no file says what starts the program.',
          option: 'start',
        },
  ]
}
