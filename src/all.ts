import { type Creation, create, findApp, type SeveralApps, Undecided } from './create.ts'
import { detect, everyApp, nothingHere } from './detect.ts'
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
export async function createAll(project: Project, wishes: Wishes): Promise<readonly Creation[]> {
  const found = await detectEvery(project, wishes)
  if (found.length === 0) throw await nothingHere(project, wishes)
  return createEach(project, everyApp(found, wishes), wishes)
}

/**
 * Plans and renders each of several apps that nobody chose from, as `--all` does: what stands beside them is left out,
 * and one that asks a question has that as a note, so that the others are written.
 * @param several apps in folders of their own, best first
 * @param spares whether a Dockerfile that somebody wrote for one of them keeps its place
 * @throws UserError when none of them can be planned: nothing is written then
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
  const asking = new Map<Candidate, UserError>()
  const [first, ...others] = await createEach(project, apps, wishes, spares, asking)
  if (!first) throw asking.values().next().value ?? new Error('no apps to write for')
  return [{ ...first, notes: [...several.notes(asking), ...first.notes] }, ...others]
}

const detectEvery = (project: Project, wishes: Wishes): Promise<readonly Candidate[]> =>
  detect(project, { ...wishes, app: EVERY })

/** @param asking takes what can't be planned, in place of ending all */
async function createEach(
  project: Project,
  all: readonly Candidate[],
  wishes: Wishes,
  spares = false,
  asking?: Map<Candidate, UserError>,
): Promise<readonly Creation[]> {
  const planned = await Promise.all(
    all.map(app =>
      one(project, app, all, wishes, spares).catch((error: unknown) => {
        if (asking && error instanceof UserError) return error
        throw error
      }),
    ),
  )
  for (const [index, app] of all.entries()) {
    const result = planned[index]
    if (result instanceof UserError) asking?.set(app, result)
  }
  const apps = all.filter(app => !asking?.has(app))
  const creations = planned.filter((result): result is Creation => !(result instanceof UserError))
  // Programs of one folder, such as the commands of a Go module, each get a file of their own name.
  const names = handles(apps)
  const named = await Promise.all(
    creations.map((creation, index) =>
      keepsName(creation, creations)
        ? creation
        : create(project, creation.candidate, wishes, {
            file: `${names[index]}.Dockerfile`,
            spares,
          }),
    ),
  )
  return noneTwice(named).map((creation, index) => {
    const image = names[index]
    return image === undefined || hasOwnName(creation.candidate, apps) ? creation : { ...creation, image }
  })
}

/** One in a folder alone; and of those whose own folders have a Dockerfile already, the first is the root's. */
function keepsName(creation: Creation, all: readonly Creation[]): boolean {
  const [first, ...others] = all.filter(({ plan }) => plan.dir === creation.plan.dir)
  return others.length === 0 || (creation === first && creation.plan.file !== undefined)
}

const hasOwnName = ({ name }: Candidate, apps: readonly Candidate[]): boolean =>
  apps.filter(app => app.name === name).length < 2

async function one(
  project: Project,
  app: Candidate,
  apps: readonly Candidate[],
  wishes: Wishes,
  spares: boolean,
): Promise<Creation> {
  const handle = hasOwnName(app, apps) ? app.name : app.dir
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

/** A name for the files of each app: its own, `@acme/api` → `api`, with its language or its folder where others have that too. */
function handles(apps: readonly Candidate[]): readonly string[] {
  const names = apps.map(({ name, dir, ecosystem }) => {
    const own = plain(name.replace(/^@[^/]*\//, ''))
    const folder = plain(dir)
    return [own, [own, ecosystem].filter(Boolean).join('-'), folder, `${folder}-${ecosystem}`].filter(Boolean)
  })
  return names.map((all, index) => {
    const taken = new Set(names.flatMap((others, other) => (other === index ? [] : others)))
    return all.find(name => !taken.has(name)) ?? all[0] ?? 'app'
  })
}

const plain = (text: string): string => text.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')

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
