import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LRParser } from '@lezer/lr'
import { build } from 'rolldown'
import { afterAll, expect, test } from 'vitest'
import { grammars } from '../../scripts/grammars.ts'
import { ROOT } from '../support/files.ts'

const work = mkdtempSync(join(tmpdir(), 'create-dockerfile-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const bundled = async (name: string, plugins: readonly ReturnType<typeof grammars>[]): Promise<LRParser> => {
  const { output } = await build({
    input: join(ROOT, 'node_modules', '@lezer', name, 'dist', 'index.js'),
    platform: 'node',
    plugins: [...plugins],
    write: false,
    logLevel: 'silent',
  })
  const file = join(work, `${name}-${plugins.length}.mjs`)
  writeFileSync(file, output[0].code)
  return ((await import(pathToFileURL(file).href)) as { parser: LRParser }).parser
}

/** Tables, tokens, keywords, contexts (indentation) and a mistake. */
test.each([
  ['javascript', 'import x from "y"\nconst a = async () => { await b?.c(`${1 + 2}`, ...d) } // e\nlet = = 3'],
  [
    'python',
    'from a import b\nclass C:\n    def d(self, *e):\n        if f: return "g"\n    h = [i for i in j]\n((',
  ],
  [
    'go',
    'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\nfunc (',
  ],
  [
    'rust',
    '#[tokio::main]\nasync fn main() -> Result<(), E> { let a = &b::<C>::d()?; println!("{}", r#"x"#); }\nfn {',
  ],
])('the grammar of %s reads as its package does', async (name, source) => {
  const ours = await bundled(name, [grammars()])
  const theirs = await bundled(name, [])
  expect(ours.parse(source).toString()).toBe(theirs.parse(source).toString())
  expect(theirs.parse(source).toString()).toContain('⚠')
})
