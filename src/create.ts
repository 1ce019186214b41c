import { choose, detect, listApps, nothingHere, otherLanguage, unwrittenFor } from './detect.ts'
import type { Candidate, Question } from './ecosystems/ecosystem.ts'
import { ECOSYSTEMS } from './ecosystems/index.ts'
import { UserError } from './errors.ts'
import { flagName, KNOBS } from './options/knobs.ts'
import type { Wishes } from './options/options.ts'
import { audit } from './plan/audit.ts'
import { type Note, note } from './plan/notes.ts'
import type { Plan } from './plan/plan.ts'
import type { Project } from './project/project.ts'
import type { OutputFile } from './render/render.ts'
import { render } from './render/render.ts'

/** One app with all that was decided and written for it; nothing is on disk yet. */
export interface Creation {
  readonly candidate: Candidate
  readonly plan: Plan
  readonly files: readonly OutputFile[]
  readonly notes: readonly Note[]
  /** What its image is called, where the app's name doesn't tell it from others. */
  readonly image?: string
}

/**
 * The app that a project is for.
 * @throws UserError NOTHING_FOUND, NO_SUCH_APP, SEVERAL_APPS
 */
export async function findApp(project: Project, wishes: Wishes): Promise<Candidate> {
  const found = await detect(project, wishes)
  if (found.length === 0) throw await nothingHere(project, wishes)
  const candidates = choose(found, wishes)
  const [only, ...others] = candidates
  if (only && others.length === 0) return only
  throw new SeveralApps(candidates)
}

/** What was found, but can't be written before a person decides. */
export class Undecided extends UserError {
  constructor(
    code: string,
    message: string,
    hint: string,
    readonly candidates: readonly Candidate[],
  ) {
    super(code, message, hint)
  }
}

/** Several apps, and nothing says which one: a question on a terminal; elsewhere each is written for, if it can be. */
export class SeveralApps extends Undecided {
  constructor(candidates: readonly Candidate[]) {
    const choice = handle(candidates)
    super(
      'SEVERAL_APPS',
      `several apps are here: ${listApps(candidates)}`,
      `Choose one, such as ${choice}, or write for each of them with --all`,
      candidates,
    )
  }

  /** Whether each has a folder of its own, which a Dockerfile and its rules can lie in. */
  get areApart(): boolean {
    return new Set(this.candidates.map(({ dir }) => dir)).size === this.candidates.length
  }

  /** What to know where each of them is written for. @param asking why some of them can't be */
  notes(asking: ReadonlyMap<Candidate, UserError>): readonly Note[] {
    const left = [...asking.keys()].map(({ dir }) => dir)
    const written = this.candidates.filter(({ dir }) => !left.includes(dir))
    const choice = handle(written)
    return [
      note(
        'SEVERAL_APPS',
        'info',
        `each of the apps here has files of its own: ${listApps(written)}; ${choice} writes for one of them`,
      ),
      ...[...asking.values()].map(({ message, hint }) =>
        note('APP_LEFT_OUT', 'warning', `no files are written for ${message} ${hint}`),
      ),
    ]
  }
}

/** The option that names the first of several apps and no other. */
function handle(candidates: readonly Candidate[]): string {
  const [first, ...others] = candidates
  if (!first) throw new Error('no apps to choose from')
  if (others.every(({ name }) => name !== first.name)) return `--app ${first.name}`
  return others.every(({ dir }) => dir !== first.dir) ? `--app ${first.dir}` : `--language ${first.ecosystem}`
}

/** What to do about a question, off a terminal. */
export const hintOf = ({ option, hint }: Question): string =>
  hint ??
  (option === undefined
    ? 'Run it in the folder of a program, or name one with --app'
    : `Answer with ${flagName(KNOBS[option])}`)

/** Where an app's Dockerfile goes, beside the usual place. */
export interface Target {
  /** Its name, where a folder has one for each of several apps. */
  readonly file?: string
  /** Whether a Dockerfile that somebody wrote for a member keeps its place: ours is the root's then. */
  readonly spares?: boolean
}

/**
 * Plans and renders one app.
 * @throws UserError when a fact is missing that only a person can give, or a wish can't be met
 */
export async function create(
  project: Project,
  candidate: Candidate,
  wishes: Wishes,
  { file, spares }: Target = {},
): Promise<Creation> {
  const [question] = candidate.questions
  if (question) {
    // Tools beside a program in another language are not what anybody asks for.
    const other = candidate.fit === 'incidental' ? otherLanguage(project) : undefined
    const message = other ? `${unwrittenFor(other)}; ${question.message}` : question.message
    throw new Undecided(question.code, message, hintOf(question), [candidate])
  }
  const planned = await planFor(candidate, wishes)
  const placed = spares ? besideTheirs(planned, project) : planned
  const plan = file === undefined ? placed : besideOthers(placed, file)
  const files = await render(plan, project)
  return {
    candidate,
    plan,
    files,
    notes: [...candidate.notes, ...plan.notes, ...audit(plan), ...oversized(project), ...unwritten(project)],
  }
}

async function planFor(candidate: Candidate, wishes: Wishes): Promise<Plan> {
  const entry = ECOSYSTEMS.find(({ id }) => id === candidate.ecosystem)
  if (!entry) throw new Error(`no ecosystem ${candidate.ecosystem}`)
  return (await entry.load()).default.plan(candidate, wishes)
}

/** A file of rules stands beside each Dockerfile that we write for a member, and hardly ever beside another. */
function besideTheirs(plan: Plan, project: Project): Plan {
  const isTheirs = (path: string) => project.has(path) && !project.has(`${path}.dockerignore`)
  const theirs = `${plan.dir}/Dockerfile`
  if (plan.dir === '.' || !isTheirs(theirs) || isTheirs('Dockerfile')) return plan
  const kept = note(
    'DOCKERFILE_KEPT',
    'info',
    `${theirs} stays as it is, and the new one is in the root; --force overwrites the old one instead`,
    { from: 'file', path: theirs },
  )
  // By its name, so that its rules are its own: the root's .dockerignore is what builds of the other one may read.
  return { ...plan, dir: '.', file: 'Dockerfile', notes: [...plan.notes, kept] }
}

/** The files of the other apps in its folder are no input of its own. */
const besideOthers = (plan: Plan, file: string): Plan => ({
  ...plan,
  file,
  ignore: {
    ...plan.ignore,
    sections: [
      ...plan.ignore.sections,
      { comment: 'Dockerfiles of the other apps here', patterns: ['**/*.Dockerfile'] },
    ],
  },
})

/** What was too large to be read could have held a fact; a package manager that a repository brings holds none. */
const oversized = (project: Project): Note[] =>
  [...project.oversized]
    .filter(([path]) => !/(^|\/)\.yarn\//.test(path))
    .map(([path, { bytes, limit }]) =>
      note(
        'FILE_TOO_LARGE',
        'warning',
        `${path} was not read: ${(bytes / 2 ** 20).toFixed(1)} MiB is over the limit of ${limit / 2 ** 20} MiB`,
        { from: 'file', path },
      ),
    )

/** What no Dockerfile is written for, however much of the project it is. */
function unwritten(project: Project): readonly Note[] {
  const other = otherLanguage(project)
  return other
    ? [note('OTHER_LANGUAGE', 'info', unwrittenFor(other), { from: 'file', path: other.path })]
    : []
}
