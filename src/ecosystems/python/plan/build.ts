import type { Mount } from '../../../plan/plan.ts'
import { contextPath, shell } from '../../../plan/words.ts'
import type { Dependencies } from '../dependencies.ts'
import type { PythonFacts } from '../facts.ts'

/** What waits for the sources: static files, the project as a package, links to what is written. */
export interface Build {
  readonly mounts: readonly Mount[]
  readonly commands: readonly string[]
  /** The project, or a part of it, becomes a package in /project. */
  readonly installs: boolean
}

/** @param own the app's folder as the stage sees it: `.`, unless the whole repository is there */
export function buildOf(facts: PythonFacts, stage: Dependencies, own: string): Build {
  const installs = facts.installsItself || stage.afterSources.length > 0
  return {
    mounts: installs ? [{ type: 'cache', target: '/root/.cache/pip' }] : [],
    installs,
    commands: [
      ...(installs ? [installCommand(facts, stage, own)] : []),
      ...collectCommands(facts, installs),
      ...(facts.runtimeFamily.value === 'distroless' ? linkCommands(facts) : []),
    ],
  }
}

/** Beside the environment, not into it: its layer stays the same when only a source changes. */
function installCommand(facts: PythonFacts, { afterSources }: Dependencies, dir: string): string {
  const folders = [...new Set([...(facts.installsItself ? [dir] : []), ...afterSources])]
  const place = (folder: string) => (folder === '.' ? '.' : `./${contextPath(folder)}`)
  const paths = folders.map(folder => (dir === '.' ? place(folder) : `/app/${contextPath(folder)}`))
  // A lock has the dependencies of local packages too; without one they come along now.
  const options = facts.install.locked ? ['--no-deps'] : []
  return `${versionVariable(facts)}pip --python /venv/bin/python install --disable-pip-version-check ${shell(...options, '--prefix', '/project', ...paths)}`
}

/** Backends that ask git for the version, which isn't in the build context. */
function versionVariable({ manifest }: PythonFacts): string {
  const backends = new Set(manifest?.buildRequires ?? [])
  if (backends.has('setuptools-scm') || backends.has('hatch-vcs') || backends.has('vcs-versioning'))
    return 'SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 '
  if (backends.has('poetry-dynamic-versioning')) return 'POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 '
  return backends.has('pbr') ? 'PBR_VERSION=0.0.0 ' : ''
}

/** Django's static files; the variables live in that one command. */
function collectCommands(facts: PythonFacts, installs: boolean): string[] {
  const { collect, settings } = facts
  if (!collect) return []
  const variables = [
    ...(settings ? [['DJANGO_SETTINGS_MODULE', settings] as const] : []),
    ...(installs
      ? [['PYTHONPATH', `/project/lib/python${facts.runtimeVersion?.value}/site-packages`] as const]
      : []),
    ...collect.variables,
  ].map(([name, value]) => `${name}=${shell(value)} `)
  const manage = collect.base === '.' ? 'manage.py' : `${contextPath(collect.base)}/manage.py`
  return [`${variables.join('')}python ${shell(manage)} collectstatic --noinput`]
}

/** What the program writes lives in /data; the links lead there from where it expects it. */
export function linkCommands({ writes }: PythonFacts): string[] {
  const { files, folders } = writes
  if (files.length + folders.length === 0) return []
  const place = (path: string) => `/data/${path.split('/').at(-1)}`
  const parents = [...files.map(({ path }) => path), ...folders]
    .filter(path => path.includes('/'))
    .map(path => path.slice(0, path.lastIndexOf('/')))
  return [
    `install -d -o 65532 -g 65532 ${shell('/data', ...folders.map(place))}`,
    ...(parents.length ? [`mkdir -p ${shell(...new Set(parents))}`] : []),
    ...files
      .filter(({ seed }) => seed)
      .map(({ path }) => `install -o 65532 -g 65532 -m 644 ${shell(path, place(path))}`),
    ...files.map(({ path }) => `ln -sf ${shell(place(path), path)}`),
    ...folders.map(path => `rm -rf ${shell(path)} && ln -s ${shell(place(path), path)}`),
  ]
}
