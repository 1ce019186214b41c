import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { create, findApp } from '../src/create.ts'
import { readFlags } from '../src/options/flags.ts'
import { openProject } from '../src/project/open.ts'
import { examples } from './support/examples.ts'

/** `npm run golden` writes what is generated now; the diff of the commit is what a Docker person reviews. */
describe('examples are generated as they stand', () => {
  test.each(examples)('$name', async ({ dir, flags = [] }) => {
    const project = await openProject(dir)
    const { wishes } = readFlags(['--yes', ...flags], {}, '0.0.0')
    const creation = await create(project, await findApp(project, wishes), wishes)
    expect(creation.files.length).toBeGreaterThanOrEqual(2)
    for (const { path, content } of creation.files)
      expect.soft(content, path).toBe(readFileSync(join(dir, path), 'utf8'))
  })
})
