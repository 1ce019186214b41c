import { expect, test } from 'vitest'
import {
  cycleOf,
  cycles,
  hasDistroless,
  isEndOfLife,
  MADE,
  newestWithin,
  type Runtime,
  supported,
} from '../../src/knowledge/releases.ts'

const RUNTIMES: readonly Runtime[] = ['node', 'python', 'go', 'rust']

test.each(RUNTIMES)('%s: dates are dates, lines go from new to old, and one is supported', runtime => {
  const dates = cycles(runtime).flatMap(({ released, eol, lts }) => [released, eol ?? MADE, lts ?? MADE])
  expect(dates.every(date => /^\d{4}-\d{2}-\d{2}$/.test(date))).toBe(true)
  const numbers = cycles(runtime).map(({ cycle }) =>
    cycle
      .split('.')
      .map(Number)
      .reduce((sum, part) => sum * 1000 + part, 0),
  )
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  expect(supported(runtime).length).toBeGreaterThan(0)
  expect(supported(runtime).some(isEndOfLife)).toBe(false)
})

test('Node.js: only lines with long-term support are chosen unasked', () => {
  expect(supported('node').every(({ lts }) => lts !== undefined && lts <= MADE)).toBe(true)
})

test.each([
  [
    'a range with supported lines takes the newest of them',
    (major: number) => major >= 18,
    supported('node')[0]?.cycle,
  ],
  ['a range that ended takes the newest that it has', (major: number) => major < 17, '16'],
  ['a range that nothing is in', (major: number) => major > 99, undefined],
])('%s', (_, admits, cycle) => {
  expect(newestWithin('node', ({ cycle }) => admits(Number(cycle)))?.cycle).toBe(cycle)
})

test('a version finds its line, and not one that only begins alike', () => {
  expect(cycleOf('python', '3.13.2')?.cycle).toBe('3.13')
  expect(cycleOf('python', '3.1')?.cycle).toBeUndefined()
  expect(cycleOf('node', '2')).toBeUndefined()
})

test('old lines are on an old Debian', () => {
  expect(cycleOf('node', '18')?.suite).toBe('bookworm')
  expect(cycleOf('python', '3.13')?.suite).toBe('trixie')
})

test('distroless is published for these', () => {
  expect(['static', 'base', 'cc', 'nodejs24', 'python3'].filter(name => !hasDistroless(name))).toEqual([])
  expect(hasDistroless('nodejs20')).toBe(false)
})
