import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ECOSYSTEMS } from '../../src/ecosystems/index.ts'
import { RULES } from '../../src/plan/audit.ts'
import { TEMPLATES } from '../../src/render/templates.ts'
import { creations } from '../support/creations.ts'
import { examples } from '../support/examples.ts'
import { filesBelow, ROOT } from '../support/files.ts'

/** What must be there for everything that is there: these tests name what is missing. */
describe('every ecosystem', () => {
  test.each(ECOSYSTEMS)('$id has an example, tests and a page', ({ id }) => {
    const own = creations.filter(({ candidate }) => candidate.ecosystem === id)
    expect(own.length, `examples/${id}-*`).toBeGreaterThan(0)
    expect(filesBelow(`test/ecosystems/${id}`, '.test.ts').length).toBeGreaterThan(0)
    expect(existsSync(join(ROOT, 'docs', `${id}.md`)), `docs/${id}.md`).toBe(true)
  })
})

describe('every example', () => {
  test('is a folder with a file of the same name beside it', () => {
    const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
    expect(folders.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).sort()).toEqual(
      examples.map(({ name }) => name),
    )
  })

  test.each(creations)('$name has its files, and a source to edit', ({ example, files }) => {
    for (const { path } of [...files, { path: example.edit.file }])
      expect.soft(existsSync(join(example.dir, path)), path).toBe(true)
  })
})

describe('every template', () => {
  test.each(Object.keys(TEMPLATES))('%s is used by an example', name => {
    const used = creations.flatMap(({ plan }) => [
      plan.template,
      ...(plan.extras ?? []).map(extra => extra.template),
    ])
    expect(used).toContain(name)
  })
})

describe('every rule of the audit', () => {
  test.each(creations)('holds for $name', ({ plan }) => {
    expect(RULES.flatMap(({ title, check }) => (check(plan) ? [title] : []))).toEqual([])
  })
})
