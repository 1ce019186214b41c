import semver from 'semver'
import { describe, expect, test } from 'vitest'
import { admits, isBeforeAll, namedMajor } from '../../../src/ecosystems/node/version-ranges.ts'
import { cycles } from '../../../src/knowledge/releases.ts'

describe('what is told from a number alone', () => {
  test.each(['>=1', '>=4.2', '>= 18', '>=20.19.0', '>=22.0.1', '>=26', '>=99', 'v20', '>=18.x'])(
    '%s is what it is as a range',
    stated => {
      for (const line of cycles('node'))
        expect
          .soft(admits(stated)?.(line), line.cycle)
          .toBe(semver.intersects(stated, `${line.cycle}.x`, { loose: true }))
      expect(namedMajor(stated)).toBe(semver.minVersion(stated)?.major)
      expect(isBeforeAll(stated)).toBe(!semver.intersects(stated, '>=4'))
    },
  )

  test.each(['>=0', '>= 0.0.0', '*', '', 'lts/*', 'workspace'])('%j says nothing', stated => {
    expect(admits(stated)).toBeUndefined()
    expect(isBeforeAll(stated)).toBe(false)
  })

  test.each(['0.12', '<4', '>=0.10 <3'])('%s is before all', stated => {
    expect(isBeforeAll(stated)).toBe(true)
  })
})
