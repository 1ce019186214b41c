import { UserError } from '../../../errors.ts'
import { type Note, note } from '../../../plan/notes.ts'
import type { IgnoreSection, Plan } from '../../../plan/plan.ts'
import type { Candidate } from '../../ecosystem.ts'
import { type Dependencies, dependencies, listed } from '../dependencies.ts'
import type { PythonFacts } from '../facts.ts'
import { type Build, buildOf } from './build.ts'
import { resolvedImages } from './images.ts'
import { launchOf } from './launch.ts'
import { addedServer, serverNotes } from './server.ts'
import { type Shape, viewOf } from './view.ts'

/** Everything that is decided about one app, from its facts. */
export function plan({ facts, dir }: Candidate<PythonFacts>): Plan {
  const { entry } = facts
  if (!entry)
    throw new UserError('NO_START_COMMAND', 'no file says what starts the program.', 'Answer with --start')
  if (facts.install.form === 'conda')
    throw new UserError(
      'CONDA',
      'the dependencies are listed for conda alone',
      'Add a requirements.txt or a pyproject.toml that pip can install',
    )
  if (facts.runtimeFamily.value === 'distroless' && facts.runtimeVersion?.value !== '3.13')
    throw new UserError(
      'NO_DISTROLESS',
      'distroless has Python 3.13 alone, and the project asks for another',
      'Use --runtime slim',
    )
  if (facts.runtimeFamily.value === 'alpine' && facts.runtimePackages.packages.length)
    throw new UserError(
      'NO_ALPINE',
      `${listed(facts.runtimePackages.owners)} needs packages of Debian`,
      'Use --runtime slim',
    )
  const added = addedServer(facts)
  const stage = dependencies(facts, dir, added ? [added.requirement] : [])
  const build = buildOf(facts, stage, facts.install.form === 'uv' && facts.install.member ? dir : '.')
  const shape = shapeOf(facts, stage, build)
  return {
    dir,
    template: `python/${shape}`,
    view: { ...viewOf(shape, { facts, entry, dir, stage, build }), runtime: launchOf(facts, entry) },
    ignore: { sections: ignored(facts, dir), keep: kept(facts, dir, build) },
    images: resolvedImages(facts),
    notes: [...serverNotes(added), ...writesNotes(facts)],
  }
}

function shapeOf(facts: PythonFacts, stage: Dependencies, build: Build): Shape {
  const distroless = facts.runtimeFamily.value === 'distroless'
  const waits = build.commands.length > 0
  if (stage.isEmpty && !waits && facts.runtimePackages.packages.length === 0) return 'script'
  if (distroless) return waits ? 'distroless-build' : 'distroless'
  return waits ? 'slim-build' : 'slim'
}

function writesNotes({ writes }: PythonFacts): Note[] {
  const paths = [...writes.files.map(({ path }) => path), ...writes.folders]
  return paths.length
    ? [note('WRITES_DATA', 'info', `${listed(paths)}: what the program writes is kept in the volume /data`)]
    : []
}

const at = (dir: string, path: string): string => (dir === '.' ? path : `${dir}/${path}`)

function ignored({ writes }: PythonFacts, dir: string): IgnoreSection[] {
  const data = writes.files.filter(({ seed }) => !seed).map(({ path }) => at(dir, path))
  return [
    {
      comment: 'Installed or made again inside',
      patterns: [
        '**/.venv',
        '**/venv',
        '**/__pycache__',
        '**/*.py[cod]',
        '**/*.egg-info',
        '**/.pytest_cache',
        '**/.mypy_cache',
        '**/.ruff_cache',
        '**/.tox',
        '**/.nox',
        '**/.coverage',
        '**/htmlcov',
        '**/.ipynb_checkpoints',
        '**/node_modules',
      ],
    },
    ...(data.length
      ? [{ comment: 'Local data, which would take the place of the link to /data', patterns: data }]
      : []),
  ]
}

/** What the install reads, whatever .gitignore says. */
function kept(facts: PythonFacts, dir: string, { installs }: Build): string[] {
  const chain = facts.install.form === 'requirements' ? facts.install.file.chain : []
  const built = installs ? (facts.manifest?.buildFiles ?? []) : []
  const isMember = facts.install.form === 'uv' && facts.install.member !== undefined
  const locks = isMember ? facts.lockFiles : facts.lockFiles.map(path => at(dir, path))
  return [...new Set([...locks, ...[...chain, ...built].map(path => at(dir, path))])]
}
