/**
 * What the command costs: npm run bench [-- <name of an example>]. Needs a build; exits 1 over a limit.
 * Runs alternate with bare Node.js, so that a busy machine slows both, and medians are compared.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { examples } from '../test/support/examples.ts'

const RUNS = 31
const LIMITS = { ratio: 1.6, mebibytes: 60, packages: 1, unpackedMegabytes: 2 } as const

const [wanted = 'node-server'] = process.argv.slice(2)
const example = examples.find(({ name }) => name === wanted)
if (!example) throw new Error(`no example ${wanted}`)
const place = mkdtempSync(join(tmpdir(), 'create-dockerfile-bench-'))
const copy = join(place, 'project')
// A package that nothing ran before: what src/compile-cache.ts keeps is what the first run called.
const dist = join(place, 'dist')
const command = [join(dist, 'bin.cjs'), copy, '--yes', ...(example.flags ?? [])]

/** Milliseconds from the start of a process to its end. */
function wall(...args: readonly string[]): number {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const time = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}\n${stderr}`)
  return time
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function times(generated: readonly string[]): { bare: number; ours: number } {
  const bare: number[] = []
  const ours: number[] = []
  for (let run = 0; run < RUNS; run++) {
    for (const path of generated) rmSync(join(copy, path), { force: true })
    bare.push(wall('-e', '0'))
    ours.push(wall(...command))
  }
  return { bare: median(bare), ours: median(ours) }
}

/** The most memory that the command held, as the process itself counts it on every platform. */
function peakMebibytes(): number {
  const tell = 'process.on("exit", () => process.stderr.write(`maxRSS=${process.resourceUsage().maxRSS}`))'
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, ...command, '--force'],
    { encoding: 'utf8' },
  )
  return Number(/maxRSS=(\d+)/.exec(stderr)?.[1]) / 1024
}

function packed(): { packages: number; unpackedMegabytes: number } {
  const [tarball] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    }),
  ) as { unpackedSize: number }[]
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, object | undefined>
  const installed = ['dependencies', 'optionalDependencies', 'peerDependencies']
  return {
    packages: 1 + installed.flatMap(kind => Object.keys(manifest[kind] ?? {})).length,
    unpackedMegabytes: (tarball?.unpackedSize ?? Number.NaN) / 1e6,
  }
}

try {
  cpSync(example.dir, copy, { recursive: true })
  cpSync('dist', dist, { recursive: true, filter: path => !path.includes('.cache') })
  const answer = JSON.parse(
    execFileSync(process.execPath, [...command, '--dry-run', '--json'], { encoding: 'utf8' }),
  ) as { apps: { files: { path: string }[] }[] }
  const { bare, ours } = times(answer.apps.flatMap(app => app.files.map(({ path }) => path)))
  const rows: [label: string, value: number, limit: number, digits: number][] = [
    ['times bare Node.js', ours / bare, LIMITS.ratio, 2],
    ['MiB at the peak', peakMebibytes(), LIMITS.mebibytes, 1],
    ['package installed', packed().packages, LIMITS.packages, 0],
    ['MB unpacked', packed().unpackedMegabytes, LIMITS.unpackedMegabytes, 2],
  ]
  console.log(
    `${example.name}: ${ours.toFixed(0)} ms, node -e 0: ${bare.toFixed(0)} ms (medians of ${RUNS}, Node.js ${process.version})`,
  )
  for (const [label, value, limit, digits] of rows) {
    const ok = value <= limit
    console.log(`${ok ? 'ok  ' : 'OVER'} ${value.toFixed(digits)} ${label}, limit ${limit}`)
    if (!ok) process.exitCode = 1
  }
} finally {
  rmSync(place, { recursive: true, force: true })
}
