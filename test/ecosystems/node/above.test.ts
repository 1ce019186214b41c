import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const lock = { lockfileVersion: 3, packages: {} }
const server = (code: string, root: object = {}, own: object = {}) => ({
  'package.json': { name: 'all', private: true, dependencies: { cors: '2', axios: '1' }, ...root },
  'package-lock.json': lock,
  'server/package.json': {
    name: 'server',
    scripts: { start: 'node index.js' },
    dependencies: { express: '4' },
    ...own,
  },
  'server/package-lock.json': lock,
  'server/index.js': `import express from 'express'\n${code}\nexpress().listen(4000)`,
})
const find = async (files: Readonly<Record<string, string | object>>) =>
  (await detectIn(files))
    .find(({ dir }) => dir === 'server')
    ?.notes.find(({ code }) => code === 'PACKAGES_ABOVE')

describe('a package that only a folder above names', () => {
  test('is installed there, for the program too', async () => {
    const { dockerfile, candidate } = await createFrom(server("import cors from 'cors'"), { app: 'server' })
    expect(dockerfile).toContain(
      [
        '    --mount=type=bind,source=package.json,target=/package.json \\',
        '    --mount=type=bind,source=package-lock.json,target=/package-lock.json \\',
        '    --mount=type=cache,target=/root/.npm \\',
        '    npm ci --omit=dev --ignore-scripts \\',
        '    && npm ci --omit=dev --ignore-scripts --prefix /\n',
      ].join('\n'),
    )
    expect(dockerfile).toContain('COPY --from=deps /node_modules /node_modules\n')
    expect(candidate.notes.find(({ code }) => code === 'PACKAGES_ABOVE')).toMatchObject({
      level: 'warning',
      message:
        'cors is used and named by package.json alone, so all that it names is installed too: name it in server/package.json',
    })
  })

  test.each<[string, Readonly<Record<string, string | object>>, boolean]>([
    ['a module of Node.js', server("import fs from 'fs'", { dependencies: { fs: '0.0.1-security' } }), false],
    ['its own package too', server("import cors from 'cors'", {}, { dependencies: { express: '4', cors: '2' } }), false],
    ['nothing of it', server(''), false],
    ['a test alone', { ...server(''), 'server/index.test.js': "import axios from 'axios'" }, false],
    ['the root of a workspace', server("import cors from 'cors'", { workspaces: ['packages/*'] }), false],
    ['require', server("const { get } = require('axios')"), true],
    ['a path in it', server("import get from 'axios/lib/get.js'"), true],
    ['a program of its build', server('', { devDependencies: { typescript: '5' } }, { scripts: { start: 'node dist/a.js', build: 'tsc' } }), true],
  ])('%s: %s', async (_, files, noted) => {
    expect((await find(files)) !== undefined).toBe(noted)
  }) // biome-ignore format: one row a project

  test('for development alone is kept where the program imports it', async () => {
    const { dockerfile } = await createFrom(
      server("import cors from 'cors'", { dependencies: {}, devDependencies: { cors: '2' } }),
      { app: 'server' },
    )
    expect(dockerfile).toContain('&& npm ci --ignore-scripts --prefix /\n')
  })

  test('is beside the pages that a server gives out', async () => {
    const { dockerfile } = await createFrom({
      'package.json': {
        name: 'all',
        scripts: { start: 'node index.js' },
        dependencies: { express: '4', axios: '1' },
      },
      'package-lock.json': lock,
      'index.js':
        "const express = require('express')\nexpress().use(express.static('client/dist')).listen(4000)",
      'client/package.json': {
        name: 'client',
        scripts: { build: 'vite build' },
        devDependencies: { vite: '7' },
      },
      'client/package-lock.json': lock,
      'client/index.html': '<script type="module" src="/src/main.js"></script>',
      'client/src/main.js': "import axios from 'axios'",
    })
    expect(dockerfile).toContain('&& npm ci --ignore-scripts --prefix /app\n')
  })
})
