import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const SCHEMA = (provider: string) =>
  `generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")\n}\n`
const MIGRATION = { 'prisma/migrations/1_init/migration.sql': '' }

/** The command that makes Prisma's tables in a file, where a note has one. */
test.each<[string, string, string, object, string | undefined]>([
  ['by migrations', 'sqlite', '', MIGRATION, 'npx prisma migrate deploy'],
  ['by the schema', 'sqlite', '', {}, 'npx prisma db push'],
  ['by the program', 'sqlite', 'db.$executeRaw`CREATE TABLE a (b)`', MIGRATION, undefined],
  ['of a server', 'postgresql', '', MIGRATION, undefined],
])('tables %s', async (_, provider, code, files, command) => {
  const { notes } = await createFrom({
    'package.json': {
      name: '@acme/shop',
      scripts: { start: 'node index.js' },
      dependencies: { '@prisma/client': '6.0.0' },
      devDependencies: { prisma: '6.0.0' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'index.js': `${code}\nrequire('http').createServer().listen(3000)`,
    'prisma/schema.prisma': SCHEMA(provider),
    ...files,
  })
  const note = notes.find(({ code: name }) => name === 'TABLES_NOT_MADE')?.message
  if (command === undefined) return expect(note).toBeUndefined()
  expect(note).toContain(
    'docker build --target build -t shop-tables . && docker run --rm -v shop-data:/data -e DATABASE_URL=file:/data/app.db shop-tables sh -c ',
  )
  expect(note).toMatch(
    new RegExp(`'${command} && chown -R \\d+:\\d+ /data'; then start the app with -v shop-data:/data too`),
  )
})
