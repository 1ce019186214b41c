import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execaSync } from 'execa'
import { beforeEach, describe, expect, test } from 'vitest'
import { main } from '../src/cli.ts'

const BIN = join(process.cwd(), 'dist/bin.cjs')
const APP = {
  'package.json':
    '{ "name": "hello", "version": "1.0.0", "type": "module", "engines": { "node": ">=24" }, "scripts": { "start": "node server.js" } }\n',
  'package-lock.json':
    '{ "name": "hello", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "hello", "version": "1.0.0" } } }\n',
  'server.js':
    "import { createServer } from 'node:http'\ncreateServer((_, response) => response.end('hello')).listen(8080)\n",
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cli-'))
})
const put = (files: Readonly<Record<string, string>>) => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
}
const read = (path: string) => readFileSync(join(dir, path), 'utf8')
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  execaSync(process.execPath, [BIN, ...args], {
    cwd: dir,
    env: { CI: '', ...env },
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  })

describe('writing', () => {
  test('writes both files, says what it found and where, and what comes next', () => {
    put(APP)
    const { exitCode, stdout, stderr } = run([])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Node.js web hello/)
    expect(stdout).toMatch(/version +\d+ {2}package\.json:1 engines\.node/)
    expect(stdout).toContain('created Dockerfile')
    expect(stdout).toContain('created .dockerignore')
    expect(stdout).toMatch(/docker build -t \S+ \.\n.*docker run --rm -p 8080:8080/)
    expect(stdout).not.toContain('\u001b')
    expect(read('Dockerfile')).toMatch(/^# syntax=docker\/dockerfile:1\n/)
    expect(readdirSync(dir).sort()).toEqual(['.dockerignore', 'Dockerfile', ...Object.keys(APP)].sort())
  })

  test('says so when the files are the same, and ends with 0', () => {
    put(APP)
    run([])
    const { exitCode, stdout } = run([])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('unchanged Dockerfile')
  })

  test('never overwrites without --force', () => {
    put({ ...APP, Dockerfile: 'FROM mine\n' })
    const refused = run(['--yes'])
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toMatch(
      /^error: Dockerfile would change, and nothing was written\nhint: .*--force\n$/,
    )
    expect(read('Dockerfile')).toBe('FROM mine\n')
    expect(existsSync(join(dir, '.dockerignore'))).toBe(false)
    expect(run(['--force']).stdout).toContain('updated Dockerfile')
    expect(read('Dockerfile')).not.toContain('mine')
  })

  test.each<[string, string[], Record<string, string>]>([
    ['--dry-run', ['--dry-run'], {}],
    ['npm create without --', ['--yes'], { npm_command: 'init', npm_config_dry_run: 'true' }],
    ['--stdout', ['--stdout'], {}],
    ['--json --dry-run', ['--json', '--dry-run'], {}],
  ])('%s writes nothing', (_, args, env) => {
    put(APP)
    expect(run(args, env).exitCode).toBe(0)
    expect(readdirSync(dir).sort()).toEqual(Object.keys(APP).sort())
  })
})

describe('what is printed', () => {
  test('--stdout is the Dockerfile and nothing else', () => {
    put(APP)
    const { stdout } = run(['--stdout'])
    run([])
    expect(stdout).toBe(read('Dockerfile'))
  })

  test('--json is one object with facts, their sources, files and notes', () => {
    put(APP)
    const answer = JSON.parse(run(['--json', '--dry-run']).stdout)
    expect(answer).toMatchObject({
      schema: 1,
      apps: [
        {
          dir: '.',
          ecosystem: 'node',
          kind: 'web',
          facts: { runtimeVersion: { stated: '>=24' } },
          files: [{ path: 'Dockerfile', status: 'created' }, { path: '.dockerignore' }],
        },
      ],
    })
  })

  test('colours where they are forced', () => {
    put(APP)
    expect(run([], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[')
  })
})

describe('what no option answers', () => {
  test('a library is refused with what helps', () => {
    put({ 'go.mod': 'module example.com/lib\n\ngo 1.26\n', 'lib.go': 'package lib\n' })
    const { exitCode, stderr } = run([])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^error: no main package is here.*\nhint: Run it in the folder of a program, or name one with --app\n$/,
    )
  })

  test('so is a site for another platform', () => {
    put({
      'package.json': '{ "scripts": { "build": "astro build" }, "devDependencies": { "astro": "5" } }',
      'astro.config.mjs': "export default { output: 'server' }\n",
    })
    const { exitCode, stderr } = run([])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/a container needs @astrojs\/node\.\nhint: Add that adapter/)
  })
})

const WORKSPACE = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
  'apps/api/package.json':
    '{ "name": "@a/api", "scripts": { "start": "node api.js" }, "dependencies": { "express": "5", "@a/ui": "*" } }',
  'apps/api/api.js': "process.on('SIGTERM', () => {})\napp.listen(4000)\n",
  'apps/jobs/package.json':
    '{ "name": "@a/jobs", "scripts": { "start": "node jobs.js" }, "dependencies": { "bullmq": "5" } }',
  'apps/jobs/jobs.js': 'setInterval(() => {}, 1000)\n',
  'packages/ui/package.json': '{ "name": "@a/ui", "exports": "./index.js" }',
  'packages/ui/index.js': '',
  'edge/go.mod': 'module example.com/tool\n\ngo 1.26\n',
  'edge/main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n',
}
const FILES = ['edge', 'apps/api', 'apps/jobs'].flatMap(path => [
  `${path}/Dockerfile`,
  `${path}/Dockerfile.dockerignore`,
])

