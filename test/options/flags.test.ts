import { describe, expect, test } from 'vitest'
import { Informed, readFlags } from '../../src/options/flags.ts'

const read = (argv: string[], env: Record<string, string> = {}) => readFlags(argv, env, '1.2.3')

test('every flag becomes a wish that knows its name', () => {
  const { wishes, dir } = read([
    'app',
    '--language',
    'go',
    '--app',
    'api',
    '--runtime',
    'alpine',
    '--runtime-version',
    '1.26',
    '--port',
    '80',
    '--start',
    './x',
    '--build',
    'make',
  ])
  expect(dir).toBe('app')
  expect(wishes.port).toEqual({ value: 80, source: { from: 'flag', name: '--port' } })
  expect(Object.values(wishes).map(wish => wish.value)).toEqual([
    'go',
    'api',
    'alpine',
    '1.26',
    80,
    './x',
    'make',
  ])
})

test('switches are off until they are given', () => {
  expect(read([])).toEqual({
    dir: '.',
    wishes: {},
    all: false,
    yes: false,
    dryRun: false,
    stdout: false,
    json: false,
    force: false,
    interactive: undefined,
  })
  expect(read(['-y', '--dry-run', '--no-interactive'])).toMatchObject({
    yes: true,
    dryRun: true,
    interactive: false,
  })
})

describe('wrong usage ends with 2', () => {
  test.each([
    [['--prot', '3'], "unknown option '--prot'", 'Did you mean --port?'],
    [['--port', 'x'], '--port "x": expected a number from 1 to 65535', /help/],
    [['--port', '65536'], '--port "65536"', /help/],
    [['--runtime', 'ubuntu'], 'expected one of auto, distroless, alpine, slim', /help/],
    [['--language', 'cobol'], 'expected one of', /help/],
    [['--runtime-version', 'latest'], 'expected a version', /help/],
    [['--start', ' '], 'expected a text', /help/],
    [['--start', 'a\nRUN b'], 'control character', /written/],
    [['a', 'b'], 'too many arguments', /help/],
    [['--port'], 'argument missing', /help/],
    [['--all', '--stdout'], '--all writes for every app, --stdout is about one', /Leave one out/],
    [['--all', '--app', 'api'], '--all writes for every app, --app is about one', /Leave one out/],
  ])('%j', (argv, message, hint) => {
    expect(() => read(argv)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringContaining(message),
        hint: expect.stringMatching(hint),
      }),
    )
  })
})

test.each([
  ['--help', 'Exit codes'],
  ['-v', '1.2.3'],
])('%s is told, not done', (flag, text) => {
  try {
    read([flag])
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(Informed)
    expect((error as Informed).text).toContain(text)
  }
})

describe('npm create takes flags that no -- protects', () => {
  const env = {
    npm_command: 'init',
    npm_config_dry_run: 'true',
    npm_config_yes: 'true',
    npm_config_port: '8080',
  }
  test('they count', () => {
    expect(read([], env)).toMatchObject({ dryRun: true, yes: true, wishes: { port: { value: 8080 } } })
  })
  test('settings of npm outside of create say nothing', () => {
    expect(read([], { ...env, npm_command: 'run-script' })).toMatchObject({ dryRun: false, wishes: {} })
  })
  test('a stray -- is no folder', () => {
    expect(read(['--', '--dry-run'])).toMatchObject({ dir: '.', dryRun: true })
  })
})
