import { createTwoFilesPatch } from 'diff'
import inquirer from 'inquirer'
import { findApp, hintOf, SeveralApps } from '../create.ts'
import type { Candidate, Question } from '../ecosystems/ecosystem.ts'
import { UserError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { KNOBS } from './knobs.ts'
import type { Wishes } from './options.ts'

/**
 * Asks what no flag and no file says: which app, and each open question of that app. An answer is a wish like a
 * flag, and the project is looked at again with it, so that one answer can settle the next question.
 * @throws SeveralApps when each of them is wanted
 */
export async function interview(
  project: Project,
  given: Wishes,
): Promise<{ candidate: Candidate; wishes: Wishes }> {
  let wishes = given
  for (;;) {
    const candidate = await pick(project, wishes)
    wishes = { ...wishes, ...candidate.chosen }
    const [question] = candidate.candidate.questions
    if (!question) return { candidate: candidate.candidate, wishes }
    const { code, message, option } = question
    if (option === undefined) throw new UserError(code, message, hintOf(question))
    if (wishes[option]) throw new UserError(code, message)
    wishes = { ...wishes, [option]: await ask(message, option) }
  }
}

async function pick(project: Project, wishes: Wishes): Promise<{ candidate: Candidate; chosen: Wishes }> {
  try {
    return { candidate: await findApp(project, wishes), chosen: {} }
  } catch (error) {
    if (!(error instanceof SeveralApps)) throw error
    const message = 'Which app?'
    const { app } = await inquirer.prompt<{ app: Candidate | 'each' }>([
      {
        type: 'select',
        name: 'app',
        message,
        choices: [
          ...error.candidates.map(candidate => ({
            name: `${candidate.name}  ${candidate.facts.framework?.value ?? candidate.ecosystem} ${candidate.facts.kind.value} in ${candidate.dir}`,
            value: candidate,
          })),
          ...(error.areApart ? [{ name: 'each of them', value: 'each' as const }] : []),
        ],
      },
    ])
    if (app === 'each') throw error
    return {
      candidate: app,
      chosen: { app: { value: app.name, source: { from: 'answer', question: message } } },
    }
  }
}

async function ask(message: string, option: NonNullable<Question['option']>) {
  const knob = KNOBS[option]
  const { answer } = await inquirer.prompt<{ answer: string }>([
    {
      type: 'input',
      name: 'answer',
      message: `${message} ${knob.help[0]?.toUpperCase()}${knob.help.slice(1)}:`,
      validate: (raw: string) => {
        try {
          knob.read(raw)
          return true
        } catch (error) {
          if (error instanceof UserError) return error.message
          throw error
        }
      },
    },
  ])
  return { value: knob.read(answer), source: { from: 'answer' as const, question: message } }
}

interface Conflict {
  readonly file: { readonly path: string; readonly content: string }
  readonly old: string
}

/** Shows each change and asks. @returns the paths that are to stay as they are */
export async function confirmOverwrites(
  conflicts: readonly Conflict[],
  io: { out(text: string): void },
): Promise<readonly string[]> {
  const kept: string[] = []
  for (const { file, old } of conflicts) {
    io.out(`${createTwoFilesPatch(file.path, file.path, old, file.content, 'now', 'new')}\n`)
    const { action } = await inquirer.prompt<{ action: 'overwrite' | 'keep' | 'all' | 'quit' }>([
      {
        type: 'select',
        name: 'action',
        message: `${file.path} is there already`,
        choices: [
          { name: 'overwrite it', value: 'overwrite' },
          { name: 'keep it', value: 'keep' },
          { name: 'overwrite all', value: 'all' },
          { name: 'quit, write nothing', value: 'quit' },
        ],
      },
    ])
    if (action === 'quit') throw new UserError('CANCELLED', 'cancelled, nothing was written', undefined, 130)
    if (action === 'all') return kept
    if (action === 'keep') kept.push(file.path)
  }
  return kept
}
