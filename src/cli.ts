import { join, resolve } from 'node:path'
import type { Answer, AnsweredApp } from './answer.ts'
import { answered, detected } from './answer.ts'
import { type Creation, create, findApp, SeveralApps, Undecided } from './create.ts'
import type { Candidate } from './ecosystems/ecosystem.ts'
import { UserError } from './errors.ts'
import { Informed, type Invocation, readFlags } from './options/flags.ts'
import type { Wishes } from './options/options.ts'
import { findPlace } from './place.ts'
import type { Project } from './project/project.ts'
import { painter, report } from './report.ts'
import { compare, type Status, write } from './write.ts'

/** What the command touches of the process it runs in. */
export interface Streams {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
  out(text: string): void
  err(text: string): void
}

/** Runs the command. @returns the exit code: 0 done, 1 can't, 2 usage, 70 a bug, 130 cancelled */
export async function main(io: Streams, version: string): Promise<number> {
  const state: { invocation?: Invocation } = {}
  try {
    return await attempt(io, version, state)
  } catch (error) {
    if (error instanceof UserError) return refuse(io, error, state.invocation)
    if (error instanceof Error && error.name === 'ExitPromptError')
      return refuse(io, cancelled, state.invocation)
    io.err(`${bug(error, version)}\n`)
    return 70
  }
}

const cancelled = new UserError('CANCELLED', 'cancelled, nothing was written', undefined, 130)

async function attempt(io: Streams, version: string, state: { invocation?: Invocation }): Promise<0> {
  try {
    state.invocation = readFlags(io.argv, io.env, version)
    await run(io, state.invocation)
  } catch (error) {
    if (!(error instanceof Informed)) throw error
    io.out(error.text)
  }
  return 0
}

async function run(io: Streams, invocation: Invocation): Promise<void> {
  const { root, project, wishes, above } = await findPlace(resolve(invocation.dir), invocation)
  const spares = above === undefined && !invocation.force
  const creations = await createWished(io, project, { ...invocation, wishes }, spares)
  if (invocation.stdout) return io.out(creations[0]?.files[0]?.content ?? '')
  const apps = await settle(io, root, creations, invocation)
  if (invocation.json) return print(io, { schema: 1, ...(above !== undefined && { root: above }), apps })
  const paint = painter(io.env, io.isTerminal)
  const context = above && join(invocation.dir, above)
  const reports = creations.map((creation, index) =>
    report(creation, apps[index]?.files ?? [], { dryRun: invocation.dryRun, context }, paint),
  )
  io.out(reports.join('\n'))
}

/** One app; with --all each of them, and off a terminal each of those that stand for choice. */
async function createWished(
  io: Streams,
  project: Project,
  invocation: Invocation,
  spares: boolean,
): Promise<readonly Creation[]> {
  if (invocation.all) return (await import('./all.ts')).createAll(project, invocation.wishes)
  try {
    const { candidate, wishes } = await decide(io, project, invocation)
    return [await create(project, candidate, wishes, { spares })]
  } catch (error) {
    if (!(error instanceof SeveralApps) || invocation.stdout || !error.areApart) throw error
    // Nobody is there to choose, and a choice of ours would be a guess; a person may want each as well.
    return (await import('./all.ts')).createChoice(project, error, invocation.wishes, spares)
  }
}

const asks = (io: Streams, { yes, interactive, json, stdout }: Invocation): boolean =>
  io.isTerminal && !io.env.CI && !yes && !json && !stdout && interactive !== false

/** The app and all wishes: flags, and on a terminal the answers to what is still open. */
async function decide(
  io: Streams,
  project: Project,
  invocation: Invocation,
): Promise<{ candidate: Candidate; wishes: Wishes }> {
  const { wishes } = invocation
  if (!asks(io, invocation)) return { candidate: await findApp(project, wishes), wishes }
  const { interview } = await import('./options/wizard.ts')
  return interview(project, wishes)
}

/** Compares with what is there, asks where it must, and writes all or nothing, unless it is a dry run. */
async function settle(
  io: Streams,
  root: string,
  creations: readonly Creation[],
  invocation: Invocation,
): Promise<readonly AnsweredApp[]> {
  const compared = creations.flatMap(creation =>
    creation.files.map(file => ({ creation, file, ...compare(root, file) })),
  )
  const changed = compared.filter(({ status }) => status === 'updated')
  const kept = new Set<string>()
  if (changed.length > 0 && !invocation.force && !invocation.dryRun) {
    if (!asks(io, invocation)) throw conflict(changed.map(({ file }) => file.path))
    const { confirmOverwrites } = await import('./options/wizard.ts')
    for (const path of await confirmOverwrites(changed, io)) kept.add(path)
  }
  if (!invocation.dryRun)
    write(
      root,
      compared
        .filter(({ status, file }) => status !== 'unchanged' && !kept.has(file.path))
        .map(({ file }) => file),
    )
  const statusOf = (path: string, status: Status): Status => (kept.has(path) ? 'kept' : status)
  return creations.map(creation =>
    answered(
      creation,
      compared
        .filter(item => item.creation === creation)
        .map(({ file, status }) => ({ ...file, status: statusOf(file.path, status) })),
    ),
  )
}

const conflict = (paths: readonly string[]): UserError =>
  new UserError(
    'FILE_EXISTS',
    `${paths.join(' and ')} would change, and nothing was written`,
    'See the change with --dry-run, or overwrite with --force',
  )

/** One line and a hint; with --json the same as an object, with the apps that were found. */
function refuse(io: Streams, error: UserError, invocation: Invocation | undefined): number {
  const { code, message, hint } = error
  if (invocation?.json)
    print(io, {
      schema: 1,
      apps: appsOf(error),
      error: { code, message, ...(hint !== undefined && { hint }) },
    })
  io.err(`error: ${message}\n${hint ? `hint: ${hint}\n` : ''}`)
  return error.exitCode
}

const appsOf = (error: UserError): readonly AnsweredApp[] =>
  error instanceof Undecided ? error.candidates.map(detected) : []

const print = (io: Streams, answer: Answer): void => io.out(`${JSON.stringify(answer, null, 2)}\n`)

/** What a bug report needs, and where it goes. */
function bug(error: unknown, version: string): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const title = encodeURIComponent(stack.split('\n', 1)[0] ?? 'crash')
  return [
    `create-dockerfile ${version} on Node.js ${process.version}, ${process.platform} ${process.arch}: this is a bug of ours`,
    stack,
    `Please report it: https://github.com/create-dockerfile/create-dockerfile/issues/new?title=${title}`,
  ].join('\n')
}
