import { fact, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate } from '../ecosystem.ts'
import { type Ranked, rankPrograms } from './choose.ts'
import type { RustFacts } from './facts.ts'
import { notesOf } from './notes.ts'
import { factsOf } from './program.ts'
import { questionsOf } from './questions.ts'
import { type Reading, read } from './read.ts'
import { join } from './toml.ts'
import { findWorkspaces, type Workspace } from './workspace.ts'

/** The programs of every Cargo workspace of a project. */
export function inspect(project: Project, wishes: Wishes): readonly Candidate<RustFacts>[] {
  const all = findWorkspaces(project).flatMap(workspace => {
    const ranked = rankPrograms(workspace)
    if (ranked.length === 0) return library(project, workspace, wishes)
    const app = wishes.app?.value
    const chosen = app === undefined ? undefined : named(ranked, app, workspace)
    return [...new Set([...(chosen ? [chosen] : []), ...ranked])].slice(0, MOST).map(program => {
      const fully = program === chosen || (program.primary && chosen === undefined)
      const candidate = candidateOf(read(project, workspace, program, fully), wishes)
      return program === chosen && app !== undefined ? { ...candidate, name: plain(app) } : candidate
    })
  })
  // A front end or a library that can't be built into an image is no first choice beside a program that can.
  const ready = all.some(({ fit, questions }) => fit === 'exact' && questions.length === 0)
  return ready ? all.map(found => (found.questions.length ? later(found) : found)) : all
}

const later = (found: Candidate<RustFacts>): Candidate<RustFacts> => ({
  ...found,
  fit: found.fit === 'exact' ? 'likely' : found.fit,
})

/** More programs than anyone chooses from. */
const MOST = 40

/** `./crates/api/` → `crates/api`, as the choice among apps reads it. */
const plain = (app: string): string => app.replace(/^\.\//, '').replace(/\/+$/, '')

/** The program that `--app` means, by its name, its package's or the folder of its package. */
function named(ranked: readonly Ranked[], app: string, { dir }: Workspace): Ranked | undefined {
  const wanted = join('.', app)
  return (
    ranked.find(({ bin }) => bin.name === app) ??
    ranked.find(({ package: own }) => own.name === app) ??
    ranked.find(({ package: own }) => own.dir === wanted || own.dir === join(dir, wanted)) ??
    ranked.find(({ package: own }) => own.dir.endsWith(`/${wanted}`))
  )
}

function candidateOf(reading: Reading, wishes: Wishes): Candidate<RustFacts> {
  const { workspace, program } = reading
  const facts = factsOf(reading, wishes)
  const questions = questionsOf(reading, facts)
  const desktop = questions.some(({ code }) => code === 'DESKTOP_APP')
  return {
    ecosystem: 'rust',
    name: program.bin.name,
    dir: workspace.dir,
    fit: desktop ? 'incidental' : program.primary ? 'exact' : 'likely',
    facts,
    notes: notesOf(reading, facts),
    questions,
  }
}

/** A repository of libraries: said so, unless something else is found. */
function library(project: Project, workspace: Workspace, wishes: Wishes): Candidate<RustFacts>[] {
  const own = workspace.root ?? workspace.packages[0]
  if (!own) return []
  const bin = { name: own.name, path: join(own.dir, 'src/lib.rs'), requiredFeatures: [] }
  const reading = read(project, workspace, { package: own, bin, primary: true }, true)
  const candidate = candidateOf(reading, wishes)
  return [
    {
      ...candidate,
      facts: {
        ...candidate.facts,
        kind: fact('library', fromFile(own.manifest)),
        start: undefined,
        binaries: undefined,
        port: undefined,
      },
      questions: [
        {
          code: 'NOTHING_TO_RUN',
          message: `${own.name} is a library: no package here has a program`,
        },
      ],
    },
  ]
}
