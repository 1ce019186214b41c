import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const express = "import express from 'express'\n"
const listens = '\nexpress().listen(3000)'

test.each<[string, string, Record<string, string>, boolean]>([
  ['types alone', `${express}import type { Express } from 'express'\nconst app: Express = express()\napp.listen(3000)`, {}, true],
  ["a type of a package's by its name", "import express, { Express } from 'express'\nconst app: Express = express()\napp.listen(3000)", {}, false],
  ['a value that is a type too', `${express}import { Pool } from 'pg'\nexport const db: Pool = new Pool()${listens}`, {}, true],
  ['a class of a module of its own', `${express}import { User } from './user.ts'\nlet user: User${listens}`, { 'user.ts': 'export class User {}' }, true],
  ['an interface of a module of its own', `${express}import { User } from './user.ts'\nlet user: User${listens}`, { 'user.ts': 'export interface User {}' }, false],
  ['a class of Node.js', `${express}import { Server } from 'node:http'\nlet server: Server${listens}`, {}, true],
  ['require beside an import', `${express}const cors = require('cors')${listens}`, {}, false],
  ['a require of its own', `${express}import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\nrequire('cors')${listens}`, {}, true],
  ['a module without its extension', `${express}import './a'${listens}`, { 'a.ts': '' }, false],
  ['an enum', `${express}enum A { B }${listens}`, {}, false],
])('whether Node.js runs TypeScript as it is: %s', async (_, code, files, asItIs) => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'a', main: 'app.ts', dependencies: { express: '5', pg: '8', cors: '2' }, devDependencies: { typescript: '5' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'out' } },
    'app.ts': code,
    ...files,
  })
  expect(dockerfile).toContain(asItIs ? '"app.ts"]' : 'RUN npx tsc\n')
}) // biome-ignore format: one row a program
