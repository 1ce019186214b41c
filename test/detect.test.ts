import { describe, expect, test } from 'vitest'
import { createAll } from '../src/all.ts'
import { findApp, SeveralApps } from '../src/create.ts'
import { choose, listApps } from '../src/detect.ts'
import type { Candidate, Fit, Kind } from '../src/ecosystems/ecosystem.ts'
import type { EcosystemId } from '../src/ecosystems/index.ts'
import { byConvention } from '../src/facts.ts'
import { createFrom, detectIn, projectFrom, wishesFrom } from './support/project.ts'

const candidate = (
  ecosystem: EcosystemId,
  kind: Kind,
  fit: Fit = 'exact',
  dir = '.',
  name = dir,
): Candidate => ({
  ecosystem,
  name,
  dir,
  fit,
  facts: { kind: byConvention(kind, 'test') },
  notes: [],
  questions: [],
})
const dirs = (candidates: readonly Candidate[]) =>
  candidates.map(({ dir, ecosystem }) => `${ecosystem} ${dir}`)

describe('which app is meant', () => {
  test.each<[string, Candidate[], string[]]>([
    ['the only one', [candidate('go', 'web')], ['go .']],
    ['the better fit', [candidate('python', 'web'), candidate('node', 'spa', 'incidental')], ['python .']],
    [
      'the root before what lies deeper',
      [candidate('go', 'web'), candidate('node', 'spa', 'exact', 'web')],
      ['go .'],
    ],
    [
      'the server before the files that another language makes',
      [candidate('python', 'web'), candidate('node', 'spa')],
      ['python .'],
    ],
    [
      'what runs before a library',
      [candidate('node', 'library'), candidate('node', 'web', 'likely', 'demo')],
      ['node demo'],
    ],
    [
      'a library before a script that lies beside it',
      [candidate('node', 'library'), candidate('python', 'cli', 'incidental')],
      ['node .'],
    ],
    ['a library where there is nothing else', [candidate('node', 'library')], ['node .']],
    [
      'nobody knows: two servers at the root',
      [candidate('node', 'web'), candidate('python', 'web')],
      ['node .', 'python .'],
    ],
    [
      'nobody knows: two members',
      [candidate('node', 'web', 'exact', 'a'), candidate('node', 'spa', 'exact', 'b')],
      ['node a', 'node b'],
    ],
  ])('%s', (_, candidates, chosen) => {
    expect(dirs(choose(candidates, {}))).toEqual(chosen)
  })
})

describe('--app', () => {
  const apps = [
    candidate('node', 'web', 'exact', 'apps/api', '@acme/api'),
    candidate('node', 'spa', 'exact', 'apps/web', '@acme/web'),
    candidate('node', 'library', 'likely', 'packages/api', 'api'),
  ]
  test.each([
    ['@acme/api', 'apps/api'],
    ['apps/web', 'apps/web'],
    ['./apps/web/', 'apps/web'],
    ['web', 'apps/web'],
    ['api', 'packages/api'],
  ])('%s is %s', (app, dir) => {
    expect(choose(apps, wishesFrom({ app })).map(found => found.dir)).toEqual([dir])
  })

  test('another name lists those that are there', () => {
    expect(() => choose(apps, wishesFrom({ app: 'ap' }))).toThrow(
      expect.objectContaining({
        code: 'NO_SUCH_APP',
        hint: 'Apps here: @acme/api (apps/api), @acme/web (apps/web), api (packages/api)',
      }),
    )
  })
})

test('nothing found is told with the languages there are', () => {
  expect(() => choose([], {})).toThrow(
    expect.objectContaining({
      code: 'NOTHING_FOUND',
      hint: expect.stringContaining('Node.js, Python, Go, Rust'),
    }),
  )
  expect(() => choose([], wishesFrom({ language: 'go' }))).toThrow('nothing of Go was found here')
})

