import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const FAILS = "throw new Error('no file of values')"

test.each<[string, string, string | undefined]>([
  ['by its result', `const found = dotenv.config()\nif (found.error) { ${FAILS} }`, '.env'],
  ['at once', 'if (dotenv.config().error) process.exit(1)', '.env'],
  ['by a part of it', `const { error } = dotenv.config()\nif (error) ${FAILS}`, '.env'],
  ['of another name', `const found = dotenv.config({ path: './conf/app.env' })\nif (found.error) ${FAILS}`, 'conf/app.env'],
  ['by the values in it', 'const env = dotenv.config()\nconsole.log(env.parsed.NAME)', '.env'],
  ['by the values in it, as its first releases have it', 'console.log(dotenv.load().parsed.NAME)', '.env'],
  ['by the values in it, if there are any', 'console.log(dotenv.config().parsed?.NAME)', undefined],
  ['and only says so', 'const found = dotenv.config()\nif (found.error) console.warn(found.error)', undefined],
  ['for developers', `if (process.env.NODE_ENV !== 'production') { const found = dotenv.config()\nif (found.error) ${FAILS} }`, undefined],
  ["and it is another one's", `const found = await load()\nif (found.error) ${FAILS}`, undefined],
])('a program ends without its file of values: %s', async (_, code, file) => {
  const { notes } = await createFrom({
    'package.json': { type: 'module', scripts: { start: 'node a.js' }, dependencies: { dotenv: '16', express: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'a.js': "import './config.js'\nimport express from 'express'\nexpress().listen(3000)",
    'config.js': `import dotenv from 'dotenv'\n${code}`,
  })
  const said = notes.find(({ code: own }) => own === 'ENV_FILE_WANTED')?.message
  expect(said?.includes(`-v "$PWD/${file}:/app/${file}:ro"`)).toBe(file === undefined ? undefined : true)
}) // biome-ignore format: one row a program
