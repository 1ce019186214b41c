import type { Project } from '../../project/project.ts'
import { posix } from './code/posix.ts'

/** Folders whose manifests belong to something else than an app. */
const ASIDE =
  /(^|\/)(tests?|testing|docs?|documentation|examples?|samples?|benchmarks?|scripts?|tools?|hack|ci|\.[^/]+|notebooks?|tutorials?|e2e|templates?|fixtures?|\{\{[^}]*\}\}.*|site-packages|third_party|vendor)(\/|$)/i
/** Deeper than this, a manifest is part of something. */
const DEEPEST = 3

/** Folders that can hold an app, the root first: those with a manifest, else those with a program. */
export function rootsOf(project: Project): string[] {
  const manifests = project
    .find(
      '**/pyproject.toml',
      '**/requirements.txt',
      '**/requirements/*.txt',
      '**/requirements*.txt',
      '**/Pipfile',
      '**/setup.py',
      '**/manage.py',
      '**/environment.yml',
    )
    .map(file => {
      const dir = posix.dirname(file)
      return posix.basename(dir) === 'requirements' ? posix.dirname(dir) : dir
    })
  const dirs = [...new Set(manifests)].filter(
    dir => dir === '.' || (!ASIDE.test(dir) && dir.split('/').length <= DEEPEST),
  )
  const programs =
    project.files.some(file => /^[^/]+\.py$/.test(file)) ||
    project.files.some(file => /^[^/]+\/__main__\.py$/.test(file))
  if (dirs.length === 0) return programs ? ['.'] : []
  return dirs.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
}
