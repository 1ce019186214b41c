import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import fs from 'fs-extra'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  answerOf,
  type Container,
  HARDENED,
  healthOf,
  isRunning,
  logsOf,
  removeContainer,
  startContainer,
  stopContainer,
  uidOf,
} from '../../src/verify/container.ts'
import { docker, lastLines, mustDocker } from '../../src/verify/docker.ts'
import {
  type Built,
  buildImage,
  checkImage,
  type ImageFacts,
  imageFacts,
  searchImage,
} from '../../src/verify/image.ts'
import { baseImages } from '../support/base-images.ts'
import { type Example, examples } from '../support/examples.ts'

/** What must never reach an image, planted where people leave such things. */
const CANARY = 'canary-5d1c-must-not-ship'
const PLANTED = [
  '.env',
  '.env.local',
  '.env.production.local',
  '.git/config',
  '.ssh/known_hosts',
  'id_rsa',
  'server.key',
  'certs/private.pem',
]

/** Commands that install dependencies: their layers must survive an edit of the sources. */
const INSTALLS =
  /\b(npm (ci|install)|pnpm install|yarn (install|workspaces focus)|bun install|pip\S* .*install|uv (sync|pip install)|poetry (install|sync)|pdm install|pipenv (install|sync)|go mod download|apt-get install)\b/

const only = process.env.E2E_ONLY?.split(',')
const chosen = examples.filter(({ name }) => !only || only.includes(name))

describe.each(chosen)('$name', example => {
  const work = mkdtempSync(join(tmpdir(), `e2e-${example.name}-`))
  const context = join(work, 'app')
  const tag = `create-dockerfile-e2e-${example.name}`
  let dockerfile = ''
  let built: Built
  let facts: ImageFacts
  let container: Container | undefined

  beforeAll(async () => {
    fs.copySync(example.dir, context)
    for (const path of PLANTED) plant(join(context, path))
    dockerfile = generate(example, context)
    await baseImages(dockerfile)
    built = await buildImage({ context, dockerfile, tag })
    if (built.code === 0) facts = await imageFacts(tag)
  })

  afterAll(async () => {
    if (container) await removeContainer(container)
    await docker(['rmi', '-f', tag])
    rmSync(work, { recursive: true, force: true })
  })

  test('builds', () => {
    expect(built.code, lastLines(built.err, 40)).toBe(0)
  })

  test('passes docker build --check, and copies nothing that is ignored', async () => {
    const strict = `${dockerfile}.check`
    writeFileSync(
      strict,
      readFileSync(dockerfile, 'utf8').replace('\n', '\n# check=error=true;experimental=CopyIgnoredFile\n'),
    )
    if (existsSync(`${dockerfile}.dockerignore`))
      fs.copySync(`${dockerfile}.dockerignore`, `${strict}.dockerignore`)
    expect(await checkImage({ context, dockerfile: strict })).toBeUndefined()
  })

  test('passes hadolint', async () => {
    const { stdout, exitCode } = await execa(
      process.env.HADOLINT ?? 'hadolint',
      ['--config', '.hadolint.yaml', dockerfile],
      { reject: false },
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })

  test('holds no secret and no development dependency', async () => {
    const { files, found } = await searchImage(tag, CANARY)
    expect(files.length).toBeGreaterThan(10)
    expect(found, 'a planted secret is in the image').toBe(false)
    for (const path of example.absent ?? []) expect(files.filter(file => file.includes(path))).toEqual([])
  })

  test('names a numeric user that is not root', () => {
    expect(facts.user).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/)
  })

  test('starts with everything denied, and answers', async () => {
    const [port] = facts.ports
    container = await startContainer({ tag, flags: HARDENED, port, ...(example.env && { env: example.env }) })
    if (!example.probe) return expect(await endsWell(container, example)).toBe(true)
    const answer = await answerOf(container, example.probe.path)
    expect(answer, lastLines(await logsOf(container))).toBeDefined()
    expect(answer?.status).toBe(example.probe.status)
    if (example.probe.body) expect(answer?.body).toMatch(new RegExp(example.probe.body))
    expect(await uidOf(container)).toBeGreaterThan(0)
  })

  test('is healthy where it has a health check', async () => {
    if (!facts.hasHealthcheck) return expect(built.code).toBe(0)
    expect(container && (await healthOf(container))).toBe('healthy')
  })

  test('stops within two seconds', async () => {
    if (!container || !(await isRunning(container))) return expect(example.probe).toBeUndefined()
    let stopped = await stopContainer(container)
    // A program deaf to the signal takes ten seconds each time it is asked; a busy machine is slow once.
    for (let again = 0; stopped.seconds >= 2 && again < 2; again++) {
      await mustDocker(['start', container.id])
      await new Promise(resolve => setTimeout(resolve, 5000))
      stopped = await stopContainer(container)
    }
    expect(stopped.seconds).toBeLessThan(2)
    expect(stopped.code, 'killed').not.toBe(137)
  })

  test('installs nothing again after an edit of a source file', async () => {
    const file = join(context, example.edit.file)
    expect(existsSync(file)).toBe(true)
    appendFileSync(file, example.edit.append)
    const again = await buildImage({ context, dockerfile, tag })
    expect(again.code, lastLines(again.err)).toBe(0)
    // `--no-deps`: the project itself, which the edit changed.
    const installs = again.steps.filter(({ text }) => INSTALLS.test(text) && !text.includes('--no-deps'))
    expect(installs.filter(({ cached }) => !cached)).toEqual([])
    // Cargo keeps what it compiled in a mount: the edit compiles the project's own packages alone.
    expect(again.err.match(/^#\d+ [\d.]+\s+Compiling /gm)?.length ?? 0).toBeLessThanOrEqual(3)
    expect(again.steps.some(({ cached }) => cached)).toBe(true)
  })
})

function plant(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) writeFileSync(path, `${CANARY}\n`)
}

/** Generates anew beside the secrets: they change nothing. @returns the Dockerfile's path */
function generate({ flags = [] }: Example, context: string): string {
  const out = execFileSync(
    process.execPath,
    ['dist/bin.cjs', context, '--yes', '--force', '--json', ...flags],
    { encoding: 'utf8' },
  )
  const answer = JSON.parse(out) as { apps: { files: { path: string }[] }[] }
  const file = answer.apps[0]?.files[0]?.path
  if (!file) throw new Error('no Dockerfile was generated')
  return join(context, file)
}

/** A program without a port keeps running for a while, or ends with 0, and prints what it should. */
async function endsWell(container: Container, { output }: Example): Promise<boolean> {
  await new Promise(resolve => setTimeout(resolve, 3000))
  const running = await isRunning(container)
  const code = (await docker(['inspect', '-f', '{{.State.ExitCode}}', container.id])).out.trim()
  const logs = await logsOf(container)
  if (output) expect(logs).toMatch(new RegExp(output))
  return running || code === '0'
}
