import { parse as words } from 'shell-quote'
import { cycleOf } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import type { Exec, IgnoreSection, Launch, Plan, View } from '../../plan/plan.ts'
import { safe, shell } from '../../plan/words.ts'
import type { Candidate } from '../ecosystem.ts'
import { assetsOf } from './assets.ts'
import { buildMounts, compileCommand, downloadMounts, workdirOf } from './compile.ts'
import type { GoFacts } from './facts.ts'
import { inside, join, parent } from './modules.ts'
import { type Runtime, runtimeOf } from './runtime.ts'
import { type Storage, storageOf } from './storage.ts'

const USER = '65532:65532'

export function plan({ facts, dir }: Candidate<GoFacts>, wishes: Wishes): Plan {
  const { layout, native, program, frontEnd } = facts
  const version = facts.runtimeVersion?.value ?? ''
  const suite = cycleOf('go', version)?.suite ?? 'trixie'
  const runtime = runtimeOf(facts, wishes)
  const storage = storageOf(facts)
  const template = facts.cgo?.value ? 'go/cgo' : 'go/static'
  const view: View & { readonly runtime: Launch } = {
    version,
    buildImage: `golang:\${GO_VERSION}-${suite}`,
    workdir: workdirOf(layout),
    download: layout.manifests.length > 0 ? { mounts: downloadMounts(layout) } : undefined,
    versionVariable: facts.versionVariable !== undefined && !wishes.build,
    mounts: buildMounts(facts),
    prepare: layout.prepare.map(command => shell(...command)),
    compile: compileCommand(facts, wishes),
    buildPackages: native.build,
    packages: runtime.packages,
    alpine: runtime.image.family === 'alpine',
    program,
    state: storage.folder,
    runtimeDir: storage.workdir,
    binary: storage.workdir === '/app' ? './' : '/app/',
    files: copies(facts),
    variables: variables(facts, storage),
    assets: frontEnd && assetsOf(frontEnd),
    writes: layout.prepare.length > 0 || frontEnd !== undefined,
    runtime: launch(facts, wishes, runtime, storage),
  }
  return {
    dir,
    template,
    view,
    ignore: { sections: leftovers(facts), keep: keep(facts) },
    images: { build: `golang:${version}-${suite}`, runtime: runtime.image.ref },
    notes: runtime.notes,
  }
}

function launch(facts: GoFacts, wishes: Wishes, { image }: Runtime, storage: Storage): Launch {
  const binary = `/app/${facts.program}`
  const { port } = facts
  const [entrypoint, ...args] = started(facts, wishes, binary)
  const health: Exec | undefined = facts.health
    ? [binary, ...facts.health]
    : image.family === 'alpine' && facts.healthRoute && port
      ? ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port.value}${facts.healthRoute}`]
      : undefined
  const all = [...args, ...storage.args]
  const [first, ...rest] = all
  return {
    image,
    user: USER,
    port: facts.kind.value === 'web' || wishes.port ? port?.value : undefined,
    volume: storage.volume,
    healthcheck: health,
    entrypoint: [entrypoint],
    // CMD holds the arguments, so that `docker run image …` can give others.
    command: first === undefined ? undefined : [first, ...rest],
  }
}

/** The program and its arguments; a wish names it as its developers call it. */
function started(facts: GoFacts, wishes: Wishes, binary: string): Exec {
  if (!wishes.start) return [binary, ...facts.args]
  const [first = '', ...rest] = words(safe(wishes.start.value, '--start'), name => `\${${name}}`).map(word =>
    typeof word === 'string' ? word : 'pattern' in word ? word.pattern : 'op' in word ? word.op : '',
  )
  return [first.replace(/^.*\//, '') === facts.program || /^\.?\//.test(first) ? binary : first, ...rest]
}

function variables({ variables }: GoFacts, storage: Storage): readonly string[] {
  return [...variables, ...storage.variables]
    .filter(([name, value]) => /^[A-Z][A-Z0-9_]*$/.test(name) && /^[\w.:/-]+$/.test(value))
    .map(([name, value]) => `${name}=${value}`)
}

/** One COPY for the files of each folder, and one for each folder. */
function copies({ files }: GoFacts): View[] {
  const groups = new Map<string, string[]>()
  for (const { source, target, isFile } of files) {
    const to = isFile ? `${parent(target) === '.' ? '.' : `./${parent(target)}`}/` : `./${target}`
    groups.set(to, [...(groups.get(to) ?? []), source])
  }
  return [...groups].map(([target, sources]) => ({ sources, target }))
}

function leftovers({ frontEnd }: GoFacts): IgnoreSection[] {
  return [
    {
      comment: 'Tests, and what Go leaves behind',
      patterns: ['**/*_test.go', '**/*.test', '**/*.prof', '**/coverage.*'],
    },
    ...(frontEnd
      ? [{ comment: 'Made again inside', patterns: ['**/node_modules', join('.', frontEnd.output)] }]
      : []),
  ]
}

/** What rules against secrets and leftovers would take although it is compiled in. */
const TAKEN =
  /(^|\/)(\.env[^/]*|Dockerfile[^/]*|\.git[^/]*|[^/]*\.(pem|key|p12|pfx|test|prof)|[^/]*_test\.go|(docker-)?compose[^/]*\.ya?ml|coverage\.[^/]*|id_\w+[^/]*|credentials\.json)$/

function keep({ embeds, frontEnd, reclaimed }: GoFacts): string[] {
  const files = embeds.files.filter(
    file => TAKEN.test(file) && !/(^|\/)\.env$/.test(file) && !(frontEnd && inside(frontEnd.output, file)),
  )
  return [...reclaimed, ...files.slice(0, 50)]
}
