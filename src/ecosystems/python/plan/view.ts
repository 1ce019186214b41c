import type { View } from '../../../plan/plan.ts'
import { contextPath } from '../../../plan/words.ts'
import { type Dependencies, listed } from '../dependencies.ts'
import type { Entry } from '../entry/entry.ts'
import type { PythonFacts } from '../facts.ts'
import { gunicornVersion } from '../start.ts'
import { type Build, linkCommands } from './build.ts'
import { baseRef } from './images.ts'
import { portOf } from './launch.ts'
import { addedServer, isGunicorn, readsPort } from './server.ts'

/** The templates, by what an app needs: whether anything is installed, whether a stage waits for the sources. */
export type Shape = 'script' | 'slim' | 'slim-build' | 'distroless' | 'distroless-build'

interface Parts {
  readonly facts: PythonFacts
  readonly entry: Entry
  readonly dir: string
  readonly stage: Dependencies
  readonly build: Build
}

/** What a template shows, and no more. */
export function viewOf(shape: Shape, parts: Parts): View {
  const { facts, entry, dir, stage, build } = parts
  const version = facts.runtimeVersion?.value ?? ''
  const context = dir === '.' ? '.' : contextPath(dir)
  const distroless = facts.runtimeFamily.value === 'distroless'
  const common = {
    environment: environmentOf(shape, facts, entry),
    workdir: entry.workdir === '.' ? undefined : `/app/${contextPath(entry.workdir)}`,
  }
  if (shape === 'script')
    return { ...common, argument: distroless ? undefined : version, sources: context, links: links(facts) }
  const installed = {
    ...common,
    version,
    base: baseRef(facts, distroless ? version : '${PYTHON_VERSION}'),
    uv: stage.usesUv ? uvVersion(facts) : undefined,
    dependencies: stage.view,
    listens: readsPort(facts, entry) || undefined,
  }
  const built = {
    // Members of a workspace that the app needs lie beside it.
    context: isMember(facts) ? '.' : context,
    place: isMember(facts) && dir !== '.' ? `/app/${context}` : undefined,
    built: isMember(facts) && dir !== '.' ? `/app/${context}` : '/app',
    build: { mounts: build.mounts, commands: build.commands },
    project: build.installs || undefined,
    outside: facts.collect?.outside && contextPath(facts.collect.outside.slice(1)),
  }
  const onSlim = { system: system(facts), links: links(facts) }
  const data = facts.writes.files.length + facts.writes.folders.length > 0 || undefined
  switch (shape) {
    case 'slim':
      return { ...installed, ...onSlim, sources: context }
    case 'slim-build':
      // A console script is all that runs: the package holds its own copy of the sources.
      return { ...installed, ...onSlim, ...built, sources: entry.start.value.by !== 'console' || undefined }
    case 'distroless':
      return { ...installed, sources: context }
    case 'distroless-build':
      return { ...installed, ...built, data }
  }
}

const isMember = ({ install }: PythonFacts): boolean => install.form === 'uv' && install.member !== undefined

const system = ({ runtimePackages: { packages, owners } }: PythonFacts) =>
  packages.length ? { packages, why: `For ${listed(owners)}` } : undefined

function links(facts: PythonFacts): View | undefined {
  const commands = facts.runtimeFamily.value === 'distroless' ? [] : linkCommands(facts)
  return commands.length ? { mounts: [], commands } : undefined
}

function environmentOf(shape: Shape, facts: PythonFacts, entry: Entry): string[] {
  const paths = entry.path.map(path => (path === '.' ? '/app' : `/app/${contextPath(path)}`))
  const unknown = isGunicorn(entry) && gunicornVersion(facts, addedServer(facts)?.version) === 'unknown'
  return [
    ...(shape.startsWith('slim') ? [] : ['PYTHONUNBUFFERED=1']),
    'PYTHONDONTWRITEBYTECODE=1',
    ...(paths.length ? [`PYTHONPATH=${paths.join(':')}`] : []),
    ...(facts.settings ? [`DJANGO_SETTINGS_MODULE=${facts.settings}`] : []),
    ...(facts.wantsHome ? ['HOME=/tmp'] : []),
    // Releases since 25.1 put a socket there, and the option that forbids it isn't known to older ones.
    ...(unknown ? ['XDG_RUNTIME_DIR=/dev/shm'] : []),
    ...(readsPort(facts, entry) ? [`PORT=${portOf(facts)}`] : []),
    ...Object.entries(entry.env).map(([name, value]) => `${name}=${value}`),
  ]
}

/** Reads every lock of its predecessors. */
const UV = '0.13'

/** The line that the project asks for, else ours. */
function uvVersion({ requiredUv }: PythonFacts): string {
  return /^(?:==|~=)?\s*(\d+\.\d+)(?:\.\d+)?(?:\.\*)?$/.exec(requiredUv?.trim() ?? '')?.[1] ?? UV
}
