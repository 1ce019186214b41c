import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { choose, detect } from '../src/detect.ts'
import type { Candidate } from '../src/ecosystems/ecosystem.ts'
import type { EcosystemId } from '../src/ecosystems/index.ts'
import { formatOf, loadParsers } from '../src/project/parse.ts'
import { createProject, type Project } from '../src/project/project.ts'
import { wishesFrom } from './support/project.ts'

/**
 * Labelled real repositories, where they are at hand: what is found from their manifests alone (source files are there
 * by name and empty) against what a person found by reading. CORPUS names the folder: `cases/*.json` hold the labels,
 * `manifests/<case>` the data files and the list of all paths.
 */
const corpus = process.env.CORPUS ?? '../shared/corpus'

interface Facts {
  readonly language?: string
  readonly kind?: string | null
  readonly framework?: string | null
  readonly packageManager?: string | null
  readonly runtimeVersion?: { readonly version: string | null } | null
  readonly startCommand?: string | null
  readonly accept?: Readonly<Record<string, readonly (string | null)[]>>
  readonly apps?: readonly LabelledApp[]
}

interface LabelledApp {
  readonly dir: string
  readonly kind: string
  readonly framework?: string
  readonly start?: string
  readonly language?: string
}

interface Case {
  readonly id: string
  readonly subdir: string
  readonly facts: Facts
}

const cases: readonly Case[] = existsSync(corpus)
  ? readdirSync(path.join(corpus, 'cases')).map(file => {
      const { subdir, facts } = JSON.parse(readFileSync(path.join(corpus, 'cases', file), 'utf8'))
      return { id: path.basename(file, '.json'), subdir: subdir ?? '.', facts }
    })
  : []

