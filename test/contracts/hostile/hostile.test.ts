import { describe, expect, test } from 'vitest'
import { create, findApp } from '../../../src/create.ts'
import { ECOSYSTEMS } from '../../../src/ecosystems/index.ts'
import { UserError } from '../../../src/errors.ts'
import { readFlags } from '../../../src/options/flags.ts'
import type { Wishes } from '../../../src/options/options.ts'
import { openProject } from '../../../src/project/open.ts'
import { painter, report } from '../../../src/report.ts'
import { examples } from '../../support/examples.ts'
import { projectFrom } from '../../support/project.ts'
import { harm } from './inert.ts'
import { type Files, spotsOf } from './mutants.ts'
import { PAYLOADS } from './payloads.ts'

/** How many payloads each place gets: some in turn, or all of them with FUZZ=all. */
const EACH = process.env.FUZZ === 'all' ? PAYLOADS.length : 2
/** Of this process' own time: a busy machine makes no hang. */
const MAX_MILLISECONDS = 2000

/** Anything that ends or hides a line of a terminal. */
const CONTROL = /[^\n\P{Cc}]|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

const wishesOf = (flags: readonly string[]): Wishes => readFlags(['--yes', ...flags], {}, '0.0.0').wishes

/** What is wrong with what becomes of a project; empty when a UserError refuses it or the output is inert. */
async function wrong(files: Files, flags: readonly string[], wishes?: Wishes): Promise<string[]> {
  const started = process.cpuUsage()
  const found = await outcome(files, flags, wishes)
  const { user, system } = process.cpuUsage(started)
  const time = (user + system) / 1000
  return time > MAX_MILLISECONDS ? [...found, `took ${Math.round(time)} ms`] : found
}

async function outcome(files: Files, flags: readonly string[], given: Wishes | undefined): Promise<string[]> {
  try {
    const project = projectFrom(files)
    const wishes = given ?? wishesOf(flags)
    const creation = await create(project, await findApp(project, wishes), wishes)
    const [dockerfile, ...others] = creation.files
    const shown = report(creation, [], { dryRun: true }, painter({}, false))
    return [
      ...harm(dockerfile?.content ?? ''),
      ...others.flatMap(({ path, content }) => (/^\s*(RUN )?evil|^USER root/m.test(content) ? [path] : [])),
      ...(CONTROL.test(shown) ? [`the report holds a control character`] : []),
    ]
  } catch (error) {
    if (!(error instanceof UserError))
      return [error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)]
    const text = `${error.message}${error.hint ?? ''}`
    return /\n/.test(text) || CONTROL.test(text) || text.length > 2100
      ? [`not one line: ${text.slice(0, 300)}`]
      : []
  }
}

describe.each(examples)('$name', ({ dir, flags = [] }) => {
  test('takes no harm from hostile values anywhere', { timeout: 600_000 }, async () => {
    const project = await openProject(dir)
    const files = Object.fromEntries(project.files.map(path => [path, project.text(path) ?? '']))
    const wishes = wishesOf(flags)
    expect(await wrong(files, flags, wishes), 'as it stands').toEqual([])
    const found: Record<string, string[]> = {}
    for (const [index, spot] of spotsOf(files).entries())
      for (let turn = 0; turn < EACH; turn++) {
        const [name, payload] = PAYLOADS[(index * EACH + turn) % PAYLOADS.length] ?? ['', '']
        const mutant = spot.put(old => ((index + turn) % 2 ? old + payload : payload))
        const harms = await wrong(mutant, flags, wishes)
        if (harms.length) found[`${spot.name} ← ${name}`] = harms
      }
    expect(found).toEqual({})
  })
})

/** One example of each language will do: flags are read before a project is looked at. */
const oneOfEach = ECOSYSTEMS.flatMap(({ id }) => examples.find(({ name }) => name.startsWith(`${id}-`)) ?? [])

describe.each(oneOfEach)('$name with hostile flags', ({ dir, flags = [] }) => {
  test.each(PAYLOADS)('%s', async (_, payload) => {
    const project = await openProject(dir)
    const files = Object.fromEntries(project.files.map(path => [path, project.text(path) ?? '']))
    for (const flag of ['--app', '--runtime-version', '--port', '--language', '--runtime'])
      expect.soft(await wrong(files, [...flags, `${flag}=${payload}`]), flag).toEqual([])
  })
})