describe('--all', () => {
  test('writes a pair for each app, in every language, and reports each', () => {
    put(WORKSPACE)
    const { exitCode, stdout } = run(['--all'])
    expect(exitCode).toBe(0)
    for (const path of FILES) expect(stdout).toContain(`created ${path}\n`)
    expect(stdout).toMatch(/^Node.js web @a\/api\n[\s\S]*^Node.js worker @a\/jobs\n/m)
    expect(stdout).toContain('docker build -t jobs -f apps/jobs/Dockerfile .')
    expect(existsSync(join(dir, 'packages/ui/Dockerfile'))).toBe(false)
  })

  test('the JSON answer has them all', () => {
    put(WORKSPACE)
    const { apps } = JSON.parse(run(['--all', '--json', '--dry-run']).stdout)
    expect(apps.flatMap(({ files }: { files: { path: string }[] }) => files.map(({ path }) => path))).toEqual(
      FILES,
    )
    expect(existsSync(join(dir, 'apps/api/Dockerfile'))).toBe(false)
  })

  test('one file that would change stops all of them', () => {
    put({ ...WORKSPACE, 'apps/jobs/Dockerfile': 'FROM mine\n' })
    expect(run(['--all']).stderr).toMatch(
      /^error: apps\/jobs\/Dockerfile would change, and nothing was written/,
    )
    expect(existsSync(join(dir, 'apps/api/Dockerfile'))).toBe(false)
    expect(run(['--all', '--force']).stdout).toContain('updated apps/jobs/Dockerfile')
  })

  test('one app leaves a Dockerfile that somebody wrote for it, with rules of its own in the root', () => {
    put({ ...WORKSPACE, 'apps/api/Dockerfile': 'FROM mine\n' })
    const { stdout } = run(['--app', 'api'])
    expect(stdout).toContain('created Dockerfile\ncreated Dockerfile.dockerignore\n')
    expect(stdout).toContain('[DOCKERFILE_KEPT]')
    expect(stdout).toContain('  docker build -t api .\n')
    expect(read('apps/api/Dockerfile')).toBe('FROM mine\n')
    expect(run(['--app', 'api']).stdout).toContain('unchanged Dockerfile\n')
    expect(run(['--app', 'api', '--force']).stdout).toContain('updated apps/api/Dockerfile')
    expect(run(['--app', 'api']).stdout).toContain('unchanged apps/api/Dockerfile')
  })

  test.each([
    ["the root's is taken as well", ['--app', 'api'], { Dockerfile: 'FROM theirs\n' }],
    ['the command runs there', ['apps/api'], {}],
  ])('a Dockerfile of a member stops it where %s', (_, args, more) => {
    put({ ...WORKSPACE, ...more, 'apps/api/Dockerfile': 'FROM mine\n' })
    expect(run(args).stderr).toMatch(/^error: apps\/api\/Dockerfile would change/)
  })

  test('nothing is written unless all can be planned', () => {
    put({
      ...WORKSPACE,
      'apps/odd/package.json':
        '{ "name": "odd", "scripts": { "test": "true" }, "dependencies": { "express": "5" } }',
    })
    const { exitCode, stderr } = run(['--all'])
    expect(stderr).toMatch(/^error: odd: .*\nhint: .*--start.* --app odd\n$/)
    expect(exitCode).toBe(1)
    expect(existsSync(join(dir, 'apps/api/Dockerfile'))).toBe(false)
  })

  test('programs of one folder get files of their own names', () => {
    const main = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n'
    put({ 'go.mod': 'module example.com/x\n\ngo 1.26\n', 'cmd/mail/main.go': main, 'cmd/feed/main.go': main })
    const { stdout } = run(['--all'])
    expect(stdout).toContain('docker build -t feed -f feed.Dockerfile .')
    expect(readdirSync(dir).sort()).toEqual(
      ['feed', 'mail']
        .flatMap(name => [`${name}.Dockerfile`, `${name}.Dockerfile.dockerignore`])
        .concat('cmd', 'go.mod')
        .sort(),
    )
    expect(read('mail.Dockerfile.dockerignore')).toContain('**/*.Dockerfile\n')
  })
})

