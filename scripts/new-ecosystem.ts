/**
 * Starts a new language: npm run new -- zig build.zig [Title]
 *
 * Makes the folder of decisions, a template, a test, an example and a page, and enters them in the two lists. What
 * is made works as it stands, for a program that is a shell script; the TODOs say where the language comes in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const [id = '', marker = '', title = id.charAt(0).toUpperCase() + id.slice(1)] = process.argv.slice(2)
if (!/^[a-z][a-z0-9]*$/.test(id) || !/^[\w.-]+$/.test(marker) || !/^[\w .+#-]+$/.test(title))
  fail('usage: npm run new -- <id> <file that marks a project> [Title]     npm run new -- zig build.zig')
if (existsSync(`src/ecosystems/${id}`)) fail(`src/ecosystems/${id} is there already`)

const files: Readonly<Record<string, string>> = {
  [`src/ecosystems/${id}/index.ts`]: `import { defineEcosystem } from '../ecosystem.ts'
import { inspect } from './inspect.ts'
import { plan } from './plan.ts'

export default defineEcosystem({ inspect, plan })
`,
  [`src/ecosystems/${id}/inspect.ts`]: `import { byConvention, fact, firstKnown, fromFile } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import { note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import type { Candidate } from '../ecosystem.ts'

const MARKER = '${marker}'
const PROGRAM = 'main.sh'

/** One app for each ${marker}. TODO: find the version, the kind, the start command and the port in the project. */
export function inspect(project: Project, wishes: Wishes): readonly Candidate[] {
  return project.find(MARKER, \`**/\${MARKER}\`).map(path => {
    const dir = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
    const own = project.within(dir)
    const start = firstKnown(
      wishes.start,
      own.has(PROGRAM) ? fact(\`./\${PROGRAM}\`, fromFile(\`\${dir}/\${PROGRAM}\`)) : undefined,
    )
    return {
      ecosystem: '${id}',
      name: dir,
      dir,
      fit: 'exact',
      facts: {
        kind: byConvention('worker', 'nothing listens'),
        runtimeVersion: firstKnown(wishes.runtimeVersion, byConvention('1', 'the newest release')),
        packageManager: byConvention('${id}', 'the only one'),
        start,
        port: wishes.port,
      },
      notes: [note('VERSION_ASSUMED', 'warning', 'No file states the version of ${title}')],
      questions: start
        ? []
        : [{ code: 'NO_START_COMMAND', message: \`\${path} names no program\`, option: 'start' }],
    }
  })
}
`,
  [`src/ecosystems/${id}/plan.ts`]: `import type { Plan } from '../../plan/plan.ts'
import { shell } from '../../plan/words.ts'
import type { Candidate } from '../ecosystem.ts'

const BASE = 'debian:trixie-slim'

/** TODO: decide on the images and the build. No text here: how it reads is the template's. */
export function plan({ dir, facts }: Candidate): Plan {
  const program = (facts.start?.value ?? '').replace(/^\\.\\//, '')
  return {
    dir,
    template: '${id}/app',
    view: {
      build: BASE,
      compile: shell('install', '-D', program, '/out/app'),
      runtime: {
        image: { ref: BASE, libc: 'glibc', family: 'debian' },
        user: '65532:65532',
        port: facts.port?.value,
        command: ['/app'],
      },
    },
    ignore: { sections: [{ comment: '${title}', patterns: ['**/out'] }], keep: [] },
    images: { build: BASE, runtime: BASE },
    notes: [],
  }
}
`,
  [`templates/${id}/app.hbs`]: `{{> header}}

# Build the program
FROM {{build}} AS build
WORKDIR /src
COPY . .
{{#run}}
{{compile}}
{{/run}}

# Ship only the program
FROM {{runtime.image.ref}} AS runtime
COPY --from=build /out/app /app
{{> launch runtime}}
`,
  [`test/ecosystems/${id}/inspect.test.ts`]: `import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

const PROJECT = { '${marker}': '', 'main.sh': 'echo hello\\n' }

describe('${title} is found', () => {
  test('by ${marker}, with its program', async () => {
    const [found, ...others] = await detectIn(PROJECT)
    expect(others).toEqual([])
    expect(found).toMatchObject({ ecosystem: '${id}', dir: '.', facts: { start: { value: './main.sh' } } })
  })

  test('and asks for the program where there is none', async () => {
    await expect(createFrom({ '${marker}': '' })).rejects.toThrow('names no program')
  })
})

test('the program is built and started', async () => {
  const { dockerfile } = await createFrom(PROJECT)
  expect(dockerfile).toContain('RUN install -D main.sh /out/app')
  expect(dockerfile).toContain('CMD ["/app"]')
})
`,
  [`examples/${id}-hello/${marker}`]: '',
  [`examples/${id}-hello/main.sh`]: '#!/bin/sh\necho hello\n',
  [`examples/${id}-hello.json`]: `${JSON.stringify(
    { output: 'hello', edit: { file: 'main.sh', append: 'echo edited\n' } },
    null,
    2,
  )}\n`,
  [`docs/${id}.md`]: `# ${title}

TODO: what is detected and from which files, which images are chosen and why, what is not supported yet.
`,
}

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
enter(
  'src/ecosystems/index.ts',
  '] as const satisfies readonly Entry[]',
  `  { id: '${id}', title: '${title}', markers: ['**/${marker}'], load: () => import('./${id}/index.ts') },\n`,
)
enter(
  'src/render/templates.ts',
  '} satisfies Record<',
  `  '${id}/app': () => import('../../templates/${id}/app.hbs'),\n`,
)
console.log(`${Object.keys(files).join('\n')}

Next:
  npx vitest run test/ecosystems/${id}     what is made works as it stands
  npm run build && npm run golden ${id}-hello
  npm test                                 the contracts name what is still missing
  E2E_ONLY=${id}-hello npm run e2e         builds and runs it, with Docker`)

/** Adds a line to a list, before the line that ends it. */
function enter(path: string, end: string, line: string): void {
  const text = readFileSync(path, 'utf8')
  const at = text.indexOf(end)
  if (at < 0) fail(`${path}: no line starts with ${end}`)
  writeFileSync(path, text.slice(0, at) + line + text.slice(at))
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
