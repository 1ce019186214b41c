import { type Creation, create, findApp, type SeveralApps, Undecided } from './create.ts'
import { detect, everyApp } from './detect.ts'
import type { Candidate } from './ecosystems/ecosystem.ts'
import { UserError } from './errors.ts'
import { byFlag, type Wishes } from './options/options.ts'
import type { Project } from './project/project.ts'

/** What no app is called: every part of the project is looked at, and none steps back behind another. */
const EVERY = byFlag('*', '--all')

/**
 * Plans and renders every app of a project, whatever languages they are in.
 * @throws UserError when one of them can't be: nothing is written then
 */
export const createAll = async (project: Project, wishes: Wishes): Promise<readonly Creation[]> =>
  createEach(project, everyApp(await detectEvery(project, wishes), wishes), wishes)

/**
 * Plans and renders each of several apps that nobody chose from, as `--all` does: what stands beside them is left out.
 * @param several apps in folders of their own, best first
 * @param spares whether a Dockerfile that somebody wrote for one of them keeps its place
 * @throws UserError when one of them can't be planned: nothing is written then
 */
export async function createChoice(
  project: Project,
  several: SeveralApps,
  wishes: Wishes,
  spares: boolean,
): Promise<readonly Creation[]> {
  const isOne = (app: Candidate) =>
    several.candidates.some(
      one => one.dir === app.dir && one.ecosystem === app.ecosystem && one.name === app.name,
    )
  const apps = (await detectEvery(project, wishes)).filter(isOne)
  // None of them is left out in silence: then it is the question that it was.
  if (apps.length < several.candidates.length) throw several
  const [first, ...others] = await createEach(project, apps, wishes, spares)
  if (!first) throw new Error('no apps to write for')
  return [{ ...first, notes: [several.note, ...first.notes] }, ...others]
}

const detectEvery = (project: Project, wishes: Wishes): Promise<readonly Candidate[]> =>
  detect(project, { ...wishes, app: EVERY })

async function createEach(
  project: Project,
  apps: readonly Candidate[],
  wishes: Wishes,
  spares = false,
): Promise<readonly Creation[]> {
  const creations = await Promise.all(apps.map(app => one(project, app, apps, wishes, spares)))
  // Programs of one folder, such as the commands of a Go module, each get a file of their own name.
  const named = await Promise.all(
    creations.map(creation =>
      keepsName(creation, creations)
        ? creation
        : create(project, creation.candidate, wishes, {
            file: `${slug(creation.candidate, apps)}.Dockerfile`,
            spares,
          }),
    ),
  )
  return noneTwice(named)
}

/** One in a folder alone; and of those whose own folders have a Dockerfile already, the first is the root's. */
function keepsName(creation: Creation, all: readonly Creation[]): boolean {
  const [first, ...others] = all.filter(({ plan }) => plan.dir === creation.plan.dir)
  return others.length === 0 || (creation === first && creation.plan.file !== undefined)
}

async function one(
  project: Project,
  app: Candidate,
  apps: readonly Candidate[],
  wishes: Wishes,
  spares: boolean,
): Promise<Creation> {
  const unique = apps.every(other => other === app || other.name !== app.name)
  const handle = unique ? app.name : app.dir
  try {
    // A second choice was only looked at from afar.
    const whole =
      app.fit === 'exact'
        ? app
        : await findApp(project, {
            ...wishes,
            language: byFlag(app.ecosystem, '--all'),
            app: byFlag(handle, '--all'),
          })
    return await create(project, whole, wishes, { spares })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const message = `${app.name === '.' ? app.ecosystem : app.name}: ${error.message}`
    throw error instanceof Undecided
      ? new Undecided(error.code, message, `${error.hint}, for this app alone: --app ${handle}`, apps)
      : new UserError(error.code, message, error.hint, error.exitCode)
  }
}

/** The app's name as a file's: `@acme/api` → `api`. */
function slug({ name, ecosystem }: Candidate, apps: readonly Candidate[]): string {
  const plain = (text: string) =>
    text
      .replace(/^@[^/]*\//, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+/, '')
  const own = plain(name)
  const alone = apps.filter(app => plain(app.name) === own).length === 1
  return own && alone ? own : [own, ecosystem].filter(Boolean).join('-')
}

function noneTwice(creations: readonly Creation[]): readonly Creation[] {
  const paths = creations.flatMap(({ files }) => files.map(({ path }) => path))
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice === undefined) return creations
  throw new UserError(
    'SAME_FILE',
    `two apps would both write ${twice}`,
    'Write them one by one with --app, and move the first',
  )
}