describe("in a member's folder", () => {
  test('the files are built from the root of the workspace', () => {
    put(WORKSPACE)
    const { exitCode, stdout } = run(['apps/api'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('created apps/api/Dockerfile\n')
    expect(read('apps/api/Dockerfile')).toContain('source=packages/ui/package.json')
    const inside = execaSync(process.execPath, [BIN, '--force'], {
      cwd: join(dir, 'apps/api'),
      reject: false,
    })
    expect(inside.stdout).toContain('unchanged apps/api/Dockerfile')
    expect(inside.stdout).toContain('  cd ../..\n  docker build -t api -f apps/api/Dockerfile .\n')
  })

  test('the JSON answer says where that root is', () => {
    put(WORKSPACE)
    expect(JSON.parse(run(['apps/api', '--json', '--dry-run']).stdout)).toMatchObject({
      root: '../..',
      apps: [{ dir: 'apps/api' }],
    })
  })

  test.each<[string, Record<string, string>, string, boolean]>([
    ['a folder that is no member', WORKSPACE, 'edge', false],
    ['a repository of its own', { ...WORKSPACE, 'apps/api/.git/HEAD': '' }, 'apps/api', false],
    ["a folder below a home, whatever lies in the home's root", WORKSPACE, 'apps/api', true],
  ])('%s stands alone', (_, files, place, atHome) => {
    put(files)
    run([place], atHome ? { HOME: dir } : {})
    expect(existsSync(join(dir, place, '.dockerignore'))).toBe(true)
  })
})

describe('what can not be done is one line and a hint', () => {
  test.each<[string, Record<string, string>, string[], number, RegExp]>([
    [
      'an unknown flag',
      APP,
      ['--prot', '80'],
      2,
      /^error: unknown option '--prot'\nhint: Did you mean --port\?\n$/,
    ],
    ['a bad value', APP, ['--port', 'x'], 2, /^error: --port "x": expected a number.*\nhint: .*\n$/],
    ['no project', { 'README.md': '' }, [], 1, /^error: no project was found here\nhint: .*\n$/],
    [
      'code without a manifest',
      { 'server/index.js': '' },
      [],
      1,
      /^error: server\/index\.js is code without a package\.json, .*\nhint: Make one with npm init, .*\n$/,
    ],
    [
      'a program of another language',
      { 'app.js': '', 'composer.json': '{}' },
      [],
      1,
      /^error: composer\.json is of a program in PHP, .*\nhint: Run the command in the folder of .*\n$/,
    ],
    ['no folder', APP, ['gone'], 1, /^error: .*gone: no such folder\nhint: .*\n$/],
    [
      'a broken manifest',
      { 'package.json': '{\n  "name" 1\n}' },
      [],
      1,
      /^error: package\.json:2:10: colon expected\nhint: .*\n$/,
    ],
    [
      'another language',
      APP,
      ['--language', 'rust'],
      1,
      /^error: nothing of Rust was found here\nhint: .*\n$/,
    ],
    ['another app', APP, ['--app', 'x'], 1, /^error: there is no app "x"\nhint: .*\n$/],
  ])('%s', (_, files, args, code, message) => {
    put(files)
    const { exitCode, stderr, stdout } = run(args)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
    expect(exitCode).toBe(code)
  })

  test('--json says it as an object too', () => {
    put({ 'README.md': '' })
    const { exitCode, stdout } = run(['--json'])
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, apps: [], error: { code: 'NOTHING_FOUND' } })
  })

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written', () => {
    put(APP)
    chmodSync(dir, 0o555)
    const { exitCode, stderr } = run([])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: Dockerfile: permission denied\n/)
  })

  const canMount = execaSync('unshare', ['-rm', 'true'], { reject: false }).exitCode === 0
  test.skipIf(!canMount)('a full disk: what was there is there still, and nothing half-written', () => {
    put({ ...APP, Dockerfile: 'FROM mine\n' })
    const script = `mkdir d && mount -t tmpfs -o size=16k,nr_inodes=64 none d && cp package.json package-lock.json server.js Dockerfile d/ && cd d
      head -c 100000 /dev/zero > filler 2>/dev/null; "$0" "$1" --force --yes; echo "code $?"; rm filler; ls -A; cat Dockerfile`
    const { stdout, stderr } = execaSync('unshare', ['-rm', 'sh', '-c', script, process.execPath, BIN], {
      cwd: dir,
      reject: false,
    })
    expect(stderr).toContain('no space left on the disk')
    expect(stdout).toBe('code 1\nDockerfile\npackage-lock.json\npackage.json\nserver.js\nFROM mine')
  })
})

