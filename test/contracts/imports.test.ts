import { readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { parser } from '@lezer/javascript'
import { describe, expect, test } from 'vitest'
import { filesBelow } from '../support/files.ts'

/**
 * Who may import whom, so that a decision has one place: a part may use the parts that its row names, and itself.
 * `import type` is free but for ecosystems: a type carries no decision.
 */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  text: [],
  errors: ['text'],
  facts: [],
  project: ['errors', 'facts'],
  knowledge: ['errors', 'facts'],
  plan: ['errors', 'facts', 'text'],
  // Only the list of their names: each ecosystem behind it is loaded when it is needed.
  options: ['errors', 'facts', 'plan', 'ecosystems/index'],
  ecosystems: ['errors', 'facts', 'text', 'project', 'plan', 'knowledge', 'ecosystems/ecosystem'],
  render: ['errors', 'plan'],
  detect: ['errors', 'ecosystems/index', 'project'],
  create: ['errors', 'detect', 'ecosystems/index', 'options', 'plan', 'render'],
  all: ['errors', 'detect', 'create', 'options'],
  place: ['facts', 'detect', 'project'],
  write: ['errors'],
  answer: ['facts'],
  report: ['facts', 'detect', 'plan', 'text'],
  verify: ['errors'],
}
/** The command, its questions and the library put everything together. */
const FRONTS = ['cli', 'bin', 'index', 'options/wizard']

/** Effects live here; everything else is a pure function of what it is given. */
const EFFECTS: Readonly<Record<string, readonly string[]>> = {
  'src/project/open.ts': ['node:fs', 'node:path'],
  'src/project/enclosing.ts': ['node:fs', 'node:os', 'node:path'],
  'src/project/tracked.ts': ['node:fs', 'node:path'],
  'src/place.ts': ['node:path'],
  'src/write.ts': ['node:fs', 'node:path'],
  'src/cli.ts': ['node:path'],
  'src/compile-cache.ts': ['node:fs', 'node:module', 'node:path', 'node:vm'],
  'src/standard-streams.ts': ['node:fs'],
  'src/report.ts': ['node:util'],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const files = filesBelow('src', '.ts').filter(file => !file.endsWith('.d.ts'))
const imports = files.flatMap(from => importsOf(from, readFileSync(from, 'utf8')))

/** The static imports and re-exports of a source file; `import()` is a decision of run time and stands apart. */
function importsOf(from: string, text: string): Import[] {
  const found: Import[] = []
  parser
    .configure({ dialect: 'ts' })
    .parse(text)
    .iterate({
      enter({ name, node }) {
        if (name !== 'ImportDeclaration' && name !== 'ExportDeclaration') return
        const source = node.getChild('String')
        if (!source) return
        const to = text.slice(source.from + 1, source.to - 1)
        const isType = /^(import|export)\s+type\b/.test(text.slice(node.from, node.to))
        found.push({ from, to: to.startsWith('.') ? posix.join(dirname(from), to) : to, isType })
      },
    })
  return found
}

/** `src/ecosystems/go/plan.ts` → `ecosystems/go/`; the shared files of ecosystems are parts of their own. */
function partOf(file: string): string {
  const [first = '', second = '', third] = file
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/')
  if (first === 'options' && second === 'wizard') return 'options/wizard'
  return first !== 'ecosystems'
    ? first
    : third === undefined
      ? `ecosystems/${second}`
      : `ecosystems/${second}/`
}

const isEcosystem = (part: string): boolean => /^ecosystems\/.+\/$/.test(part)

function allowed({ from, to, isType }: Import): boolean {
  if (!to.startsWith('src/')) return true
  const [user, used] = [partOf(from), partOf(to)]
  if (user === used || FRONTS.includes(user)) return true
  if (isEcosystem(used)) return false
  if (isType) return !isEcosystem(user) || used !== 'render'
  const row = MAY_USE[isEcosystem(user) ? 'ecosystems' : user.startsWith('ecosystems/') ? 'ecosystems' : user]
  return row?.includes(used) ?? false
}

const shown = ({ from, to }: Import) => `${from} imports ${to}`

describe('imports', () => {
  test('are found', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(importsOf('src/a/b.ts', "import type { A } from './c.ts'\nexport * from '../d.ts'")).toEqual([
      { from: 'src/a/b.ts', to: 'src/a/c.ts', isType: true },
      { from: 'src/a/b.ts', to: 'src/d.ts', isType: false },
    ])
  })

  test('go one way', () => {
    expect(imports.filter(one => !allowed(one)).map(shown)).toEqual([])
  })

  test('would be refused where they turn back', () => {
    const wrong = [
      ['src/plan/audit.ts', 'src/ecosystems/index.ts'],
      ['src/ecosystems/go/plan.ts', 'src/ecosystems/node/plan.ts'],
      ['src/ecosystems/go/plan.ts', 'src/render/helpers.ts'],
      ['src/ecosystems/go/plan.ts', 'src/write.ts'],
      ['src/project/project.ts', 'src/create.ts'],
    ] as const
    for (const [from, to] of wrong)
      expect.soft(allowed({ from, to, isType: false }), `${from} ${to}`).toBe(false)
  })

  test('of the outside world are where effects live', () => {
    const pure = (file: string) => !file.startsWith('src/verify/') && file !== 'src/options/wizard.ts'
    const effects = imports.filter(
      ({ from, to }) => /^(node:|fs-extra$|execa$)/.test(to) && pure(from) && !EFFECTS[from]?.includes(to),
    )
    expect(effects.map(shown)).toEqual([])
  })

  test('leave the process alone outside of the command', () => {
    const users = files.filter(file => {
      const text = readFileSync(file, 'utf8')
      let found = false
      parser
        .configure({ dialect: 'ts' })
        .parse(text)
        .iterate({
          enter: ({ name, from, to }) => {
            if (name === 'VariableName' && text.slice(from, to) === 'process') found = true
          },
        })
      return found
    })
    // The parts of the command itself; the writer takes the process's id for the name of a temporary file.
    expect(
      users.filter(file => !/^src\/(bin|cli|compile-cache|standard-streams|write)\.ts$/.test(file)),
    ).toEqual([])
  })
})
