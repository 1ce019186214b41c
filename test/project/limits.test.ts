import { expect, test } from 'vitest'
import { limitOf } from '../../src/project/limits.ts'

test.each(['package-lock.json', 'apps/a/yarn.lock', 'pnpm-lock.yaml', 'go.sum', 'Cargo.lock', 'bun.lockb'])(
  '%s may be as large as a tool writes it',
  path => expect(limitOf(path)).toBe(16 * 2 ** 20),
)

test.each(['package.json', 'src/lock.js', 'pnpm-lock.yaml.js', 'dist/bundle.js'])(
  '%s may be as large as people write it',
  path => expect(limitOf(path)).toBe(2 * 2 ** 20),
)