test('a bug of ours ends with 70, a stack and where to report it', async () => {
  const said: string[] = []
  const code = await main(
    {
      argv: ['--version'],
      env: {},
      isTerminal: false,
      out: () => {
        throw new Error('boom')
      },
      err: text => said.push(text),
    },
    '1.2.3',
  ).catch(error => error)
  expect(code).toBe(70)
  expect(said.join('')).toMatch(/boom[\s\S]*issues\/new\?title=/)
})

describe('several apps off a terminal, and none chosen', () => {
  const web = (name: string) => ({
    [`apps/${name}/package.json`]: `{ "name": "@a/${name}", "scripts": { "start": "node ${name}.js" }, "dependencies": { "express": "5" } }`,
    [`apps/${name}/${name}.js`]: "process.on('SIGTERM', () => {})\napp.listen(5000)\n",
  })
  const TWO = { ...WORKSPACE, ...web('shop'), ...web('landing') }

  test('each of those that stand for choice gets its files, the others are left out', () => {
    put(TWO)
    const { exitCode, stdout } = run([])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'info: each of the apps here has files of its own: tool (edge), @a/api (apps/api), @a/shop (apps/shop), @a/jobs (apps/jobs); --app tool writes for one of them [SEVERAL_APPS]\n',
    )
    for (const dir of ['apps/api', 'apps/shop', 'edge'])
      expect(stdout).toContain(`created ${dir}/Dockerfile\n`)
    expect(existsSync(join(dir, 'apps/landing/Dockerfile'))).toBe(false)
  })

  test('--stdout has room for one', () => {
    put(TWO)
    const { exitCode, stderr } = run(['--stdout'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: several apps are here: .*\nhint: Choose one, such as --app tool/)
  })

  test("what somebody wrote stays: the first is the root's, the next has a name of its own", () => {
    put({ ...TWO, 'apps/api/Dockerfile': 'FROM mine\n', 'apps/shop/Dockerfile': 'FROM mine\n' })
    const { stdout } = run([])
    for (const file of ['Dockerfile', 'shop.Dockerfile', 'edge/Dockerfile'])
      expect(stdout).toContain(`created ${file}\n`)
    expect(read('Dockerfile')).toContain('api.js')
    expect(read('shop.Dockerfile')).toContain('shop.js')
    expect(read('apps/api/Dockerfile')).toBe('FROM mine\n')
  })

  test('copies of one template are told apart by their folders, the same at each run', () => {
    const copy = (dir: string) => ({
      [`templates/${dir}/api/package.json`]:
        '{ "name": "api", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }',
      [`templates/${dir}/api/a.js`]: "process.on('SIGTERM', () => {})\napp.listen(5000)\n",
      [`templates/${dir}/api/Dockerfile`]: 'FROM mine\n',
    })
    put({ ...copy('basic'), ...copy('full'), ...copy('x.y') })
    const { exitCode, stdout } = run([])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('docker build -t templates-basic-api .\n')
    for (const name of ['templates-full-api', 'templates-x.y-api'])
      expect(stdout).toContain(`docker build -t ${name} -f ${name}.Dockerfile .\n`)
    expect(readdirSync(dir).filter(name => name.endsWith('.Dockerfile'))).toHaveLength(2)
    expect(run([]).stdout).not.toContain('created')
  })

  const odd = (name: string) => ({
    [`apps/${name}/package.json`]: `{ "name": "${name}", "scripts": { "test": "true" }, "dependencies": { "express": "5" } }`,
  })

  test('a question about one of them is a note, and the others are written', () => {
    put({ ...WORKSPACE, ...odd('odd') })
    const { exitCode, stdout } = run([])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^warning: no files are written for odd: .*--start.* --app odd \[APP_LEFT_OUT\]$/m)
    expect(read('apps/api/Dockerfile')).toContain('api')
    expect(existsSync(join(dir, 'apps/odd/Dockerfile'))).toBe(false)
  })

  test('a question about each of them is an error, and nothing is written', () => {
    put({ 'package.json': '{ "workspaces": ["apps/*"] }', ...odd('odd'), ...odd('even') })
    const { exitCode, stderr } = run([])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: (odd|even): .*\nhint: .*--start.* --app (odd|even)\n$/)
  })
})
