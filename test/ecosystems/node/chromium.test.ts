import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

test.each([
  ['nothing of it', 'puppeteer.launch()', true],
  ['that it does without', "puppeteer.launch({ args: ['--no-sandbox'] })", false],
])('a program that tells its browser %s of the sandbox', async (_, launch, told) => {
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      name: 'shots',
      scripts: { start: 'node index.js' },
      dependencies: { express: '5', puppeteer: '24' },
    },
    'index.js': `import puppeteer from 'puppeteer'
import express from 'express'
const browser = await ${launch}
express().listen(3000)`,
  })
  expect(dockerfile).toContain('chromium')
  expect(dockerfile.includes('--no-sandbox"\' > /etc/chromium.d/container\n')).toBe(told)
  expect(notes.some(({ code }) => code === 'BROWSER_UNBOXED')).toBe(told)
})