test.each<[string, object, string]>([
  ['Electron', { devDependencies: { electron: '43' }, scripts: { start: 'electron .' } }, "Electron's windows"],
  ['Tauri', { devDependencies: { '@tauri-apps/cli': '2' }, dependencies: { '@tauri-apps/api': '2' } }, "Tauri's windows"],
  ['Expo', { dependencies: { expo: '54', 'react-native': '0.81' }, scripts: { start: 'expo start' } }, 'phones'],
  ['an extension of a browser', { devDependencies: { wxt: '0.20' }, scripts: { build: 'wxt build' } }, 'a browser that loads it'],
  ['an extension of an editor', { engines: { vscode: '^1.90.0' }, main: './out/extension.js' }, 'Visual Studio Code'],
])('what has no container is told by what shows it: %s', async (_, manifest, where) => {
  const project = projectFrom({ 'package.json': { name: 'a', ...manifest } })
  const told = expect.objectContaining({ code: 'NOTHING_FOUND', message: expect.stringContaining(where) })
  await expect(findApp(project, {})).rejects.toThrow(told)
  await expect(createAll(project, {})).rejects.toThrow(told)
}) // biome-ignore format: one row a kind

test('an app whose name is its folder is listed once', () => {
  expect(
    listApps([candidate('go', 'web', 'exact', 'api'), candidate('go', 'web', 'exact', 'cmd/x', 'x')]),
  ).toBe('api, x (cmd/x)')
})

test.each([
  ['its name', [candidate('node', 'web', 'exact', 'a'), candidate('node', 'web', 'exact', 'b')], '--app a'],
  [
    'its folder where names are the same',
    [candidate('node', 'web', 'exact', 'a', 'x'), candidate('node', 'web', 'exact', 'b', 'x')],
    '--app a',
  ],
  ['its language where both are', [candidate('node', 'web'), candidate('go', 'web')], '--language node'],
])('the hint of several apps names one by %s', (_, candidates, choice) => {
  expect(new SeveralApps(candidates).hint).toBe(
    `Choose one, such as ${choice}, or write for each of them with --all`,
  )
})

test.each([
  ['works for the site beside it', 'codegen/src/main.rs', '', 'node'],
  ['is what the site is about', 'src/main.rs', '', 'rust'],
  ['is a workspace', 'crates/a/src/main.rs', '[workspace]\nmembers = ["crates/*"]\n', 'rust'],
])('a command of Rust that %s', async (_, entry, workspace, chosen) => {
  const manifest = `[package]\nname = "a"\nversion = "0.1.0"\nedition = "2024"\n`
  const found = await detectIn({
    'package.json': { name: 'site', scripts: { build: 'astro build' }, dependencies: { astro: '5' } },
    'src/pages/index.astro': '',
    ...(workspace
      ? { 'Cargo.toml': workspace, 'crates/a/Cargo.toml': manifest }
      : { 'Cargo.toml': `${manifest}[[bin]]\nname = "a"\npath = "${entry}"\n` }),
    [entry]: 'fn main() {}',
  })
  expect(choose(found, {}).map(({ ecosystem }) => ecosystem)).toEqual([chosen])
})

const pages = {
  'frontend/package.json': { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
  'frontend/index.html': '',
}

test("what asks a question about another language's tools names that language first", async () => {
  const tools = { scripts: { production: 'mix --production' }, devDependencies: { 'laravel-mix': '6' } }
  await expect(createFrom({ 'composer.json': '{}', 'package.json': tools })).rejects.toThrow(
    /^composer\.json is of a program in PHP, which nothing here is written for; no script or file/,
  )
  await expect(createFrom({ 'package.json': tools })).rejects.toThrow(/^no script or file/)
})

test.each<[string, Record<string, string>, string | undefined]>([
  ['in PHP', { 'composer.json': '{}' }, 'composer.json is of a program in PHP'],
  ['in a folder of its own', { 'backend/pom.xml': '<project/>' }, 'backend/pom.xml is of a program in Java'],
  ['in Deno', { 'deno.jsonc': '{}' }, 'deno.jsonc is of a program in Deno'],
  ["Deno's settings beside a package", { 'deno.json': '{}', 'package.json': '{}' }, undefined],
  ['far from both', { 'tools/fastlane/Gemfile': '' }, undefined],
])('a program that nothing is written for is named: %s', async (_, files, message) => {
  const { notes } = await createFrom({ ...pages, ...files })
  const said = notes.find(({ code }) => code === 'OTHER_LANGUAGE')?.message
  expect(said?.startsWith(message ?? '')).toBe(message === undefined ? undefined : true)
})
