import type { Mount } from '../../../plan/plan.ts'
import { contextPath, shell } from '../../../plan/words.ts'
import type { PythonFacts } from '../facts.ts'
import { isGit } from '../manifests/requirement.ts'
import { type Parts, PIP, PIP_CACHE, VENV } from './parts.ts'

/** The direct dependencies by name, as far as they can be told without a build of the project. */
export function words({ install }: PythonFacts, added: readonly string[]): Parts {
  const known = install.direct
    .filter(({ url }) => !isGit(url))
    .map(({ name, extras, range }) => `${name}${extras.length ? `[${extras.join(',')}]` : ''}${range}`)
  return {
    mounts: [PIP_CACHE],
    commands: [VENV, ...(known.length + added.length ? [`${PIP} ${shell(...known, ...added)}`] : [])],
  }
}

export function pipFile(
  { install, bounds }: PythonFacts,
  files: readonly Mount[],
  added: readonly string[],
): Parts {
  if (install.form !== 'requirements') throw new Error('no requirements file')
  const { path, hashed, local, mends } = install.file
  const name = contextPath(path)
  const hashes = hashed ? '--require-hashes ' : ''
  const extra = shell(...added, ...(hashed ? [] : bounds))
  const edits = [...(local.length ? [LOCAL_LINES] : []), ...mends]
  // A file beside the original keeps what it includes within reach.
  const mended = edits.length ? name.replace(/[^/]*$/, 'dependencies.txt') : name
  return {
    mounts: [...files, PIP_CACHE],
    commands: [
      VENV,
      ...(edits.length
        ? [`sed -E ${edits.map(edit => `-e ${shell(edit)}`).join(' ')} ${shell(name)} > ${shell(mended)}`]
        : []),
      `${PIP} ${hashes}-r ${shell(mended)}${extra && !hashed ? ` ${extra}` : ''}`,
      ...(extra && hashed ? [`${PIP} ${extra}`] : []),
    ],
    afterSources: local,
  }
}

/** Folders of the project, which aren't there yet. */
const LOCAL_LINES = '/^(-e|--editable)[ =]*\\.|^\\.{1,2}(\\/|$|\\[)/d'

/** Names of the dependencies from [project] of pyproject.toml, without a build of the project: Python 3.11 reads TOML. */
function listFrom(extras: readonly string[]): string {
  const more = extras.map(extra => ` + p['optional-dependencies']['${extra}']`).join('')
  return `python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies']${more}, sep='\\n')" > /tmp/requirements.txt`
}

export function pipManifest(facts: PythonFacts, files: readonly Mount[], added: readonly string[]): Parts {
  const { install, manifest, runtimeVersion } = facts
  const [, minor = 0] = (runtimeVersion?.value ?? '').split('.').map(Number)
  const extra = added.length ? [`${PIP} ${shell(...added)}`] : []
  const extras = install.form === 'pep621' ? install.extras.filter(name => /^[\w.-]+$/.test(name)) : []
  if (install.form === 'none') return { mounts: extra.length ? [PIP_CACHE] : [], commands: [VENV, ...extra] }
  if (install.form === 'pep621' && minor >= 11 && !manifest?.dynamic.includes('dependencies'))
    return {
      mounts: [...files, PIP_CACHE],
      commands: [VENV, listFrom(extras), `${PIP} -r /tmp/requirements.txt`, ...extra],
    }
  // What can be told without a build comes first, so that an edit of a source doesn't repeat it.
  return { ...words(facts, added), afterSources: ['.'] }
}