/** Data that the corpus leaves out or cuts (long lock files) is there by name and can't be read. */
async function projectOf({ id, subdir }: Case): Promise<Project> {
  const folder = path.join(corpus, 'manifests', id)
  const sizes = new Map(
    readFileSync(path.join(folder, '_tree.txt'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => [line.slice(line.indexOf('\t') + 1), Number.parseInt(line, 10)] as const)
      .filter(([file]) => !/(?:^|\/)(?:\w*\.?dockerfile|containerfile|\.dockerignore)/i.test(file)),
  )
  const read = (file: string) => {
    const at = path.join(folder, 'files', file)
    if (!existsSync(at)) return formatOf(file) ? undefined : ''
    return statSync(at).size < (sizes.get(file) ?? 0) ? undefined : readFileSync(at, 'utf8')
  }
  const files = [...sizes.keys()]
  const project = createProject(files, read, await loadParsers(files))
  return subdir === '.' ? project : project.within(subdir)
}

type Field = 'packageManager' | 'runtimeVersion' | 'framework' | 'kind' | 'startCommand'

/** What is wanted of one app: its folder and, of each field, the answers that are right (null: none). */
interface Want {
  readonly id: string
  readonly dir?: string
  readonly right: Partial<Record<Field, readonly (string | null)[]>>
}

/** A workspace's label has no answer of its own: each of its apps that runs in a container is asked for. */
const CONTAINED = ['web', 'spa', 'static', 'worker', 'cli']

function wants({ id, facts }: Case): readonly Want[] {
  const accepted = (field: Field, preferred: string | null | undefined) =>
    preferred === undefined ? [] : [preferred, ...(facts.accept?.[field] ?? [])]
  const common = {
    packageManager: accepted('packageManager', facts.packageManager),
    runtimeVersion: accepted('runtimeVersion', facts.runtimeVersion?.version ?? null),
  }
  if (facts.kind !== 'monorepo' || facts.accept?.kind?.includes('web'))
    return [
      {
        id,
        right: {
          ...common,
          framework: accepted('framework', facts.framework),
          kind: accepted('kind', facts.kind),
          startCommand: accepted('startCommand', facts.startCommand),
        },
      },
    ]
  return (facts.apps ?? [])
    .filter(({ kind, language }) => CONTAINED.includes(kind) && (language ?? 'node') === 'node')
    .map(({ dir, kind, framework, start }) => ({
      id,
      dir,
      right: {
        ...common,
        kind: [kind],
        ...(framework !== undefined && { framework: [framework] }),
        ...(start !== undefined && { startCommand: [start] }),
      },
    }))
}

const version = (text: string) => text.replace(/^[v=^~>]+/, '')
const word = (text: string) =>
  text
    .toLowerCase()
    .replace(/\.?js$/, '')
    .replace(/[^a-z0-9]/g, '')
/** `next.js` and `next` are one; `angular+nestjs` is either, and so is `vite-vue`. */
const words = (text: string) => [text, ...text.split('+'), ...text.split('-')].map(word)
/** A command is the same from another folder, and with `.js`, `./` or `npx` left out. */
const command = (text: string) =>
  text
    .replace(/^cd \S+ && /, '')
    .split(/\s+/)
    .map(part => part.replace(/^(?:\.\/|npx$)/, '').replace(/\.js$/, ''))
    .filter(Boolean)
    .join(' ')

/** Whether an answer is the right one, both of them given. */
const SAME: Record<Field, (answer: string, right: string) => boolean> = {
  packageManager: (answer, right) => answer === right.replace(/(?:@.*|-berry)$/, ''),
  runtimeVersion: (answer, right) =>
    answer === right || `${version(answer)}.`.startsWith(`${version(right)}.`),
  framework: (answer, right) => words(right).includes(word(answer)),
  kind: (answer, right) => answer === right,
  startCommand: (answer, right) => command(answer) === command(right),
}

const found = ({ facts }: Candidate): Record<Field, readonly (string | null)[]> => ({
  packageManager: [facts.packageManager?.value ?? null],
  runtimeVersion: [facts.runtimeVersion?.stated ?? null, facts.runtimeVersion?.value ?? null],
  framework: [facts.framework?.value ?? null],
  kind: [facts.kind.value],
  startCommand: [facts.start?.value ?? null],
})

/** Every label of a language against what is found. */
async function judgements(language: EcosystemId) {
  const judged: { field: Field; right: boolean; line: string }[] = []
  for (const one of cases.filter(({ facts }) => facts.language === language)) {
    const project = await projectOf(one)
    for (const want of wants(one)) {
      const wishes = wishesFrom({ language, ...(want.dir !== undefined && { app: want.dir }) })
      const [app] = choose(await detect(project, wishes), wishes)
      for (const [field, accepted] of Object.entries(want.right) as [Field, readonly (string | null)[]][]) {
        if (accepted.length === 0) continue
        const answers = app ? found(app)[field] : []
        judged.push({
          field,
          right: answers.some(answer =>
            accepted.some(right =>
              answer === null || right === null ? answer === right : SAME[field](answer, right),
            ),
          ),
          line: `${want.id} ${want.dir ?? ''}: ${answers[0]}, not ${accepted.join(' or ')}`,
        })
      }
    }
  }
  return judged
}

describe.skipIf(cases.length === 0)('the manifests of labelled repositories', async () => {
  const judged = cases.length ? await judgements('node') : []
  const score = (wanted: Field) => {
    const of = judged.filter(({ field }) => field === wanted)
    const wrong = of.filter(({ right }) => !right).map(({ line }) => line)
    return { right: of.length - wrong.length, of: of.length, wrong }
  }

  it.each([
    ['packageManager', 0.97],
    ['runtimeVersion', 0.97],
    ['framework', 0.97],
    ['kind', 0.9],
    ['startCommand', 0.9],
  ] as const)('%s of Node.js is right in at least %f', (field, share) => {
    const { right, of, wrong } = score(field)
    expect(of).toBeGreaterThan(30)
    expect(right / of, wrong.join('\n')).toBeGreaterThanOrEqual(share)
  })
})
