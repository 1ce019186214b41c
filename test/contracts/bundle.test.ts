import { isBuiltin } from 'node:module'
import { build, type OutputChunk } from 'rolldown'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE } from '../../scripts/bundle.ts'

/** What only some runs need, and what each costs at the start of a process: by `import()` alone. */
const HEAVY = [
  'inquirer',
  '@inquirer/',
  'execa',
  'fs-extra',
  'diff',
  'yaml',
  'smol-toml',
  'fast-xml-parser',
  '@lezer/',
  'handlebars/dist/cjs/handlebars/compiler',
  'handlebars/lib/handlebars/compiler',
]
/** All code that every run reads before it looks at a project. */
const MAX_STATIC_BYTES = 160_000

describe('the command', () => {
  let chunks: Map<string, OutputChunk>
  let start: readonly OutputChunk[]

  beforeAll(async () => {
    const { output } = await build({ ...BUNDLE, write: false, logLevel: 'silent' })
    chunks = new Map(output.flatMap(file => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
    // The bin opens the cache of compiled code, and then loads the command.
    start = ['bin.cjs', ...chunk('bin.cjs').dynamicImports].flatMap(name => [...reached(name)]).map(chunk)
  }, 60_000)

  const chunk = (name: string): OutputChunk => {
    const found = chunks.get(name)
    if (!found) throw new Error(`${name} is imported and not in the bundle`)
    return found
  }

  /** The chunks that a chunk imports statically, itself included. */
  function reached(name: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(name)) return seen
    seen.add(name)
    for (const next of chunk(name).imports) if (!isBuiltin(next)) reached(next, seen)
    return seen
  }

  const modules = () => start.flatMap(({ moduleIds }) => moduleIds.map(id => id.replaceAll('\\', '/')))

  test('starts from few files', () => {
    expect(start.length).toBeLessThanOrEqual(4)
  })

  test('loads nothing of its own before its cache is open', () => {
    expect(chunk('bin.cjs').code.match(/require\("\.\/[^"]+"\)/g)).toEqual([
      expect.stringContaining('/core-'),
    ])
  })

  test('is ASCII, as which its cache reads it', () => {
    for (const [name, { code }] of chunks) expect.soft(Buffer.byteLength(code), name).toBe(code.length)
  })

  test('imports nothing but Node.js from outside the package', () => {
    const outside = [...chunks.values()].flatMap(({ imports, dynamicImports }) =>
      [...imports, ...dynamicImports].filter(name => !chunks.has(name) && !isBuiltin(name)),
    )
    expect(outside).toEqual([])
  })

  test('starts without what only some runs need', () => {
    expect(modules().length).toBeGreaterThan(10)
    const loaded = HEAVY.filter(name => modules().some(id => id.includes(`/node_modules/${name}`)))
    expect(loaded).toEqual([])
  })

  test('has what it leaves out in chunks that are imported when needed', () => {
    const all = [...chunks.values()].flatMap(({ moduleIds }) => moduleIds)
    for (const name of ['inquirer', 'diff', 'yaml', 'smol-toml'])
      expect
        .soft(
          all.some(id => id.includes(`/node_modules/${name}/`)),
          name,
        )
        .toBe(true)
  })

  test('starts without any ecosystem or template', () => {
    expect(modules().filter(id => /\/src\/ecosystems\/[^/]+\//.test(id))).toEqual([])
    expect(modules().filter(id => /\/templates\/(?!shared\/)/.test(id))).toEqual([])
  })

  test('reads little code at the start', () => {
    const bytes = start.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0)
    expect(bytes).toBeLessThan(MAX_STATIC_BYTES)
  })

  test('ships no compiler of templates', () => {
    const all = [...chunks.values()].flatMap(({ moduleIds }) => moduleIds)
    expect(all.filter(id => /handlebars\/.*\/compiler\//.test(id))).toEqual([])
  })
})
