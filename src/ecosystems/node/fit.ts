import type { Project } from '../../project/project.ts'
import type { Fit, Kind } from '../ecosystem.ts'
import type { Class } from './classify.ts'
import { table } from './manifest.ts'
import { TESTED } from './paths.ts'

/** Folders whose packages show or test something rather than being it; of a course, each step that the reader takes. */
const ASIDE =
  /(^|\/)(examples?|samples?|fixtures?|tests?|__tests__|([\w-]+-)?e2e|docs?|[a-z]+-(docs|documentation)|documentation|docker|website|landing(-?page)?|marketing|site|benchmarks?|playgrounds?|demos?|templates?|scripts|tool(s|ing)|packages-private|storybook|\d{1,2}[-_.][^/]+|(chapter|lesson|step|exercise)[-_ ]?\d+[^/]*|\.[^/]+)(\/|$)/i

/** Files at a package's side that say that another language is at home there. */
const OTHERS = [
  'pyproject.toml',
  'requirements.txt',
  'manage.py',
  'Pipfile',
  'go.mod',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
]

/** How well a package fits as what its repository is for. @param view its own files */
export function fitOf(found: Class, kind: Kind, dir: string, view: Project): Fit {
  if (found.fit !== 'exact') return found.fit
  if (dir !== '.' && TESTED.test(dir)) return 'incidental'
  // A Storybook of a member shows what the apps are made of.
  if (dir !== '.' && (ASIDE.test(dir) || found.framework?.name === 'storybook')) return 'likely'
  return kind !== 'web' && kind !== 'worker' && OTHERS.some(file => view.has(file) && !isTool(view, file))
    ? found.framework
      ? 'likely'
      : 'incidental'
    : 'exact'
}

/** A package of Rust whose code lies in a folder of its own beside the sources works for them: a generator. */
const isTool = (view: Project, file: string): boolean =>
  file === 'Cargo.toml' &&
  table(view.parse(file)).workspace === undefined &&
  !view.files.some(path => /^src\/.*\.rs$/.test(path))
