/**
 * Builds the same Node.js apps by Dockerfiles of @flydotio/dockerfile and by ours, side by side:
 * npm run compare [-- <name of an example>…]. Needs a build, Docker, and the npm registry for the other generator.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerOf, removeContainer, startContainer } from '../src/verify/container.ts'
import { docker, lastLines } from '../src/verify/docker.ts'
import { buildImage, imageFacts } from '../src/verify/image.ts'
import { baseImages } from '../test/support/base-images.ts'
import { type Example, examples } from '../test/support/examples.ts'

const PEER = '@flydotio/dockerfile@0.7.10'
const APPS = [
  'node-server', 'node-static', 'node-docs', 'node-next', 'node-nitro', 'node-native', 'node-pnpm', 'node-sveltekit', 'node-react-router', 'node-fullstack',
] // biome-ignore format: one list

interface Result {
  readonly works: boolean
  readonly megabytes: number
  readonly user: string
  readonly rebuildSeconds: number
  readonly why?: string
}

const work = mkdtempSync(join(tmpdir(), 'create-dockerfile-compare-'))
const wanted = process.argv.slice(2)
const apps = examples.filter(({ name, probe }) => probe && (wanted.length ? wanted : APPS).includes(name))

/** Writes a Dockerfile into a folder. */
type Generator = (context: string, example: Example) => void

const ours: Generator = (context, { flags = [] }) => {
  execFileSync(process.execPath, ['dist/bin.cjs', context, '--yes', '--force', ...flags], { stdio: 'ignore' })
}
const theirs: Generator = context => {
  const bin = join(work, 'peer', 'node_modules', '.bin', 'dockerfile')
  execFileSync(process.execPath, [bin, '--force'], { cwd: context, stdio: 'ignore', timeout: 60_000 })
}

async function tried(label: string, example: Example, generate: Generator): Promise<Result> {
  const context = join(work, `${label}-${example.name}`)
  const tag = `create-dockerfile-compare-${label}-${example.name}`
  const failed = (why: string): Result => ({ works: false, megabytes: 0, user: '', rebuildSeconds: 0, why })
  cpSync(example.dir, context, { recursive: true })
  for (const file of ['Dockerfile', '.dockerignore', 'nginx.conf'])
    rmSync(join(context, file), { force: true })
  try {
    generate(context, example)
    const dockerfile = join(context, 'Dockerfile')
    await baseImages(dockerfile)
    const built = await buildImage({ context, dockerfile, tag })
    if (built.code !== 0) return failed(lastLines(built.err, 1))
    const { bytes, user, ports } = await imageFacts(tag)
    const container = await startContainer({ tag, port: ports[0], env: example.env ?? {} })
    const answer = await answerOf(container, example.probe?.path ?? '/')
    await removeContainer(container)
    // Another text each time: no build may find the edited file in its cache.
    const edited = example.edit.append.replace('dited', `dited at ${Date.now()}`)
    appendFileSync(join(context, example.edit.file), edited)
    const { seconds } = await buildImage({ context, dockerfile, tag })
    const works =
      answer?.status === example.probe?.status && (answer?.body ?? '').includes(example.probe?.body ?? '')
    return { works, megabytes: bytes / 1e6, user: user || 'root', rebuildSeconds: seconds }
  } catch (error) {
    return failed(lastLines(String(error), 1))
  } finally {
    await docker(['rmi', '-f', tag])
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const cell = ({ works, megabytes, user, rebuildSeconds, why }: Result): string =>
  why === undefined
    ? `${works ? 'works' : 'FAILS'} | ${megabytes.toFixed(0)} MB | ${user} | ${rebuildSeconds.toFixed(1)} s`
    : `FAILS | ${why.slice(0, 60).replaceAll('|', '/')} | | `

try {
  execFileSync('npm', ['install', '--no-save', '--silent', '--prefix', join(work, 'peer'), PEER], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  console.log(
    `create-dockerfile ${version} and ${PEER}: does it answer, image, user, build after a source edit\n`,
  )
  console.log('| app | ours | | | | theirs | | | |\n|---|---|---|---|---|---|---|---|---|')
  const rows: { mine: Result; other: Result }[] = []
  for (const example of apps) {
    const other = await tried('theirs', example, theirs)
    const mine = await tried('ours', example, ours)
    rows.push({ mine, other })
    console.log(`| ${example.name} | ${cell(mine)} | ${cell(other)} |`)
  }
  const both = rows.filter(({ mine, other }) => mine.megabytes && other.megabytes)
  console.log(
    `\nworking: ${rows.filter(({ mine }) => mine.works).length} and ${rows.filter(({ other }) => other.works).length} of ${rows.length}`,
    `\nsize, median of ours to theirs: ${median(both.map(({ mine, other }) => mine.megabytes / other.megabytes)).toFixed(2)}`,
    `\nbuild after an edit, the same: ${median(both.map(({ mine, other }) => mine.rebuildSeconds / other.rebuildSeconds)).toFixed(2)}`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
