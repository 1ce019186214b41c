import { describe, expect, test } from 'vitest'
import { audit, RULES } from '../../src/plan/audit.ts'
import type { Launch, Plan } from '../../src/plan/plan.ts'
import { TEMPLATES, type TemplateName } from '../../src/render/templates.ts'

const plan = (launch: Partial<Launch>, runtime = 'debian:trixie-slim', build = 'golang:1.26'): Plan => ({
  dir: '.',
  template: Object.keys(TEMPLATES)[0] as TemplateName,
  view: {
    runtime: {
      image: { ref: runtime, libc: 'glibc', family: 'debian' },
      user: '65532:65532',
      command: ['/app'],
      ...launch,
    },
  },
  ignore: { sections: [], keep: [] },
  images: { build, runtime },
  notes: [],
})

/** A plan that breaks each rule, and one beside it that does not. */
const CASES: Readonly<Record<string, { bad: readonly Plan[]; good: readonly Plan[] }>> = {
  ROOT_USER: {
    bad: [plan({ user: '0:0' }), plan({ user: 'root' }), plan({ user: '65532' }), plan({ user: '1000:0' })],
    good: [plan({ user: '1000:1000' })],
  },
  NOTHING_STARTS: {
    bad: [plan({ command: undefined })],
    good: [
      plan({ command: undefined, entrypoint: ['/app'] }),
      plan({ command: undefined }, 'nginxinc/nginx-unprivileged:1.29'),
    ],
  },
  PACKAGE_MANAGER_AS_PID_1: {
    bad: [
      plan({ command: ['npm', 'start'] }),
      plan({ command: ['uv', 'run', 'app'] }),
      plan({ entrypoint: ['pnpm', 'start'], command: ['node', 'a.js'] }),
    ],
    good: [plan({ command: ['node', 'npm'] }), plan({ command: ['uv', 'version'] })],
  },
  LIBC_DIFFERS: {
    bad: [
      plan({}, 'debian:trixie-slim', 'node:24-alpine'),
      plan({ image: { ref: 'alpine:3.22', libc: 'musl', family: 'alpine' } }, 'alpine:3.22'),
    ],
    good: [
      plan(
        { image: { ref: 'scratch', libc: 'none', family: 'distroless' } },
        'scratch',
        'golang:1.26-alpine',
      ),
      plan({}, 'nginxinc/nginx-unprivileged:1.29', 'node:24-alpine'),
    ],
  },
}

describe('the audit', () => {
  test('has a bad and a good plan for each rule', () => {
    expect(RULES.map(({ code }) => code).sort()).toEqual(Object.keys(CASES).sort())
  })

  test.each(RULES)('$code', ({ code, title }) => {
    for (const bad of CASES[code]?.bad ?? [])
      expect
        .soft(audit(bad).filter(note => note.code === code))
        .toEqual([{ code, level: 'warning', message: expect.stringContaining(title) as string }])
    for (const good of CASES[code]?.good ?? []) expect.soft(audit(good)).toEqual([])
  })
})
