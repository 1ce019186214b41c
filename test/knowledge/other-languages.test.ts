import { expect, test } from 'vitest'
import { createFrom } from '../support/project.ts'

const pages = {
  'frontend/package.json': { scripts: { build: 'vite build' }, devDependencies: { vite: '7' } },
  'frontend/index.html': '',
}

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
