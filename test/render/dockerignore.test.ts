import { describe, expect, test } from 'vitest'
import { dockerignore } from '../../src/render/dockerignore.ts'
import { projectFrom } from '../support/project.ts'

const lines = (
  files: Readonly<Record<string, string>>,
  patterns: readonly string[] = [],
  keep: readonly string[] = [],
) => dockerignore({ sections: [{ comment: 'Built', patterns }], keep }, projectFrom(files)).split('\n')

/** The last pattern decides: `later` comes after `earlier`. */
function expectOrder(found: readonly string[], earlier: string, later: string): void {
  expect(found).toContain(earlier)
  expect(found.lastIndexOf(later)).toBeGreaterThan(found.lastIndexOf(earlier))
}

describe('.dockerignore', () => {
  test('keeps out what no build needs', () => {
    const found = lines({}, ['**/target'])
    for (const pattern of ['.git', '**/.env', '**/.env.*', '**/*.pem', '**/id_rsa*', '**/target'])
      expect.soft(found).toContain(pattern)
    expectOrder(found, '**/.env.*', '!**/.env.example')
  })

  test('lets in the committed defaults of variables, where there are some', () => {
    expectOrder(lines({ '.env.defaults': 'PORT=1' }), '**/.env.*', '!**/.env.defaults')
    expect(lines({})).not.toContain('!**/.env.defaults')
  })

  test("lets no exception of the project's .gitignore bring a secret back", () => {
    const found = lines({ '.gitignore': '.env*\n!.env\n!.git\n*.pem\n!ca.pem\n' })
    expectOrder(found, '!**/.env', '**/.env')
    expectOrder(found, '!**/ca.pem', '**/*.pem')
  })

  test('lets in what is only named like a key', () => {
    const found = lines({
      'certs/ca.pem': '-----BEGIN CERTIFICATE-----\n',
      'certs/key.pem': '-----BEGIN PRIVATE KEY-----\n',
    })
    expectOrder(found, '**/*.pem', '!certs/ca.pem')
    expect(found).not.toContain('!certs/key.pem')
  })

  test('lets no value of a manifest bring one back', () => {
    const found = lines({}, ['!**/.env', '!.git'], ['**/.env', '.env.production'])
    expectOrder(found, '!**/.env', '**/.env')
    expectOrder(found, '!.env.production', '**/.env.*')
    expectOrder(found, '!.git', '.git')
  })

  test('has what the build needs, whatever else says', () => {
    const found = lines({ '.gitignore': 'certs/\n' }, ['README.md'], ['README.md', 'certs/ca.pem'])
    expectOrder(found, 'README.md', '!README.md')
    expectOrder(found, '**/certs', '!certs/ca.pem')
    expectOrder(found, '**/*.pem', '!certs/ca.pem')
  })

  test('refuses a pattern that would be two', () => {
    expect(() => lines({}, ['dist\n!.env'])).toThrow('control character')
  })
})
